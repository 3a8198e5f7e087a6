"""Composition: findings to documents. Order and wording are decided here, once for every writer."""

from vemas_analytics.reports.compose.annual import compose_annual
from vemas_analytics.reports.compose.before_after import compose_before_after

__all__ = ["compose_annual", "compose_before_after"]
