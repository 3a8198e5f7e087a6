"""A column per phase: how much per year before, between and after, with the change where one may be given."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from matplotlib.figure import Figure

from vemas_analytics.charts.canvas import Box, Canvas, draw_nothing_known
from vemas_analytics.charts.change_words import change_text
from vemas_analytics.charts.drawing import drawing
from vemas_analytics.charts.names import finding_name, fit_text
from vemas_analytics.charts.spec import ChartSpec
from vemas_analytics.charts.year_pieces import format_value
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import Language
from vemas_analytics.reference.numbers import format_date, format_decimal, format_month_name

_COLUMN_SHARE = 0.56
_BETWEEN_PANELS = 7.0
_BASELINES = ("phase_II", "all_before")


@dataclass(frozen=True, slots=True)
class _Phase:
    key: str
    start: dt.date | None
    end: dt.date | None
    n: float | None
    per_year: float | None
    state: str

    @property
    def is_known(self) -> bool:
        return self.state in ("recorded", "partial") and self.n is not None


@drawing
def draw_phase_columns(findings: Sequence[Finding], spec: ChartSpec) -> Figure:
    """Draw the rate per year (or, for partial records and cancelled activities, the number) in each phase.

    Parameters
    ----------
    findings : sequence of Finding
        One panel for each of question ``phases``; a ``before_after`` finding of the same measure and region with
        baseline phase_II or all_before adds its change as a bracket.
    spec : ChartSpec

    Raises
    ------
    KeyError
        When no phases finding is among them.
    """
    shown = [finding for finding in findings if finding.question == "phases"]
    if not shown:
        message = "phase_columns needs a finding of question 'phases'"
        raise KeyError(message)
    canvas = Canvas(spec)
    phases = [_read_phases(finding) for finding in shown]
    whole = Box(1.0, 1.0, spec.width_mm - 2.0, spec.height_mm - 2.0)
    known = [phase for panel in phases for phase in panel if phase.is_known]
    if not known:
        draw_nothing_known(canvas, whole)
        return canvas.figure
    is_rate = all(phase.per_year is not None for phase in known if phase.state == "recorded") and any(
        phase.per_year is not None for phase in known
    )
    largest = max([_height(phase, is_rate) for phase in known] + [spec.y_max or 0.0])
    width = (whole.width - (len(shown) - 1) * _BETWEEN_PANELS) / len(shown)
    brackets = max(len(_changes(finding, findings)) for finding in shown)
    for index, (finding, panel_phases) in enumerate(zip(shown, phases, strict=True)):
        panel = Box(whole.left + index * (width + _BETWEEN_PANELS), whole.bottom, width, whole.height)
        if len(shown) > 1:
            line = canvas.line_height("strong")
            title = fit_text(canvas, finding_name(finding, spec), width, "strong", 600)
            y = panel.top - canvas.cap_height("strong") - 0.4
            canvas.text(panel.left, y, title, align="left", role="strong", weight=600)
            panel = Box(panel.left, panel.bottom, panel.width, panel.height - line - 1.0)
        _draw_panel(canvas, finding, panel_phases, panel, largest, is_rate=is_rate, brackets=brackets)
        _draw_changes(canvas, finding, _changes(finding, findings), panel_phases, panel)
    return canvas.figure


def _read_phases(finding: Finding) -> list[_Phase]:
    rows = finding.table.records() if finding.table is not None else iter(())
    return [
        _Phase(
            str(row["phase"]),
            cast("dt.date | None", row["start"]),
            cast("dt.date | None", row["end"]),
            cast("float | None", row["n"]),
            cast("float | None", row["per_year"]),
            str(row["state"]),
        )
        for row in rows
    ]


def _height(phase: _Phase, is_rate: bool) -> float:
    return float((phase.per_year if is_rate else phase.n) or 0.0)


def _changes(finding: Finding, findings: Sequence[Finding]) -> list[Finding]:
    return [
        other
        for baseline in _BASELINES
        for other in findings
        if other.question == "before_after"
        and (other.measure, other.region, other.baseline) == (finding.measure, finding.region, baseline)
    ]


def _slots(panel: Box, count: int) -> list[Box]:
    width = panel.width / max(count, 1)
    return [Box(panel.left + index * width, panel.bottom, width, panel.height) for index in range(count)]


def _period_lines(canvas: Canvas, phases: Sequence[_Phase], width: float) -> list[list[str]]:
    """Return the period of each phase, all in the first of three forms that fits: one line, two, short years."""
    forms: list[list[list[str]]] = [
        [_period(canvas, phase, one_line=True) for phase in phases],
        [_period(canvas, phase) for phase in phases],
        [_period(canvas, phase, short=True) for phase in phases],
    ]
    return next(
        (
            form
            for form in forms
            if all(canvas.width_of(line, "small") <= width - 1.0 for lines in form for line in lines)
        ),
        forms[-1],
    )


def _period(canvas: Canvas, phase: _Phase, *, one_line: bool = False, short: bool = False) -> list[str]:
    language = canvas.spec.language
    begin = _date_text(phase.start, language, short=short)
    last = None if phase.end is None else phase.end - dt.timedelta(days=1)
    finish = _date_text(last, language, is_last=True, short=short)
    if begin and finish:
        return [f"{begin}–{finish}"] if one_line else [f"{begin}–", finish]
    if finish:
        return [canvas.texts.text("chart.until", date=finish)]
    return [canvas.texts.text("chart.from", date=begin)] if begin else [""]


def _date_text(day: dt.date | None, language: Language, *, is_last: bool = False, short: bool = False) -> str:
    if day is None:
        return ""
    at_edge = (day + dt.timedelta(days=1)).day == 1 if is_last else day.day == 1
    year = f"{day:%y}" if short else f"{day:%Y}"
    if at_edge:
        return f"{day:%m}/{year}"
    if language == "de":
        return f"{day:%d.%m.}{year}"
    return f"{day.day} {format_month_name(day, language)[:3]} {year}"


def _draw_panel(
    canvas: Canvas,
    finding: Finding,
    phases: Sequence[_Phase],
    panel: Box,
    largest: float,
    *,
    is_rate: bool,
    brackets: int,
) -> None:
    line = canvas.line_height("small")
    slots = _slots(panel, len(phases))
    periods = _period_lines(canvas, phases, slots[0].width) if slots else []
    foot = line * (2 + max((len(period) for period in periods), default=1)) + 1.6
    headroom = canvas.line_height("text") + 1.5 + brackets * (line + 2.4)
    baseline = panel.bottom + foot
    mm_per_unit = max(panel.height - foot - headroom, 0.0) / largest if largest > 0 else 0.0
    for index, (phase, slot, period) in enumerate(zip(phases, slots, periods, strict=True)):
        middle = slot.left + slot.width / 2
        y = baseline - line - 0.2
        canvas.text(middle, y, canvas.texts.text("chart.phase", key=phase.key), role="small", weight=600)
        for text in [*period, _count_text(canvas, finding, phase, is_rate)]:
            y -= line
            canvas.text(middle, y, text, role="small", colour="ink_soft")
        if not phase.is_known:
            _draw_unknown(canvas, Box(slot.left + 1.0, baseline, slot.width - 2.0, panel.top - baseline - headroom / 2))
            continue
        width = slot.width * _COLUMN_SHARE
        box = Box(middle - width / 2, baseline, width, _height(phase, is_rate) * mm_per_unit)
        is_last = index == len(phases) - 1
        if phase.state == "partial":
            canvas.rectangle(box, fill="accent_light", edge="accent", dashed=True)
        elif box.height > 0:
            canvas.rectangle(box, fill="accent" if is_last else "accent_mid")
        text = _value_text(canvas, finding, phase, is_rate)
        canvas.text(middle, box.top + 0.9, text, weight=400 if phase.state == "partial" and not phase.n else 600)
    canvas.lines([((panel.left, baseline), (panel.right, baseline))], colour="ink", line=0.7, layer=3.0)
    top = panel.top - headroom + 2.5
    for phase, slot in zip(phases, slots, strict=True):
        if canvas.spec.stop is not None and phase.start == canvas.spec.stop:
            canvas.lines([((slot.left, baseline - 1.0), (slot.left, top))], colour="stop", line=1.1, layer=3.5)
            column_top = baseline + _height(phase, is_rate) * mm_per_unit + canvas.line_height("text") + 1.0
            _label_stop(canvas, slot, top - canvas.line_height("small"), column_top)


def _label_stop(canvas: Canvas, slot: Box, y: float, lowest: float) -> None:
    """Name the stop beside its line where the column leaves room; the period under the column tells it anyway."""
    if canvas.spec.stop is None:
        return
    text = canvas.texts.text("chart.stop", date=format_date(canvas.spec.stop, canvas.spec.language))
    if y >= lowest and canvas.width_of(text, "small", 600) + 1.5 <= slot.width:
        room = canvas.box_of(slot.left + 0.9, y, text, align="left", role="small", weight=600)
        canvas.rectangle(Box(room.left, room.bottom, room.width + 0.6, room.height), fill="paper", layer=1.6)
        canvas.text(slot.left + 0.9, y, text, align="left", role="small", colour="stop", weight=600)


def _draw_unknown(canvas: Canvas, box: Box) -> None:
    canvas.hatch(box)
    for key in ("chart.not_recorded", "chart.not_recorded_short"):
        label = canvas.texts.text(key)
        room = canvas.box_of(box.left + box.width / 2, box.bottom + box.height * 0.45, label, role="small")
        if room.width + 1.2 <= box.width:
            ground = Box(room.left - 0.5, room.bottom - 0.3, room.width + 1.0, room.height + 0.6)
            canvas.rectangle(ground, fill="paper", layer=1.6)
            canvas.text(
                box.left + box.width / 2, box.bottom + box.height * 0.45, label, role="small", colour="ink_soft"
            )
            return


def _value_text(canvas: Canvas, finding: Finding, phase: _Phase, is_rate: bool) -> str:
    value = _height(phase, is_rate)
    is_amount = finding.measure.endswith("_eur")
    if phase.state == "partial" and not value:
        return canvas.texts.text("chart.none_on_record")
    if is_rate and not is_amount:
        text = format_decimal(value, canvas.spec.language)
    else:
        text = format_value(value, finding.measure, canvas.spec.language)
    return canvas.texts.text("chart.at_least", value=text) if phase.state == "partial" else text


def _count_text(canvas: Canvas, finding: Finding, phase: _Phase, is_rate: bool) -> str:
    if not phase.is_known or phase.n is None or not is_rate:
        return ""
    value = format_value(phase.n, finding.measure, canvas.spec.language)
    if finding.measure.endswith("_eur"):
        return f"{value} {canvas.texts.text('chart.keur')}"
    key = "chart.count_at_least" if phase.state == "partial" else "chart.count_in_phase"
    return canvas.texts.text(key, value=value)


def _draw_changes(
    canvas: Canvas, finding: Finding, changes: Sequence[Finding], phases: Sequence[_Phase], panel: Box
) -> None:
    """Draw a bracket from the phases of the baseline to the last one, its change written on it."""
    slots = _slots(panel, len(phases))
    line = canvas.line_height("small")
    last = len(phases) - 1
    for row, change in enumerate(reversed(changes)):
        first = next((i for i, phase in enumerate(phases) if change.baseline == f"phase_{phase.key}"), 0)
        if first >= last:
            continue
        left = slots[first].left + slots[first].width / 2
        right = slots[last].left + slots[last].width / 2
        y = panel.top - 1.2 - row * (line + 2.4) - line
        canvas.lines(
            [((left, y), (right, y)), ((left, y), (left, y - 1.2)), ((right, y), (right, y - 1.2))],
            colour="ink_soft",
            line=0.6,
        )
        until = first if change.baseline != "all_before" else last - 1
        text = _bracket_text(canvas, change, phases[first].key, phases[until].key, panel.width)
        half = canvas.width_of(text, "small", 600) / 2
        middle = min(max((left + right) / 2, panel.left + half), panel.right - half)
        canvas.text(middle, y + 0.9, text, role="small", weight=600)


def _bracket_text(canvas: Canvas, change: Finding, first: str, last: str, width: float) -> str:
    """Return the change and what it is measured against, without the latter where room is short."""
    bare = change_text(canvas, change)
    one = first == last
    phases = canvas.texts.text("chart.phase" if one else "chart.phases", key=first if one else f"{first}–{last}")
    worded = canvas.texts.text("chart.change_against", phases=phases, change=bare)
    forms = (worded, bare, bare.split(" (")[0])
    return next((text for text in forms if canvas.width_of(text, "small", 600) <= width), "")
