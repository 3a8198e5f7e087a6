import datetime as dt

import pandas as pd
import pytest
from literal_lists import codes, load, only, raw_list

from vemas_analytics.etl.clean.organisers import group_of
from vemas_analytics.etl.parse.cells import said
from vemas_analytics.model.settings import Aliases, Organisation, Settings
from vemas_analytics.reference.words import read_words

INQUIRY = "inquiry_id received_on region russian_company subject value status"


def test_k_regions_give_k_rows_of_one_record() -> None:
    raw = raw_list("inquiries", INQUIRY, ("A1", "08.07.2012", "Swerdlowsk / Tatarstan", "OOO Ural", "Presse", 1000))
    frame = load(raw).inquiries
    assert frame["region"].tolist() == ["RU-SVE", "RU-TA"]
    assert frame["inquiry_id"].tolist() == ["A1", "A1"]
    assert frame["source_row"].tolist() == [5, 5]


def test_regions_unknown_mixed_empty_and_abroad() -> None:
    raw = raw_list(
        "inquiries",
        INQUIRY,
        ("A1", "08.07.2012", "Mustersk", "OOO Eins"),
        ("A2", "08.07.2012", "Kaluga / Minsk", "OOO Zwei"),
        ("A3", "08.07.2012", None, "OOO Drei"),
        ("A4", "08.07.2012", "Kiew", "OOO Vier"),
        ("A5", "08.07.2012", "Nowgorod", "OOO Fünf"),
    )
    tables = load(raw)
    assert tables.inquiries["region"].tolist() == ["RU", "RU-KLU", "RU", "RU"]
    assert [codes(tables, row=row) for row in range(5, 10)] == [
        ["region_unknown"],
        ["region_part_unknown"],
        [],
        ["out_of_scope"],
        ["region_ambiguous"],
    ]
    line = tables.out_of_scope.iloc[0]
    assert (line["country"], line["row"], line["value"]) == ("UA", 8, "Kiew")
    assert tables.ledger.loc[0, ["rows_kept", "out_of_scope"]].tolist() == [4, 1]


def test_rejections_name_their_reason() -> None:
    raw = raw_list(
        "inquiries",
        INQUIRY,
        ("A1", "31.02.2015", "Kaluga", "OOO Eins"),
        ("A2", None, "Kaluga", "OOO Zwei"),
        ("A3", "03/04/2021", "Kaluga", "OOO Drei"),
        ("A4", "01.01.2031", "Kaluga", "OOO Vier"),
        ("A5", "08.07.2012", None, "-", None, None, "offen"),
        ("A6", "08.07.2012", "Kaluga", "OOO Sechs", "Presse", "-5.000 €"),
        ("A7", 12, "Kaluga", "OOO Sieben"),
    )
    tables = load(raw)
    assert tables.inquiries.empty
    assert [codes(tables, row=row)[0] for row in range(5, 12)] == [
        "date_impossible",
        "date_missing",
        "date_ambiguous",
        "date_in_future",
        "names_nothing",
        "amount_negative",
        "date_out_of_range",
    ]
    assert tables.ledger.loc[0, ["rows_read", "rows_kept", "rejected"]].tolist() == [7, 0, 7]


def test_a_bad_value_elsewhere_leaves_the_row() -> None:
    raw = raw_list(
        "offers",
        "offer_id offered_on region saxon_company value status decided_on",
        ("B1", "08.07.2012", "Kaluga", "Muster GmbH", "viel", "vielleicht", "31.02.2013"),
    )
    tables = load(raw)
    row = tables.offers.iloc[0]
    assert pd.isna(row["value"])
    assert pd.isna(row["status"])
    assert pd.isna(row["decided_on"])
    assert sorted(codes(tables)) == ["amount_unreadable", "other_date_impossible", "word_unknown"]


def test_text_and_serial_dates_in_one_column_with_year_from_the_sheet() -> None:
    raw = raw_list(
        "inquiries",
        INQUIRY,
        ("A1", 41098, "Kaluga", "OOO Eins"),
        ("A2", "08.07.", "Kaluga", "OOO Zwei"),
        ("A3", dt.datetime(2012, 7, 8), "Kaluga", "OOO Drei"),
        ("A4", "Juli 2012", "Kaluga", "OOO Vier"),
        sheet="Anfragen 2012",
    )
    tables = load(raw)
    days = tables.inquiries["received_on"].dt.date.tolist()
    assert days == [dt.date(2012, 7, 8)] * 3 + [dt.date(2012, 7, 1)]
    assert tables.inquiries["received_on_precision"].tolist() == ["day", "day", "day", "month"]
    assert codes(tables) == ["date_from_serial", "date_year_from_sheet"]


