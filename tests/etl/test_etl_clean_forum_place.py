import datetime as dt

import pytest
from literal_lists import codes, load, only, raw_list

from vemas_analytics.model.sheets import RawTable


def forum(title: str, sheet: str = "Blatt", **facts: str) -> RawTable:
    above = {"held_on": dt.date(2019, 5, 6), "heading": title, **facts}
    return raw_list("attendance", "person_name organisation", ("Muster, Anna", "Werk GmbH"), facts=above, sheet=sheet)


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ('Technologieforum "Moderne Fertigung" am 15. Mai 2013 in Kasan', "RU-TA"),
        ("Technologieforum Nischni Nowgorod, 12.-13.10.2016", "RU-NIZ"),
        ("Форум Екатеринбург", "RU-SVE"),
    ],
)
def test_the_title_names_the_place(title: str, region: str) -> None:
    tables = load(forum(title))
    assert tables.attendance["region"].tolist() == [region]
    assert only(tables, "place_from_title").severity == "repaired"


def test_the_sheet_names_the_place() -> None:
    assert load(forum("Technologieforum", sheet="Kaluga 2013")).attendance["region"].tolist() == ["RU-KLU"]


@pytest.mark.parametrize("title", ["Forum Moderne Fertigung", "Forum Kasan und Perm", "Technologieforum Chemnitz"])
def test_no_place_or_several_give_no_region(title: str) -> None:
    tables = load(forum(title))
    assert tables.attendance["region"].tolist() == ["RU"]
    assert "place_from_title" not in codes(tables)


def test_a_line_of_its_own_goes_first() -> None:
    tables = load(forum("Technologieforum Kasan", place="Perm"))
    assert tables.attendance["region"].tolist() == ["RU-PER"]


def test_a_place_abroad_in_the_title() -> None:
    tables = load(
        forum("Technologieforum Minsk"),
        raw_list("trips", "start_on region title", (dt.date(2019, 5, 6), "Kaluga", "Reise")),
    )
    assert tables.out_of_scope["country"].tolist() == ["BY"]
