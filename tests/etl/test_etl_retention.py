"""Records past the configured age are listed by source row, once each."""

import datetime as dt

import pandas as pd

from factories import make_tables
from vemas_analytics.etl import records_past_retention


def test_a_record_is_old_from_the_day_after_its_age_is_reached() -> None:
    rows = [
        {"inquiry_id": "1", "received_on": dt.date(2014, 6, 1), "region": "RU-SVE", "source_row": 5},
        {"inquiry_id": "1", "received_on": dt.date(2014, 6, 1), "region": "RU-TA", "source_row": 5},
        {"inquiry_id": "2", "received_on": dt.date(2014, 6, 2), "region": "RU-SVE", "source_row": 6},
    ]
    listed = records_past_retention(make_tables(inquiries=rows), 10, dt.date(2024, 6, 2))
    assert listed["row"].tolist() == [5]
    assert listed["years"].tolist() == [10]
    assert listed["date"].tolist() == [pd.Timestamp(2014, 6, 1)]


def test_nothing_old_gives_an_empty_list_with_its_columns() -> None:
    rows = [{"inquiry_id": "1", "received_on": dt.date(2024, 1, 1), "region": "RU", "source_row": 5}]
    listed = records_past_retention(make_tables(inquiries=rows), 10, dt.date(2024, 6, 2))
    assert list(listed.columns) == ["table", "file", "sheet", "row", "date", "years"]
    assert listed.empty
