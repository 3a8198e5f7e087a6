import datetime as dt
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.model.periods import (
    NO_DAY,
    clip_periods,
    count_days,
    date_of,
    day_number,
    month_cells,
    months_between,
    possible_days,
    shift_months,
)

D = dt.date
days = st.dates(D(1990, 1, 1), D(2040, 12, 31))


def test_clip_keeps_what_lies_within_and_drops_the_rest():
    limits = (D(2012, 1, 1), D(2022, 1, 1))
    assert clip_periods([(None, D(2011, 1, 1)), (None, D(2013, 1, 1)), (D(2021, 6, 1), None)], limits) == (
        (D(2012, 1, 1), D(2013, 1, 1)),
        (D(2021, 6, 1), D(2022, 1, 1)),
    )
    with pytest.raises(ValueError, match="unbounded"):
        clip_periods([(None, None)], (None, D(2022, 1, 1)))


def test_february_2022_has_23_and_5_days():
    cells = month_cells([(D(2022, 2, 1), D(2022, 3, 1))], [D(2022, 2, 24)])
    assert [(end - start).days for start, end in cells] == [23, 5]


@given(days, days, st.lists(days, max_size=4))
def test_cells_tile_the_period_and_never_leave_a_month(start, end, edges):
    start, end = min(start, end), max(start, end)
    cells = month_cells([(start, end)], edges)
    assert count_days(cells) == (end - start).days
    for (first, last), following in pairwise(cells):
        assert last == following[0]
        assert (last - dt.timedelta(days=1)).replace(day=1) == first.replace(day=1)


@given(days)
def test_day_numbers_and_back(day):
    assert date_of(day_number(day)) == day
    assert day_number(day) == int(np.datetime64(day).astype("datetime64[D]").astype(int))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2022, 2, 24), -24, D(2020, 2, 24)),
        (D(2022, 3, 31), -1, D(2022, 2, 28)),
        (D(2022, 12, 31), 2, D(2023, 2, 28)),
        (D(2020, 1, 31), 1, D(2020, 2, 29)),
        (D(2022, 1, 1), -1, D(2021, 12, 1)),
    ],
)
def test_shift_months(day, months, expected):
    assert shift_months(day, months) == expected


def test_months_between_takes_every_month_touched():
    assert months_between(D(2021, 12, 15), D(2022, 2, 1)) == [D(2021, 12, 1), D(2022, 1, 1)]


def test_possible_days_by_precision():
    precisions = ["day", "week", "month", "quarter", "season", "year", pd.NA, "day"]
    starts = ["2020-12-01"] * 5 + ["2020-01-01", "2020-12-01", None]
    frame = pd.DataFrame({"on": pd.to_datetime(starts), "on_precision": pd.array(precisions, dtype="string")})
    copy = frame.copy()
    first, after = possible_days(frame, "on")
    assert [(b - a) for a, b in zip(first[:7], after[:7], strict=True)] == [1, 7, 31, 90, 90, 366, 1]
    assert first[7] == after[7] == NO_DAY
    pd.testing.assert_frame_equal(frame, copy)
