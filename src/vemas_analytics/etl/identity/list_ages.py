"""How recent a list is: the day it states, the year it is named for, or nothing but its place among the files."""

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from vemas_analytics.etl.clean.records import Place
from vemas_analytics.etl.layout.cell_kinds import find_day
from vemas_analytics.etl.parse.cells import as_text, tidy
from vemas_analytics.etl.parse.dates import read_date
from vemas_analytics.model.sheets import RawSheet, RawTable, ReadFile
from vemas_analytics.reference.words import alternatives

Evidence: TypeAlias = Literal["decision", "stated", "sheet_year", "file_year", "order"]
"""What tells which of two states is the newer one."""

_LINES_ABOVE = 12
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class ListAge:
    """The first day on which a list can have been written as it is, and what says so; None where nothing does."""

    day: dt.date | None
    evidence: Evidence


_UNKNOWN = ListAge(None, "order")


class ListAges:
    """The age of every list, found by a row that stands in it.

    Parameters
    ----------
    files : iterable of ReadFile
    """

    def __init__(self, files: Iterable[ReadFile]) -> None:
        found: dict[tuple[str, str], list[tuple[int, ListAge]]] = {}
        for file in files:
            sheets = {sheet.sheet: sheet for sheet in file.sheets}
            for raw in file.tables:
                if raw.table is not None and raw.rows:
                    lists = found.setdefault((raw.file, raw.place), [])
                    lists.append((raw.rows.numbers[-1], _age_of(raw, sheets.get(raw.sheet))))
        self._lists: Mapping[tuple[str, str], list[tuple[int, ListAge]]] = {
            place: sorted(lists, key=lambda item: item[0]) for place, lists in found.items()
        }

    def of(self, place: Place) -> ListAge:
        """Return the age of the list that a row stands in."""
        lists = self._lists.get((place.file, place.sheet), [])
        at = bisect_left(lists, place.row, key=lambda item: item[0])
        return lists[at][1] if at < len(lists) else _UNKNOWN


def _age_of(raw: RawTable, sheet: RawSheet | None) -> ListAge:
    for text in _lines_around(raw, sheet):
        day = _stated_day(text)
        if day is not None:
            return ListAge(day, "stated")
    named: tuple[tuple[str, Evidence], ...] = ((raw.sheet, "sheet_year"), (raw.file.rsplit("/", 1)[-1], "file_year"))
    for name, evidence in named:
        years = {int(year) for year in _YEAR.findall(name)}
        if years:
            return ListAge(dt.date(max(years), 1, 1), evidence)
    return _UNKNOWN


def _lines_around(raw: RawTable, sheet: RawSheet | None) -> Iterator[str]:
    """Yield the lines that stand above a list and its footnotes, each as one text."""
    if sheet is not None and raw.header_rows:
        header = raw.header_rows[0] - sheet.first_row
        for row in reversed(sheet.rows[max(0, header - _LINES_ABOVE) : max(0, header)]):
            yield _joined(row)
    for at, reason in sorted(raw.rows.reasons.items()):
        if reason == "footnote":
            yield _joined(raw.rows.cells[at])


def _joined(cells: Sequence[object]) -> str:
    return tidy(" ".join(as_text(cell) for cell in cells if cell is not None))  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _as_of() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{alternatives('as_of')})(?!\w)\s*(?:vom|am|per|of|at|on|на)?\s*:?\s*(.+)", re.IGNORECASE
    )


def _stated_day(text: str) -> dt.date | None:
    """Return the day that a line such as ``Stand: 31.12.2013`` states."""
    match = _as_of().search(text)
    if match is None:
        return None
    day = find_day(match.group(1)) or find_day(match.group(1), months=True)
    return read_date(day).start if day else None
