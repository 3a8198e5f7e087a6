"""The account of rows in full, as the workbook shows it: ledger, control totals, what is outside, faults."""

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import SET_ASIDE_REASONS, TOTAL
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_percent
from vemas_analytics.reference.regions import country_name
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.data_pages import fault_words, outside_notes, table_name
from vemas_analytics.reports.compose.data_words import quality_share
from vemas_analytics.reports.compose.readings import number, records, text, whole


def optional_count(ctx: ReportContext, value: Scalar) -> Cell:
    """Return a count, ``x`` where there is none."""
    found = whole(value)
    return symbol_cell("no_sense", ctx.language) if found is None else integer_cell(found, ctx.language)


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
                optional_count(ctx, row["row"]),
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
    return Cell(found, format_decimal(found, ctx.language, 2), "decimal", digits=2)


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
