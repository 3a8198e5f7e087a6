"""How long until something happens, and which of several things: censored, exact and deterministic."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from vemas_analytics.analysis.estimators.arguments import Floats, check_level, read_mask, read_nonnegative, read_vector


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """Kaplan-Meier curve, a step function that is 1 before the first time.

    Attributes
    ----------
    times : array, shape (t,)
        Distinct times at which the event happened, rising.
    at_risk, events : array, shape (t,)
        Cases still followed just before each time, and events at it.
    survival, variance, low, high : array, shape (t,)
        Share without the event after each time, Greenwood's variance, and limits on the log scale (NaN once
        the curve is 0).
    median, median_low, median_high : float or None
        First time at which the curve (its limits) is down to one half; None if never.
    level : float
        Level of the limits.
    """

    times: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    variance: Floats
    low: Floats
    high: Floats
    median: float | None
    median_low: float | None
    median_high: float | None
    level: float

    def at(self, time: float) -> float:
        """Return the share without the event at a time."""
        return _step(self.times, self.survival, time, 1.0)

    def restricted_mean(self, horizon: float) -> float:
        """Return the mean time without the event up to the horizon: the area under the curve."""
        return _area(self.times, self.survival, horizon, 1.0)


@dataclass(frozen=True, slots=True)
class CumulativeIncidence:
    """Aalen-Johansen curves of competing outcomes, step functions that are 0 before the first time.

    Attributes
    ----------
    times : array, shape (t,)
        Distinct times at which any outcome happened, rising.
    at_risk : array, shape (t,)
        Cases still followed just before each time.
    survival : array, shape (t,)
        Share without any outcome after each time; with the curves it sums to 1.
    curves, variance, low, high : mapping of outcome to array, shape (t,)
        Share with the outcome by each time, its variance, and limits on the log(-log) scale.
    level : float
        Level of the limits.
    """

    times: Floats
    at_risk: Floats
    survival: Floats
    curves: Mapping[int, Floats]
    variance: Mapping[int, Floats]
    low: Mapping[int, Floats]
    high: Mapping[int, Floats]
    level: float

    def at(self, time: float) -> dict[int, float]:
        """Return the share with each outcome by a time; key 0 is the share still open."""
        shares = {0: _step(self.times, self.survival, time, 1.0)}
        return shares | {k: _step(self.times, curve, time, 0.0) for k, curve in self.curves.items()}

    def limits_at(self, time: float) -> dict[int, tuple[float, float]]:
        """Return the limits of each outcome's share by a time."""
        return {
            k: (_step(self.times, self.low[k], time, 0.0), _step(self.times, self.high[k], time, 0.0))
            for k in self.curves
        }

    def restricted_mean(self, horizon: float) -> dict[int, float]:
        """Return the mean time spent in each state up to the horizon; key 0 is 'no outcome yet'. They sum to it."""
        means = {0: _area(self.times, self.survival, horizon, 1.0)}
        return means | {k: _area(self.times, curve, horizon, 0.0) for k, curve in self.curves.items()}


def kaplan_meier(durations: ArrayLike, observed: ArrayLike, *, level: float = 0.95) -> SurvivalCurve:
    """Estimate the share of cases without the event by time, some of them followed for a while only.

    For a single outcome. With competing ones (an offer can be won, lost or withdrawn) 1 minus this curve
    overstates each; use :func:`cumulative_incidence`.

    Parameters
    ----------
    durations : array of float, shape (n,)
        Time followed, zero or more.
    observed : array of bool, shape (n,)
        True where the event ended it; False where following ended first.
    level : float
        Level of the limits.

    Returns
    -------
    SurvivalCurve

    Raises
    ------
    ValueError
        For wrong shapes, no case, negative or missing times, or a level outside (0, 1).

    Notes
    -----
    Kaplan and Meier 1958 (JASA 53:457), Greenwood 1926. A case that ends without the event on the day of an
    event counts as at risk on it.
    Assumption at risk: following ends for reasons that have nothing to do with the event. A stop that ends all
    open cases at once is such a reason only if it would have come for any state of the case.
    """
    check_level(level)
    t = read_nonnegative("durations", durations)
    event = read_mask("observed", observed, length=t.size)
    _need_cases(t)
    times, at_risk, events = _risk_table(t, event)
    survival = _product(events, at_risk)
    with np.errstate(divide="ignore"):
        greenwood = np.asarray(np.cumsum(events / (at_risk * (at_risk - events))), dtype=np.float64)
    alive = survival > 0
    variance = np.zeros_like(survival)
    variance[alive] = survival[alive] ** 2 * greenwood[alive]
    spread = np.full_like(survival, np.nan)
    spread[alive] = float(ndtri((1.0 + level) / 2.0)) * np.sqrt(greenwood[alive])
    low, high = survival * np.exp(-spread), np.minimum(1.0, survival * np.exp(spread))
    return SurvivalCurve(
        times=_frozen(times),
        at_risk=_frozen(at_risk),
        events=_frozen(events),
        survival=_frozen(survival),
        variance=_frozen(variance),
        low=_frozen(low),
        high=_frozen(high),
        median=_first_at_half(times, survival),
        median_low=_first_at_half(times, low),
        median_high=_first_at_half(times, high),
        level=level,
    )


