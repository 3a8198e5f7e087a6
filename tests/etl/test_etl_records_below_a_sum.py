import datetime as dt

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet

ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("Datum des Forums", "Teilgenommen", "Region", "Firma/Einrichtung", "Name, Vorname", "Titel des Forums"),
    (None, "ja", "Swerdlowsk", None, "Muster, Anna", "Forum Ural"),
    (None, None, None, 2, None, None),
    (dt.date(2005, 1, 1), None, "Swerdlowsk", None, "Muster, Anna", "Forum Ural"),
    ("Summe", None, None, None, None, None),
    (dt.date(2005, 1, 1), "ja", "Swerdlowsk", "Forum Ural", "Muster, Anna", "Forum Ural"),
    (False, "ja", "Swerdlowsk", "Forum Ural", None, "Forum Ural"),
    (None, None, None, "8", 0, None),
)


def test_a_row_that_says_what_records_say_begins_no_further_list() -> None:
    (table,) = find_tables(RawSheet("Tabelle1", ROWS), "Liste.xlsx", Settings())
    assert table.header_rows == (1,)
    assert [row.number for row in table.rows] == [2, 3, 4, 5, 6, 7, 8]
    assert [row.number for row in table.rows if row.structural == "sum"] == [5]


def test_other_headings_below_a_sum_begin_one() -> None:
    further = (*ROWS[:5], ("Land", "Anzahl", None, None, None, None), ("Hessen", 4, None, None, None, None),
               ("Sachsen", 7, None, None, None, None))  # fmt: skip
    tables = find_tables(RawSheet("Tabelle1", further), "Liste.xlsx", Settings())
    assert [table.header_rows for table in tables] == [(1,), (6,)]
