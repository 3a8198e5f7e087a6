import datetime as dt
import json
from pathlib import Path

import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.conversion import find_conversion

FULL = {"inquiries": kept("2012-01-01", "2025-01-01"), "offers": kept("2012-01-01", "2025-01-01")}
SETTINGS = make_settings(coverage=FULL, as_of="2024-12-31")
EVE = dt.date(2022, 2, 24)


def conversion(measure, baseline="before", settings=SETTINGS, region="ALL", **tables):
    return ask(find_conversion, make_tables(**tables), settings)["conversion", measure, region, baseline]


def share(finding, outcome, days):
    (found,) = [row for row in rows_of(finding) if (row["outcome"], row["days"]) == (outcome, days)]
    return found


def decided(start, days, status="won"):
    end = dt.date.fromisoformat(start) + dt.timedelta(days=days)
    return {"offered_on": start, "decided_on": end.isoformat(), "status": status}


def test_competing_outcomes_by_hand():
    rows = [decided("2015-01-01", 30), decided("2015-01-02", 60, "lost"), decided("2015-01-03", 100, "withdrawn")]
    rows += [decided("2015-01-04", 200), {"offered_on": "2015-01-05", "status": "open"}]
    finding = conversion("offers", offers=rows)
    assert [share(finding, "won", days)["share"] for days in (90, 180, 365)] == pytest.approx([0.2, 0.2, 0.4])
    assert [share(finding, "lost", days)["share"] for days in (90, 180, 365)] == pytest.approx([0.2, 0.2, 0.2])
    assert share(finding, "withdrawn", 180)["share"] == pytest.approx(0.2)
    assert share(finding, "suspended", 365)["share"] == 0
    assert share(finding, "suspended", 365)["high"] is None
    for days in (90, 180, 365):
        assert sum(row["share"] for row in rows_of(finding) if row["days"] == days) == pytest.approx(1, abs=1e-12)
    assert finding.estimate.value == pytest.approx(0.4)
    assert finding.estimate.low < 0.4 < finding.estimate.high
    assert finding.n_before == 5
    assert finding.n_after is None


def test_published_curve_of_kaplan_and_meier_comes_out_of_dates():
    cases = {case["key"]: case for case in json.loads((Path(__file__).parents[1] / "data" / "cases.json").read_text())}
    key = next(name for name in cases if "aml" in name)
    arm = _maintained(cases[key]["inputs"])
    rows = []
    for weeks, event in arm:
        start = EVE - dt.timedelta(days=weeks) if not event else dt.date(2016, 1, 4)
        rows.append(decided(start.isoformat(), weeks) if event else {"offered_on": start.isoformat()})
    finding = conversion("offers", offers=rows)
    assert len(rows) == 11
    # Maintained group of the AML study: 18.41 % without the event at 48, one censored at 161 beyond it.
    assert share(finding, "won", 90)["share"] == pytest.approx(1 - 0.184, abs=5e-4)
    assert share(finding, "won", 365)["share"] is None
    assert finding.estimate is None


def _maintained(inputs):
    times, events = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]
    text = json.dumps(inputs)
    assert all(str(time) in text for time in times)
    return list(zip(times, events, strict=True))


def test_cases_of_before_are_censored_at_the_stop_and_not_lost():
    rows = [decided("2021-06-01", 60, "lost")] * 4 + [decided("2022-02-20", 30)] * 4
    rows = [{**row, "offer_id": f"o{i}"} for i, row in enumerate(rows)]
    finding = conversion("offers", offers=rows)
    won = share(finding, "won", 90)
    # The four of February were followed for four days; none of them counts as won before the stop.
    assert (won["n_cases"], won["n_outcome"], won["n_open"]) == (8, 0, 4)
    assert share(finding, "lost", 90)["share"] is None
    assert "followed_until_stop" in finding.caveats


def test_cases_after_the_stop_are_followed_to_the_reference_date():
    rows = [{**decided("2022-03-01", 100), "offer_id": f"o{i}"} for i in range(5)]
    early = make_settings(coverage=FULL, as_of="2022-05-01")
    assert share(conversion("offers", "after", offers=rows), "won", 180)["share"] == 1
    finding = conversion("offers", "after", early, offers=rows)
    assert share(finding, "won", 90)["n_open"] == 5
    assert finding.n_after == 5


def test_inquiry_is_offered_by_the_first_offer_that_names_it():
    inquiries = [{"received_on": "2015-01-01", "inquiry_id": f"A{i}", "status": "open"} for i in range(5)]
    offers = [{"offered_on": "2015-02-01", "inquiry_id": "A0"}, {"offered_on": "2016-01-01", "inquiry_id": "A0"}]
    finding = conversion("inquiries", inquiries=inquiries, offers=offers)
    assert share(finding, "offered", 90)["share"] == pytest.approx(0.2)
    assert "links_partly_known" in finding.caveats


def test_a_number_that_restarts_each_year_links_nothing():
    inquiries = [{"received_on": f"201{i}-01-01", "inquiry_id": "17", "status": "open"} for i in range(3, 8)]
    finding = conversion("inquiries", inquiries=inquiries, offers=[{"offered_on": "2018-02-01", "inquiry_id": "17"}])
    assert share(finding, "offered", 365)["n_outcome"] == 0


def test_ends_on_no_known_day_and_before_the_beginning_are_left_out_and_counted():
    rows = [decided("2015-01-01", 30)] * 5
    rows = [{**row, "offer_id": f"o{i}"} for i, row in enumerate(rows)]
    rows += [{"offered_on": "2015-01-01", "status": "lost"}, decided("2015-05-01", -10)]
    finding = conversion("offers", offers=rows)
    assert share(finding, "won", 90)["n_left_out"] == 2
    assert finding.n_before == 5
    assert "dates_imprecise" in finding.caveats


def test_fewer_than_five_cases_give_no_share():
    finding = conversion("offers", offers=[decided("2015-01-01", 30)] * 1)
    assert (finding.estimate, rows_of(finding)) == (None, [])
    assert {"not_estimable", "few_events"} <= set(finding.caveats)


def test_the_curve_of_the_total_steps_on_each_day_and_ends_at_the_share_told():
    rows = [decided("2015-01-01", 30), decided("2015-01-02", 60, "lost"), decided("2015-01-03", 100, "withdrawn")]
    rows += [decided("2015-01-04", 200), {"offered_on": "2015-01-05", "status": "open"}]
    found = ask(find_conversion, make_tables(offers=rows), SETTINGS)
    curve = found["conversion_curve", "offers", "ALL", "before"]
    won = [(row["days"], row["share"], row["n_at_risk"]) for row in rows_of(curve) if row["outcome"] == "won"]
    assert won == [(30, pytest.approx(0.2), 5), (200, pytest.approx(0.4), 2), (365, pytest.approx(0.4), 1)]
    told = found["conversion", "offers", "ALL", "before"]
    assert share(curve, "won", 365)["low"] == share(told, "won", 365)["low"]
    assert share(curve, "suspended", 365)["share"] == 0
    assert not any(key[0] == "conversion_curve" and key[2] != "ALL" for key in found)
