"""The ratio of two rates from two counts and their exposures."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Final, Literal, TypeAlias, get_args

from scipy.special import betainc, betainccinv, betaincinv, ndtr, ndtri

from vemas_analytics.analysis.estimators.arguments import check_level, check_option

RatioMethod: TypeAlias = Literal["exact", "midp", "score"]
RATIO_METHODS: Final[tuple[RatioMethod, ...]] = get_args(RatioMethod)

FEW_EVENTS: Final = 5
"""Below this many events in a window numbers are told, not percentages."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits with the p-value that belongs to them: it is below ``1 - level`` exactly when the null lies outside."""

    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class RateRatio:
    """Rate after over rate before, with its interval and the p-value that belongs to it.

    Attributes
    ----------
    value : float or None
        The ratio; 0.0 without events after, None without events before.
    low, high : float or None
        Limits of the two-sided interval. ``high`` is None where unbounded, both are None where refused.
    p_value : float or None
        Two-sided p of "the rates are equal"; below ``1 - level`` exactly when 1 lies outside the interval.
    level : float
        Confidence level of the interval.
    method : str
        exact, midp, score, quasi_poisson, quasi_poisson_ar or refused.
    n_after, n_before : float
        Events counted in the windows.
    exposure_after, exposure_before : float
        Their exposures, in the unit given.
    dispersion : float or None
        Pearson X2 over its degrees of freedom, as found (it may be below 1); None for two bare counts.
    lag1 : float or None
        Lag-1 correlation of the Pearson residuals, not corrected for bias; None where there is none.
    inflation : float
        Factor on the variance of a Poisson count that the interval allows for, 1 for the methods of two counts.
    allowing_memory : Interval or None
        From :func:`quasi_poisson_ratio` with a ``lag1`` above 0.3: the interval to tell instead.
    refused : bool
        True when no interval can be given honestly.
    caveats : tuple of str
        Codes: few_events, zero_after, zero_before, overdispersed, autocorrelated, interval_refused.
    """

    value: float | None
    low: float | None
    high: float | None
    p_value: float | None
    level: float
    method: str
    n_after: float
    n_before: float
    exposure_after: float
    exposure_before: float
    dispersion: float | None = None
    lag1: float | None = None
    inflation: float = 1.0
    allowing_memory: Interval | None = None
    refused: bool = False
    caveats: tuple[str, ...] = ()


def rate_ratio(
    n_after: float,
    exposure_after: float,
    n_before: float,
    exposure_before: float,
    *,
    method: RatioMethod = "exact",
    level: float = 0.95,
) -> RateRatio:
    """Compare two counts over windows of different length, with interval and matching p-value.

    Given the total, the count after is binomial with probability r*Ea / (r*Ea + Eb), where r is the ratio of
    rates. All three methods work on this split, and each p-value inverts its interval, so that the two never
    contradict. Swapping the windows gives the reciprocals.

    Parameters
    ----------
    n_after, n_before : float
        Whole numbers of events.
    exposure_after, exposure_before : float
        Lengths of the windows in any common unit, above zero.
    method : {"exact", "midp", "score"}
        ``exact``: central interval of Clopper and Pearson, p twice the smaller tail. ``midp``: the same with
        half the probability of the observed split, less conservative. ``score``: Wilson's interval on the split.
    level : float
        Confidence level.

    Returns
    -------
    RateRatio
        Without events after: 0, from 0 to the upper limit of the two-sided interval. Without events before:
        no value, no upper limit. Without any events: refused.

    Raises
    ------
    OptionError
        When the method is unknown.
    ValueError
        When a count is negative, not whole or missing, an exposure not above zero, or the level outside (0, 1).

    Notes
    -----
    Przyborowski and Wilenski 1940 (Biometrika 31:313) for the conditioning, Clopper and Pearson 1934
    (Biometrika 26:404), Fay 2010 (R Journal 2(1):53) for the matching of central p and interval, Lancaster 1961
    (JASA 56:223) for mid-p, Wilson 1927 (JASA 22:209) for the score interval.
    Assumption at risk: events come independently at constant rates within each window. With clusters or
    swings the interval is too narrow; see :func:`rate_change`.
    """
    check_option("method", method, RATIO_METHODS)
    check_level(level)
    _check_windows(n_after, exposure_after, n_before, exposure_before)
    n_after, n_before = float(n_after), float(n_before)
    exposure_after, exposure_before = float(exposure_after), float(exposure_before)
    if n_after + n_before == 0:
        return no_interval(n_after, exposure_after, n_before, exposure_before, level=level)
    scale = exposure_before / exposure_after
    total = exposure_after + exposure_before
    # Both shares by division, not one as 1 minus the other: swapping the windows then gives the same p.
    shares = (exposure_after / total, exposure_before / total)
    limit = _LIMITS[method]
    alpha = 1.0 - level
    low = limit(n_after, n_before, alpha) * scale
    inverse_high = limit(n_before, n_after, alpha) / scale
    return RateRatio(
        value=ratio_of_rates(n_after, exposure_after, n_before, exposure_before),
        low=low,
        high=1.0 / inverse_high if inverse_high > 0 else None,
        p_value=_P_VALUES[method](n_after, n_before, shares),
        level=level,
        method=method,
        n_after=n_after,
        n_before=n_before,
        exposure_after=exposure_after,
        exposure_before=exposure_before,
        caveats=count_caveats(n_after, n_before),
    )


