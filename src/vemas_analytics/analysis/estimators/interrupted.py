"""Course of a count series with a step at the stop, and what would have been without it."""

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from vemas_analytics.analysis.estimators.arguments import (
    Bools,
    Floats,
    check_level,
    read_cells_in_time,
    read_columns,
    read_vector,
)
from vemas_analytics.analysis.estimators.overdispersion import LAG1_WARNING
from vemas_analytics.analysis.estimators.quasi_glm import QuasiFit, fit_quasi_poisson
from vemas_analytics.analysis.estimators.rates import count_caveats


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure of the model with its interval; the limits are None where none can be given."""

    value: float
    low: float | None
    high: float | None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class InterruptedSeries:
    """Segmented quasi-Poisson model of a series.

    Attributes
    ----------
    level_ratio : Effect or None
        Rate just after over rate just before the stop, season and trend taken out; value 0.0 without interval
        when nothing was counted after. None where not estimable.
    slope_ratio : Effect or None
        With ``slope``: factor by which each unit of time after the stop differs from the trend before.
    trend_ratio : Effect or None
        Factor per ``period`` of the trend before the stop.
    dummy_ratios : tuple of Effect
        Factor of each dummy column, in order.
    dispersion, lag1 : float or None
        Pearson X2 over its degrees of freedom, lag-1 correlation of Pearson residuals.
    inflation : float
        Factor on the variance that the intervals use: dispersion, not below 1, and with ``allow_memory`` also
        (1 + lag1) / (1 - lag1) where ``lag1`` exceeds 0.3.
    fitted : array, shape (n,)
        Expected count of each cell, as modelled.
    counterfactual, counterfactual_low, counterfactual_high : array, shape (n,)
        Expected count of each cell without the stop, with pointwise interval of this expectation.
    shortfall : Effect or None
        Expected without the stop minus counted, summed over the cells after it, with interval of the expectation.
    level : float
        Confidence level of all intervals.
    method : str
        quasi_poisson, quasi_poisson_ar or refused.
    refused : bool
        True when the level ratio has no interval.
    caveats : tuple of str
        Codes: few_events, zero_after, zero_before, overdispersed, autocorrelated, not_estimable, interval_refused.
    """

    level_ratio: Effect | None
    slope_ratio: Effect | None
    trend_ratio: Effect | None
    dummy_ratios: tuple[Effect, ...]
    dispersion: float | None
    lag1: float | None
    inflation: float
    fitted: Floats
    counterfactual: Floats
    counterfactual_low: Floats
    counterfactual_high: Floats
    shortfall: Effect | None
    level: float
    method: str
    refused: bool
    caveats: tuple[str, ...]

    @property
    def value(self) -> float | None:
        """Return the level ratio itself."""
        return None if self.level_ratio is None else self.level_ratio.value

    @property
    def low(self) -> float | None:
        """Return the lower limit of the level ratio."""
        return None if self.level_ratio is None else self.level_ratio.low

    @property
    def high(self) -> float | None:
        """Return the upper limit of the level ratio."""
        return None if self.level_ratio is None else self.level_ratio.high

    @property
    def p_value(self) -> float | None:
        """Return the p-value of "no step"."""
        return None if self.level_ratio is None else self.level_ratio.p_value


def interrupted_series(
    counts: ArrayLike,
    exposure: ArrayLike,
    after: ArrayLike,
    *,
    harmonics: int = 2,
    period: float = 12,
    dummies: ArrayLike | None = None,
    slope: bool = False,
    level: float = 0.95,
    time: ArrayLike | None = None,
    allow_memory: bool = False,
) -> InterruptedSeries:
    """Fit trend, season, breaks and a step at the stop; give the course without the step and what is missing.

    For "what would have come without the stop": the trend before it and the season go on.

    Parameters
    ----------
    counts, exposure : array of float, shape (n,)
        Events and exposure of each cell (days or population) in the order of time; exposure above zero.
    after : array of bool, shape (n,)
        True from the stop on.
    harmonics : int
        Pairs of sine and cosine for the season; 0 for none.
    period : float
        Length of the season in the unit of ``time``.
    dummies : array of float, shape (n,) or (n, k), optional
        Further columns, for example 1 in the months of COVID-19, or 1 from the sanctions of 2014 on. The factor
        of one without any event in its cells is 0, and these cells say nothing else.
    slope : bool
        Let the trend change at the stop too; the level ratio is then that at the first cell after the stop.
    level : float
        Confidence level.
    time : array of float, shape (n,), optional
        Time of each cell; 0, 1, 2 ... if absent. To be given when a month is cut into two cells.
    allow_memory : bool
        Widen the intervals for a lag-1 correlation of residuals above 0.3 instead of only warning.

    Returns
    -------
    InterruptedSeries
        Not estimable (``refused``, figures None, courses NaN) when the cells cannot carry the columns.

    Raises
    ------
    ValueError
        For wrong shapes, negative or missing values, cells without exposure, or a level outside (0, 1).

    Notes
    -----
    Bernal, Cummins and Gasparrini 2017 (Int. J. Epidemiol. 46:348, doi 10.1093/ije/dyw098): Poisson regression
    with log exposure offset, scaled by Pearson X2 (here not below 1), normal reference as printed there.
    Intervals of the counterfactual and of its sum by the delta method on the log scale.
    Assumption at risk: the trend would have gone on, and nothing else happened at the stop. With years between,
    a straight trend runs away; a break left out is taken for trend, and a recovery for a step.
    """
    check_level(level)
    y, e, side = read_cells_in_time(counts, exposure, after)
    moments = np.arange(y.size, dtype=np.float64) if time is None else read_vector("time", time, length=y.size)
    extra = np.empty((y.size, 0)) if dummies is None else read_columns("dummies", dummies, length=y.size)
    if harmonics < 0 or period <= 0:
        message = "harmonics must be zero or more and period above zero"
        raise ValueError(message)
    step = side.astype(np.float64)
    onset = np.where(side, moments - moments[side][0], 0.0)
    columns = [np.ones_like(y), (moments - moments[0]) / period]
    for k in range(1, harmonics + 1):
        columns += [np.sin(2 * np.pi * k * moments / period), np.cos(2 * np.pi * k * moments / period)]
    silent = np.array([bool(np.all(column >= 0)) and not y[column > 0].any() for column in extra.T], dtype=np.bool_)
    course = np.column_stack([*columns, extra[:, ~silent]])
    stop = np.column_stack([step, onset]) if slope else step[:, None]
    used = ~np.any(extra[:, silent] > 0, axis=1)
    return _Model(y, e, side, used, course, stop, silent, level, allow_memory).result()


@dataclass(frozen=True, slots=True)
class _Model:
    """Design of one series: columns of the undisturbed course, then those of the stop."""

    y: Floats
    exposure: Floats
    side: Bools
    used: Bools
    """Cells that carry the fit; those of a dummy without events fix its factor at 0 and say nothing else."""
    course: Floats
    stop: Floats
    silent: Bools
    """Which dummies have no event in their cells; they have no column."""
    level: float
    allow_memory: bool

    def result(self) -> InterruptedSeries:
        """Fit and put the result together; without events after, the course alone is fitted before the stop."""
        n_after = float(self.y[self.side].sum())
        caveats = count_caveats(n_after, float(self.y[~self.side].sum()))
        cells = self.used if n_after > 0 else self.used & ~self.side
        design = np.hstack([self.course, self.stop]) if n_after > 0 else self.course
        fit = fit_quasi_poisson(self.y[cells], design[cells], np.log(self.exposure[cells]))
        if fit is None:
            return self._not_estimable(caveats)
        inflation, codes = _inflation(fit, self.allow_memory)
        return self._estimated(fit, inflation, (*caveats, *codes), has_step=n_after > 0)

    def _estimated(
        self, fit: QuasiFit, inflation: float, caveats: tuple[str, ...], *, has_step: bool
    ) -> InterruptedSeries:
        z = float(ndtri((1.0 + self.level) / 2.0))
        width = self.course.shape[1]
        covariance = fit.covariance * inflation
        errors = np.sqrt(np.diag(covariance))
        ratios = [_ratio(float(b), float(s), z) for b, s in zip(fit.coefficients, errors, strict=True)]
        mean = self.exposure * np.exp(self.course @ fit.coefficients[:width])
        inner = covariance[:width, :width]
        spread = z * np.sqrt(np.einsum("ij,jk,ik->i", self.course, inner, self.course))
        mean = np.where(self.used | self.side, mean, 0.0)
        step = np.exp(self.stop @ fit.coefficients[width:]) if has_step else ~self.side
        fitted = np.where(self.used, mean * step, 0.0)
        widened = self.allow_memory and "autocorrelated" in caveats
        return InterruptedSeries(
            level_ratio=ratios[width] if has_step else Effect(0.0, None, None),
            slope_ratio=ratios[width + 1] if has_step and self.stop.shape[1] > 1 else None,
            trend_ratio=ratios[1],
            dummy_ratios=self._dummy_ratios(ratios[:width]),
            dispersion=fit.dispersion,
            lag1=fit.lag1,
            inflation=inflation,
            fitted=_frozen(fitted),
            counterfactual=_frozen(mean),
            counterfactual_low=_frozen(mean * np.exp(-spread)),
            counterfactual_high=_frozen(mean * np.exp(spread)),
            shortfall=self._shortfall(mean, inner, z),
            level=self.level,
            method="refused" if not has_step else "quasi_poisson_ar" if widened else "quasi_poisson",
            refused=not has_step,
            caveats=caveats if has_step else (*caveats, "interval_refused"),
        )

    def _dummy_ratios(self, course_ratios: list[Effect]) -> tuple[Effect, ...]:
        estimated = iter(course_ratios[len(course_ratios) - int((~self.silent).sum()) :])
        return tuple(Effect(0.0, None, None) if silent else next(estimated) for silent in self.silent)

    def _shortfall(self, mean: Floats, covariance: Floats, z: float) -> Effect:
        counted, expected = float(self.y[self.side].sum()), float(mean[self.side].sum())
        gradient = self.course[self.side].T @ mean[self.side]
        error = sqrt(float(gradient @ covariance @ gradient)) / expected
        return Effect(expected - counted, expected * exp(-z * error) - counted, expected * exp(z * error) - counted)

    def _not_estimable(self, caveats: tuple[str, ...]) -> InterruptedSeries:
        nothing = _frozen(np.full(self.y.size, np.nan))
        return InterruptedSeries(
            level_ratio=None,
            slope_ratio=None,
            trend_ratio=None,
            dummy_ratios=(),
            dispersion=None,
            lag1=None,
            inflation=1.0,
            fitted=nothing,
            counterfactual=nothing,
            counterfactual_low=nothing,
            counterfactual_high=nothing,
            shortfall=None,
            level=self.level,
            method="refused",
            refused=True,
            caveats=(*caveats, "not_estimable", "interval_refused"),
        )


def _inflation(fit: QuasiFit, allow_memory: bool) -> tuple[float, tuple[str, ...]]:
    inflation = max(1.0, fit.dispersion)
    codes: tuple[str, ...] = ("overdispersed",) if fit.dispersion > 1.0 else ()
    if fit.lag1 is not None and fit.lag1 > LAG1_WARNING:
        codes = (*codes, "autocorrelated")
        if allow_memory:
            inflation *= (1.0 + fit.lag1) / (1.0 - fit.lag1)
    return inflation, codes


def _ratio(coefficient: float, error: float, z: float) -> Effect:
    p = float(2.0 * ndtr(-abs(coefficient) / error)) if error > 0 else None
    return Effect(exp(coefficient), exp(coefficient - z * error), exp(coefficient + z * error), p)


def _frozen(values: Floats) -> Floats:
    values.setflags(write=False)
    return values
