"""Firms and persons of a row, also where one cell holds both."""

from collections.abc import MutableSequence
from typing import Final

from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.parse.counts import CountKind, CountReading, count_beside

_FIELDS: Final[dict[CountKind, tuple[str, ...]]] = {"companies": ("companies",), "persons": ("persons", "attendees")}


def read_head_counts(reader: RowReader) -> tuple[MutableSequence[CountReading], MutableSequence[CountReading]]:
    """Return the numbers of companies and of persons, row by row.

    A count that its own column leaves out is taken from the other column where that names it: ``12 Firmen /
    18 Personen`` gives both.
    """
    counts = {kind: reader.counts(*fields) for kind, fields in _FIELDS.items()}
    _fill(reader, "companies", counts["companies"], "persons")
    _fill(reader, "persons", counts["persons"], "companies")
    return counts["companies"], counts["persons"]


def _fill(reader: RowReader, kind: CountKind, readings: MutableSequence[CountReading], other: CountKind) -> None:
    column = reader.cells(*_FIELDS[other])
    for at, row in enumerate(reader.rows):
        if readings[at].fault != "missing":
            continue
        found = count_beside(column.values[at], kind, column.headers[at] if column else "")
        if found is not None:
            readings[at] = found
            for rule in found.rules:
                reader.note(rule, row.number, column.headers[at], column.values[at], taken=str(found.value))
