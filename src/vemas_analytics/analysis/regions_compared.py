"""Regions compared: rates and changes drawn together, p-values adjusted, ranks with their uncertainty."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.before_after import MEASURES_FROM_OUTSIDE
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import (
    RateRatio,
    ShrunkenRates,
    ShrunkenRatios,
    adjust_p_values,
    rate_change,
    rate_ratio,
    shrink_rates,
    shrink_ratios,
)
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.monthly_cells import MonthlyCells, count_months
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import DAYS_PER_MONTH, RUSSIA, TOTAL, Measure

COLUMNS: Final = (
    "region", "n_before", "n_after", "per_month_before", "shrunk_before", "shrunk_before_low", "shrunk_before_high",
    "rank_before", "rank_before_low", "rank_before_high", "ratio", "ratio_shrunk", "ratio_low", "ratio_high",
    "p_value", "p_adjusted", "rank_fall", "rank_fall_low", "rank_fall_high",
)  # fmt: skip
LEVEL: Final = 0.95
DRAWS: Final = 4000
SEED: Final = 2022

Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Ranks from 1, each array of shape (regions,); ``low`` and ``high`` bound the rank by the posterior."""

    rank: Ranks
    low: Ranks
    high: Ranks


def find_regions_compared(material: Material) -> list[Finding]:
    """Compare all regions with at least one record on either side, for inquiries and offers.

    The highest and the lowest of many raw figures are mostly luck: rates before the stop are drawn together by
    gamma-Poisson (Marshall's moments), changes by beta-binomial on the split (maximum likelihood). Ranks say how
    far they could lie elsewhere. Records without a region (``RU``) and the total have no place among regions.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``regions_compared``, region ALL, baseline ``all_before``, one per measure; no estimate; table
        columns as `COLUMNS`, a row per region in order of code; rates per month, ``ratio`` the raw one,
        ``ratio_low`` and ``ratio_high`` the 95 % posterior interval of ``ratio_shrunk`` (where chance explains all
        differences, the exact interval of the change common to all; the rates then have none); ``p_value`` of
        `vemas_analytics.analysis.estimators.rate_change`, None where refused, and adjusted over the regions
        (Benjamini and Hochberg). ``rank_before`` 1 is the most active region, ``rank_fall`` 1 the steepest fall;
        None without records after the stop anywhere. No rows with fewer than two regions or without both windows.

    Notes
    -----
    Clayton and Kaldor 1987, Marshall 1991, Griffiths 1973, Benjamini and Hochberg 1995; ranks as the quantiles
    of ranks in draws from the posterior (Goldstein and Spiegelhalter 1996, J. R. Stat. Soc. A 159:385).
    Assumption at risk: exchangeable regions; a record of several regions counts in each, so they are not
    independent.
    """
    return [_finding(material, measure) for measure in MEASURES_FROM_OUTSIDE]


def rank_posterior(draws: NDArray[np.float64], centre: NDArray[np.float64]) -> RankInterval:
    """Rank by the centre, smallest first, with the limits of the ranks over the draws.

    Parameters
    ----------
    draws : array, shape (draws, regions)
    centre : array, shape (regions,)
    """
    order = np.argsort(draws, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, draws.shape[1] + 1)[np.newaxis, :], axis=1)
    low, high = np.quantile(ranks, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0, method="inverted_cdf")
    rank = 1 + (centre[np.newaxis, :] < centre[:, np.newaxis]).sum(axis=1)
    return RankInterval(rank.astype(np.int64), low.astype(np.int64), high.astype(np.int64))


def _finding(material: Material, measure: Measure) -> Finding:
    cells = count_months(material, measure)
    coverage = material.coverage(measure)
    codes = [
        code
        for code, region in enumerate(material.regions)
        if region not in {RUSSIA, TOTAL} and cells.counts[code].sum() > 0
    ]
    caveats = [*coverage_caveats(coverage), "not_causal"]
    rows: list[tuple[Scalar, ...]] = []
    if cells.comparable and len(codes) > 1 and any(cells.n_before(code) > 0 for code in codes):
        rows = _rows(material, cells, codes)
        caveats += ["many_regions_adjusted", "windows_unequal"]
        caveats += ["zero_after"] if all(cells.n_after(code) == 0 for code in codes) else []
    else:
        caveats.append("not_estimable")
    if any(cells.left_out[code] for code in codes):
        caveats.append("dates_imprecise")
    total = material.regions.index(TOTAL)
    told = coverage.state != "not_recorded"
    return Finding(
        question="regions_compared",
        measure=measure,
        region=TOTAL,
        baseline="all_before",
        n_before=cells.n_before(total) if told else None,
        n_after=cells.n_after(total) if told else None,
        days_before=cells.days_before,
        days_after=cells.days_after,
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, rows),
        sources=cells.records.cite(total, cells.placed),
    )


