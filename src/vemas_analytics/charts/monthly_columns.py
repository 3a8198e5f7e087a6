"""A column for each month: how lively it was, and when it stopped."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem
from vemas_analytics.charts.month_plot import draw_month_columns, known_points, known_values, monthly_of, plan_months
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.year_pieces import format_value
from vemas_analytics.model.finding import Finding


@drawing
def draw_monthly_columns(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw a measure per month, the month of the stop as two columns; the liveliest month is named.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``monthly``.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no monthly finding is among them.
    """
    finding = monthly_of(findings)
    if finding is None:
        message = "monthly_columns needs a finding of question 'monthly'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    points = known_points(finding.series)
    if not points:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    key = []
    if any(point.value and not point.covered for point in points):
        key.append(KeyItem("range", canvas.texts.text("chart.states.partial")))
    largest = max([*known_values(points), spec.y_max or 0.0])
    above = canvas.line_height("small") + 0.5
    frame = plan_months(
        canvas, points, key, whole, measure=finding.measure, largest=largest, room_above=(largest, above)
    )
    draw_month_columns(canvas, frame, points)
    peak = max((point for point in points if point.value), key=lambda point: point.value or 0.0, default=None)
    if peak is not None:
        text = format_value(peak.value or 0.0, finding.measure, spec.language)
        if not peak.covered:
            text = canvas.texts.text("chart.at_least", value=text)
        width = canvas.width_of(text, "small")
        left = min(max(frame.middle(peak) - width / 2, frame.plot.left), frame.plot.right - width)
        canvas.text(left, frame.y(peak.value or 0.0) + 0.7, text, align="left", role="small")
    return canvas.figure
