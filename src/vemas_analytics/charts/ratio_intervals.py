"""The change of each region as a dot with its interval: who fell how far, and how sure that is."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.change_words import change_text, counts_text, has_percent
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.names import finding_name, fit_text
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA, TOTAL
from vemas_analytics.reference.numbers import format_percent

_LOWEST, _LEAST_HIGHEST, _HIGHEST = -1.0, 0.0, 1.0
_LAST_PLACES = {RUSSIA: 1, TOTAL: 2}


@drawing
def draw_ratio_intervals(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the change after/before of each finding, the strongest fall first, total last.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``before_after``, one for each row.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no before_after finding is among them.
    """
    shown = [finding for finding in findings if finding.question == "before_after"]
    if not shown:
        message = "ratio_intervals needs findings of question 'before_after'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    if not any(finding.estimate is not None or counts_text(canvas, finding) for finding in shown):
        draw_nothing_known(canvas, whole)
        return canvas.figure
    in_order = sorted(shown, key=_rank)
    counts = [counts_text(canvas, finding) for finding in in_order]
    changes = [change_text(canvas, finding) for finding in in_order]
    head_counts, head_change = canvas.texts.text("chart.head_counts"), canvas.texts.text("chart.head_change")
    counts_mm = max(canvas.width_of(text, "small") for text in [*counts, head_counts]) + 3.0
    change_mm = max(canvas.width_of(text, "small") for text in [*changes, head_change]) + 3.0
    names = [finding_name(finding, spec) for finding in in_order]
    widest = max(canvas.width_of(name, "text", weight) for name in names for weight in (400, 600))
    name_mm = min(widest + 2.1, 42.0)
    line = canvas.line_height("small")
    left = whole.left + name_mm + counts_mm
    plot = Box(left, whole.bottom + line + 1.0, whole.right - change_mm - left, whole.height - 2 * line - 2.5)
    y_head = plot.top + 1.2
    canvas.text(left - 3.0, y_head, head_counts, align="right", role="small", colour="ink_soft")
    canvas.text(plot.right + 3.0, y_head, head_change, align="left", role="small", colour="ink_soft")
    highest = _highest(in_order)
    _draw_scale(canvas, plot, highest)
    height = plot.height / len(in_order)
    for index, finding in enumerate(in_order):
        row = Box(whole.left, plot.top - (index + 1) * height, whole.width, height)
        canvas.lines([((row.left, row.top), (row.right, row.top))], colour="rule", line=0.4)
        weight = 600 if finding.region == TOTAL else 400
        y = row.bottom + (row.height - canvas.cap_height("text")) / 2
        name = fit_text(canvas, names[index], name_mm - 2.0, "text", weight)
        canvas.text(row.left, y, name, align="left", weight=weight)
        canvas.text(left - 3.0, y, counts[index], align="right", role="small")
        canvas.text(plot.right + 3.0, y, changes[index], align="left", role="small", weight=weight)
        if has_percent(finding):
            _draw_interval(canvas, finding, plot, row.bottom + row.height / 2, highest)
    return canvas.figure


def _rank(finding: Finding) -> tuple[int, bool, float, str]:
    estimate = finding.estimate
    value = estimate.value if estimate is not None else None
    bound = estimate.high if estimate is not None and not value else value
    last = _LAST_PLACES.get(finding.region, 0)
    return last, bound is None or not has_percent(finding), bound or 0.0, finding.region


def _highest(findings: Sequence[Finding]) -> float:
    changes = [
        limit - 1
        for finding in findings
        if finding.estimate is not None and has_percent(finding)
        for limit in (finding.estimate.value, finding.estimate.high)
        if limit is not None
    ]
    largest = max([*changes, _LEAST_HIGHEST])
    return min(_HIGHEST, 0.25 * -(-largest // 0.25)) if largest > 0 else 0.0


def _position(change: float, plot: Box, highest: float) -> float:
    inner = plot.width - 8.0
    return plot.left + 4.0 + (min(max(change, _LOWEST), highest) - _LOWEST) / (highest - _LOWEST) * inner


def _draw_scale(canvas: Canvas, plot: Box, highest: float) -> None:
    y = plot.bottom - 1.0 - canvas.cap_height("small")
    step = 0.25 if plot.width > 70 and highest < 0.6 else 0.5
    change, last = _LOWEST, -1e9
    while change <= highest + 1e-9:
        x = _position(change, plot, highest)
        is_zero = abs(change) < 1e-9
        canvas.lines(
            [((x, plot.bottom), (x, plot.top))],
            colour="ink" if is_zero else "rule",
            line=0.8 if is_zero else 0.4,
        )
        label = format_percent(change, canvas.spec.language, signed=True)
        width = canvas.width_of(label, "small")
        if x - width / 2 > last + 1.0:
            canvas.text(x, y, label, role="small", colour="ink_soft")
            last = x + width / 2
        change += step


def _draw_interval(canvas: Canvas, finding: Finding, plot: Box, y: float, highest: float) -> None:
    estimate = finding.estimate
    if estimate is None:
        return
    bound = 1.0 + highest
    low = estimate.low if estimate.low is not None else estimate.value
    if low is not None and (estimate.high is not None or estimate.low is not None):
        high = bound if estimate.high is None else estimate.high
        left, right = _position(low - 1, plot, highest), _position(high - 1, plot, highest)
        canvas.lines([((left, y), (right, y))], colour="accent", line=1.3, layer=3.0)
        if estimate.high is None or estimate.high > bound + 1e-9:
            tip = right + 1.8
            canvas.polygon(((tip, y), (right, y + 0.9), (right, y - 0.9)), fill="accent")
    if estimate.value is not None and estimate.value <= bound:
        x, r = _position(estimate.value - 1, plot, highest), 1.1
        corners = ((x - r, y), (x, y + r), (x + r, y), (x, y - r))
        canvas.polygon(corners, fill="accent" if estimate.value > 0 else "paper", edge="accent")
