"""The annexes: agreements with regions and reported outcomes, for the region pages."""

from collections.abc import Sequence
from typing import Final

from vemas_analytics.etl.clean.records import CleanedList, CleaningRules
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.parse.amounts import find_decimal_mark, read_amount
from vemas_analytics.model.sheets import RawTable

ANNEX_COLUMNS: Final = {
    "agreements": (
        "id", "region", "partner", "kind", "date", "date_precision", "saxon_party", "source", "note",
        "source_file", "source_sheet", "source_row",
    ),
    "outcomes": (
        "id", "date", "date_precision", "company", "region", "event", "kind", "value", "unit", "source", "note",
        "source_file", "source_sheet", "source_row",
    ),
}  # fmt: skip
"""Columns of the annex tables, in order."""

_TEXTS = {
    "agreements": ("partner", "kind", "saxon_party", "source", "note"),
    "outcomes": ("company", "event", "kind", "unit", "source", "note"),
}


def clean_annex(raw: RawTable, rules: CleaningRules) -> CleanedList:
    """Clean one annex list.

    Parameters
    ----------
    raw : RawTable
        Recognised as ``agreements`` or ``outcomes``.
    rules : CleaningRules
    """
    table = raw.table or ""
    reader = RowReader(raw, rules)
    reader.reject_empty(("id",), ("date",))
    dated = reader.dates("date", required=True, may_be_empty=True)
    column = reader.cells("date")
    for at, row in enumerate(reader.rows):
        start = dated[at].start
        if start is not None and start > rules.today:
            reader.reject("date_in_future", row, column.headers[at], column.values[at])
    regions = reader.regions("region")
    texts = {field: reader.texts(field) for field in _TEXTS[table]}
    identifiers, numbers = reader.identifiers("id"), reader.identifiers("number")
    values = _read_values(reader)
    fields: dict[str, Sequence[object]] = {
        "region": [reading.codes for reading in regions],
        "date": [reading.start for reading in dated],
        "date_precision": [reading.precision for reading in dated],
        **texts,
    }
    if table == "outcomes":
        fields["value"] = values
    named = [own or number for own, number in zip(identifiers, numbers, strict=True)]
    listed = {number: value for number, value in zip(reader.rows.numbers, values, strict=True) if value}
    return reader.cleaned(reader.records(fields, named), {"value": listed})


def _read_values(reader: RowReader) -> list[float | None]:
    """Return the numbers of outcomes, in units of their own; what was not read plainly is noted."""
    column = reader.cells("value")
    mark = find_decimal_mark(column.values)
    values: list[float | None] = []
    for at, row in enumerate(reader.rows):
        reading = read_amount(column.values[at], mark=mark)
        if reading.fault not in {None, "missing"}:
            reader.note(f"amount_{reading.fault}", row.number, column.headers[at], column.values[at])
        for rule in reading.rules if reading.value is not None else ():
            reader.note(rule, row.number, column.headers[at], column.values[at], taken=f"{reading.value:.2f}")
        values.append(reading.value)
    return values
