"""What a file looks like before anyone asks what it means."""

import datetime as dt
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias, overload

from vemas_analytics.model.names import SetAsideReason

CellValue: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""A cell as its file stores it; text keeps its spelling, dates stay dates, nothing is parsed."""

FileFormat: TypeAlias = Literal[
    "xlsx", "xlsm", "xls", "xlsb", "ods", "fods", "xml", "html", "csv", "parquet", "database", "unknown"
]
"""What a source is by its content: ``xml`` is Excel's XML of 2003, ``html`` a web page saved as a workbook."""

DayOrder: TypeAlias = Literal["day_first", "month_first"]
"""Which part of a date with slashes comes first."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. ``name`` is its path relative to its SOURCE, with ``/``; ``sha256`` of its bytes.

    ``is_database`` marks a table or query of a database: no file lies at ``path``, ``sha256`` is of the rows read.
    """

    path: Path
    name: str
    sha256: str
    size: int
    is_database: bool = False


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet (or one CSV file): rows of cells, ``rows[0]`` standing in spreadsheet row ``first_row``.

    ``merged`` lists merged areas as (first row, first column, last row, last column), counted like ``rows``;
    ``errors`` the cells that hold a spreadsheet error and therefore stand empty, as (spreadsheet row, column, text).
    ``hidden_rows`` are spans of spreadsheet rows, ``hidden_columns`` of columns counted from 0, both ends included;
    a filter hides rows too. ``titled`` says that the first row holds the names of the columns for certain,
    ``epoch_1904`` that the workbook counts days from 1904.
    """

    sheet: str
    rows: tuple[tuple[CellValue, ...], ...]
    first_row: int = 1
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    errors: tuple[tuple[int, int, str], ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    titled: bool = False
    epoch_1904: bool = False


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column under a header: ``index`` into a row, raw ``header`` text, the ``field`` it was recognised as.

    ``by_content`` says that the cells told the field, not the heading.
    """

    index: int
    header: str
    field: str | None
    by_content: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """A non-empty row below a header: spreadsheet row ``number``, its cells, and why it is no record (if so)."""

    number: int
    cells: tuple[CellValue, ...]
    structural: SetAsideReason | None = None


class ListRows(Sequence[RawRow]):
    """The rows of a list, side by side: a list may have a million, and a `RawRow` is made only where one is asked for.

    Whoever looks at every row of a long list takes ``numbers`` and ``cells``.

    Parameters
    ----------
    numbers : sequence of int
        Spreadsheet row of each, rising.
    cells : sequence of tuple
    reasons : mapping of int to SetAsideReason
        Position -> why that row is no record.
    """

    __slots__ = ("cells", "numbers", "reasons")

    def __init__(
        self,
        numbers: Sequence[int] = (),
        cells: Sequence[tuple[CellValue, ...]] = (),
        reasons: Mapping[int, SetAsideReason] | None = None,
    ) -> None:
        self.numbers = numbers
        self.cells = cells
        self.reasons: Mapping[int, SetAsideReason] = reasons or {}

    @classmethod
    def of(cls, rows: Iterable[RawRow]) -> "ListRows":
        """Return rows that were made one by one."""
        taken = tuple(rows)
        reasons = {at: row.structural for at, row in enumerate(taken) if row.structural is not None}
        return cls(array("q", [row.number for row in taken]), tuple(row.cells for row in taken), reasons)

    def __len__(self) -> int:
        return len(self.cells)

    @overload
    def __getitem__(self, at: int) -> RawRow: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[RawRow, ...]: ...

    def __getitem__(self, at: int | slice) -> RawRow | tuple[RawRow, ...]:
        if isinstance(at, slice):
            return tuple(self[position] for position in range(len(self))[at])
        position = range(len(self))[at]
        return RawRow(self.numbers[position], self.cells[position], self.reasons.get(position))

    def __iter__(self) -> Iterator[RawRow]:
        return (
            RawRow(number, cells, self.reasons.get(at))
            for at, (number, cells) in enumerate(zip(self.numbers, self.cells, strict=True))
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ListRows) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"ListRows.of({list(self)!r})"

    def records(self) -> "ListRows":
        """Return the rows that no reason sets aside."""
        if not self.reasons:
            return self
        kept = [at for at in range(len(self)) if at not in self.reasons]
        return ListRows(array("q", [self.numbers[at] for at in kept]), [self.cells[at] for at in kept])

    def record_numbers(self) -> Sequence[int]:
        """Return the spreadsheet rows of the records."""
        if not self.reasons:
            return self.numbers
        return array("q", (number for at, number in enumerate(self.numbers) if at not in self.reasons))

    def full_records(self) -> Sequence[int]:
        """Return the positions of the records that fill more than one cell."""
        full = (at for at, cells in enumerate(self.cells) if len(cells) - cells.count(None) > 1)
        return array("q", (at for at in full if at not in self.reasons) if self.reasons else full)

    def changed(
        self, cells: Mapping[int, tuple[CellValue, ...]], reasons: Mapping[int, SetAsideReason] | None = None
    ) -> "ListRows":
        """Return the rows with other cells or further reasons at some positions."""
        if not cells and not reasons:
            return self
        written = list(self.cells)
        for at, own in cells.items():
            written[at] = own
        return ListRows(self.numbers, written, {**self.reasons, **(reasons or {})})


