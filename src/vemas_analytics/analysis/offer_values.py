"""Whether offers became smaller: typical values before and after, and how far the largest three carry the sum."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import AmountRatio, amount_ratio
from vemas_analytics.analysis.material import Mask, Material
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.names import Measure
from vemas_analytics.model.periods import Days, count_days

COLUMNS: Final = (
    "statistic", "n_before", "n_after", "n_without_value", "typical_before", "typical_after",
    "ratio", "ratio_low", "ratio_high", "top3_share_before", "top3_share_after",
)  # fmt: skip
MEASURE: Final[Measure] = "offer_value_eur"
MONTHS_PER_BLOCK: Final = 6
SEED: Final = 2022
FEWEST_FOR_SHARE: Final = 5


def find_offer_values(material: Material) -> list[Finding]:
    """Compare typical offer values before and after the stop, never the arithmetic mean alone.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``offer_values``, measure ``offer_value_eur``, every region, baseline ``all_before``; the estimate
        is the ratio of geometric means with the limits of a bootstrap over half-years, refused below five half-years
        with a value on either side, absent below five values on either side. Table columns as `COLUMNS`, rows
        geometric_mean and median, values in euros; ``n_without_value`` offers of both windows have no value (or
        zero); shares of the three largest only from five values.

    Notes
    -----
    Efron 1979, Kuensch 1989 for blocks. Assumption at risk: the values known stand for those not given.
    """
    records, windows = material.measures[MEASURE], material.panel.windows
    before = material.covered(MEASURE, windows["all_before"].periods)
    after = material.covered(MEASURE, windows["after"].periods)
    sides = (records.inside(before) & records.fine, records.inside(after) & records.fine)
    vague = (records.touching(before) | records.touching(after)) & ~sides[0] & ~sides[1]
    coverage = material.coverage(MEASURE)
    comparable = coverage.state == "recorded" and bool(before) and bool(after)
    known = ~np.isnan(records.amount) & (records.amount > 0)
    findings = []
    for code, region in enumerate(material.regions):
        results = _compare(records.amount, _half_years(records.start), sides, known, records.of(code))
        n_before, n_after = (int(records.count(side & known)[code]) for side in sides)
        n_unknown = int(records.count((sides[0] | sides[1]) & ~known)[code])
        caveats = [*coverage_caveats(coverage), "not_causal"]
        caveats += ["value_share_known"] if n_unknown else []
        caveats += ["dates_imprecise"] if records.count(vague)[code] else []
        caveats += results[0].caveats if comparable and results else ["not_estimable"]
        if not comparable:
            results = []
        findings.append(
            Finding(
                question="offer_values",
                measure=MEASURE,
                region=region,
                baseline="all_before",
                estimate=_estimate(results[0]) if results else None,
                n_before=n_before if coverage.state != "not_recorded" else None,
                n_after=n_after if coverage.state != "not_recorded" else None,
                days_before=float(count_days(before)),
                days_after=float(count_days(after)),
                caveats=order_caveats(caveats),
                table=tabulate(COLUMNS, [_row(result, n_unknown) for result in results]),
                sources=records.cite(code, (sides[0] | sides[1]) & known),
            )
        )
    return findings


def _half_years(days: Days) -> NDArray[np.float64]:
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (months // MONTHS_PER_BLOCK).astype(np.float64)


def _compare(
    amounts: NDArray[np.float64], blocks: NDArray[np.float64], sides: tuple[Mask, Mask], known: Mask, part: slice
) -> list[AmountRatio]:
    chosen = ((sides[0] | sides[1]) & known)[part]
    if not chosen.any():
        return []
    amount, block, is_after = amounts[part][chosen], blocks[part][chosen], sides[1][part][chosen]
    return [
        amount_ratio(amount, block, is_after, statistic="geometric_mean", seed=SEED),
        amount_ratio(amount, block, is_after, statistic="median", seed=SEED),
    ]


def _estimate(result: AmountRatio) -> Estimate | None:
    if result.value is None or min(result.n_before, result.n_after) < FEWEST_FOR_SHARE:
        return None
    return Estimate(result.value, result.low, result.high, None if result.refused else result.level, unit="ratio")


def _row(result: AmountRatio, n_unknown: int) -> tuple[Scalar, ...]:
    return (
        result.statistic,
        result.n_before,
        result.n_after,
        n_unknown,
        result.typical_before,
        result.typical_after,
        result.value,
        result.low,
        result.high,
        result.top_share_before if result.n_before >= FEWEST_FOR_SHARE else None,
        result.top_share_after if result.n_after >= FEWEST_FOR_SHARE else None,
    )