def no_interval(
    n_after: float,
    exposure_after: float,
    n_before: float,
    exposure_before: float,
    *,
    level: float,
    dispersion: float | None = None,
    lag1: float | None = None,
    caveats: tuple[str, ...] = (),
) -> RateRatio:
    """Return the ratio alone, marked as refused: the data carry no honest interval."""
    return RateRatio(
        value=ratio_of_rates(n_after, exposure_after, n_before, exposure_before),
        low=None,
        high=None,
        p_value=None,
        level=level,
        method="refused",
        n_after=float(n_after),
        n_before=float(n_before),
        exposure_after=float(exposure_after),
        exposure_before=float(exposure_before),
        dispersion=dispersion,
        lag1=lag1,
        refused=True,
        caveats=(*count_caveats(n_after, n_before), *caveats, "interval_refused"),
    )


def ratio_of_rates(n_after: float, exposure_after: float, n_before: float, exposure_before: float) -> float | None:
    """Return rate after over rate before, None without events before."""
    return None if n_before == 0 else (n_after / exposure_after) / (n_before / exposure_before)


def count_caveats(n_after: float, n_before: float) -> tuple[str, ...]:
    """Return the caveats that follow from the counts alone."""
    codes = []
    if min(n_after, n_before) < FEW_EVENTS:
        codes.append("few_events")
    if n_after == 0:
        codes.append("zero_after")
    if n_before == 0:
        codes.append("zero_before")
    return tuple(codes)


def _check_windows(n_after: float, exposure_after: float, n_before: float, exposure_before: float) -> None:
    for name, count in (("n_after", n_after), ("n_before", n_before)):
        if not isfinite(count) or count < 0 or count != int(count):
            message = f"{name} is {count!r}; a whole number of events, zero or more, is needed"
            raise ValueError(message)
    for name, exposure in (("exposure_after", exposure_after), ("exposure_before", exposure_before)):
        if not isfinite(exposure) or exposure <= 0:
            message = f"{name} is {exposure!r}; a length above zero is needed"
            raise ValueError(message)


def _exact_limit(n: float, m: float, alpha: float) -> float:
    """Lower limit of the odds when n of n + m events fell on the one side."""
    if n == 0:
        return 0.0
    # Both p and 1 - p by their own inverse: neither loses digits near 0 or 1.
    return float(betaincinv(n, m + 1, alpha / 2) / betainccinv(m + 1, n, alpha / 2))


def _exact_p(n: float, m: float, shares: tuple[float, float]) -> float:
    return min(1.0, 2.0 * min(_at_least(n, m, shares[0]), _at_least(m, n, shares[1])))


def _at_least(n: float, m: float, p: float) -> float:
    """Probability of n or more of n + m."""
    return float(betainc(n, m + 1, p)) if n > 0 else 1.0


def _midp_tail(n: float, m: float, p: float) -> float:
    """Probability of more than n, plus half that of n, out of n + m."""
    more = float(betainc(n + 1, m, p)) if m > 0 else 0.0
    return 0.5 * (_at_least(n, m, p) + more)


def _midp_limit(n: float, m: float, alpha: float) -> float:
    from scipy.optimize import brentq

    if n == 0:
        return 0.0
    if m == 0:
        p = alpha ** (1.0 / n)
        return float(p / (1.0 - p))
    # The tail lies between those of n and of n + 1, so the exact limits of these two bracket the root.
    low, high = float(betaincinv(n, m + 1, alpha / 2)), float(betaincinv(n + 1, m, alpha / 2))
    p = float(brentq(lambda q: _midp_tail(n, m, q) - alpha / 2, low, high, xtol=1e-300, rtol=1e-14))
    return p / (1.0 - p)


def _midp_p(n: float, m: float, shares: tuple[float, float]) -> float:
    return min(1.0, 2.0 * min(_midp_tail(n, m, shares[0]), _midp_tail(m, n, shares[1])))


def _score_limit(n: float, m: float, alpha: float) -> float:
    """Smaller root of (n - odds * m)^2 = z^2 * (n + m) * odds."""
    if n == 0:
        return 0.0
    spread = float(ndtri(1.0 - alpha / 2)) ** 2 * (n + m)
    return 2.0 * n * n / (2.0 * n * m + spread + sqrt(spread * (4.0 * n * m + spread)))


def _score_p(n: float, m: float, shares: tuple[float, float]) -> float:
    z = abs(n * shares[1] - m * shares[0]) / sqrt((n + m) * shares[0] * shares[1])
    return float(2.0 * ndtr(-z))


_LIMITS: Final[dict[str, Callable[[float, float, float], float]]] = {
    "exact": _exact_limit,
    "midp": _midp_limit,
    "score": _score_limit,
}
_P_VALUES: Final[dict[str, Callable[[float, float, tuple[float, float]], float]]] = {
    "exact": _exact_p,
    "midp": _midp_p,
    "score": _score_p,
}
