import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.event_response import find_event_response

FULL = {name: kept("2012-01-01", "2023-01-01") for name in ("inquiries", "trips", "attendance")}
SETTINGS = make_settings(coverage=FULL)


def response(horizon=90, region="ALL", settings=SETTINGS, **tables):
    found = ask(find_event_response, make_tables(**tables), settings)
    return found["event_response", "inquiries", region, f"days_{horizon}"]


def row(finding, kind="all"):
    (found,) = [item for item in rows_of(finding) if item["kind"] == kind]
    return found


def inquiries(*days, region="RU-SVE"):
    return [{"received_on": day, "region": region} for day in days]


TRIP = {"start_on": "2016-06-01", "end_on": "2016-06-03"}


def test_days_before_and_after_one_trip_by_hand():
    asked = inquiries("2016-03-03", "2016-05-31", "2016-06-02", "2016-06-04", "2016-09-01", "2016-09-02")
    finding = response(inquiries=asked, trips=[TRIP])
    found = row(finding)
    assert (found["days_before"], found["n_before"]) == (90, 2)
    assert (found["days_after"], found["n_after"]) == (90, 2)
    assert (found["n_inquiries"], found["n_in_one"], found["n_in_several"]) == (6, 2, 0)
    assert found["share_unattributable"] == pytest.approx(4 / 6)
    assert finding.estimate.value == 1
    assert (finding.n_before, finding.n_after) == (2, 2)
    assert "association_only" in finding.caveats
    assert row(finding, "trips")["n_events"] == 1
    assert row(finding, "fairs")["ratio"] is None


def test_overlapping_events_count_each_day_once():
    second = {"start_on": "2016-07-01", "end_on": "2016-07-03"}
    asked = inquiries("2016-06-10", "2016-07-10", "2016-09-25")
    found = row(response(inquiries=asked, trips=[TRIP, second]))
    assert found["n_events"] == 2
    # From 4 June to 1 October without a break; the days before July all follow the trip of June.
    assert (found["days_after"], found["n_after"]) == (120, 3)
    assert found["days_before"] == 90
    assert (found["n_in_one"], found["n_in_several"]) == (2, 1)
    assert found["share_unattributable"] == pytest.approx(1 / 3)


def test_an_event_counts_in_its_own_region_and_the_total_adds_region_days():
    asked = inquiries("2016-06-10") + inquiries("2016-06-11", region="RU-TA")
    trips = [TRIP, {"start_on": "2018-06-01", "end_on": "2018-06-01", "region": "RU-TA"}]
    assert row(response(region="RU-SVE", inquiries=asked, trips=trips))["n_after"] == 1
    assert row(response(region="RU-TA", inquiries=asked, trips=trips))["n_after"] == 0
    total = row(response(inquiries=asked, trips=trips))
    assert (total["days_after"], total["n_after"], total["n_inquiries"]) == (180, 1, 2)


def test_days_end_at_the_stop_and_at_the_edge_of_keeping():
    asked = inquiries("2022-02-20", "2022-03-01")
    found = row(response(inquiries=asked, trips=[{"start_on": "2022-02-10", "end_on": "2022-02-13"}]))
    assert (found["days_after"], found["n_after"]) == (10, 1)


def test_forums_and_fairs_have_their_own_lines_and_vague_events_none():
    tables = {
        "inquiries": inquiries("2016-06-10", "2016-05-30"),
        "trips": [
            {**TRIP, "kind": "trade_fair"},
            {"start_on": "2017-01-01", "start_on_precision": "month"},
            {"start_on": "2017-05-05", "status": "cancelled"},
        ],
        "attendance": [{"forum_id": "F1", "held_on": "2018-04-01", "organisation": name} for name in ("Alpha", "Beta")],
    }
    finding = response(180, **tables)
    assert row(finding, "fairs")["n_events"] == 1
    assert row(finding, "forums")["n_events"] == 1
    assert row(finding, "trips")["n_events"] == 0
    assert row(finding)["n_events"] == 2
    assert row(finding)["n_events_left_out"] == 1
    assert "dates_imprecise" in finding.caveats


def test_a_rise_after_events_is_found():
    trips = [{"start_on": f"{year}-06-01", "end_on": f"{year}-06-01"} for year in range(2013, 2021)]
    asked = [f"{year}-06-{day:02d}" for year in range(2013, 2021) for day in range(3, 13, 2)]
    asked += [f"{year}-04-05" for year in range(2013, 2021)]
    estimate = response(inquiries=inquiries(*asked), trips=trips).estimate
    assert estimate.value == pytest.approx(5)
    assert estimate.low > 1


@pytest.mark.parametrize("state", ["partial", "not_recorded"])
def test_no_rate_without_a_complete_list_of_inquiries(state):
    coverage = FULL | {"inquiries": kept("2012-01-01", "2023-01-01", state)}
    finding = response(settings=make_settings(coverage=coverage), inquiries=inquiries("2016-06-10"), trips=[TRIP])
    assert (finding.estimate, rows_of(finding)) == (None, [])
    assert "not_estimable" in finding.caveats


def test_without_any_event_nothing_is_compared():
    finding = response(inquiries=inquiries("2016-06-10"))
    assert finding.estimate is None
    assert row(finding)["share_unattributable"] == 1
