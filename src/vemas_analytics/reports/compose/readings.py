"""Typed readings of the tables behind findings: what a report needs of them, with nothing computed anew."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import DAYS_PER_MONTH, Measure
from vemas_analytics.reference.measures import read_measures

ChangeKind: TypeAlias = Literal[
    "percent", "no_interval", "zero_after", "zero_unbounded", "zero_before", "few", "not_estimable"
]

FEW_EVENTS = 5
"""Below this many events on both sides together a report gives numbers and no percentage."""


def number(value: Scalar) -> float | None:
    """Return a cell as a number, None for anything else."""
    return None if isinstance(value, bool) or not isinstance(value, int | float) else value


def whole(value: Scalar) -> int | None:
    """Return a cell as a whole number, None for anything else."""
    found = number(value)
    return None if found is None else round(found)


def text(value: Scalar) -> str:
    """Return a cell as text, empty when missing."""
    return "" if value is None else str(value)


def day(value: Scalar) -> dt.date | None:
    """Return a cell as a day, None for anything else."""
    return value if isinstance(value, dt.date) else None


def records(finding: Finding | None) -> Iterator[dict[str, Scalar]]:
    """Yield the rows of a finding's table; nothing when there is none."""
    if finding is not None and finding.table is not None:
        yield from finding.table.records()


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of one measure and region. ``n`` is None where nothing is known."""

    phase: str
    start: dt.date | None
    end: dt.date | None
    days: float
    n: float | None
    n_known: int | None
    n_coarse: int
    per_year: float | None
    state: str


def _at_least(finding: Finding | None, row: dict[str, Scalar]) -> float | None:
    """Return the count of a phase; in a list with gaps coarser dates that lie wholly within it count too.

    Such a count says "at least" anyway, and a trip of the year 2012 certainly was before August 2014.
    """
    n, coarse = number(row["n"]), whole(row["n_coarse"]) or 0
    is_count = finding is not None and not read_measures()[cast(Measure, finding.measure)].is_value
    if text(row["state"]) != "partial" or not is_count or not coarse:
        return n
    return (n or 0) + coarse


def read_phases(finding: Finding | None) -> tuple[PhaseRow, ...]:
    """Read the table of a ``phases`` finding."""
    return tuple(
        PhaseRow(
            phase=text(row["phase"]),
            start=day(row["start"]),
            end=day(row["end"]),
            days=number(row["days"]) or 0.0,
            n=_at_least(finding, row),
            n_known=whole(row["n_known"]),
            n_coarse=whole(row["n_coarse"]) or 0,
            per_year=number(row["per_year"]),
            state=text(row["state"]),
        )
        for row in records(finding)
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A rate before and after, and what may be said of their ratio.

    ``ratio``, ``low`` and ``high`` are after / before; months are exposure, not calendar.
    """

    finding: Finding
    kind: ChangeKind
    n_before: int
    n_after: int
    months_before: float
    months_after: float
    per_month_before: float | None
    per_month_after: float | None
    ratio: float | None
    low: float | None
    high: float | None


def _change_kind(finding: Finding, n_before: int, n_after: int) -> ChangeKind:
    estimate = finding.estimate
    if {"not_estimable", "coverage_partial", "not_recorded"} & set(finding.caveats):
        return "not_estimable"
    if n_before + n_after < FEW_EVENTS:
        return "few"
    if n_before == 0:
        return "zero_before"
    if estimate is None:
        return "not_estimable"
    if n_after == 0:
        return "zero_after" if estimate.high is not None and estimate.high < 1 else "zero_unbounded"
    if estimate.value is None:
        return "not_estimable"
    return "no_interval" if estimate.low is None or estimate.high is None else "percent"


def read_change(finding: Finding | None) -> Change | None:
    """Read a ``before_after`` finding; None when there is none or its exposure is unknown on either side."""
    if finding is None or finding.n_before is None or finding.n_after is None:
        return None
    if not finding.days_before or not finding.days_after:
        return None
    rates = {text(row["side"]): number(row["per_month"]) for row in records(finding)}
    estimate = finding.estimate
    return Change(
        finding=finding,
        kind=_change_kind(finding, finding.n_before, finding.n_after),
        n_before=finding.n_before,
        n_after=finding.n_after,
        months_before=finding.days_before / DAYS_PER_MONTH,
        months_after=finding.days_after / DAYS_PER_MONTH,
        per_month_before=rates.get("before"),
        per_month_after=rates.get("after"),
        ratio=None if estimate is None else estimate.value,
        low=None if estimate is None else estimate.low,
        high=None if estimate is None else estimate.high,
    )


@dataclass(frozen=True, slots=True)
class OpenCases:
    """What was open on the eve of the stop; ``n_unknown`` closed at an unknown date, counted apart."""

    n_open: int
    n_unknown: int
    n_firms: int | None
    value_eur: float | None
    n_value_known: int
    age_days_median: float | None
    age_days_max: float | None


def read_open_cases(finding: Finding | None) -> OpenCases | None:
    """Read the one row of an ``open_at_stop`` finding; None when the list tells nothing about the eve."""
    if finding is None or finding.estimate is None:
        return None
    for row in records(finding):
        n_open = whole(row["n_open"])
        if n_open is None:
            return None
        return OpenCases(
            n_open=n_open,
            n_unknown=whole(row["n_unknown"]) or 0,
            n_firms=whole(row["n_firms"]),
            value_eur=number(row["value_eur"]),
            n_value_known=whole(row["n_value_known"]) or 0,
            age_days_median=number(row["age_days_median"]),
            age_days_max=number(row["age_days_max"]),
        )
    return None


@dataclass(frozen=True, slots=True)
class LastActivity:
    """The last record of a measure before or after the stop."""

    date: dt.date
    precision: str
    title: str


def read_last_activity(finding: Finding | None) -> LastActivity | None:
    """Read the one row of a ``last_activity`` finding."""
    for row in records(finding):
        date = day(row["date"])
        if date is not None:
            return LastActivity(date, text(row["precision"]) or "day", text(row["title"]))
    return None


@dataclass(frozen=True, slots=True)
class Activity:
    """One trip, delegation, fair stand or forum."""

    start: dt.date
    end: dt.date | None
    precision: str
    kind: str
    title: str
    place: str
    regions: tuple[str, ...]
    organiser: str
    organiser_group: str
    companies: int | None
    companies_at_least: bool
    persons: int | None
    persons_at_least: bool
    status: str


def _region_codes(row: dict[str, Scalar]) -> tuple[str, ...]:
    joined = text(row["regions"] if "regions" in row else row.get("region"))
    return tuple(code.strip() for code in joined.split(";") if code.strip())


def read_activities(finding: Finding | None) -> tuple[Activity, ...]:
    """Read the table of an ``activities`` finding; rows without a date are left out."""
    found: list[Activity] = []
    for row in records(finding):
        start = day(row["start"])
        if start is None:
            continue
        found.append(
            Activity(
                start=start,
                end=day(row["end"]),
                precision=text(row["precision"]) or "day",
                kind=text(row["kind"]),
                title=text(row["title"]),
                place=text(row["place"]),
                regions=_region_codes(row),
                organiser=text(row["organiser"]),
                organiser_group=text(row["organiser_group"]),
                companies=whole(row["companies"]),
                companies_at_least=text(row["companies_bound"]) == "at_least",
                persons=whole(row["persons"]),
                persons_at_least=text(row["persons_bound"]) == "at_least",
                status=text(row["status"]),
            )
        )
    return tuple(found)
