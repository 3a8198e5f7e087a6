"""Totals of the programme over time in the public edition: no period that can be worked out has a small count.

Everything published of one measure's total is a sum over periods: phases, years, windows before and after the stop.
Whoever subtracts one sum from another learns the count between their ends. So the ends of all published periods are
put on one axis, one after the other, and an end is given up where the count up to the next end would be small. What
is then published is a sum of pieces that are each nought or at least the threshold.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from vemas_analytics.model.finding import DataTable, Finding, Findings, Scalar, SeriesPoint
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reports.compose.readings import day, number, text

WITHHELD: Final = "withheld"
"""State of a phase whose count the public edition does not show."""

_BY_MONTH: Final = frozenset({"monthly", "placebo", "change_points", "stop_sensitivity"})
"""Shown only where the months themselves may be shown: they are their sums or ratios at every month."""

_WINDOWS: Final = frozenset({"before_after", "course", "after_stop"})


def is_small(n: float | None, threshold: int) -> bool:
    """Tell whether a count is too small to be published: above nought and below the threshold."""
    return n is not None and 0 < n < threshold


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of periods that may be published, the outermost included; empty where nothing may be."""

    shown: frozenset[dt.date]

    def __contains__(self, period: tuple[dt.date, dt.date]) -> bool:
        """Tell whether a period may be published: both of its ends may."""
        return period[0] in self.shown and period[1] in self.shown


def _span(row: Mapping[str, Scalar]) -> tuple[dt.date, dt.date]:
    return day(row["start"]) or dt.date.min, day(row["end"]) or dt.date.max


def _sums(phases: Finding | None, yearly: Finding | None) -> dict[dt.date, float]:
    """Return how many there are up to each end of a phase and of a year; coarsely dated records are in no phase."""
    sums: dict[dt.date, float] = {}
    counted = 0.0
    for row in () if phases is None or phases.table is None else phases.table.records():
        start, end = _span(row)
        sums.setdefault(start, counted)
        counted += number(row["n"]) or 0.0
        sums[end] = counted
    coarse = _coarse(yearly)
    counted = 0.0
    for point in () if yearly is None else yearly.series:
        sums.setdefault(point.start, counted)
        counted += max((point.value or 0.0) - coarse.pop(point.start.year, 0.0), 0.0)
        sums.setdefault(point.end, counted)
    return sums


def _coarse(yearly: Finding | None) -> dict[int, float]:
    if yearly is None or yearly.table is None or not {"year", "n_coarse"} <= set(yearly.table.columns):
        return {}
    return {int(number(row["year"]) or 0): number(row["n_coarse"]) or 0.0 for row in yearly.table.records()}


def choose_ends(phases: Finding | None, yearly: Finding | None, stop: dt.date, threshold: int) -> Ends:
    """Return the ends of phases and years between which no count is small: the stop first, phases before years.

    Parameters
    ----------
    phases, yearly : Finding or None
        Of the total of one measure.
    stop : datetime.date
        First day of after.
    threshold : int
        Counts from 1 to one below it are small.
    """
    sums = _sums(phases, yearly)
    if not sums:
        return Ends(frozenset())
    by_phase = [end for row in _rows(phases) for end in _span(row)]
    by_year = [end for point in (yearly.series if yearly is not None else ()) for end in (point.start, point.end)]
    shown = {min(sums), max(sums)}
    if _has_small(sums, shown, threshold):
        return Ends(frozenset())
    for end in dict.fromkeys((*((stop,) if stop in sums else ()), *by_phase, *by_year)):
        if not _has_small(sums, shown | {end}, threshold):
            shown.add(end)
    return Ends(frozenset(shown))


def _has_small(sums: Mapping[dt.date, float], ends: Iterable[dt.date], threshold: int) -> bool:
    return any(is_small(abs(sums[after] - sums[before]), threshold) for before, after in pairwise(sorted(ends)))


def _rows(finding: Finding | None) -> list[dict[str, Scalar]]:
    return [] if finding is None or finding.table is None else list(finding.table.records())


def withheld_row(row: Sequence[Scalar], columns: Sequence[str]) -> tuple[Scalar, ...]:
    """Return a row of a phases table without its count."""
    gone = {"n", "per_year", "n_known", "n_coarse", "share_of_total"}
    return tuple(
        WITHHELD if name == "state" else None if name in gone else value
        for name, value in zip(columns, row, strict=True)
    )


