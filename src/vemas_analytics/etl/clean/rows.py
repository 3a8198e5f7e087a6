"""The rows of one list, read field by field; every rule used and every fault found is written down."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vemas_analytics.etl.clean.records import CleaningRules, Place
from vemas_analytics.etl.parse.cells import as_text, is_blank, is_missing, said
from vemas_analytics.etl.parse.counts import CountKind, CountReading, read_count
from vemas_analytics.etl.parse.date_reading import DateReading, coarsen, single_date
from vemas_analytics.etl.parse.dates import find_day_orders, read_date, told_by_file
from vemas_analytics.etl.parse.persons import MASK
from vemas_analytics.etl.parse.regions import NO_REGION, RegionReading, read_region
from vemas_analytics.model.names import PRECISIONS, Precision, SetAsideReason
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import CellValue, Fact, RawColumn, RawRow, RawTable
from vemas_analytics.reference.problems import read_problem_texts
from vemas_analytics.reference.words import fold, read_words

PERSON_FIELDS = frozenset({"person_name", "first_name", "last_name"})
_NAMES_NOTHING = frozenset(
    {"number", "precision", "period", "ignore", "status", "currency", "attended", "companies_bound", "persons_bound"}
)
_HOME = frozenset({"DE"})
_ERROR_VALUE = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|WERT!|BEZUG!|NV)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of one field, row by row, and the header that stood above each of them."""

    values: Sequence[CellValue]
    headers: Sequence[str]

    def __bool__(self) -> bool:
        """Tell whether the list has such a column at all."""
        return bool(self.headers)


