"""Regions compared: how active each was, how far it fell, and how open its rank is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem, draw_key, key_height, plan_key
from vemas_analytics.charts.names import fit_text, region_name
from vemas_analytics.charts.row_scale import (
    RowScale,
    draw_row_scale,
    draw_value,
    fit_rows,
    plan_scale,
    write_left_out,
)
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.reference.numbers import format_integer

_GAP_MM = 3.0
_MOST_NAME_MM = 36.0
_MONTHS = 12.0


@dataclass(frozen=True, slots=True)
class _Measure:
    """One of the two comparisons: value, limits, raw value and rank of a region."""

    value: float | None
    low: float | None
    high: float | None
    raw: float | None
    rank: str


@dataclass(frozen=True, slots=True)
class _Row:
    region: str
    counts: str
    activity: _Measure
    change: _Measure


@drawing
def draw_rank_intervals(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw for each region the rate before the stop and the change, drawn together, with interval and rank range.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``regions_compared``.
    spec : ChartSpec
        Rows need 3.4 mm each; where the height does not suffice, the least active regions are left out and said.

    Raises
    ------
    KeyError
        When no regions_compared finding is among them.
    """
    finding = next((item for item in findings if item.question == "regions_compared"), None)
    if finding is None:
        message = "rank_intervals needs a finding of question 'regions_compared'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    records = list(finding.table.records()) if finding.table is not None else []
    if not records:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    records.sort(key=lambda row: (cast("int", row["rank_before"]), str(row["region"])))
    rows = [_read_row(canvas, row) for row in records]
    _draw_rows(canvas, rows, whole)
    return canvas.figure


def _read_row(canvas: Canvas, row: dict[str, Scalar]) -> _Row:
    def number(name: str) -> float | None:
        value = row.get(name)
        return None if value is None else float(cast("float", value))

    def yearly(name: str) -> float | None:
        value = number(name)
        return None if value is None else value * _MONTHS

    def change(name: str) -> float | None:
        value = number(name)
        return None if value is None else value - 1.0

    language, texts = canvas.spec.language, canvas.texts
    counts = texts.text(
        "chart.counts",
        before=format_integer(number("n_before") or 0, language),
        after=format_integer(number("n_after") or 0, language),
    )
    activity = _Measure(
        yearly("shrunk_before"), yearly("shrunk_before_low"), yearly("shrunk_before_high"),
        yearly("per_month_before"), _rank_text(canvas, row, "rank_before"),
    )  # fmt: skip
    fall = _Measure(
        change("ratio_shrunk"), change("ratio_low"), change("ratio_high"), change("ratio"),
        _rank_text(canvas, row, "rank_fall"),
    )  # fmt: skip
    return _Row(region_name(str(row["region"]), canvas.spec), counts, activity, fall)


def _rank_text(canvas: Canvas, row: dict[str, Scalar], name: str) -> str:
    rank, low, high = row.get(name), row.get(f"{name}_low"), row.get(f"{name}_high")
    if rank is None:
        return canvas.texts.text("chart.rank_open")
    if low is None or high is None:
        return str(rank)
    return canvas.texts.text("chart.rank", rank=rank, low=low, high=high)


def _draw_rows(canvas: Canvas, rows: Sequence[_Row], whole: Box) -> None:
    texts, line = canvas.texts, canvas.line_height("small")
    key = plan_key(
        canvas,
        [KeyItem("dot", texts.text("chart.shrunken")), KeyItem("ring", texts.text("chart.raw"))],
        whole.width,
    )
    draw_key(canvas, key, whole.left, whole.top)
    top = whole.top - key_height(canvas, key)
    foot, head = line + 1.2, 2 * line + 1.4
    room = top - head - whole.bottom - foot
    n_shown, height = fit_rows(canvas, len(rows), room)
    shown, left_out = rows[:n_shown], len(rows) - n_shown
    names_mm = min(max(canvas.width_of(row.region) for row in shown) + 2.0, _MOST_NAME_MM)
    head_counts = texts.text("chart.head_counts")
    counts_mm = max(canvas.width_of(text, "small") for text in [head_counts, *(row.counts for row in shown)]) + 1.0
    rank_head = texts.text("chart.head_rank")
    rank_mm = [
        max(canvas.width_of(text, "small") for text in [rank_head, *(pick(row).rank for row in shown)]) + 1.0
        for pick in (_activity, _change)
    ]
    plot_mm = (whole.width - names_mm - counts_mm - sum(rank_mm) - 4 * _GAP_MM) / 2
    bottom, plot_height = top - head - height * len(shown), height * len(shown)
    first = Box(whole.left + names_mm + counts_mm + _GAP_MM, bottom, plot_mm, plot_height)
    second = Box(first.right + rank_mm[0] + 2 * _GAP_MM, bottom, plot_mm, plot_height)
    y_head = top - head + 1.2
    canvas.text(first.left - _GAP_MM, y_head, head_counts, align="right", role="small", colour="ink_soft")
    for box, head_key, pick, is_change, width in (
        (first, "chart.head_activity", _activity, False, rank_mm[0]),
        (second, "chart.head_fall", _change, True, rank_mm[1]),
    ):
        title = fit_text(canvas, texts.text(head_key), box.width + _GAP_MM + width, "small", 600)
        canvas.text(box.left, y_head + line, title, align="left", role="small", weight=600)
        canvas.text(box.right + _GAP_MM + width, y_head, rank_head, align="right", role="small", colour="ink_soft")
        scale = plan_scale(canvas, box, [_limits(pick(row)) for row in shown], is_change=is_change)
        draw_row_scale(canvas, scale)
        _draw_measures(canvas, [pick(row) for row in shown], scale, height, box.right + _GAP_MM + width)
    _draw_names(canvas, shown, whole, height, first.left - _GAP_MM, names_mm, first.top)
    if left_out:
        write_left_out(canvas, left_out, whole)


def _activity(row: _Row) -> _Measure:
    return row.activity


def _change(row: _Row) -> _Measure:
    return row.change


def _limits(measure: _Measure) -> tuple[float | None, ...]:
    return measure.value, measure.low, measure.high, measure.raw


def _draw_measures(
    canvas: Canvas, measures: Sequence[_Measure], scale: RowScale, height: float, rank_right: float
) -> None:
    for index, measure in enumerate(measures):
        y = scale.plot.top - (index + 0.5) * height
        draw_value(canvas, scale, y, measure.value, measure.low, measure.high, raw=measure.raw)
        baseline = y - canvas.cap_height("small") / 2
        canvas.text(rank_right, baseline, measure.rank, align="right", role="small")


def _draw_names(
    canvas: Canvas, rows: Sequence[_Row], whole: Box, height: float, counts_right: float, names_mm: float, top: float
) -> None:
    edges = [top - index * height for index in range(len(rows) + 1)]
    canvas.lines([((whole.left, y), (whole.right, y)) for y in edges], colour="rule", line=0.4, layer=0.7)
    for index, row in enumerate(rows):
        middle = top - (index + 0.5) * height
        y = middle - canvas.cap_height("small") / 2
        name = fit_text(canvas, row.region, names_mm - 1.0, "small")
        canvas.text(whole.left, y, name, align="left", role="small")
        canvas.text(counts_right, y, row.counts, align="right", role="small", colour="ink_soft")
