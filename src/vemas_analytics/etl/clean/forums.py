"""Which forum a row belongs to: from its own columns, else from the lines above the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vemas_analytics.etl.clean.cancellation import remark_says_cancelled, says_cancelled
from vemas_analytics.etl.clean.forum_place import place_in_names
from vemas_analytics.etl.clean.organisers import group_of, named_organiser
from vemas_analytics.etl.clean.rows import RowReader, shown_date
from vemas_analytics.etl.parse.cells import as_text, tidy
from vemas_analytics.etl.parse.date_reading import DateReading, single_date
from vemas_analytics.etl.parse.dates import read_date, told_by_file
from vemas_analytics.etl.parse.regions import RegionReading
from vemas_analytics.model.sheets import CellValue, RawRow
from vemas_analytics.reference.words import fold, read_words

_DAY_IN_TEXT = re.compile(
    r"\d{1,2}\.\s?(?:\d{1,2}\.)?\s?(?:-|–|bis|und)\s?\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.?\s(?:[^\W\d]{3,})\.?\s\d{4}|(?<!\w)[^\W\d]{3,}\.?\s(?:19|20)\d{2}(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Forum:
    """A forum as one row or one sheet states it."""

    identifier: str
    title: str | None
    kind: str | None
    status: str
    held: DateReading
    place: str | None
    region: RegionReading
    organiser: str | None
    group: str | None


def forum_columns(forums: Sequence[Forum | None]) -> dict[str, list[object]]:
    """Return the forums' part of the attendance table, by contract column; None where a row is set aside."""
    return {
        "forum_id": [forum and (forum.identifier or None) for forum in forums],
        "forum_title": [forum and forum.title for forum in forums],
        "forum_kind": [forum and forum.kind for forum in forums],
        "forum_status": [forum and forum.status for forum in forums],
        "held_on": [forum and forum.held.start for forum in forums],
        "held_on_precision": [forum and forum.held.precision for forum in forums],
        "place": [forum and forum.place for forum in forums],
        "region": [forum and forum.region.codes for forum in forums],
        "organiser": [forum and forum.organiser for forum in forums],
        "organiser_group": [forum and forum.group for forum in forums],
    }


def read_forums(reader: RowReader) -> list[Forum | None]:
    """Return the forum of each row, None where the row is set aside: without a usable date, or held abroad."""
    held = _read_held(reader)
    columns = {field: reader.texts(field) for field in ("forum_id", "forum_title", "forum_kind", "place", "organiser")}
    facts = {field: _fact_text(reader, field) for field in columns}
    if not reader.has("place", "region") and not facts["place"] and reader.fact("region") is None:
        facts["place"] = _named_place(reader)
    single = _sheet_name(reader)
    statuses = _read_statuses(reader)
    places, cancelled = _RegionOfForum(reader), _Cancellation(reader)
    rows: list[Forum | None] = []
    for at, row in enumerate(reader.rows):
        stated = {field: texts[at] or facts[field] for field, texts in columns.items()}
        region = places.of_row(at, row, stated["place"])
        if row.number in reader.set_aside:
            rows.append(None)
            continue
        status = statuses[at] or cancelled.of_row(at, row)
        forum = _forum(reader, stated, held[at], region, status, single)
        if held[at].start is not None and forum.status == "held" and _is_ahead(held[at], reader):
            column = reader.cells("held_on")
            reader.reject("date_in_future", row, column.headers[at] if column else "", column.values[at])
        rows.append(forum)
    return rows


def _forum(
    reader: RowReader,
    stated: dict[str, str | None],
    held: DateReading,
    region: RegionReading,
    status: str | None,
    single: str,
) -> Forum:
    title = stated["forum_title"]
    organiser = named_organiser(stated["organiser"], reader.rules.settings)
    if status is None:
        status = read_words()["forum_status"].code_at_start(title or "") or _status_in(title)
    if status is None:
        status = "announced" if _is_ahead(held, reader) else "held"
    identifier = stated["forum_id"] or single
    if not identifier and held.start is not None:
        named = [part for part in (title, stated["place"]) if part]
        identifier = " | ".join([shown_date(held), *(fold(part) for part in named)])
    group = group_of(organiser, reader.rules.settings)
    return Forum(identifier, title, stated["forum_kind"], status, held, stated["place"], region, organiser, group)


def _status_in(title: str | None) -> str | None:
    """Return a status that a title states in brackets or after a dash, such as ``(abgesagt)``."""
    words = read_words()["forum_status"]
    for part in re.findall(r"\(([^()]*)\)|\s[-–]\s([^-–]*)$", title or ""):
        code = words.code("".join(part))
        if code is not None:
            return code
    return None


def _is_ahead(held: DateReading, reader: RowReader) -> bool:
    return held.start is not None and held.start > reader.rules.today


def _named_place(reader: RowReader) -> str | None:
    found = place_in_names(reader)
    if found is None:
        return None
    reader.note("place_from_title", found.row, "", found.text, taken=found.place)
    return found.place


