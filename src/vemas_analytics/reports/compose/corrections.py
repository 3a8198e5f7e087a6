"""Corrections of the source data: which cell, from what to what, why, on whose word, confirmed by whom."""

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reports.compose.cells import (
    date_cell,
    integer_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.data_pages import table_name
from vemas_analytics.reports.compose.readings import day, records, text, whole


def correction_table(ctx: ReportContext) -> TableBlock | None:
    """Return every corrected cell with reason and both persons; the public edition has no such finding."""
    rows = list(records(ctx.finding("corrections", "corrections", TOTAL)))
    if not rows:
        return None
    return TableBlock(
        key="corrections",
        title=ctx.say("corrections.title"),
        columns=(
            text_column("place", ctx.say("corrections.place"), 2.4),
            text_column("column", ctx.say("corrections.column"), 1.2),
            text_column("old", ctx.say("corrections.old"), 1.2),
            text_column("new", ctx.say("corrections.new"), 1.2),
            text_column("reason", ctx.say("corrections.reason"), 2.0),
            text_column("date", ctx.say("corrections.date"), 1.0),
            text_column("by", ctx.say("corrections.by"), 1.2),
            text_column("countersigned", ctx.say("corrections.countersigned"), 1.3),
        ),
        rows=tuple(
            (
                text_cell(_place(ctx, row)),
                text_cell(text(row["column"])),
                text_cell(text(row["old"]) or ctx.say("corrections.empty")),
                text_cell(text(row["new"]) or ctx.say("corrections.empty")),
                text_cell(text(row["reason"])),
                _date(ctx, row["date"]),
                text_cell(text(row["by"]) or ctx.say("corrections.none")),
                text_cell(text(row["countersigned"]) or ctx.say("corrections.none")),
            )
            for row in rows
        ),
        scope=ctx.say("corrections.scope"),
        notes=(ctx.say("corrections.note"),),
        sheet_title=ctx.say("corrections.sheet"),
        small=True,
    )


def correction_counts(ctx: ReportContext) -> TableBlock | None:
    """Return how many cells of each list were corrected; stands where the corrections themselves are withheld."""
    rows = list(records(ctx.finding("correction_counts", "corrections", TOTAL)))
    if not rows or ctx.edition == "intern":
        return None
    return TableBlock(
        key="correction_counts",
        title=ctx.say("corrections.count_title"),
        columns=(
            text_column("table", ctx.say("column.table"), 2.0),
            number_column("n", ctx.say("corrections.count"), 1.0),
            number_column("n_countersigned", ctx.say("corrections.count_signed"), 1.0),
        ),
        rows=tuple(
            (
                text_cell(table_name(ctx, text(row["table"]))),
                integer_cell(whole(row["n"]) or 0, ctx.language),
                integer_cell(whole(row["n_countersigned"]) or 0, ctx.language),
            )
            for row in rows
        ),
        scope=ctx.say("corrections.scope"),
        sheet_title=ctx.say("corrections.sheet_counts"),
        small=True,
    )


def _place(ctx: ReportContext, row: dict[str, Scalar]) -> str:
    file, sheet, number = text(row["file"]), text(row["sheet"]), str(whole(row["row"]) or "")
    if sheet:
        return ctx.say("corrections.sheet_row", file=file, sheet=sheet, row=number)
    return ctx.say("corrections.row", file=file, row=number)


def _date(ctx: ReportContext, value: Scalar) -> Cell:
    found = day(value)
    return symbol_cell("no_sense", ctx.language) if found is None else date_cell(found, ctx.language)
