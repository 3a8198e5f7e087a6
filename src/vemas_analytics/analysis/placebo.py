"""Is the stop special? The same step sought at false dates before it."""

from typing import Final

from vemas_analytics.analysis.before_after import MEASURES_FROM_OUTSIDE
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.course import fit_course
from vemas_analytics.analysis.estimators import PlaceboInTime, placebo_in_time
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.monthly_cells import MonthlyCells, count_months
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.regions import read_regions

COLUMNS: Final = ("date", "ratio", "is_stop")


def find_placebo(material: Material) -> list[Finding]:
    """Fit the model of the course at every month before the stop as if it had been the stop.

    For the total and the partner regions; needs what `vemas_analytics.analysis.course.find_course` needs.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``placebo``; the estimate is the level ratio at the real stop with the limits of the model there,
        its ``p_value`` the share of dates, the real one counted in, with a step at least as strong in either
        direction: it compares dates and is not the p-value that belongs to the limits. Table columns as
        `COLUMNS`: each false date and, last, the stop.

    Notes
    -----
    Abadie, Diamond and Hainmueller 2015 (Am. J. Polit. Sci. 59:495). Assumption at risk: the years before are as
    eventful as others would be. A recovery from COVID-19 can give a false date a strong step.
    """
    findings = []
    asked = (*read_regions().partners, TOTAL)
    for measure in MEASURES_FROM_OUTSIDE:
        cells = count_months(material, measure)
        findings += [
            _finding(material, measure, cells, code) for code, region in enumerate(material.regions) if region in asked
        ]
    return findings


def _finding(material: Material, measure: Measure, cells: MonthlyCells, code: int) -> Finding:
    found = None
    if cells.carries_course(code):
        found = placebo_in_time(
            cells.counts[code], cells.exposure, cells.is_after, dummies=cells.breaks, time=cells.time
        )
    told = material.coverage(measure).state != "not_recorded"
    caveats = [*coverage_caveats(material.coverage(measure)), "not_causal"]
    estimable = found is not None and found.p_value is not None
    caveats.append("known_breaks_among_false_stops" if estimable else "not_estimable")
    if cells.left_out[code]:
        caveats.append("dates_imprecise")
    return Finding(
        question="placebo",
        measure=measure,
        region=material.regions[code],
        method="quasi_poisson" if estimable else "-",
        baseline="all_before",
        estimate=_estimate(cells, code, found) if found is not None and estimable else None,
        n_before=cells.n_before(code) if told else None,
        n_after=cells.n_after(code) if told else None,
        days_before=cells.days_before,
        days_after=cells.days_after,
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, [] if found is None or not estimable else _rows(material, cells, found)),
        sources=cells.records.cite(code, cells.placed),
    )


def _rows(material: Material, cells: MonthlyCells, found: PlaceboInTime) -> list[tuple[object, ...]]:
    pairs = zip(found.positions, found.ratios.tolist(), strict=True)
    false_stops: list[tuple[object, ...]] = [(cells.periods[at][0], ratio, False) for at, ratio in pairs]
    return [*false_stops, (material.stop, found.actual, True)]


def _estimate(cells: MonthlyCells, code: int, found: PlaceboInTime) -> Estimate:
    fit = fit_course(cells, code)
    if fit is None or fit.refused:
        return Estimate(found.actual, unit="ratio", p_value=found.p_value)
    return Estimate(found.actual, fit.low, fit.high, fit.level, unit="ratio", p_value=found.p_value)
