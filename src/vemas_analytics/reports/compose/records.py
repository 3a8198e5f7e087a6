"""Records with their source rows, for the workbook of the internal edition: text as plain text, dates as dates."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from vemas_analytics.model.document import Cell, Column, RecordsSheet
from vemas_analytics.model.names import TABLES, TableName
from vemas_analytics.model.tables import COLUMNS
from vemas_analytics.reports.compose.cells import number_column, text_column
from vemas_analytics.reports.compose.context import ReportContext

MOST_RECORDS: Final = 50_000
"""Records per table in the workbook; a longer table is cut, and the sheet says so."""

_LEFT_OUT: Final = frozenset({"person_key"})
"""Persons stay out of the workbook, even as numbers."""

_CODED: Final = frozenset(
    {
        "subject_kind",
        "channel",
        "status",
        "direction",
        "kind",
        "organiser_group",
        "forum_status",
        "side",
        "attended",
        "companies_bound",
        "persons_bound",
    }
)


def _is_number(series: "pd.Series[Any]") -> bool:
    return bool(pd.api.types.is_numeric_dtype(series.dtype))


def _date_cell(value: object) -> Cell:
    day = pd.Timestamp(value).date()  # type: ignore[arg-type]
    return Cell(day, day.isoformat(), "date")


def _number_cell(value: object) -> Cell:
    found = float(value)  # type: ignore[arg-type]
    if found == round(found):
        return Cell(round(found), str(round(found)), "integer")
    return Cell(found, f"{found:.2f}", "decimal")


def _converter(ctx: ReportContext, column: str, series: "pd.Series[Any]") -> Callable[[object], Cell]:
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return _date_cell
    if _is_number(series):
        return _number_cell
    words: dict[str, str] = {}

    def as_text(value: object) -> Cell:
        raw = value.isoformat() if isinstance(value, dt.date) else str(value)
        if raw not in words:
            words[raw] = _coded_words(ctx, column, raw)
        return Cell(words[raw], words[raw], "text")

    return as_text


def _coded_words(ctx: ReportContext, column: str, raw: str) -> str:
    if column == "region":
        return ctx.region_short(raw)
    for key in (f"codes.{column}_{raw}", f"codes.precision_{raw}" if column.endswith("_precision") else ""):
        if key and (column in _CODED or column.endswith("_precision")) and f"records.{key}" in ctx.texts:
            return ctx.texts.text(f"records.{key}")
    return raw


def _cells(ctx: ReportContext, column: str, series: "pd.Series[Any]") -> list[Cell]:
    convert = _converter(ctx, column, series)
    missing = series.isna().to_numpy()
    empty = Cell(None, "", "text")
    return [empty if gone else convert(value) for value, gone in zip(series.tolist(), missing, strict=True)]


def _column(ctx: ReportContext, name: str, series: "pd.Series[Any]") -> Column:
    header = ctx.texts.text(f"records.column.{name}")
    return number_column(name, header) if _is_number(series) else text_column(name, header)


def records_sheet(ctx: ReportContext, table: TableName) -> RecordsSheet | None:
    """Return the records of one table with file, sheet and row; None when there are none."""
    frame = ctx.tables.frame(table)
    if frame.empty:
        return None
    names = [name for name in COLUMNS[table] if name not in _LEFT_OUT and name in frame.columns]
    cut = frame[names].head(MOST_RECORDS)
    columns = [_cells(ctx, name, cut[name]) for name in names]
    title = ctx.texts.text("records.title", table=ctx.say(f"table.{table}"))
    note = ctx.texts.text("records.note_cut" if len(frame) > MOST_RECORDS else "records.note")
    return RecordsSheet(
        key=f"records_{table}",
        title=title,
        columns=tuple(_column(ctx, name, cut[name]) for name in names),
        rows=tuple(zip(*columns, strict=True)),
        note=note,
    )


def records_sheets(ctx: ReportContext) -> tuple[RecordsSheet, ...]:
    """Return the records of all four tables; none in the public edition."""
    if ctx.public:
        return ()
    sheets = (records_sheet(ctx, table) for table in TABLES)
    return tuple(sheet for sheet in sheets if sheet is not None)
