"""A workbook of values reads back as the values it was made from."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from vemas_analytics.etl.reading.sandbox import shared_reader
from vemas_analytics.marked.plain_workbook import (
    MOST_CELLS,
    outgrows_a_workbook,
    sheet_names,
    write_plain_workbook,
)
from vemas_analytics.model.settings import Limits
from vemas_analytics.model.sheets import RawColumn, RawSheet
from vemas_analytics.model.tables import ListPlace

_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20).filter(
    lambda text: not text.isspace() and "\ufffe" not in text and "\uffff" not in text
)
_VALUES = st.one_of(
    st.none(), _TEXT, st.integers(-(10**12), 10**12), st.booleans(), st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1))
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(_VALUES, min_size=2, max_size=5), min_size=1, max_size=6), first=st.integers(1, 9))
def test_values_come_back_in_their_rows(tmp_path_factory, rows, first):
    path = tmp_path_factory.mktemp("plain") / "x.xlsx"
    sheet = RawSheet("Daten", (("Kopf", "Zahl"), *map(tuple, rows), ("Ende", 1)), first)
    write_plain_workbook([sheet], sheet_names([sheet], "Liste"), path, as_text=False)
    again = shared_reader(Limits()).read(path).sheets[0]
    assert again.first_row == first
    width = max(len(row) for row in sheet.rows)
    full = [(*row, *[None] * (width - len(row))) for row in sheet.rows]
    plain = [tuple(v.date() if isinstance(v, dt.datetime) else v for v in row) for row in again.rows]
    assert [(*row, *[None] * (width - len(row))) for row in plain] == full


def test_names_of_sheets_are_made_fit():
    sheets = [RawSheet(name, ()) for name in ("", "a/b", "a_b", "x" * 40, "A_B")]
    names = sheet_names(sheets, "Liste")
    assert names[""] == "Liste"
    assert len({name.casefold() for name in names.values()}) == 5
    assert all(len(name) <= 31 and "/" not in name for name in names.values())


def test_hidden_rows_and_merged_cells_stay(tmp_path):
    import openpyxl

    sheet = RawSheet(
        "S",
        (("a", "b"), ("c", None), ("d", "e")),
        2,
        merged=((1, 0, 1, 1),),
        hidden_rows=((3, 3),),
        hidden_columns=((1, 1),),
    )
    write_plain_workbook([sheet], {"S": "S"}, tmp_path / "x.xlsx", as_text=True)
    again = openpyxl.load_workbook(tmp_path / "x.xlsx")["S"]
    assert again.row_dimensions[3].hidden
    assert not again.row_dimensions[2].hidden
    assert again.column_dimensions["B"].hidden
    assert [str(area) for area in again.merged_cells.ranges] == ["A3:B3"]


def test_only_lists_that_are_too_long_beyond_doubt_are_not_looked_at():
    columns = tuple(RawColumn(index, f"Spalte {index}", None) for index in range(8))

    def lists(*last_rows):
        return [ListPlace("a.csv", "", "inquiries", (1,), columns, last, {}) for last in last_rows]

    assert not outgrows_a_workbook(lists(MOST_CELLS // 8, MOST_CELLS // 8))
    assert outgrows_a_workbook(lists(MOST_CELLS // 8, MOST_CELLS // 8, 10))
    assert not outgrows_a_workbook([])
