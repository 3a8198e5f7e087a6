"""The ratio of two rates from monthly cells that scatter more than chance, or hang together in time."""

from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from vemas_analytics.analysis.estimators.arguments import Bools, Floats, check_level, read_cells
from vemas_analytics.analysis.estimators.rates import (
    Interval,
    RateRatio,
    count_caveats,
    no_interval,
    ratio_of_rates,
)

LAG1_WARNING: Final = 0.3
"""Lag-1 correlation of residuals above which a result is called autocorrelated."""


@dataclass(frozen=True, slots=True)
class TwoWindows:
    """Cells of two windows, each with its constant rate: what every method on cells begins with.

    Attributes
    ----------
    n, exposure : pair of float
        Events and exposure of the windows (before, after).
    residuals : pair of arrays, shapes (cells before,) and (cells after,)
        Pearson residuals in the order of time; all zero where a window has no events.
    df : pair of int
        Degrees of freedom each window leaves for its scatter; a window without events has none.
    """

    n: tuple[float, float]
    exposure: tuple[float, float]
    residuals: tuple[Floats, Floats]
    df: tuple[int, int]

    @property
    def x2(self) -> tuple[float, float]:
        """Return Pearson X2 of each window."""
        before, after = self.residuals
        return float(before @ before), float(after @ after)

    @property
    def dispersion(self) -> float | None:
        """Return X2 of both windows over their degrees of freedom, None where there are none."""
        return sum(self.x2) / sum(self.df) if sum(self.df) > 0 else None

    @property
    def lag1(self) -> float | None:
        """Return the correlation of neighbouring residuals; no pair straddles the two windows."""
        total = sum(self.x2)
        if sum(self.df) < 2 or total == 0.0:
            return None
        return sum(float(r[1:] @ r[:-1]) for r in self.residuals) / total


def describe_windows(counts: Floats, exposure: Floats, after: Bools) -> TwoWindows:
    """Return totals and the Pearson residuals of the cells around their own window's rate."""
    before = _residuals(counts[~after], exposure[~after])
    behind = _residuals(counts[after], exposure[after])
    n = (float(counts[~after].sum()), float(counts[after].sum()))
    return TwoWindows(
        n=n,
        exposure=(float(exposure[~after].sum()), float(exposure[after].sum())),
        residuals=(before, behind),
        df=(before.size - 1 if n[0] > 0 else 0, behind.size - 1 if n[1] > 0 else 0),
    )


def quasi_poisson_ratio(counts: ArrayLike, exposure: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> RateRatio:
    """Compare two windows from their cells, letting the scatter of the cells widen the interval.

    For monthly counts that vary more than independent events would (an inquiry brings the next one). The same
    figures as a Poisson model with log exposure offset and one step, scaled by Pearson X2, in closed form.

    Parameters
    ----------
    counts : array of float, shape (n,)
        Events per cell in the order of time, zero or more.
    exposure : array of float, shape (n,)
        Length of each cell; cells without exposure are left out.
    after : array of bool, shape (n,)
        True for cells of the window after.
    level : float
        Confidence level.

    Returns
    -------
    RateRatio
        With ``dispersion`` as found and ``lag1``. The scale is the dispersion, not below 1, with Student's t on
        n - 2 degrees of freedom. Where ``lag1`` exceeds 0.3 the caveat is ``autocorrelated``, and
        ``allowing_memory`` holds the interval with the variance multiplied by (1 + lag1) / (1 - lag1).
        Where a window has no events, or fewer than 3 cells exist, refused: the model has no interval then.

    Raises
    ------
    ValueError
        For wrong shapes, negative or missing values, a window without exposure, or a level outside (0, 1).

    Notes
    -----
    McCullagh and Nelder 1989 (Generalized Linear Models, ch. 6 and 9) for the scale; Bayley and Hammersley
    1946 (J. R. Stat. Soc. Suppl. 8:184) for the variance of a mean of correlated values.
    Assumption at risk: the rate is constant within each window apart from noise whose variance is proportional
    to the mean; a trend or a season shows up as dispersion.
    """
    check_level(level)
    y, e, side = read_cells(counts, exposure, after)
    return quasi_poisson_of(describe_windows(y, e, side), level=level)


def quasi_poisson_of(windows: TwoWindows, *, level: float) -> RateRatio:
    """Return the quasi-Poisson ratio of windows already described."""
    (n_before, n_after), (e_before, e_after) = windows.n, windows.exposure
    dispersion, lag1 = windows.dispersion, windows.lag1
    if n_before == 0 or n_after == 0 or dispersion is None:
        return no_interval(n_after, e_after, n_before, e_before, level=level, dispersion=dispersion, lag1=lag1)
    scale = max(1.0, dispersion)
    caveats: tuple[str, ...] = ("overdispersed",) if dispersion > 1.0 else ()
    variance = scale * (1.0 / n_before + 1.0 / n_after)
    df = sum(windows.df)
    if lag1 is None or lag1 <= LAG1_WARNING:
        return ratio_on_log_scale(windows, variance, df, level=level, method="quasi_poisson", caveats=caveats)
    caveats = (*caveats, "autocorrelated")
    plain = ratio_on_log_scale(windows, variance, df, level=level, method="quasi_poisson", caveats=caveats)
    longer = variance * (1.0 + lag1) / (1.0 - lag1)
    wide = ratio_on_log_scale(windows, longer, df, level=level, method="quasi_poisson_ar", caveats=caveats)
    if wide.low is None or wide.high is None or wide.p_value is None:
        return plain
    return replace(plain, allowing_memory=Interval(wide.low, wide.high, wide.p_value))


def ratio_on_log_scale(
    windows: TwoWindows, variance: float, df: float, *, level: float, method: str, caveats: tuple[str, ...]
) -> RateRatio:
    """Return the ratio with the t interval of a log ratio that has the given variance."""
    (n_before, n_after), (e_before, e_after) = windows.n, windows.exposure
    error = sqrt(variance)
    effect = log(n_after / e_after) - log(n_before / e_before)
    width = float(stdtrit(df, (1.0 + level) / 2.0)) * error
    return RateRatio(
        value=ratio_of_rates(n_after, e_after, n_before, e_before),
        low=exp(effect - width),
        high=exp(effect + width),
        # counts in perfect step leave no doubt at all: the interval is a point
        p_value=float(2.0 * stdtr(df, -abs(effect) / error)) if error > 0.0 else float(effect == 0.0),
        level=level,
        method=method,
        n_after=n_after,
        n_before=n_before,
        exposure_after=e_after,
        exposure_before=e_before,
        dispersion=windows.dispersion,
        lag1=windows.lag1,
        inflation=variance / (1.0 / n_before + 1.0 / n_after),
        caveats=(*count_caveats(n_after, n_before), *caveats),
    )


def _residuals(counts: Floats, exposure: Floats) -> Floats:
    total = float(counts.sum())
    if total == 0.0:
        return np.zeros_like(counts)
    fitted = exposure * (total / float(exposure.sum()))
    return np.asarray((counts - fitted) / np.sqrt(fitted), dtype=np.float64)
