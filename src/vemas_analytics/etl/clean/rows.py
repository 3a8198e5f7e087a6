"""The rows of one list, read field by field; every rule used and every fault found is written down."""

import datetime as dt
import re
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from vemas_analytics.etl.clean.columns import distinct, read_each
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules, Records, WithoutStatus
from vemas_analytics.etl.clean.row_account import RowAccount
from vemas_analytics.etl.clean.same_value import SameValue, compact, each
from vemas_analytics.etl.parse.cells import as_text, is_missing, said
from vemas_analytics.etl.parse.counts import CountKind, CountReading, read_count
from vemas_analytics.etl.parse.date_reading import DateReading, coarsen, single_date
from vemas_analytics.etl.parse.dates import find_day_orders, read_date, told_by_file
from vemas_analytics.etl.parse.regions import NO_REGION, RegionReading, read_region
from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.model.names import PRECISIONS, Precision
from vemas_analytics.model.sheets import CellValue, RawRow, RawTable
from vemas_analytics.reference.words import fold, read_words

_HOME = frozenset({"DE"})
_ROWS_A_MIB = 2_000
"""Rows of a table for each MiB allowed: one takes some 300 bytes as a record and in its table."""

_MULTIPLIED = 1_000
"""Rows from which on it is looked at how many regions they name."""


class _Word(NamedTuple):
    """What a word of a coded column says: its code, and the problem to be told, if any."""

    code: str | None
    problem: str = ""


