import datetime as dt

import pytest
from literal_lists import codes, load, only, raw_list

from vemas_analytics.etl.layout.column_contents import fields_by_content
from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawColumn, RawSheet, RawTable

DAYS: list[CellValue] = ["08.-14.07.2012", "Mai 2013", dt.date(2014, 3, 2)]


@pytest.mark.parametrize(
    ("layout", "cells", "field"),
    [
        ("trips", DAYS, "period"),
        ("inquiries", ["08.07.2012", None, "Juli 2012", "k. A.", "2013-04-05"], "received_on"),
        ("offers", ["gewonnen", "offen", "verloren"], "status"),
        ("trips", ["Unternehmerreise", "Messe", "Messe"], "kind"),
        ("offers", ["Kaluga", "Свердловская область", "Perm und Ufa"], "region"),
        ("offers", ["AG-1", "AG-2", "AG-3"], "offer_id"),
        ("attendance", ["D", "RU", "RU"], "side"),
    ],
)
def test_told_by_content(layout: str, cells: list[CellValue], field: str) -> None:
    assert fields_by_content(layout, (4,), {"title"}, lambda _: cells) == {4: field}


@pytest.mark.parametrize(
    ("layout", "cells"),
    [
        ("trips", [2012, 2013, 2014]),  # bare numbers may be anything
        ("offers", ["gewonnen", "offen", "Sonderfall"]),
        ("inquiries", ["Chemnitz", "Dresden", "Plauen"]),
        ("inquiries", ["08.07.2012", "09.07.2012"]),  # two cells prove nothing
        ("offers", ["AG-1", "AG-1", "AG-3"]),
    ],
)
def test_left_alone(layout: str, cells: list[CellValue]) -> None:
    assert fields_by_content(layout, (4,), {"title"}, lambda _: cells) == {}


def test_not_where_another_column_has_the_field_or_two_fit() -> None:
    assert fields_by_content("trips", (4,), {"start_on"}, lambda _: DAYS) == {}
    assert fields_by_content("trips", (4, 5), {"title"}, lambda _: DAYS) == {}


def reisen(heading: str, file: str) -> RawTable:
    rows: tuple[tuple[CellValue, ...], ...] = (
        ("Titel", heading, "Region", "Firmen"),
        ("Reise A", "08.-14.07.2012", "Kaluga", 3),
        ("Reise B", "Mai 2013", "Perm", 4),
        ("Reise C", "02.03.2014", "Tula", 5),
    )
    (table,) = find_tables(RawSheet("Blatt", rows), file, Settings())
    return table


def test_a_list_is_known_by_its_name_and_its_cells() -> None:
    named = reisen("Dauer vor Ort", "Reisen.xlsx")
    assert named.table == "trips"
    assert RawColumn(1, "Dauer vor Ort", "period", by_content=True) in named.columns
    assert reisen("Dauer vor Ort", "Liste.xlsx").table is None


def test_it_is_said_which_column_was_read_by_its_cells() -> None:
    problem = only(load(reisen("Dauer vor Ort", "Reisen.xlsx")), "column_by_content")
    assert (problem.severity, problem.column, problem.params["filled"]) == ("note", "Dauer vor Ort", "period")


def test_cells_decide_between_the_two_meanings_of_a_heading() -> None:
    rows: tuple[tuple[CellValue, ...], ...] = (
        ("Angebot", "Angebotsdatum", "Region", "Durchführung"),
        ("AG-1", dt.date(2019, 5, 6), "Kaluga", "offen"),
        ("AG-2", dt.date(2019, 5, 7), "Perm", "verloren"),
        ("AG-3", dt.date(2019, 5, 8), "Tula", "verloren"),
    )
    (table,) = find_tables(RawSheet("Angebote", rows), "Angebote.xlsx", Settings())
    assert [column.field for column in table.columns] == ["offer_id", "offered_on", "region", "status"]


def test_a_mark_under_registered_is_no_attendance() -> None:
    raw = raw_list(
        "attendance",
        "person_name organisation attended registered",
        ("Muster, Anna", "Werk GmbH", None, "x"),
        ("Muster, Bert", "Werk GmbH", "ja", "x"),
        ("Muster, Cora", "Werk GmbH", None, None),
        ("Muster, Dora", "Werk GmbH", "nein", "x"),
        facts={"held_on": dt.date(2019, 5, 6), "place": "Kaluga"},
    )
    tables = load(raw)
    assert tables.attendance["attended"].astype("string").fillna("-").tolist() == [
        "registered",
        "attended",
        "-",
        "no_show",
    ]
    assert "word_unknown" not in codes(tables)
