"""Every column of a table has a name a clerk knows."""

import pytest

from vemas_analytics.model.tables import COLUMNS
from vemas_analytics.reference.column_labels import column_label

# Columns that the package fills itself.
_OURS = {"source_file", "source_sheet", "source_row", "person_key", "organiser_group"}


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in ("inquiries", "offers", "trips", "attendance")
        for column in COLUMNS[table]
        if column not in _OURS and not column.endswith(("_precision", "value_eur"))
    ],
)
def test_german_names_are_no_names_of_columns(table: str, column: str) -> None:
    assert "_" not in column_label(table, column, "de")
    assert column_label(table, column, "de") != column.replace("_", " ") or column in {"status", "region"}


def test_head_count_of_a_forum_is_named_in_a_list_of_attendees() -> None:
    assert column_label("attendance", "attendees", "de") == "Teilnehmerzahl"
    assert column_label("attendance", "attendees", "en") == "attendees"
