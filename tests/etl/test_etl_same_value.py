"""Columns that say the same in every row behave as lists do."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.clean.columns import distinct, read_each
from vemas_analytics.etl.clean.same_value import SameValue, compact, each

VALUES = st.sampled_from([None, "", "a", dt.date(2013, 1, 1), True, ("RU",)])


@given(VALUES, st.integers(1, 5), st.lists(st.tuples(st.integers(-5, 4), VALUES), max_size=4))
def test_it_is_the_list_of_its_value(value: object, size: int, writes: list[tuple[int, object]]) -> None:
    plain, column = [value] * size, SameValue(value, size)
    for at, written in writes:
        if -size <= at < size:
            plain[at] = column[at] = written
    assert (list(column), len(column), column[:2], column[-1]) == (plain, size, plain[:2], plain[-1])
    assert column == plain
    assert column.count(value) == plain.count(value)
    column[:] = [1, 2]
    assert list(column) == [1, 2]


def test_rows_can_be_added_and_taken_away_and_none_is_beyond_the_end() -> None:
    column = SameValue("a", 2)
    column.append("b")
    del column[0]
    assert column == ["a", "b"]
    for at in (2, -3):
        with pytest.raises(IndexError):
            SameValue("a", 2)[at]


@given(st.lists(VALUES, max_size=6))
def test_a_column_is_made_compact_only_where_it_says_one_thing(column: list[object]) -> None:
    made = compact(column)
    assert list(made) == column
    assert isinstance(made, SameValue) == (len(set(map(repr, column))) == 1 and column[0] is not True)
    assert list(each(made, repr)) == list(map(repr, column))
    assert list(read_each(made, repr)) == list(map(repr, column))
    assert set(distinct(made)) == set(column)


def test_one_and_true_and_one_point_zero_are_not_the_same() -> None:
    assert compact([1, True, 1.0]) == [1, True, 1.0]
    assert [type(value) for value in compact([1, True, 1.0])] == [int, bool, float]


def test_what_holds_for_all_rows_is_made_once() -> None:
    asked: list[str] = []
    assert each(SameValue("a", 1_000), lambda value: asked.append(value) or len(asked)) == [1] * 1_000
    assert asked == ["a"]
