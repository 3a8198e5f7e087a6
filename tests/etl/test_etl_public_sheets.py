import pytest
from public_sheets import PublicSheet, public_sheets

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings

SHEETS = public_sheets()


@pytest.mark.parametrize("case", SHEETS, ids=[case.name for case in SHEETS])
def test_header_rows_and_records_are_right(case: PublicSheet) -> None:
    tables = find_tables(case.sheet, f"{case.name}.{'csv' if case.as_text else 'xlsx'}", Settings())
    found = [(table.header_rows, tuple(row.number for row in table.rows if row.structural is None)) for table in tables]
    assert found == [(truth.header, truth.records) for truth in case.tables]


def test_there_are_sheets_of_every_kind() -> None:
    assert len(SHEETS) >= 130
    assert {len(case.tables) for case in SHEETS} >= {0, 1, 2, 3}
    assert any(case.as_text for case in SHEETS)
