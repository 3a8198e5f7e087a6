"""The chart of a region page: inquiries per year, and under them what was undertaken there."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from vemas_analytics.charts.activity_strip import (
    ROW_MM,
    activity_findings,
    draw_activity_rows,
    kinds_of,
    label_margin,
    read_activities,
    status_key,
)
from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import draw_key, key_height, plan_key
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import TimeScale, draw_marks, years_of
from vemas_analytics.charts.yearly_columns import draw_year_plot, without_empty_start, yearly_of
from vemas_analytics.model.finding import Finding


@drawing
def draw_region_page(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw yearly columns with a strip of activities under them on the same line of time.

    Parameters
    ----------
    findings : sequence of Finding
        One of question ``yearly``, and any of question ``activities``.
    spec : ChartSpec
        ``y_max`` sets the common scale of all region pages.

    Raises
    ------
    KeyError
        When no yearly finding is among them.
    """
    finding = without_empty_start(yearly_of(findings))
    canvas = Canvas(spec)
    listed = activity_findings(findings)
    activities = read_activities(listed)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    years = years_of(finding.series)
    spans = [*(years or ()), *(item.start.year for item in activities)]
    if not spans:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    kinds = kinds_of(activities)
    key = plan_key(canvas, status_key(canvas, activities), whole.width)
    strip_height = ROW_MM * len(kinds)
    below = key_height(canvas, key) + strip_height + (1.5 if kinds else 0.0)
    scale = TimeScale(whole.left + label_margin(canvas, listed, activities), whole.right, min(spans), max(spans))
    room = Box(scale.left, whole.bottom + below, scale.right - scale.left, whole.height - below)
    if years is None:
        draw_nothing_known(canvas, room)
    else:
        draw_year_plot(canvas, finding, scale, room)
    if kinds:
        strip = Box(scale.left, whole.bottom + key_height(canvas, key), room.width, strip_height)
        canvas.lines([((strip.left, strip.top), (strip.right, strip.top))], colour="rule", line=0.5)
        draw_marks(canvas, scale, strip)
        draw_activity_rows(canvas, listed, activities, scale, strip)
        draw_key(canvas, key, scale.left, whole.bottom + key_height(canvas, key) - 1.0)
    return canvas.figure
