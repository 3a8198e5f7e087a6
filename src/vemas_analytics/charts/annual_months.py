"""A year month by month, beside the year before and the mean of the five before."""

import datetime as dt
from collections.abc import Sequence
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.key_row import KeyItem, draw_key, key_height, plan_key
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.year_pieces import format_value, lowest_free
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.reference.numbers import format_date, format_month_name

_SUSPENDED = frozenset({"trips", "forums"})
"""What was stopped by decision; inquiries and offers may come in all the same."""

_BLOCK_SHARE = 0.8
_PREVIOUS_SHARE = 0.38


@drawing
def draw_annual_months(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw twelve months: the year solid, the year before lighter beside it, the five-year mean as a tick.

    Parameters
    ----------
    findings : sequence of Finding
        The first of question ``annual_months`` is drawn; its baseline is the year.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no annual_months finding is among them.
    """
    finding = next((item for item in findings if item.question == "annual_months"), None)
    if finding is None:
        message = "annual_months needs a finding of question 'annual_months'"
        raise KeyError(message)
    canvas = Canvas(spec)
    rows = {_month(row["month"]): row for row in (finding.table.records() if finding.table is not None else ())}
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    values = [_number(row, name) for row in rows.values() for name in ("value", "previous", "mean5")]
    known = [value for value in values if value is not None]
    if not known:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    key = plan_key(canvas, _key(canvas, finding, rows.values()), whole.width)
    draw_key(canvas, key, whole.left, whole.top)
    line = canvas.line_height("small")
    headroom = canvas.line_height("text") + 0.8
    height = whole.height - line - 1.8 - key_height(canvas, key)
    plot = Box(whole.left, whole.bottom + line + 1.8, whole.width, height)
    largest = max([*known, spec.y_max or 0.0])
    mm_per_unit = (plot.height - headroom) / largest if largest > 0 else 0.0
    width = plot.width / 12
    for month in range(1, 13):
        slot = Box(plot.left + (month - 1) * width, plot.bottom, width, plot.height)
        _draw_month(canvas, finding, rows.get(month), slot, mm_per_unit)
        name = format_month_name(dt.date(2000, month, 1), spec.language)[:3]
        canvas.text(
            slot.left + width / 2,
            plot.bottom - 1.2 - canvas.cap_height("small"),
            name,
            role="small",
            colour="ink_soft",
        )
    canvas.lines([((plot.left, plot.bottom), (plot.right, plot.bottom))], colour="ink", line=0.7, layer=3.0)
    _draw_stop(canvas, finding, plot)
    return canvas.figure


def _month(value: Scalar) -> int:
    return value.month if isinstance(value, dt.date) else int(cast("int", value))


def _number(row: dict[str, Scalar] | None, name: str) -> float | None:
    value = row.get(name) if row is not None else None
    return None if value is None else float(cast("float", value))


def _stop_in_year(canvas: Canvas, finding: Finding) -> dt.date | None:
    stop = canvas.spec.stop
    return stop if stop is not None and str(stop.year) == finding.baseline else None


def _key(canvas: Canvas, finding: Finding, rows: Sequence[dict[str, Scalar]] | object) -> list[KeyItem]:
    texts, year = canvas.texts, finding.baseline
    items = [KeyItem("column", texts.text("chart.value_year", year=year))]
    listed = list(cast("Sequence[dict[str, Scalar]]", rows))
    if any(row.get("previous") is not None for row in listed):
        previous = str(int(year) - 1) if year.isdigit() else ""
        items.append(KeyItem("previous", texts.text("chart.previous_year", year=previous).strip()))
    if any(row.get("mean5") is not None for row in listed):
        items.append(KeyItem("tick", texts.text("chart.mean5")))
    if len(listed) < 12 or any(row.get("value") is None for row in listed):
        items.append(KeyItem("hatch", texts.text("chart.not_recorded")))
    stop = _stop_in_year(canvas, finding)
    if stop is not None:
        items.append(KeyItem("stop", texts.text("chart.stop", date=format_date(stop, canvas.spec.language))))
    return items


def _suspended_mark(canvas: Canvas) -> str:
    return canvas.texts.text("symbols.mark.suspended")


def _is_suspended(canvas: Canvas, finding: Finding, row: dict[str, Scalar] | None) -> bool:
    """Tell whether a month lies wholly after the stop for what the stop forbade: no nought, but suspended."""
    stop = canvas.spec.stop
    if stop is None or row is None or finding.measure not in _SUSPENDED or not finding.baseline.isdigit():
        return False
    return dt.date(int(finding.baseline), _month(row["month"]), 1) >= stop


def _draw_month(canvas: Canvas, finding: Finding, row: dict[str, Scalar] | None, slot: Box, mm_per_unit: float) -> None:
    block = slot.width * _BLOCK_SHARE
    left = slot.left + (slot.width - block) / 2
    value, previous, mean = (_number(row, name) for name in ("value", "previous", "mean5"))
    before = Box(left, slot.bottom, block * _PREVIOUS_SHARE, (previous or 0.0) * mm_per_unit)
    bar_left = before.right + 0.2
    bar = Box(bar_left, slot.bottom, left + block - bar_left, (value or 0.0) * mm_per_unit)
    if previous:
        canvas.rectangle(before, fill="accent_mid")
    obstacles = [before] if previous else []
    if mean is not None:
        y = slot.bottom + mean * mm_per_unit
        canvas.lines([((left - 0.5, y), (left + block + 0.5, y))], colour="paper", line=2.0, layer=3.1)
        canvas.lines([((left - 0.5, y), (left + block + 0.5, y))], colour="ink", line=1.1, layer=3.2)
        obstacles.append(Box(left - 0.5, y - 0.2, block + 1.0, 0.4))
    if value is None:
        canvas.hatch(Box(bar.left, slot.bottom, bar.width, slot.height * 0.9))
        return
    if value > 0:
        canvas.rectangle(bar, fill="accent", layer=2.5)
    is_suspended = not value and _is_suspended(canvas, finding, row)
    text = _suspended_mark(canvas) if is_suspended else format_value(value, finding.measure, canvas.spec.language)
    width, height = canvas.width_of(text, "text"), canvas.cap_height("text")
    middle = bar.left + bar.width / 2
    room = Box(middle - width / 2, bar.top + 0.8, width, height)
    canvas.text(middle, lowest_free(room, obstacles, 0.4), text)


def _draw_stop(canvas: Canvas, finding: Finding, plot: Box) -> None:
    stop = _stop_in_year(canvas, finding)
    if stop is None:
        return
    following = dt.date(stop.year + stop.month // 12, stop.month % 12 + 1, 1)
    first = stop.replace(day=1)
    share = (stop - first).days / (following - first).days
    x = plot.left + plot.width / 12 * (stop.month - 1 + (1 - _BLOCK_SHARE) / 2 + share * _BLOCK_SHARE)
    canvas.lines([((x, plot.bottom - 1.0), (x, plot.top))], colour="stop", line=1.1, layer=3.5)
