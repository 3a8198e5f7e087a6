"""What inquiries and offers have in common: two dates, two companies, a subject, an amount, a status."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from vemas_analytics.etl.clean.money import Money
from vemas_analytics.etl.clean.records import CleanedList, Record
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.parse.date_reading import DateReading
from vemas_analytics.reference.words import fold

_NAMES: Final[Mapping[str, tuple[str, str, str]]] = {
    "inquiries": ("inquiry_id", "received_on", "closed_on"),
    "offers": ("offer_id", "offered_on", "decided_on"),
}


def finish_requests(
    reader: RowReader,
    table: Literal["inquiries", "offers"],
    dated: Sequence[DateReading],
    ended: Sequence[DateReading],
    money: Sequence[Money],
    columns: Mapping[str, Sequence[object]],
) -> CleanedList:
    """Read the remaining columns and return the records that stand.

    Parameters
    ----------
    dated, ended : sequence of DateReading
        The record's own date and the date it was closed or decided.
    columns : mapping of str to sequence
        What this table alone has, by contract column.
    """
    id_field, date_field, end_field = _NAMES[table]
    refuse_future(reader, date_field, dated)
    ended = drop_future(reader, end_field, ended)
    regions = reader.regions("region")
    identifiers, numbers = reader.identifiers(id_field), reader.identifiers("number")
    companies = {field: companies_of(reader, field) for field in ("saxon_company", "russian_company")}
    subjects, kinds = reader.texts("subject"), reader.codes("subject_kind")
    statuses = reader.codes("status", f"{table}.status", reader.rules.settings.aliases.statuses)
    notes = reader.texts("note")
    records: list[Record] = []
    for at, row in enumerate(reader.rows):
        if row.number in reader.set_aside:
            continue
        values: dict[str, object] = {
            date_field: dated[at].start,
            f"{date_field}_precision": dated[at].precision,
            "region": regions[at].codes,
            **{field: texts[at] for field, texts in companies.items()},
            "subject": subjects[at],
            "subject_kind": kinds[at],
            "value": money[at].value,
            "currency": money[at].currency,
            "value_eur": money[at].value_eur,
            "status": statuses[at],
            end_field: ended[at].start,
            f"{end_field}_precision": ended[at].precision,
            **{name: column[at] for name, column in columns.items()},
        }
        identifier = identifiers[at] or numbers[at]
        records.append(Record(reader.place(row), values, identifier, not identifiers[at], note=notes[at] or ""))
    reader.note_columns()
    listed = {"value": {row.number: item.value for row, item in zip(reader.rows, money, strict=True) if item.value}}
    numbers_listed = {
        field: {row: float(value) for row, value in rows.items() if value} for field, rows in listed.items()
    }
    return CleanedList(
        reader.raw, tuple(records), reader.set_aside, tuple(reader.problems), tuple(reader.abroad), numbers_listed
    )


def companies_of(reader: RowReader, field: str) -> list[str | None]:
    """Return a column of company names, spelt as the organisation's own aliases say."""
    aliases = {fold(text): name for text, name in reader.rules.settings.aliases.companies.items()}
    return [aliases.get(fold(text), text) if text else None for text in reader.texts(field)]


def refuse_future(reader: RowReader, field: str, dated: Sequence[DateReading]) -> None:
    """Reject the rows whose own date lies after today."""
    column = reader.cells(field)
    for at, row in enumerate(reader.rows):
        start = dated[at].start
        if start is not None and start > reader.rules.today:
            reader.reject("date_in_future", row, column.headers[at] if column else "", column.values[at])


def drop_future(reader: RowReader, field: str, dated: Sequence[DateReading]) -> list[DateReading]:
    """Return the dates, missing where they lie after today: nothing is decided tomorrow."""
    column = reader.cells(field)
    kept: list[DateReading] = []
    for at, row in enumerate(reader.rows):
        reading = dated[at]
        if reading.start is not None and reading.start > reader.rules.today:
            reader.note("other_date_in_future", row.number, column.headers[at], column.values[at])
            reading = DateReading(fault="missing")
        kept.append(reading)
    return kept
