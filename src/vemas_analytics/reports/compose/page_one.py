"""Page 1: the answer in five sentences, one table by region, one chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from vemas_analytics.model.document import Block, Cell, Column, ListBlock, Section, TableBlock
from vemas_analytics.model.names import DAYS_PER_YEAR, OTHERS, RUSSIA, TOTAL, Measure
from vemas_analytics.reference.measures import LARGE_REGION
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reports.compose.cells import (
    date_cell,
    integer_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.phase_limits import count_unphased, limit_notes
from vemas_analytics.reports.compose.places import region_place
from vemas_analytics.reports.compose.readings import (
    LastActivity,
    PhaseRow,
    read_last_activity,
    read_open_cases,
)
from vemas_analytics.reports.compose.sentences import five_sentences
from vemas_analytics.reports.compose.symbols import missing_cell, open_value_cell, phase_count_cell, phase_rate_cell
from vemas_analytics.reports.compose.yearly import yearly_chart

_ACTIVITIES: tuple[Measure, ...] = ("trips", "forums")

_FEW = 5
"""Rates from fewer records than these are marked as chance in a note."""
_SEE = ("", "change", "course", "eve", "data_basis")
"""Chapter that says more of each of the five sentences."""


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A line of the table: a region, the small ones together (OTHERS), those without region, the total."""

    label: str
    code: str
    is_total: bool = False


def lines_of_regions(ctx: ReportContext, *, each: bool = False) -> tuple[RegionLine, ...]:
    """Return the lines of the page-1 table: partner regions, larger regions, the others, without region, total.

    A region is large from `LARGE_REGION` records of the lead measure on; with ``each`` from the first record of any
    list on, so that none is among the others. In the public edition regions with small numbers are in the total
    only, so there is no line of others.
    """
    lead = ctx.lead_measure
    partners = tuple(read_regions().partners)
    others = [code for code in ctx.regions if code not in partners]
    large = sorted(
        (code for code in others if ctx.total_n(lead, code) >= LARGE_REGION or (each and _has_data(ctx, code))),
        key=lambda code: (-ctx.total_n(lead, code), code),
    )
    small = tuple(code for code in others if code not in large and _has_data(ctx, code))
    lines = [RegionLine(ctx.region_short(code), code) for code in (*partners, *large)]
    if small and not ctx.public:
        lines.append(RegionLine(ctx.count("page_one.others", len(small)), OTHERS))
    if _has_data(ctx, RUSSIA):
        lines.append(RegionLine(ctx.region_short(RUSSIA), RUSSIA))
    return (*lines, RegionLine(ctx.region_short(TOTAL), TOTAL, is_total=True))


def _has_data(ctx: ReportContext, code: str) -> bool:
    return any(ctx.total_n(measure, code) for measure in ("inquiries", "offers", *_ACTIVITIES))


def _phase_row(ctx: ReportContext, measure: Measure, code: str, key: str) -> PhaseRow | None:
    return next((row for row in ctx.phase_rows(measure, code) if row.phase == key), None)


def _open_cells(ctx: ReportContext, code: str) -> tuple[Cell, Cell]:
    cases = read_open_cases(ctx.finding("open_at_stop", "offers", code))
    if cases is None:
        return missing_cell(ctx, code), missing_cell(ctx, code)
    at_least = ctx.state("offers") == "partial"
    if at_least and not cases.n_open:
        return symbol_cell("not_recorded", ctx.language), symbol_cell("not_recorded", ctx.language)
    value = open_value_cell(ctx, cases, at_least=at_least)
    return integer_cell(cases.n_open, ctx.language, at_least=at_least), value


def _activity_cell(ctx: ReportContext, code: str) -> Cell:
    rows = [_phase_row(ctx, measure, code, phase.key) for measure in _ACTIVITIES for phase in ctx.phases_before]
    known = [row for row in rows if row is not None and row.n is not None]
    at_least = any(ctx.state(measure) != "recorded" for measure in _ACTIVITIES)
    total = sum(row.n or 0 for row in known)
    if not known or (at_least and not total):
        return symbol_cell("not_recorded", ctx.language)
    return integer_cell(total, ctx.language, at_least=at_least)


