"""A year against the year before and the five years before, by region and by month."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material, MeasureRecords
from vemas_analytics.analysis.series import MONTHLY_MEASURES, YearCount, count_year
from vemas_analytics.model.finding import DataTable, Estimate, Finding, Scalar
from vemas_analytics.model.names import Measure
from vemas_analytics.model.panel import Coverage
from vemas_analytics.model.periods import Period, clip_periods, count_days, day_number, months_between, shift_months
from vemas_analytics.model.timeline import COVID, SANCTIONS_2014, find_break

COLUMNS: Final = (
    "year", "value", "state", "previous", "previous_state", "mean5", "min5", "max5", "n_years5", "special",
)  # fmt: skip
MONTH_COLUMNS: Final = ("month", "value", "previous", "mean5")
N_YEARS: Final = 5


def find_annual(material: Material, year: int) -> list[Finding]:
    """Compare every measure of a year with the year before and the five years before, for every region.

    Only wholly recorded years enter mean and range. ``special`` names what made the year itself unlike others:
    covid, sanctions_2014, stop, partial_year.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``annual``, baseline the year; the estimate is the year's value where anything is known; table
        columns as `COLUMNS`, one row.
    """
    findings = []
    special = special_codes(material, year)
    for measure, records in material.measures.items():
        coverage = material.coverage(measure)
        counts = [count_year(material, measure, item) for item in range(year - N_YEARS, year + 1)]
        inside = records.inside([(dt.date(year, 1, 1), dt.date(year + 1, 1, 1))])
        for code, region in enumerate(material.regions):
            value = counts[-1].value(records, coverage, code)
            caveats = [*coverage_caveats(coverage)]
            if counts[-1].tally.n[code] > counts[-1].tally.n_known[code]:
                caveats.append("value_share_known")
            if counts[-1].n_coarse[code]:
                caveats.append("dates_imprecise")
            findings.append(
                Finding(
                    question="annual",
                    measure=measure,
                    region=region,
                    method="sum" if records.info.is_value else "count",
                    baseline=str(year),
                    estimate=None if value is None else Estimate(float(value), unit=records.info.unit),
                    caveats=order_caveats(caveats),
                    table=DataTable(COLUMNS, (_row(records, coverage, counts, code, special),)),
                    sources=records.cite(code, inside),
                )
            )
    return findings


def _row(
    records: MeasureRecords, coverage: Coverage, counts: Sequence[YearCount], code: int, special: Sequence[str]
) -> tuple[Scalar, ...]:
    this, previous = counts[-1], counts[-2]
    value, previous_value = (item.value(records, coverage, code) for item in (this, previous))
    full = [item.value(records, coverage, code) for item in counts[:-1] if item.state(coverage) == "recorded"]
    known = [item for item in full if item is not None]
    state = this.state(coverage)
    codes = [*special, "partial_year"] if state != "recorded" else special
    return (
        this.year,
        value,
        "partial" if state == "not_recorded" and value is not None else state,
        previous_value,
        "partial"
        if previous.state(coverage) == "not_recorded" and previous_value is not None
        else previous.state(coverage),
        sum(known) / len(known) if known else None,
        min(known, default=None),
        max(known, default=None),
        len(known),
        ";".join(codes),
    )


def special_codes(material: Material, year: int) -> list[str]:
    """Return what made a calendar year unlike others: covid, sanctions_2014, stop."""
    settings = material.panel.settings
    bounds: Period = (dt.date(year, 1, 1), dt.date(year + 1, 1, 1))
    covid, sanctions = find_break(settings, COVID), find_break(settings, SANCTIONS_2014)
    codes = []
    if clip_periods([(covid.start, covid.end)], bounds):
        codes.append("covid")
    if bounds[0] <= sanctions.start < bounds[1]:
        codes.append("sanctions_2014")
    if clip_periods([(material.stop, settings.stop.until)], bounds):
        codes.append("stop")
    return codes


def find_annual_months(material: Material, year: int) -> list[Finding]:
    """Compare the months of a year with those of the year before and the mean of the five years before.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``annual_months``, baseline the year, for inquiries, offers, trips and forums of every region;
        table columns as `MONTH_COLUMNS`, month 1 to 12. Only wholly recorded months enter the mean.
    """
    findings = []
    years = range(year - N_YEARS, year + 1)
    for measure in MONTHLY_MEASURES:
        records = material.measures[measure]
        coverage = material.coverage(measure)
        counts, whole = _count_months(material, measure, records, years)
        used = records.fine & records.inside([(dt.date(years[0], 1, 1), dt.date(year + 1, 1, 1))])
        for code, region in enumerate(material.regions):
            rows = tuple(_month_row(counts[:, :, code], whole, month) for month in range(12))
            findings.append(
                Finding(
                    question="annual_months",
                    measure=measure,
                    region=region,
                    baseline=str(year),
                    caveats=order_caveats(coverage_caveats(coverage)),
                    table=DataTable(MONTH_COLUMNS, rows if coverage.state != "not_recorded" else ()),
                    sources=records.cite(code, used),
                )
            )
    return findings


def _count_months(
    material: Material, measure: Measure, records: MeasureRecords, years: range
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts of shape (years, 12, regions), and which months were wholly recorded, shape (years, 12)."""
    counts = np.zeros((len(years), 12, records.n_regions), dtype=np.int64)
    whole = np.zeros((len(years), 12), dtype=bool)
    recorded = material.coverage(measure).state == "recorded"
    months = months_between(dt.date(years[0], 1, 1), dt.date(years[-1] + 1, 1, 1))
    for index, first in enumerate(months):
        month = (first, shift_months(first, 1))
        starts_in = records.touching([month]) & records.fine & (records.start >= day_number(first))
        counts[index // 12, index % 12] = records.count(starts_in)
        days = count_days(material.covered(measure, [month]))
        whole[index // 12, index % 12] = recorded and days == (month[1] - month[0]).days
    return counts, whole


def _month_row(counts: np.ndarray, whole: np.ndarray, month: int) -> tuple[Scalar, ...]:
    """Return one month: values where wholly recorded or at least something is known."""
    values = [int(n) if known or n > 0 else None for n, known in zip(counts[:, month], whole[:, month], strict=True)]
    full = [int(n) for n, known in zip(counts[:-1, month], whole[:-1, month], strict=True) if known]
    return (month + 1, values[-1], values[-2], sum(full) / len(full) if full else None)
