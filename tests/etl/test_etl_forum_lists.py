import datetime as dt

import pytest
from literal_lists import codes, load, only, raw_list

from vemas_analytics.model.sheets import CellValue, RawTable

DAY = dt.date(2015, 5, 5)


def overview(*rows: tuple[CellValue, ...], fields: str = "forum_title held_on place attendees") -> RawTable:
    return raw_list("attendance", fields, *rows, file="a_overview.xlsx")


def participants(
    *names: str, day: dt.date = DAY, place: str = "Kasan", title: str = "Forum Kasan", file: str = "b_list.xlsx"
) -> RawTable:
    rows = [(name, "Werk GmbH") for name in names]
    facts = {"held_on": day, "place": place, "forum_title": title}
    return raw_list("attendance", "person_name organisation", *rows, file=file, facts=facts)


def test_named_rows_win_over_a_number() -> None:
    tables = load(
        overview(("Forum Kasan", DAY, "Kasan", 2), ("Forum Perm", DAY, "Perm", 30)),
        participants("Muster A", "Muster B"),
    )
    attendance = tables.attendance
    assert attendance["persons"].sum() == 32
    assert attendance["forum_id"].nunique() == 2
    assert tables.ledger["duplicate"].tolist() == [1, 0]
    assert only(tables, "forum_listed").params["twin"] == "b_list.xlsx [Blatt]:5"
    assert "control_total_differs" not in codes(tables)


def test_a_number_that_disagrees_with_the_list_is_told() -> None:
    tables = load(overview(("Forum Kasan", DAY, "Kasan", 12)), participants("Muster A", "Muster B"))
    problem = only(tables, "control_total_differs")
    assert (problem.params["stated"], problem.params["recounted"]) == ("12", "2")


@pytest.mark.parametrize("day", [dt.date(2015, 5, 6), dt.date(2016, 5, 5)])
def test_another_day_is_another_forum(day: dt.date) -> None:
    tables = load(overview(("Forum Kasan", DAY, "Kasan", 2)), participants("Muster A", day=day))
    assert tables.attendance["forum_id"].nunique() == 2


def test_another_place_on_the_same_day_is_another_forum() -> None:
    tables = load(overview(("Technologieforum", DAY, "Perm", 2)), participants("Muster A", title="Technologieforum"))
    assert tables.attendance["forum_id"].nunique() == 2


def test_the_overview_knows_that_a_forum_was_cancelled() -> None:
    fields = "forum_title held_on place forum_status organiser"
    tables = load(overview(("Forum Kasan", DAY, "Kasan", "abgesagt", "WFS"), fields=fields), participants("Muster A"))
    assert tables.attendance["forum_status"].tolist() == ["cancelled"]
    assert tables.attendance["organiser"].tolist() == ["WFS"]


def test_two_lists_of_one_forum_are_one_forum() -> None:
    tables = load(participants("Muster A"), participants("Muster B", file="c_list.xlsx"))
    assert tables.attendance["forum_id"].nunique() == 1
    other = load(participants("Muster A"), participants("Muster B", file="c_list.xlsx", title="Forum Energie"))
    assert other.attendance["forum_id"].nunique() == 2
