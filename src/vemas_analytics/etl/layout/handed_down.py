"""Cells completed from above: the name of a group stated once, the year, region or forum over the rows of a part."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vemas_analytics.etl.clean.forum_place import place_in_text
from vemas_analytics.etl.layout.cell_kinds import MONTH_NAME, find_day
from vemas_analytics.etl.layout.facts import read_lead
from vemas_analytics.etl.layout.group_names import group_names
from vemas_analytics.etl.layout.headers import name_evidence
from vemas_analytics.etl.layout.status_titles import status_named
from vemas_analytics.etl.parse.regions import read_region
from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.sheets import CellValue, HandedDown, ListRows, RawColumn, RawRow
from vemas_analytics.reference.columns import read_layout_words
from vemas_analytics.reference.words import read_words

DATE_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "inquiries": ("received_on",),
    "offers": ("offered_on",),
    "trips": ("period", "start_on"),
    "attendance": ("held_on",),
}
_FORUM_FIELDS: Final = ("held_on", "forum_title", "place", "region", "organiser")
_PARTICIPANTS: Final = frozenset({"person_name", "first_name", "last_name", "organisation"})
_YEAR = re.compile(r"(?:jahr\s+|year\s+)?((?:19|20)\d\d)(?:\s*(?:г\.?|год))?:?", re.IGNORECASE)
_MONTH = re.compile(rf"({MONTH_NAME})(?:\s+((?:19|20)\d\d))?:?", re.IGNORECASE)
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}\.\s?\d{1,2}\.\s?\d\d(?!\d)")
_DAY_WITHOUT_YEAR = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_LONGEST_REGION = 60


@dataclass(frozen=True, slots=True)
class _Part:
    """A title above the rows ``[first, last)``, as positions; field -> what it says."""

    at: int
    kind: Literal["time", "region", "forum", "side", "status"]
    values: Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class Completed:
    """A list with its cells completed: columns (with those that only titles fill), rows, and what was completed."""

    columns: tuple[RawColumn, ...]
    rows: ListRows
    handed_down: tuple[HandedDown, ...] = ()


def hand_down(
    table: str,
    columns: Sequence[RawColumn],
    rows: ListRows,
    lead: Sequence[tuple[int, Sequence[CellValue]]] = (),
) -> Completed:
    """Complete the cells of a list from the names of groups and the titles of parts above them.

    Parameters
    ----------
    table : str
        One of the package's tables.
    columns : sequence of RawColumn
    rows : ListRows
    lead : sequence of (row, cells)
        The lines above the list, of which one may name the side of all its participants.

    Returns
    -------
    Completed
        Titles of parts that were understood are marked as no records (``footnote``: a text, set aside).
    """
    done = _with_side_above(table, Completed(tuple(columns), rows), lead)
    parts = [part for at in _heads(rows) if (part := _part(table, done.columns, at, rows[at])) is not None]
    if parts:
        done = _with_parts(table, done, parts)
    named = group_names(done.columns, done.rows)
    if named:
        done = Completed(done.columns, _written(done.rows, named), (*done.handed_down, *named))
    return done


def _with_side_above(table: str, done: Completed, lead: Sequence[tuple[int, Sequence[CellValue]]]) -> Completed:
    """Hand ``Russische Teilnehmer`` above a list of participants down to all its rows."""
    fields = {column.field for column in done.columns}
    if table != "attendance" or not fields & _PARTICIPANTS:
        return done
    for number, cells in reversed(lead):
        texts = [value for value in cells if value is not None]
        part = _side_part(0, texts[0].strip(), fields) if len(texts) == 1 and isinstance(texts[0], str) else None
        if part is None:
            continue
        index = _column_of(done.columns, max(map(len, done.rows.cells), default=0), ("side",))
        scope = done.rows.full_records()
        found = tuple((_handed("side", part.values["side"], scope, done.rows, index, number) or {}).values())
        return Completed((*done.columns, RawColumn(index, "", "side")), _written(done.rows, found), found)
    return done


def _heads(rows: ListRows) -> list[int]:
    """Return the rows of one cell that a record of more than one cell follows before anything but further such rows."""
    found: list[int] = []
    waiting: list[int] = []
    for at, cells in enumerate(rows.cells):
        filled = len(cells) - cells.count(None)
        if filled == 1:
            waiting.append(at)
        elif filled > 1 and waiting:
            found += waiting if at not in rows.reasons else ()
            waiting = []
    return found


def _part(table: str, columns: Sequence[RawColumn], at: int, row: RawRow) -> _Part | None:
    """Read a row that holds one text, or a year, as the title of the rows below it."""
    cells = [value for value in row.cells if value is not None]
    if row.structural not in {None, "footnote"}:
        return None
    text = str(cells[0]).strip()
    fields = {column.field for column in columns}
    if table in DATE_FIELDS and (_YEAR.fullmatch(text) or _MONTH.fullmatch(text)):
        return _Part(at, "time", {DATE_FIELDS[table][0]: text.rstrip(":")})
    if not isinstance(cells[0], str):
        return None
    if table == "attendance" and fields & _PARTICIPANTS:
        return _forum_part(at, text, fields) or _side_part(at, text, fields)
    if table not in DATE_FIELDS or len(text) > _LONGEST_REGION or ":" in text[:-1]:
        return None
    status = status_named(table, text)
    if status is not None:
        return _Part(at, "status", {"status": status})
    reading = read_region(text.rstrip(":"), {})
    plain = reading.recognised and not reading.faults
    return _Part(at, "region", {"region": text.rstrip(":")}) if plain else None


def _forum_part(at: int, text: str, fields: set[str | None]) -> _Part | None:
    if "held_on" in fields or not (find_day(text, months=True) and name_evidence("", "", text).get("forums")):
        return None
    facts = read_lead([(at, (text,))]).facts
    values = {field: facts[field].value for field in _FORUM_FIELDS if field in facts}
    place = place_in_text(text, lambda words: read_region(words, {}))
    return _Part(at, "forum", {**({"place": place} if place else {}), **values})


def _side_part(at: int, text: str, fields: set[str | None]) -> _Part | None:
    if "side" in fields:
        return None
    if not text.casefold().startswith(read_layout_words().sections):
        return None
    words = read_words()["side"]
    for word in re.findall(r"[^\W\d_]+", text):
        known = next((stem for end in range(len(word), 3, -1) if words.code(stem := word[:end])), None)
        if known is not None:
            return _Part(at, "side", {"side": known})
    return None


def _with_parts(table: str, done: Completed, parts: Sequence[_Part]) -> Completed:
    """Hand the titles down, each to the rows as far as the next title of its kind."""
    records, cells = done.rows.full_records(), list(done.rows.cells)
    rows = ListRows(done.rows.numbers, cells)
    width = max(map(len, cells), default=0)
    columns = list(done.columns)
    handed: list[HandedDown] = []
    understood: dict[int, SetAsideReason] = {}
    year = ""
    for part, stop in zip(parts, _stops(parts, len(rows)), strict=True):
        values, fields = part.values, tuple(part.values)
        if part.kind == "time":
            year, value = _time_of_part(str(values[fields[0]]), year)
            values, fields = {fields[0]: value}, (*fields, *DATE_FIELDS[table])
        scope = records[bisect_right(records, part.at) : bisect_left(records, stop)]
        for field in values:
            index = _column_of(columns, width, fields if part.kind == "time" else (field,))
            found = _handed(part.kind, values[field], scope, rows, index, rows.numbers[part.at])
            if found is None:
                continue
            understood[part.at] = "footnote"
            handed += found.values()
            if found and index not in {column.index for column in columns}:
                columns.append(RawColumn(index, "", field))
            for at, item in found.items():
                cells[at] = _with_cell(cells[at], item)
    return Completed(
        tuple(columns),
        ListRows(rows.numbers, cells, {**done.rows.reasons, **understood}),
        (*done.handed_down, *handed),
    )


def _stops(parts: Sequence[_Part], end: int) -> list[int]:
    """Return where the rows of each title end: at the next title of its kind."""
    following: dict[str, int] = {}
    stops: list[int] = []
    for part in reversed(parts):
        stops.append(following.get(part.kind, end))
        following[part.kind] = part.at
    return stops[::-1]


def _time_of_part(text: str, year: str) -> tuple[str, str]:
    """Return the year in force and what the title says: ``2013``, or ``Januar 2013`` also where the year is above."""
    plain = _YEAR.fullmatch(text)
    if plain:
        return plain.group(1), plain.group(1)
    month = _MONTH.fullmatch(text)
    if month is None:
        return year, text
    own = month.group(2) or year
    return own, f"{month.group(1)} {own}".strip()


def _column_of(columns: Sequence[RawColumn], width: int, fields: Sequence[str]) -> int:
    """Return the column of the first of the fields that there is, or a place right of all columns."""
    for field in fields:
        for column in columns:
            if column.field == field:
                return column.index
    return max([width, *(column.index + 1 for column in columns)])


def _handed(
    kind: str, value: CellValue, scope: Sequence[int], rows: ListRows, index: int, source: int
) -> dict[int, HandedDown] | None:
    """Return the cells a title completes, by position; None where the rows state it all themselves in another way."""
    found: dict[int, HandedDown] = {}
    for at in scope:
        cells = rows.cells[at]
        cell = cells[index] if index < len(cells) else None
        blank = cell is None or (isinstance(cell, str) and not cell.strip())
        if blank:
            found[at] = HandedDown(rows.numbers[at], index, "part_title", cell, value, source)
        elif kind == "time" and (completed := _with_year(cell, str(value))) is not None:
            found[at] = HandedDown(rows.numbers[at], index, "year_of_part", cell, completed, source)
        elif kind in {"region", "status"}:
            return None
    return found


def _with_year(cell: CellValue, title: str) -> str | None:
    """Return a month or day without year, completed by the year of the part."""
    year = title[-4:]
    if not isinstance(cell, str) or not year.isdigit() or _HAS_YEAR.search(cell):
        return None
    text = cell.strip()
    if _MONTH.fullmatch(text):
        return f"{text.rstrip(':')} {year}"
    if _DAY_WITHOUT_YEAR.search(text) and text.endswith("."):
        return f"{text}{year}"
    return f"{text} {year}" if re.fullmatch(rf"\d{{1,2}}\.?\s+{MONTH_NAME}", text, re.IGNORECASE) else None


def _written(rows: ListRows, handed: Sequence[HandedDown]) -> ListRows:
    by_row: dict[int, list[HandedDown]] = {}
    for item in handed:
        by_row.setdefault(item.row, []).append(item)
    changed: dict[int, tuple[CellValue, ...]] = {}
    for at, number in enumerate(rows.numbers):
        for item in by_row.get(number, ()):
            changed[at] = _with_cell(changed.get(at, rows.cells[at]), item)
    return rows.changed(changed)


def _with_cell(cells: tuple[CellValue, ...], item: HandedDown) -> tuple[CellValue, ...]:
    written = [*cells, *(None,) * (item.column + 1 - len(cells))]
    written[item.column] = item.taken
    return tuple(written)
