"""Trips, fairs and forums of each region on one line of time: where work was done, and when it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

from matplotlib.figure import Figure

from vemas_analytics.charts.activity_strip import (
    KINDS,
    WIDE_PRECISIONS,
    Activity,
    activity_findings,
    period_end,
    read_activity,
)
from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem, draw_key, key_height, plan_key
from vemas_analytics.charts.mark_shapes import mark_shape
from vemas_analytics.charts.names import fit_text, region_name
from vemas_analytics.charts.row_scale import fit_rows, write_left_out
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import TimeScale, draw_head, draw_marks, draw_years, plan_head
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA, TOTAL

_RADIUS = 0.85
_MOST_NAME_MM = 44.0
_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {"held": "held", "announced": "announced", "planned": "announced", "cancelled": "cancelled"}
)
"""How a status is drawn: filled, open, open and struck through."""


@dataclass(frozen=True, slots=True)
class _Row:
    region: str
    activities: tuple[Activity, ...]

    @property
    def n_held(self) -> int:
        return sum(1 for item in self.activities if item.status == "held")


@drawing
def draw_event_calendar(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw a row for each region with a mark of its own shape for each kind of activity.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``activities``: one for each region, or the one of all regions, whose rows name theirs.
    spec : ChartSpec
        Rows need 3.4 mm each; where the height does not suffice, regions with fewer activities are left out.

    Raises
    ------
    KeyError
        When no activities finding is among them.
    """
    asked = activity_findings(findings)
    if not asked:
        message = "event_calendar needs findings of question 'activities'"
        raise KeyError(message)
    canvas = Canvas(spec)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    rows = _read_rows(asked)
    if not rows:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    _draw_calendar(canvas, rows, whole, at_least=any("coverage_partial" in item.caveats for item in asked))
    return canvas.figure


def _read_rows(findings: Sequence[Finding]) -> list[_Row]:
    """Return the regions with their activities, the liveliest first, those without a region last."""
    own = [finding for finding in findings if finding.region != TOTAL]
    found: dict[str, list[Activity]] = {}
    for finding in own or findings:
        for record in finding.table.records() if finding.table is not None else ():
            activity = read_activity(record)
            if activity is None:
                continue
            codes = [finding.region] if own else [code for code in str(record["region"] or RUSSIA).split(";") if code]
            for code in codes:
                found.setdefault(code, []).append(activity)
    rows = [
        _Row(region, tuple(sorted(items, key=lambda item: (item.start, item.kind, item.status))))
        for region, items in found.items()
    ]
    return sorted(rows, key=lambda row: (row.region == RUSSIA, -row.n_held, -len(row.activities), row.region))


def _draw_calendar(canvas: Canvas, rows: Sequence[_Row], whole: Box, *, at_least: bool) -> None:
    spec = canvas.spec
    activities = [item for row in rows for item in row.activities]
    key = plan_key(canvas, _key(canvas, activities), whole.width)
    draw_key(canvas, key, whole.left, whole.top)
    labels = [_label(canvas, row, at_least=at_least) for row in rows]
    names_mm = min(max(canvas.width_of(label, "small") for label in labels) + 2.0, _MOST_NAME_MM)
    years = [item.start.year for item in activities] + [day.year for day in (spec.stop, spec.until) if day]
    scale = TimeScale(whole.left + names_mm, whole.right, min(years), max(years), margin=0.0)
    head = plan_head(canvas, scale)
    top = whole.top - key_height(canvas, key) - head.height
    foot = 1.8 + canvas.line_height("small")
    n_shown, height = fit_rows(canvas, len(rows), top - whole.bottom - foot)
    plot = Box(scale.left, top - height * n_shown, scale.right - scale.left, height * n_shown)
    draw_marks(canvas, scale, plot, head)
    _draw_year_lines(canvas, scale, plot)
    for index in range(n_shown):
        middle = top - (index + 0.5) * height
        label = fit_text(canvas, labels[index], names_mm - 1.0, "small")
        canvas.text(whole.left, middle - canvas.cap_height("small") / 2, label, align="left", role="small")
        canvas.lines([((whole.left, middle - height / 2), (plot.right, middle - height / 2))], line=0.4, layer=0.7)
    _draw_activities(canvas, rows[:n_shown], scale, top, height)
    draw_head(canvas, scale, head, plot)
    draw_years(canvas, scale, plot.bottom)
    if len(rows) > n_shown:
        write_left_out(canvas, len(rows) - n_shown, whole)


