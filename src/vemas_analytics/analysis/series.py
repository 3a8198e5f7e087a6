"""The course over time: years, cut where knowledge changes, and the months of the panel."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from math import isnan
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material, MeasureRecords, Tally
from vemas_analytics.model.finding import DataTable, Finding, Scalar, SeriesPoint
from vemas_analytics.model.names import Measure
from vemas_analytics.model.panel import Coverage
from vemas_analytics.model.periods import Period, clip_periods, count_days, date_of

YEARLY_COLUMNS: Final = ("year", "n", "n_coarse", "state")
MONTHLY_MEASURES: Final[tuple[Measure, ...]] = ("inquiries", "offers", "trips", "forums")


@dataclass(frozen=True, slots=True)
class YearCount:
    """One measure in one calendar year, for all regions: shape (regions,) inside; ``days`` covered, of ``length``."""

    year: int
    days: int
    length: int
    tally: Tally
    n_coarse: NDArray[np.int64]

    @property
    def period(self) -> Period:
        """The calendar year."""
        return (dt.date(self.year, 1, 1), dt.date(self.year + 1, 1, 1))

    def state(self, coverage: Coverage) -> str:
        """Return recorded (the whole year), partial, or not_recorded."""
        if coverage.state == "recorded" and self.days == self.length:
            return "recorded"
        return "partial" if self.days > 0 and coverage.state != "not_recorded" else "not_recorded"

    def value(self, records: MeasureRecords, coverage: Coverage, code: int) -> float | int | None:
        """Return the figure of a region; no zero where nothing is known."""
        zero_known = coverage.state == "recorded" and self.days > 0
        if coverage.state == "not_recorded" or (self.tally.n[code] == 0 and not zero_known):
            return None
        return records.figure(self.tally, code)


def count_year(material: Material, measure: Measure, year: int) -> YearCount:
    """Count everything that lies within a calendar year, whatever the precision of its date."""
    records = material.measures[measure]
    bounds: Period = (dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
    inside = records.inside([bounds])
    return YearCount(
        year=year,
        days=count_days(material.covered(measure, [bounds])),
        length=(bounds[1] - bounds[0]).days,
        tally=records.tally(inside),
        n_coarse=records.count(inside & ~records.fine),
    )


def find_yearly(material: Material) -> list[Finding]:
    """Count every measure by calendar year, for every region.

    The table takes everything that lies within a year, also dates of the year only. The series cuts years at the
    stop, at the edges of keeping and after the as-of date; a piece takes what lies wholly within it.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``yearly``; table columns as `YEARLY_COLUMNS`, ``n_coarse`` being part of ``n``; state is
        recorded for a wholly recorded year, else partial or not_recorded.
    """
    years = _years(material)
    findings = []
    for measure, records in material.measures.items():
        coverage = material.coverage(measure)
        counts = [count_year(material, measure, year) for year in years]
        pieces = _pieces(material, coverage, years)
        tallies = [records.tally(records.inside([piece])) for piece in pieces]
        covered = [_is_covered(coverage, piece) for piece in pieces]
        caveats = coverage_caveats(coverage)
        for code in range(records.n_regions):
            rows = tuple(_year_row(records, coverage, count, code) for count in counts)
            points = tuple(
                SeriesPoint(*piece, _piece_value(records, coverage, tally, code, known=known), known)
                for piece, tally, known in zip(pieces, tallies, covered, strict=True)
            )
            coarse = any(count.n_coarse[code] for count in counts)
            findings.append(
                Finding(
                    question="yearly",
                    measure=measure,
                    region=material.regions[code],
                    caveats=order_caveats((*caveats, "dates_imprecise") if coarse else caveats),
                    table=DataTable(YEARLY_COLUMNS, rows),
                    series=points,
                    sources=records.cite(code),
                )
            )
    return findings


def find_monthly(material: Material) -> list[Finding]:
    """Return the cells of the panel as series, for inquiries, offers, trips and forums of every region.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``monthly``; cells before the first and after the last one with knowledge are left away.
    """
    findings = []
    for measure in MONTHLY_MEASURES:
        cells = _cells_of(material, measure)
        caveats = order_caveats(coverage_caveats(material.coverage(measure)))
        records = material.measures[measure]
        findings += [
            Finding(
                question="monthly",
                measure=measure,
                region=region,
                caveats=caveats,
                series=cells.get(region, ()),
                sources=records.cite(code, records.fine),
            )
            for code, region in enumerate(material.regions)
        ]
    return findings


def _cells_of(material: Material, measure: Measure) -> dict[str, tuple[SeriesPoint, ...]]:
    """Return the panel's cells of a measure by region, without the unknown ones at either end."""
    frame = material.panel.frame
    cells = frame[frame["measure"] == measure]
    numbers = cells["value"].to_numpy(dtype=np.float64, na_value=np.nan).tolist()
    known = cells["covered"].tolist()
    starts, ends = (cells[name].dt.date.tolist() for name in ("start", "end"))
    series = {}
    for region, places in cells.groupby("region", observed=True, sort=False).indices.items():
        told = [place for place in np.asarray(places).tolist() if known[place] or not isnan(numbers[place])]
        span = range(told[0], told[-1] + 1) if told else range(0)
        series[str(region)] = tuple(
            SeriesPoint(starts[i], ends[i], None if isnan(numbers[i]) else numbers[i], known[i]) for i in span
        )
    return series


def _years(material: Material) -> list[int]:
    starts = [item.start for item in material.panel.coverage.values() if item.start is not None]
    starts += [date_of(item.start.min()) for item in material.measures.values() if item.start.size]
    if not starts:
        return []
    return list(range(min(starts).year, material.panel.as_of.year + 1))


def _pieces(material: Material, coverage: Coverage, years: list[int]) -> list[Period]:
    edges = {coverage.start, coverage.end, material.stop, material.panel.settings.stop.until}
    pieces: list[Period] = []
    for year in years:
        for start, end in clip_periods([(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))], (None, material.end)):
            bounds = [start, *sorted(day for day in edges if day is not None and start < day < end), end]
            pieces += pairwise(bounds)
    return pieces


def _is_covered(coverage: Coverage, piece: Period) -> bool:
    if coverage.state != "recorded" or coverage.start is None or coverage.end is None:
        return False
    return coverage.start <= piece[0] and piece[1] <= coverage.end


def _piece_value(records: MeasureRecords, coverage: Coverage, tally: Tally, code: int, *, known: bool) -> float | None:
    if coverage.state == "not_recorded" or (tally.n[code] == 0 and not known):
        return None
    figure = records.figure(tally, code)
    return None if figure is None else float(figure)


def _year_row(records: MeasureRecords, coverage: Coverage, count: YearCount, code: int) -> tuple[Scalar, ...]:
    value = count.value(records, coverage, code)
    state = count.state(coverage)
    if state == "not_recorded" and value is not None:
        state = "partial"
    return (count.year, value, int(count.n_coarse[code]), state)
