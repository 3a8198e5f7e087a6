"""The annual review of programme results, a module for each chapter."""

from vemas_analytics.reports.compose.annual.document import compose_annual

__all__ = ["compose_annual"]
