"""The course of a measure and what a model expects without the stop: how many did not come."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem
from vemas_analytics.charts.month_plot import (
    MonthPlot,
    draw_month_columns,
    known_points,
    known_values,
    monthly_of,
    per_month,
    plan_months,
)
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Estimate, Finding, SeriesPoint
from vemas_analytics.reference.numbers import format_integer

_MOST_BAND = 1.7
"""The band may raise the scale to this multiple of what was counted or expected; above it is cut at the top."""
_HATCH_STEP = 1.3


@drawing
def draw_counterfactual(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the months counted, the model before the stop and, dashed with its band, what it expects without it.

    Between the expectation and the columns after the stop the shortfall is hatched and named with its interval.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``course``: its series is the expectation; and the ``monthly`` one of the same
        measure and region for the columns.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no course finding is among them.
    """
    course = next((finding for finding in findings if finding.question == "course"), None)
    if course is None:
        message = "counterfactual needs a finding of question 'course'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    monthly = monthly_of(findings)
    counted = known_points(monthly.series) if monthly is not None else ()
    expected = known_points(course.series)
    if not expected and not known_values(counted):
        draw_nothing_known(canvas, whole)
        return canvas.figure
    after = [point for point in expected if spec.stop is not None and point.start >= spec.stop]
    before = expected[: len(expected) - len(after)]
    label = _shortfall_lines(canvas, course.estimate) if after else ()
    # words wider than the time after the stop reach over the columns before it
    beside = counted if _reaches_back(canvas, label, after, expected, whole) else counted[len(before) :]
    key = _key(canvas, bool(counted), bool(before), bool(after))
    frame = plan_months(
        canvas,
        counted or expected,
        key,
        whole,
        measure=course.measure,
        largest=_largest(counted, expected),
        room_above=(_largest(beside, after), len(label) * canvas.line_height("text") + 1.2),
    )
    draw_month_columns(canvas, frame, counted)
    _draw_band(canvas, frame, after)
    _draw_line(canvas, frame, before, is_forecast=False)
    _draw_line(canvas, frame, after, is_forecast=True)
    _hatch_shortfall(canvas, frame, after, counted)
    if label:
        _write_shortfall(canvas, frame, after, counted, label)
    return canvas.figure


def _reaches_back(
    canvas: Canvas, label: Sequence[str], after: Sequence[SeriesPoint], expected: Sequence[SeriesPoint], whole: Box
) -> bool:
    width = max((canvas.width_of(text, "text", 600) for text in label), default=0.0)
    return width + 2.0 > 0.9 * whole.width * len(after) / max(len(expected), 1)


def _key(canvas: Canvas, has_counts: bool, has_fit: bool, has_forecast: bool) -> list[KeyItem]:
    texts = canvas.texts
    items = [KeyItem("column", texts.text("chart.counted_monthly"))] if has_counts else []
    items += [KeyItem("line", texts.text("chart.fitted"))] if has_fit else []
    items += [KeyItem("forecast", texts.text("chart.forecast"))] if has_forecast else []
    return items


def _largest(counted: Sequence[SeriesPoint], expected: Sequence[SeriesPoint]) -> float:
    middle = [per_month(value, point) for point in expected if (value := point.value) is not None]
    solid = max([*known_values(counted), *middle, 0.0])
    highest = max((per_month(point.high, point) for point in expected if point.high is not None), default=0.0)
    return max(solid, min(highest, _MOST_BAND * solid))


def _shortfall_lines(canvas: Canvas, estimate: Estimate | None) -> tuple[str, ...]:
    if estimate is None or estimate.value is None:
        return ()
    language, texts = canvas.spec.language, canvas.texts
    value = format_integer(estimate.value, language)
    if estimate.low is None or estimate.high is None:
        return texts.text("chart.shortfall_bare", value=value), ""
    low, high = format_integer(estimate.low, language), format_integer(estimate.high, language)
    return texts.text("chart.shortfall", value=value), texts.text("chart.shortfall_range", low=low, high=high)


