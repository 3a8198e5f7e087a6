import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.clean.columns import OneHeading, RowColumns, distinct, read_each
from vemas_analytics.etl.clean.records import ListedNumbers, Records, join_records
from vemas_analytics.etl.parse.cells import as_text
from vemas_analytics.model.sheets import CellValue

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, 1.0, 2.5, "1", "True", "", " ", "x", dt.date(2012, 7, 8), dt.datetime(2012, 7, 8)]),
)


def records(file: str, *rows: int) -> Records:
    size = len(rows)
    return Records(
        {"subject": [f"{file}{row}" for row in rows]},
        [file] * size,
        [""] * size,
        list(rows),
        [""] * size,
        [""] * size,
        [""] * size,
        [""] * size,
        [False] * size,
    )


@given(st.lists(CELLS, max_size=40))
def test_reading_distinct_cells_once_is_reading_each(cells: list[CellValue]) -> None:
    assert read_each(cells, as_text) == [as_text(cell) for cell in cells]
    assert read_each(cells, lambda cell: (type(cell), cell)) == [(type(cell), cell) for cell in cells]


def test_a_repeated_cell_is_read_once_and_one_is_not_taken_for_true() -> None:
    asked: list[CellValue] = []
    read_each(["a", "b", "a", None, "a"], asked.append)
    assert asked == ["a", "b", None]
    assert read_each([True, 1, 1.0, True], as_text) == ["true", "1", "1", "true"]


def test_many_cells_of_which_none_repeats_are_read_without_remembering() -> None:
    cells = [str(number) for number in range(25_000)]
    assert read_each(cells, int) == list(range(25_000))
    assert distinct(cells) is cells
    assert distinct(cells[:3] * 3) == set(cells[:3])


def test_rows_of_any_width_become_columns() -> None:
    columns = RowColumns([("a",), ("b", " ", 3), ()])
    assert [list(columns.raw(index)) for index in range(4)] == [
        ["a", "b", None],
        [None, " ", None],
        [None, 3, None],
        [None, None, None],
    ]
    assert list(columns.shown(1)) == [None, None, None]
    assert list(RowColumns([]).raw(2)) == []


def test_one_heading_stands_above_every_cell() -> None:
    headings = OneHeading("Wert", 3)
    assert (headings[2], list(headings), headings[1:], len(headings)) == ("Wert", ["Wert"] * 3, ["Wert"] * 2, 3)


def test_lists_are_joined_in_the_order_of_their_places_and_views_write_through() -> None:
    joined = join_records([records("b", 5, 6), records("a", 7)])
    assert [str(record.place) for record in joined] == ["a:7", "b:5", "b:6"]
    joined[1].values["subject"] = "anders"
    assert joined.column("subject") == ["a7", "anders", "b6"]
    assert joined.column("unknown") == [None] * 3
    assert joined.take([2]).rows == [6]
    assert joined.take(range(3)) is joined


def test_numbers_of_a_list_leave_out_what_adds_nothing() -> None:
    assert dict(ListedNumbers([4, 5, 6], [1.5, None, 0.0])) == {4: 1.5}
