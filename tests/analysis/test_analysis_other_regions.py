"""Small regions together: each record once, whatever number of them it names."""

from factories import ask, kept, make_settings, make_tables, monthly_rows, rows_of
from vemas_analytics.analysis.other_regions import find_other_regions
from vemas_analytics.model.settings import Settings

KEPT = {table: kept("2012-01-01", "2024-01-01") for table in ("inquiries", "offers", "trips", "attendance")}
SMALL = ("RU-OMS", "RU-TOM", "RU-KGN")


def together(settings: Settings | None = None, **rows):
    found = ask(find_other_regions, make_tables(**rows), settings or make_settings(as_of="2023-12-31", coverage=KEPT))
    return {(question, measure): finding for (question, measure, region, _), finding in found.items()}


def counts(finding):
    return [row["n"] for row in rows_of(finding)]


def test_a_trip_to_three_small_regions_is_one():
    trips = [{"trip_id": "T1", "start_on": "2013-05-05", "region": region} for region in (*SMALL, "RU-SVE")]
    found = together(trips=trips)
    assert counts(found["phases", "trips"]) == [1, 0, 0, 0]
    assert rows_of(found["last_activity", "trips"])[0]["date"].isoformat() == "2013-05-05"
    assert len(found["phases", "trips"].sources[0].rows) == 1


def test_large_regions_partners_and_those_without_region_stay_out():
    rows = monthly_rows({"2013-01": 10}, "received_on", region="RU-SAM")
    rows += monthly_rows({"2013-02": 9}, "received_on", region="RU-OMS")
    rows += monthly_rows({"2013-03": 2}, "received_on", region="RU-SVE")
    rows += monthly_rows({"2013-04": 2}, "received_on", region="RU")
    assert counts(together(inquiries=rows)["phases", "inquiries"]) == [9, 0, 0, 0]


def test_open_offers_of_small_regions_count_each_value_once():
    offers = [
        {"offer_id": "A", "offered_on": "2021-05-05", "region": region, "value_eur": 100.0, "saxon_company": "X GmbH"}
        for region in SMALL
    ]
    (row,) = rows_of(together(offers=offers)["open_at_stop", "offers"])
    assert (row["n_open"], row["n_firms"], row["value_eur"]) == (1, 1, 100.0)


def test_a_record_with_gaps_counts_coarse_dates_when_it_asks_what_is_large():
    gaps = {"trips": kept("2001-01-01", "2024-01-01", "partial")}
    trips = monthly_rows({"2013-01": 6}, "start_on", region="RU-OMS")
    trips += [
        {"start_on": f"{year}-01-01", "start_on_precision": "year", "region": "RU-OMS"} for year in range(2004, 2008)
    ]
    settings = make_settings(as_of="2023-12-31", coverage=gaps)
    assert "RU-OMS" not in str(together(settings, trips=trips))
    assert counts(together(settings, trips=trips[:-1])["phases", "trips"])[0] == 6


def test_without_small_regions_there_is_nothing_to_say():
    assert together(inquiries=monthly_rows({"2013-01": 2}, "received_on", region="RU-SVE")) == {}
