import datetime as dt

from literal_lists import load, only

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet, RawTable

ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("Nr.", "Eingang", "Region", "Anfragende Firma", "Wert (EUR)"),
    (1, dt.date(2013, 4, 2), "Samara", "OOO Eins", 900),
    (2, dt.date(2013, 4, 3), None, "OOO Zwei", None),
    (None, None, None, None, None),
    (3, dt.date(2013, 4, 4), "Omsk", "OOO Drei", 100),
    ("Summe", None, None, None, 1000),
)


def inquiries(*merged: tuple[int, int, int, int]) -> RawTable:
    (table,) = find_tables(RawSheet("Anfragen", ROWS, merged=merged), "Anfragen.xlsx", Settings())
    return table


def test_a_merged_region_holds_for_all_its_rows() -> None:
    tables = load(inquiries((1, 2, 3, 2)))
    assert tables.inquiries["region"].tolist() == ["RU-SAM", "RU-SAM", "RU-OMS"]
    problem = only(tables, "merged_cell_spread")
    assert (problem.row, problem.column, problem.value) == (2, "Region", "Samara")
    assert (problem.params["first"], problem.params["last"]) == ("2", "4")


def test_a_merged_amount_counts_once() -> None:
    assert load(inquiries((1, 4, 2, 4))).inquiries["value_eur"].sum() == 1000


def test_blank_rows_and_sums_stay_what_they_are() -> None:
    table = inquiries((1, 2, 3, 2), (4, 2, 5, 2))
    assert [row.number for row in table.rows] == [2, 3, 5, 6]
    assert table.rows[-1].structural == "sum"
    assert table.rows[-1].cells[2] is None


def test_nothing_is_filled_without_merging() -> None:
    assert load(inquiries()).inquiries["region"].tolist() == ["RU-SAM", "RU", "RU-OMS"]
