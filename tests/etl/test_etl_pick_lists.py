import pytest

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.etl.layout.pick_lists import is_pick_list
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet

STAIRS = (
    ("Region", "Status", "Art"),
    ("Perm", "offen", "Service"),
    ("Kaluga", "beantwortet", "Forschung"),
    ("Tula", "abgelehnt", None),
    ("Omsk", None, None),
)


def test_columns_of_words_that_end_at_different_rows() -> None:
    assert is_pick_list(RawSheet("Tabelle3", STAIRS))
    assert find_tables(RawSheet("Tabelle3", STAIRS), "a.xlsx", Settings()) == ()


@pytest.mark.parametrize("name", ["Listen", "Auswahl", "Dropdown", "Lookups", "Listen 2"])
def test_the_name_of_the_sheet_tells_a_short_one(name: str) -> None:
    assert is_pick_list(RawSheet(name, (("Region",), ("Perm",), ("Kaluga",))))


def test_a_hidden_sheet_needs_less() -> None:
    rows = (("Region", "Status"), ("Perm", "offen"), ("Kaluga", None))
    assert is_pick_list(RawSheet("Tabelle2", rows, hidden=True))
    assert not is_pick_list(RawSheet("Tabelle2", rows))


@pytest.mark.parametrize(
    "rows",
    [
        (("Name", "Firma", "Ort"), ("Anna", "A", "Perm"), ("Bernd", "B", "Perm")),  # a word twice: records
        (("Name", "Zahl", "Ort"), ("Anna", 5, "Perm"), ("Bernd", None, None)),  # numbers: records
        (("Name", "Firma", "Ort"), ("Anna", None, "Perm"), ("Bernd", "B", None)),  # a gap: records
        (("Name", "Firma", "Ort"), ("Anna", "A", "Perm"), ("Bernd", "B", "Tula")),  # all as long: records
    ],
)
def test_records_are_no_pick_list(rows: tuple[tuple[CellValue, ...], ...]) -> None:
    assert not is_pick_list(RawSheet("Tabelle1", rows))
