"""Columns of years, and of the parts of a year that stop, recording or reference date leave."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vemas_analytics.charts.canvas import Box, Canvas
from vemas_analytics.charts.time_axis import TimeScale
from vemas_analytics.model.finding import SeriesPoint
from vemas_analytics.model.names import Language
from vemas_analytics.reference.numbers import format_integer, format_keur

_SEAM_MM = 0.15
_MIN_WIDTH_MM = 0.7


@dataclass(frozen=True, slots=True)
class Piece:
    """A column: its period, its room on the canvas, its value and whether the value is only a lower bound."""

    point: SeriesPoint
    box: Box
    is_lower_bound: bool

    @property
    def value(self) -> float:
        """Height of the column in the unit of the finding."""
        return float(self.point.value or 0.0)


def format_value(value: float, measure: str, language: Language) -> str:
    """Return a value as charts print it: counts whole, amounts in thousand euros."""
    return format_keur(value, language) if measure.endswith("_eur") else format_integer(value, language)


def place_pieces(
    scale: TimeScale, plot: Box, points: Sequence[SeriesPoint], mm_per_unit: float, stop: dt.date | None
) -> tuple[Piece, ...]:
    """Return a column for each period of known value; its width is proportional to its days."""
    pieces = []
    for point in sorted(points, key=lambda item: item.start):
        if point.value is None:
            continue
        left = scale.x(point.start) + (_SEAM_MM if point.start == stop else 0.0)
        right = scale.x(point.end, as_end=True) - (_SEAM_MM if point.end == stop else 0.0)
        width = max(right - left, _MIN_WIDTH_MM)
        left = left - (width - (right - left)) if point.end == stop else left
        box = Box(left, plot.bottom, width, max(float(point.value), 0.0) * mm_per_unit)
        pieces.append(Piece(point, box, not point.covered))
    return tuple(pieces)


def draw_pieces(canvas: Canvas, pieces: Sequence[Piece]) -> None:
    """Draw the columns: solid where recorded, light and outlined where the record is partial."""
    for piece in pieces:
        if piece.box.height <= 0:
            continue
        if piece.is_lower_bound:
            canvas.rectangle(piece.box, fill="accent_light", edge="accent", line=0.6, layer=2.5, dashed=True)
        else:
            canvas.rectangle(piece.box, fill="accent", layer=2.5)


def _label_left(canvas: Canvas, piece: Piece, width: float, scale: TimeScale) -> float:
    left = piece.box.left + piece.box.width / 2 - width / 2
    stop = canvas.spec.stop
    if stop is not None and piece.point.end == stop:
        left = min(left, scale.x(stop) - 0.5 - width)
    if stop is not None and piece.point.start == stop:
        left = max(left, scale.x(stop) + 0.7)
    return min(max(left, scale.left), scale.right - width)


def lowest_free(box: Box, obstacles: Sequence[Box], gap: float) -> float:
    """Return the lowest bottom edge, from that of ``box`` upwards, at which it meets none of the obstacles."""
    bottom = box.bottom
    for _ in range(len(obstacles) + 1):
        trial = Box(box.left, bottom, box.width, box.height)
        hit = [other for other in obstacles if trial.overlaps(other, gap)]
        if not hit:
            return bottom
        bottom = max(other.top for other in hit) + gap * 1.01
    return bottom


def widest_label(canvas: Canvas, texts: Sequence[str]) -> float:
    """Return the width in millimetres of the widest of several value labels."""
    return max((canvas.width_of(text, "text") for text in texts), default=0.0)


def label_pieces(
    canvas: Canvas, scale: TimeScale, pieces: Sequence[Piece], texts: Sequence[str], *, taken: Sequence[Box] = ()
) -> None:
    """Write each value above its column, lifted where it would meet a column or another value.

    Labels wider than a year stand upright, all of them.
    """
    gap = 0.35
    upright = widest_label(canvas, texts) > scale.slot - 0.6
    obstacles = [piece.box for piece in pieces if piece.box.height > 0] + list(taken)
    cap, line = canvas.cap_height("text"), canvas.line_height("text")
    dated = [scale.x(band.start) for band in canvas.spec.breaks if band.start is not None and band.end is None]
    by_width = sorted(range(len(pieces)), key=lambda index: (-pieces[index].box.width, index))
    for index in by_width:
        piece, text = pieces[index], texts[index]
        if not text:
            continue
        length = canvas.width_of(text, "text")
        width, height = (cap, length) if upright else (length, line * 0.95)
        left = _label_left(canvas, piece, width, scale)
        bottom = lowest_free(Box(left, piece.box.top + 0.7, width, height), obstacles, gap)
        room = Box(left, bottom, width, height)
        obstacles.append(room)
        if any(room.left < x < room.right for x in dated):
            canvas.rectangle(Box(left - 0.2, bottom - 0.2, width + 0.4, height + 0.4), fill="paper", layer=1.7)
        if upright:
            canvas.text(left + width, bottom, text, align="left", upright=True)
        else:
            canvas.text(left, bottom, text, align="left")