def test_slashed_dates_follow_their_column() -> None:
    rows = [(f"A{at}", day, "Kaluga", f"OOO {at}") for at, day in enumerate(["03/04/2021", "25/04/2021"])]
    tables = load(raw_list("inquiries", INQUIRY, *rows))
    assert tables.inquiries["received_on"].dt.date.tolist() == [dt.date(2021, 4, 3), dt.date(2021, 4, 25)]
    assert only(tables, "date_order_from_column").params["taken"] == "2021-04-03"


def test_an_explicit_precision_makes_a_date_coarser() -> None:
    raw = raw_list("inquiries", "received_on precision russian_company", ("08.07.2012", "month", "OOO Eins"))
    row = load(raw).inquiries.iloc[0]
    assert (row["received_on"].date(), row["received_on_precision"]) == (dt.date(2012, 7, 1), "month")


def test_currencies() -> None:
    raw = raw_list(
        "offers",
        "offer_id offered_on region saxon_company value currency",
        ("B1", "08.07.2021", "Kaluga", "Muster GmbH", "871.527 RUB", None),
        ("B2", "08.07.2022", "Kaluga", "Muster GmbH", "850.000 RUB", None),
        ("B3", "08.07.2021", "Kaluga", "Muster GmbH", 12, "T€"),
        ("B4", "08.07.2021", "Kaluga", "Muster GmbH", 100, "KZT"),
        ("B5", "08.07.2021", "Kaluga", "Muster GmbH", 100, None),
    )
    tables = load(raw)
    assert tables.offers["currency"].tolist() == ["RUB", "RUB", "EUR", "KZT", "EUR"]
    assert tables.offers["value_eur"].fillna(-1).tolist() == [10_000.0, -1, 12_000.0, -1, 100.0]
    assert codes(tables, row=6).count("rate_missing") == 1
    assert only(tables, "currency_unknown").row == 8
    assert only(tables, "currency_assumed").params["n"] == "1"


def test_header_units_scale_a_column() -> None:
    raw = raw_list(
        "inquiries", INQUIRY, ("A1", "08.07.2012", "Kaluga", "OOO", "P", 12), headers={"value": "Wert (TEUR)"}
    )
    tables = load(raw)
    assert tables.inquiries["value_eur"].tolist() == [12_000.0]
    assert codes(tables) == []


def test_texts_that_look_like_formulas_stay_texts() -> None:
    raw = raw_list("inquiries", INQUIRY, ("A1", "08.07.2012", "Kaluga", "=HYPERLINK(1)", "@Presse"))
    row = load(raw).inquiries.iloc[0]
    assert (row["russian_company"], row["subject"]) == ("=HYPERLINK(1)", "@Presse")


def test_own_words_of_the_organisation() -> None:
    aliases = Aliases(
        statuses={"auf Halde": "closed"}, companies={"uralmasch": "OAO Uralmasch"}, regions={"Ural-Büro": "RU-SVE"}
    )
    raw = raw_list("inquiries", INQUIRY, ("A1", "08.07.2012", "Ural-Büro", "Uralmasch", "P", None, "auf Halde"))
    row = load(raw, settings=Settings(aliases=aliases)).inquiries.iloc[0]
    assert (row["region"], row["russian_company"], row["status"]) == ("RU-SVE", "OAO Uralmasch", "closed")


TRIP = "trip_id title start_on end_on region city kind direction organiser companies persons status"


def test_trip_periods() -> None:
    raw = raw_list(
        "trips",
        "title period region status",
        ("Reise 1", "28.02.-02.03.2013", "Swerdlowsk", "durchgeführt"),
        ("Reise 2", "Mai 2014", "Swerdlowsk", "abgesagt"),
    )
    trips = load(raw).trips
    assert trips["start_on"].dt.date.tolist() == [dt.date(2013, 2, 28), dt.date(2014, 5, 1)]
    assert trips["end_on"].dt.date.tolist() == [dt.date(2013, 3, 2), pd.NaT]
    assert trips["start_on_precision"].tolist() == ["day", "month"]


