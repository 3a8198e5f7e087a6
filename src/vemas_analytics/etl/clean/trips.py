"""The story of the trips: when, which way, what kind, how many, and whether they took place."""

import datetime as dt
from collections.abc import MutableSequence, Sequence
from dataclasses import replace

from vemas_analytics.etl.clean.cancellation import remark_says_cancelled, says_cancelled
from vemas_analytics.etl.clean.head_counts import read_head_counts
from vemas_analytics.etl.clean.money import read_money
from vemas_analytics.etl.clean.organisers import groups_of, named_organisers
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules, ListedNumbers, Record, WithoutStatus
from vemas_analytics.etl.clean.rows import RowReader, shown_date
from vemas_analytics.etl.parse.cells import as_text
from vemas_analytics.etl.parse.counts import Bound, CountReading
from vemas_analytics.etl.parse.date_reading import DateReading, last_possible_day
from vemas_analytics.etl.parse.dates import read_date
from vemas_analytics.etl.parse.regions import RegionReading
from vemas_analytics.model.sheets import RawTable
from vemas_analytics.reference.words import read_words

_MAY_LIE_AHEAD = frozenset({"planned", "announced", "cancelled"})


def clean_trips(raw: RawTable, rules: CleaningRules) -> CleanedList:
    """Clean one list of trips. A trip without a status keeps it open; `settle_trip_status` decides it later.

    Parameters
    ----------
    raw : RawTable
        Recognised as ``trips``.
    rules : CleaningRules
    """
    reader = RowReader(raw, rules)
    reader.reject_empty(("trip_id",), ("start_on", "end_on", "period"))
    starts, ends = _read_period(reader)
    statuses = reader.codes("status", "trips.status", rules.settings.aliases.statuses)
    _refuse_future(reader, starts, statuses)
    titles, cities = reader.texts("title"), reader.texts("city")
    kinds = _read_kinds(reader, titles)
    directions = _read_directions(reader, titles)
    regions = _read_regions(reader)
    companies, persons = read_head_counts(reader)
    company_bounds = read_bounds(reader, "companies_bound", companies)
    person_bounds = read_bounds(reader, "persons_bound", persons)
    costs = read_money(reader, "cost_eur", [reading.start for reading in starts])
    organisers = named_organisers(reader.texts("organiser"), rules.settings)
    groups = groups_of(organisers, rules.settings)
    identifiers, numbers, notes = reader.identifiers("trip_id"), reader.identifiers("number"), reader.texts("note")
    written = reader.texts("status")
    _cancel_by_wording(reader, statuses, written)
    values: dict[str, Sequence[object]] = {
        "title": titles,
        "start_on": [reading.start for reading in starts],
        "start_on_precision": [reading.precision for reading in starts],
        "end_on": [reading.start for reading in ends],
        "end_on_precision": [reading.precision for reading in ends],
        "region": [reading.codes for reading in regions],
        "city": cities,
        "direction": directions,
        "kind": kinds,
        "organiser": organisers,
        "organiser_group": groups,
        "companies": [reading.value for reading in companies],
        "companies_bound": company_bounds,
        "persons": [reading.value for reading in persons],
        "persons_bound": person_bounds,
        "cost_eur": costs.values_eur,
        "status": statuses,
    }
    named = [own or number for own, number in zip(identifiers, numbers, strict=True)]
    missing: WithoutStatus = "cell" if reader.has("status") else "column"
    open_status: list[WithoutStatus] = [
        missing if text is None and status is None else "" for text, status in zip(written, statuses, strict=True)
    ]
    rows = reader.rows.numbers
    listed = {
        "companies": ListedNumbers(rows, [reading.value for reading in companies]),
        "persons": ListedNumbers(rows, [reading.value for reading in persons]),
        "cost_eur": ListedNumbers(rows, costs.values),
    }
    return reader.cleaned(reader.records(values, named, notes=notes, without_status=open_status), listed)


def trip_end(record: Record) -> dt.date:
    """Return the last day a trip can have lasted."""
    for name in ("end_on", "start_on"):
        day, precision = record.values[name], record.values[f"{name}_precision"]
        if isinstance(day, dt.date):
            return last_possible_day(day, precision)
    message = f"trip without a date at {record.place}"
    raise ValueError(message)


def _read_period(reader: RowReader) -> tuple[list[DateReading], list[DateReading]]:
    """Return start and end: from their columns, from a range in one cell, or from both parts put together."""
    starts = _completed(reader, reader.dates("start_on", "period", required=True, ranges=True))
    stated = reader.dates("end_on", required=False)
    column = reader.cells("end_on")
    ends: list[DateReading] = []
    for at, row in enumerate(reader.rows):
        start, end = starts[at], stated[at]
        if end.start is None and start.end is not None:
            end = DateReading(start.end, start.end_precision)
        if start.start is not None and _ends_before(end, start.start):
            begin = shown_date(replace(start, end=None))
            reader.note("end_before_start", row.number, column.headers[at], column.values[at], start=begin)
            end = DateReading(fault="missing")
        ends.append(end)
    return starts, ends