class RowReader:
    """Reads the columns of one list and keeps account of problems and rejected rows.

    Parameters
    ----------
    raw : RawTable
        Must be recognised as a table; its structural rows are left alone.
    rules : CleaningRules
    """

    def __init__(self, raw: RawTable, rules: CleaningRules) -> None:
        self.raw = raw
        self.rules = rules
        self.rows: tuple[RawRow, ...] = tuple(row for row in raw.rows if row.structural is None)
        self.problems: list[Problem] = []
        self.set_aside: dict[int, SetAsideReason] = {}
        self.abroad: list[tuple[int, str, str]] = []
        self._table = raw.table or ""
        self._readings: dict[str, RegionReading] = {}
        self._year = _only_year(raw.sheet) or _only_year(raw.file.rsplit("/", 1)[-1])

    def place(self, row: RawRow) -> Place:
        """Return where a row stands."""
        return Place(self.raw.file, self.raw.sheet, row.number)

    def has(self, *fields: str) -> bool:
        """Tell whether the list has a column of any of these fields."""
        return any(column.field in fields for column in self.raw.columns)

    def cells(self, *fields: str) -> ColumnCells:
        """Return the cells of a field (or the first filled one of several), row by row."""
        columns = [column for field in fields for column in self.raw.columns if column.field == field]
        if not columns:
            return ColumnCells((None,) * len(self.rows), ())
        if len(columns) == 1:
            index, header = columns[0].index, columns[0].header
            only = [row.cells[index] if index < len(row.cells) else None for row in self.rows]
            return ColumnCells([None if is_blank(cell) else cell for cell in only], [header] * len(only) or [header])
        values: list[CellValue] = []
        headers: list[str] = []
        for row in self.rows:
            value, header = None, columns[0].header
            for column in columns:
                cell = row.cells[column.index] if column.index < len(row.cells) else None
                if not is_blank(cell):
                    value, header = cell, column.header
                    break
            values.append(value)
            headers.append(header)
        return ColumnCells(values, headers or [column.header for column in columns])

    def note(self, code: str, row: int | None, column: str = "", value: CellValue = "", **params: str) -> None:
        """Write down a problem; its severity is that of the code."""
        severity = read_problem_texts()[code].severity
        text = as_text(value)
        masked = MASK if text and self._is_person_column(column) else text
        self.problems.append(
            Problem(code, severity, self._table, self.raw.file, self.raw.sheet, row, column, masked, params)
        )

    def reject(self, code: str, row: RawRow, column: str = "", value: CellValue = "", **params: str) -> None:
        """Set a row aside as rejected, once, with its reason."""
        if row.number not in self.set_aside:
            self.set_aside[row.number] = "rejected"
            self.note(code, row.number, column, value, **params)

    def send_abroad(self, row: RawRow, column: str, text: str, country: str) -> None:
        """Set a row aside because its place lies outside the federal subjects."""
        if row.number not in self.set_aside:
            self.set_aside[row.number] = "out_of_scope"
            self.abroad.append((row.number, country, text))
            self.note("out_of_scope", row.number, column, text, country=country)

    def reject_empty(self, id_fields: Sequence[str], date_fields: Sequence[str]) -> None:
        """Reject the rows that name nothing beyond a number, a date or a status."""
        silent = _NAMES_NOTHING | set(id_fields) | set(date_fields)
        speaking = [column.index for column in self.raw.columns if column.field and column.field not in silent]
        for row in self.rows:
            if not any(index < len(row.cells) and _says_something(row.cells[index]) for index in speaking):
                self.reject("names_nothing", row)

    def note_columns(self) -> None:
        """Write down columns known by their cells or not at all, merged cells read for several rows, error values."""
        header_row = self.raw.header_rows[-1] if self.raw.header_rows else None
        for column in self.raw.columns:
            cells = self._cells_below(column)
            if column.field is None:
                if column.header.strip() and not all(is_blank(cell) for _, cell in cells):
                    self.note("column_not_recognised", header_row, column.header)
            elif column.by_content:
                self.note("column_by_content", header_row, column.header, filled=column.field)
            elif column.field != "ignore":
                for number, cell in cells:
                    if isinstance(cell, str) and cell[:1] == "#" and _ERROR_VALUE.fullmatch(cell.strip()):
                        self.note("error_cells", number, column.header, cell)
        headers = {column.index: column.header for column in self.raw.columns}
        for area in self.raw.spread:
            rows = {"first": str(area.first_row), "last": str(area.last_row)}
            self.note("merged_cell_spread", area.first_row, headers[area.column], area.value, **rows)

    def _cells_below(self, column: RawColumn) -> Iterator[tuple[int, CellValue]]:
        index = column.index
        return ((row.number, row.cells[index]) for row in self.rows if index < len(row.cells))

    def texts(self, *fields: str) -> list[str | None]:
        """Return a text column: one line per cell, missing where it says nothing."""
        return [_text(value) for value in self.cells(*fields).values]

    def identifiers(self, *fields: str) -> list[str]:
        """Return the identifiers of the rows, '' where missing."""
        return [text or "" for text in self.texts(*fields)]

    def dates(
        self, *fields: str, required: bool, ranges: bool = False, may_be_empty: bool = False
    ) -> list[DateReading]:
        """Return a date column; a row without a required date is rejected.

        Parameters
        ----------
        required : bool
            The date of the record itself, to which an explicit precision column belongs.
        ranges : bool
            Keep the end of a range; otherwise its first day stands for it.
        may_be_empty : bool
            Do not reject a row because its date is missing (one that cannot be read still rejects it).
        """
        column = self.cells(*fields)
        orders = find_day_orders(column.values)
        by_file = not orders
        order = self.raw.day_order if not orders else orders.pop() if len(orders) == 1 else None
        stated = self._stated_precisions() if required else {}
        readings: list[DateReading] = []
        for at, (row, value) in enumerate(zip(self.rows, column.values, strict=True)):
            reading = read_date(value, order, self._year, ends="end_on" in fields, epoch_1904=self.raw.epoch_1904)
            if by_file:
                reading = told_by_file(reading)
            if not ranges:
                reading = single_date(reading)
            if row.number in stated:
                reading = coarsen(reading, stated[row.number])
            if not (may_be_empty and reading.fault == "missing"):
                self._account_for_date(row, column.headers[at] if column else "", value, reading, required=required)
            readings.append(reading)
        return readings

    def _account_for_date(
        self, row: RawRow, header: str, value: CellValue, reading: DateReading, *, required: bool
    ) -> None:
        if reading.fault is None:
            for rule in dict.fromkeys(reading.rules):
                self.note(rule, row.number, header, value, taken=shown_date(reading))
        elif required:
            self.reject(f"date_{reading.fault}", row, header, value)
        elif reading.fault != "missing":
            self.note(f"other_date_{reading.fault}", row.number, header, value)

    def _stated_precisions(self) -> dict[int, Precision]:
        column = self.cells("precision")
        vocabulary, known = read_words()["precision"], {precision: precision for precision in PRECISIONS}
        codes = (
            (row.number, vocabulary.code(as_text(value))) for row, value in zip(self.rows, column.values, strict=True)
        )
        return {number: known[code] for number, code in codes if code in known}

    def counts(self, *fields: str) -> list[CountReading]:
        """Return a column of head counts: of ``companies``, else of persons."""
        column = self.cells(*fields)
        kind: CountKind = "companies" if "companies" in fields else "persons"
        readings: list[CountReading] = []
        for at, (row, value) in enumerate(zip(self.rows, column.values, strict=True)):
            reading = read_count(value, kind, column.headers[at] if column else "")
            if reading.fault == "unreadable":
                self.note("count_unreadable", row.number, column.headers[at], value)
            for rule in reading.rules:
                self.note(rule, row.number, column.headers[at], value, taken=str(reading.value))
            readings.append(reading)
        return readings

    def codes(self, field: str, vocabulary: str = "", aliases: Mapping[str, str] | None = None) -> list[str | None]:
        """Return a coded column by its vocabulary; a word that is not known leaves the value missing."""
        name = vocabulary or field
        own = {fold(text): code for text, code in (aliases or {}).items()}
        column = self.cells(field)
        codes: list[str | None] = []
        for at, (row, value) in enumerate(zip(self.rows, column.values, strict=True)):
            text = as_text(value)
            code = None
            if text:
                code = self._code_of(text, name, own, row.number, column.headers[at])
            codes.append(code)
        return codes

    def _code_of(self, text: str, name: str, own: Mapping[str, str], row: int, column: str) -> str | None:
        words = read_words()[name]
        known = own.get(fold(text), text)
        code = words.code(known) or words.code_within(known)
        if code is None and known in words.exact.values():
            code = known
        if code is None:
            code = words.code_at_start(known)
            if code is not None:
                self.note("word_note_dropped", row, column, text, taken=code, field=name)
        if code is None and not is_missing(text):
            self.note("word_unknown", row, column, text)
        return code

    def regions(self, *fields: str) -> list[RegionReading]:
        """Return a region column; rows whose place lies abroad are set aside."""
        column = self.cells(*fields)
        readings: list[RegionReading] = []
        for at, (row, value) in enumerate(zip(self.rows, column.values, strict=True)):
            text = as_text(value)
            reading = self.region_of(text)
            if text:
                self.account_for_region(row, column.headers[at], text, reading)
            readings.append(reading)
        return readings

    def region_of(self, text: str) -> RegionReading:
        """Return the regions a text names, with the organisation's own spellings."""
        if not text or is_missing(text):
            return NO_REGION
        reading = self._readings.get(text)
        if reading is None:
            reading = self._readings[text] = read_region(text, self.rules.settings.aliases.regions)
        return reading

    def region_of_place(self, place: str | None) -> RegionReading:
        """Return the region or the foreign country that a place stands for; a place in Germany stands for none.

        What else a cell of places says, such as the name of a hall, is no fault.
        """
        reading = self.region_of(place or "")
        if reading.recognised:
            parts = [(fault, self.region_of(fault.params.get("part", ""))) for fault in reading.faults]
            kept = [fault for fault, part in parts if part.country and part.country not in _HOME]
            return replace(reading, faults=tuple(kept))
        return reading if reading.country and reading.country not in _HOME else NO_REGION

    def account_for_region(self, row: RawRow, column: str, text: str, reading: RegionReading) -> None:
        """Write down what a region cell did not say plainly; set the row aside if its place lies abroad."""
        if reading.country:
            self.send_abroad(row, column, text, reading.country)
        for fault in reading.faults:
            self.note(fault.code, row.number, column, text, **fault.params)

    def fact(self, field: str) -> Fact | None:
        """Return what stands above the list for a field, if it says something."""
        fact = self.raw.facts.get(field)
        return fact if fact is not None and _says_something(fact.value) else None

    def _is_person_column(self, header: str) -> bool:
        return any(column.header == header and column.field in PERSON_FIELDS for column in self.raw.columns)


def shown_date(reading: DateReading) -> str:
    """Return the date taken, as far as it is known: ``2012-07-08``, ``2012-07``, ``2012-Q3``, ``2012``."""
    day, precision = reading.start, reading.precision
    if day is None or precision is None:
        return ""
    shown = {
        "day": day.isoformat(),
        "week": f"{day.isocalendar().year}-W{day.isocalendar().week:02d}",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
        "season": f"{day:%Y-%m}/{dt.date(day.year + (day.month + 2) // 13, (day.month + 1) % 12 + 1, 1):%Y-%m}",
        "year": str(day.year),
    }[precision]
    if reading.end is not None and reading.end_precision is not None:
        return f"{shown}/{shown_date(DateReading(reading.end, reading.end_precision))}"
    return shown


def _text(value: CellValue) -> str | None:
    return None if value is None else said(value if isinstance(value, str) else as_text(value))


def _says_something(value: CellValue) -> bool:
    return value is not None and not is_missing(as_text(value))


def _only_year(text: str) -> int | None:
    years = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text))
    return int(years.pop()) if len(years) == 1 else None
