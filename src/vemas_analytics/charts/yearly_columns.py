"""Columns per year with the stop, the breaks and the phases: what came in when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

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
    notes = _partial_notes(canvas, scale, finding.series)
    foot = 1.8 + canvas.line_height("small") * (1 + (1 if notes else 0))
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
    for x, text in notes:
        canvas.text(x, lower - canvas.line_height("small") + 0.6, text, align="left", role="small", colour="ink_soft")
    return plot


def _partial_notes(canvas: Canvas, scale: TimeScale, points: Sequence[SeriesPoint]) -> list[tuple[float, str]]:
    """Plan "to 23 Feb | from 24 Feb" under years that are not whole, the stop's first, others where room is."""
    stop = canvas.spec.stop
    known = [point for point in points if point.value is not None]
    wanted: list[tuple[int, float, str]] = []
    until = {point.end: _day_text(canvas, "chart.until", point.end - dt.timedelta(days=1)) for point in known}
    since = {point.start: _day_text(canvas, "chart.from", point.start) for point in known}
    if stop is not None and stop in until and stop in since and (stop.month, stop.day) != (1, 1):
        text = f"{until[stop]} | {since[stop]}"
        x = scale.x(stop) - canvas.width_of(f"{until.pop(stop)} ", "small") - 0.3
        since.pop(stop)
        wanted.append((0, x, text))
    for end, text in until.items():
        if (end.month, end.day) != (1, 1):
            wanted.append((1, scale.x(end) - 0.5 - canvas.width_of(text, "small"), text))
    wanted += [(1, scale.x(start) + 0.5, text) for start, text in since.items() if (start.month, start.day) != (1, 1)]
    placed: list[tuple[float, float, str]] = []
    for _, x, text in sorted(wanted, key=lambda item: (item[0], item[1])):
        width = canvas.width_of(text, "small")
        left = min(max(x, scale.left), scale.right - width)
        if all(left >= start + other + 1.0 or start >= left + width + 1.0 for start, other, _ in placed):
            placed.append((left, width, text))
    return [(left, text) for left, _, text in sorted(placed)]


def _day_text(canvas: Canvas, key: str, day: dt.date) -> str:
    short = f"{day:%d.%m.}" if canvas.spec.language == "de" else f"{day.day} {format_month_name(day, 'en')[:3]}"
    return canvas.texts.text(key, date=short)
