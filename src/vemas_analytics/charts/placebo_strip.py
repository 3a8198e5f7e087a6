"""Is the stop special? How the steps at false stops spread, and where the step at the real one lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import draw_key, key_height, plan_key
from vemas_analytics.charts.names import fit_text, measure_name
from vemas_analytics.charts.placebo_steps import (
    RADIUS_MM,
    REAL_RADIUS_MM,
    Step,
    at_least_as_strong,
    diamond,
    draw_diamond,
    placebo_key,
    read_steps,
)
from vemas_analytics.charts.row_scale import RowScale, draw_row_scale
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding

_MOST_CHANGE = 2.0
_PITCH_MM = 2 * RADIUS_MM + 0.1


@dataclass(frozen=True, slots=True)
class _Strip:
    finding: Finding
    steps: tuple[Step, ...]
    real: Step

    @property
    def extreme(self) -> list[Step]:
        return at_least_as_strong(self.steps, self.real)


@drawing
def draw_placebo_strip(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw for each finding the steps at all false stops as stacked marks, the real one large with its interval.

    Dates with a step at least as strong in either direction are filled; how many they are is said in words.

    Parameters
    ----------
    findings : sequence of Finding
        Those of question ``placebo``; ``spec.labels`` names them by key.
    spec : ChartSpec
        Each strip needs about 16 mm, key and scale another 12 mm.

    Raises
    ------
    KeyError
        When no placebo finding is among them.
    """
    asked = [item for item in findings if item.question == "placebo"]
    if not asked:
        message = "placebo_strip needs findings of question 'placebo'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    strips = [strip for finding in asked if (strip := _read_strip(finding)) is not None]
    if not strips:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    key = plan_key(canvas, placebo_key(canvas, has_extreme=any(len(s.extreme) > 1 for s in strips)), whole.width)
    draw_key(canvas, key, whole.left, whole.top)
    foot = canvas.line_height("small") + 1.2
    top = whole.top - key_height(canvas, key)
    plot = Box(whole.left + 4.0, whole.bottom + foot, whole.width - 8.0, top - whole.bottom - foot)
    scale = RowScale(plot, -1.0, _highest(strips), 0.5, is_change=True)
    draw_row_scale(canvas, scale)
    height = plot.height / len(strips)
    for index, strip in enumerate(strips):
        room = Box(whole.left, plot.top - (index + 1) * height, whole.width, height)
        _draw_strip(canvas, strip, scale, room, is_named=len(strips) > 1 or strip.finding.key in spec.labels)
    return canvas.figure


def _read_strip(finding: Finding) -> _Strip | None:
    steps = read_steps(finding)
    real = next((step for step in steps if step.is_stop), None)
    return None if real is None or len(steps) < 2 else _Strip(finding, tuple(steps), real)


def _highest(strips: Sequence[_Strip]) -> float:
    changes = [step.change for strip in strips for step in strip.steps]
    estimates = [strip.finding.estimate for strip in strips]
    changes += [item.high - 1.0 for item in estimates if item is not None and item.high is not None]
    return min(_MOST_CHANGE, 0.5 * max(1, math.ceil(max([*changes, 0.0]) / 0.5 - 1e-9)))


def _draw_strip(canvas: Canvas, strip: _Strip, scale: RowScale, room: Box, *, is_named: bool) -> None:
    canvas.lines([((room.left, room.top), (room.right, room.top))], colour="rule", line=0.4)
    line = canvas.line_height("small")
    words = canvas.texts.plural("chart.as_extreme", len(strip.extreme), all=len(strip.steps))
    y_words = room.top - line + 0.5
    left = room.left
    if is_named:
        name = fit_text(canvas, measure_name(strip.finding, canvas.spec), room.width * 0.3, "small", 600)
        canvas.text(left, y_words, name, align="left", role="small", weight=600)
        left += canvas.width_of(f"{name}  ", "small", 600)
    words = fit_text(canvas, words, room.right - left, "small")
    ground = Box(left - 0.3, y_words - 0.7, canvas.width_of(words, "small") + 0.6, line)
    canvas.rectangle(ground, fill="paper", layer=2.8)
    canvas.text(left, y_words, words, align="left", role="small")
    base = room.bottom + REAL_RADIUS_MM + 0.5
    _draw_stacks(canvas, strip, scale, base, y_words - 1.2 - base)
    _draw_real(canvas, strip, scale, base)


def _draw_stacks(canvas: Canvas, strip: _Strip, scale: RowScale, base: float, room: float) -> None:
    """Stack the false stops of one place upwards, closer together where there are too many for the height."""
    stacks: dict[int, list[Step]] = {}
    for step in sorted((step for step in strip.steps if not step.is_stop), key=lambda item: (item.change, item.day)):
        stacks.setdefault(round(scale.x(step.change) / _PITCH_MM), []).append(step)
    tallest = max(len(stack) for stack in stacks.values())
    pitch = min(_PITCH_MM, max(room - 2 * RADIUS_MM, 0.0) / max(tallest - 1, 1))
    marks: dict[bool, list[tuple[tuple[float, float], ...]]] = {False: [], True: []}
    for place, stack in stacks.items():
        for level, step in enumerate(stack):
            is_strong = step.strength >= strip.real.strength
            x, y = place * _PITCH_MM, base + level * pitch
            marks[is_strong].append(_beyond(x, y) if step.change > scale.high + 1e-9 else diamond(x, y))
    canvas.shapes(marks[False], fill="paper", edge="accent", line=0.6, layer=3.0)
    canvas.shapes(marks[True], fill="accent", edge="accent", line=0.6, layer=3.1)


def _beyond(x: float, y: float) -> tuple[tuple[float, float], ...]:
    """Return the corners of the mark of a step that leaves the scale: a triangle that points on."""
    return (x - RADIUS_MM, y - RADIUS_MM), (x - RADIUS_MM, y + RADIUS_MM), (x + 1.2 * RADIUS_MM, y)


def _draw_real(canvas: Canvas, strip: _Strip, scale: RowScale, y: float) -> None:
    estimate = strip.finding.estimate
    if estimate is not None and estimate.low is not None and estimate.high is not None:
        ends = ((scale.x(estimate.low - 1.0), y), (scale.x(estimate.high - 1.0), y))
        canvas.lines([ends], colour="stop", line=2.0, layer=3.8)
    draw_diamond(canvas, scale.x(strip.real.change), y, "stop", "stop", REAL_RADIUS_MM)
