"""Records with their source rows, for the workbook of the internal edition: text as plain text, dates as dates."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

import numpy as np
import pandas as pd

from vemas_analytics.model.document import Cell, Column, RecordsSheet
from vemas_analytics.model.links import named_once
from vemas_analytics.model.names import TABLES, Measure, TableName
from vemas_analytics.model.periods import NO_DAY, possible_days
from vemas_analytics.model.tables import COLUMNS
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.counting_rows import SCOPES, Scope, flag_columns

MOST_RECORDS: Final = 50_000
"""Rows of records in one workbook; a table that finds no room is pointed to instead."""

LEFT_OUT: Final = frozenset({"person_key"})
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
    return Cell(found, f"{found:.2f}", "decimal", digits=2)


def _converter(ctx: ReportContext, column: str, series: "pd.Series[Any]") -> Callable[[object], Cell]:
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        return _date_cell
    if _is_number(series):
        return _number_cell
    words: dict[str, str] = {}

    def as_text(value: object) -> Cell:
        raw = value.isoformat() if isinstance(value, dt.date) else str(value)
        if raw not in words:
            words[raw] = coded_words(ctx, column, raw)
        return Cell(words[raw], words[raw], "text")

    return as_text


def coded_words(ctx: ReportContext, column: str, raw: str) -> str:
    """Return the word that stands in the sheet for a code of a column."""
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


def _flag_column(ctx: ReportContext, name: str) -> Column:
    for scope in SCOPES:
        start = f"in_{scope}"
        if name == start:
            return number_column(name, ctx.texts.text(f"records.column.{name}"))
        if name.startswith(f"{start}_"):
            label = ctx.measure_short(cast(Measure, name.removeprefix(f"{start}_")))
            general = ctx.texts.text(f"records.column.{start}")
            return number_column(name, ctx.texts.text("records.column.in_measure", column=general, measure=label))
    message = f"{name} marks no rows"
    raise ValueError(message)


def last_days(frame: "pd.DataFrame", column: str) -> "pd.Series[Any]":
    """Return the last day that each date of a column can mean, missing where the date is."""
    until = possible_days(frame, column)[1]
    days = np.where(until == NO_DAY, np.datetime64("NaT", "D"), (until - 1).astype("datetime64[D]"))
    return pd.Series(days.astype("datetime64[us]"))


def offer_days(ctx: ReportContext) -> dict[str, "pd.Series[Any]"]:
    """Return for each inquiry when the first and the last offer that names it was made, up to the reference date.

    Of an imprecise date the first offer takes the last possible day, the last offer the first possible day: what lies
    before a day for certain, and what lies after it for certain, can be told from them.
    """
    inquiries, offers = ctx.tables.inquiries, ctx.tables.offers
    days = pd.DataFrame(
        {
            "id": offers["inquiry_id"].astype("string"),
            "on": offers["offered_on"],
            "until": last_days(offers, "offered_on"),
        }
    )
    named = days[days["id"].notna() & (days["on"] <= pd.Timestamp(ctx.panel.as_of))].groupby("id")
    own = inquiries["inquiry_id"].astype("string")
    found = {"first_offer_until": named["until"].min(), "last_offer_on": named["on"].max()}
    single = named_once(inquiries)
    return {key: pd.Series(series.reindex(own).to_numpy()).where(single) for key, series in found.items()}


@dataclass(frozen=True, slots=True)
class TableRecords:
    """One table's sheet of records and, for recounting, the columns by which each measure counts distinct records."""

    table: TableName
    sheet: RecordsSheet
    n: int
    flags: Mapping[tuple[Measure, Scope], str]


def table_records(ctx: ReportContext, table: TableName, small_regions: frozenset[str]) -> TableRecords:
    """Return the records of one table with file, sheet and row, and the columns that recounting needs."""
    frame = ctx.tables.frame(table)
    dates = {info.date_column for info in read_measures().values() if info.table == table} | {"closed_on"}
    names = [name for name in COLUMNS[table] if name not in LEFT_OUT and name in frame.columns]
    marks, chosen = flag_columns(frame, table, small_regions)
    columns: list[tuple[Column, list[Cell]]] = []
    asked = offer_days(ctx) if table == "inquiries" else {}
    for name in names:
        if name == "source_file":
            columns += [(_column(ctx, key, days), _cells(ctx, key, days)) for key, days in asked.items()]
            columns += [
                (_flag_column(ctx, key), [Cell(int(mark), str(int(mark)), "integer") for mark in flags.tolist()])
                for key, flags in marks.items()
            ]
        columns.append((_column(ctx, name, frame[name]), _cells(ctx, name, frame[name])))
        date = name.removesuffix("_precision")
        if date != name and date in dates:
            series = last_days(frame, date)
            columns.append((_column(ctx, f"{date}_until", series), _cells(ctx, f"{date}_until", series)))
    sheet = RecordsSheet(
        key=records_key(table),
        title=_title(ctx, table),
        columns=tuple(column for column, _ in columns),
        rows=tuple(zip(*(cells for _, cells in columns), strict=True)),
        note=ctx.texts.text("records.note_offers" if asked else "records.note"),
    )
    return TableRecords(table, sheet, len(frame), chosen)


def records_key(table: TableName) -> str:
    """Return the key of a table's sheet of records."""
    return f"records_{table}"


def records_file(table: TableName) -> str:
    """Return the name of the file that holds the records of a table which find no room in the workbook."""
    return f"{table}.parquet"


def _title(ctx: ReportContext, table: TableName) -> str:
    return ctx.texts.text("records.title", table=ctx.say(f"table.{table}"))


def _pointer(ctx: ReportContext, table: TableName, n: int) -> TableRecords:
    """Return the sheet that says where the records are that find no room."""
    say = ctx.texts.text
    most = format_integer(MOST_RECORDS, ctx.language)
    sheet = RecordsSheet(
        key=records_key(table),
        title=_title(ctx, table),
        columns=(
            number_column("n", say("records.pointer.n")),
            text_column("file", say("records.pointer.file")),
            text_column("command", say("records.pointer.command")),
        ),
        rows=(
            (
                Cell(n, format_integer(n, ctx.language), "integer"),
                text_cell(records_file(table)),
                text_cell(say("records.pointer.command_text")),
            ),
        ),
        note=say("records.pointer.note", n=format_integer(n, ctx.language), most=most),
        is_pointer=True,
    )
    return TableRecords(table, sheet, n, MappingProxyType({}))


def all_records(ctx: ReportContext, small_regions: frozenset[str]) -> tuple[TableRecords, ...]:
    """Return the records of all four tables, as far as `MOST_RECORDS` leaves room; none in the public edition.

    Parameters
    ----------
    ctx : ReportContext
    small_regions : frozenset of str
        Regions that one line of page 1 has together.
    """
    if ctx.public:
        return ()
    room, found = MOST_RECORDS, []
    for table in TABLES:
        n = len(ctx.tables.frame(table))
        if n > room:
            found.append(_pointer(ctx, table, n))
        elif n:
            found.append(table_records(ctx, table, small_regions))
            room -= n
    return tuple(found)
