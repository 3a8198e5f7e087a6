"""The annexes: agreements with regions and reported outcomes, for the region pages."""

from typing import Final

from vemas_analytics.etl.clean.records import CleanedList, CleaningRules, Record
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.parse.amounts import read_amount
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
    values = [read_amount(cell).value for cell in reader.cells("value").values]
    records: list[Record] = []
    for at, row in enumerate(reader.rows):
        if row.number in reader.set_aside:
            continue
        fields: dict[str, object] = {
            "region": regions[at].codes,
            "date": dated[at].start,
            "date_precision": dated[at].precision,
            **{field: column_texts[at] for field, column_texts in texts.items()},
        }
        if table == "outcomes":
            fields["value"] = values[at]
        records.append(Record(reader.place(row), fields, identifiers[at] or numbers[at], not identifiers[at]))
    reader.note_columns()
    return CleanedList(raw, tuple(records), reader.set_aside, tuple(reader.problems), tuple(reader.abroad))
