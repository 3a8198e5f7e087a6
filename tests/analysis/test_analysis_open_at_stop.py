import datetime as dt

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.open_at_stop import find_open_at_stop

COVERAGE = {"inquiries": kept("2015-01-01", "2023-01-01"), "offers": kept("2015-01-01", "2023-01-01")}


def eve(region="ALL", as_of="2022-12-31", **rows):
    found = ask(find_open_at_stop, make_tables(**rows), make_settings(as_of=as_of, coverage=COVERAGE))
    measure = "offers" if "offers" in rows and "inquiries" not in rows else "inquiries"
    return tuple(
        found.get((question, measure, region, "-")) for question in ("open_at_stop", "open_outcome", "open_list")
    )


def counts(finding):
    row = rows_of(finding)[0]
    return row["n_open"], row["n_unknown"]


def test_offers_open_closed_and_unknown_on_the_eve():
    offers = [
        {"offered_on": "2021-01-05", "status": "open"},
        {"offered_on": "2021-01-05", "status": "negotiation"},
        {"offered_on": "2021-01-05", "status": "won", "decided_on": "2022-02-24"},
        {"offered_on": "2021-01-05", "status": "lost", "decided_on": "2022-02-23"},
        {"offered_on": "2021-01-05", "status": "lost"},
        {"offered_on": "2021-01-05", "status": "lost", "decided_on": "2022-02-01", "decided_on_precision": "month"},
        {"offered_on": "2021-01-05", "status": "suspended"},
        {"offered_on": "2022-02-24", "status": "open"},
        {"offered_on": "2021-01-05", "status": None},
    ]
    finding, outcome, _ = eve(offers=offers)
    assert counts(finding) == (4, 3)
    assert finding.estimate.value == 4
    assert {row["outcome"]: row["n"] for row in rows_of(outcome)} == {
        "open": 1,
        "negotiation": 1,
        "won": 1,
        "suspended": 1,
    }


def test_value_firms_and_age():
    offers = [
        {"offered_on": "2022-02-23", "value_eur": 100.0, "saxon_company": "Alpha GmbH"},
        {"offered_on": "2022-02-14", "value_eur": 50.0, "saxon_company": "ALPHA  GmbH"},
        {"offered_on": "2021-02-24", "saxon_company": "Beta AG"},
    ]
    finding, _, listed = eve(offers=offers)
    row = rows_of(finding)[0]
    assert (row["n_firms"], row["value_eur"], row["n_value_known"]) == (2, 150.0, 2)
    assert (row["age_days_median"], row["age_days_max"]) == (10, 365)
    assert "value_share_known" in finding.caveats
    first = rows_of(listed)[0]
    assert first["date"] == dt.date(2021, 2, 24)
    assert (first["firm"], first["file"], first["sheet"], first["row"]) == ("Beta AG", "offers.xlsx", "Liste", 4)


def test_inquiries_offered_before_the_stop_are_not_open():
    inquiries = [
        {"inquiry_id": "A", "received_on": "2021-01-05", "status": "open"},
        {"inquiry_id": "B", "received_on": "2021-01-05", "status": "offered"},
        {"inquiry_id": "C", "received_on": "2021-01-05", "status": "offered"},
        {"inquiry_id": "D", "received_on": "2021-01-05", "status": "offered"},
        {"inquiry_id": "E", "received_on": "2021-01-05", "status": "closed"},
        {"inquiry_id": "F", "received_on": "2021-01-05", "status": "closed", "closed_on": "2022-03-01"},
        {"inquiry_id": "G", "received_on": "2021-01-05", "status": "declined", "closed_on": "2021-03-01"},
        {"inquiry_id": "H", "received_on": "2021-01-05", "status": "answered"},
    ]
    offers = [
        {"inquiry_id": "A", "offered_on": "2021-06-01"},
        {"inquiry_id": "B", "offered_on": "2021-06-01"},
        {"inquiry_id": "C", "offered_on": "2022-04-01"},
    ]
    finding, outcome, listed = eve(inquiries=inquiries, offers=offers)
    # C was offered after the stop, F closed after it, H answered only; D offered at an unknown date, E closed at one.
    assert counts(finding) == (3, 2)
    assert {row["outcome"]: row["n"] for row in rows_of(outcome)} == {"offered": 1, "closed": 1, "answered": 1}
    assert [row["id"] for row in rows_of(listed)] == ["C", "F", "H"]


def test_an_offer_answers_no_inquiry_whose_number_restarts_each_year():
    inquiries = [
        {"inquiry_id": "5", "received_on": "2020-01-05", "status": "open"},
        {"inquiry_id": "5", "received_on": "2021-01-05", "status": "open"},
        {"inquiry_id": "6", "received_on": "2021-01-05", "status": "open"},
    ]
    offers = [{"inquiry_id": number, "offered_on": "2021-06-01"} for number in ("5", "6")]
    finding, _, listed = eve(inquiries=inquiries, offers=offers)
    assert counts(finding) == (2, 0)
    assert [row["id"] for row in rows_of(listed)] == ["5", "5"]


def test_decision_after_the_as_of_date_is_not_known_yet():
    offers = [{"offered_on": "2021-01-05", "status": "won", "decided_on": "2022-09-01"}]
    _, late, _ = eve(offers=offers)
    _, early, _ = eve(as_of="2022-06-30", offers=offers)
    assert rows_of(late)[0]["outcome"] == "won"
    assert rows_of(early)[0]["outcome"] == "open"


def test_each_value_once_in_the_total():
    shared = {"offer_id": "7", "offered_on": "2021-05-05", "value_eur": 10.0, "source_row": 9}
    offers = [{**shared, "region": "RU-SVE"}, {**shared, "region": "RU-TA"}]
    total, _, listed = eve(offers=offers)
    assert rows_of(total)[0]["value_eur"] == 10
    assert rows_of(listed)[0]["region"] == "RU-SVE;RU-TA"
    region, _, none = eve(region="RU-TA", offers=offers)
    assert rows_of(region)[0]["n_open"] == 1
    assert none is None


def test_unrecorded_table_has_no_rows():
    found = ask(find_open_at_stop, make_tables(inquiries=[{"received_on": "2021-01-05"}]))
    finding = found["open_at_stop", "offers", "ALL", "-"]
    assert finding.estimate is None
    assert rows_of(finding) == []
    assert finding.caveats == ("not_recorded",)


def test_a_list_that_ends_before_the_stop_is_at_least():
    found = ask(find_open_at_stop, make_tables(offers=[{"offered_on": "2021-01-05"}]))
    finding = found["open_at_stop", "offers", "ALL", "-"]
    assert finding.estimate.value == 1
    assert "coverage_partial" in finding.caveats
    assert found["open_at_stop", "offers", "RU-TA", "-"].estimate is None


def test_a_reference_date_before_the_eve_tells_nothing_of_it():
    offers = [{"offered_on": "2021-01-05", "status": "open"}, {"offered_on": "2021-01-05", "status": "lost"}]
    finding, outcome, listed = eve(as_of="2022-02-22", offers=offers)
    assert finding.estimate is None
    assert (rows_of(finding), rows_of(outcome), rows_of(listed), finding.sources) == ([], [], [], ())
    assert eve(as_of="2022-02-23", offers=offers)[0].estimate.value == 1
