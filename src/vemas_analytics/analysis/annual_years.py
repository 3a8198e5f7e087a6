"""The year under review and the five before it, year by year, with what made each of them special."""

import datetime as dt
from typing import Final

from vemas_analytics.analysis.annual import N_YEARS, special_codes
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.series import YearCount, count_year
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure

COLUMNS: Final = ("year", "value", "state", "special")


def find_annual_years(material: Material, year: int) -> list[Finding]:
    """Return every measure of the year and of the five before it, total of the programme.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``annual_years``, baseline the year; table columns as `COLUMNS`, oldest year first; state is
        recorded, partial or not_recorded, ``special`` joins the codes of `special_codes` by ``;``. The estimate is
        the mean of those of the five years before that were wholly recorded and not special, ``n_before`` how many
        these are.
    """
    years = range(year - N_YEARS, year + 1)
    special = {item: special_codes(material, item) for item in years}
    return [_finding(material, measure, year, special) for measure in material.measures]


def _finding(material: Material, measure: Measure, year: int, special: dict[int, list[str]]) -> Finding:
    records, coverage = material.measures[measure], material.coverage(measure)
    code = material.regions.index(TOTAL)
    counts = [count_year(material, measure, item) for item in special]
    rows: list[tuple[Scalar, ...]] = []
    ordinary: list[float] = []
    for count in counts:
        value, state = count.value(records, coverage, code), count.state(coverage)
        if value is not None and state == "not_recorded":
            state = "partial"
        rows.append((count.year, value, state, ";".join(special[count.year])))
        if count.year < year and state == "recorded" and value is not None and not special[count.year]:
            ordinary.append(value)
    return Finding(
        question="annual_years",
        measure=measure,
        region=TOTAL,
        method="sum" if records.info.is_value else "count",
        baseline=str(year),
        estimate=Estimate(sum(ordinary) / len(ordinary), unit=records.info.unit) if ordinary else None,
        n_before=len(ordinary),
        caveats=order_caveats(coverage_caveats(coverage)),
        table=tabulate(COLUMNS, rows),
        sources=records.cite(code, records.inside([_span(counts)])),
    )


def _span(counts: list[YearCount]) -> tuple[dt.date, dt.date]:
    return counts[0].period[0], counts[-1].period[1]
