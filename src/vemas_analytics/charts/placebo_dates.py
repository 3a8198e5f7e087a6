"""The step at every false stop over time, beside the step at the real one: which years look like a stop too."""

import math
from collections.abc import Callable, Sequence

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import draw_key, key_height, plan_key
from vemas_analytics.charts.names import fit_text
from vemas_analytics.charts.placebo_steps import (
    RADIUS_MM,
    Step,
    at_least_as_strong,
    draw_diamond,
    placebo_key,
    read_steps,
)
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import TimeScale, draw_head, draw_marks, draw_years, plan_head
from vemas_analytics.model.finding import Finding
from vemas_analytics.reference.numbers import format_percent

_MOST_CHANGE = 2.0
_RUG_MM = 5.0


@drawing
def draw_placebo_dates(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw a dot for the step at each false stop, the real one large with its interval, and their spread at the right.

    Dates with a step at least as strong in either direction are filled; how many they are is said in words.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``placebo``.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no placebo finding is among them.
    """
    finding = next((item for item in findings if item.question == "placebo"), None)
    if finding is None:
        message = "placebo_dates needs a finding of question 'placebo'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    steps = read_steps(finding)
    real = next((step for step in steps if step.is_stop), None)
    if real is None or len(steps) < 2:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    extreme = at_least_as_strong(steps, real)
    words = canvas.texts.plural("chart.as_extreme", len(extreme), all=len(steps))
    rows = plan_key(canvas, placebo_key(canvas, has_extreme=len(extreme) > 1), whole.width)
    draw_key(canvas, rows, whole.left, whole.top)
    top = whole.top - key_height(canvas, rows)
    line = canvas.line_height("text")
    canvas.text(
        whole.left, top - line + 0.9, fit_text(canvas, words, whole.width, "text", 600), align="left", weight=600
    )
    _draw_plot(canvas, finding, steps, real, Box(whole.left, whole.bottom, whole.width, top - line - whole.bottom))
    return canvas.figure


def _draw_plot(canvas: Canvas, finding: Finding, steps: Sequence[Step], real: Step, room: Box) -> None:
    language, line = canvas.spec.language, canvas.line_height("small")
    high = _highest(finding, steps)
    unit = 0.5 if high <= 1.0 else 1.0
    marks = [-1.0 + unit * index for index in range(round((high + 1.0) / unit) + 1)]
    texts = [format_percent(mark, language, signed=True) for mark in marks]
    margin = max(canvas.width_of(text, "small") for text in texts) + 1.6
    years = min(step.day.year for step in steps), max(step.day.year for step in steps)
    scale = TimeScale(room.left + margin, room.right - _RUG_MM - 3.0, *years, margin=0.0)
    head = plan_head(canvas, scale)
    foot = 1.8 + line
    plot = Box(scale.left, room.bottom + foot, scale.right - scale.left, room.height - foot - head.height)
    inner = plot.height - 3.0

    def y(change: float) -> float:
        return plot.bottom + 1.5 + (min(max(change, -1.0), high) + 1.0) / (high + 1.0) * inner

    draw_marks(canvas, scale, plot, head)
    last = -1e9
    for mark, text in zip(marks, texts, strict=True):
        is_zero = abs(mark) < 1e-9
        ends = ((plot.left, y(mark)), (plot.right, y(mark)))
        canvas.lines([ends], colour="ink" if is_zero else "rule", line=0.8 if is_zero else 0.4, layer=0.8)
        if y(mark) - last >= line:
            baseline = y(mark) - canvas.cap_height("small") / 2
            canvas.text(plot.left - 1.2, baseline, text, align="right", role="small", colour="ink_soft")
            last = y(mark)
    for step in steps:
        if not step.is_stop:
            fill = "accent" if step.strength >= real.strength else "paper"
            x, at = scale.x(step.day), y(step.change)
            if step.change > high:
                canvas.polygon(((x - RADIUS_MM, at), (x, at + 1.4), (x + RADIUS_MM, at)), fill=fill, edge="accent")
            else:
                draw_diamond(canvas, x, at, fill, "accent")
    _draw_real(canvas, finding, real, scale.x(real.day), y)
    rug = plot.right + 3.0
    false_rug = [((rug, y(step.change)), (rug + _RUG_MM, y(step.change))) for step in steps if not step.is_stop]
    canvas.lines(false_rug, colour="accent", line=0.5, layer=2.0)
    canvas.lines([((rug, y(real.change)), (rug + _RUG_MM, y(real.change)))], colour="stop", line=2.0, layer=3.0)
    draw_head(canvas, scale, head, plot)
    draw_years(canvas, scale, plot.bottom)


def _highest(finding: Finding, steps: Sequence[Step]) -> float:
    changes = [step.change for step in steps]
    if finding.estimate is not None and finding.estimate.high is not None:
        changes.append(finding.estimate.high - 1.0)
    return min(_MOST_CHANGE, 0.5 * max(1, math.ceil(max([*changes, 0.0]) / 0.5 - 1e-9)))


def _draw_real(canvas: Canvas, finding: Finding, real: Step, x: float, height: Callable[[float], float]) -> None:
    estimate = finding.estimate
    if estimate is not None and estimate.low is not None and estimate.high is not None:
        ends = ((x, height(estimate.low - 1.0)), (x, height(estimate.high - 1.0)))
        canvas.lines([ends], colour="stop", line=2.4, layer=3.8)
    draw_diamond(canvas, x, height(real.change), "stop", "stop", 1.3)
