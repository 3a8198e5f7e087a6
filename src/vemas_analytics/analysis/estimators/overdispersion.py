"""The ratio of two rates from monthly cells that scatter more than chance, or hang together in time."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from vemas_analytics.analysis.estimators.arguments import Bools, Floats, check_level, read_cells
from vemas_analytics.analysis.estimators.rates import (
    RateRatio,
    count_caveats,
    no_interval,
    rate_ratio,
    ratio_of_rates,
)

LAG1_WARNING: Final = 0.3
"""Lag-1 correlation of residuals above which a result is called autocorrelated."""


@dataclass(frozen=True, slots=True)
class TwoWindows:
    """Cells of two windows, each with its constant rate: what every method on cells begins with.

    ``n``, ``exposure`` are pairs (before, after); ``pearson`` holds one residual per cell, None where a window
    is empty; ``dispersion`` is Pearson X2 over ``df``; ``lag1`` the correlation of neighbouring residuals.
    """

    n: tuple[float, float]
    exposure: tuple[float, float]
    x2: float
    df: int
    lag1: float | None

    @property
    def dispersion(self) -> float | None:
        """Return X2 over its degrees of freedom."""
        return self.x2 / self.df if self.df > 0 else None


def describe_windows(counts: Floats, exposure: Floats, after: Bools) -> TwoWindows:
    """Return totals, Pearson X2 around each window's own rate, and the lag-1 correlation of residuals."""
    n = (float(counts[~after].sum()), float(counts[after].sum()))
    length = (float(exposure[~after].sum()), float(exposure[after].sum()))
    fitted = exposure * np.where(after, n[1] / length[1], n[0] / length[0])
    # A window without events fits perfectly and says nothing about scatter: it gives no degrees of freedom.
    known = fitted > 0
    residual = np.zeros_like(counts)
    residual[known] = (counts[known] - fitted[known]) / np.sqrt(fitted[known])
    windows = int(n[0] > 0) + int(n[1] > 0)
    return TwoWindows(
        n=n,
        exposure=length,
        x2=float(residual @ residual),
        df=int(known.sum()) - windows,
        lag1=_lag1(residual, after),
    )


def quasi_poisson_ratio(
    counts: ArrayLike, exposure: ArrayLike, after: ArrayLike, *, level: float = 0.95
) -> RateRatio:
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
        n - 2 degrees of freedom. Where ``lag1`` exceeds 0.3 the variance is also multiplied by
        (1 + lag1) / (1 - lag1), the method is ``quasi_poisson_ar`` and the caveat ``autocorrelated``.
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
    dispersion = windows.dispersion
    if n_before == 0 or n_after == 0 or dispersion is None:
        return no_interval(
            n_after, e_after, n_before, e_before, level=level, dispersion=dispersion, lag1=windows.lag1
        )
    scale = max(1.0, dispersion)
    caveats = count_caveats(n_after, n_before)
    method = "quasi_poisson"
    if dispersion > 1.0:
        caveats = (*caveats, "overdispersed")
    if windows.lag1 is not None and windows.lag1 > LAG1_WARNING:
        scale *= (1.0 + windows.lag1) / (1.0 - windows.lag1)
        caveats = (*caveats, "autocorrelated")
        method = "quasi_poisson_ar"
    return ratio_with_scale(windows, scale, windows.df, level=level, method=method, caveats=caveats)


def ratio_with_scale(
    windows: TwoWindows, scale: float, df: float, *, level: float, method: str, caveats: tuple[str, ...]
) -> RateRatio:
    """Return the ratio with a log-scale t interval whose variance is ``scale`` times that of Poisson counts."""
    (n_before, n_after), (e_before, e_after) = windows.n, windows.exposure
    error = sqrt(scale * (1.0 / n_before + 1.0 / n_after))
    effect = log(n_after / e_after) - log(n_before / e_before)
    width = float(stdtrit(df, (1.0 + level) / 2.0)) * error
    return RateRatio(
        value=ratio_of_rates(n_after, e_after, n_before, e_before),
        low=exp(effect - width),
        high=exp(effect + width),
        p_value=float(2.0 * stdtr(df, -abs(effect) / error)),
        level=level,
        method=method,
        n_after=n_after,
        n_before=n_before,
        exposure_after=e_after,
        exposure_before=e_before,
        dispersion=windows.dispersion,
        lag1=windows.lag1,
        inflation=scale,
        caveats=caveats,
    )


def rate_change(
    counts: ArrayLike, exposure: ArrayLike, after: ArrayLike, *, method: str = "auto", level: float = 0.95
) -> RateRatio:
    """Provisional."""
    check_level(level)
    y, e, side = read_cells(counts, exposure, after)
    windows = describe_windows(y, e, side)
    (n_before, n_after), (e_before, e_after) = windows.n, windows.exposure
    dispersion = windows.dispersion
    zero = n_before == 0 or n_after == 0
    if zero and dispersion is not None and dispersion > 1.5:
        return no_interval(n_after, e_after, n_before, e_before, level=level, dispersion=dispersion, lag1=windows.lag1, caveats=("overdispersed",))
    if zero or dispersion is None or dispersion <= 1.0:
        return rate_ratio(n_after, e_after, n_before, e_before, level=level)
    return quasi_poisson_of(windows, level=level)


def _lag1(residual: Floats, after: Bools) -> float | None:
    """Correlation of neighbouring residuals; the pair that straddles the two windows is left out."""
    total = float(residual @ residual)
    if residual.size < 4 or total == 0.0:
        return None
    together = after[1:] == after[:-1]
    return float((residual[1:] * residual[:-1])[together].sum()) / total
