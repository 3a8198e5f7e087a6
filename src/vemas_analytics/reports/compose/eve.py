"""Open on the eve of the stop: number, firms, value, age, and what became of it."""

from dataclasses import replace
from typing import Literal, TypeAlias

from vemas_analytics.model.document import Block, Cell, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import RUSSIA, TOTAL
from vemas_analytics.reports.compose.cells import (
    date_cell,
    integer_cell,
    keur_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.eve_words import eve_lead, sort_outcomes
from vemas_analytics.reports.compose.places import region_place
from vemas_analytics.reports.compose.readings import OpenCases, day, number, read_open_cases, records, text, whole
from vemas_analytics.reports.compose.symbols import missing_cell, open_value_cell

CaseMeasure: TypeAlias = Literal["offers", "inquiries"]
CASE_MEASURES: tuple[CaseMeasure, ...] = ("offers", "inquiries")

_LONGEST_LIST = 40
"""A longer list of open cases stands in the workbook only."""


def _optional(ctx: ReportContext, value: float | None) -> Cell:
    return symbol_cell("no_sense", ctx.language) if value is None else integer_cell(value, ctx.language)


def _case_cells(ctx: ReportContext, cases: OpenCases | None, region: str) -> tuple[Cell, ...]:
    if cases is None:
        return (missing_cell(ctx, region),) * 7
    known = symbol_cell("withheld", ctx.language) if ctx.public else integer_cell(cases.n_value_known, ctx.language)
    return (
        integer_cell(cases.n_open, ctx.language),
        _optional(ctx, cases.n_firms),
        open_value_cell(ctx, cases),
        known,
        _optional(ctx, cases.age_days_median),
        _optional(ctx, cases.age_days_max),
        integer_cell(cases.n_unknown, ctx.language),
    )


def open_codes(ctx: ReportContext, measure: CaseMeasure) -> tuple[str, ...]:
    """Return the regions with a line in the table of open cases, the total last."""
    found = {code: read_open_cases(ctx.finding("open_at_stop", measure, code)) for code in (*ctx.regions, RUSSIA)}
    return (*(code for code, cases in found.items() if cases and (cases.n_open or cases.n_unknown)), TOTAL)


def open_table(ctx: ReportContext, measure: CaseMeasure) -> TableBlock | None:
    """Return what was open on the eve by region; None where nothing of it was recorded."""
    found = {code: read_open_cases(ctx.finding("open_at_stop", measure, code)) for code in open_codes(ctx, measure)}
    if found[TOTAL] is None:
        return None
    codes = list(found)
    return TableBlock(
        key=f"open_{measure}",
        title=ctx.say("eve.table_title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("region", ctx.say("column.region"), 2.0),
            number_column("n_open", ctx.say("eve.column_open")),
            number_column("n_firms", ctx.say("eve.column_firms")),
            number_column("value", ctx.say("eve.column_value")),
            number_column("n_value_known", ctx.say("eve.column_known")),
            number_column("age_median", ctx.say("eve.column_age_median")),
            number_column("age_max", ctx.say("eve.column_age_max")),
            number_column("n_unknown", ctx.say("eve.column_unknown")),
        ),
        rows=tuple(
            (text_cell(ctx.region_short(code), see=region_place(code)), *_case_cells(ctx, found[code], code))
            for code in codes
        ),
        scope=ctx.say(f"eve.scope_{measure}", date=ctx.date(ctx.stop.effective_from)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("eve.note_firms"), ctx.say("eve.note_unknown"), ctx.say("page_one.note_regions")),
        total_rows=(len(codes) - 1,),
        sheet_title=ctx.say("sheet.open", measure=ctx.measure_short(measure)),
        small=True,
    )


def outcome_table(ctx: ReportContext, measure: CaseMeasure) -> TableBlock | None:
    """Return what became of the cases that were open on the eve."""
    rows = sort_outcomes(list(records(ctx.finding("open_outcome", measure, TOTAL))))
    if not rows:
        return None
    return TableBlock(
        key=f"outcome_{measure}",
        title=ctx.say("eve.outcome_title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("outcome", ctx.say("eve.column_outcome"), 2.0),
            number_column("n", ctx.say("column.n")),
            number_column("value", ctx.say("eve.column_value")),
            number_column("n_value_known", ctx.say("eve.column_known")),
        ),
        rows=tuple(
            (
                text_cell(ctx.say(f"outcome.{text(row['outcome'])}")),
                _optional(ctx, number(row["n"])),
                _value(ctx, number(row["value_eur"]), is_floor=row["n_value_known"] != row["n"]),
                _known(ctx, whole(row["n_value_known"])),
            )
            for row in rows
        ),
        scope=ctx.say("eve.outcome_scope", date=ctx.date(ctx.panel.as_of)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        sheet_title=ctx.say("sheet.outcome", measure=ctx.measure_short(measure)),
        small=True,
    )


def _value(ctx: ReportContext, value: float | None, *, is_floor: bool = False) -> Cell:
    if value is None:
        return symbol_cell("withheld" if ctx.public else "not_recorded", ctx.language)
    return keur_cell(value, ctx.language, at_least=is_floor)


def _known(ctx: ReportContext, n: int | None) -> Cell:
    if n is None:
        return symbol_cell("withheld" if ctx.public else "no_sense", ctx.language)
    return integer_cell(n, ctx.language)


def _listed(ctx: ReportContext, row: dict[str, Scalar]) -> tuple[Cell, ...]:
    date, value, age = day(row["date"]), number(row["value_eur"]), whole(row["age_days"])
    status = text(row["status"])
    return (
        text_cell(text(row["id"])),
        symbol_cell("not_recorded", ctx.language) if date is None else date_cell(date, ctx.language),
        text_cell(region_words(ctx, text(row["region"]))),
        text_cell(text(row["firm"])),
        text_cell(text(row["subject"])),
        _value(ctx, value),
        text_cell(ctx.say(f"outcome.{status}") if status else ""),
        _optional(ctx, age),
    )


def region_words(ctx: ReportContext, codes: str) -> str:
    """Return the short names of region codes joined by ``;``."""
    return ", ".join(ctx.region_short(code.strip()) for code in codes.split(";") if code.strip())


def open_list_table(ctx: ReportContext, measure: CaseMeasure) -> TableBlock | None:
    """Return the list of open cases, internal edition only."""
    rows = list(records(ctx.finding("open_list", measure, TOTAL)))
    if not rows:
        return None
    return TableBlock(
        key=f"open_list_{measure}",
        title=ctx.say("eve.list_title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("id", ctx.say("column.id"), 1.0),
            text_column("date", ctx.say("column.date"), 1.1),
            text_column("region", ctx.say("column.region"), 1.4),
            text_column("firm", ctx.say("column.firm"), 2.0),
            text_column("subject", ctx.say("column.subject"), 2.2),
            number_column("value", ctx.say("eve.column_value"), 0.9),
            text_column("status", ctx.say("eve.column_status"), 1.2),
            number_column("age", ctx.say("eve.column_age"), 0.8),
        ),
        rows=tuple(_listed(ctx, row) for row in rows),
        scope=ctx.say("eve.list_scope", date=ctx.date(ctx.stop.effective_from)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        sheet_title=ctx.say("sheet.open_list", measure=ctx.measure_short(measure)),
        small=True,
    )


def eve_chapter(ctx: ReportContext) -> Section:
    """Return the chapter on what was open on the eve of the stop."""
    lead, unknown = eve_lead(ctx)
    blocks: list[Block] = [Paragraph(lead, tone="message")]
    offers, inquiries = (open_table(ctx, measure) for measure in CASE_MEASURES)
    tables: list[TableBlock | None] = [offers, outcome_table(ctx, "offers")]
    tables += [_only(inquiries, "xlsx" if offers is not None else "both"), outcome_table(ctx, "inquiries")]
    tables += [_only(open_list_table(ctx, measure), "xlsx") for measure in CASE_MEASURES]
    blocks += [table for table in tables if table is not None]
    # how an offer value is to be read is said where one is shown
    parts = [part for part in (unknown, "" if ctx.public else ctx.say("eve.reading")) if part]
    if len(blocks) > 1 and parts:
        blocks.insert(1, Paragraph(" ".join(parts)))
    return Section("eve", ctx.say("eve.heading"), tuple(blocks), page_break=True)


def _only(table: TableBlock | None, place: Literal["pdf", "xlsx", "both"]) -> TableBlock | None:
    if table is None or place == "both":
        return table
    key = table.key if place == "xlsx" else f"{table.key}_page"
    return replace(table, key=key, places=frozenset({place}))


def open_inquiries_page(ctx: ReportContext) -> TableBlock | None:
    """Return the open inquiries by region for the annex; the chapter itself shows the offers."""
    return None if open_table(ctx, "offers") is None else _only(open_table(ctx, "inquiries"), "pdf")


def open_list_pages(ctx: ReportContext) -> tuple[TableBlock, ...]:
    """Return the lists of single open cases for the confidential annex; a long one stands in the workbook only."""
    found = (_only(open_list_table(ctx, measure), "pdf") for measure in CASE_MEASURES)
    return tuple(table for table in found if table is not None and len(table.rows) <= _LONGEST_LIST)
