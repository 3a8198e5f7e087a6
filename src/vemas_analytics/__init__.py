"""What happened to the Russia market work, region by region, before and after its stop - and how sure can we be.

The public names below are all an analyst needs; they are imported on first use, so that importing the package
costs little.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from vemas_analytics.analysis import analyse, analyse_year
    from vemas_analytics.charts import (
        ChartSpec,
        draw,
        draw_change_points,
        draw_counterfactual,
        draw_cumulative_incidence,
        draw_dumbbell,
        draw_event_calendar,
        draw_monthly_columns,
        draw_placebo_dates,
        draw_placebo_strip,
        draw_rank_intervals,
        draw_tile_map,
        draw_waterfall,
        draw_yearly_columns,
        mark_breaks,
        mark_phases,
    )
    from vemas_analytics.config import read_settings
    from vemas_analytics.etl import inspect_file, load_tables, problems_frame, write_tables
    from vemas_analytics.model.finding import Estimate, Finding, Findings
    from vemas_analytics.model.panel import Panel
    from vemas_analytics.model.settings import Settings, Stop
    from vemas_analytics.model.tables import Tables
    from vemas_analytics.panel import build_panel
    from vemas_analytics.pipeline import ReportRequest, load, verify_folder, write_reports
    from vemas_analytics.reference.chart_alt import alternative_text
    from vemas_analytics.reference.region_match import match_region
    from vemas_analytics.reference.regions import read_regions
    from vemas_analytics.synthetic import write_demo

_HOMES = {
    "ChartSpec": "charts",
    "Estimate": "model.finding",
    "Finding": "model.finding",
    "Findings": "model.finding",
    "Panel": "model.panel",
    "ReportRequest": "pipeline",
    "Settings": "model.settings",
    "Stop": "model.settings",
    "Tables": "model.tables",
    "alternative_text": "reference.chart_alt",
    "analyse": "analysis",
    "analyse_year": "analysis",
    "build_panel": "panel",
    "draw": "charts",
    "draw_change_points": "charts",
    "draw_counterfactual": "charts",
    "draw_cumulative_incidence": "charts",
    "draw_dumbbell": "charts",
    "draw_event_calendar": "charts",
    "draw_monthly_columns": "charts",
    "draw_placebo_dates": "charts",
    "draw_placebo_strip": "charts",
    "draw_rank_intervals": "charts",
    "draw_tile_map": "charts",
    "draw_waterfall": "charts",
    "draw_yearly_columns": "charts",
    "inspect_file": "etl",
    "load": "pipeline",
    "load_tables": "etl",
    "mark_breaks": "charts",
    "mark_phases": "charts",
    "match_region": "reference.region_match",
    "problems_frame": "etl",
    "read_regions": "reference.regions",
    "read_settings": "config",
    "verify_folder": "pipeline",
    "write_demo": "synthetic",
    "write_reports": "pipeline",
    "write_tables": "etl",
}

__all__ = [
    "ChartSpec",
    "Estimate",
    "Finding",
    "Findings",
    "Panel",
    "ReportRequest",
    "Settings",
    "Stop",
    "Tables",
    "__version__",
    "alternative_text",
    "analyse",
    "analyse_year",
    "build_panel",
    "draw",
    "draw_change_points",
    "draw_counterfactual",
    "draw_cumulative_incidence",
    "draw_dumbbell",
    "draw_event_calendar",
    "draw_monthly_columns",
    "draw_placebo_dates",
    "draw_placebo_strip",
    "draw_rank_intervals",
    "draw_tile_map",
    "draw_waterfall",
    "draw_yearly_columns",
    "inspect_file",
    "load",
    "load_tables",
    "mark_breaks",
    "mark_phases",
    "match_region",
    "problems_frame",
    "read_regions",
    "read_settings",
    "verify_folder",
    "write_demo",
    "write_reports",
    "write_tables",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, so that tab completion finds them."""
    return sorted(__all__)