def last_of(ctx: ReportContext, code: str) -> LastActivity | None:
    """Return the latest trip or forum of a region."""
    found = [read_last_activity(ctx.finding("last_activity", measure, code)) for measure in _ACTIVITIES]
    return max((item for item in found if item is not None), key=lambda item: (item.date, item.title), default=None)


def _last_cell(ctx: ReportContext, code: str) -> Cell:
    last = last_of(ctx, code)
    if last is not None:
        return date_cell(last.date, ctx.language, last.precision)
    if any(ctx.state(measure) == "recorded" for measure in _ACTIVITIES):
        return text_cell(ctx.say("none_word"))
    return symbol_cell("not_recorded", ctx.language)


def _rate_table(
    ctx: ReportContext, lines: Sequence[RegionLine], lead: Measure
) -> tuple[list[Column], list[list[Cell]]]:
    """Columns and cells for a recorded list: per year before the stop, number since, open offers, activities."""
    rate_group = ctx.say("page_one.per_year", measure=ctx.measure_short(lead))
    count_group = _count_group(ctx, lead)
    columns = [number_column(f"rate_{p.key}", p.key, 0.8, rate_group) for p in ctx.phases_before]
    columns += [number_column(f"n_{p.key}", p.key, 1.2, count_group) for p in ctx.phases_after]
    open_group = ctx.say("page_one.open_offers")
    columns += [
        number_column("open_n", ctx.say("page_one.open_n"), 0.8, open_group),
        number_column("open_value", ctx.say("page_one.open_value"), 0.9, open_group),
        number_column("activities", _span_before(ctx), 1.25, ctx.say("page_one.activities")),
        text_column("last", ctx.say("page_one.last"), 1.5),
    ]
    rows = [
        [
            *(_rate(ctx, lead, line, phase.key) for phase in ctx.phases_before),
            *(_count(ctx, lead, line, phase.key) for phase in ctx.phases_after),
            *_open_cells(ctx, line.code),
            _activity_cell(ctx, line.code),
            _last_cell(ctx, line.code),
        ]
        for line in lines
    ]
    return columns, rows


def _count_group(ctx: ReportContext, measure: Measure) -> str:
    """Return the head of the number since the stop: in so many months, lest it be read as a rate per year."""
    rows = [_phase_row(ctx, measure, TOTAL, phase.key) for phase in ctx.phases_after]
    days = sum(row.days for row in rows if row is not None and row.n is not None)
    label = ctx.measure_short(measure)
    if len(rows) != 1 or not days:
        return ctx.say("page_one.number", measure=label)
    months = ctx.count("in_months", max(1, round(days / DAYS_PER_YEAR * 12)))
    return ctx.say("page_one.number_months", measure=label, months=months)


def _span_before(ctx: ReportContext) -> str:
    """Return the phases before the stop as a column head, such as ``I–III``."""
    keys = [phase.key for phase in ctx.phases_before]
    return keys[0] if len(keys) == 1 else f"{keys[0]}–{keys[-1]}" if keys else ""


def _rate(ctx: ReportContext, measure: Measure, line: RegionLine, key: str) -> Cell:
    return phase_rate_cell(ctx, _phase_row(ctx, measure, line.code, key), line.code)


def _count(ctx: ReportContext, measure: Measure, line: RegionLine, key: str) -> Cell:
    return phase_count_cell(ctx, measure, _phase_row(ctx, measure, line.code, key), line.code)


