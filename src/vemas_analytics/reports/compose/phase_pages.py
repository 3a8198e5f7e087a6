"""Counts by region and phase for the page: the lines of page 1, or each region where page 1 joins small ones."""

from collections.abc import Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_list
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.page_one import RegionLine, lines_of_regions
from vemas_analytics.reports.compose.phase_limits import limit_notes
from vemas_analytics.reports.compose.symbols import phase_count_cell, phase_rate_cell
from vemas_analytics.reports.compose.tables import phase_notes, unit_words

ACTIVITIES: tuple[Measure, ...] = ("trips", "forums")


def _lines(ctx: ReportContext, measures: Sequence[Measure], *, each: bool = False) -> list[RegionLine]:
    """Return the lines with any record of these measures, and the total."""
    return [
        line
        for line in lines_of_regions(ctx, each=each)
        if line.is_total or any(ctx.total_n(measure, line.code) for measure in measures)
    ]


def _counts(ctx: ReportContext, measure: Measure, code: str) -> list[Cell]:
    found = {row.phase: row for row in ctx.phase_rows(measure, code)}
    return [phase_count_cell(ctx, measure, found.get(phase.key), code) for phase in ctx.panel.phases]


def _rates(ctx: ReportContext, measure: Measure, code: str) -> list[Cell]:
    found = {row.phase: row for row in ctx.phase_rows(measure, code)}
    return [phase_rate_cell(ctx, found.get(phase.key), code) for phase in ctx.panel.phases]


def case_page(ctx: ReportContext, measure: Measure) -> TableBlock:
    """Return inquiries or offers by region and phase: counts, and rates per year where the list was kept."""
    lines = _lines(ctx, (measure,))
    with_rates = measure in RATE_MEASURES and ctx.state(measure) == "recorded"
    count_group, rate_group = ctx.say("column.group_count"), ctx.say("column.group_rate")
    columns = [text_column("region", ctx.say("column.region"), 2.2)]
    columns += [number_column(f"n_{phase.key}", phase.key, 1.0, count_group) for phase in ctx.panel.phases]
    if with_rates:
        columns += [number_column(f"rate_{phase.key}", phase.key, 1.0, rate_group) for phase in ctx.panel.phases]
    return TableBlock(
        key=f"phases_{measure}_page",
        title=ctx.say("phases.title", measure=ctx.measure_label(measure)),
        columns=tuple(columns),
        rows=tuple(
            (
                text_cell(line.label),
                *_counts(ctx, measure, line.code),
                *(_rates(ctx, measure, line.code) if with_rates else ()),
            )
            for line in lines
        ),
        scope=ctx.say("phases.scope", unit=unit_words(ctx, measure), phases=ctx.phase_periods()),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=phase_notes(ctx, measure),
        total_rows=(len(lines) - 1,),
        places=frozenset({"pdf"}),
        small=True,
    )


def counts_page(ctx: ReportContext) -> TableBlock | None:
    """Return inquiries, offers, trips and forums by region and phase side by side; None when nothing was counted."""
    measures: list[Measure] = [m for m in (*RATE_MEASURES, *ACTIVITIES) if ctx.total_n(m, TOTAL)]
    lines = _lines(ctx, measures, each=not ctx.public)
    if len(lines) < 2:
        return None
    columns = [text_column("region", ctx.say("column.region"), 2.2)]
    for measure in measures:
        group = ctx.measure_short(measure)
        columns += [number_column(f"{measure}_{phase.key}", phase.key, 0.8, group) for phase in ctx.panel.phases]
    return TableBlock(
        key="phases_page",
        title=ctx.say("phases.counts_title", measures=_named(ctx, measures)),
        columns=tuple(columns),
        rows=tuple(
            (text_cell(line.label), *(cell for measure in measures for cell in _counts(ctx, measure, line.code)))
            for line in lines
        ),
        scope=ctx.say("phases.scope", unit=ctx.say("unit.count"), phases=ctx.phase_periods()),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=_counts_notes(ctx, measures),
        total_rows=(len(lines) - 1,),
        places=frozenset({"pdf"}),
        small=True,
    )


def _named(ctx: ReportContext, measures: Sequence[Measure]) -> str:
    """Return the measures as a title lists them: in English only the first with a capital."""
    names = [ctx.measure_short(measure) for measure in measures]
    capitals = len(names) if ctx.language == "de" else 1
    return format_list([*names[:capitals], *(name.lower() for name in names[capitals:])], ctx.language)


def _counts_notes(ctx: ReportContext, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return what a reader must know of all columns, each thing once."""
    notes = [ctx.say("phases.activities_note")] if any(measure in ACTIVITIES for measure in measures) else []
    notes.append(ctx.say("page_one.note_regions"))
    if any(ctx.state(measure) == "partial" for measure in measures):
        notes.append(ctx.say("page_one.note_partial"))
    return (*notes, *limit_notes(ctx, measures))