class RowReader(RowAccount):
    """Reads the columns of one list, field by field; every rule used and every fault found goes to the account.

    Parameters
    ----------
    raw : RawTable
        Must be recognised as a table; its structural rows are left alone.
    rules : CleaningRules
    """

    def __init__(self, raw: RawTable, rules: CleaningRules) -> None:
        super().__init__(raw, rules)
        self._begun: Sequence[DateReading] = ()
        self._readings: dict[str, RegionReading] = {}
        self._year = _only_year(raw.sheet) or _only_year(raw.file.rsplit("/", 1)[-1])

    def texts(self, *fields: str) -> MutableSequence[str | None]:
        """Return a text column: one line per cell, missing where it says nothing."""
        return read_each(self.cells(*fields).values, _text)

    def identifiers(self, *fields: str) -> MutableSequence[str]:
        """Return the identifiers of the rows, '' where missing."""
        return each(self.texts(*fields), lambda text: text or "")

    def dates(
        self, *fields: str, required: bool, ranges: bool = False, may_be_empty: bool = False
    ) -> MutableSequence[DateReading]:
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
        orders = find_day_orders(distinct(column.values))
        by_file = not orders
        order = self.raw.day_order if not orders else orders.pop() if len(orders) == 1 else None
        stated = self._stated_precisions() if required else {}

        def read(value: CellValue) -> DateReading:
            reading = read_date(value, order, self._year, ends="end_on" in fields, epoch_1904=self.raw.epoch_1904)
            reading = told_by_file(reading) if by_file else reading
            return reading if ranges else single_date(reading)

        readings = read_each(column.values, read)
        if stated:
            pairs = zip(self.rows.numbers, readings, strict=True)
            readings = [coarsen(item, stated[number]) if number in stated else item for number, item in pairs]
        if required:
            self._begun = readings
        for at, reading in enumerate(readings):
            if reading.fault is None and not reading.rules:
                continue
            if not (may_be_empty and reading.fault == "missing"):
                header = column.headers[at] if column else ""
                self._account_for_date(self.rows[at], header, column.values[at], reading, required=required)
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
        if not column:
            return {}
        codes = read_each(column.values, lambda value: vocabulary.code(as_text(value)))
        return {number: known[code] for number, code in zip(self.rows.numbers, codes, strict=True) if code in known}

    def counts(self, *fields: str) -> MutableSequence[CountReading]:
        """Return a column of head counts: of ``companies``, else of persons."""
        column = self.cells(*fields)
        kind: CountKind = "companies" if "companies" in fields else "persons"
        headers = column.headings
        if len(headers) > 1:
            pairs = zip(column.values, column.headers, strict=True)
            readings: MutableSequence[CountReading] = [read_count(value, kind, header) for value, header in pairs]
        else:
            heading = next(iter(headers), "")
            readings = read_each(column.values, lambda value: read_count(value, kind, heading))
        for at, reading in enumerate(readings):
            if reading.fault is None and not reading.rules:
                continue
            number, header, value = self.rows[at].number, column.headers[at] if column else "", column.values[at]
            if reading.fault == "unreadable":
                self.note("count_unreadable", number, header, value)
            for rule in reading.rules:
                self.note(rule, number, header, value, taken=str(reading.value))
        return readings

    def codes(
        self, field: str, vocabulary: str = "", aliases: Mapping[str, str] | None = None
    ) -> MutableSequence[str | None]:
        """Return a coded column by its vocabulary; a word that is not known leaves the value missing."""
        name = vocabulary or field
        own = {fold(text): code for text, code in (aliases or {}).items()}
        column = self.cells(field)
        words = read_each(column.values, lambda value: _read_word(as_text(value), name, own))
        for at, word in enumerate(words):
            if word.problem:
                taken = {"taken": word.code, "field": name} if word.code else {}
                self.note(word.problem, self.rows[at].number, column.headers[at], as_text(column.values[at]), **taken)
        return each(words, lambda word: word.code)

    def regions(self, *fields: str) -> MutableSequence[RegionReading]:
        """Return a region column; rows whose place lies abroad are set aside.

        A German state under a heading such as ``Bundesland``, which may mean either country, names no region.
        """
        column = self.cells(*fields)
        readings = read_each(column.values, lambda value: self.region_of(as_text(value)))
        for at, reading in enumerate(readings):
            if reading.country in _HOME and read_words()["heading.home"].code(column.headers[at]):
                readings[at] = NO_REGION
            elif reading.country or reading.faults:
                self.account_for_region(self.rows[at], column.headers[at], as_text(column.values[at]), reading)
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

    def records(
        self,
        values: Mapping[str, Sequence[Any]],
        identifiers: Sequence[str],
        *,
        persons: Sequence[str] | None = None,
        notes: Sequence[str | None] | None = None,
        without_status: Sequence[WithoutStatus] | None = None,
        open_sides: Sequence[bool] | None = None,
    ) -> Records:
        """Return the rows that stand, with these columns, which it may take over as its own; see `Records`."""
        size = len(self.rows)
        self._refuse_multiplied(values.get("region", ()))
        records = Records(
            {name: _own(column) for name, column in values.items()},
            SameValue(self.raw.file, size),
            SameValue(self.raw.place, size),
            self.rows.numbers,
            identifiers,
            SameValue("", size) if persons is None else persons,
            SameValue("", size) if notes is None else each(notes, lambda note: note or ""),
            SameValue[WithoutStatus]("", size) if without_status is None else without_status,
            SameValue(False, size) if open_sides is None else open_sides,
        )
        if not self.set_aside:
            return records
        return records.take([at for at, number in enumerate(records.rows) if number not in self.set_aside])

    def _refuse_multiplied(self, regions: Sequence[tuple[str, ...] | None]) -> None:
        """Refuse a list whose cells of many regions make far more rows of a table than the list has."""
        one_each = len(regions) < _MULTIPLIED or (isinstance(regions, SameValue) and len(regions[0] or ()) <= 1)
        most = self.rules.settings.limits.memory_mib * _ROWS_A_MIB
        if not one_each and sum(len(cell or ()) for cell in regions) > most:
            raise UnreadableFileError("too_large")

    def cleaned(self, records: Records, numbers: Mapping[str, Mapping[int, float]] | None = None) -> CleanedList:
        """Return what the list gave, with all that was written down while it was read."""
        self.note_columns()
        return CleanedList(self.raw, records, self.set_aside, tuple(self.problems), self._dated_abroad(), numbers or {})

    def _dated_abroad(self) -> tuple[tuple[int, str, str, dt.date | None], ...]:
        """Return what lies abroad with the first possible day of its row, None where the row has no date."""
        numbers = {number for number, _, _ in self.abroad}
        days = {
            number: reading.start
            for number, reading in zip(self.rows.numbers, self._begun, strict=False)
            if number in numbers
        }
        return tuple((number, country, text, days.get(number)) for number, country, text in self.abroad)


def _own(column: Sequence[Any]) -> MutableSequence[Any]:
    return compact(column if isinstance(column, MutableSequence) else list(column))


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


def _only_year(text: str) -> int | None:
    years = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text))
    return int(years.pop()) if len(years) == 1 else None


def _read_word(text: str, name: str, own: Mapping[str, str]) -> _Word:
    """Return the code of a word; one that is not known has none, and says so."""
    if not text:
        return _Word(None)
    words = read_words()[name]
    known = own.get(fold(text), text)
    code = words.code(known) or words.code_within(known)
    if code is None and known in words.exact.values():
        code = known
    if code is not None:
        return _Word(code)
    code = words.code_at_start(known)
    if code is not None:
        return _Word(code, "word_note_dropped")
    return _Word(None, "" if is_missing(text) else "word_unknown")
