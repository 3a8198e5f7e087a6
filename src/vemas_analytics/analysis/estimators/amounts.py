"""Values of offers before and after: skewed, few, and dominated by the largest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from vemas_analytics.analysis.estimators.arguments import (
    Bools,
    Floats,
    check_level,
    check_option,
    read_mask,
    read_nonnegative,
    read_vector,
)

AmountStatistic: TypeAlias = Literal["geometric_mean", "median"]
AMOUNT_STATISTICS: Final[tuple[AmountStatistic, ...]] = get_args(AmountStatistic)
FEWEST_BLOCKS: Final = 5
"""Blocks with a value that each window needs for an interval."""


@dataclass(frozen=True, slots=True)
class AmountRatio:
    """Typical amount after over typical amount before.

    Attributes
    ----------
    value : float or None
        The ratio, None where a window has no amount.
    low, high : float or None
        Percentile limits of the block bootstrap, None where refused.
    level : float
        Level of the limits.
    typical_after, typical_before : float or None
        Geometric mean or median of each window.
    top_share_after, top_share_before : float or None
        Share of the three largest in the sum of each window.
    n_after, n_before : int
        Amounts in each window.
    statistic : str
        geometric_mean or median.
    refused : bool
        True when a window has fewer than five blocks with an amount.
    caveats : tuple of str
        Codes: few_events, interval_refused.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    typical_after: float | None
    typical_before: float | None
    top_share_after: float | None
    top_share_before: float | None
    n_after: int
    n_before: int
    statistic: str
    refused: bool
    caveats: tuple[str, ...]


def amount_ratio(
    amounts: ArrayLike,
    blocks: ArrayLike,
    after: ArrayLike,
    *,
    statistic: AmountStatistic = "geometric_mean",
    level: float = 0.95,
    n_resamples: int = 2000,
    seed: int = 0,
) -> AmountRatio:
    """Compare typical amounts of two windows, resampling whole blocks of time.

    The arithmetic mean of a dozen offers is the largest offer; geometric mean and median are not.

    Parameters
    ----------
    amounts : array of float, shape (n,)
        Amounts above zero.
    blocks : array of float, shape (n,)
        Number of the block of time (quarter, half-year) each amount belongs to.
    after : array of bool, shape (n,)
        True for amounts of the window after.
    statistic : {"geometric_mean", "median"}
        What is typical.
    level : float
        Level of the limits.
    n_resamples : int
        Bootstrap samples.
    seed : int
        Seed of the generator: the same input gives the same limits.

    Returns
    -------
    AmountRatio

    Raises
    ------
    OptionError
        When the statistic is unknown.
    ValueError
        For wrong shapes, amounts that are missing or not above zero, or a level outside (0, 1).

    Notes
    -----
    Efron 1979 (Ann. Stat. 7:1); Kuensch 1989 (Ann. Stat. 17:1217) for blocks.
    Assumption at risk: the amounts known stand for those not given; blocks are long enough to hold a project.
    """
    check_option("statistic", statistic, AMOUNT_STATISTICS)
    check_level(level)
    x = read_nonnegative("amounts", amounts)
    if np.any(x == 0):
        message = "amounts must be above zero; leave unknown ones out"
        raise ValueError(message)
    block = read_vector("blocks", blocks, length=x.size)
    side = read_mask("after", after, length=x.size)
    log_x = np.log(x)
    typical = _typical(log_x, side, statistic)
    before, behind = _by_block(log_x, block, ~side), _by_block(log_x, block, side)
    refused = min(len(before), len(behind)) < FEWEST_BLOCKS
    low = high = None
    if not refused:
        limits = _bootstrap(before, behind, _CENTRES[statistic], n_resamples, seed)
        low, high = (float(np.exp(np.quantile(limits, q))) for q in ((1.0 - level) / 2.0, (1.0 + level) / 2.0))
    n_after, n_before = int(side.sum()), int((~side).sum())
    caveats = (("few_events",) if min(n_after, n_before) < 5 else ()) + (("interval_refused",) if refused else ())
    return AmountRatio(
        value=None if typical[0] is None or typical[1] is None else typical[1] / typical[0],
        low=low,
        high=high,
        level=level,
        typical_after=typical[1],
        typical_before=typical[0],
        top_share_after=top_share(x[side]),
        top_share_before=top_share(x[~side]),
        n_after=n_after,
        n_before=n_before,
        statistic=statistic,
        refused=refused,
        caveats=caveats,
    )


def top_share(amounts: ArrayLike, *, n_largest: int = 3) -> float | None:
    """Return the share of the largest amounts in the sum, None where the sum is zero."""
    x = np.sort(read_nonnegative("amounts", amounts))
    total = float(x.sum())
    return float(x[-n_largest:].sum()) / total if total > 0 else None


_CENTRES: Final[dict[str, Callable[[Floats], float]]] = {
    "geometric_mean": lambda x: float(x.mean()),
    "median": lambda x: float(np.median(x)),
}


def _typical(log_x: Floats, side: Bools, statistic: str) -> tuple[float | None, float | None]:
    before, after = (
        float(np.exp(_CENTRES[statistic](log_x[window]))) if window.any() else None for window in (~side, side)
    )
    return before, after


def _by_block(log_x: Floats, block: Floats, window: Bools) -> list[Floats]:
    return [log_x[window & (block == name)] for name in np.unique(block[window])]


def _bootstrap(
    before: list[Floats], after: list[Floats], centre: Callable[[Floats], float], n_resamples: int, seed: int
) -> Floats:
    generator = np.random.default_rng(seed)
    differences = np.empty(n_resamples)
    for i in range(n_resamples):
        drawn = [
            np.concatenate([group[j] for j in generator.integers(len(group), size=len(group))])
            for group in (before, after)
        ]
        differences[i] = centre(drawn[1]) - centre(drawn[0])
    return differences
