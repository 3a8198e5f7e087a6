"""The key above a chart whose marks are too many to be labelled one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from vemas_analytics.charts.canvas import Box, Canvas
from vemas_analytics.charts.time_axis import TimeScale
from vemas_analytics.reference.numbers import format_date

Sample = Literal[
    "stop", "band", "dated", "hatch", "column", "previous", "range", "partial", "tick", "dot", "ring", "cross",
    "line", "forecast", "own",
]  # fmt: skip

_SAMPLE_MM = 3.2
_GAP_MM = 1.2
_BETWEEN_MM = 4.5
DOT_MM = 0.75
"""Radius of the dots that stand for one activity."""


@dataclass(frozen=True, slots=True)
class KeyItem:
    """A sample of a mark and what it means; sample ``own`` is drawn by ``draw`` into the box it is given."""

    sample: Sample
    text: str
    draw: Callable[[Canvas, Box], None] | None = None


def time_key(canvas: Canvas, scale: TimeScale, *, unknown: bool, lower_bounds: bool) -> list[KeyItem]:
    """Return the items that explain stop, breaks, unrecorded time and partial records where they occur."""
    spec, texts = canvas.spec, canvas.texts
    items = []
    if spec.stop is not None and scale.shows(spec.stop):
        items.append(KeyItem("stop", texts.text("chart.stop", date=format_date(spec.stop, spec.language))))
    for band in spec.breaks:
        if scale.span(band.start, band.end) is not None:
            items.append(KeyItem("dated" if band.end is None else "band", band.label))
    if unknown:
        items.append(KeyItem("hatch", texts.text("chart.not_recorded")))
    if lower_bounds:
        items.append(KeyItem("partial", texts.text("chart.states.partial")))
    return items


def plan_key(canvas: Canvas, items: Sequence[KeyItem], width: float) -> tuple[tuple[KeyItem, ...], ...]:
    """Return the items in rows, none wider than ``width`` millimetres."""
    rows: list[list[KeyItem]] = []
    used = 0.0
    for item in items:
        need = _SAMPLE_MM + _GAP_MM + canvas.width_of(item.text, "small")
        if not rows or used + _BETWEEN_MM + need > width:
            rows.append([])
            used = need
        else:
            used += _BETWEEN_MM + need
        rows[-1].append(item)
    return tuple(tuple(row) for row in rows)


def key_height(canvas: Canvas, rows: Sequence[Sequence[KeyItem]]) -> float:
    """Return the height in millimetres of a planned key with the space under it."""
    return len(rows) * canvas.line_height("small") + (1.0 if rows else 0.0)


def draw_key(canvas: Canvas, rows: Sequence[Sequence[KeyItem]], left: float, top: float) -> None:
    """Draw the planned rows downwards from ``top``."""
    line = canvas.line_height("small")
    for index, row in enumerate(rows):
        x, y = left, top - line * (index + 1) + 0.8
        for item in row:
            room = Box(x, y - 0.2, _SAMPLE_MM, canvas.cap_height("small") + 0.4)
            if item.draw is not None:
                item.draw(canvas, room)
            else:
                _draw_sample(canvas, item.sample, room)
            x += _SAMPLE_MM + _GAP_MM
            canvas.text(x, y, item.text, align="left", role="small", colour="ink_soft")
            x += canvas.width_of(item.text, "small") + _BETWEEN_MM


def _draw_sample(canvas: Canvas, sample: Sample, box: Box) -> None:
    middle_x, middle_y = box.left + box.width / 2, box.bottom + box.height / 2
    if sample == "stop":
        canvas.lines([((middle_x, box.bottom - 0.3), (middle_x, box.top + 0.3))], colour="stop", line=1.1)
    elif sample == "dated":
        line = [((middle_x, box.bottom - 0.3), (middle_x, box.top + 0.3))]
        canvas.lines(line, colour="ink_soft", line=0.7, dots=True)
    elif sample == "tick":
        canvas.lines([((box.left, middle_y), (box.right, middle_y))], colour="ink", line=1.1)
    elif sample == "line":
        canvas.path([(box.left, middle_y), (box.right, middle_y)], colour="ink", line=1.1)
    elif sample == "forecast":
        canvas.rectangle(box, fill="stop_pale")
        canvas.path([(box.left, middle_y), (box.right, middle_y)], colour="stop", line=1.1, dashed=True)
    elif sample == "hatch":
        canvas.hatch(box, step=1.1)
    elif sample == "partial":
        canvas.rectangle(box, fill="accent_light", edge="accent", dashed=True)
    elif sample in ("dot", "ring", "cross"):
        draw_dot(canvas, middle_x, middle_y, sample)
    else:
        fills = {"band": "band", "column": "accent", "previous": "accent_mid", "range": "accent_light"}
        canvas.rectangle(box, fill=fills[sample])


def draw_dot(canvas: Canvas, x: float, y: float, sample: Sample) -> None:
    """Draw the mark of one activity: a filled diamond, an open one, or a cross."""
    r = DOT_MM
    if sample == "cross":
        strokes = [((x - r, y - r), (x + r, y + r)), ((x - r, y + r), (x + r, y - r))]
        canvas.lines(strokes, colour="ink_soft", line=0.9, layer=4.0)
        return
    corners = ((x - r, y), (x, y + r), (x + r, y), (x, y - r))
    canvas.polygon(corners, fill="accent" if sample == "dot" else "paper", edge="accent")
