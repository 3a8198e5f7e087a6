"""Tables of the annual review: the year against the year before and the five before, by region and by month."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from vemas_analytics.model.document import Cell, Column, NativeChart, TableBlock
from vemas_analytics.model.names import MEASURES, RUSSIA, TOTAL, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_month_name
from vemas_analytics.reports.compose.annual.readings import YearFigure, read_year_figure
from vemas_analytics.reports.compose.annual.words import is_suspended, year_sentence
from vemas_analytics.reports.compose.cells import (
    decimal_cell,
    keur_cell,
    marked_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.change_words import change_percent
from vemas_analytics.reports.compose.context import SUSPENDED_MEASURES, ReportContext
from vemas_analytics.reports.compose.course import measure_line
from vemas_analytics.reports.compose.readings import FEW_EVENTS, number, records, whole
from vemas_analytics.reports.compose.symbols import amount_cell, missing_cell
from vemas_analytics.reports.compose.tables import unit_words

_ON_PAGE: frozenset[Measure] = frozenset({"trips", "forums", "inquiries", "offers", "orders"})
"""Measures with a table by region on the page; the workbook has them all."""

_COUNT_OF: dict[Measure, Measure] = {
    "inquiry_value_eur": "inquiries",
    "offer_value_eur": "offers",
    "order_value_eur": "orders",
}
"""What an amount is the amount of."""

MONTHLY: tuple[Measure, ...] = ("inquiries", "offers", "trips", "forums")


def is_unfinished(ctx: ReportContext, year: int) -> bool:
    """Tell whether a year was not over at the reference date: its figures are provisional."""
    return ctx.panel.as_of < dt.date(year, 12, 31)


def is_revised(ctx: ReportContext, measure: Measure, region: str, item: int, year: int) -> bool:
    """Tell whether the report before the review of ``year`` had another figure; the public edition does not compare."""
    finding = None if ctx.public else ctx.finding("revisions", "figures", TOTAL, str(year))
    return any((row["measure"], row["region"], row["year"]) == (measure, region, item) for row in records(finding))


def value_cell(
    ctx: ReportContext, measure: Measure, value: float | None, state: str, year: int, *, revised: bool = False
) -> Cell:
    """Return a year's value: at least so many, suspended, or not recorded where that is so.

    The figures of a year that is not over are provisional, whatever an earlier report said.
    """
    cell = _plain_value_cell(ctx, measure, value, state, year)
    if is_unfinished(ctx, year):
        return marked_cell(cell, "provisional", ctx.language)
    return marked_cell(cell, "revised", ctx.language) if revised else cell


def _plain_value_cell(ctx: ReportContext, measure: Measure, value: float | None, state: str, year: int) -> Cell:
    if value is None or (state != "recorded" and not value):
        return symbol_cell("not_recorded", ctx.language)
    if not value and is_suspended(ctx, measure, year):
        return symbol_cell("suspended", ctx.language)
    return amount_cell(ctx, measure, value, at_least=state != "recorded")


def _is_few(ctx: ReportContext, measure: Measure, region: str, year: int) -> bool:
    """Tell whether an amount rests on fewer than five cases in both years together."""
    counted = _COUNT_OF.get(measure)
    figure = None if counted is None else read_year_figure(ctx, counted, region, year)
    return figure is not None and (figure.value or 0) + (figure.previous or 0) < FEW_EVENTS


def _change_cell(ctx: ReportContext, measure: Measure, figure: YearFigure, year: int, region: str) -> Cell:
    both = figure.state == figure.previous_state == "recorded"
    if not both or not figure.previous or figure.value is None or figure.previous + figure.value < FEW_EVENTS:
        return symbol_cell("no_sense", ctx.language)
    if not figure.value and is_suspended(ctx, measure, year):
        return symbol_cell("no_sense", ctx.language)
    if not figure.value:
        return Cell(None, ctx.say("change.to_none_cell"), "interval")
    if _is_few(ctx, measure, region, year):
        return symbol_cell("no_sense", ctx.language)
    ratio = figure.value / figure.previous
    return Cell(ratio - 1, change_percent(ratio, ctx.language), "percent")


def mean_cell(ctx: ReportContext, measure: Measure, value: float | None) -> Cell:
    """Return a mean over years, with one decimal for counts."""
    if value is None:
        return symbol_cell("not_recorded", ctx.language)
    if read_measures()[measure].unit == "eur":
        return keur_cell(value, ctx.language)
    return decimal_cell(value, ctx.language)


def _bound_cell(ctx: ReportContext, measure: Measure, value: float | None) -> Cell:
    return symbol_cell("not_recorded", ctx.language) if value is None else amount_cell(ctx, measure, value)


def _figure_cells(
    ctx: ReportContext, measure: Measure, figure: YearFigure | None, year: int, region: str
) -> tuple[Cell, ...]:
    if figure is None:
        return (missing_cell(ctx, region),) * 6

    def differs(item: int) -> bool:
        return is_revised(ctx, measure, region, item, year)

    return (
        value_cell(ctx, measure, figure.value, figure.state, year, revised=differs(year)),
        value_cell(ctx, measure, figure.previous, figure.previous_state, year - 1, revised=differs(year - 1)),
        _change_cell(ctx, measure, figure, year, region),
        mean_cell(ctx, measure, figure.mean5),
        _bound_cell(ctx, measure, figure.min5),
        _bound_cell(ctx, measure, figure.max5),
    )


def _figure_columns(ctx: ReportContext, year: int) -> tuple[Column, ...]:
    group = ctx.texts.text("annual.column.five_years", first=year - 5, last=year - 1)
    return (
        number_column("value", str(year), 1.0),
        number_column("previous", str(year - 1), 1.0),
        number_column("change", ctx.texts.text("annual.column.change"), 1.1),
        number_column("mean5", ctx.texts.text("annual.column.mean"), 1.0, group),
        number_column("min5", ctx.texts.text("annual.column.low"), 1.0, group),
        number_column("max5", ctx.texts.text("annual.column.high"), 1.0, group),
    )


def known_in_year(ctx: ReportContext, year: int) -> tuple[Measure, ...]:
    """Return the measures of which the year or the years before it tell anything."""
    found = []
    for measure in MEASURES:
        figure = read_year_figure(ctx, measure, TOTAL, year)
        if figure is not None and (figure.value or figure.previous or figure.mean5):
            found.append(measure)
    return tuple(found)


def year_table(ctx: ReportContext, year: int) -> TableBlock:
    """Return all measures of the year, total of the programme."""
    rows = tuple(
        (
            text_cell(measure_line(ctx, measure)),
            *_figure_cells(ctx, measure, read_year_figure(ctx, measure, TOTAL, year), year, TOTAL),
        )
        for measure in known_in_year(ctx, year)
    )
    return TableBlock(
        key="annual_measures",
        title=ctx.texts.text("annual.table.measures", year=year),
        columns=(text_column("measure", ctx.say("column.measure"), 2.8), *_figure_columns(ctx, year)),
        rows=rows,
        scope=ctx.texts.text("annual.table.scope", year=year),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=_year_notes(ctx, year),
        sheet_title=ctx.texts.text("annual.sheet.measures"),
    )


def _year_notes(ctx: ReportContext, year: int) -> tuple[str, ...]:
    notes = [ctx.texts.text("annual.table.note_mean"), ctx.texts.text("annual.table.note_change")]
    if year >= ctx.stop.effective_from.year:
        notes.append(ctx.texts.text("annual.table.note_suspended", stop=ctx.date(ctx.stop.effective_from)))
    return tuple(notes)


def _value_unit(ctx: ReportContext, measure: Measure) -> str:
    """Return the unit under a chart's title; a number needs none."""
    return unit_words(ctx, measure) if read_measures()[measure].unit == "eur" else ""


