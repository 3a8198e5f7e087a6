"""Months side by side: columns of counts on one line of time, with a light scale at the left."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vemas_analytics.charts.canvas import Box, Canvas
from vemas_analytics.charts.key_row import KeyItem, draw_key, key_height, plan_key
from vemas_analytics.charts.scale_ticks import scale_ticks
from vemas_analytics.charts.time_axis import (
    Head,
    TimeScale,
    draw_head,
    draw_marks,
    draw_unrecorded,
    draw_years,
    first_known_year,
    plan_head,
    years_of,
)
from vemas_analytics.charts.year_pieces import format_value
from vemas_analytics.model.finding import Finding, SeriesPoint
from vemas_analytics.model.names import DAYS_PER_MONTH

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MonthPlot:
    """Where months and values lie: ``plot`` in millimetres, ``mm_per_unit`` per case (or euro) and month."""

    scale: TimeScale
    plot: Box
    head: Head
    mm_per_unit: float
    ticks: tuple[float, ...]
    tick_texts: tuple[str, ...]

    def y(self, value: float) -> float:
        """Return the height of a value, never outside the plot."""
        return min(self.plot.bottom + max(value, 0.0) * self.mm_per_unit, self.plot.top)

    def span(self, point: SeriesPoint) -> tuple[float, float]:
        """Return the left and right edge of a cell."""
        return self.scale.x(point.start), self.scale.x(point.end, as_end=True)

    def middle(self, point: SeriesPoint) -> float:
        """Return the middle of a cell."""
        left, right = self.span(point)
        return (left + right) / 2


def per_month(value: float, point: SeriesPoint) -> float:
    """Return a value of a cell as a rate per month of 30.4375 days, so that months of 28 and 31 days are alike."""
    days = (point.end - point.start).days
    return value * DAYS_PER_MONTH / days if days > 0 else value


def monthly_of(findings: Sequence[Finding]) -> Finding | None:
    """Return the first finding of question ``monthly``, None without."""
    return next((finding for finding in findings if finding.question == "monthly"), None)


def known_points(points: Sequence[SeriesPoint]) -> tuple[SeriesPoint, ...]:
    """Return the cells from the year of the first to the year of the last with a value, in order of time."""
    first = first_known_year(points)
    if first is None:
        return ()
    last = max((point.end - dt.timedelta(days=1)).year for point in points if point.value is not None)
    return tuple(sorted((p for p in points if first <= p.start.year <= last), key=lambda item: item.start))


def plan_months(
    canvas: Canvas,
    points: Sequence[SeriesPoint],
    key: Sequence[KeyItem],
    whole: Box,
    *,
    measure: str,
    largest: float,
    room_above: tuple[float, float] = (0.0, 0.0),
) -> MonthPlot:
    """Lay out the plot under its key and draw key, marks of time, scale and years.

    Parameters
    ----------
    canvas : Canvas
    points : sequence of SeriesPoint
        The cells shown; not empty.
    key : sequence of KeyItem
    whole : Box
        Room for everything.
    measure : str
        Decides the unit of the scale.
    largest : float
        Value that reaches the top of the plot.
    room_above : tuple of float
        A value and the millimetres that labels need above it.
    """
    years = years_of(points) or (1, 1)
    rows = plan_key(canvas, key, whole.width)
    draw_key(canvas, rows, whole.left, whole.top)
    ticks = scale_ticks(largest, whole_numbers=not measure.endswith("_eur"))
    texts = tuple(format_value(tick, measure, canvas.spec.language) for tick in ticks)
    margin = max((canvas.width_of(text, "small") for text in (*texts, "0")), default=0.0) + 1.5
    scale = TimeScale(whole.left + margin, whole.right, *years, margin=0.0)
    head = plan_head(canvas, scale)
    foot = 1.8 + canvas.line_height("small")
    top = whole.top - key_height(canvas, rows) - head.height
    plot = Box(scale.left, whole.bottom + foot, scale.right - scale.left, max(top - whole.bottom - foot, 1.0))
    heights = [(plot.height - free) / value for value, free in ((largest, 1.0), room_above) if value > 0]
    mm_per_unit = max(min(heights, default=0.0), 0.0)
    frame = MonthPlot(scale, plot, head, mm_per_unit, ticks, texts)
    draw_marks(canvas, scale, plot, head)
    draw_unrecorded(canvas, scale, plot, points)
    _draw_scale(canvas, frame)
    draw_head(canvas, scale, head, plot)
    draw_years(canvas, scale, plot.bottom)
    return frame


def _draw_scale(canvas: Canvas, frame: MonthPlot) -> None:
    plot, line = frame.plot, canvas.line_height("small")
    heights = [frame.y(tick) for tick in frame.ticks]
    canvas.lines([((plot.left, y), (plot.right, y)) for y in heights], colour="rule", line=0.35, layer=0.8)
    canvas.lines([((plot.left, plot.bottom), (plot.right, plot.bottom))], colour="ink", line=0.7, layer=3.4)
    last = plot.bottom - line
    for y, text in zip((plot.bottom, *heights), ("0", *frame.tick_texts), strict=True):
        if y - last >= line * 0.95:
            baseline = y - canvas.cap_height("small") / 2
            canvas.text(plot.left - 1.0, baseline, text, align="right", role="small", colour="ink_soft")
            last = y


def draw_month_columns(
    canvas: Canvas, frame: MonthPlot, points: Sequence[SeriesPoint], *, fill: str = "accent"
) -> list[Box]:
    """Draw a column for each month of known value; lower bounds are lighter. Return the columns."""
    solid: list[Box] = []
    light: list[Box] = []
    for point in points:
        if not point.value:
            continue
        left, right = frame.span(point)
        gap = min(0.12 * (right - left), 0.25)
        box = Box(left + gap, frame.plot.bottom, right - left - 2 * gap, frame.y(point.value) - frame.plot.bottom)
        (solid if point.covered else light).append(box)
    canvas.bars(solid, fill=fill)
    canvas.bars(light, fill="accent_light")
    return solid + light


def known_values(points: Sequence[SeriesPoint]) -> list[float]:
    """Return the values that are known."""
    return [float(point.value) for point in points if point.value is not None]
