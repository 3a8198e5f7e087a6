import datetime as dt

import numpy as np
import pandas as pd
import pytest

from vemas_analytics.analysis.caveats import order_caveats
from vemas_analytics.analysis.tabulate import plain, tabulate_frame


def test_cells_become_plain_python():
    assert plain(pd.Timestamp("2020-01-02 03:04")) == dt.date(2020, 1, 2)
    assert plain(np.datetime64("2020-01-02")) == dt.date(2020, 1, 2)
    assert [plain(value) for value in (pd.NA, pd.NaT, np.nan, np.datetime64("NaT"), None)] == [None] * 5
    assert type(plain(np.int64(3))) is int
    assert type(plain(np.bool_(True))) is bool


def test_missing_columns_are_none_and_the_frame_is_not_changed():
    frame = pd.DataFrame({"a": [1, 2]})
    copy = frame.copy()
    assert tabulate_frame(frame, ("a", "b")).rows == ((1, None), (2, None))
    assert tabulate_frame(pd.DataFrame(), ("a",)).rows == ()
    pd.testing.assert_frame_equal(frame, copy)


def test_caveats_keep_the_order_of_the_list_and_refuse_strangers():
    assert order_caveats(["not_causal", "few_events", "few_events"]) == ("few_events", "not_causal")
    with pytest.raises(KeyError):
        order_caveats(["of my own"])
