"""Findings to figures: no statistics here, and no window either."""

from vemas_analytics.charts.activity_strip import draw_activity_strip
from vemas_analytics.charts.annual_months import draw_annual_months
from vemas_analytics.charts.canvas import render_svg
from vemas_analytics.charts.change_points import draw_change_points
from vemas_analytics.charts.counterfactual import draw_counterfactual
from vemas_analytics.charts.coverage_bars import draw_coverage_bars
from vemas_analytics.charts.cumulative_incidence import draw_cumulative_incidence
from vemas_analytics.charts.drawing import Drawing
from vemas_analytics.charts.drawings import DRAWINGS, draw, draw_all
from vemas_analytics.charts.dumbbell import draw_dumbbell
from vemas_analytics.charts.event_calendar import draw_event_calendar
from vemas_analytics.charts.monthly_columns import draw_monthly_columns
from vemas_analytics.charts.phase_columns import draw_phase_columns
from vemas_analytics.charts.placebo_dates import draw_placebo_dates
from vemas_analytics.charts.placebo_strip import draw_placebo_strip
from vemas_analytics.charts.rank_intervals import draw_rank_intervals
from vemas_analytics.charts.ratio_intervals import draw_ratio_intervals
from vemas_analytics.charts.region_page import draw_region_page
from vemas_analytics.charts.small_multiples import draw_small_multiples
from vemas_analytics.charts.spec import ChartSpec, TimeBand, mark_breaks, mark_phases
from vemas_analytics.charts.tile_map import draw_tile_map
from vemas_analytics.charts.waterfall import draw_waterfall
from vemas_analytics.charts.window_steps import draw_window_steps
from vemas_analytics.charts.yearly_columns import draw_yearly_columns

__all__ = [
    "DRAWINGS",
    "ChartSpec",
    "Drawing",
    "TimeBand",
    "draw",
    "draw_activity_strip",
    "draw_all",
    "draw_annual_months",
    "draw_change_points",
    "draw_counterfactual",
    "draw_coverage_bars",
    "draw_cumulative_incidence",
    "draw_dumbbell",
    "draw_event_calendar",
    "draw_monthly_columns",
    "draw_phase_columns",
    "draw_placebo_dates",
    "draw_placebo_strip",
    "draw_rank_intervals",
    "draw_ratio_intervals",
    "draw_region_page",
    "draw_small_multiples",
    "draw_tile_map",
    "draw_waterfall",
    "draw_window_steps",
    "draw_yearly_columns",
    "mark_breaks",
    "mark_phases",
    "render_svg",
]
