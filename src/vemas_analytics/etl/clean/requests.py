"""What inquiries and offers have in common: two dates, two companies, a subject, an amount, a status."""

from collections.abc import Mapping, MutableSequence, Sequence
from typing import Final, Literal

from vemas_analytics.etl.clean.money import Money
from vemas_analytics.etl.clean.records import CleanedList, ListedNumbers
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.clean.same_value import compact, each
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
    ended: MutableSequence[DateReading],
    money: Money,
    columns: Mapping[str, Sequence[object]],
    marks: Sequence[str | None] = (),
) -> CleanedList:
    """Read the remaining columns and return the records that stand.

    Parameters
    ----------
    dated, ended : sequence of DateReading
        The record's own date and the date it was closed or decided.
    columns : mapping of str to sequence
        What this table alone has, by contract column.
    marks : sequence of str or None
        Status by a mark in another column, for rows that state none.
    """
    id_field, date_field, end_field = _NAMES[table]
    refuse_future(reader, date_field, dated)
    ended = drop_future(reader, end_field, ended)
    regions = reader.regions("region")
    identifiers, numbers = reader.identifiers(id_field), reader.identifiers("number")
    companies = {field: companies_of(reader, field) for field in ("saxon_company", "russian_company")}
    subjects, kinds = reader.texts("subject"), reader.codes("subject_kind")
    statuses = reader.codes("status", f"{table}.status", reader.rules.settings.aliases.statuses)
    if marks:
        written = reader.texts("status")
        statuses = compact([marks[at] if written[at] is None else status for at, status in enumerate(statuses)])
    notes = reader.texts("note")
    values: dict[str, Sequence[object]] = {
        date_field: each(dated, lambda reading: reading.start),
        f"{date_field}_precision": each(dated, lambda reading: reading.precision),
        "region": each(regions, lambda reading: reading.codes),
        **companies,
        "subject": subjects,
        "subject_kind": kinds,
        "value": money.values,
        "currency": money.currencies,
        "value_eur": money.values_eur,
        "status": statuses,
        end_field: each(ended, lambda reading: reading.start),
        f"{end_field}_precision": each(ended, lambda reading: reading.precision),
        **columns,
    }
    named = numbers if not any(identifiers) else identifiers
    if any(numbers) and not all(identifiers):
        named = [own or number for own, number in zip(identifiers, numbers, strict=True)]
    records = reader.records(values, named, notes=notes)
    listed = {"value": ListedNumbers(reader.rows.numbers, money.values)}
    return reader.cleaned(records, listed)


def companies_of(reader: RowReader, field: str) -> MutableSequence[str | None]:
    """Return a column of company names, spelt as the organisation's own aliases say."""
    aliases = {fold(text): name for text, name in reader.rules.settings.aliases.companies.items()}
    texts = reader.texts(field)
    return each(texts, lambda text: aliases.get(fold(text), text) if text else None) if aliases else texts


def refuse_future(reader: RowReader, field: str, dated: Sequence[DateReading]) -> None:
    """Reject the rows whose own date lies after today."""
    column, today = reader.cells(field), reader.rules.today
    for at, reading in enumerate(dated):
        if reading.start is not None and reading.start > today:
            reader.reject("date_in_future", reader.rows[at], column.headers[at] if column else "", column.values[at])


def drop_future(reader: RowReader, field: str, dated: MutableSequence[DateReading]) -> MutableSequence[DateReading]:
    """Return the dates, missing where they lie after today: nothing is decided tomorrow."""
    column, today = reader.cells(field), reader.rules.today
    late = [at for at, reading in enumerate(dated) if reading.start is not None and reading.start > today]
    kept = list(dated) if late else dated
    for at in late:
        reader.note("other_date_in_future", reader.rows[at].number, column.headers[at], column.values[at])
        kept[at] = DateReading(fault="missing")
    return kept