def cumulative_incidence(durations: ArrayLike, outcomes: ArrayLike, *, level: float = 0.95) -> CumulativeIncidence:
    """Estimate by time the share of cases with each of several outcomes, with open cases allowed for.

    For inquiry -> offer -> order: what share of offers is won within 90, 180, 365 days, when others are lost,
    withdrawn, or still open at the stop or on the as-of date.

    Parameters
    ----------
    durations : array of float, shape (n,)
        Time to the outcome, or followed without one; zero or more.
    outcomes : array of int, shape (n,)
        0 where following ended without an outcome (censored), else the number of the outcome.
    level : float
        Level of the limits.

    Returns
    -------
    CumulativeIncidence

    Raises
    ------
    ValueError
        For wrong shapes, no case, negative or missing times, broken or negative outcomes, or a level outside (0, 1).

    Notes
    -----
    Aalen and Johansen 1978 (Scand. J. Stat. 5:141); variance by the delta method as in Gaynor et al. 1993
    (JASA 88:400). Ties are counted as they are: exact and the same each time.
    Assumption at risk: censoring tells nothing about the outcome that would have come, see :func:`kaplan_meier`.
    """
    check_level(level)
    t = read_nonnegative("durations", durations)
    kinds = read_vector("outcomes", outcomes, length=t.size)
    _need_cases(t)
    if np.any(kinds < 0) or np.any(kinds != np.floor(kinds)):
        message = "outcomes must be whole numbers, 0 for censored"
        raise ValueError(message)
    times, at_risk, events = _risk_table(t, kinds > 0)
    survival = _product(events, at_risk)
    eve = np.concatenate([[1.0], survival[:-1]])
    z = float(ndtri((1.0 + level) / 2.0))
    curves, variance, low, high = {}, {}, {}, {}
    for kind in np.unique(kinds[kinds > 0]):
        of_kind = np.searchsorted(times, t[kinds == kind])
        caused = np.bincount(of_kind, minlength=times.size).astype(np.float64)
        curve = np.cumsum(eve * caused / at_risk)
        spread = _incidence_variance(curve, caused, events, at_risk, eve)
        key = int(kind)
        curves[key], variance[key] = _frozen(curve), _frozen(spread)
        low[key], high[key] = (_frozen(limit) for limit in _log_log_limits(curve, spread, z))
    return CumulativeIncidence(
        times=_frozen(times),
        at_risk=_frozen(at_risk),
        survival=_frozen(survival),
        curves=MappingProxyType(curves),
        variance=MappingProxyType(variance),
        low=MappingProxyType(low),
        high=MappingProxyType(high),
        level=level,
    )


def _need_cases(durations: Floats) -> None:
    if durations.size == 0:
        message = "durations is empty; at least one case is needed"
        raise ValueError(message)


def _risk_table(durations: Floats, event: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[Floats, Floats, Floats]:
    """Distinct event times, cases at risk just before each, events at each."""
    times, events = np.unique(durations[event], return_counts=True)
    at_risk = durations.size - np.searchsorted(np.sort(durations), times, side="left")
    return times, at_risk.astype(np.float64), events.astype(np.float64)


def _product(events: Floats, at_risk: Floats) -> Floats:
    return np.asarray(np.cumprod(1.0 - events / at_risk), dtype=np.float64)


def _incidence_variance(curve: Floats, caused: Floats, events: Floats, at_risk: Floats, eve: Floats) -> Floats:
    # After a time at which all at risk end, nothing more happens: its term is 0 times infinity, and is 0.
    left = at_risk - events
    hazard = np.divide(events, at_risk * left, out=np.zeros_like(events), where=left > 0)
    own = eve**2 * caused * (at_risk - caused) / at_risk**3
    mixed = eve * caused / at_risk**2
    # Expanding (F(t) - F(s))^2 turns the double sum over s <= t into running sums.
    constant = np.cumsum(curve**2 * hazard + own + 2.0 * curve * mixed)
    linear = np.cumsum(-2.0 * curve * hazard - 2.0 * mixed)
    total = constant + curve * linear + curve**2 * np.cumsum(hazard)
    return np.asarray(np.maximum(0.0, total), dtype=np.float64)


def _log_log_limits(curve: Floats, variance: Floats, z: float) -> tuple[Floats, Floats]:
    low, high = curve.copy(), curve.copy()
    inner = (curve > 0) & (curve < 1) & (variance > 0)
    share = curve[inner]
    # Shares next to 0 or 1 say nothing of their limits: the power runs to infinity, the limits to 0 and 1.
    with np.errstate(over="ignore"):
        power = np.exp(z * np.sqrt(variance[inner]) / (share * np.abs(np.log(share))))
    low[inner], high[inner] = share**power, share ** (1.0 / power)
    return low, high


def _first_at_half(times: Floats, curve: Floats) -> float | None:
    down = np.flatnonzero(curve <= 0.5 + 1e-12)
    return float(times[down[0]]) if down.size else None


def _step(times: Floats, values: Floats, time: float, start: float) -> float:
    position = int(np.searchsorted(times, time, side="right"))
    return start if position == 0 else float(values[position - 1])


def _area(times: Floats, values: Floats, horizon: float, start: float) -> float:
    if not horizon > 0 or not np.isfinite(horizon):
        message = f"horizon is {horizon!r}; a length above zero is needed"
        raise ValueError(message)
    edges = np.concatenate([[0.0], np.minimum(times, horizon), [horizon]])
    return float(np.diff(edges) @ np.concatenate([[start], values]))


def _frozen(values: Floats) -> Floats:
    copy = np.array(values, dtype=np.float64)
    copy.setflags(write=False)
    return copy
