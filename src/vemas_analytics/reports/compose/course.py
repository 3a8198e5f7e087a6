"""What reduced it and when: each measure from phase to phase, with no claim of cause."""

import itertools

from vemas_analytics.model.document import Block, Cell, Paragraph, Section, TableBlock
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import LEAD_MEASURES
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.change_words import change_percent
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.overview import known_measures
from vemas_analytics.reports.compose.readings import FEW_EVENTS, PhaseRow
from vemas_analytics.reports.compose.sentences import partial_words
from vemas_analytics.reports.compose.symbols import phase_count_cell, phase_rate_cell


def step_sentence(ctx: ReportContext, measure: Measure, region: str = TOTAL) -> str:
    """Say from phase to phase how the rate per year went, or what is documented where no rate may be given."""
    if ctx.state(measure) != "recorded":
        return partial_words(ctx, measure, region) if measure in LEAD_MEASURES else ""
    rated = [row for row in ctx.phase_rows(measure, region) if row.per_year is not None]
    if len(rated) < 2:
        return ""
    steps = [_step(ctx, earlier, later) for earlier, later in itertools.pairwise(rated)]
    return ctx.say(
        "course.sentence",
        measure=ctx.measure_label(measure),
        first=rated[0].phase,
        rate=format_decimal(rated[0].per_year or 0, ctx.language),
        steps="; ".join(steps),
    )


def _step(ctx: ReportContext, earlier: PhaseRow, later: PhaseRow) -> str:
    before, after = earlier.per_year or 0.0, later.per_year or 0.0
    rate = format_decimal(after, ctx.language)
    n = (earlier.n or 0) + (later.n or 0)
    if n < FEW_EVENTS or not earlier.n or not later.n:
        return ctx.say("course.step_plain", phase=later.phase, rate=rate, n=format_integer(later.n or 0, ctx.language))
    return ctx.say("course.step", phase=later.phase, rate=rate, change=change_percent(after / before, ctx.language))


def course_table(ctx: ReportContext) -> TableBlock:
    """Return all measures of the total by phase."""
    measures = known_measures(ctx)
    count_group, rate_group = ctx.say("column.group_count"), ctx.say("column.group_rate")
    rows: list[tuple[Cell, ...]] = []
    for measure in measures:
        found = {row.phase: row for row in ctx.phase_rows(measure, TOTAL)}
        counts = [phase_count_cell(ctx, measure, found.get(p.key)) for p in ctx.panel.phases]
        rates = (
            [phase_rate_cell(ctx, found.get(p.key)) for p in ctx.panel.phases]
            if measure in RATE_MEASURES
            else [text_cell("") for _ in ctx.panel.phases]
        )
        rows.append((text_cell(measure_line(ctx, measure)), *counts, *rates))
    has_rates = any(measure in RATE_MEASURES and ctx.state(measure) == "recorded" for measure in measures)
    columns = [text_column("measure", ctx.say("column.measure"), 2.6)]
    columns += [number_column(f"n_{p.key}", p.key, 1.0, count_group) for p in ctx.panel.phases]
    if has_rates:
        columns += [number_column(f"rate_{p.key}", p.key, 1.0, rate_group) for p in ctx.panel.phases]
    width = len(columns)
    return TableBlock(
        key="course",
        title=ctx.say("course.table_title"),
        columns=tuple(columns),
        rows=tuple(_without_blanks(ctx, row[:width]) for row in rows),
        scope=ctx.phase_periods(),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("course.note_rates"),) if has_rates else (ctx.say("page_one.note_partial"),),
        sheet_title=ctx.say("sheet.course"),
        small=True,
    )


def _without_blanks(ctx: ReportContext, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    mark = ctx.texts.text("symbols.mark.no_sense")
    return tuple(cell if cell.text else Cell(None, mark, "symbol") for cell in row)


def measure_line(ctx: ReportContext, measure: Measure) -> str:
    """Return the label of a measure with its unit where that is not a number."""
    label = ctx.measure_label(measure)
    return ctx.say("measure_keur", measure=label) if measure.endswith("_eur") else label


def course_chapter(ctx: ReportContext) -> Section:
    """Return the chapter on phases."""
    measure = ctx.lead_measure
    others: list[Measure] = [item for item in LEAD_MEASURES if item != measure and ctx.total_n(item, TOTAL)]
    blocks: list[Block] = []
    finding = ctx.finding("phases", measure, TOTAL)
    if finding is not None and ctx.state(measure) == "recorded" and ctx.total_n(measure, TOTAL):
        change = ctx.finding("before_after", measure, TOTAL, "phase_II")
        blocks.append(
            chart_ref(
                ctx,
                "course_phases",
                "phase_columns",
                [finding] if change is None else [finding, change],
                title=ctx.say("course.chart_title", measure=ctx.measure_label(measure)),
                message=step_sentence(ctx, measure) or ctx.say("trend.too_short"),
                height_mm=55,
            )
        )
    blocks += [Paragraph(text) for text in (step_sentence(ctx, item) for item in others) if text]
    blocks.append(course_table(ctx))
    blocks.append(Paragraph(ctx.say("course.not_causal")))
    return Section("course", ctx.say("course.heading"), tuple(blocks), page_break=True)
