"""Estimators: arrays in, frozen results out; no frames, no files, no clock."""

from vemas_analytics.analysis.estimators.amounts import AmountRatio, amount_ratio, top_share
from vemas_analytics.analysis.estimators.breaks import change_points
from vemas_analytics.analysis.estimators.change import rate_change
from vemas_analytics.analysis.estimators.homogeneity import homogeneity_p_value
from vemas_analytics.analysis.estimators.interrupted import Effect, InterruptedSeries, interrupted_series
from vemas_analytics.analysis.estimators.multiplicity import adjust_p_values
from vemas_analytics.analysis.estimators.overdispersion import quasi_poisson_ratio
from vemas_analytics.analysis.estimators.placebo import PlaceboInTime, placebo_in_time
from vemas_analytics.analysis.estimators.rates import Interval, RateRatio, rate_ratio
from vemas_analytics.analysis.estimators.shrinkage import (
    ShrunkenRates,
    ShrunkenRatios,
    shrink_rates,
    shrink_ratios,
)
from vemas_analytics.analysis.estimators.survival import (
    CumulativeIncidence,
    SurvivalCurve,
    cumulative_incidence,
    kaplan_meier,
)

__all__ = [
    "AmountRatio",
    "CumulativeIncidence",
    "Effect",
    "InterruptedSeries",
    "Interval",
    "PlaceboInTime",
    "RateRatio",
    "ShrunkenRates",
    "ShrunkenRatios",
    "SurvivalCurve",
    "adjust_p_values",
    "amount_ratio",
    "change_points",
    "cumulative_incidence",
    "homogeneity_p_value",
    "interrupted_series",
    "kaplan_meier",
    "placebo_in_time",
    "quasi_poisson_ratio",
    "rate_change",
    "rate_ratio",
    "shrink_rates",
    "shrink_ratios",
    "top_share",
]
