"""What reduced it and when: each measure from phase to phase, with no claim of cause."""

from vemas_analytics.model.document import Block, Cell, Paragraph, Section, TableBlock
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import LEAD_MEASURES
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_list
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.overview import known_measures
from vemas_analytics.reports.compose.readings import PhaseRow
from vemas_analytics.reports.compose.sentences import partial_words
from vemas_analytics.reports.compose.symbols import phase_count_cell


def step_sentence(ctx: ReportContext, measure: Measure, region: str = TOTAL) -> str:
    """Say the rate per year of each phase with its number, or what is documented where no rate may be given."""
    if ctx.state(measure) != "recorded":
        return partial_words(ctx, measure, region) if measure in LEAD_MEASURES else ""
    rated = [row for row in ctx.phase_rows(measure, region) if row.per_year is not None]
    if len(rated) < 2:
        return ""
    steps = [_step(ctx, row) for row in rated[1:]]
    return ctx.say(
        "course.sentence",
        measure=ctx.measure_label(measure),
        first=rated[0].phase,
        rate=format_decimal(rated[0].per_year or 0, ctx.language),
        n=format_integer(rated[0].n or 0, ctx.language),
        steps="; ".join(steps),
    )


def _step(ctx: ReportContext, row: PhaseRow) -> str:
    rate, n = format_decimal(row.per_year or 0.0, ctx.language), format_integer(row.n or 0, ctx.language)
    return ctx.say("course.step", phase=row.phase, rate=rate, n=n)


def count_sentence(ctx: ReportContext, measure: Measure) -> str:
    """Say how many there were in each phase, for what was stopped by decision; empty when nothing is known."""
    parts = [_count_words(ctx, row) for row in ctx.phase_rows(measure, TOTAL) if row.n is not None]
    if not parts:
        return ""
    return ctx.say("course.counts", measure=ctx.measure_label(measure), parts=format_list(parts, ctx.language))


def _count_words(ctx: ReportContext, row: PhaseRow) -> str:
    if row.n:
        return ctx.say("course.count_part", n=format_integer(row.n, ctx.language), phase=row.phase)
    is_after = row.phase in {phase.key for phase in ctx.phases_after}
    return ctx.say("course.count_suspended" if is_after else "course.count_none", phase=row.phase)


def _course_words(ctx: ReportContext, measure: Measure) -> str:
    """Return rates from phase to phase for what comes from outside, counts for what was decided."""
    if measure in RATE_MEASURES or ctx.state(measure) != "recorded":
        return step_sentence(ctx, measure)
    return count_sentence(ctx, measure)


def course_table(ctx: ReportContext) -> TableBlock:
    """Return all measures of the total by phase."""
    measures = known_measures(ctx)
    rows: list[tuple[Cell, ...]] = []
    for measure in measures:
        found = {row.phase: row for row in ctx.phase_rows(measure, TOTAL)}
        counts = (phase_count_cell(ctx, measure, found.get(p.key)) for p in ctx.panel.phases)
        rows.append((text_cell(measure_line(ctx, measure)), *counts))
    columns = [text_column("measure", ctx.say("column.measure"), 2.6)]
    columns += [number_column(f"n_{p.key}", p.key) for p in ctx.panel.phases]
    is_partial = any(ctx.state(measure) == "partial" for measure in measures)
    return TableBlock(
        key="course",
        title=ctx.say("course.table_title"),
        columns=tuple(columns),
        rows=tuple(rows),
        scope=ctx.phase_periods(),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("page_one.note_partial"),) if is_partial else (),
        sheet_title=ctx.say("sheet.course"),
        small=True,
    )


def measure_line(ctx: ReportContext, measure: Measure) -> str:
    """Return the label of a measure with its unit where that is not a number."""
    label = ctx.measure_label(measure)
    return ctx.say("measure_keur", measure=label) if measure.endswith("_eur") else label


def course_chapter(ctx: ReportContext) -> Section:
    """Return the chapter on phases."""
    measure = ctx.lead_measure
    blocks: list[Block] = []
    finding = ctx.finding("phases", measure, TOTAL)
    has_chart = finding is not None and ctx.state(measure) == "recorded" and bool(ctx.total_n(measure, TOTAL))
    worded: list[Measure] = [m for m in LEAD_MEASURES if ctx.total_n(m, TOTAL) and not (has_chart and m == measure)]
    if finding is not None and has_chart:
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
    blocks += [Paragraph(text) for text in (_course_words(ctx, item) for item in worded) if text]
    blocks.append(Paragraph(ctx.say("course.not_causal")))
    blocks.append(course_table(ctx))
    heading = ctx.say("course.heading" if ctx.state(measure) == "recorded" else "course.heading_partial")
    return Section("course", heading, tuple(blocks), page_break=True)
