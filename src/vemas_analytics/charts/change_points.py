"""Where the counts themselves change level, found without being told the stop, and how far the stop is from it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

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
    plan_months,
)
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.year_pieces import lowest_free
from vemas_analytics.model.finding import Finding
from vemas_analytics.reference.numbers import format_decimal, format_month


@dataclass(frozen=True, slots=True)
class _Level:
    start: dt.date | None
    end: dt.date | None
    per_month: float


@drawing
def draw_change_points(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the months with the levels found between the changes; each change is named with its month.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``change_points``, and the ``monthly`` one of the same measure and region.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no change_points finding is among them.
    """
    finding = next((item for item in findings if item.question == "change_points"), None)
    if finding is None:
        message = "change_points needs a finding of question 'change_points'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    monthly = monthly_of(findings)
    points = known_points(monthly.series) if monthly is not None else ()
    if not points:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    levels = _read_levels(finding)
    labels_mm = canvas.line_height("small") + 1.0
    largest = max([*known_values(points), *(level.per_month for level in levels), 0.0])
    key = [KeyItem("previous", canvas.texts.text("chart.counted_monthly"))]
    key += [KeyItem("line", canvas.texts.text("chart.level_found"))] if levels else []
    frame = plan_months(
        canvas, points, key, whole, measure=finding.measure, largest=largest, room_above=(largest, labels_mm)
    )
    columns = draw_month_columns(canvas, frame, points, fill="accent_mid")
    _draw_levels(canvas, frame, levels, (points[0].start, points[-1].end), columns)
    return canvas.figure


def _read_levels(finding: Finding) -> list[_Level]:
    rows = list(finding.table.records()) if finding.table is not None else []
    if not rows:
        return []
    dates = [cast("dt.date", row["date"]) for row in rows]
    heights = [float(cast("float", rows[0]["per_month_before"]))]
    heights += [float(cast("float", row["per_month_after"])) for row in rows]
    starts: list[dt.date | None] = [None, *dates]
    ends: list[dt.date | None] = [*dates, None]
    return [_Level(*level) for level in zip(starts, ends, heights, strict=True)]


def _draw_levels(
    canvas: Canvas, frame: MonthPlot, levels: Sequence[_Level], ends: tuple[dt.date, dt.date], columns: Sequence[Box]
) -> None:
    first, last = ends
    taken = list(columns)
    for level in levels:
        left = frame.scale.x(level.start or first)
        right = frame.scale.x(level.end or last, as_end=level.end is None)
        y = frame.y(level.per_month)
        canvas.path([(left, y), (right, y)], colour="paper", line=3.2, layer=2.8)
        canvas.path([(left, y), (right, y)], colour="ink", line=1.8, layer=2.9)
        taken.append(Box(left, y - 0.4, right - left, 0.8))
    bars = taken[len(columns) :]
    for level in levels:
        left = frame.scale.x(level.start or first)
        if level.start is not None:
            canvas.lines([((left, frame.plot.bottom), (left, frame.y(level.per_month) + 1.0))], colour="ink", line=0.6)
        _label_level(canvas, frame, level, left, taken, bars)


def _label_level(
    canvas: Canvas, frame: MonthPlot, level: _Level, left: float, taken: list[Box], bars: list[Box]
) -> None:
    """Write month and level where they cover nothing, else over columns, else the month alone, else nothing."""
    rate = canvas.texts.text("chart.level", value=format_decimal(level.per_month, canvas.spec.language))
    lines = [rate] if level.start is None else [_month(canvas, level.start), rate]
    height = canvas.line_height("small")
    for shown, obstacles in ((lines, taken), (lines, bars), (lines[:1], bars)):
        width = max(canvas.width_of(text, "small", 600) for text in shown)
        x = min(max(left + 0.8, frame.plot.left), frame.plot.right - width)
        box = Box(x, frame.y(level.per_month) + 1.0, width, len(shown) * height)
        bottom = lowest_free(box, obstacles, 0.3)
        if bottom + box.height > frame.plot.top + 0.3:
            continue
        room = Box(x, bottom, width, box.height)
        taken.append(room)
        bars.append(room)
        canvas.rectangle(Box(x - 0.3, bottom - 0.2, width + 0.6, box.height), fill="paper", layer=4.0)
        for index, text in enumerate(reversed(shown)):
            weight = 600 if level.start is not None and index == len(shown) - 1 else 400
            canvas.text(x, bottom + index * height + 0.6, text, align="left", role="small", weight=weight)
        return


def _month(canvas: Canvas, day: dt.date) -> str:
    return canvas.texts.text("chart.since_month", month=format_month(day, canvas.spec.language))
