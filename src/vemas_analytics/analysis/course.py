"""The course of inquiries and offers, what would have come without the stop, and how many did not come."""

from typing import Final

import numpy as np

from vemas_analytics.analysis.before_after import MEASURES_FROM_OUTSIDE
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import Effect, InterruptedSeries, interrupted_series
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.monthly_cells import MonthlyCells, count_months
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding, Scalar, SeriesPoint
from vemas_analytics.model.names import Measure

COLUMNS: Final = (
    "model", "level_ratio", "level_low", "level_high", "level_p", "slope_per_month", "slope_low", "slope_high",
    "trend_per_year", "trend_low", "trend_high", "dispersion", "lag1", "n_after", "expected_after",
    "shortfall", "shortfall_low", "shortfall_high",
)  # fmt: skip
MODELS: Final = {"step": False, "step_and_slope": True}


def find_course(material: Material) -> list[Finding]:
    """Fit the course before the stop, carry it on, and count what is missing, for inquiries and offers.

    Trend, season, the known breaks (as far as they divide the time before) and a step at the stop; the second
    row of the table lets the trend change there too. Needs 24 months before, 6 after and 50 events before, in a
    list kept without gaps; else there is no estimate (``not_estimable``).

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``course``, baseline ``all_before``; the estimate is the cumulative shortfall of the model with a
        step (expected without the stop minus counted, in cases) with the interval of the expectation; the series
        is the expectation of each cell without the stop with its pointwise interval, over the whole time; table
        columns as `COLUMNS`, ratios being factors.

    Notes
    -----
    Bernal, Cummins and Gasparrini 2017 (doi 10.1093/ije/dyw098), intervals widened for correlated months.
    Assumption at risk: trend and season would have gone on and nothing else happened at the stop.
    """
    findings = []
    for measure in MEASURES_FROM_OUTSIDE:
        cells = count_months(material, measure)
        findings += [_finding(material, measure, cells, code) for code in range(len(material.regions))]
    return findings


def fit_course(cells: MonthlyCells, code: int, *, slope: bool = False) -> InterruptedSeries | None:
    """Return the model of a region's course, None where the data do not carry one."""
    if not cells.carries_course(code):
        return None
    result = interrupted_series(
        cells.counts[code],
        cells.exposure,
        cells.is_after,
        dummies=cells.breaks,
        slope=slope,
        time=cells.time,
        allow_memory=True,
    )
    return None if result.shortfall is None else result


def _finding(material: Material, measure: Measure, cells: MonthlyCells, code: int) -> Finding:
    fits = {model: fit_course(cells, code, slope=slope) for model, slope in MODELS.items()}
    chosen = fits["step"]
    coverage = material.coverage(measure)
    told = coverage.state != "not_recorded"
    caveats = [*coverage_caveats(coverage), "not_causal"]
    if cells.left_out[code]:
        caveats.append("dates_imprecise")
    if chosen is None:
        caveats.append("not_estimable")
    else:
        # Without events after there is no limit of the ratio, yet the shortfall has its interval.
        caveats += [item for item in chosen.caveats if item != "interval_refused"]
        caveats.append("trend_extrapolated")
        caveats += ["partial_month"] if material.stop.day != 1 else []
    return Finding(
        question="course",
        measure=measure,
        region=material.regions[code],
        method="-" if chosen is None else _method(chosen),
        baseline="all_before",
        estimate=None if chosen is None else _shortfall(chosen),
        n_before=cells.n_before(code) if told else None,
        n_after=cells.n_after(code) if told else None,
        days_before=cells.days_before,
        days_after=cells.days_after,
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, [_row(model, fit, cells, code) for model, fit in fits.items() if fit is not None]),
        series=() if chosen is None else _series(chosen, cells),
        sources=cells.records.cite(code, cells.placed),
    )


def _method(fit: InterruptedSeries) -> str:
    return "quasi_poisson" if fit.method == "refused" else fit.method


def _shortfall(fit: InterruptedSeries) -> Estimate | None:
    effect = fit.shortfall
    return None if effect is None else Estimate(effect.value, effect.low, effect.high, fit.level, unit="count")


def _effect(effect: Effect | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if effect is None else (effect.value, effect.low, effect.high)


def _row(model: str, fit: InterruptedSeries, cells: MonthlyCells, code: int) -> tuple[Scalar, ...]:
    n_after = cells.n_after(code)
    return (
        model,
        *_effect(fit.level_ratio),
        fit.p_value,
        *_effect(fit.slope_ratio),
        *_effect(fit.trend_ratio),
        fit.dispersion,
        fit.lag1,
        n_after,
        None if fit.shortfall is None else fit.shortfall.value + n_after,
        *_effect(fit.shortfall),
    )


def _series(fit: InterruptedSeries, cells: MonthlyCells) -> tuple[SeriesPoint, ...]:
    courses = np.column_stack([fit.counterfactual, fit.counterfactual_low, fit.counterfactual_high]).tolist()
    return tuple(
        SeriesPoint(start, end, value, covered=True, low=low, high=high)
        for (start, end), (value, low, high) in zip(cells.periods, courses, strict=True)
    )