def year_regions(ctx: ReportContext, measure: Measure, year: int) -> tuple[str, ...]:
    """Return the regions with a line in the table of a measure: those of which anything is known, the total last."""
    figures = {code: read_year_figure(ctx, measure, code, year) for code in (*ctx.regions, RUSSIA)}
    known = (code for code, item in figures.items() if item is not None and (item.value or item.previous or item.max5))
    return (*known, TOTAL)


def region_table(ctx: ReportContext, measure: Measure, year: int) -> TableBlock | None:
    """Return one measure of the year by region."""
    codes = year_regions(ctx, measure, year)
    if len(codes) < 2:
        return None
    figures = {code: read_year_figure(ctx, measure, code, year) for code in codes}
    label = ctx.measure_label(measure)
    title = ctx.texts.text("annual.table.regions", measure=label, year=year)
    return TableBlock(
        key=f"annual_{measure}",
        title=title,
        columns=(text_column("region", ctx.say("column.region"), 2.2), *_figure_columns(ctx, year)),
        rows=tuple(
            (text_cell(ctx.region_short(code)), *_figure_cells(ctx, measure, figures[code], year, code))
            for code in codes
        ),
        scope=ctx.texts.text("annual.table.region_scope", unit=unit_words(ctx, measure), year=year),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(read_measures()[measure].definition[ctx.language], ctx.say("page_one.note_regions")),
        total_rows=(len(codes) - 1,),
        chart=NativeChart(
            kind="bar",
            title=title,
            category="region",
            series=("previous", "value"),
            alt=ctx.say("chart.alt", title=title, message=year_sentence(ctx, measure, year)),
            y_title=_value_unit(ctx, measure),
            dark=("value",),
        ),
        sheet_title=ctx.texts.text("annual.sheet.regions", measure=ctx.measure_short(measure)),
        small=True,
    )