def test_a_start_without_year_is_completed_by_the_end() -> None:
    tables = load(raw_list("trips", TRIP, ("T1", "Reise", "08.07.", "14.07.2012", "Kaluga")))
    assert tables.trips["start_on"].dt.date.tolist() == [dt.date(2012, 7, 8)]
    assert "date_year_from_end" in codes(tables)


def test_an_end_before_the_start_is_dropped() -> None:
    tables = load(raw_list("trips", TRIP, ("T1", "Reise", "08.07.2012", "04.07.2012", "Kaluga")))
    assert tables.trips["end_on"].isna().all()
    assert "end_before_start" in codes(tables)


def test_trips_without_status_are_held_before_the_reference_day_and_planned_after() -> None:
    raw = raw_list(
        "trips", TRIP, ("T1", "Reise", "08.07.2012"), ("T2", "Reise", "08.07.2021"), ("T3", "Reise", "08.07.2031")
    )
    tables = load(raw, as_of=dt.date(2021, 7, 1))
    assert tables.trips["status"].tolist() == ["held", "planned", "planned"]
    assert codes(tables).count("status_assumed") == 3


def test_only_intended_trips_lie_ahead() -> None:
    raw = raw_list(
        "trips",
        "title start_on region status",
        ("Reise 1", "08.07.2031", "Kaluga", "durchgeführt"),
        ("Reise 2", "08.07.2031", "Kaluga", "geplant"),
    )
    tables = load(raw)
    assert tables.trips["title"].tolist() == ["Reise 2"]
    assert only(tables, "date_in_future").row == 5


def test_a_russian_city_stands_in_for_a_missing_region_and_a_saxon_one_does_not() -> None:
    raw = raw_list(
        "trips",
        TRIP,
        ("T1", "Reise", "08.07.2012", None, None, "Jekaterinburg"),
        ("T2", "Delegation aus Kasan", "08.08.2012", None, None, "Leipzig"),
    )
    tables = load(raw)
    assert tables.trips["region"].tolist() == ["RU-SVE", "RU"]
    assert tables.out_of_scope.empty


def test_kinds_directions_bounds_and_groups() -> None:
    raw = raw_list(
        "trips",
        TRIP,
        (
            "T1",
            "a",
            "08.07.2012",
            None,
            "Kaluga",
            None,
            "Unternehmerreise",
            None,
            "WFS; IHK Dresden",
            "mind. 12",
            "ca. 20",
        ),
        ("T2", "b", "08.08.2012", None, "Kaluga", None, "Messe-Gemeinschaftsstand", "Ausreise", "IHK Dresden", 4, 5),
        ("T3", "c", "08.09.2012", None, "Kaluga", None, "politische Reise", "eingehend", "Stadt Chemnitz"),
        ("T4", "d", "08.10.2012", None, "Kaluga", None, "Delegationsreise", "virtuell", None),
    )
    trips = load(raw).trips
    assert trips["kind"].tolist() == ["business_trip", "trade_fair", "political", "delegation"]
    assert trips["direction"].tolist() == ["outbound", "outbound", "inbound", "virtual"]
    assert trips["organiser_group"].astype("string").fillna("-").tolist() == ["own", "partner", "other", "-"]
    assert trips["companies_bound"].astype("string").fillna("-").tolist() == ["at_least", "exact", "-", "-"]
    assert trips["persons"].fillna(0).tolist() == [20, 5, 0, 0]


def test_the_organisation_counts_as_own_organiser() -> None:
    settings = Settings(organisation=Organisation(name="Netzwerk Musterland", own_organisers=("NM",)))
    assert group_of("NM / IHK", settings) == "own"
    assert group_of("Netzwerk Musterland", settings) == "own"
    assert group_of("Marketing-Club", settings) == "other"
    assert group_of(None, settings) is None


PERSONS = "person_name organisation side attended"
FACTS = {"held_on": "12.05.2014", "place": "Kasan", "forum_title": "Technologieforum Kasan", "organiser": "VEMAS"}


