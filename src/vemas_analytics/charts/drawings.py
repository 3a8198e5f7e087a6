"""From the name of a drawing to the function that draws it."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import Final

from matplotlib.figure import Figure

from vemas_analytics.charts.activity_strip import draw_activity_strip
from vemas_analytics.charts.annual_months import draw_annual_months
from vemas_analytics.charts.canvas import render_svg
from vemas_analytics.charts.change_points import draw_change_points
from vemas_analytics.charts.counterfactual import draw_counterfactual
from vemas_analytics.charts.coverage_bars import draw_coverage_bars
from vemas_analytics.charts.cumulative_incidence import draw_cumulative_incidence
from vemas_analytics.charts.drawing import Drawing
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
from vemas_analytics.charts.spec import read_spec
from vemas_analytics.charts.tile_map import draw_tile_map
from vemas_analytics.charts.waterfall import draw_waterfall
from vemas_analytics.charts.window_steps import draw_window_steps
from vemas_analytics.charts.yearly_columns import draw_yearly_columns
from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.finding import Findings
from vemas_analytics.model.names import Language

DRAWINGS: Final[Mapping[str, Drawing]] = MappingProxyType(
    {
        "yearly_columns": draw_yearly_columns,
        "small_multiples": draw_small_multiples,
        "phase_columns": draw_phase_columns,
        "activity_strip": draw_activity_strip,
        "region_page": draw_region_page,
        "coverage_bars": draw_coverage_bars,
        "ratio_intervals": draw_ratio_intervals,
        "annual_months": draw_annual_months,
        "counterfactual": draw_counterfactual,
        "cumulative_incidence": draw_cumulative_incidence,
        "tile_map": draw_tile_map,
        "rank_intervals": draw_rank_intervals,
        "placebo_strip": draw_placebo_strip,
        "window_steps": draw_window_steps,
        "placebo_dates": draw_placebo_dates,
        "change_points": draw_change_points,
        "monthly_columns": draw_monthly_columns,
        "dumbbell": draw_dumbbell,
        "waterfall": draw_waterfall,
        "event_calendar": draw_event_calendar,
    }
)
"""Every drawing that a `ChartRef` may name."""


def draw(ref: ChartRef, findings: Findings, language: Language, *, accent: str = "") -> Figure:
    """Draw the chart that a document asks for.

    Parameters
    ----------
    ref : ChartRef
        ``drawing`` is a key of `DRAWINGS`; ``finding_keys`` name what is drawn; ``options`` hold only ``stop``,
        ``breaks``, ``phases`` (ISO dates), ``y_max`` and ``labels``.
    findings : Findings
    language : {"de", "en"}
    accent : str
        ``#RRGGBB`` instead of the theme's accent.

    Returns
    -------
    matplotlib.figure.Figure
        ``ref.width_mm`` by ``ref.height_mm``, not tied to any window.

    Raises
    ------
    KeyError
        When the drawing or a finding does not exist: a fault of the program, not of the data.
    OptionError
        For an unknown option or a colour that is none.
    """
    by_key = {finding.key: finding for finding in findings}
    missing = [key for key in ref.finding_keys if key not in by_key]
    if missing:
        message = f"chart {ref.key} needs the finding {missing[0]}, which does not exist"
        raise KeyError(message)
    if ref.drawing not in DRAWINGS:
        message = f"chart {ref.key}: no drawing {ref.drawing!r}; there are {', '.join(DRAWINGS)}"
        raise KeyError(message)
    return DRAWINGS[ref.drawing]([by_key[key] for key in ref.finding_keys], read_spec(ref, language, accent))


def draw_all(
    refs: Iterable[ChartRef], findings: Findings, language: Language, *, accent: str = ""
) -> Mapping[str, bytes]:
    """Draw every chart of a document as SVG.

    Parameters
    ----------
    refs : iterable of ChartRef
    findings : Findings
    language : {"de", "en"}
    accent : str
        ``#RRGGBB`` instead of the theme's accent.

    Returns
    -------
    mapping of str to bytes
        SVG by the key of the chart.

    Raises
    ------
    KeyError, OptionError
        As `draw`.
    """
    drawn = {}
    with _short_collections() as collect:
        for ref in refs:
            drawn[ref.key] = render_svg(draw(ref, findings, language, accent=accent))
            collect()
    return drawn


@contextmanager
def _short_collections() -> Iterator[Callable[[], int]]:
    """Give a way to free what one figure leaves behind, instead of searching all data of the run again and again.

    A figure is a web of thousands of objects that refer to each other; left alone, the collector would start on
    its own some hundred times while one is drawn and visit every table and finding. That is half of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield partial(gc.collect, 1)
    finally:
        if was_enabled:
            gc.enable()
