"""The change of a rate between two windows by the method that the data call for."""

from dataclasses import replace
from functools import lru_cache
from math import sqrt
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri

from vemas_analytics.analysis.estimators.arguments import Floats, check_level, check_option, read_cells
from vemas_analytics.analysis.estimators.overdispersion import (
    LAG1_WARNING,
    TwoWindows,
    describe_windows,
    quasi_poisson_of,
    ratio_on_log_scale,
)
from vemas_analytics.analysis.estimators.rates import RateRatio, RatioMethod, no_interval, rate_ratio

ChangeMethod: TypeAlias = Literal["auto", "exact", "midp", "score", "quasi_poisson"]
CHANGE_METHODS: Final[tuple[ChangeMethod, ...]] = get_args(ChangeMethod)

# Chosen by simulation (see vemas_analytics.analysis.calibration), not by taste: with larger values clusters and
# swings pass for chance in short windows, with smaller ones plain counts get needlessly wide intervals.
SCATTER_TAIL: Final = 0.20
"""X2 in this upper tail of its chi-squared distribution counts as scatter beyond chance."""
SCATTER_TAIL_ZERO: Final = 0.05
"""The same where one window is empty and the other alone must answer."""
MEMORY_WITH_SCATTER: Final = 0.0
MEMORY_ALONE: Final = 1.3
"""Standardised lag-1 correlation above which cells count as hanging together, with and without scatter."""
MEMORY_WARNING: Final = 2.33
SLOWEST_CELLS: Final = 24
"""Swings of this many cells (months) or longer carry the long-run variance."""
LEAST_SWINGS: Final = 2
LEAST_CELLS: Final = 6
"""With fewer cells a window has no scatter of its own; the common one is used."""
LONG_SERIES: Final = 5
"""With fewer slow swings in both windows, chance alone often enough passes for scatter or memory to show."""
MANY_EVENTS: Final = 15
"""From this many events in each window, the exact interval of a short series would cover more than it need."""


def rate_change(
    counts: ArrayLike,
    exposure: ArrayLike,
    after: ArrayLike,
    *,
    method: ChangeMethod = "auto",
    level: float = 0.95,
) -> RateRatio:
    """Compare the rates of two windows given their monthly cells, choosing the method by the data.

    Parameters
    ----------
    counts : array of float, shape (n,)
        Events per cell in the order of time; whole numbers unless the method is ``quasi_poisson``.
    exposure : array of float, shape (n,)
        Length of each cell, for example in days; cells without exposure are left out.
    after : array of bool, shape (n,)
        True for cells of the window after.
    method : {"auto", "exact", "midp", "score", "quasi_poisson"}
        ``auto`` decides by the rule below; the others are :func:`rate_ratio` on the totals and
        :func:`quasi_poisson_ratio`, with the dispersion and lag-1 correlation reported in any case.
    level : float
        Confidence level.

    Returns
    -------
    RateRatio
        ``method`` says which way was taken. Swapping the windows gives the reciprocals.

    Raises
    ------
    OptionError
        When the method is unknown.
    ValueError
        For wrong shapes, negative, missing or broken counts, a window without exposure, or a level outside (0, 1).

    Notes
    -----
    The rule of ``auto``:

    1. *Scatter* is found where Pearson X2 lies in the upper 20 % of the chi-squared distribution. *Memory* is
       found where the lag-1 correlation of residuals, raised by the bias of -1/n for each mean taken out and
       times the root of the number of pairs, exceeds 0 (with scatter) or 1.3 (without).
    2. A window without events: the exact interval, unless the other window shows X2 in the upper 5 % or memory
       (above 1.3); then no interval is given, since a gap between clusters looks the same. No events at all: refused.
    3. Neither scatter nor memory: the exact interval (``exact``). In short series (fewer than 5 swings, see step 5)
       with 15 events or more in each window its mid-p form (``midp``): by chance alone such series are so often
       sent to steps 4 and 5, which widen, that with the exact interval for the rest the rule as a whole would
       cover more than 97 %.
    4. Scatter: quasi-Poisson with each window's own X2 over its degrees of freedom, not below 1, and Welch's
       degrees of freedom (``quasi_poisson``). One dispersion for both would be that of the busy window.
    5. Memory: the long-run variance of each window is taken from its slow swings, the cosine transforms of the
       residuals with periods of 24 cells and longer, and t with as many degrees of freedom as there are swings;
       the result is the wider of this interval and that of step 3 or 4, p the larger (``quasi_poisson_ar``).
       With fewer than two such swings no interval is given.

    Sources: Welch 1947 (Biometrika 34:28); Mueller 2004 (J. Econometrics 141:1331) and Lazarus, Lewis, Stock and
    Watson 2018 (J. Bus. Econ. Stat. 36:541) for cosine transforms with t; Kendall 1954 (Biometrika 41:403) for
    the bias of the correlation. Type I error and coverage: docs/calibration.md.
    Assumption at risk: one level per window. A trend, a season or a break inside a window passes for scatter or
    memory and widens the interval; it does not correct the ratio.
    """
    check_option("method", method, CHANGE_METHODS)
    check_level(level)
    cells = read_cells(counts, exposure, after)
    windows = describe_windows(*cells)
    if method == "quasi_poisson":
        return quasi_poisson_of(windows, level=level)
    if np.any(cells[0] != np.floor(cells[0])):
        message = "counts hold a broken number; method 'quasi_poisson' takes such values"
        raise ValueError(message)
    if method == "auto":
        return _auto(windows, level)
    return _exact(windows, level, method)


