"""Columns per year with the stop, the breaks and the phases: what came in when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import (
    TimeScale,
    draw_head,
    draw_marks,
    draw_unrecorded,
    draw_years,
    first_known_year,
    plan_head,
    trim_unknown_start,
    years_of,
)
from vemas_analytics.charts.year_pieces import (
    Piece,
    draw_pieces,
    format_value,
    label_pieces,
    place_pieces,
    widest_label,
)
from vemas_analytics.model.finding import Finding, SeriesPoint
from vemas_analytics.reference.numbers import format_month_name

MARGIN_MM = 1.0


@drawing
def draw_yearly_columns(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw a measure per year, the year of the stop as two columns, each as wide as its days.

    Parameters
    ----------
    findings : sequence of Finding
        The first with question ``yearly`` is drawn; its series holds the periods.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no yearly finding is among them.
    """
    finding = without_empty_start(yearly_of(findings))
    canvas = Canvas(spec)
    years = years_of(finding.series)
    whole = Box(MARGIN_MM, MARGIN_MM, spec.width_mm - 2 * MARGIN_MM, spec.height_mm - 2 * MARGIN_MM)
    if years is None or all(point.value is None for point in finding.series):
        draw_nothing_known(canvas, whole)
        return canvas.figure
    draw_year_plot(canvas, finding, TimeScale(whole.left, whole.right, *years), whole)
    return canvas.figure


def yearly_of(findings: Sequence[Finding]) -> Finding:
    """Return the first finding of question ``yearly``; KeyError when there is none."""
    for finding in findings:
        if finding.question == "yearly":
            return finding
    message = "this drawing needs a finding of question 'yearly'"
    raise KeyError(message)


def without_empty_start(finding: Finding) -> Finding:
    """Return the finding without the years long before anything was recorded."""
    return replace(finding, series=trim_unknown_start(finding.series, first_known_year(finding.series)))


def value_texts(canvas: Canvas, finding: Finding, pieces: Sequence[Piece]) -> list[str]:
    """Return the label of each column; lower bounds say so."""
    texts = []
    for piece in pieces:
        text = format_value(piece.value, finding.measure, canvas.spec.language)
        if piece.is_lower_bound:
            # a partial record knows no zeros: nothing found says nothing
            text = canvas.texts.text("chart.at_least", value=text) if piece.value else ""
        texts.append(text)
    return texts


def draw_year_plot(canvas: Canvas, finding: Finding, scale: TimeScale, room: Box) -> Box:
    """Draw columns, marks and labels into ``room``, head and years included; return the plot's own box."""
    spec = canvas.spec
    head = plan_head(canvas, scale)
    notes = _partial_notes(canvas, scale, finding)
    foot = 1.8 + canvas.line_height("small") * (1 + max((len(note.lines) for note in notes), default=0))
    plot = Box(room.left, room.bottom + foot, room.width, room.height - foot - head.height)
    unscaled = place_pieces(scale, plot, finding.series, 0.0, spec.stop)
    texts = value_texts(canvas, finding, unscaled)
    widest = widest_label(canvas, texts)
    headroom = widest + 2.0 if widest > scale.slot - 0.6 else 2.2 * canvas.line_height("text")
    largest = max([piece.value for piece in unscaled] + [spec.y_max or 0.0])
    mm_per_unit = (plot.height - headroom) / largest if largest > 0 else 0.0
    pieces = place_pieces(scale, plot, finding.series, mm_per_unit, spec.stop)
    draw_marks(canvas, scale, plot, head)
    taken = draw_unrecorded(canvas, scale, plot, finding.series)
    draw_pieces(canvas, pieces)
    canvas.lines([((plot.left, plot.bottom), (plot.right, plot.bottom))], colour="ink", line=0.7, layer=3.0)
    label_pieces(canvas, scale, pieces, texts, taken=taken)
    draw_head(canvas, scale, head, plot)
    lower = draw_years(canvas, scale, plot.bottom)
    for note in notes:
        for row, text in enumerate(note.lines, start=1):
            y = lower - row * canvas.line_height("small") + 0.6
            canvas.text(note.left, y, text, align="left", role="small", colour="ink_soft")
    return plot


@dataclass(frozen=True, slots=True)
class _Note:
    """What stands under a year that is not whole."""

    left: float
    width: float
    lines: tuple[str, ...]


def _partial_notes(canvas: Canvas, scale: TimeScale, finding: Finding) -> list[_Note]:
    """Plan "to 23 Feb: 5" above "from 24 Feb: 1" under the year of the stop, and one line under others not whole."""
    stop = canvas.spec.stop
    known = [point for point in finding.series if point.value is not None]
    until, since = {point.end: point for point in known}, {point.start: point for point in known}
    placed: list[_Note] = []
    if stop is not None and stop in until and stop in since and (stop.month, stop.day) != (1, 1):
        lines = (
            _counted(canvas, finding, _until_text(canvas, stop), until.pop(stop)),
            _counted(canvas, finding, _day_text(canvas, "chart.from", stop), since.pop(stop)),
        )
        middle = scale.x(dt.date(stop.year, 1, 1)) + scale.slot / 2
        placed.append(_place_note(canvas, scale, middle, lines))
    wanted = [(scale.x(end) - 0.5, 1.0, _until_text(canvas, end)) for end in until if (end.month, end.day) != (1, 1)]
    wanted += [
        (scale.x(start) + 0.5, 0.0, _day_text(canvas, "chart.from", start))
        for start in since
        if (start.month, start.day) != (1, 1)
    ]
    for x, share, text in sorted(wanted):
        width = canvas.width_of(text, "small")
        note = _place_note(canvas, scale, x + width * (0.5 - share), (text,))
        if all(note.left >= p.left + p.width + 1.0 or p.left >= note.left + note.width + 1.0 for p in placed):
            placed.append(note)
    return sorted(placed, key=lambda note: note.left)


def _place_note(canvas: Canvas, scale: TimeScale, middle: float, lines: tuple[str, ...]) -> _Note:
    width = max(canvas.width_of(line, "small") for line in lines)
    return _Note(min(max(middle - width / 2, scale.left), scale.right - width), width, lines)


def _counted(canvas: Canvas, finding: Finding, day: str, point: SeriesPoint) -> str:
    """Return the part of a year with its number; without one where a list with gaps knows of none."""
    value = format_value(float(point.value or 0), finding.measure, canvas.spec.language)
    if not point.covered:
        return f"{day}: {canvas.texts.text('chart.at_least', value=value)}" if point.value else day
    return f"{day}: {value}"


def _until_text(canvas: Canvas, end: dt.date) -> str:
    return _day_text(canvas, "chart.until", end - dt.timedelta(days=1))


def _day_text(canvas: Canvas, key: str, day: dt.date) -> str:
    short = f"{day:%d.%m.}" if canvas.spec.language == "de" else f"{day.day} {format_month_name(day, 'en')[:3]}"
    return canvas.texts.text(key, date=short)
