"""How far each list was kept: a bar per table."""

import datetime as dt
from collections.abc import Sequence
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.names import fit_text
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import TimeScale, draw_head, draw_marks, draw_years, plan_head
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.reference.numbers import format_integer

_LEAST_LABEL_MM, _MOST_LABEL_MM = 34.0, 76.0
_BAR_MM = 3.6
_TWO_LINES_MM = 6.8
"""Least height of a row that also holds who confirmed it."""


@drawing
def draw_coverage_bars(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw for each table from when to when it was kept, whether partially, and who confirmed it.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``coverage``, one for each table.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no coverage finding is among them.
    """
    rows = [
        row
        for finding in findings
        if finding.question == "coverage"
        for row in (finding.table.records() if finding.table is not None else ())
    ]
    if not any(finding.question == "coverage" for finding in findings):
        message = "coverage_bars needs findings of question 'coverage'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    days = [day for row in rows for day in (_day(row, "start"), _day(row, "first_record")) if day is not None]
    ends = [day - dt.timedelta(days=1) for row in rows if (day := _day(row, "end")) is not None]
    ends += [day for row in rows if (day := _day(row, "last_record")) is not None]
    if not days or not ends:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    label_mm = max(canvas.width_of(_state_text(canvas, row), "small") for row in rows) + 4.0
    label_mm = min(max(label_mm, _LEAST_LABEL_MM), _MOST_LABEL_MM)
    scale = TimeScale(whole.left + label_mm, whole.right, min(days).year, max(ends).year)
    head = plan_head(canvas, scale)
    foot = 1.8 + canvas.line_height("small")
    plot = Box(scale.left, whole.bottom + foot, scale.right - scale.left, whole.height - foot - head.height)
    draw_marks(canvas, scale, plot, head)
    height = plot.height / len(rows)
    for index, row in enumerate(rows):
        _draw_table_row(canvas, row, scale, Box(whole.left, plot.top - (index + 1) * height, whole.width, height))
    canvas.lines([((whole.left, plot.bottom), (whole.right, plot.bottom))], colour="ink", line=0.7)
    draw_head(canvas, scale, head, plot)
    draw_years(canvas, scale, plot.bottom)
    return canvas.figure


def _day(row: dict[str, Scalar], column: str) -> dt.date | None:
    return cast("dt.date | None", row.get(column))


def _draw_table_row(canvas: Canvas, row: dict[str, Scalar], scale: TimeScale, room: Box) -> None:
    middle = room.bottom + room.height / 2
    table = str(row["table"])
    name = canvas.texts.text(f"chart.tables.{table}")
    number = int(cast("int", row.get("n_records") or 0))
    count = canvas.texts.plural("chart.records", number, shown=format_integer(number, canvas.spec.language))
    canvas.text(room.left, middle + 0.8, name, align="left", weight=600)
    x = room.left + canvas.width_of(f"{name} ", weight=600) + 0.6
    canvas.text(x, middle + 0.8, count, align="left", role="small", colour="ink_soft")
    if room.height >= _TWO_LINES_MM:
        state = fit_text(canvas, _state_text(canvas, row), scale.left - room.left - 3.0, "small")
        y = middle - 0.8 - canvas.cap_height("small")
        canvas.text(room.left, y, state, align="left", role="small", colour="ink_soft")
    canvas.lines([((room.left, room.top), (room.right, room.top))], colour="rule", line=0.4)
    span = scale.span(_day(row, "start"), _day(row, "end"))
    whole = Box(scale.left, middle - _BAR_MM / 2, scale.right - scale.left, _BAR_MM)
    if span is None or row["state"] == "not_recorded" or _day(row, "start") is None:
        _hatch_with_label(canvas, whole)
        return
    for left, right in ((whole.left, span[0]), (span[1], whole.right)):
        if right - left > 0.5:
            _hatch_with_label(canvas, Box(left, whole.bottom, right - left, whole.height))
    bar = Box(span[0], whole.bottom, span[1] - span[0], whole.height)
    if row["state"] == "partial":
        canvas.rectangle(bar, fill="accent_light", edge="accent", dashed=True)
    else:
        canvas.rectangle(bar, fill="accent" if row.get("declared") else "accent_mid")


def _hatch_with_label(canvas: Canvas, box: Box) -> None:
    canvas.hatch(box)
    label = canvas.texts.text("chart.not_recorded")
    y = box.bottom + (box.height - canvas.cap_height("small")) / 2
    room = canvas.box_of(box.left + box.width / 2, y, label, role="small")
    if room.width + 4.0 > box.width:
        return
    canvas.rectangle(Box(room.left - 1.0, box.bottom, room.width + 2.0, box.height), fill="paper", layer=1.6)
    canvas.text(box.left + box.width / 2, y, label, role="small", colour="ink_soft")


def _state_text(canvas: Canvas, row: dict[str, Scalar]) -> str:
    if row["state"] != "recorded":
        return canvas.texts.text(f"chart.states.{row['state']}")
    confirmed = str(row.get("confirmed_by") or "")
    return canvas.texts.text("chart.confirmed_by", name=confirmed) if confirmed else canvas.texts.text("chart.inferred")