def _label(canvas: Canvas, row: _Row, *, at_least: bool) -> str:
    count = str(row.n_held)
    if at_least:
        count = (
            canvas.texts.text("chart.at_least", value=count)
            if row.n_held
            else canvas.texts.text("chart.none_on_record")
        )
    return f"{region_name(row.region, canvas.spec)} ({count})"


def _draw_year_lines(canvas: Canvas, scale: TimeScale, plot: Box) -> None:
    edges = [scale.start_of(year) for year in range(scale.first_year, scale.last_year + 1)]
    canvas.lines([((x, plot.bottom), (x, plot.top)) for x in edges], colour="rule", line=0.3, layer=0.6)


def _key(canvas: Canvas, activities: Sequence[Activity]) -> list[KeyItem]:
    kinds = {item.kind for item in activities}
    items = [
        KeyItem("own", canvas.texts.text(f"chart.kinds.{kind}"), partial(_sample, kind=kind, state="held"))
        for kind in KINDS
        if kind in kinds
    ]
    states = {_STATES.get(item.status, "announced") for item in activities}
    items += [
        KeyItem("own", canvas.texts.text(f"chart.status.{state}"), partial(_sample, kind="business_trip", state=state))
        for state in ("announced", "cancelled")
        if state in states
    ]
    if any(item.precision in WIDE_PRECISIONS for item in activities):
        items.append(KeyItem("range", canvas.texts.text("chart.undated")))
    return items


def _sample(canvas: Canvas, box: Box, *, kind: str, state: str) -> None:
    x, y = box.left + box.width / 2, box.bottom + box.height / 2
    _draw_shapes(canvas, {(kind, state): [(x, y)]})


def _draw_shapes(canvas: Canvas, marks: Mapping[tuple[str, str], Sequence[tuple[float, float]]]) -> None:
    for (kind, state), points in marks.items():
        shapes = [mark_shape(kind, x, y, _RADIUS) for x, y in points]
        fill = "accent" if state == "held" else "paper"
        canvas.shapes(shapes, fill=fill, edge="accent" if state != "cancelled" else "ink_soft", line=0.7, layer=4.0)
        if state == "cancelled":
            r = _RADIUS * 1.5
            canvas.lines([((x - r, y - r), (x + r, y + r)) for x, y in points], colour="ink_soft", line=0.9, layer=4.2)


def _draw_activities(canvas: Canvas, rows: Sequence[_Row], scale: TimeScale, top: float, height: float) -> None:
    marks: dict[tuple[str, str], list[tuple[float, float]]] = {}
    ranges: list[Box] = []
    levels = max(1, int((height - 0.3) / (2 * _RADIUS + 0.1)))
    stop = canvas.spec.stop
    edge = scale.x(stop) if stop is not None and scale.shows(stop) else scale.right
    for index, row in enumerate(rows):
        middle = top - (index + 0.5) * height
        ends = [-1e9] * levels
        for item in row.activities:
            state = _STATES.get(item.status, "announced")
            if item.precision in WIDE_PRECISIONS:
                left, right = scale.x(item.start), scale.x(period_end(item), as_end=True)
                ranges.append(Box(left, middle - 0.5, right - left, 1.0))
                x = (left + right) / 2
            else:
                x = scale.x(item.start)
            x = min(max(x, scale.left + _RADIUS), scale.right - _RADIUS)
            x = _step_aside(x, min(ends), edge)
            free = next((level for level in range(levels) if x - ends[level] >= 2 * _RADIUS + 0.1), None)
            level = ends.index(min(ends)) if free is None else free
            ends[level] = max(x, ends[level])
            shift = 0.0 if levels == 1 else ((level + 1) // 2) * (1 if level % 2 else -1) * (2 * _RADIUS + 0.1)
            marks.setdefault((item.kind, state), []).append((x, middle + shift))
    canvas.bars(ranges, fill="accent_light", layer=1.8)
    _draw_shapes(canvas, marks)


def _step_aside(x: float, taken: float, edge: float) -> float:
    """Move a mark right of one in its place by at most its own width, but never across the stop."""
    aside = taken + 2 * _RADIUS + 0.1
    is_small_step = x < aside <= x + 2 * _RADIUS + 0.1
    return aside if is_small_step and (x >= edge or aside + _RADIUS < edge) else x
