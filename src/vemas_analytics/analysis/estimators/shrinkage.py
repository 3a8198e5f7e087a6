"""Rates and ratios of small regions, drawn towards what all regions show together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, betaln, gammaincinv, gammaln

from vemas_analytics.analysis.estimators.arguments import Floats, check_level, check_option, read_nonnegative

Shrinkage: TypeAlias = Literal["marshall", "moment", "ml"]
SHRINKAGES: Final[tuple[Shrinkage, ...]] = get_args(Shrinkage)
SplitShrinkage: TypeAlias = Literal["moment", "ml"]
SPLIT_SHRINKAGES: Final[tuple[SplitShrinkage, ...]] = get_args(SplitShrinkage)

MAX_STEPS: Final = 10_000
TOLERANCE: Final = 1e-13
LOG_PRECISION_RANGE: Final = (-12.0, 25.0)
"""Searched logarithms of the prior precision: from 'regions have nothing in common' to 'they are all one'."""
ALL_ONE: Final = 20.0
"""Above this logarithm of the precision the regions cannot be told apart."""


@dataclass(frozen=True, slots=True)
class ShrunkenRates:
    """Rates of regions drawn towards their mean.

    Attributes
    ----------
    rates, low, high : array, shape (n,)
        Shrunken rate per unit of exposure and its equal-tailed posterior interval.
    raw : array, shape (n,)
        Count over exposure.
    weights : array, shape (n,)
        Share of the raw rate in the shrunken one, 0 (all from the mean) to 1.
    prior_mean, prior_variance : float
        Mean and variance of the true rates over regions, as estimated; variance 0 when chance explains all.
    level : float
        Level of the intervals.
    estimator : str
        marshall, moment or ml.
    """

    rates: Floats
    low: Floats
    high: Floats
    raw: Floats
    weights: Floats
    prior_mean: float
    prior_variance: float
    level: float
    estimator: str


@dataclass(frozen=True, slots=True)
class ShrunkenRatios:
    """Ratios after/before of regions drawn towards the common one.

    Attributes
    ----------
    ratios, low, high : array, shape (n,)
        Rate after over rate before at the posterior median of the share after, with equal-tailed interval.
    shares : array, shape (n,)
        Posterior mean of the share of events that fell after.
    prior_a, prior_b : float
        Parameters of the beta distribution of shares over regions; infinite when chance explains all.
    level : float
        Level of the intervals.
    estimator : str
        moment or ml.
    """

    ratios: Floats
    low: Floats
    high: Floats
    shares: Floats
    prior_a: float
    prior_b: float
    level: float
    estimator: str


def shrink_rates(
    counts: ArrayLike, exposure: ArrayLike, *, estimator: Shrinkage = "marshall", level: float = 0.95
) -> ShrunkenRates:
    """Draw the rates of regions towards their mean, the more so the fewer events they rest on.

    Use before ranking: the highest and lowest raw rates of many small regions are mostly luck.

    Parameters
    ----------
    counts, exposure : array of float, shape (n,)
        Events and exposure of each region; exposure above zero, at least two regions.
    estimator : {"marshall", "moment", "ml"}
        How mean and variance of the true rates are found. ``marshall``: Marshall's global moments; ``moment``:
        the iterated moments of Clayton and Kaldor; ``ml``: maximum likelihood of the negative binomial.
    level : float
        Level of the posterior intervals.

    Returns
    -------
    ShrunkenRates

    Raises
    ------
    OptionError
        When the estimator is unknown.
    ValueError
        For wrong shapes, negative or missing values, exposure of zero, fewer than two regions or no event at all.

    Notes
    -----
    Clayton and Kaldor 1987 (Biometrics 43:671); Marshall 1991 (Applied Statistics 40:283). All three end in the
    gamma-Poisson posterior. Intervals take the prior as known and are somewhat too narrow with few regions.
    Assumption at risk: the regions are exchangeable. A region that is special for a known reason is drawn to a
    mean it does not belong to; the region ``RU`` (none given) and totals have no place among them.
    """
    check_option("estimator", estimator, SHRINKAGES)
    check_level(level)
    y = read_nonnegative("counts", counts)
    e = read_nonnegative("exposure", exposure, length=y.size)
    if y.size < 2 or np.any(e == 0) or y.sum() == 0:
        message = "shrinkage needs at least two regions, exposure above zero in each, and an event in one"
        raise ValueError(message)
    mean, variance = _RATE_PRIORS[estimator](y, e)
    weights = variance / (variance + mean / e)
    rates = mean + weights * (y / e - mean)
    low, high = rates, rates
    if variance > 0:
        shape, rate = y + mean * mean / variance, e + mean / variance
        low = np.asarray(gammaincinv(shape, (1.0 - level) / 2.0) / rate)
        high = np.asarray(gammaincinv(shape, (1.0 + level) / 2.0) / rate)
    return ShrunkenRates(
        rates=_frozen(rates),
        low=_frozen(low),
        high=_frozen(high),
        raw=_frozen(y / e),
        weights=_frozen(weights),
        prior_mean=mean,
        prior_variance=variance,
        level=level,
        estimator=estimator,
    )


def shrink_ratios(
    n_after: ArrayLike,
    exposure_after: float,
    n_before: ArrayLike,
    exposure_before: float,
    *,
    estimator: SplitShrinkage = "ml",
    level: float = 0.95,
) -> ShrunkenRatios:
    """Draw the changes of regions towards the common change, by the beta-binomial on the split.

    Parameters
    ----------
    n_after, n_before : array of float, shape (n,)
        Events of each region in the two windows.
    exposure_after, exposure_before : float
        Lengths of the windows, the same for all regions.
    estimator : {"moment", "ml"}
        Moments of the shares weighted by their totals, or maximum likelihood of the beta-binomial.
    level : float
        Level of the posterior intervals.

    Returns
    -------
    ShrunkenRatios
        Regions without any event take the common distribution.

    Raises
    ------
    OptionError
        When the estimator is unknown.
    ValueError
        For wrong shapes, negative or missing values, windows without length, all events on one side, or each
        region's events wholly on one side or the other.

    Notes
    -----
    Griffiths 1973 (Biometrics 29:637) for maximum likelihood; Kleinman 1973 (JASA 68:46) for the moments.
    Assumption at risk: the regions are exchangeable, see :func:`shrink_rates`.
    """
    check_option("estimator", estimator, SPLIT_SHRINKAGES)
    check_level(level)
    after = read_nonnegative("n_after", n_after)
    before = read_nonnegative("n_before", n_before, length=after.size)
    if exposure_after <= 0 or exposure_before <= 0:
        message = "both windows need a length above zero"
        raise ValueError(message)
    if after.sum() == 0 or before.sum() == 0:
        message = "all events lie on one side; there is no common split to draw towards"
        raise ValueError(message)
    if not (np.minimum(after, before) > 0).any():
        message = "each region lies wholly on one side; there is no common split to draw towards"
        raise ValueError(message)
    mean, precision = _split_prior(after, before, estimator)
    a, b = mean * precision, (1.0 - mean) * precision
    tails = ((1.0 - level) / 2.0, 0.5, (1.0 + level) / 2.0)
    scale = exposure_before / exposure_after
    if np.isfinite(precision):
        quantiles = [np.asarray(betaincinv(after + a, before + b, tail)) for tail in tails]
        shares = (after + a) / (after + before + precision)
    else:
        shares = np.full(after.size, mean)
        quantiles = [shares] * 3
    with np.errstate(divide="ignore"):  # a share of one, as far as a number can tell, is a ratio without end
        low, middle, high = [q / (1.0 - q) * scale for q in quantiles]
    return ShrunkenRatios(
        ratios=_frozen(middle),
        low=_frozen(low),
        high=_frozen(high),
        shares=_frozen(shares),
        prior_a=a,
        prior_b=b,
        level=level,
        estimator=estimator,
    )


def _marshall(y: Floats, e: Floats) -> tuple[float, float]:
    mean = float(y.sum() / e.sum())
    scatter = float(np.sum(e * (y / e - mean) ** 2) / e.sum())
    return mean, max(0.0, scatter - mean / float(e.mean()))


def _clayton_kaldor(y: Floats, e: Floats) -> tuple[float, float]:
    theta = y / e
    mean, variance = float(theta.mean()), float(theta.var(ddof=1))
    for _ in range(MAX_STEPS):
        if variance <= TOLERANCE * mean * mean:
            return float(y.sum() / e.sum()), 0.0
        alpha = mean / variance
        theta = (y + mean * alpha) / (e + alpha)
        previous = mean, variance
        mean = float(theta.mean())
        variance = float(np.sum((1.0 + alpha / e) * (theta - mean) ** 2) / (y.size - 1))
        if np.allclose((mean, variance), previous, rtol=TOLERANCE, atol=0.0):
            break
    return mean, variance


def _ml(y: Floats, e: Floats) -> tuple[float, float]:
    """Maximum likelihood of y ~ negative binomial with mean m*e and shape nu, the mean profiled out."""

    def mean_at(nu: float) -> float:
        mean = float(y.sum() / e.sum())
        for _ in range(MAX_STEPS):
            # Score of the mean: the sum of (y - m*e) * nu / (nu + m*e) is zero.
            weight = nu / (nu + mean * e)
            updated = float(np.sum(weight * y) / np.sum(weight * e))
            if abs(updated - mean) <= TOLERANCE * mean:
                return updated
            mean = updated
        return mean

    def loss(log_nu: float) -> float:
        nu = float(np.exp(log_nu))
        mu = mean_at(nu) * e
        terms = gammaln(y + nu) - gammaln(nu) - nu * np.log1p(mu / nu) + y * np.log(mu / (nu + mu))
        return -float(np.sum(terms))

    log_nu = _least(loss)
    if log_nu > ALL_ONE:
        return float(y.sum() / e.sum()), 0.0
    nu = float(np.exp(log_nu))
    mean = mean_at(nu)
    return mean, mean * mean / nu


_RATE_PRIORS: Final[dict[str, Callable[[Floats, Floats], tuple[float, float]]]] = {
    "marshall": _marshall,
    "moment": _clayton_kaldor,
    "ml": _ml,
}


def _split_prior(after: Floats, before: Floats, estimator: SplitShrinkage) -> tuple[float, float]:
    """Mean and precision a + b of the shares after; precision infinite when chance explains their scatter."""
    known = after + before > 0
    y, n = after[known], (after + before)[known]
    mean = float(y.sum() / n.sum())
    if estimator == "moment":
        scatter = float(np.sum(n * (y / n - mean) ** 2))
        chance = mean * (1.0 - mean)
        room = float(n.sum() - np.sum(n * n) / n.sum())
        excess = (scatter - chance * (n.size - 1)) / (chance * (room - (n.size - 1))) if room > n.size - 1 else 0.0
        return (mean, 1.0 / min(excess, 1.0) - 1.0) if excess > 0 else (mean, float("inf"))

    from scipy.optimize import minimize_scalar

    def best_mean(precision: float) -> tuple[float, float]:
        def loss(logit: float) -> float:
            m = 1.0 / (1.0 + float(np.exp(-logit)))
            a, b = m * precision, (1.0 - m) * precision
            return -float(np.sum(betaln(y + a, n - y + b) - betaln(a, b)))

        centre = float(np.log(mean / (1.0 - mean)))
        found = minimize_scalar(loss, bounds=(centre - 5.0, centre + 5.0), method="bounded", options={"xatol": 1e-10})
        return 1.0 / (1.0 + float(np.exp(-found.x))), float(found.fun)

    log_precision = _least(lambda log_s: best_mean(float(np.exp(log_s)))[1])
    if log_precision > 12.0:
        return mean, float("inf")
    precision = float(np.exp(log_precision))
    return best_mean(precision)[0], precision


def _least(loss: Callable[[float], float]) -> float:
    """Return where the loss is least: a grid first, so that no flat stretch traps the search."""
    from scipy.optimize import minimize_scalar

    low, high = LOG_PRECISION_RANGE
    grid = np.linspace(low, high, 75)
    best = int(np.argmin([loss(float(x)) for x in grid]))
    bounds = (float(grid[max(best - 1, 0)]), float(grid[min(best + 1, grid.size - 1)]))
    return float(minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-10}).x)


def _frozen(values: Floats) -> Floats:
    copy = np.array(values, dtype=np.float64)
    copy.setflags(write=False)
    return copy
