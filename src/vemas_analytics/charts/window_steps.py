"""How two windows of unequal length become a rate per month, and the rates a change with its interval."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.change_words import change_text
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.names import fit_text
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import DAYS_PER_MONTH
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_percent

_GAP_MM = 7.0
_BAR_MM = 4.2
_LOWEST = -1.0


@drawing
def draw_window_steps(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the three steps of a comparison: what was counted in which time, per month, and the change.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``before_after`` with both sides known.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no before_after finding is among them.
    """
    finding = next((item for item in findings if item.question == "before_after"), None)
    if finding is None:
        message = "window_steps needs a finding of question 'before_after'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    if not finding.days_before or not finding.days_after or finding.n_before is None or finding.n_after is None:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    width = (whole.width - 2 * _GAP_MM) / 3
    panels = [Box(whole.left + index * (width + _GAP_MM), whole.bottom, width, whole.height) for index in range(3)]
    for number, (panel, name) in enumerate(zip(panels, ("count", "rate", "change"), strict=True), start=1):
        _write_head(canvas, panel, number, canvas.texts.text(f"annex.steps.{name}"))
    months = (finding.days_before / DAYS_PER_MONTH, finding.days_after / DAYS_PER_MONTH)
    counts = (finding.n_before, finding.n_after)
    rates = (counts[0] / months[0], counts[1] / months[1])
    words = [_count_words(canvas, n, length) for n, length in zip(counts, months, strict=True)]
    _draw_bars(canvas, panels[0], months, words, fill="accent_mid")
    digits = 2 if 0 < min(rates) < 0.1 else 1
    _draw_bars(canvas, panels[1], rates, [format_decimal(rate, spec.language, digits) for rate in rates], fill="accent")
    _draw_change(canvas, panels[2], finding)
    return canvas.figure


def _write_head(canvas: Canvas, panel: Box, number: int, words: str) -> None:
    y = panel.top - canvas.line_height("text")
    head = fit_text(canvas, f"{number}  {words}", panel.width, "text", 600)
    canvas.text(panel.left, y, head, align="left", weight=600)
    rule = y - 1.2
    canvas.lines([((panel.left, rule), (panel.right, rule))], colour="rule", line=0.6)


def _count_words(canvas: Canvas, n: int, months: float) -> str:
    language, length = canvas.spec.language, max(1, round(months))
    shown = format_integer(length, language)
    return canvas.texts.plural("annex.steps.counted", length, n=format_integer(n, language), months=shown)


def _rows(canvas: Canvas, panel: Box) -> tuple[float, float]:
    """Return the middle of the row before and of the row after."""
    room = panel.height - canvas.line_height("text") - 2.5
    return panel.bottom + room * 0.72, panel.bottom + room * 0.26


def _draw_bars(canvas: Canvas, panel: Box, values: tuple[float, float], words: Sequence[str], *, fill: str) -> None:
    """Draw a bar for each side, its length the value, and write above it what it is."""
    scale = panel.width / max(*values, 1e-9)
    sides = ("before", "after")
    for side, y, value, text in zip(sides, _rows(canvas, panel), values, words, strict=True):
        bar = Box(panel.left, y - _BAR_MM, max(value * scale, 0.3), _BAR_MM)
        canvas.rectangle(bar, fill=fill)
        label = f"{canvas.texts.text(f'annex.steps.{side}')}: {text}"
        canvas.text(panel.left, y + 1.0, fit_text(canvas, label, panel.width, "small"), align="left", role="small")


def _draw_change(canvas: Canvas, panel: Box, finding: Finding) -> None:
    """Draw the change on a scale from none left to no change, or beyond where the interval demands it."""
    estimate = finding.estimate
    upper, lower = _rows(canvas, panel)
    label = fit_text(canvas, change_text(canvas, finding), panel.width, "small", 600)
    canvas.text(panel.left, upper + 1.0, label, align="left", role="small", weight=600)
    if estimate is None or estimate.low is None or estimate.high is None:
        return
    highest = max(0.0, min(estimate.high - 1.0, 1.0))
    y = (upper + lower) / 2 - 1.0

    def place(change: float) -> float:
        return panel.left + 2.0 + (min(change, highest) - _LOWEST) / (highest - _LOWEST) * (panel.width - 8.0)

    canvas.lines([((place(_LOWEST), y), (place(highest), y))], colour="rule", line=0.6)
    for tick in (-1.0, -0.5, 0.0):
        x = place(tick)
        canvas.lines([((x, y - 2.4), (x, y + 2.4))], colour="ink" if not tick else "rule", line=0.6)
        shown = format_percent(tick, canvas.spec.language, signed=True)
        canvas.text(x, y - 3.2 - canvas.cap_height("small"), shown, role="small", colour="ink_soft")
    canvas.lines([((place(estimate.low - 1), y), (place(estimate.high - 1), y))], colour="accent", line=2.2, layer=3.0)
    if estimate.value:
        x, radius = place(estimate.value - 1), 1.2
        canvas.polygon(
            ((x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius)), fill="accent", edge="accent"
        )
