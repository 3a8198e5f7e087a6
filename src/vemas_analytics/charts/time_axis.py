"""The furniture of every chart of time: years, phases, breaks, the stop, time that nobody recorded."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vemas_analytics.charts.canvas import Box, Canvas
from vemas_analytics.model.finding import SeriesPoint
from vemas_analytics.reference.numbers import format_date

YEAR_MARGIN = 0.11
"""Share of a year's width left blank on either side of its column."""

_YEAR_STEPS = (1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Dates to millimetres, whole years side by side.

    Within a year, time runs over the width of its column only; the blank between two columns belongs to no day.
    So a column, the stop that cuts it and the band behind it agree to the day. With ``margin`` 0 the years touch,
    as a line through months needs it.
    """

    left: float
    right: float
    first_year: int
    last_year: int
    margin: float = YEAR_MARGIN

    @property
    def slot(self) -> float:
        """Width of one year."""
        return (self.right - self.left) / (self.last_year - self.first_year + 1)

    def start_of(self, year: int) -> float:
        """Left edge of a year's slot."""
        return self.left + (year - self.first_year) * self.slot

    def x(self, day: dt.date, *, as_end: bool = False) -> float:
        """Return the position of the first moment of ``day``; ``as_end`` for the exclusive end of a period."""
        year = day.year
        if as_end and (day.month, day.day) == (1, 1):
            year -= 1
        first, following = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        share = (day - first).days / (following - first).days
        position = self.start_of(year) + self.slot * (self.margin + share * (1 - 2 * self.margin))
        return min(max(position, self.left), self.right)

    def shows(self, day: dt.date) -> bool:
        """Tell whether a day lies on the scale."""
        return self.first_year <= day.year <= self.last_year

    def span(self, start: dt.date | None, end: dt.date | None) -> tuple[float, float] | None:
        """Return both edges of a period, open ends at the edge of the scale; None when it lies outside."""
        if (end is not None and end <= dt.date(self.first_year, 1, 1)) or (
            start is not None and start.year > self.last_year
        ):
            return None
        left = self.left if start is None or start.year < self.first_year else self.x(start)
        right = self.right if end is None or end.year > self.last_year else self.x(end, as_end=True)
        return left, right


def years_of(points: Iterable[SeriesPoint]) -> tuple[int, int] | None:
    """Return the first and last calendar year that the periods touch, None without periods."""
    periods = [(point.start.year, (point.end - dt.timedelta(days=1)).year) for point in points]
    if not periods:
        return None
    return min(first for first, _ in periods), max(last for _, last in periods)


def trim_unknown_start(points: Sequence[SeriesPoint], first_known_year: int | None) -> tuple[SeriesPoint, ...]:
    """Return the periods from two years before ``first_known_year`` on: empty years before that tell nothing more."""
    if first_known_year is None:
        return tuple(points)
    return tuple(point for point in points if point.end.year > first_known_year - 2 or point.value is not None)


def first_known_year(points: Iterable[SeriesPoint]) -> int | None:
    """Return the year of the first period with a value."""
    return min((point.start.year for point in points if point.value is not None), default=None)


@dataclass(frozen=True, slots=True)
class EventLabel:
    """A planned label of the stop or a break: text, baseline start, row above the plot (0 is next to it)."""

    text: str
    left: float
    row: int
    anchor: float
    is_stop: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The rows above a plot, planned before its height is known."""

    events: tuple[EventLabel, ...]
    event_rows: int
    has_phases: bool
    height: float


def _place_beside(anchor: float, width: float, left: float, right: float) -> float:
    beside = anchor + 0.7
    return beside if beside + width <= right else max(left, anchor - 0.7 - width)


def _plan_events(canvas: Canvas, scale: TimeScale) -> list[EventLabel]:
    wanted: list[tuple[str, float, float, bool]] = []
    stop = canvas.spec.stop
    if stop is not None and scale.shows(stop):
        label = canvas.texts.text("chart.stop", date=format_date(stop, canvas.spec.language))
        width = canvas.width_of(label, "small", 600)
        anchor = scale.x(stop)
        wanted.append((label, _place_beside(anchor, width, scale.left, scale.right), anchor, True))
    for band in canvas.spec.breaks:
        span = scale.span(band.start, band.end)
        if span is None or band.start is None or (band.end is None and not scale.shows(band.start)):
            continue
        width = canvas.width_of(band.label, "small")
        if band.end is None:
            left = _place_beside(span[0], width, scale.left, scale.right)
        else:
            left = min(max((span[0] + span[1] - width) / 2, scale.left), scale.right - width)
        wanted.append((band.label, left, span[0], False))
    taken: list[list[tuple[float, float]]] = []
    planned = []
    for label, left, anchor, is_stop in wanted:
        right = left + canvas.width_of(label, "small", 600 if is_stop else 400)
        # a label must also keep clear of the lines that rise through its row to labels further up
        row = 0
        while row < len(taken) and any(left < end + 1.5 and start < right + 1.5 for start, end in taken[row]):
            row += 1
        if row == len(taken):
            taken.append([])
        taken[row].append((min(left, anchor), max(right, anchor)) if is_stop else (left, right))
        planned.append(EventLabel(label, left, row, anchor, is_stop))
    return planned


def plan_head(canvas: Canvas, scale: TimeScale) -> Head:
    """Plan the rows for stop, breaks and phases above a plot so that no two labels meet."""
    events = tuple(_plan_events(canvas, scale))
    rows = 1 + max((event.row for event in events), default=-1)
    has_phases = any(scale.span(phase.start, phase.end) for phase in canvas.spec.phases)
    line = canvas.line_height("small")
    height = rows * line + (line + 1.6 if has_phases else 0.0) + 0.6
    return Head(events, rows, has_phases, height)


def draw_head(canvas: Canvas, scale: TimeScale, head: Head, plot: Box) -> None:
    """Write the planned labels above ``plot``."""
    line = canvas.line_height("small")
    for event in head.events:
        canvas.text(
            event.left,
            plot.top + 0.9 + event.row * line,
            event.text,
            align="left",
            role="small",
            colour="stop" if event.is_stop else "ink_soft",
            weight=600 if event.is_stop else 400,
        )
    if head.has_phases:
        _draw_phases(canvas, scale, plot.top + 0.9 + head.event_rows * line + 0.4)


def _draw_phases(canvas: Canvas, scale: TimeScale, y: float) -> None:
    spans = [(phase, scale.span(phase.start, phase.end)) for phase in canvas.spec.phases]
    shown = [(phase, span) for phase, span in spans if span is not None and span[1] - span[0] > 0.5]
    wordings = (
        {phase.key: f"{phase.key} · {phase.label}" for phase, _ in shown},
        {phase.key: canvas.texts.text("chart.phase", key=phase.key) for phase, _ in shown},
        {phase.key: phase.key for phase, _ in shown},
    )
    words = next(
        (
            wording
            for wording in wordings
            if all(canvas.width_of(wording[phase.key], "small") <= span[1] - span[0] - 1.6 for phase, span in shown)
        ),
        wordings[-1],
    )
    for phase, (left, right) in shown:
        canvas.lines([((left + 0.4, y), (right - 0.4, y))], colour="ink_soft", line=0.6)
        text = words[phase.key]
        if canvas.width_of(text, "small") <= right - left:
            canvas.text((left + right) / 2, y + 0.8, text, role="small", colour="ink_soft")


def draw_marks(canvas: Canvas, scale: TimeScale, plot: Box, head: Head | None = None) -> None:
    """Draw the bands of the breaks, the dotted lines of dated breaks and the stop line into ``plot``."""
    line = canvas.line_height("small")
    rows = {(event.text, event.is_stop): event.row for event in head.events} if head else {}
    for band in canvas.spec.breaks:
        span = scale.span(band.start, band.end)
        if span is None or band.start is None:
            continue
        if band.end is not None:
            canvas.rectangle(Box(span[0], plot.bottom, span[1] - span[0], plot.height), fill="band", layer=0.5)
        elif scale.shows(band.start):
            top = plot.top + (rows.get((band.label, False), 0) * line + 2.4 if head else 0)
            canvas.lines([((span[0], plot.bottom), (span[0], top))], colour="ink_soft", line=0.7, dots=True)
    stop = canvas.spec.stop
    if stop is not None and scale.shows(stop):
        top = plot.top + (2.6 if head else 0)
        x = scale.x(stop)
        canvas.lines([((x, plot.bottom - 1.0), (x, top))], colour="stop", line=1.1, layer=3.5)


def draw_years(canvas: Canvas, scale: TimeScale, baseline: float) -> float:
    """Write the years under ``baseline``; where they are too many, every second or fifth. Return the lower edge."""
    width = canvas.width_of("2022", "small")
    step = next((step for step in _YEAR_STEPS if scale.slot * step >= width + 1.0), _YEAR_STEPS[-1])
    y = baseline - 1.2 - canvas.cap_height("small")
    last = scale.left - width
    for year in range(scale.first_year, scale.last_year + 1):
        if year % step == 0 or step == 1:
            middle = min(max(scale.start_of(year) + scale.slot / 2, scale.left + width / 2), scale.right - width / 2)
            # the last year may have been moved in from the edge
            if middle - last >= width + 0.7:
                canvas.text(middle, y, str(year), role="small", colour="ink_soft")
                last = middle
    return y - 0.6


def draw_unrecorded(canvas: Canvas, scale: TimeScale, plot: Box, points: Sequence[SeriesPoint]) -> list[Box]:
    """Hatch the periods without any knowledge and say so once in each; return the rooms that the labels take."""
    labels: list[Box] = []
    for start, end in _merge_unknown(points):
        left = scale.start_of(start.year) if (start.month, start.day) == (1, 1) else scale.x(start)
        whole_end = (end.month, end.day) == (1, 1)
        right = scale.start_of(end.year) if whole_end else scale.x(end, as_end=True)
        right = min(right, scale.right)
        box = Box(left, plot.bottom, right - left, plot.height)
        canvas.hatch(box)
        for key in ("chart.not_recorded", "chart.not_recorded_short"):
            label = canvas.texts.text(key)
            x, y = left + box.width / 2, plot.bottom + plot.height * 0.45
            room = canvas.box_of(x, y, label, role="small")
            if room.width + 1.6 <= box.width:
                ground = Box(room.left - 0.6, room.bottom - 0.3, room.width + 1.2, room.height + 0.6)
                canvas.rectangle(ground, fill="paper", layer=1.6)
                canvas.text(x, y, label, role="small", colour="ink_soft")
                labels.append(room)
                break
    return labels


def _merge_unknown(points: Sequence[SeriesPoint]) -> list[tuple[dt.date, dt.date]]:
    merged: list[tuple[dt.date, dt.date]] = []
    for point in sorted(points, key=lambda item: item.start):
        if point.value is not None:
            continue
        if merged and merged[-1][1] == point.start:
            merged[-1] = (merged[-1][0], point.end)
        else:
            merged.append((point.start, point.end))
    return merged
