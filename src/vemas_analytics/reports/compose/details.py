"""Annexes with tables: what the chapters leave out, and lists of single cases for the internal edition only."""

from dataclasses import replace

from vemas_analytics.model.document import Block, Cell, ChartRef, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reports.compose.activities import activity_list_page
from vemas_analytics.reports.compose.cells import date_cell, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change import regional_pages
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.eve import open_inquiries_page, open_list_pages, region_words
from vemas_analytics.reports.compose.phase_pages import case_page
from vemas_analytics.reports.compose.readings import day, records, text, whole

_LATE_MEASURES: tuple[Measure, ...] = ("inquiries", "offers", "trips", "forums")
_LONGEST_LIST = 60
"""A longer list stands in the workbook only."""


def details_chapter(ctx: ReportContext) -> Section | None:
    """Return the annex of tables: rates and changes by region, open inquiries, all activities; None without any."""
    tables: list[TableBlock | ChartRef | None] = [
        case_page(ctx, measure)
        for measure in RATE_MEASURES
        if ctx.state(measure) == "recorded" and ctx.total_n(measure, TOTAL)
    ]
    tables += [*regional_pages(ctx), open_inquiries_page(ctx), activity_list_page(ctx)]
    found = [table for table in tables if table is not None]
    if not found:
        return None
    return Section("details", ctx.say("details.heading"), tuple(found), page_break=True)


def confidential_chapter(ctx: ReportContext) -> Section | None:
    """Return the lists of single cases: open on the eve, and dated after the stop for review.

    None in the public edition, and where there is nothing to list.
    """
    if ctx.public:
        return None
    late = late_table(ctx)
    tables = [*open_list_pages(ctx)]
    if late is not None:
        on_page = len(late.rows) <= _LONGEST_LIST
        tables.append(late if on_page else replace(late, places=frozenset({"xlsx"})))
    if not tables:
        return None
    blocks: list[Block] = [Paragraph(ctx.say("confidential.warning"), tone="warning"), *tables]
    return Section("confidential", ctx.say("confidential.heading"), tuple(blocks), page_break=True)


def late_table(ctx: ReportContext) -> TableBlock | None:
    """Return every record dated after the stop with columns for the note of its review; None without any."""
    listed = [
        (measure, row)
        for measure in _LATE_MEASURES
        for row in records(ctx.finding("after_stop", measure, TOTAL))
        if ctx.state(measure) != "not_recorded"
    ]
    if not listed:
        return None
    return TableBlock(
        key="after_stop",
        title=ctx.say("late.title"),
        columns=(
            text_column("list", ctx.say("column.table"), 1.0),
            text_column("date", ctx.say("column.date"), 1.1),
            text_column("id", ctx.say("column.id"), 1.3),
            text_column("region", ctx.say("column.region"), 1.3),
            text_column("firm", ctx.say("late.who"), 1.9),
            text_column("status", ctx.say("column.status"), 1.1),
            text_column("place", ctx.say("late.place"), 2.8),
            text_column("review", ctx.say("late.review"), 1.1),
            text_column("reviewed_by", ctx.say("late.reviewed_by"), 1.2),
        ),
        rows=tuple(_late_cells(ctx, measure, row) for measure, row in listed),
        scope=ctx.say("late.scope", date=ctx.date(ctx.stop.effective_from)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("late.note"),),
        sheet_title=ctx.say("sheet.late"),
        small=True,
    )


def _late_cells(ctx: ReportContext, measure: Measure, row: dict[str, Scalar]) -> tuple[Cell, ...]:
    date = day(row["date"])
    missing = symbol_cell("not_recorded", ctx.language)
    return (
        text_cell(ctx.measure_short(measure)),
        missing if date is None else date_cell(date, ctx.language),
        text_cell(text(row["id"])) if text(row["id"]) else missing,
        text_cell(region_words(ctx, text(row["region"])) or ctx.say("column.not_stated")),
        text_cell(text(row["firm"])) if text(row["firm"]) else missing,
        text_cell(_status(ctx, text(row["status"]))) if text(row["status"]) else missing,
        text_cell(
            ctx.say("late.source", file=text(row["file"]), sheet=text(row["sheet"]), row=whole(row["row"]))
            if text(row["sheet"])
            else ctx.say("late.source_file", file=text(row["file"]), row=whole(row["row"]))
        ),
        text_cell(ctx.say("late.open")),
        missing,
    )


def _status(ctx: ReportContext, status: str) -> str:
    """Return the word for a status, of a case or of an activity."""
    for key in (f"outcome.{status}", f"status.{status}"):
        if f"report.{key}" in ctx.texts:
            return ctx.say(key)
    return status