def _phases(finding: Finding, ends: Ends) -> Finding:
    table = finding.table
    if table is None:
        return finding
    rows = tuple(
        row if _span(record) in ends else withheld_row(row, table.columns)
        for row, record in zip(table.rows, table.records(), strict=True)
    )
    return replace(finding, table=DataTable(table.columns, rows))


def _yearly(finding: Finding, ends: Ends) -> Finding:
    """Return the years with those joined between which an end was given up; single rows of such years are blank."""
    joined: list[SeriesPoint] = []
    for point in finding.series:
        last = joined[-1] if joined else None
        if last is None or last.end in ends.shown or last.end != point.start:
            joined.append(point)
            continue
        known = [item.value for item in (last, point) if item.value is not None]
        joined[-1] = replace(
            last, end=point.end, value=sum(known) if known else None, covered=last.covered and point.covered
        )
    table = finding.table
    if table is not None and "year" in table.columns and len(joined) < len(finding.series):
        kept = {point.start.year for point in joined if (point.start, point.end) in ends and _within_year(point)}
        at = {table.columns.index(name) for name in ("n", "n_coarse") if name in table.columns}
        year = table.columns.index("year")
        rows = tuple(
            tuple(None if i in at and row[year] not in kept else value for i, value in enumerate(row))
            for row in table.rows
        )
        table = DataTable(table.columns, rows)
    shown = tuple(point for point in joined if (point.start, point.end) in ends)
    return replace(finding, series=shown, table=table)


def _within_year(point: SeriesPoint) -> bool:
    return point.start.year == (point.end - dt.timedelta(days=1)).year


def _windows(finding: Finding) -> list[tuple[dt.date, dt.date]]:
    """Return the periods whose counts a comparison of before and after tells."""
    found = []
    for row in _rows(finding):
        for part in text(row.get("periods")).split(";"):
            start, _, end = part.partition("/")
            if end:
                found.append((dt.date.fromisoformat(start), dt.date.fromisoformat(end)))
    return found


def _clipped(period: tuple[dt.date, dt.date], ends: Ends, outer: tuple[dt.date, dt.date]) -> bool:
    """Tell whether a window may be shown; its outer ends may lie where the list begins and ends."""
    start = min(ends.shown) if period[0] <= outer[0] else period[0]
    end = max(ends.shown) if period[1] >= outer[1] else period[1]
    return (start, end) in ends


def publish_totals(findings: Findings, measure: str, stop: dt.date, threshold: int) -> dict[str, Finding | None]:
    """Return what the public edition shows of a measure's total over time, by key; None where it is withheld.

    Parameters
    ----------
    findings : Findings
    measure : str
    stop : datetime.date
    threshold : int
        Counts from 1 to one below it are not shown and cannot be worked out.

    Returns
    -------
    dict of str to Finding or None
        Findings of questions about time; others are not in it.
    """
    phases, yearly = findings.get("phases", measure, TOTAL), findings.get("yearly", measure, TOTAL)
    monthly = findings.get("monthly", measure, TOTAL)
    if any(text(row["state"]) == WITHHELD for row in _rows(phases)):
        return {}
    if monthly is not None and not any(is_small(point.value, threshold) for point in monthly.series):
        return {}
    ends = choose_ends(phases, yearly, stop, threshold)
    outer = _outer(yearly, phases)
    shown: dict[str, Finding | None] = {}
    for item in findings:
        if item.measure != measure or item.region != TOTAL:
            continue
        if item.question in _BY_MONTH:
            shown[item.key] = None
        elif item.question == "phases":
            shown[item.key] = _phases(item, ends)
        elif item.question == "yearly":
            shown[item.key] = _yearly(item, ends)
        elif item.question in _WINDOWS:
            is_shown = stop in ends.shown and all(_clipped(period, ends, outer) for period in _windows(item))
            shown[item.key] = item if is_shown else None
    return shown


def _outer(yearly: Finding | None, phases: Finding | None) -> tuple[dt.date, dt.date]:
    """Return where the list begins and ends, as far as the years tell."""
    if yearly is not None and yearly.series:
        return yearly.series[0].start, yearly.series[-1].end
    rows = _rows(phases)
    return (_span(rows[0])[0], _span(rows[-1])[1]) if rows else (dt.date.min, dt.date.max)
