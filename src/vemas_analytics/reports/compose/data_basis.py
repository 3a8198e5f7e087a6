"""Data basis: how long each list was kept, what was taken over, what agrees, and what is in no region's total."""

from dataclasses import replace

from vemas_analytics.model.document import Block, Cell, FactsBlock, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import TABLES, TOTAL
from vemas_analytics.reports.compose.cells import (
    date_cell,
    number_column,
    percent_cell,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.corrections import correction_counts, correction_table
from vemas_analytics.reports.compose.data_pages import ledger_page, outside_page, problem_page
from vemas_analytics.reports.compose.data_tables import (
    control_sentence,
    control_table,
    ledger_sentence,
    ledger_table,
    optional_count,
    outside_table,
    problem_table,
)
from vemas_analytics.reports.compose.data_words import quality_share, recording_words
from vemas_analytics.reports.compose.readings import day, records, text


def _optional_date(ctx: ReportContext, value: Scalar) -> Cell:
    found = day(value)
    return symbol_cell("no_sense", ctx.language) if found is None else date_cell(found, ctx.language)


def _coverage_rows(ctx: ReportContext) -> list[dict[str, Scalar]]:
    return [row for table in TABLES for row in records(ctx.finding("coverage", table, TOTAL))]


def coverage_table(ctx: ReportContext) -> TableBlock:
    """Return how far each list was kept, and on whose word."""
    rows: list[tuple[Cell, ...]] = []
    for row in _coverage_rows(ctx):
        confirmed = text(row["confirmed_by"])
        basis = confirmed or ctx.say("coverage.basis_declared" if row["declared"] else "coverage.basis_inferred")
        state = text(row["state"])
        rows.append(
            (
                text_cell(ctx.say(f"table.{text(row['table'])}")),
                text_cell(ctx.say(f"coverage.state_{state}")),
                _optional_date(ctx, row["start"]),
                _last_day(ctx, row["end"]),
                symbol_cell("no_sense", ctx.language) if state == "not_recorded" else text_cell(basis),
                optional_count(ctx, row["n_records"]),
                _optional_date(ctx, row["first_record"]),
                _optional_date(ctx, row["last_record"]),
            )
        )
    return TableBlock(
        key="coverage",
        title=ctx.say("coverage.title"),
        columns=(
            text_column("table", ctx.say("column.table"), 1.6),
            text_column("state", ctx.say("coverage.column_state"), 1.3),
            text_column("start", ctx.say("column.from"), 1.0),
            text_column("end", ctx.say("column.to"), 1.0),
            text_column("confirmed_by", ctx.say("coverage.column_basis"), 1.8),
            number_column("n_records", ctx.say("coverage.column_n"), 0.9),
            text_column("first_record", ctx.say("coverage.column_first"), 1.0),
            text_column("last_record", ctx.say("coverage.column_last"), 1.0),
        ),
        rows=tuple(rows),
        scope=ctx.say("coverage.scope", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("coverage.note"),),
        sheet_title=ctx.say("sheet.coverage"),
        small=True,
    )


def _last_day(ctx: ReportContext, value: Scalar) -> Cell:
    """Return the last day inside a half-open period."""
    found = day(value)
    if found is None:
        return symbol_cell("no_sense", ctx.language)
    return date_cell(found.fromordinal(found.toordinal() - 1), ctx.language)


def quality_table(ctx: ReportContext) -> TableBlock | None:
    """Return the shares that say how complete the counts are."""
    names = ("share_set_aside", "share_without_region")
    shares = [(name, quality_share(ctx, name)) for name in names]
    rows = [
        (text_cell(ctx.say(f"quality.{name}")), percent_cell(s, ctx.language, digits=1))
        for name, s in shares
        if s is not None
    ]
    if not rows:
        return None
    return TableBlock(
        key="quality",
        title=ctx.say("quality.title"),
        columns=(text_column("what", ctx.say("column.measure"), 3.0), number_column("share", ctx.say("quality.share"))),
        rows=tuple(rows),
        sheet_title=ctx.say("sheet.quality"),
        places=frozenset({"xlsx"}),
        small=True,
    )


def stop_facts(ctx: ReportContext) -> FactsBlock:
    """Return the four dates of the stop, kept apart, with authority and document."""
    stop, unknown = ctx.stop, ctx.say("stop.not_stated")
    source = ((ctx.say("stop.fact_source"), stop.source),) if stop.source else ()
    return FactsBlock(
        (
            (ctx.say("stop.fact_event"), ctx.date(stop.event_on)),
            (ctx.say("stop.fact_order"), ctx.date(stop.ordered_on) if stop.ordered_on else unknown),
            (ctx.say("stop.fact_notice"), ctx.date(stop.notified_on) if stop.notified_on else unknown),
            (ctx.say("stop.fact_effect"), ctx.date(stop.effective_from)),
            (ctx.say("stop.fact_authority"), stop.authority or unknown),
            (ctx.say("stop.fact_document"), stop.document or unknown),
            *source,
        )
    )


def _in_workbook(table: TableBlock | None) -> TableBlock | None:
    return None if table is None else replace(table, places=frozenset({"xlsx"}))


def data_basis_chapter(ctx: ReportContext) -> Section:
    """Return the chapter on the data basis."""
    words = recording_words(ctx)
    blocks: list[Block] = []
    findings = [f for f in (ctx.finding("coverage", table, TOTAL) for table in TABLES) if f is not None]
    if findings:
        blocks.append(
            chart_ref(
                ctx,
                "coverage_bars",
                "coverage_bars",
                findings,
                title=ctx.say("coverage.chart_title"),
                message=ctx.say("coverage.summary", lists=words),
                height_mm=16 + 9.0 * len(findings),
                options={"labels": {f.key: ctx.say(f"table.{f.measure}") for f in findings}},
            )
        )
        blocks.append(coverage_table(ctx))
    blocks.append(stop_facts(ctx))
    blocks += [Paragraph(words) for words in (ledger_sentence(ctx), control_sentence(ctx)) if words]
    tables = (
        outside_page(ctx),
        ledger_page(ctx),
        control_table(ctx),
        problem_page(ctx),
        correction_table(ctx),
        correction_counts(ctx),
        *(_in_workbook(table) for table in (outside_table(ctx), ledger_table(ctx), problem_table(ctx))),
        quality_table(ctx),
    )
    blocks += [table for table in tables if table is not None]
    return Section("data_basis", ctx.say("data_basis.heading"), tuple(blocks), page_break=True)