def test_a_sheet_per_forum() -> None:
    raw = raw_list(
        "attendance",
        PERSONS,
        ("Dr. Eva Muster", "Muster GmbH, Chemnitz", None, "ja"),
        ("Probe, Iwan", "ООО Проба", None, "nein"),
        ("weitere 8 Personen",),
        facts=FACTS,
    )
    tables = load(raw)
    rows = tables.attendance
    assert rows["region"].tolist() == ["RU-TA"] * 3
    assert rows["persons"].tolist() == [1, 1, 8]
    assert rows["attended"].tolist() == ["attended", "no_show", "unknown"]
    assert rows["side"].astype("string").fillna("-").tolist() == ["saxon", "russian", "-"]
    assert rows["forum_id"].unique().tolist() == ["liste.xlsx#Blatt#4"]
    assert rows["forum_status"].unique().tolist() == ["held"]
    assert rows["organiser_group"].unique().tolist() == ["own"]


def test_the_place_of_a_forum_gives_its_region_unless_it_lies_in_germany() -> None:
    for place, region in (("Chemnitz", "RU"), ("Kasan", "RU-TA"), ("online", "RU")):
        tables = load(raw_list("attendance", PERSONS, ("Eva Muster", "X GmbH"), facts=FACTS | {"place": place}))
        assert tables.attendance["region"].tolist() == [region]
    abroad = load(raw_list("attendance", PERSONS, ("Eva Muster", "X GmbH"), facts=FACTS | {"place": "Minsk"}))
    assert abroad.attendance.empty
    assert abroad.ledger.loc[0, "out_of_scope"] == 1


def test_the_region_line_of_a_forum_goes_before_its_place() -> None:
    raw = raw_list("attendance", PERSONS, ("Eva Muster", "X GmbH"), facts=FACTS | {"region": "Kaluga; Tatarstan"})
    assert load(raw).attendance["region"].tolist() == ["RU-KLU", "RU-TA"]


def test_a_list_of_forums_with_a_number_only() -> None:
    raw = raw_list(
        "attendance",
        "forum_title held_on place attendees companies",
        ("Technologieforum A", "12.05.2014", "Kasan", "über 40", 12),
        ("Technologieforum B (abgesagt)", "13.05.2015", "Kaluga", None, None),
        ("Technologieforum C", "13.05.2031", "Kaluga", None, None),
    )
    rows = load(raw).attendance
    assert rows["persons"].fillna(-1).tolist() == [40, -1, -1]
    assert rows["persons_bound"].astype("string").fillna("-").tolist() == ["at_least", "-", "-"]
    assert rows["forum_status"].tolist() == ["held", "cancelled", "announced"]
    assert rows["forum_id"].nunique() == 3


def test_a_forum_without_date_rejects_every_row() -> None:
    raw = raw_list("attendance", PERSONS, ("Eva Muster", "X GmbH"), ("Iwan Probe", "OOO Y"), facts={"place": "Kasan"})
    tables = load(raw)
    assert codes(tables) == ["date_missing", "date_missing"]
    assert tables.ledger.loc[0, "rejected"] == 2


def test_names_become_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("Eva Muster", "X GmbH"), ("Muster, Dr. Eva", "Y GmbH"), ("Iwan Probe", "OOO Z"))
    raw = raw_list("attendance", PERSONS, *rows, facts=FACTS)
    assert load(raw).attendance["person_key"].tolist() == ["P00001", "P00001", "P00002"]
    monkeypatch.setenv("VEMAS_PERSON_KEY", "geheim")
    keyed = load(raw).attendance["person_key"]
    assert keyed[0] == keyed[1] != keyed[2]
    assert len(keyed[0]) == 20


def test_annexes() -> None:
    raw = raw_list(
        "agreements",
        "id region partner kind date",
        ("V1", "Swerdlowsk; Tatarstan", "Verband", "letter of intent", "2013-02-26"),
        ("V2", "Kaluga", "Regierung", "working group", None),
    )
    frame = load(raw).agreements
    assert frame["region"].tolist() == ["RU-SVE", "RU-TA", "RU-KLU"]
    assert frame["date_precision"].astype("string").fillna("-").tolist() == ["day", "day", "-"]


def test_no_word_for_nothing_holds_a_figure() -> None:
    words = [word for field in ("missing", "missing.date", "missing.value") for word in read_words()[field].exact]
    assert not [word for word in words if any(sign.isdigit() for sign in word)]
    assert [said(text) for text in ("A-000123", "  A 7\n", "k. A.", "-", "0")] == ["A-000123", "A 7", None, None, "0"]


def test_a_long_remark_with_a_figure_is_read():
    remark = "1" + "a" * 60_000 + "!"
    assert said(remark) == remark