def _month_label(ctx: ReportContext, month: int) -> str:
    return format_month_name(dt.date(2000, month, 1), ctx.language)


def _month_cell(ctx: ReportContext, measure: Measure, n: float | None, month: dt.date, *, at_least: bool) -> Cell:
    if n is None or (at_least and not n):
        return symbol_cell("not_recorded", ctx.language)
    if not n and measure in SUSPENDED_MEASURES and month >= ctx.stop.effective_from:
        return symbol_cell("suspended", ctx.language)
    return amount_cell(ctx, measure, n, at_least=at_least)


def _month_rows(ctx: ReportContext, measure: Measure, year: int) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    is_partial = ctx.state(measure) == "partial"
    for row in records(ctx.finding("annual_months", measure, TOTAL, str(year))):
        cells = [text_cell(_month_label(ctx, whole(row["month"]) or 1))]
        for name in ("value", "previous"):
            n = number(row[name])
            month = dt.date(year if name == "value" else year - 1, whole(row["month"]) or 1, 1)
            cells.append(_month_cell(ctx, measure, n, month, at_least=is_partial))
        cells.append(mean_cell(ctx, measure, number(row["mean5"])))
        rows.append(tuple(cells))
    return rows


def month_table(ctx: ReportContext, measure: Measure, year: int) -> TableBlock | None:
    """Return one measure of the year by month, total of the programme."""
    rows = _month_rows(ctx, measure, year)
    if not rows or all(cell.kind == "symbol" for row in rows for cell in row[1:]):
        return None
    title = ctx.texts.text("annual.table.months", measure=ctx.measure_label(measure), year=year)
    return TableBlock(
        key=f"annual_months_{measure}",
        title=title,
        columns=(
            text_column("month", ctx.texts.text("annual.column.month"), 1.5),
            number_column("value", str(year)),
            number_column("previous", str(year - 1)),
            number_column("mean5", ctx.texts.text("annual.column.mean5", first=year - 5, last=year - 1)),
        ),
        rows=tuple(rows),
        scope=ctx.texts.text("annual.table.month_scope", unit=unit_words(ctx, measure)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        chart=NativeChart(
            kind="column",
            title=title,
            category="month",
            series=("previous", "value"),
            alt=ctx.say("chart.alt", title=title, message=year_sentence(ctx, measure, year)),
            y_title=_value_unit(ctx, measure),
            dark=("value",),
        ),
        sheet_title=ctx.texts.text("annual.sheet.months", measure=ctx.measure_short(measure)),
        places=frozenset({"xlsx"}),
        small=True,
    )


def region_tables(ctx: ReportContext, measure: Measure, year: int) -> list[TableBlock]:
    """Return a measure by region for the workbook and, for some measures, its regions with cases for the page."""
    table = region_table(ctx, measure, year)
    if table is None:
        return []
    in_book = replace(table, places=frozenset({"xlsx"}))
    if measure not in _ON_PAGE:
        return [in_book]
    rows = [row for row in table.rows[:-1] if any(cell.value for cell in row[1:3])]
    left_out = (ctx.texts.text("annual.table.note_page"),) if len(rows) < len(table.rows) - 1 else ()
    page = replace(
        table,
        key=f"{table.key}_page",
        rows=(*rows, table.rows[-1]),
        notes=(*table.notes, *left_out),
        total_rows=(len(rows),),
        chart=None,
        places=frozenset({"pdf"}),
    )
    return [page, in_book]


def tables_of(measures: Sequence[Measure], ctx: ReportContext, year: int) -> list[TableBlock]:
    """Return the tables by region and by month of several measures, as far as there is anything to show."""
    found: list[TableBlock | None] = []
    for measure in measures:
        found += region_tables(ctx, measure, year)
        if measure in MONTHLY:
            found.append(month_table(ctx, measure, year))
    return [table for table in found if table is not None]
