"""Cells completed from above: the name of a group stated once, the year, region or forum over the rows of a part."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from vemas_analytics.etl.clean.forum_place import place_in_text
from vemas_analytics.etl.layout.cell_kinds import MONTH_NAME, find_day
from vemas_analytics.etl.layout.facts import read_lead
from vemas_analytics.etl.layout.group_names import group_names
from vemas_analytics.etl.layout.headers import name_evidence
from vemas_analytics.etl.parse.regions import read_region
from vemas_analytics.model.sheets import CellValue, HandedDown, RawColumn, RawRow
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
    kind: Literal["time", "region", "forum", "side"]
    values: Mapping[str, CellValue]


@dataclass(frozen=True, slots=True)
class Completed:
    """A list with its cells completed: columns (with those that only titles fill), rows, and what was completed."""

    columns: tuple[RawColumn, ...]
    rows: tuple[RawRow, ...]
    handed_down: tuple[HandedDown, ...] = ()


def hand_down(
    table: str,
    columns: Sequence[RawColumn],
    rows: Sequence[RawRow],
    lead: Sequence[tuple[int, Sequence[CellValue]]] = (),
) -> Completed:
    """Complete the cells of a list from the names of groups and the titles of parts above them.

    Parameters
    ----------
    table : str
        One of the package's tables.
    columns : sequence of RawColumn
    rows : sequence of RawRow
    lead : sequence of (row, cells)
        The lines above the list, of which one may name the side of all its participants.

    Returns
    -------
    Completed
        Titles of parts that were understood are marked as no records (``footnote``: a text, set aside).
    """
    done = _with_side_above(table, Completed(tuple(columns), tuple(rows)), lead)
    lone = [at for at, row in enumerate(rows) if len(row.cells) - row.cells.count(None) == 1]
    parts = [part for at in lone if (part := _part(table, done.columns, rows, at, rows[at])) is not None]
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
        index = _column_of(done.columns, done.rows, ("side",))
        scope = [at for at, row in enumerate(done.rows) if row.structural is None and _is_record(row)]
        found = tuple(_handed("side", part.values["side"], scope, done.rows, index, number) or ())
        return Completed((*done.columns, RawColumn(index, "", "side")), _written(done.rows, found), found)
    return done


def _part(table: str, columns: Sequence[RawColumn], rows: Sequence[RawRow], at: int, row: RawRow) -> _Part | None:
    """Read a row that holds one text, or a year, as the title of the rows below it."""
    cells = [value for value in row.cells if value is not None]
    if row.structural not in {None, "footnote"} or not _heads_records(rows, at):
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
    reading = read_region(text.rstrip(":"), {})
    plain = reading.recognised and not reading.faults
    return _Part(at, "region", {"region": text.rstrip(":")}) if plain else None


def _heads_records(rows: Sequence[RawRow], at: int) -> bool:
    """Tell whether a record that fills more than one cell follows before anything else but further titles."""
    for row in rows[at + 1 :]:
        filled = len(row.cells) - row.cells.count(None)
        if filled > 1:
            return row.structural is None
    return False


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
    rows = list(done.rows)
    columns = list(done.columns)
    handed: list[HandedDown] = []
    year = ""
    for place, part in enumerate(parts):
        stop = next((other.at for other in parts[place + 1 :] if other.kind == part.kind), len(rows))
        values = part.values
        if part.kind == "time":
            (field, text), *_ = values.items()
            year, value = _time_of_part(str(text), year)
            values = {field: value}
            fields = DATE_FIELDS[table]
        else:
            fields = tuple(values)
        understood = False
        for field in values:
            index = _column_of(columns, rows, (field, *fields) if part.kind == "time" else (field,))
            scope = [at for at in range(part.at + 1, stop) if rows[at].structural is None and _is_record(rows[at])]
            found = _handed(part.kind, values[field], scope, rows, index, rows[part.at].number)
            if found is None:
                continue
            understood = True
            handed += found
            if found and index not in {column.index for column in columns}:
                columns.append(RawColumn(index, "", field))
            rows = list(_written(rows, found))
        if understood:
            rows[part.at] = replace(rows[part.at], structural="footnote")
    return Completed(tuple(columns), tuple(rows), (*done.handed_down, *handed))


def _is_record(row: RawRow) -> bool:
    return len(row.cells) - row.cells.count(None) > 1


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


def _column_of(columns: Sequence[RawColumn], rows: Sequence[RawRow], fields: Sequence[str]) -> int:
    """Return the column of the first of the fields that there is, or a place right of all columns."""
    for field in fields:
        for column in columns:
            if column.field == field:
                return column.index
    width = max((len(row.cells) for row in rows), default=0)
    return max([width, *(column.index + 1 for column in columns)])


def _handed(
    kind: str, value: CellValue, scope: Sequence[int], rows: Sequence[RawRow], index: int, source: int
) -> list[HandedDown] | None:
    """Return the cells a title completes; None where the rows state all of it themselves in another way."""
    found: list[HandedDown] = []
    for at in scope:
        cell = rows[at].cells[index] if index < len(rows[at].cells) else None
        blank = cell is None or (isinstance(cell, str) and not cell.strip())
        if blank:
            found.append(HandedDown(rows[at].number, index, "part_title", cell, value, source))
        elif kind == "time" and (completed := _with_year(cell, str(value))) is not None:
            found.append(HandedDown(rows[at].number, index, "year_of_part", cell, completed, source))
        elif kind == "region":
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


def _written(rows: Sequence[RawRow], handed: Sequence[HandedDown]) -> tuple[RawRow, ...]:
    by_row: dict[int, list[HandedDown]] = {}
    for item in handed:
        by_row.setdefault(item.row, []).append(item)
    completed: list[RawRow] = []
    for row in rows:
        items = by_row.get(row.number)
        if items:
            cells = [*row.cells, *(None,) * (max(item.column for item in items) + 1 - len(row.cells))]
            for item in items:
                cells[item.column] = item.taken
            completed.append(replace(row, cells=tuple(cells)))
        else:
            completed.append(row)
    return tuple(completed)
