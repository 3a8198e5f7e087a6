"""The rows of one list and the account that is kept of them: what was noted, rejected or sent abroad, and why."""

import re
from collections.abc import Sequence

from vemas_analytics.etl.clean.columns import ColumnCells, OneHeading, RowColumns, distinct, read_each
from vemas_analytics.etl.clean.records import CleaningRules, Place
from vemas_analytics.etl.clean.same_value import SameValue
from vemas_analytics.etl.parse.cells import as_text, is_blank, is_missing
from vemas_analytics.etl.parse.persons import MASK
from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import CellValue, Fact, RawColumn, RawRow, RawTable
from vemas_analytics.reference.problems import read_problem_texts

PERSON_FIELDS = frozenset({"person_name", "first_name", "last_name"})
_NAMES_NOTHING = frozenset(
    {"number", "precision", "period", "ignore", "status", "currency", "attended", "companies_bound", "persons_bound"}
)
_PROBLEMS_A_MIB = 256
"""Problems of one list for each MiB allowed: with its words in two languages one takes some 2 KiB."""

_ERROR_VALUE = re.compile(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|WERT!|BEZUG!|NV)", re.IGNORECASE)


class RowAccount:
    """Gives the cells of one list by field, and keeps account of its problems and the rows set aside.

    Parameters
    ----------
    raw : RawTable
        Must be recognised as a table; its structural rows are left alone.
    rules : CleaningRules
    """

    def __init__(self, raw: RawTable, rules: CleaningRules) -> None:
        self.raw = raw
        self.rules = rules
        self.rows = raw.rows.records()
        self.problems: list[Problem] = []
        self.set_aside: dict[int, SetAsideReason] = {}
        self.abroad: list[tuple[int, str, str]] = []
        self._table = raw.table or ""
        self._most_problems = rules.settings.limits.memory_mib * _PROBLEMS_A_MIB
        self._columns = RowColumns(self.rows.cells)
        self._cells: dict[tuple[str, ...], ColumnCells] = {}

    def place(self, row: RawRow) -> Place:
        """Return where a row stands."""
        return Place(self.raw.file, self.raw.place, row.number)

    def has(self, *fields: str) -> bool:
        """Tell whether the list has a column of any of these fields."""
        return any(column.field in fields for column in self.raw.columns)

    def cells(self, *fields: str) -> ColumnCells:
        """Return the cells of a field (or the first filled one of several), row by row."""
        if fields not in self._cells:
            self._cells[fields] = self._find_cells(fields)
        return self._cells[fields]

    def _find_cells(self, fields: Sequence[str]) -> ColumnCells:
        columns = [column for field in fields for column in self.raw.columns if column.field == field]
        size = len(self.rows)
        if not columns:
            return ColumnCells(SameValue(None, size), ())
        if len(columns) == 1:
            only = columns[0]
            return ColumnCells(self._columns.shown(only.index), OneHeading(only.header, size or 1))
        values = list(self._columns.shown(columns[0].index))
        headers = [columns[0].header] * (size or 1)
        for column in columns[1:]:
            shown = self._columns.shown(column.index)
            for at in [at for at, value in enumerate(values) if value is None and shown[at] is not None]:
                values[at], headers[at] = shown[at], column.header
        return ColumnCells(values, headers)

    def note(self, code: str, row: int | None, column: str = "", value: CellValue = "", **params: str) -> None:
        """Write down a problem; its severity is that of the code."""
        if len(self.problems) >= self._most_problems:
            raise UnreadableFileError("too_many_faults")
        severity = read_problem_texts()[code].severity
        text = as_text(value)
        masked = MASK if text and self._is_person_column(column) else text
        self.problems.append(
            Problem(code, severity, self._table, self.raw.file, self.raw.place, row, column, masked, params)
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
        unasked = _NAMES_NOTHING | set(id_fields) | set(date_fields)
        silent_rows: Sequence[int] = range(len(self.rows))
        for column in self.raw.columns:
            if column.field and column.field not in unasked and silent_rows:
                cells = self._columns.raw(column.index)
                silent = [cells[at] for at in silent_rows]
                says = read_each(silent, _says_something)
                silent_rows = [at for at, speaks in zip(silent_rows, says, strict=True) if not speaks]
        for at in silent_rows:
            self.reject("names_nothing", self.rows[at])

    def note_columns(self) -> None:
        """Write down columns known by their cells or not at all, error values, and cells completed from elsewhere."""
        for column in self.raw.columns:
            self._note_column(column)
        columns = {column.index: column for column in self.raw.columns}
        for area in self.raw.spread:
            rows = {"first": str(area.first_row), "last": str(area.last_row)}
            self.note("merged_cell_spread", area.first_row, columns[area.column].header, area.value, **rows)
        for cell in self.raw.handed_down:
            told = {"taken": as_text(cell.taken), "source_row": str(cell.source_row)}
            if cell.rule == "part_title":
                told["filled"] = columns[cell.column].field or ""
            self.note(cell.rule, cell.row, columns[cell.column].header, cell.before, **told)

    def _note_column(self, column: RawColumn) -> None:
        header_row = self.raw.header_rows[-1] if self.raw.header_rows else None
        cells = self._columns.raw(column.index)
        if column.field is None:
            if column.header.strip() and not all(map(is_blank, distinct(cells))):
                self.note("column_not_recognised", header_row, column.header)
        elif column.by_content:
            self.note("column_by_content", header_row, column.header, filled=column.field)
        elif column.field != "ignore" and any(map(_is_error, distinct(cells))):
            for row, content in zip(self.rows, cells, strict=True):
                if _is_error(content):
                    self.note("error_cells", row.number, column.header, content)

    def fact(self, field: str) -> Fact | None:
        """Return what stands above the list for a field, if it says something."""
        fact = self.raw.facts.get(field)
        return fact if fact is not None and _says_something(fact.value) else None

    def _is_person_column(self, header: str) -> bool:
        return any(column.header == header and column.field in PERSON_FIELDS for column in self.raw.columns)


def _says_something(value: CellValue) -> bool:
    return value is not None and not is_missing(as_text(value))


def _is_error(cell: CellValue) -> bool:
    return isinstance(cell, str) and cell[:1] == "#" and _ERROR_VALUE.fullmatch(cell.strip()) is not None
