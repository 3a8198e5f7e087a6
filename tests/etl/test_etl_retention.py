"""Records past the configured age are listed by source row, once each."""

import datetime as dt

import pandas as pd
from literal_lists import load, raw_list

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
    assert list(listed.columns) == ["table", "file", "sheet", "row", "date", "years", "persons"]
    assert listed.empty


def test_lists_that_name_persons_come_first_with_their_columns() -> None:
    forum = raw_list(
        "attendance",
        "held_on forum_title last_name first_name organisation",
        ("12.03.2012", "Forum", "Beispiel", "Eva", "Muster GmbH"),
        ("12.03.2012", "Forum", None, None, "Probe AG"),
        file="z-forum.xlsx",
    )
    offers = raw_list("offers", "offered_on saxon_company", ("12.03.2010", "Muster GmbH"), file="a-angebote.csv")
    tables = load(offers, forum)
    assert tables.person_columns[["file", "column", "n", "first_row"]].values.tolist() == [
        ["z-forum.xlsx", "last_name", 1, 5],
        ["z-forum.xlsx", "first_name", 1, 5],
    ]
    listed = records_past_retention(tables, 10, dt.date(2024, 6, 2))
    expected = [["attendance", 5, 12], ["attendance", 6, 12], ["offers", 5, 14]]
    assert listed[["table", "row", "years"]].values.tolist() == expected
    assert listed["persons"].tolist()[0] == "last_name; first_name"
    assert not any("Beispiel" in str(value) for value in listed.to_numpy().ravel())
