"""The nouns of cleaning: rows that may become records, what one list gave, and what cleaning needs to know."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, MutableSequence, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeAlias

from vemas_analytics.etl.clean.same_value import SameValue, compact
from vemas_analytics.etl.parse.amounts import DecimalMark
from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawTable

WithoutStatus: TypeAlias = Literal["", "cell", "column"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands, as the spreadsheet program counts; sorts in (file, sheet, row) order."""

    file: str
    sheet: str
    row: int

    @property
    def key(self) -> tuple[str, str, int]:
        """What rows are sorted by."""
        return (self.file, self.sheet, self.row)

    def __str__(self) -> str:
        """Return ``file [sheet] row``, as a person would look it up."""
        sheet = f" [{self.sheet}]" if self.sheet else ""
        return f"{self.file}{sheet}:{self.row}"


@dataclass(slots=True)
class Records:
    """Rows that may become records, held column by column: a million rows cost lists, not a million objects.

    Cleaning builds it, `find_duplicates` merges it. Iterating gives a `Record` for each row, a view that writes
    through; whoever looks at every row of a long list takes the columns themselves.

    Parameters
    ----------
    values : dict of str to mutable sequence
        Contract column -> plain values or None; ``region`` holds tuples of codes. A column that says the same in
        every row may be a `SameValue`.
    files, sheets, rows : sequence
        Where each row stands.
    identifiers : sequence of str
        As the list gives them, or ''.
    persons : sequence of str
        Normalised names, never written anywhere; '' where nobody is named.
    notes : sequence of str
        The rows' remarks, only for comparing rows.
    without_status : sequence of {"", "cell", "column"}
        Of trips: the status cell is empty, or the list has no such column.
    open_sides : sequence of bool
        Of attendees: the list says nothing about the side, or no more than Germany.
    """

    values: dict[str, MutableSequence[Any]] = field(default_factory=dict)
    files: Sequence[str] = ()
    sheets: Sequence[str] = ()
    rows: Sequence[int] = ()
    identifiers: Sequence[str] = ()
    persons: Sequence[str] = ()
    notes: Sequence[str] = ()
    without_status: Sequence[WithoutStatus] = ()
    open_sides: Sequence[bool] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> "Iterator[Record]":
        return (Record(self, at) for at in range(len(self)))

    def __getitem__(self, at: int) -> "Record":
        return Record(self, at)

    def column(self, name: str) -> MutableSequence[Any]:
        """Return a column, made up of nothing where the lists have none."""
        column = self.values.get(name)
        return SameValue(None, len(self)) if column is None else column

    def place(self, at: int) -> Place:
        """Return where a row stands."""
        return Place(self.files[at], self.sheets[at], self.rows[at])

    def take(self, kept: Sequence[int]) -> "Records":
        """Return the rows at these positions, in this order; the whole is handed back as it is."""
        if len(kept) == len(self) and all(at == position for position, at in enumerate(kept)):
            return self
        taken = {name: _taken(column, kept) for name, column in self._columns()}
        return Records({name: _taken(column, kept) for name, column in self.values.items()}, **taken)

    def _columns(self) -> Iterator[tuple[str, Sequence[Any]]]:
        return ((item.name, getattr(self, item.name)) for item in fields(self) if item.name != "values")


def join_records(parts: Iterable[Records]) -> Records:
    """Return the rows of several lists as one, in (file, sheet, row) order."""
    filled = sorted((part for part in parts if len(part)), key=lambda part: part.place(0).key)
    if len(filled) == 1:
        return filled[0]
    names = dict.fromkeys(name for part in filled for name in part.values)
    placed = {name: _joined(columns) for name, columns in _side_by_side(filled).items()}
    joined = Records({name: _joined([part.column(name) for part in filled]) for name in names}, **placed)
    order = sorted(range(len(joined)), key=lambda at: (joined.files[at], joined.sheets[at], joined.rows[at]))
    return joined.take(order)


