"""Rows of a list held side by side read as the rows they are made of."""

import pytest

from vemas_analytics.model.sheets import ListRows, RawRow

ROWS = (
    RawRow(4, ("a", None, 1)),
    RawRow(6, ("b", "c", 2)),
    RawRow(7, ("Summe", None, 3), "sum"),
    RawRow(9, ("Titel", None, None)),
)


def test_rows_are_made_when_asked_for() -> None:
    rows = ListRows.of(ROWS)
    assert (tuple(rows), len(rows)) == (ROWS, 4)
    assert (rows[1], rows[-1], rows[1:3]) == (ROWS[1], ROWS[3], ROWS[1:3])
    assert (list(rows.numbers), dict(rows.reasons)) == ([4, 6, 7, 9], {2: "sum"})
    with pytest.raises(IndexError):
        rows[4]


def test_they_are_equal_where_their_rows_are() -> None:
    assert ListRows.of(ROWS) == ListRows([4, 6, 7, 9], [row.cells for row in ROWS], {2: "sum"})
    assert ListRows.of(ROWS) != ListRows.of(ROWS[:3])
    assert ListRows.of(ROWS) != ROWS
    assert eval(repr(ListRows.of(ROWS)), {"ListRows": ListRows, "RawRow": RawRow}) == ListRows.of(ROWS)


def test_records_are_the_rows_without_a_reason() -> None:
    rows = ListRows.of(ROWS)
    assert rows.records() == ListRows.of([ROWS[0], ROWS[1], ROWS[3]])
    assert list(rows.record_numbers()) == [4, 6, 9]
    assert list(rows.full_records()) == [0, 1]
    without = ListRows.of(ROWS[:2])
    assert without.records() is without
    assert list(without.record_numbers()) == [4, 6]


def test_changes_leave_the_rows_they_were_made_from() -> None:
    rows = ListRows.of(ROWS)
    changed = rows.changed({0: ("neu",)}, {3: "footnote"})
    assert (changed[0], changed[3].structural, changed[2].structural) == (RawRow(4, ("neu",)), "footnote", "sum")
    assert rows == ListRows.of(ROWS)
    assert rows.changed({}) is rows