@dataclass(frozen=True, slots=True)
class SpreadCell:
    """A merged cell whose value holds for all the rows it reaches over: spreadsheet rows, column index, value."""

    first_row: int
    last_row: int
    column: int
    value: CellValue


@dataclass(frozen=True, slots=True)
class HandedDown:
    """A cell completed from above: the name of a group stated once, or the title of a part over its rows.

    Parameters
    ----------
    row, column : int
        Spreadsheet row and column index of the cell.
    rule : {"group_name", "part_title", "year_of_part"}
    before, taken : cell values
        What stood there (mostly nothing), and what is read instead.
    source_row : int
        Spreadsheet row the value comes from.
    """

    row: int
    column: int
    rule: Literal["group_name", "part_title", "year_of_part"]
    before: CellValue
    taken: CellValue
    source_row: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that stands beside or above a list, such as a forum's date: raw label, cell, and its row."""

    label: str
    value: CellValue
    row: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """A list found in a sheet: header, columns, rows; recognised as ``table`` or, if None, not one of ours.

    ``facts`` maps a field name (held_on, place, region, forum_title, organiser ...) to what stood above the
    list. ``rows`` holds every non-empty row from below the header to the next header or the end of the sheet.
    ``spread`` lists the merged cells whose value was written into each of their rows, ``handed_down`` the cells
    completed from a group name or a part title above; a column that only such titles fill has no heading and lies
    right of the sheet's own columns. ``band`` names the columns (``G:K``) of a list that stands right of another
    one. ``day_order`` says how the file's other lists and columns write days with slashes, where they tell;
    ``epoch_1904`` that bare day numbers count from 1904, as in workbooks made on old Macs.
    """

    file: str
    sheet: str
    table: str | None
    header_rows: tuple[int, ...]
    columns: tuple[RawColumn, ...]
    rows: ListRows
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    hidden: bool = False
    spread: tuple[SpreadCell, ...] = ()
    handed_down: tuple[HandedDown, ...] = ()
    band: str = ""
    day_order: DayOrder | None = None
    epoch_1904: bool = False

    @property
    def place(self) -> str:
        """Return what accounts name as the sheet of a list, see `place_in_sheet`."""
        return place_in_sheet(self.sheet, self.band)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What reading one file gave: its format and its tables, or nothing and a problem.

    ``seconds`` is the computing time it took, which counts towards the limit of cleaning it.
    """

    source: SourceFile
    format: FileFormat
    tables: tuple[RawTable, ...]
    sheets: tuple[RawSheet, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    seconds: float = field(default=0.0, compare=False)


def place_in_sheet(sheet: str, band: str) -> str:
    """Return a sheet, and the columns where another list stands in the same rows: ``Tabelle1!G:K``, in CSV ``G:K``.

    A colon is in no sheet's name, so that `sheet_of_place` can tell the two apart.
    """
    return "!".join(part for part in (sheet, band) if part)


def sheet_of_place(place: str) -> str:
    """Return the sheet of what `place_in_sheet` gave."""
    sheet, _, columns = place.rpartition("!")
    return sheet if ":" in columns else place


def column_letters(index: int) -> str:
    """Return the letters a spreadsheet program shows over a column (index 0 is ``A``)."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the index of a column, `column_letters` turned round."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
