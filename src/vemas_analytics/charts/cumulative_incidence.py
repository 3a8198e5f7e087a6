"""From inquiry to offer, from offer to order: what share has got where after how many days, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.change_words import FEWEST_FOR_PERCENT
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.year_pieces import lowest_free
from vemas_analytics.model.finding import Finding
from vemas_analytics.reference.numbers import format_integer, format_percent

SIDES = ("before", "after")
_BETWEEN_MM = 8.0
_SHARE_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5)
_STYLES = (("accent", False, 1.6), ("stop", False, 1.2), ("ink_soft", True, 1.2), ("accent_mid", True, 1.6))
_FILLS = ("accent_pale", "stop_pale", "band", "accent_pale")


@dataclass(frozen=True, slots=True)
class _Stage:
    days: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Curve:
    outcome: str
    stages: tuple[_Stage, ...]
    is_stepped: bool
    n: int | None = None

    @property
    def last(self) -> float:
        return self.stages[-1].share


@drawing
def draw_cumulative_incidence(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the share of cases with each outcome against the days since they began, before and after on one scale.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``conversion_curve`` (every step of the curves) where there is one, else ``conversion`` (the
        shares at its horizons, joined by straight lines); baselines ``before`` and ``after`` of one measure.
        With ``conversion`` among them, outcomes of fewer than five cases are named by their number.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no such finding is among them.
    """
    sides = {side: _side_of(findings, side) for side in SIDES}
    if not any(sides.values()):
        message = "cumulative_incidence needs findings of question 'conversion' or 'conversion_curve'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    curves = _without_idle({side: _read_curves(found, _counts(findings, side)) for side, found in sides.items()})
    if not any(curves.values()):
        draw_nothing_known(canvas, whole)
        return canvas.figure
    longest = max(stage.days for found in curves.values() for curve in found for stage in curve.stages)
    highest = max(
        (stage.high or stage.share for found in curves.values() for curve in found for stage in curve.stages),
        default=0.0,
    )
    scale = _plan(canvas, longest, highest, whole, [curve for found in curves.values() for curve in found])
    for index, side in enumerate(SIDES):
        left = scale.left + index * (scale.width + scale.labels_mm + _BETWEEN_MM)
        _draw_panel(canvas, side, sides[side], curves[side], scale, left)
    _draw_shares(canvas, scale)
    return canvas.figure


def _side_of(findings: Sequence[Finding], side: str) -> Finding | None:
    for question in ("conversion_curve", "conversion"):
        for finding in findings:
            if finding.question == question and finding.baseline == side:
                return finding
    return None


def _counts(findings: Sequence[Finding], side: str) -> dict[str, int]:
    """Return how many cases had each outcome; empty where no finding tells."""
    told = (item for item in findings if item.question == "conversion" and item.baseline == side and item.table)
    rows = (row for item in told if item.table is not None for row in item.table.records())
    return {str(row["outcome"]): int(cast("int", row["n_outcome"])) for row in rows}


def _read_curves(finding: Finding | None, counts: Mapping[str, int]) -> list[_Curve]:
    if finding is None or finding.table is None:
        return []
    stages: dict[str, list[_Stage]] = {}
    for row in finding.table.records():
        share = cast("float | None", row["share"])
        outcome = str(row["outcome"])
        if share is None or outcome == "open":
            continue
        low, high = cast("float | None", row["low"]), cast("float | None", row["high"])
        stages.setdefault(outcome, []).append(_Stage(int(cast("int", row["days"])), share, low, high))
    is_stepped = finding.question == "conversion_curve"
    return [
        _Curve(
            outcome,
            (_Stage(0, 0.0, None, None), *sorted(found, key=lambda stage: stage.days)),
            is_stepped,
            counts.get(outcome),
        )
        for outcome, found in stages.items()
    ]


def _without_idle(curves: dict[str, list[_Curve]]) -> dict[str, list[_Curve]]:
    """Return the curves without later outcomes that no case has on either side; the conversion itself always stays."""
    found = {curve.outcome for side in curves.values() for curve in side if curve.last > 0}
    return {
        side: [curve for number, curve in enumerate(shown) if number == 0 or curve.outcome in found]
        for side, shown in curves.items()
    }


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    bottom: float
    width: float
    height: float
    labels_mm: float
    days: int
    share: float
    step: float

    def point(self, days: float, share: float, left: float) -> tuple[float, float]:
        return (
            left + min(days / self.days, 1.0) * self.width,
            self.bottom + min(max(share / self.share, 0.0), 1.0) * self.height,
        )