def _rows(material: Material, cells: MonthlyCells, codes: list[int]) -> list[tuple[Scalar, ...]]:
    before = np.array([cells.n_before(code) for code in codes], dtype=np.float64)
    after = np.array([cells.n_after(code) for code in codes], dtype=np.float64)
    changes = [rate_change(cells.counts[code], cells.exposure, cells.is_after) for code in codes]
    adjusted = _adjust(changes)
    months = np.full(before.size, cells.days_before / DAYS_PER_MONTH)
    rates = shrink_rates(before, months, level=LEVEL)
    generator = np.random.default_rng(SEED)
    activity = rank_posterior(-_draw_rates(generator, rates, before, months), -rates.rates)
    ratios, falls = None, None
    common = rate_ratio(after.sum(), cells.days_after, before.sum(), cells.days_before, level=LEVEL)
    if (np.minimum(after, before) > 0).any():  # else no region stands on both sides, and there is no common split
        ratios = shrink_ratios(after, cells.days_after, before, cells.days_before, level=LEVEL)
        falls = rank_posterior(_draw_shares(generator, ratios, after, before), ratios.ratios)
    rows: list[tuple[Scalar, ...]] = []
    for i, code in enumerate(codes):
        rows.append(
            (
                material.regions[code],
                int(before[i]),
                int(after[i]),
                float(rates.raw[i]),
                float(rates.rates[i]),
                *((float(rates.low[i]), float(rates.high[i])) if rates.prior_variance > 0 else (None, None)),
                *_rank(activity, i),
                changes[i].value,
                *_ratio(ratios, common, i),
                changes[i].p_value,
                adjusted[i],
                *_rank(falls, i),
            )
        )
    return rows


def _adjust(changes: list[RateRatio]) -> list[float | None]:
    known = [i for i, change in enumerate(changes) if change.p_value is not None]
    adjusted: list[float | None] = [None] * len(changes)
    values = adjust_p_values([changes[i].p_value or 0.0 for i in known]).tolist() if known else []
    for i, value in zip(known, values, strict=True):
        adjusted[i] = value
    return adjusted


def _draw_rates(
    generator: np.random.Generator, rates: ShrunkenRates, counts: NDArray[np.float64], months: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Draw from the posterior of each rate; where chance explains all differences, any order is as good."""
    if rates.prior_variance == 0:
        return generator.random((DRAWS, counts.size))
    precision = rates.prior_mean / rates.prior_variance
    return generator.gamma(counts + rates.prior_mean * precision, 1.0 / (months + precision), (DRAWS, counts.size))


def _draw_shares(
    generator: np.random.Generator, ratios: ShrunkenRatios, after: NDArray[np.float64], before: NDArray[np.float64]
) -> NDArray[np.float64]:
    if not np.isfinite(ratios.prior_a):
        return generator.random((DRAWS, after.size))
    return generator.beta(after + ratios.prior_a, before + ratios.prior_b, (DRAWS, after.size))


def _rank(ranks: RankInterval | None, i: int) -> tuple[int | None, int | None, int | None]:
    return (None, None, None) if ranks is None else (int(ranks.rank[i]), int(ranks.low[i]), int(ranks.high[i]))


def _ratio(ratios: ShrunkenRatios | None, common: RateRatio, i: int) -> tuple[float | None, float | None, float | None]:
    if ratios is None:
        return (None, None, None)
    if not np.isfinite(ratios.prior_a):
        # Chance explains all differences: what is not known is then the common change, not the region's own.
        return (float(ratios.ratios[i]), common.low, common.high)
    return (float(ratios.ratios[i]), float(ratios.low[i]), float(ratios.high[i]))
