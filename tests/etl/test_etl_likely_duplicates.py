import pytest
from literal_lists import codes, load, only, raw_list

from vemas_analytics.etl.identity.spellings import number_spellings
from vemas_analytics.etl.problems import problems_frame
from vemas_analytics.model.sheets import CellValue

INQUIRY = "inquiry_id received_on region russian_company saxon_company subject value"
FIRST: tuple[CellValue, ...] = ("A1", "04.03.2013", "Kaluga", "OOO Drehwerk", "Muster GmbH", "Drehmaschinen", 100)
TRIP = "trip_id title start_on end_on region organiser direction status"


def like_first(**changed: CellValue) -> tuple[CellValue, ...]:
    row = dict(zip(INQUIRY.split(), FIRST, strict=True)) | {"inquiry_id": "A2"} | changed
    return tuple(row.values())


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"received_on": "06.03.2013"}, "days_apart same_parties same_region same_subject"),
        ({"received_on": "05.03.2013"}, "one_day_apart same_parties same_region same_subject"),
        ({"received_on": "26.02.2013"}, "days_apart same_parties same_region same_subject"),
        ({"russian_company": "OOO Drewherk"}, "same_day similar_company same_region same_subject"),
        ({"subject": "Drehmaschine"}, "same_day same_parties same_region similar_subject"),
        ({"subject": None}, "same_day same_parties"),
    ],
)
def test_a_likely_duplicate_names_twin_and_reason(changed: dict[str, CellValue], reason: str) -> None:
    tables = load(raw_list("inquiries", INQUIRY, FIRST, like_first(**changed)))
    note = only(tables, "near_duplicate")
    assert (note.row, note.params["twin"], note.params["reason"]) == (6, "liste.xlsx [Blatt]:5", reason)
    assert len(tables.inquiries) == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"received_on": "12.03.2013"},
        {"received_on": "März 2013"},
        {"region": "Tatarstan", "received_on": "05.03.2013"},
        {"russian_company": "OOO Drehwerk 2"},
        {"russian_company": "ZAO Drehwerk"},
        {"subject": "Fräsmaschinen"},
        {"value": 200, "received_on": "05.03.2013"},
        {"saxon_company": "Beispiel GmbH", "received_on": "05.03.2013"},
    ],
)
def test_what_differs_in_substance_is_no_duplicate(changed: dict[str, CellValue]) -> None:
    assert "near_duplicate" not in codes(load(raw_list("inquiries", INQUIRY, FIRST, like_first(**changed))))


def test_an_inquiry_that_is_also_listed_as_an_offer_is_no_duplicate() -> None:
    offer = ("A1", "04.03.2013", "Kaluga", "OOO Drehwerk", "Muster GmbH", "Drehmaschinen", 100)
    tables = load(
        raw_list("inquiries", INQUIRY, FIRST),
        raw_list("offers", INQUIRY.replace("received", "offered").replace("inquiry_id", "offer_id"), offer, sheet="B"),
    )
    assert (len(tables.inquiries), len(tables.offers)) == (1, 1)
    assert not {"near_duplicate", "duplicate", "id_conflict"} & set(codes(tables))


def test_the_reason_is_worded_in_both_languages() -> None:
    note = only(load(raw_list("inquiries", INQUIRY, FIRST, like_first(received_on="07.03.2013"))), "near_duplicate")
    assert "3 Tage auseinander" in problems_frame([note], "de")["message"].item()
    assert "3 days apart" in problems_frame([note], "en")["message"].item()


def test_a_trip_in_the_lists_of_two_organisers_is_a_likely_duplicate() -> None:
    own = ("R1", "Unternehmerreise Swerdlowsk", "10.06.2013", "14.06.2013", "Swerdlowsk", "VEMAS", "Outbound", "held")
    partner = ("7", "Unternehmerreise nach Swerdlowsk", "09.06.2013", "14.06.2013", "Swerdlowsk", "WFS", None, None)
    tables = load(raw_list("trips", TRIP, own, file="vemas.xlsx"), raw_list("trips", TRIP, partner, file="wfs.xlsx"))
    note = only(tables, "near_duplicate")
    assert (note.file, note.params["reason"]) == ("wfs.xlsx", "one_day_apart same_region similar_title other_organiser")
    assert len(tables.trips) == 2


@pytest.mark.parametrize(
    ("title", "start", "region", "status"),
    [
        ("Unternehmerreise Swerdlowsk", "20.06.2013", "Swerdlowsk", "held"),
        ("Unternehmerreise Tatarstan", "10.06.2013", "Tatarstan", "held"),
        ("Messestand Metalloobrabotka", "10.06.2013", "Swerdlowsk", "held"),
        ("Unternehmerreise Swerdlowsk", "10.06.2013", "Swerdlowsk", "cancelled"),
    ],
)
def test_other_trips_are_none(title: str, start: str, region: str, status: str) -> None:
    own = ("R1", "Unternehmerreise Swerdlowsk", "10.06.2013", None, "Swerdlowsk", "VEMAS", None, "held")
    other = ("R2", title, start, None, region, "WFS", None, status)
    tables = load(raw_list("trips", TRIP, own, file="a.xlsx"), raw_list("trips", TRIP, other, file="b.xlsx"))
    assert "near_duplicate" not in codes(tables)


def test_spellings_share_a_number_only_where_a_slip_explains_them() -> None:
    texts = ["Uralmasch", "Uralmash", "URALMASCH", "Uralmasch 1", "Uralmasch 2", "OOO Kran", "OAO Kran", "Kran", "Kran"]
    numbers = number_spellings(texts)
    assert numbers["Uralmasch"] == numbers["Uralmash"] == numbers["URALMASCH"]
    assert len({numbers[text] for text in ("Uralmasch", "Uralmasch 1", "Uralmasch 2")}) == 3
    assert numbers["OOO Kran"] != numbers["OAO Kran"]
    assert numbers == number_spellings(reversed(texts))
