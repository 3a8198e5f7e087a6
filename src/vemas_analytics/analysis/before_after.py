"""How the rate of inquiries and offers changed from before the stop to after it, against five baselines."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import RateRatio, rate_change
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.monthly_cells import MonthlyCells, count_months
from vemas_analytics.model.finding import DataTable, Estimate, Finding, Method, Scalar
from vemas_analytics.model.names import DAYS_PER_MONTH, Measure
from vemas_analytics.model.periods import Period, clip_periods, count_days
from vemas_analytics.model.timeline import COVID, SANCTIONS_2014, find_break

COLUMNS: Final = ("side", "days", "n", "per_month", "periods", "dispersion", "lag1")
MEASURES_FROM_OUTSIDE: Final[tuple[Measure, ...]] = ("inquiries", "offers")
"""What comes by chance from outside and so carries an interval; trips and forums were stopped by decision."""

BASELINES: Final = ("all_before", "phase_II", "months_24", "y2015_2019", "without_covid")


def find_before_after(material: Material) -> list[Finding]:
    """Compare the rates before and after the stop, for inquiries and offers, every region and baseline.

    Exposure is counted to the day, month by month: a month that a window edge cuts gives a shorter cell. Dates
    of day, week and month precision count where they lie wholly within a window; what may lie in it but cannot
    be placed is left out and said (``dates_imprecise``). Without exposure on both sides, or with a table kept
    only in part, there is no estimate (``not_estimable``).

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``before_after``; the estimate is rate after / rate before; the method is the one that
        `vemas_analytics.analysis.estimators.rate_change` chose; table columns as `COLUMNS`.

    Notes
    -----
    The change coincides with the stop; the data cannot separate its causes (``not_causal`` on every finding).
    """
    findings = []
    for measure in MEASURES_FROM_OUTSIDE:
        records = material.measures[measure]
        n_late = records.count(records.inside([(material.stop, material.panel.settings.stop.until or material.end)]))
        for baseline in BASELINES:
            comparison = _Comparison(baseline, count_months(material, measure, baseline), n_late)
            findings += [_finding(material, comparison, code) for code in range(records.n_regions)]
    return findings


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One baseline against the window after, counted for all regions at once; ``n_late`` has shape (regions,)."""

    baseline: str
    cells: MonthlyCells
    n_late: NDArray[np.int64]


def _finding(material: Material, comparison: _Comparison, code: int) -> Finding:
    cells = comparison.cells
    records = cells.records
    result = rate_change(cells.counts[code], cells.exposure, cells.is_after) if cells.comparable else None
    recorded = material.coverage(records.info.key).state != "not_recorded"
    n_before, n_after = (cells.n_before(code), cells.n_after(code)) if recorded else (None, None)
    caveats = (*_window_caveats(material, cells), *_count_caveats(comparison, code))
    return Finding(
        question="before_after",
        measure=records.info.key,
        region=material.regions[code],
        method=_method(result),
        baseline=comparison.baseline,
        estimate=None if result is None else _estimate(result),
        n_before=n_before,
        n_after=n_after,
        days_before=cells.days_before,
        days_after=cells.days_after,
        caveats=order_caveats((*caveats, *(result.caveats if result else ("not_estimable",)))),
        table=DataTable(
            COLUMNS,
            (_row("before", cells.before, n_before, result), _row("after", cells.after, n_after, result)),
        ),
        sources=records.cite(code, cells.placed),
    )


def _method(result: RateRatio | None) -> Method | str:
    return "-" if result is None else result.method


def _estimate(result: RateRatio) -> Estimate:
    return Estimate(
        value=result.value,
        low=result.low,
        high=result.high,
        level=None if result.refused else result.level,
        unit="ratio",
        p_value=result.p_value,
    )


def _row(side: str, periods: tuple[Period, ...], n: int | None, result: RateRatio | None) -> tuple[Scalar, ...]:
    days = count_days(periods)
    rated = result is not None and n is not None and days > 0
    return (
        side,
        days,
        n,
        n / days * DAYS_PER_MONTH if rated and n is not None else None,
        ";".join(f"{start.isoformat()}/{end.isoformat()}" for start, end in periods),
        None if result is None else result.dispersion,
        None if result is None else result.lag1,
    )


def _window_caveats(material: Material, cells: MonthlyCells) -> tuple[str, ...]:
    """Return what the windows themselves demand to be said."""
    settings = material.panel.settings
    covid, sanctions = find_break(settings, COVID), find_break(settings, SANCTIONS_2014).start
    before, after = cells.before, cells.after
    said = {
        "not_causal": True,
        "windows_unequal": abs(count_days(before) - count_days(after)) > DAYS_PER_MONTH,
        "partial_month": any(day.day != 1 for day in chain.from_iterable((*before, *after))),
        "covid_in_baseline": bool(clip_periods(before, (covid.start, covid.end or dt.date.max))),
        "sanctions_2014_in_baseline": any(start < sanctions < end for start, end in before),
    }
    coverage = material.coverage(cells.records.info.key)
    return (*coverage_caveats(coverage), *(code for code, holds in said.items() if holds))


def _count_caveats(comparison: _Comparison, code: int) -> tuple[str, ...]:
    said = {"late_entries": comparison.n_late[code] > 0, "dates_imprecise": comparison.cells.left_out[code] > 0}
    return tuple(name for name, holds in said.items() if holds)
