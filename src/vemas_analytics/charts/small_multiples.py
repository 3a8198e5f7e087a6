"""One small column chart per region, all on one scale: where it happened."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import draw_key, key_height, plan_key, time_key
from vemas_analytics.charts.names import finding_name, fit_text
from vemas_analytics.charts.scale_ticks import scale_ticks
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.time_axis import TimeScale, draw_marks, first_known_year, trim_unknown_start, years_of
from vemas_analytics.charts.year_pieces import Piece, draw_pieces, format_value, place_pieces
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA

_BETWEEN_X, _BETWEEN_Y = 5.0, 2.0
_BEST_SHAPE = 1.8
_MIN_PANEL_MM = 30.0


@dataclass(frozen=True, slots=True)
class _Grid:
    columns: int
    rows: int
    width: float
    height: float


@drawing
def draw_small_multiples(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw yearly columns for each region on one scale, the largest region first.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``yearly``, one for each panel; records without a region come last.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no yearly finding is among them.
    """
    yearly = [finding for finding in findings if finding.question == "yearly"]
    if not yearly:
        message = "small_multiples needs findings of question 'yearly'"
        raise KeyError(message)
    canvas = Canvas(spec)
    first = first_known_year(point for finding in yearly for point in finding.series)
    yearly = [replace(finding, series=trim_unknown_start(finding.series, first)) for finding in yearly]
    points = [point for finding in yearly for point in finding.series]
    years = years_of(points)
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    if years is None or all(point.value is None for point in points):
        draw_nothing_known(canvas, whole)
        return canvas.figure
    largest = max([point.value or 0.0 for point in points] + [spec.y_max or 0.0])
    ticks = scale_ticks(largest, whole_numbers=not yearly[0].measure.endswith("_eur"))
    tick_texts = [format_value(tick, yearly[0].measure, spec.language) for tick in ticks]
    margin = max((canvas.width_of(text, "small") for text in tick_texts), default=0.0) + 1.5
    key = plan_key(
        canvas,
        time_key(
            canvas,
            TimeScale(0, 1, *years),
            unknown=any(point.value is None for point in points),
            lower_bounds=any(point.value and not point.covered for point in points),
        ),
        whole.width,
    )
    draw_key(canvas, key, whole.left, whole.top)
    foot = canvas.line_height("small") + 1.0
    room = Box(
        whole.left + margin, whole.bottom + foot, whole.width - margin, whole.height - foot - key_height(canvas, key)
    )
    grid = _choose_grid(len(yearly), room)
    in_order = sorted(yearly, key=lambda item: (item.region == RUSSIA, -_sum(item), item.region))
    for index, finding in enumerate(in_order):
        column, row = index % grid.columns, index // grid.columns
        panel = Box(
            room.left + column * (grid.width + _BETWEEN_X),
            room.top - (row + 1) * grid.height - row * _BETWEEN_Y,
            grid.width,
            grid.height,
        )
        scale = TimeScale(panel.left, panel.right, *years)
        plot = _draw_panel(canvas, finding, scale, panel, largest, ticks)
        if column == 0:
            _draw_tick_texts(canvas, plot, largest, list(zip(ticks, tick_texts, strict=True)))
        if index + grid.columns >= len(in_order):
            _draw_few_years(canvas, scale, plot.bottom)
    return canvas.figure


def _sum(finding: Finding) -> float:
    return sum(point.value or 0.0 for point in finding.series)


