"""Tables -> Panel: how far each list was kept, and what happened per region, measure and period."""

from vemas_analytics.panel.build import build_panel
from vemas_analytics.panel.coverage import resolve_as_of, resolve_coverage
from vemas_analytics.panel.records import measured_records
from vemas_analytics.panel.windows import build_windows

__all__ = ["build_panel", "build_windows", "measured_records", "resolve_as_of", "resolve_coverage"]
