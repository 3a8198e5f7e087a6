"""The nouns of cleaning: a record, what one list gave, and what cleaning needs to know."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawTable


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
class Record:
    """One row that may become a record. It is built up by cleaning and merged by `find_duplicates`.

    Parameters
    ----------
    place : Place
    values : dict
        Contract column -> plain value or None; ``region`` holds a tuple of codes.
    identifier : str
        The identifier as the list gives it, or ''.
    is_running_number : bool
        The identifier comes from a column such as "Nr.".
    person : str
        Normalised name of the person, never written anywhere; '' where nobody is named.
    note : str
        Text of the row's remarks, only for comparing rows.
    without_status : {"", "cell", "column"}
        Of a trip: its status cell is empty, or its list has no such column.
    open_side : bool
        Of an attendee: the list says nothing about the side, or no more than Germany.
    """

    place: Place
    values: dict[str, object]
    identifier: str = ""
    is_running_number: bool = False
    person: str = ""
    note: str = ""
    without_status: Literal["", "cell", "column"] = ""
    open_side: bool = False


@dataclass(frozen=True, slots=True)
class CleanedList:
    """What one list gave.

    Parameters
    ----------
    raw : RawTable
    records : tuple of Record
        Rows that stand so far; duplicates are found later, across lists.
    set_aside : mapping of int to SetAsideReason
        Row number -> why cleaning set it aside (structural rows are not repeated here).
    problems : tuple of Problem
    abroad : tuple of (row number, country, text)
        Rows set aside for their place.
    numbers : mapping of str to mapping of int to float
        Field -> row number -> number as the list itself has it, for recounting its own sums; ``persons`` and
        ``companies`` in heads, amounts in units of the currency.
    """

    raw: RawTable
    records: tuple[Record, ...]
    set_aside: Mapping[int, SetAsideReason]
    problems: tuple[Problem, ...]
    abroad: tuple[tuple[int, str, str], ...] = ()
    numbers: Mapping[str, Mapping[int, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CleaningRules:
    """What cleaning needs beyond the list itself: the organisation's settings and today's date."""

    settings: Settings
    today: dt.date