def _choose_grid(count: int, room: Box) -> _Grid:
    def grid_of(columns: int) -> _Grid:
        rows = -(-count // columns)
        return _Grid(
            columns,
            rows,
            (room.width - (columns - 1) * _BETWEEN_X) / columns,
            (room.height - (rows - 1) * _BETWEEN_Y) / rows,
        )

    most = max(1, min(count, int((room.width + _BETWEEN_X) // (_MIN_PANEL_MM + _BETWEEN_X))))
    grids = [grid_of(columns) for columns in range(1, most + 1)]
    shaped = [grid for grid in grids if grid.height > 0] or grids[-1:]
    return min(shaped, key=lambda grid: max(grid.width / grid.height, _BEST_SHAPE**2 * grid.height / grid.width))


def _headroom(canvas: Canvas) -> float:
    return canvas.line_height("small") * 0.9


def _draw_panel(
    canvas: Canvas, finding: Finding, scale: TimeScale, panel: Box, largest: float, ticks: Sequence[float]
) -> Box:
    line = canvas.line_height("strong")
    plot = Box(panel.left, panel.bottom, panel.width, panel.height - line)
    mm_per_unit = max(plot.height - _headroom(canvas), 0.0) / largest if largest > 0 else 0.0
    pieces = place_pieces(scale, plot, finding.series, mm_per_unit, canvas.spec.stop)
    draw_marks(canvas, scale, plot)
    for point in finding.series:
        if point.value is None:
            left, right = scale.x(point.start), scale.x(point.end, as_end=True)
            canvas.hatch(Box(left, plot.bottom, right - left, plot.height), step=1.4)
    heights = [plot.bottom + tick * mm_per_unit for tick in ticks]
    canvas.lines([((plot.left, y), (plot.right, y)) for y in heights], colour="rule", line=0.35, layer=0.8)
    draw_pieces(canvas, pieces)
    canvas.lines([((plot.left, plot.bottom), (plot.right, plot.bottom))], colour="ink", line=0.6, layer=3.0)
    _draw_title(canvas, finding, panel, pieces)
    _draw_peak(canvas, finding, scale, pieces)
    return plot


def _draw_title(canvas: Canvas, finding: Finding, panel: Box, pieces: Sequence[Piece]) -> None:
    y = panel.top - canvas.cap_height("strong") - 0.4
    total = format_value(_sum(finding), finding.measure, canvas.spec.language)
    if any(piece.is_lower_bound for piece in pieces):
        total = canvas.texts.text("chart.at_least", value=total)
    worded = canvas.texts.text("chart.total", value=total)
    name = finding_name(finding, canvas.spec)
    name_width = canvas.width_of(name, "text", 600)
    shown = next(
        (text for text in (worded, total) if name_width + canvas.width_of(text, "small") + 2.0 <= panel.width), ""
    )
    canvas.text(panel.left, y, fit_text(canvas, name, panel.width, "text", 600), align="left", weight=600)
    if shown:
        canvas.text(panel.right, y, shown, align="right", role="small", colour="ink_soft")


def _draw_peak(canvas: Canvas, finding: Finding, scale: TimeScale, pieces: Sequence[Piece]) -> None:
    peak = max(pieces, key=lambda piece: piece.value, default=None)
    if peak is None or peak.value <= 0:
        return
    text = format_value(peak.value, finding.measure, canvas.spec.language)
    if peak.is_lower_bound:
        text = canvas.texts.text("chart.at_least", value=text)
    width = canvas.width_of(text, "small")
    left = min(max(peak.box.left + peak.box.width / 2 - width / 2, scale.left), scale.right - width)
    canvas.text(left, peak.box.top + 0.5, text, align="left", role="small")


def _draw_tick_texts(canvas: Canvas, plot: Box, largest: float, ticks: Sequence[tuple[float, str]]) -> None:
    mm_per_unit = max(plot.height - _headroom(canvas), 0.0) / largest if largest > 0 else 0.0
    last = plot.bottom - canvas.line_height("small")
    for tick, text in ticks:
        y = plot.bottom + tick * mm_per_unit - canvas.cap_height("small") / 2
        if y - last >= canvas.line_height("small") * 0.85:
            canvas.text(plot.left - 1.0, y, text, align="right", role="small", colour="ink_soft")
            last = y


def _draw_few_years(canvas: Canvas, scale: TimeScale, baseline: float) -> None:
    y = baseline - 0.9 - canvas.cap_height("small")
    width = canvas.width_of("2022", "small")
    step = next((step for step in (1, 2, 5, 10, 20) if scale.slot * step >= width + 2.5), 50)
    years = [year for year in range(scale.first_year, scale.last_year + 1) if year % step == 0]
    for year in years or [scale.first_year]:
        middle = scale.start_of(year) + scale.slot / 2
        middle = min(max(middle, scale.left + width / 2), scale.right - width / 2)
        canvas.text(middle, y, str(year), role="small", colour="ink_soft")
