import datetime as dt

import pytest
from literal_lists import raw_list

from vemas_analytics.etl.clean.inquiries import clean_inquiries
from vemas_analytics.etl.clean.records import CleaningRules
from vemas_analytics.etl.day_order import with_day_order
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawTable

RULES = CleaningRules(Settings(), dt.date(2025, 6, 30))


def inquiries(*days: tuple[str, str]) -> RawTable:
    rows = [(received, closed, "Kaluga", f"OOO {at}") for at, (received, closed) in enumerate(days)]
    return raw_list("inquiries", "received_on closed_on region russian_company", *rows)


def test_another_column_of_the_file_tells() -> None:
    (table,) = with_day_order([inquiries(("07/25/2017", "08/09/2017"))])
    assert table.day_order == "month_first"
    (record,) = clean_inquiries(table, RULES).records
    assert record.values["closed_on"] == dt.date(2017, 8, 9)


def test_another_list_of_the_file_tells() -> None:
    first, second = with_day_order([inquiries(("25/07/2017", "")), inquiries(("03/04/2017", ""))])
    assert (first.day_order, second.day_order) == ("day_first", "day_first")


@pytest.mark.parametrize("others", [[("03/04/2017", "05/06/2017")], [("25/07/2017", "07/25/2017")]])
def test_no_clue_and_opposing_clues_tell_nothing(others: list[tuple[str, str]]) -> None:
    (table,) = with_day_order([inquiries(*others)])
    assert table.day_order is None


def test_a_column_that_contradicts_itself_stays_ambiguous() -> None:
    raw = inquiries(("25/07/2017", "25/07/2018"), ("07/25/2017", ""), ("03/04/2017", ""))
    (table,) = with_day_order([raw])
    assert clean_inquiries(table, RULES).set_aside == {7: "rejected"}
