import datetime as dt
from dataclasses import replace

import pytest
from literal_lists import codes, load, raw_list

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


def test_the_same_heading_in_two_files_is_read_by_each_files_own_evidence() -> None:
    header = {"received_on": "Eingangsdatum"}
    rows = {
        "a.csv": ("03/04/2017", "25/04/2017"),
        "b.csv": ("03/04/2017", "04/25/2017"),
        "c.csv": ("03/04/2017", "1.2.2017"),
    }
    lists = [
        raw_list(
            "inquiries",
            "received_on region russian_company",
            *((day, "Kaluga", f"OOO {file} {day}") for day in days),
            file=file,
            headers=header,
        )
        for file, days in rows.items()
    ]
    tables = load(*lists)
    days = tables.inquiries.groupby("source_file", observed=True)["received_on"].min().dt.date.to_dict()
    assert days == {"a.csv": dt.date(2017, 4, 3), "b.csv": dt.date(2017, 3, 4), "c.csv": dt.date(2017, 2, 1)}
    assert codes(tables).count("date_ambiguous") == 1


def test_a_clue_from_another_column_says_where_it_came_from() -> None:
    (table,) = with_day_order([inquiries(("07/25/2017", "08/09/2017"))])
    (problem,) = [item for item in clean_inquiries(table, RULES).problems if item.code.startswith("date_order")]
    assert (problem.code, problem.column) == ("date_order_from_file", "closed_on")


def test_day_numbers_of_a_workbook_that_counts_from_1904() -> None:
    raw = raw_list(
        "inquiries", "received_on region russian_company", (39636, "Kaluga", "OOO"), ("39637", "Kaluga", "AO")
    )
    assert load(raw).inquiries["received_on"].dt.year.tolist() == [2008, 2008]
    days = load(replace(raw, epoch_1904=True)).inquiries["received_on"].dt.date.tolist()
    assert days == [dt.date(2012, 7, 8), dt.date(2012, 7, 9)]


def test_the_date_above_a_list_follows_the_order_of_its_file() -> None:
    forum = raw_list(
        "attendance", "person_name organisation", ("Eva Muster", "X"), facts={"held_on": "03/04/2017", "place": "Kasan"}
    )
    assert load(forum).attendance.empty
    assert load(replace(forum, day_order="day_first")).attendance["held_on"].dt.date.tolist() == [dt.date(2017, 4, 3)]
