"""From the rate before to the rate since, region by region: who contributes how much to the change."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.dumbbell import read_pair, region_parts
from vemas_analytics.charts.names import finding_name, fit_text
from vemas_analytics.charts.row_scale import fit_rows
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_decimal

_MOST_NAME_MM = 52.0
_BAR_SHARE = 0.68
_NOTHING = 0.05
"""Changes that print as 0.0 get no row of their own."""


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    start: float
    end: float
    printed: float
    is_total: bool = False


@drawing
def draw_waterfall(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the total before, the change of each region, and the total since, in rates per year.

    The total counts a record of several regions once, the regions count it each; the difference, and regions not
    given, stand in a row of their own, so that the sum is exact. That row takes the rounding of the others, too:
    the printed values add up.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``before_after`` of one measure and baseline: the total (``ALL``) and regions.
    spec : ChartSpec
        Rows need 3.4 mm each; where the height does not suffice, the smallest changes are one row.

    Raises
    ------
    KeyError
        When the total is not among them.
    """
    asked = [finding for finding in findings if finding.question == "before_after"]
    total = next((finding for finding in asked if finding.region == TOTAL), None)
    if total is None:
        message = "waterfall needs findings of question 'before_after', that of ALL among them"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    whole_pair = read_pair(total)
    if whole_pair.before is None or whole_pair.after is None:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    changes = _changes(canvas, region_parts(asked))
    room = max(3, fit_rows(canvas, 10_000, whole.height)[0])
    steps = _steps(canvas, whole_pair.before, whole_pair.after, changes, room)
    _draw_steps(canvas, steps, whole, total)
    return canvas.figure


def _changes(canvas: Canvas, findings: Sequence[Finding]) -> list[tuple[str, float]]:
    """Return name and change per year of each region, the largest first, records without a region last."""
    found = []
    for finding in findings:
        pair = read_pair(finding)
        if pair.before is not None and pair.after is not None:
            found.append((finding.region, finding_name(finding, canvas.spec), pair.after - pair.before))
    found.sort(key=lambda item: (item[0] in (OTHERS, RUSSIA), -abs(item[2]), item[0]))
    return [(name, change) for _, name, change in found]


def _steps(
    canvas: Canvas, before: float, after: float, changes: Sequence[tuple[str, float]], most_rows: int
) -> list[_Step]:
    texts = canvas.texts
    told = [item for item in changes if abs(item[1]) >= _NOTHING]
    small = [item for item in changes if abs(item[1]) < _NOTHING]
    most = most_rows - 4
    if len(told) > most:
        small += told[max(most, 0) :]
        told = told[: max(most, 0)]
    rows = list(told)
    if small:
        rows.append((texts.plural("chart.other_regions", len(small)), sum(change for _, change in small)))
    rest = after - before - sum(change for _, change in changes)
    printed = [round(change, 1) for _, change in rows]
    # what is printed adds up as well: the last row takes the rounding
    gap = round(round(after, 1) - round(before, 1) - sum(printed), 1)
    if abs(gap) >= _NOTHING or abs(rest) >= _NOTHING:
        kind = "rounding" if abs(rest) < _NOTHING else "counted_once" if rest * (after - before) < 0 else "rest"
        rows.append((texts.text(f"chart.{kind}"), rest))
        printed.append(gap)
    if not rows:
        rows, printed = [(texts.text("chart.rest"), 0.0)], [0.0]
    edges = list(itertools.accumulate((change for _, change in rows), initial=before))
    edges[-1] = after
    steps = [
        _Step(name, start, end, value)
        for (name, _), (start, end), value in zip(rows, itertools.pairwise(edges), printed, strict=True)
    ]
    first = _Step(texts.text("chart.sides.before"), 0.0, before, before, is_total=True)
    return [first, *steps, _Step(texts.text("chart.sides.after"), 0.0, after, after, is_total=True)]


def _draw_steps(canvas: Canvas, steps: Sequence[_Step], whole: Box, total: Finding) -> None:
    height = min((whole.height - 0.5) / len(steps), 7.0)
    top = whole.top
    names_mm = min(
        max(canvas.width_of(step.name, "small", 600 if step.is_total else 400) for step in steps) + 2.0,
        _MOST_NAME_MM,
    )
    texts = [_value_text(canvas, step) for step in steps]
    label_mm = max(canvas.width_of(text, "small", 600) for text in texts) + 1.2
    low = min(min(step.start, step.end) for step in steps)
    high = max([*(max(step.start, step.end) for step in steps), canvas.spec.y_max or 0.0])
    left = whole.left + names_mm + (label_mm if low < 0 else 0.0)
    width = whole.right - left - label_mm
    span = (high - min(low, 0.0)) or 1.0

    def x(value: float) -> float:
        return left + (value - min(low, 0.0)) / span * width

    polarity = {key: info.polarity for key, info in read_measures().items()}.get(total.measure, "good")  # type: ignore[call-overload]
    for index, (step, text) in enumerate(zip(steps, texts, strict=True)):
        middle = top - (index + 0.5) * height
        y = middle - canvas.cap_height("small") / 2
        weight = 600 if step.is_total else 400
        name = fit_text(canvas, step.name, names_mm - 1.0, "small", weight)
        canvas.text(whole.left, y, name, align="left", role="small", weight=weight)
        ends = sorted((x(step.start), x(step.end)))
        bar = Box(ends[0], middle - height * _BAR_SHARE / 2, max(ends[1] - ends[0], 0.25), height * _BAR_SHARE)
        canvas.rectangle(bar, fill=_fill(step, polarity, is_last=index == len(steps) - 1))
        canvas.text(bar.right + 0.8, y, text, align="left", role="small", weight=weight)
        if index + 1 < len(steps):
            at = x(step.end)
            canvas.lines([((at, middle - height / 2 - height * _BAR_SHARE / 2), (at, middle))], colour="ink_soft")
    axis = x(0.0)
    canvas.lines([((axis, top), (axis, top - height * len(steps)))], colour="ink", line=0.7, layer=3.0)


def _fill(step: _Step, polarity: str, *, is_last: bool) -> str:
    if step.is_total:
        return "accent" if is_last else "accent_mid"
    if polarity == "neutral" or abs(step.end - step.start) < _NOTHING:
        return "ink_soft"
    is_good = (step.end >= step.start) == (polarity == "good")
    return "good" if is_good else "bad"


def _value_text(canvas: Canvas, step: _Step) -> str:
    language = canvas.spec.language
    text = format_decimal(step.printed, language)
    if step.is_total:
        return canvas.texts.text("chart.per_year", value=text)
    return f"+{text}" if step.printed > 0 else text
