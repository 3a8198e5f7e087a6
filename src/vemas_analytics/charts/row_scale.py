"""A horizontal scale under rows of values with their intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vemas_analytics.charts.canvas import Box, Canvas
from vemas_analytics.charts.names import fit_text
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_percent

_RADIUS = 0.95
_SIDE_MM = 2.2
_MOST_CHANGE = 1.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class RowScale:
    """Values to millimetres across ``plot``; ``is_change`` for shares -1 to above, else from zero on."""

    plot: Box
    low: float
    high: float
    step: float
    is_change: bool

    def x(self, value: float) -> float:
        """Return the position of a value; what lies outside stands at the edge."""
        inside = min(max(value, self.low), self.high)
        room = self.plot.width - 2 * _SIDE_MM
        return self.plot.left + _SIDE_MM + (inside - self.low) / (self.high - self.low) * room


def plan_scale(canvas: Canvas, plot: Box, values: Sequence[Sequence[float | None]], *, is_change: bool) -> RowScale:
    """Return a scale that holds the values: from zero for rates, from -100 % to at most +100 % for changes."""
    known = [value for row in values for value in row if value is not None]
    if is_change:
        largest = min(_MOST_CHANGE, max([*known, 0.0]))  # an interval may have no upper end
        high = min(_MOST_CHANGE, 0.25 * math.ceil(largest / 0.25 - 1e-9)) if largest > 0 else 0.0
        return RowScale(plot, -1.0, high, 0.25 if plot.width / (high + 1.0) > 45 else 0.5, is_change=True)
    largest = max([*known, 0.0]) or 1.0
    widest = canvas.width_of(format_integer(largest, canvas.spec.language), "small") + 3.0
    most = max(2, min(5, int(plot.width / widest)))
    step = next_round(largest / most)
    return RowScale(plot, 0.0, largest, step, is_change=False)


def next_round(value: float) -> float:
    """Return the least of 1, 2, 2.5, 5 times a power of ten that is not below ``value``."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((factor * power for factor in _STEPS if factor * power >= value - 1e-9), 10.0 * power)


def decimals_of(step: float) -> int:
    """Return how many decimals the multiples of a round step need."""
    return next((digits for digits in range(6) if abs(step * 10**digits - round(step * 10**digits)) < 1e-6), 6)


def draw_row_scale(canvas: Canvas, scale: RowScale) -> None:
    """Draw light lines at round values and write them under the plot."""
    plot, language = scale.plot, canvas.spec.language
    y = plot.bottom - 1.0 - canvas.cap_height("small")
    count = int((scale.high - scale.low) / scale.step + 1e-9)
    last = -1e9
    for index in range(count + 1):
        value = scale.low + index * scale.step
        x = scale.x(value)
        is_zero = abs(value) < 1e-9
        canvas.lines(
            [((x, plot.bottom), (x, plot.top))], colour="ink" if is_zero else "rule", line=0.8 if is_zero else 0.4
        )
        if scale.is_change:
            text = format_percent(value, language, signed=True)
        else:
            text = format_decimal(value, language, decimals_of(scale.step))
        width = canvas.width_of(text, "small")
        if x - width / 2 > last + 1.0:
            canvas.text(x, y, text, role="small", colour="ink_soft")
            last = x + width / 2


def draw_value(
    canvas: Canvas,
    scale: RowScale,
    y: float,
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    raw: float | None = None,
) -> None:
    """Draw a value as a diamond on the line of its interval; ``raw`` as an open one behind it.

    An interval that leaves the scale ends in an arrow.
    """
    if low is not None and high is not None:
        left, right = scale.x(low), scale.x(high)
        canvas.lines([((left, y), (right, y))], colour="accent", line=1.3, layer=3.0)
        if high > scale.high + 1e-9:
            canvas.polygon(((right + 1.6, y), (right, y + 0.8), (right, y - 0.8)), fill="accent")
    if raw is not None and raw <= scale.high + 1e-9:
        canvas.polygon(_diamond(scale.x(raw), y, _RADIUS * 0.85), fill="paper", edge="accent")
    if value is not None and value <= scale.high + 1e-9:
        canvas.polygon(_diamond(scale.x(value), y, _RADIUS), fill="accent", edge="accent")


def fit_rows(canvas: Canvas, count: int, room: float) -> tuple[int, float]:
    """Return how many of ``count`` rows a room of that height holds, and the height of each.

    Where not all fit, one row is left blank for `write_left_out`.
    """
    least = canvas.line_height("small") * 1.02
    fitting = max(1, int(room / least + 1e-9))
    if count <= fitting:
        return count, room / max(count, 1)
    shown = max(1, fitting - 1)
    return shown, room / (shown + 1)


def write_left_out(canvas: Canvas, count: int, whole: Box) -> None:
    """Say in the lower left corner how many regions are not shown."""
    text = fit_text(canvas, canvas.texts.plural("chart.regions_left_out", count), whole.width, "small")
    # under the scale, whose row of numbers ends one line higher
    canvas.text(whole.left, whole.bottom + 0.5, text, align="left", role="small", colour="ink_soft")


def _diamond(x: float, y: float, radius: float) -> tuple[tuple[float, float], ...]:
    return (x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius)
