"""Data basis: how long each list was kept, what was taken over, what agrees, and what is in no region's total."""

from dataclasses import replace

from vemas_analytics.model.document import Block, Cell, FactsBlock, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import SET_ASIDE_REASONS, TABLES, TOTAL
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_percent
from vemas_analytics.reference.regions import country_name
from vemas_analytics.reports.compose.cells import (
    date_cell,
    integer_cell,
    number_column,
    percent_cell,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.corrections import correction_counts, correction_table
from vemas_analytics.reports.compose.data_pages import (
    fault_words,
    ledger_page,
    outside_notes,
    outside_page,
    problem_page,
    table_name,
)
from vemas_analytics.reports.compose.data_words import quality_share, recording_words
from vemas_analytics.reports.compose.readings import day, number, records, text, whole


def _optional_date(ctx: ReportContext, value: Scalar) -> Cell:
    found = day(value)
    return symbol_cell("no_sense", ctx.language) if found is None else date_cell(found, ctx.language)


def _optional_count(ctx: ReportContext, value: Scalar) -> Cell:
    found = whole(value)
    return symbol_cell("no_sense", ctx.language) if found is None else integer_cell(found, ctx.language)


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
                _optional_count(ctx, row["n_records"]),
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


def ledger_table(ctx: ReportContext) -> TableBlock | None:
    """Return the account of rows: read, kept, set aside by reason, a line per list."""
    rows = list(records(ctx.finding("ledger", "ledger", TOTAL)))
    if not rows:
        return None
    counted = ("rows_read", "rows_kept", "rows_set_aside", *SET_ASIDE_REASONS)
    lines = [
        (
            text_cell(text(row["file"])),
            text_cell(text(row["sheet"])),
            text_cell(table_name(ctx, text(row["table"]))),
            *(integer_cell(whole(row[name]) or 0, ctx.language) for name in counted),
        )
        for row in rows
    ]
    sums = [sum(whole(row[name]) or 0 for row in rows) for name in counted]
    lines.append(
        (
            text_cell(ctx.say("region.ALL")),
            text_cell(""),
            text_cell(""),
            *(integer_cell(n, ctx.language) for n in sums),
        )
    )
    return TableBlock(
        key="ledger",
        title=ctx.say("ledger.title"),
        columns=(
            text_column("file", ctx.say("column.file"), 2.2),
            text_column("sheet", ctx.say("column.sheet"), 1.3),
            text_column("table", ctx.say("column.table"), 1.3),
            number_column("rows_read", ctx.say("ledger.rows_read"), 0.8),
            number_column("rows_kept", ctx.say("ledger.rows_kept"), 0.8),
            number_column("rows_set_aside", ctx.say("ledger.rows_set_aside"), 0.8),
            *(
                number_column(name, ctx.say(f"ledger.{name}"), 0.8, ctx.say("ledger.of_which"))
                for name in SET_ASIDE_REASONS
            ),
        ),
        rows=tuple(lines),
        scope=ctx.say("ledger.scope"),
        notes=(ctx.say("ledger.note"),),
        total_rows=(len(lines) - 1,),
        sheet_title=ctx.say("sheet.ledger"),
        small=True,
    )


def ledger_sentence(ctx: ReportContext) -> str:
    """Say how many rows were read, kept and set aside."""
    rows = list(records(ctx.finding("ledger", "ledger", TOTAL)))
    if not rows:
        share = quality_share(ctx, "share_set_aside")
        return "" if share is None else ctx.say("ledger.share_only", share=format_percent(share, ctx.language, 1))
    read, kept = (sum(whole(row[name]) or 0 for row in rows) for name in ("rows_read", "rows_kept"))
    return ctx.count(
        "ledger.sentence",
        read,
        kept=format_integer(kept, ctx.language),
        aside=format_integer(read - kept, ctx.language),
    )


def control_table(ctx: ReportContext) -> TableBlock | None:
    """Return the lists' own sums and head counts against the recount."""
    rows = list(records(ctx.finding("control_totals", "controls", TOTAL)))
    if not rows:
        return None
    return TableBlock(
        key="control_totals",
        title=ctx.say("controls.title"),
        columns=(
            text_column("file", ctx.say("column.file"), 2.2),
            text_column("sheet", ctx.say("column.sheet"), 1.3),
            number_column("row", ctx.say("column.row"), 0.6),
            text_column("column", ctx.say("controls.column"), 1.3),
            number_column("stated", ctx.say("controls.stated"), 1.0),
            number_column("recounted", ctx.say("controls.recounted"), 1.0),
            text_column("agrees", ctx.say("controls.agrees"), 0.9),
        ),
        rows=tuple(
            (
                text_cell(text(row["file"])),
                text_cell(text(row["sheet"])),
                _optional_count(ctx, row["row"]),
                text_cell(text(row["column"])),
                _plain_number(ctx, row["stated"]),
                _plain_number(ctx, row["recounted"]),
                text_cell(ctx.say("yes" if row["agrees"] else "no")),
            )
            for row in rows
        ),
        scope=ctx.say("controls.scope"),
        sheet_title=ctx.say("sheet.controls"),
        small=True,
    )


def _plain_number(ctx: ReportContext, value: Scalar) -> Cell:
    found = number(value)
    if found is None:
        return symbol_cell("no_sense", ctx.language)
    if found == round(found):
        return integer_cell(found, ctx.language)
    return Cell(found, format_decimal(found, ctx.language, 2), "decimal")


def control_sentence(ctx: ReportContext) -> str:
    """Say how many of the lists' own sums agree with the recount."""
    rows = list(records(ctx.finding("control_totals", "controls", TOTAL)))
    if not rows:
        return ""
    agree = sum(bool(row["agrees"]) for row in rows)
    if len(rows) == 1:
        return ctx.say("controls.one_agrees" if agree else "controls.one_differs")
    n = format_integer(len(rows), ctx.language)
    return ctx.say("controls.sentence", n=n, agree=format_integer(agree, ctx.language))


def outside_table(ctx: ReportContext) -> TableBlock | None:
    """Return what is in no region's total: without region, refused, abroad, too coarsely dated."""
    rows = list(records(ctx.finding("outside_totals", "outside", TOTAL)))
    if not rows:
        return None
    return TableBlock(
        key="outside_totals",
        title=ctx.say("outside.title"),
        columns=(
            text_column("reason", ctx.say("column.reason"), 2.4),
            text_column("detail", ctx.say("outside.detail"), 1.2),
            text_column("table", ctx.say("column.table"), 1.3),
            number_column("n", ctx.say("column.n"), 0.7),
        ),
        rows=tuple(
            (
                text_cell(ctx.say(f"outside.{text(row['reason'])}")),
                text_cell(country_name(text(row["detail"]), ctx.language)),
                text_cell(table_name(ctx, text(row["table"]))),
                _n_or_withheld(ctx, row["n"]),
            )
            for row in rows
        ),
        scope=ctx.say("outside.scope"),
        notes=outside_notes(ctx, rows),
        sheet_title=ctx.say("sheet.outside"),
        small=True,
    )


def _n_or_withheld(ctx: ReportContext, value: Scalar) -> Cell:
    found = whole(value)
    return symbol_cell("withheld", ctx.language) if found is None else integer_cell(found, ctx.language)


def problem_table(ctx: ReportContext) -> TableBlock | None:
    """Return how often each kind of fault was met."""
    rows = list(records(ctx.finding("problem_counts", "problems", TOTAL)))
    if not rows:
        return None
    return TableBlock(
        key="problem_counts",
        title=ctx.say("problems.title"),
        columns=(
            text_column("what", ctx.say("problems.what"), 3.2),
            text_column("severity", ctx.say("problems.severity"), 1.2),
            text_column("table", ctx.say("column.table"), 1.4),
            number_column("n", ctx.say("column.n"), 0.7),
            text_column("code", ctx.say("problems.code"), 1.8),
        ),
        rows=tuple(
            (
                text_cell(fault_words(ctx, text(row["code"]))),
                text_cell(ctx.say(f"severity.{text(row['severity'])}")),
                text_cell(table_name(ctx, text(row["table"]))),
                integer_cell(whole(row["n"]) or 0, ctx.language),
                text_cell(text(row["code"])),
            )
            for row in rows
        ),
        scope=ctx.say("problems.scope"),
        sheet_title=ctx.say("sheet.problems"),
        small=True,
    )


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
