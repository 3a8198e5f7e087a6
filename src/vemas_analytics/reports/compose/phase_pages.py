"""Counts by region and phase for the page: the lines of page 1, small regions together; the workbook has them all."""

from collections.abc import Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.names import Measure
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.page_one import RegionLine, lines_of_regions
from vemas_analytics.reports.compose.symbols import phase_count_cell, phase_rate_cell
from vemas_analytics.reports.compose.tables import phase_notes, unit_words

ACTIVITIES: tuple[Measure, ...] = ("trips", "forums")


def _lines(ctx: ReportContext, measures: Sequence[Measure]) -> list[RegionLine]:
    """Return the lines with any record of these measures, and the total."""
    return [
        line
        for line in lines_of_regions(ctx)
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


def activity_page(ctx: ReportContext) -> TableBlock | None:
    """Return trips and forums by region and phase in one table; None when nothing of them was counted."""
    lines = _lines(ctx, ACTIVITIES)
    if len(lines) < 2:
        return None
    columns = [text_column("region", ctx.say("column.region"), 2.2)]
    for measure in ACTIVITIES:
        group = ctx.say("page_one.number", measure=ctx.measure_short(measure))
        columns += [number_column(f"{measure}_{phase.key}", phase.key, 1.0, group) for phase in ctx.panel.phases]
    is_partial = any(ctx.state(measure) == "partial" for measure in ACTIVITIES)
    return TableBlock(
        key="phases_activities_page",
        title=ctx.say("phases.activities_title"),
        columns=tuple(columns),
        rows=tuple(
            (text_cell(line.label), *(cell for measure in ACTIVITIES for cell in _counts(ctx, measure, line.code)))
            for line in lines
        ),
        scope=ctx.phase_periods(),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(
            ctx.say("phases.activities_note"),
            ctx.say("page_one.note_regions"),
            *((ctx.say("page_one.note_partial"),) if is_partial else ()),
        ),
        total_rows=(len(lines) - 1,),
        places=frozenset({"pdf"}),
        small=True,
    )