def _plan(canvas: Canvas, longest: int, highest: float, whole: Box, curves: Sequence[_Curve]) -> _Scale:
    line = canvas.line_height("small")
    step = next((step for step in _SHARE_STEPS if highest / step <= 5), 0.5)
    top_share = min(1.0, step * max(1, -(-highest // step)))
    count = round(top_share / step)
    tick = max(
        canvas.width_of(format_percent(step * index, canvas.spec.language), "small") for index in range(count + 1)
    )
    labels = max((canvas.width_of(_end_label(canvas, curve), "small") for curve in curves), default=0.0) + 1.5
    left = whole.left + tick + 1.5
    width = (whole.right - left - _BETWEEN_MM - 2 * labels) / 2
    bottom = whole.bottom + 2 * line + 1.6
    height = whole.top - canvas.line_height("strong") - 1.6 - bottom
    return _Scale(left, bottom, width, height, labels, longest, top_share, step)


def _end_label(canvas: Canvas, curve: _Curve) -> str:
    name = canvas.texts.text(f"chart.outcomes.{curve.outcome}")
    if curve.n is not None and curve.n < FEWEST_FOR_PERCENT:
        n = format_integer(curve.n, canvas.spec.language)
        return canvas.texts.text("annex.conversion.end_count", name=name, n=n)
    return canvas.texts.text("chart.end_label", name=name, share=format_percent(curve.last, canvas.spec.language))


def _draw_shares(canvas: Canvas, scale: _Scale) -> None:
    for index in range(round(scale.share / scale.step) + 1):
        y = scale.point(0, index * scale.step, 0.0)[1] - canvas.cap_height("small") / 2
        text = format_percent(index * scale.step, canvas.spec.language)
        canvas.text(scale.left - 1.2, y, text, align="right", role="small", colour="ink_soft")


def _draw_panel(
    canvas: Canvas, side: str, finding: Finding | None, curves: Sequence[_Curve], scale: _Scale, left: float
) -> None:
    texts, right = canvas.texts, left + scale.width
    top = scale.bottom + scale.height
    title = texts.text(f"chart.sides.{side}")
    canvas.text(left, top + 1.4, title, align="left", role="strong", weight=600)
    n_cases = finding.n_before if finding is not None and side == "before" else finding.n_after if finding else None
    if n_cases is not None:
        count = texts.plural("chart.cases", n_cases, shown=format_integer(n_cases, canvas.spec.language))
        x = left + canvas.width_of(f"{title}  ", "strong", 600)
        canvas.text(x, top + 1.4, count, align="left", role="small", colour="ink_soft")
    heights = [scale.point(0, index * scale.step, 0.0)[1] for index in range(1, round(scale.share / scale.step) + 1)]
    canvas.lines([((left, y), (right, y)) for y in heights], colour="rule", line=0.35, layer=0.6)
    canvas.lines([((left, scale.bottom), (right, scale.bottom))], colour="ink", line=0.7, layer=3.4)
    _draw_days(canvas, scale, left)
    if not curves:
        box = Box(left, scale.bottom, scale.width, scale.height)
        draw_nothing_known(canvas, box, key="chart.change_refused" if n_cases else "chart.no_data")
        return
    for number, curve in enumerate(curves):
        _draw_curve(canvas, curve, scale, left, number)
    _label_ends(canvas, curves, scale, left)


def _draw_days(canvas: Canvas, scale: _Scale, left: float) -> None:
    y = scale.bottom - 1.1 - canvas.cap_height("small")
    ticks = [day for day in (0, 90, 180, 270, 365) if day <= scale.days]
    last = -1e9
    for day in ticks:
        x, text = scale.point(day, 0, left)[0], str(day)
        width = canvas.width_of(text, "small")
        if x - width / 2 > last + 1.0:
            canvas.lines([((x, scale.bottom - 0.7), (x, scale.bottom))], colour="ink", line=0.7)
            canvas.text(x, y, text, role="small", colour="ink_soft")
            last = x + width / 2
    label = canvas.texts.text("chart.days_since")
    canvas.text(left, y - canvas.line_height("small"), label, align="left", role="small", colour="ink_soft")


def _line_points(curve: _Curve, which: str, scale: _Scale, left: float) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    height = 0.0
    for stage in curve.stages:
        value = getattr(stage, which)
        value = stage.share if value is None else value
        if curve.is_stepped:
            points.append(scale.point(stage.days, height, left))
        points.append(scale.point(stage.days, value, left))
        height = value
    return points


def _draw_curve(canvas: Canvas, curve: _Curve, scale: _Scale, left: float, number: int) -> None:
    colour, dashed, line = _STYLES[number % len(_STYLES)]
    upper, lower = _line_points(curve, "high", scale, left), _line_points(curve, "low", scale, left)
    canvas.area([*lower, *reversed(upper)], fill=_FILLS[number % len(_FILLS)], layer=0.3 + 0.01 * number)
    canvas.path(_line_points(curve, "share", scale, left), colour=colour, line=line, dashed=dashed, layer=3.0)
    if not curve.is_stepped:
        for stage in curve.stages[1:]:
            x, y = scale.point(stage.days, stage.share, left)
            canvas.polygon(((x - 0.8, y), (x, y + 0.8), (x + 0.8, y), (x, y - 0.8)), fill=colour)
            if stage.low is not None and stage.high is not None:
                ends = (scale.point(stage.days, stage.low, left), scale.point(stage.days, stage.high, left))
                canvas.lines([ends], colour=colour, line=0.8, layer=2.9)


def _label_ends(canvas: Canvas, curves: Sequence[_Curve], scale: _Scale, left: float) -> None:
    """Write name and last share right of each curve, from the lowest upwards so that none meets another."""
    height = canvas.line_height("small") * 0.95
    taken: list[Box] = []
    numbers = {curve.outcome: number for number, curve in enumerate(curves)}
    for curve in sorted(curves, key=lambda item: (item.last, numbers[item.outcome])):
        y = scale.point(0, curve.last, left)[1]
        text = _end_label(canvas, curve)
        box = Box(left + scale.width + 1.0, y - height / 2, canvas.width_of(text, "small"), height)
        bottom = lowest_free(box, taken, 0.05)
        taken.append(Box(box.left, bottom, box.width, height))
        colour = _STYLES[numbers[curve.outcome] % len(_STYLES)][0]
        colour = "ink_soft" if colour == "accent_mid" else colour
        canvas.text(box.left, bottom + 0.65, text, align="left", role="small", colour=colour)