def _course(frame: MonthPlot, points: Sequence[SeriesPoint], which: str) -> list[tuple[float, float]]:
    """Return the line through the middles of the cells, begun at the first edge and drawn out to the last."""
    heights = [
        (point, frame.y(per_month(value, point))) for point in points if (value := getattr(point, which)) is not None
    ]
    if not heights:
        return []
    inner = [(frame.middle(point), y) for point, y in heights]
    first, last = heights[0], heights[-1]
    return [(frame.span(first[0])[0], first[1]), *inner, (frame.span(last[0])[1], last[1])]


def _runs(points: Sequence[SeriesPoint]) -> list[list[SeriesPoint]]:
    """Return the cells in stretches without gaps: a line never bridges time that nobody recorded."""
    runs: list[list[SeriesPoint]] = []
    for point in points:
        if runs and runs[-1][-1].end == point.start:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _draw_line(canvas: Canvas, frame: MonthPlot, points: Sequence[SeriesPoint], *, is_forecast: bool) -> None:
    for run in _runs(points):
        course = _course(frame, run, "value")
        canvas.path(course, colour="paper", line=2.4, layer=2.9)
        canvas.path(course, colour="stop" if is_forecast else "ink", line=1.2, dashed=is_forecast, layer=3.0)


def _draw_band(canvas: Canvas, frame: MonthPlot, points: Sequence[SeriesPoint]) -> None:
    for run in _runs(points):
        bounded = [point for point in run if point.low is not None and point.high is not None]
        lower, upper = _course(frame, bounded, "low"), _course(frame, bounded, "high")
        canvas.area([*lower, *reversed(upper)], fill="stop_pale", layer=0.9)


def _hatch_shortfall(
    canvas: Canvas, frame: MonthPlot, after: Sequence[SeriesPoint], counted: Sequence[SeriesPoint]
) -> None:
    heights = {point.start: float(point.value) for point in counted if point.value is not None}
    boxes = []
    for point in after:
        left, right = frame.span(point)
        bottom = frame.y(heights.get(point.start, 0.0))
        top = frame.y(per_month(point.value or 0.0, point))
        if top > bottom and (not counted or point.start in heights):
            boxes.append(Box(left, bottom, right - left, top - bottom))
    canvas.hatch_many(boxes, step=_HATCH_STEP, colour="stop")


def _write_shortfall(
    canvas: Canvas,
    frame: MonthPlot,
    after: Sequence[SeriesPoint],
    counted: Sequence[SeriesPoint],
    lines: Sequence[str],
) -> None:
    """Write the shortfall above band and columns, centred over the time after the stop as far as the plot allows."""
    plot, written = frame.plot, [line for line in lines if line]
    left_edge, right_edge = frame.span(after[0])[0], frame.span(after[-1])[1]
    width = max(canvas.width_of(line, "text", 600) for line in written)
    left = min(max((left_edge + right_edge - width) / 2, left_edge + 1.0), plot.right - width)
    left = max(left, plot.left)
    heights = [frame.y(per_month(point.high or point.value or 0.0, point)) for point in after]
    heights += [
        frame.y(point.value or 0.0)
        for point in counted
        if frame.span(point)[1] > left and frame.span(point)[0] < left + width
    ]
    line = canvas.line_height("text")
    bottom = min(max(heights) + 0.8, plot.top - len(written) * line)
    # ground for the words: above the lines of the scale, and above the stop line where they stand across it
    layer = 4.2 if left < left_edge else 0.9
    canvas.rectangle(Box(left - 0.4, bottom - 0.4, width + 0.8, len(written) * line), fill="paper", layer=layer)
    for index, text in enumerate(reversed(written)):
        weight = 600 if index == len(written) - 1 else 400
        canvas.text(left, bottom + index * line + 0.4, text, align="left", colour="stop", weight=weight)
