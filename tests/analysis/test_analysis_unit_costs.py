import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.unit_costs import find_unit_costs

FULL = {name: kept("2012-01-01", "2023-01-01") for name in ("inquiries", "offers", "trips")}
SETTINGS = make_settings(coverage=FULL)
TRIPS = [
    {"start_on": "2015-05-01", "cost_eur": 10_000.0, "companies": 5},
    {"start_on": "2016-05-01", "cost_eur": 20_000.0, "companies": 10, "region": "RU-TA"},
]
INQUIRIES = [{"received_on": "2015-06-01"}] * 4 + [{"received_on": "2013-06-01"}]
INQUIRIES = [{**row, "inquiry_id": f"i{n}"} for n, row in enumerate(INQUIRIES)]
ORDER = {"offered_on": "2015-07-01", "decided_on": "2015-09-01", "status": "won"}


def costs(region="ALL", settings=SETTINGS, **tables):
    return ask(find_unit_costs, make_tables(**tables), settings)["unit_costs", "trips", region, "-"]


def test_quotients_by_hand():
    finding = costs(trips=TRIPS, inquiries=INQUIRIES, offers=[ORDER])
    (row,) = rows_of(finding)
    assert (row["phase"], row["n_trips"], row["cost_eur"], row["n_contacts"]) == ("II", 2, 30_000, 15)
    assert (row["n_inquiries"], row["n_orders"]) == (4, 1)
    assert row["cost_per_trip"] == 15_000
    assert row["cost_per_contact"] == 2_000
    assert row["cost_per_inquiry"] == 7_500
    assert row["cost_per_order"] == 30_000
    assert finding.estimate is None
    assert "costs_incomplete" in finding.caveats
    assert rows_of(costs("RU-TA", trips=TRIPS))[0]["cost_eur"] == 20_000


def test_a_trip_without_cost_leaves_no_cost_per_inquiry():
    trips = [*TRIPS, {"start_on": "2017-05-01", "companies": 50}]
    (row,) = rows_of(costs(trips=trips, inquiries=INQUIRIES))
    assert (row["n_trips"], row["n_cost_known"]) == (3, 2)
    assert row["cost_per_inquiry"] is None
    assert row["cost_per_contact"] == pytest.approx(2_000)


def test_no_cost_per_inquiry_where_inquiries_were_not_kept_throughout():
    coverage = FULL | {"inquiries": kept("2016-01-01", "2023-01-01")}
    (row,) = rows_of(costs(settings=make_settings(coverage=coverage), trips=TRIPS, inquiries=INQUIRIES))
    assert (row["n_inquiries"], row["cost_per_inquiry"]) == (None, None)
    assert row["cost_per_trip"] == 15_000


def test_without_costs_there_is_the_total_only_and_it_is_empty():
    found = ask(find_unit_costs, make_tables(trips=[{"start_on": "2015-05-01"}]), SETTINGS)
    assert list(found) == [("unit_costs", "trips", "ALL", "-")]
    assert rows_of(found["unit_costs", "trips", "ALL", "-"]) == []