def _auto(windows: TwoWindows, level: float) -> RateRatio:
    scattered = _is_scattered(windows, SCATTER_TAIL)
    memory = _memory(windows)
    caveats: tuple[str, ...] = ("overdispersed",) if scattered else ()
    if memory > MEMORY_WARNING or (windows.lag1 is not None and windows.lag1 > LAG1_WARNING):
        caveats = (*caveats, "autocorrelated")
    if min(windows.n) == 0:
        clustered = _is_scattered(windows, SCATTER_TAIL_ZERO) or memory > MEMORY_ALONE
        return _refused(windows, level, caveats) if clustered else _exact(windows, level, "exact")
    base = _by_window(windows, level, caveats) if scattered else _by_chance(windows, level, caveats)
    if memory <= (MEMORY_WITH_SCATTER if scattered else MEMORY_ALONE):
        return base
    if sum(_n_swings(r.size) for r in windows.residuals) < LEAST_SWINGS:
        return _refused(windows, level, caveats)
    return _wider(base, _by_long_run(windows, level, caveats))


def _by_chance(windows: TwoWindows, level: float, caveats: tuple[str, ...]) -> RateRatio:
    """Return the interval of counts that scatter as independent events do."""
    # Where each window is one cell, nothing was examined and so nothing widened.
    short = sum(windows.df) > 0 and sum(_n_swings(r.size) for r in windows.residuals) < LONG_SERIES
    return _exact(windows, level, "midp" if short and min(windows.n) >= MANY_EVENTS else "exact", caveats)


def _exact(windows: TwoWindows, level: float, method: RatioMethod, caveats: tuple[str, ...] = ()) -> RateRatio:
    (n_before, n_after), (e_before, e_after) = windows.n, windows.exposure
    result = rate_ratio(n_after, e_after, n_before, e_before, method=method, level=level)
    return replace(result, dispersion=windows.dispersion, lag1=windows.lag1, caveats=(*result.caveats, *caveats))


def _refused(windows: TwoWindows, level: float, caveats: tuple[str, ...]) -> RateRatio:
    (n_before, n_after), (e_before, e_after) = windows.n, windows.exposure
    return no_interval(
        n_after,
        e_after,
        n_before,
        e_before,
        level=level,
        dispersion=windows.dispersion,
        lag1=windows.lag1,
        caveats=caveats,
    )


def _is_scattered(windows: TwoWindows, tail: float) -> bool:
    df = sum(windows.df)
    return df > 0 and sum(windows.x2) > float(chdtri(df, tail))


def _memory(windows: TwoWindows) -> float:
    """Lag-1 correlation, freed of its bias, over its standard error."""
    if windows.lag1 is None:
        return 0.0
    estimated = [df for df in windows.df if df > 0]
    n = sum(estimated) + len(estimated)
    return (windows.lag1 + len(estimated) / n) * sqrt(sum(estimated))


def _scales(windows: TwoWindows) -> tuple[float, float]:
    """Dispersion of each window, not below 1; the common one for a window of few cells."""
    common = sum(windows.x2) / sum(windows.df)
    before, after = (
        max(1.0, x2 / df if df + 1 >= LEAST_CELLS else common) for x2, df in zip(windows.x2, windows.df, strict=True)
    )
    return before, after


def _by_window(windows: TwoWindows, level: float, caveats: tuple[str, ...]) -> RateRatio:
    parts = [scale / n for scale, n in zip(_scales(windows), windows.n, strict=True)]
    variance = sum(parts)
    # A window of one cell has no degree of freedom of its own and borrows the common ones with the common scale.
    weights = [
        part * part / (df if df + 1 >= LEAST_CELLS else sum(windows.df))
        for part, df in zip(parts, windows.df, strict=True)
    ]
    df = variance * variance / sum(weights)
    return ratio_on_log_scale(windows, variance, df, level=level, method="quasi_poisson", caveats=caveats)


def _by_long_run(windows: TwoWindows, level: float, caveats: tuple[str, ...]) -> RateRatio:
    scales = _scales(windows)
    power, swings = 0.0, 0
    for residual, scale in zip(windows.residuals, scales, strict=True):
        waves = _slow_waves(residual.size) @ (residual / sqrt(scale))
        power += float(waves @ waves)
        swings += waves.size
    inflation = power / swings
    variance = 0.0
    for residual, scale, n in zip(windows.residuals, scales, windows.n, strict=True):
        # The mean of a short window follows its slow swings, so that its cells scatter too little around it.
        cells = residual.size
        hidden = (cells - 1) / (cells - min(max(inflation, 1.0), cells / 2)) if cells > 1 else 1.0
        variance += scale * hidden * inflation / n
    return ratio_on_log_scale(windows, variance, swings, level=level, method="quasi_poisson_ar", caveats=caveats)


def _wider(base: RateRatio, other: RateRatio) -> RateRatio:
    """Return the union of both intervals, which both hold the value, with the larger p: so the two still agree."""
    low, high = _least(base.low, other.low), _greatest(base.high, other.high)
    if (low, high) == (base.low, base.high):
        return base
    return replace(
        other,
        low=low,
        high=high,
        p_value=_greatest(base.p_value, other.p_value),
        inflation=max(base.inflation, other.inflation),
    )


def _least(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else min(first, second)


def _greatest(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else max(first, second)


def _n_swings(n_cells: int) -> int:
    return 2 * n_cells // SLOWEST_CELLS


@lru_cache(maxsize=512)
def _slow_waves(n_cells: int) -> Floats:
    """Orthonormal cosines of the slow periods, shape (swings, cells); each sums to zero."""
    time = np.arange(n_cells) + 0.5
    order = np.arange(1, _n_swings(n_cells) + 1)
    waves = np.sqrt(2.0 / n_cells) * np.cos(np.pi * np.outer(order, time) / n_cells)
    waves.setflags(write=False)
    return np.asarray(waves, dtype=np.float64)
