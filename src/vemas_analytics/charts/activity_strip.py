"""Trips, delegations, fairs and forums on a line of time: a mark for each activity."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import DOT_MM, KeyItem, Sample, draw_dot, draw_key, key_height, plan_key
from vemas_analytics.charts.names import fit_text
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import (
    TimeScale,
    draw_head,
    draw_marks,
    draw_unrecorded,
    draw_years,
    plan_head,
    years_of,
)
from vemas_analytics.model.finding import Finding, Scalar

KINDS = ("business_trip", "delegation", "trade_fair", "political", "forum", "sundry")
_SAMPLES: dict[str, Sample] = {"held": "dot", "announced": "ring", "planned": "ring", "cancelled": "cross"}
WIDE_PRECISIONS = ("quarter", "season", "year")
"""Dates too coarse for a mark at a day."""
ROW_MM = 4.0
"""Least height of one kind's row."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity as the strip needs it."""

    start: dt.date
    end: dt.date
    precision: str
    kind: str
    status: str


@drawing
def draw_activity_strip(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw a row for each kind of activity with a mark at each date.

    Parameters
    ----------
    findings : sequence of Finding
        Those of question ``activities`` or ``annual_activities`` are drawn together.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no such finding is among them.
    """
    shown = activity_findings(findings)
    if not shown:
        message = "activity_strip needs a finding of question 'activities'"
        raise KeyError(message)
    canvas = Canvas(spec)
    activities = read_activities(shown)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    if not activities:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    years = [item.start.year for item in activities] + [day.year for day in (spec.stop, spec.until) if day]
    series = years_of(point for finding in shown for point in finding.series)
    first, last = min([*years, *(series or ())]), max([*years, *(series or ())])
    margin = label_margin(canvas, shown, activities)
    scale = TimeScale(whole.left + margin, whole.right, first, last)
    key = plan_key(canvas, status_key(canvas, activities), whole.width)
    draw_key(canvas, key, whole.left, whole.top)
    head = plan_head(canvas, scale)
    foot = 1.8 + canvas.line_height("small")
    top = whole.top - key_height(canvas, key) - head.height
    plot = Box(scale.left, whole.bottom + foot, scale.right - scale.left, top - whole.bottom - foot)
    draw_marks(canvas, scale, plot, head)
    draw_unrecorded(canvas, scale, plot, [point for finding in shown[:1] for point in finding.series])
    draw_activity_rows(canvas, shown, activities, scale, plot)
    draw_head(canvas, scale, head, plot)
    draw_years(canvas, scale, plot.bottom)
    return canvas.figure


def activity_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that list activities."""
    return [finding for finding in findings if finding.question in ("activities", "annual_activities")]


def read_activities(findings: Sequence[Finding]) -> list[Activity]:
    """Return the activities behind the findings in order of date; undated ones cannot be drawn."""
    rows = (row for finding in findings if finding.table is not None for row in finding.table.records())
    read = (read_activity(row) for row in rows)
    return sorted((item for item in read if item), key=lambda item: (item.start, item.end, item.kind))


def read_activity(row: Mapping[str, Scalar]) -> Activity | None:
    """Return the activity of a row of the list, None without a date."""
    start = cast("dt.date | None", row["start"])
    if start is None:
        return None
    kind = str(row["kind"])
    return Activity(
        start,
        cast("dt.date | None", row["end"]) or start,
        str(row["precision"]),
        kind if kind in KINDS else "sundry",
        str(row["status"]),
    )


def kinds_of(activities: Sequence[Activity]) -> list[str]:
    """Return the kinds that occur, in their fixed order."""
    present = {item.kind for item in activities}
    return [kind for kind in KINDS if kind in present]


def _row_label(canvas: Canvas, findings: Sequence[Finding], activities: Sequence[Activity], kind: str) -> str:
    held = sum(1 for item in activities if item.kind == kind and item.status == "held")
    count = str(held)
    if any("coverage_partial" in finding.caveats for finding in findings):
        texts = canvas.texts
        count = texts.text("chart.at_least", value=count) if held else texts.text("chart.none_on_record")
    return f"{canvas.texts.text(f'chart.kinds.{kind}')} ({count})"


def label_margin(canvas: Canvas, findings: Sequence[Finding], activities: Sequence[Activity]) -> float:
    """Return the room in millimetres that the names of the rows need on the left."""
    labels = (_row_label(canvas, findings, activities, kind) for kind in kinds_of(activities))
    return max((canvas.width_of(label, "small") for label in labels), default=0.0) + 2.0


def status_key(canvas: Canvas, activities: Sequence[Activity]) -> list[KeyItem]:
    """Return a key of the marks when other than held activities occur or some have no day."""
    items = []
    statuses = {item.status for item in activities}
    if statuses - {"held"}:
        items = [
            KeyItem(_SAMPLES[status], canvas.texts.text(f"chart.status.{status}"))
            for status in _SAMPLES
            if status in statuses
        ]
    if any(item.precision in WIDE_PRECISIONS for item in activities):
        items.append(KeyItem("range", canvas.texts.text("chart.undated")))
    return items


def draw_activity_rows(
    canvas: Canvas, findings: Sequence[Finding], activities: Sequence[Activity], scale: TimeScale, plot: Box
) -> None:
    """Draw the rows with their names left of ``plot``; marks of close dates are stacked."""
    kinds = kinds_of(activities)
    height = plot.height / max(len(kinds), 1)
    for index, kind in enumerate(kinds):
        bottom = plot.top - (index + 1) * height
        label = fit_text(canvas, _row_label(canvas, findings, activities, kind), scale.left - 3.0, "small")
        middle = bottom + height / 2
        canvas.text(scale.left - 1.6, middle - canvas.cap_height("small") / 2, label, align="right", role="small")
        canvas.lines([((plot.left, bottom), (plot.right, bottom))], colour="rule", line=0.5)
        row = [item for item in activities if item.kind == kind and scale.shows(item.start)]
        _draw_row(canvas, row, scale, Box(plot.left, bottom, plot.width, height))


def _draw_row(canvas: Canvas, row: Sequence[Activity], scale: TimeScale, room: Box) -> None:
    middle = room.bottom + room.height / 2
    for item in row:
        if item.precision in WIDE_PRECISIONS:
            end = period_end(item)
            left, right = scale.x(item.start), scale.x(end, as_end=True)
            canvas.rectangle(Box(left, middle - 0.6, right - left, 1.2), fill="accent_light", layer=1.8)
    dated = [item for item in row if item.precision not in WIDE_PRECISIONS]
    levels = max(1, int((room.height - 0.4) / (2 * DOT_MM + 0.15)))
    ends = [-1.0] * levels
    placed: list[tuple[float, int, Activity]] = []
    for item in dated:
        x = min(max(scale.x(item.start), scale.left + DOT_MM), scale.right - DOT_MM)
        free = next((level for level in range(levels) if x - ends[level] >= 2 * DOT_MM), None)
        level = ends.index(min(ends)) if free is None else free
        ends[level] = x
        placed.append((x, level, item))
    used = 1 + max((level for _, level, _ in placed), default=0)
    for x, level, item in placed:
        y = middle + (level - (used - 1) / 2) * (2 * DOT_MM + 0.15)
        draw_dot(canvas, x, y, _SAMPLES.get(item.status, "ring"))


def period_end(item: Activity) -> dt.date:
    """Return the exclusive end of the quarter, season or year that an activity without a day lies in."""
    months = {"quarter": 3, "season": 3, "year": 12}[item.precision]
    ahead = item.start.month - 1 + months
    end = dt.date(item.start.year + ahead // 12, ahead % 12 + 1, 1)
    return min(end, dt.date(item.start.year + 1, 1, 1))