def _count_table(ctx: ReportContext, lines: Sequence[RegionLine]) -> tuple[list[Column], list[list[Cell]]]:
    """Columns and cells where no rates are known: counts by phase of everything that exists."""
    shown = [m for m in ("inquiries", "offers", *_ACTIVITIES) if ctx.state(m) != "not_recorded"]
    columns = [
        number_column(
            f"{measure}_{phase.key}", phase.key, 0.7, ctx.say("page_one.number", measure=ctx.measure_short(measure))
        )
        for measure in shown
        for phase in ctx.panel.phases
    ]
    columns.append(text_column("last", ctx.say("page_one.last"), 1.5))
    rows = [
        [
            *(_count(ctx, measure, line, phase.key) for measure in shown for phase in ctx.panel.phases),
            _last_cell(ctx, line.code),
        ]
        for line in lines
    ]
    return columns, rows


def page_one_table(ctx: ReportContext) -> TableBlock:
    """Return the table of page 1, a line per region; what was recorded decides its columns."""
    lead = ctx.lead_measure
    lines = lines_of_regions(ctx)
    has_rates = ctx.state(lead) == "recorded"
    columns, cells = _rate_table(ctx, lines, lead) if has_rates else _count_table(ctx, lines)
    kind = "rates" if has_rates else "counts"
    return TableBlock(
        key="regions",
        title=ctx.say(f"page_one.table_{kind}"),
        columns=(text_column("region", ctx.say("column.region"), 1.7), *columns),
        rows=tuple(
            (text_cell(line.label, see=region_place(line.code)), *row) for line, row in zip(lines, cells, strict=True)
        ),
        scope=ctx.phase_legend(),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=_table_notes(ctx),
        total_rows=tuple(i for i, line in enumerate(lines) if line.is_total),
        sheet_title=ctx.say("sheet.page_one"),
    )


def _table_notes(ctx: ReportContext) -> tuple[str, ...]:
    lead = ctx.lead_measure
    is_rated = ctx.state(lead) == "recorded"
    keys = ["page_one.note_regions_rates"] if is_rated else ["page_one.note_regions", "page_one.note_partial"]
    if ctx.public:
        keys.append("page_one.note_public")
    own = _rate_notes(ctx, lead) if is_rated else (ctx.say("page_one.note_lengths"),)
    measures = (lead,) if is_rated else _ACTIVITIES
    chart = (ctx.say("page_one.note_chart"),) if count_unphased(ctx, measures) else ()
    return (*(ctx.say(key) for key in keys), *own, *limit_notes(ctx, measures), *chart)


def _rate_notes(ctx: ReportContext, lead: Measure) -> tuple[str, ...]:
    """Return what to know of the columns of rates and activities: which rates are chance, which activities count."""
    notes = []
    label = ctx.measure_label(lead) if ctx.language == "de" else ctx.measure_label(lead).lower()
    last = ctx.phases_before[-1].key if ctx.phases_before else ""
    row = _phase_row(ctx, lead, TOTAL, last)
    if row is not None and row.per_year is not None and row.days:
        limit = format_decimal(_FEW / row.days * DAYS_PER_YEAR, ctx.language)
        notes.append(ctx.say("page_one.note_small", limit=limit, phase=last, measure=label))
    if all(ctx.state(measure) == "recorded" for measure in _ACTIVITIES):
        notes.append(ctx.say("page_one.note_activities", after=_activities_since(ctx)))
    return tuple(notes)


def _activities_since(ctx: ReportContext) -> str:
    rows = [_phase_row(ctx, measure, TOTAL, phase.key) for measure in _ACTIVITIES for phase in ctx.phases_after]
    n = sum(row.n or 0 for row in rows if row is not None)
    if not n:
        return ctx.say("page_one.activities_none")
    return ctx.say("page_one.activities_after", n=format_integer(n, ctx.language))


def page_one(ctx: ReportContext, heading: str) -> Section:
    """Return page 1 of the report."""
    blocks: list[Block] = [ListBlock(five_sentences(ctx), numbered=True, see=_SEE), page_one_table(ctx)]
    chart = yearly_chart(ctx, ctx.lead_measure, TOTAL, "page_one_yearly")
    if chart is not None:
        blocks.append(chart)
    return Section("page_one", heading, tuple(blocks), level=1)