def _side_by_side(parts: Sequence[Records]) -> dict[str, list[Sequence[Any]]]:
    found: dict[str, list[Sequence[Any]]] = {}
    for part in parts:
        for name, column in part._columns():
            found.setdefault(name, []).append(column)
    return found


def _joined(columns: Sequence[Sequence[Any]]) -> MutableSequence[Any]:
    return compact([value for column in columns for value in column])


def _taken(column: Sequence[Any], kept: Sequence[int]) -> MutableSequence[Any]:
    if isinstance(column, SameValue) and column.is_one:
        return SameValue(column.value, len(kept))
    return [column[at] for at in kept]


class RecordValues(MutableMapping[str, Any]):
    """The values of one row, by contract column."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: dict[str, MutableSequence[Any]], at: int) -> None:
        self._columns = columns
        self._at = at

    def __getitem__(self, name: str) -> Any:
        return self._columns[name][self._at]

    def __setitem__(self, name: str, value: Any) -> None:
        self._columns[name][self._at] = value

    def __delitem__(self, name: str) -> None:
        self[name] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


class Record:
    """One row of `Records`: a view whose values can be read and set."""

    __slots__ = ("_records", "at")

    def __init__(self, records: Records, at: int) -> None:
        self._records = records
        self.at = at

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return self._records.place(self.at)

    @property
    def values(self) -> RecordValues:
        """Its values by contract column."""
        return RecordValues(self._records.values, self.at)

    @property
    def identifier(self) -> str:
        """Its identifier as the list gives it, or ''."""
        return self._records.identifiers[self.at]

    @property
    def person(self) -> str:
        """Normalised name of the person, never written anywhere."""
        return self._records.persons[self.at]

    @property
    def note(self) -> str:
        """Text of its remarks."""
        return self._records.notes[self.at]

    @property
    def without_status(self) -> WithoutStatus:
        """Of a trip: what is missing where its status should stand."""
        return self._records.without_status[self.at]

    @property
    def open_side(self) -> bool:
        """Of an attendee: whether the list says nothing about the side, or no more than Germany."""
        return self._records.open_sides[self.at]


class ListedNumbers(Mapping[int, float]):
    """Row number -> number as the list itself has it; looked up only where a list states a sum.

    Parameters
    ----------
    rows : sequence of int
    numbers : sequence of float or None
        None and zero add nothing to a sum and are left out.
    """

    __slots__ = ("_by_row", "_numbers", "_rows")

    def __init__(self, rows: Sequence[int], numbers: Sequence[float | None]) -> None:
        self._rows = rows
        self._numbers = numbers
        self._by_row: dict[int, float] | None = None

    @property
    def _found(self) -> dict[int, float]:
        if self._by_row is None:
            pairs = zip(self._rows, self._numbers, strict=True)
            self._by_row = {row: float(number) for row, number in pairs if number}
        return self._by_row

    def __getitem__(self, row: int) -> float:
        return self._found[row]

    def __iter__(self) -> Iterator[int]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True)
class CleanedList:
    """What one list gave.

    Parameters
    ----------
    raw : RawTable
    records : Records
        Rows that stand so far; duplicates are found later, across lists.
    set_aside : mapping of int to SetAsideReason
        Row number -> why cleaning set it aside (structural rows are not repeated here).
    problems : tuple of Problem
    abroad : tuple of (row number, country, text, first possible day or None)
        Rows set aside for their place.
    numbers : mapping of str to mapping of int to float
        Field -> row number -> number as the list itself has it, for recounting its own sums; ``persons`` and
        ``companies`` in heads, amounts in units of the currency.
    marks : mapping of int to DecimalMark or None
        Column of amounts -> which sign parts its decimals, for reading its own sums.
    """

    raw: RawTable
    records: Records
    set_aside: Mapping[int, SetAsideReason]
    problems: tuple[Problem, ...]
    abroad: tuple[tuple[int, str, str, dt.date | None], ...] = ()
    numbers: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    marks: Mapping[int, DecimalMark | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CleaningRules:
    """What cleaning needs beyond the list itself: the organisation's settings and today's date."""

    settings: Settings
    today: dt.date
