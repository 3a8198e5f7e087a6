"""Which numbers of inquiries mean one inquiry only."""

import pandas as pd

from vemas_analytics.model.links import named_once


def test_a_number_that_restarts_each_year_means_several_inquiries() -> None:
    inquiries = pd.DataFrame(
        {
            "inquiry_id": ["1", "1", "2", "3", "3", None],
            "received_on": pd.to_datetime(
                ["2013-02-01", "2014-03-01", "2013-05-01", "2015-01-01", "2015-01-01", "2013-01-01"]
            ),
        }
    )
    assert named_once(inquiries).tolist() == [False, False, True, True, True, False]


def test_no_inquiries_have_no_numbers() -> None:
    empty = pd.DataFrame({"inquiry_id": pd.Series(dtype="string"), "received_on": pd.Series(dtype="datetime64[us]")})
    assert named_once(empty).tolist() == []