def _ends_before(end: DateReading, start: dt.date) -> bool:
    return end.start is not None and end.precision is not None and last_possible_day(end.start, end.precision) < start


def _completed(reader: RowReader, starts: Sequence[DateReading]) -> list[DateReading]:
    """Read a beginning such as ``08.07.`` together with the end in the next column."""
    begin, end = reader.cells("start_on"), reader.cells("end_on")
    completed = list(starts)
    for at, row in enumerate(reader.rows):
        first, second = begin.values[at], end.values[at]
        if starts[at].fault != "unreadable" or not isinstance(first, str) or not as_text(second):
            continue
        last = read_date(second)
        if last.start is None or last.precision != "day":
            continue
        joined = read_date(f"{first} - {last.start:%d.%m.%Y}")
        if joined.start is not None and reader.set_aside.get(row.number) == "rejected":
            completed[at] = replace(joined, end=None, end_precision=None)
            del reader.set_aside[row.number]
            reader.problems[:] = [item for item in reader.problems if item.row != row.number]
            reader.note("date_year_from_end", row.number, begin.headers[at], first, taken=shown_date(completed[at]))
    return completed


def _refuse_future(reader: RowReader, starts: Sequence[DateReading], statuses: Sequence[str | None]) -> None:
    column = reader.cells("start_on", "period")
    for at, row in enumerate(reader.rows):
        start = starts[at].start
        if start is not None and start > reader.rules.today and statuses[at] not in (*_MAY_LIE_AHEAD, None):
            reader.reject("date_in_future", row, column.headers[at], column.values[at])


def _cancel_by_wording(reader: RowReader, statuses: MutableSequence[str | None], written: Sequence[str | None]) -> None:
    """Take a trip without a status as cancelled where its title, kind or remark says so."""
    columns = [
        (reader.cells(field), says)
        for field, says in (("title", says_cancelled), ("kind", says_cancelled), ("note", remark_says_cancelled))
    ]
    for at, row in enumerate(reader.rows):
        if statuses[at] is not None or written[at] is not None or row.number in reader.set_aside:
            continue
        for column, says in columns:
            text = as_text(column.values[at])
            if says(text):
                statuses[at] = "cancelled"
                taken = {"taken": "cancelled", "field": "trips.status"}
                reader.note("status_from_wording", row.number, column.headers[at], text, **taken)
                break


def _read_kinds(reader: RowReader, titles: Sequence[str | None]) -> list[str | None]:
    words = read_words()["trips.kind"]
    stated, given = reader.codes("kind", "trips.kind"), reader.cells("kind").values
    kinds: list[str | None] = []
    for at, row in enumerate(reader.rows):
        code, title = stated[at], titles[at]
        if code is None and title and not as_text(given[at]):
            code = words.code_within(title)
            if code is not None:
                reader.note("kind_assumed", row.number, "", title, taken=code, field="trips.kind")
        kinds.append(code)
    return kinds


def _read_directions(reader: RowReader, titles: Sequence[str | None]) -> list[str | None]:
    words = read_words()["direction.kind"]
    stated, given = reader.codes("direction"), reader.cells("direction").values
    kinds = reader.texts("kind")
    directions: list[str | None] = []
    for at, row in enumerate(reader.rows):
        code = stated[at]
        if code is None and not as_text(given[at]):
            for text in (kinds[at], titles[at]):
                code = words.code_within(text) if text else None
                if code is not None:
                    reader.note("direction_assumed", row.number, "", text, taken=code, field="direction")
                    break
        directions.append(code)
    return directions


def _read_regions(reader: RowReader) -> Sequence[RegionReading]:
    """Return the regions; where one is missing the city stands in, unless it lies in Germany."""
    regions = reader.regions("region")
    given, cities = reader.cells("region").values, reader.cells("city")
    for at, row in enumerate(reader.rows):
        city = as_text(cities.values[at])
        if city and not as_text(given[at]):
            regions[at] = reader.region_of_place(city)
            reader.account_for_region(row, cities.headers[at], city, regions[at])
    return regions


def read_bounds(reader: RowReader, field: str, counts: Sequence[CountReading]) -> list[Bound | None]:
    """Return whether each count is exact or a lower bound; a column of its own goes before the wording."""
    known: dict[str, Bound] = {
        "exact": "exact",
        "at_least": "at_least",
        "at least": "at_least",
        "mindestens": "at_least",
    }
    stated = [known.get(as_text(value).casefold()) for value in reader.cells(field).values]
    return [None if count.value is None else (stated[at] or count.bound) for at, count in enumerate(counts)]
