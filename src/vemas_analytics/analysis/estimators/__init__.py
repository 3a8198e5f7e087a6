"""Estimators: arrays in, frozen results out; no frames, no files, no clock."""

from vemas_analytics.analysis.estimators.change import rate_change
from vemas_analytics.analysis.estimators.overdispersion import quasi_poisson_ratio
from vemas_analytics.analysis.estimators.rates import RateRatio, rate_ratio

__all__ = ["RateRatio", "quasi_poisson_ratio", "rate_change", "rate_ratio"]