def _fact_text(reader: RowReader, field: str) -> str | None:
    fact = reader.fact(field)
    return tidy(as_text(fact.value)) if fact else None


def _sheet_name(reader: RowReader) -> str:
    """Return the name of the one forum of a sheet, '' where rows say themselves which forum they belong to."""
    if reader.has("held_on") or not (reader.raw.facts or not reader.has("forum_title", "forum_id")):
        return ""
    row = (
        reader.raw.header_rows[-1]
        if reader.raw.header_rows
        else min((f.row for f in reader.raw.facts.values()), default=1)
    )
    return f"{reader.raw.file}#{reader.raw.place}#{row}"


def _read_held(reader: RowReader) -> Sequence[DateReading]:
    if reader.has("held_on"):
        return reader.dates("held_on", required=True)
    held = _date_above(reader)
    fact = reader.fact("held_on")
    label, value = (fact.label, fact.value) if fact else ("", None)
    if held.fault is not None:
        for row in reader.rows:
            reader.reject(f"date_{held.fault}", row, label, value)
    return [held] * len(reader.rows)


def _date_above(reader: RowReader) -> DateReading:
    """Return the date of the lines above the list, of the title, or of the sheet's name, in this order."""
    fact = reader.fact("held_on")
    if fact is not None:
        raw = reader.raw
        held = single_date(told_by_file(read_date(fact.value, raw.day_order, epoch_1904=raw.epoch_1904)))
        if held.fault is None:
            _note_once(reader, held, fact.row, fact.label, fact.value)
        return held
    title = reader.fact("forum_title")
    texts: list[tuple[int | None, CellValue]] = [(title.row, title.value)] if title else []
    for row, text in [*texts, (None, reader.raw.sheet), (None, reader.raw.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])]:
        found = _DAY_IN_TEXT.search(tidy(as_text(text)))
        held = single_date(read_date(found.group())) if found else DateReading(fault="missing")
        if held.start is not None:
            held = replace(held, rules=(*held.rules, "date_from_title"))
            _note_once(reader, held, row, "", text)
            return held
    return DateReading(fault="missing")


def _note_once(reader: RowReader, held: DateReading, row: int | None, label: str, value: CellValue) -> None:
    for rule in held.rules:
        if not any(item.code == rule and item.row == row for item in reader.problems):
            reader.note(rule, row, label, value, taken=shown_date(held))


def _read_statuses(reader: RowReader) -> Sequence[str | None]:
    if reader.has("forum_status"):
        return reader.codes("forum_status", aliases=reader.rules.settings.aliases.statuses)
    return [_fact_status(reader)] * len(reader.rows)


def _fact_status(reader: RowReader) -> str | None:
    fact = reader.fact("forum_status")
    return read_words()["forum_status"].code(as_text(fact.value)) if fact else None


class _Cancellation:
    """What the title, the kind or, in a list of forums, the remark says of a forum without a status."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        self._fields = {"forum_title": says_cancelled, "forum_kind": says_cancelled}
        if not reader.has("person_name", "first_name", "last_name", "organisation"):
            self._fields["note"] = remark_says_cancelled
        self._columns = {field: reader.cells(field) for field in self._fields}
        self._facts = {field: reader.fact(field) for field in self._fields}
        self._told: set[tuple[int, str]] = set()

    def of_row(self, at: int, row: RawRow) -> str | None:
        for field, says in self._fields.items():
            column, fact = self._columns[field], self._facts[field]
            text, number = as_text(column.values[at]), row.number
            header = column.headers[at] if column else ""
            if not text and fact is not None:
                text, number, header = as_text(fact.value), fact.row, fact.label
            if says(text):
                if (number, text) not in self._told:
                    self._told.add((number, text))
                    taken = {"taken": "cancelled", "field": "forum_status"}
                    self._reader.note("status_from_wording", number, header, text, **taken)
                return "cancelled"
        return None


class _RegionOfForum:
    """The region of a forum: its region column or line, else its place; a place in Germany says nothing."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        self._column = reader.cells("region")
        self._fact = reader.fact("region")
        self._noted = False
        self._told: set[str | None] = set()

    def of_row(self, at: int, row: RawRow, place: str | None) -> RegionReading:
        reader = self._reader
        text = as_text(self._column.values[at])
        if text:
            reading = reader.region_of(text)
            reader.account_for_region(row, self._column.headers[at], text, reading)
            return reading
        if self._fact is not None:
            return self._from_line(row, as_text(self._fact.value), self._fact.label, self._fact.row)
        reading = reader.region_of_place(place)
        if reading.country:
            reader.send_abroad(row, "", place or "", reading.country)
        elif reading.faults and place not in self._told:
            self._told.add(place)
            reader.account_for_region(row, "", place or "", reading)
        return reading

    def _from_line(self, row: RawRow, text: str, label: str, line: int) -> RegionReading:
        reading = self._reader.region_of(text)
        if reading.country:
            self._reader.send_abroad(row, label, text, reading.country)
        if not self._noted:
            self._noted = True
            for fault in reading.faults:
                self._reader.note(fault.code, line, label, text, **fault.params)
        return reading
