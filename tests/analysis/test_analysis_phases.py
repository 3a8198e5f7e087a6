import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.phases import find_phases

FULL = {"inquiries": kept("2012-01-01", "2023-01-01")}


def phases(tables, settings, measure="inquiries", region="ALL"):
    finding = ask(find_phases, tables, settings)["phases", measure, region, "-"]
    return finding, {row["phase"]: row for row in rows_of(finding)}


def test_days_are_exact_and_the_stop_day_opens_phase_four():
    tables = make_tables(inquiries=[{"received_on": "2022-02-23"}, {"received_on": "2022-02-24"}])
    _, rows = phases(tables, make_settings(as_of="2022-12-31", coverage=FULL))
    assert [row["days"] for row in rows.values()] == [943, 2039, 725, 311]
    assert [row["n"] for row in rows.values()] == [0, 0, 1, 1]
    assert rows["IV"]["per_year"] == pytest.approx(365.25 / 311)
    assert {row["state"] for row in rows.values()} == {"recorded"}


def test_coarse_dates_are_counted_apart_and_a_cut_month_is_left_out():
    rows = [
        {"received_on": "2016-01-01", "received_on_precision": "year"},
        {"received_on": "2020-01-01", "received_on_precision": "year"},
        {"received_on": "2022-02-01", "received_on_precision": "month"},
        {"received_on": "2016-03-01", "received_on_precision": "month"},
    ]
    finding, found = phases(make_tables(inquiries=rows), make_settings(coverage=FULL))
    assert (found["II"]["n"], found["II"]["n_coarse"]) == (1, 1)
    assert (found["III"]["n"], found["III"]["n_coarse"]) == (0, 0)
    assert "dates_imprecise" in finding.caveats
    assert finding.sources[0].rows == (2, 5)


def test_nothing_is_claimed_after_the_list_ends():
    tables = make_tables(inquiries=[{"received_on": "2015-02-03"}, {"received_on": "2021-03-03"}])
    finding, rows = phases(tables, make_settings(as_of="2024-12-31"))
    assert rows["IV"]["state"] == "outside"
    assert rows["IV"]["n"] is None
    assert rows["IV"]["days"] == 0
    assert rows["I"]["state"] == "outside"
    assert "coverage_inferred" in finding.caveats


def test_short_phase_has_no_yearly_rate():
    tables = make_tables(inquiries=[{"received_on": "2022-03-03"}])
    _, rows = phases(tables, make_settings(as_of="2022-03-31", coverage=FULL))
    assert rows["IV"]["days"] == 36
    assert rows["IV"]["per_year"] is None


def test_partial_record_says_at_least_and_gives_no_zero():
    trips = [{"start_on": "2013-05-06"}, {"start_on": "2022-05-06"}]
    settings = make_settings(coverage={"trips": kept("2012-01-01", "2022-01-01", "partial")})
    tables = make_tables(trips=trips)
    finding, rows = phases(tables, make_settings(as_of="2022-12-31", coverage=settings.coverage), "trips")
    assert [row["n"] for row in rows.values()] == [1, None, None, 1]
    assert {row["state"] for row in rows.values()} == {"partial"}
    assert all(row["per_year"] is None for row in rows.values())
    assert "coverage_partial" in finding.caveats


def test_not_recorded_gives_nothing():
    finding, rows = phases(make_tables(inquiries=[{"received_on": "2013-05-06"}]), make_settings(), "offers")
    assert {row["n"] for row in rows.values()} == {None}
    assert {row["state"] for row in rows.values()} == {"not_recorded"}
    assert finding.caveats == ("not_recorded",)


def test_values_say_how_many_are_known():
    rows = [{"offered_on": "2015-01-05", "value_eur": 100.0}, {"offered_on": "2015-01-06"}]
    finding, found = phases(make_tables(offers=rows), make_settings(), "offer_value_eur")
    assert (found["II"]["n"], found["II"]["n_known"]) == (100.0, 1)
    assert "value_share_known" in finding.caveats


def test_shares_are_of_distinct_records_and_none_is_given_for_few():
    rows = [{"received_on": f"2016-{month:02d}-03", "region": "RU-TA"} for month in range(1, 5)]
    both = [{"inquiry_id": "b", "received_on": "2016-09-03", "region": code} for code in ("RU-SVE", "RU-TA")]
    few = [{"received_on": "2013-05-03", "region": "RU-TA"}]
    tables, settings = make_tables(inquiries=[*rows, *both, *few]), make_settings(coverage=FULL)
    tatarstan, sverdlovsk, total = (phases(tables, settings, region=code)[1] for code in ("RU-TA", "RU-SVE", "ALL"))
    assert total["II"]["n"] == 5
    assert [found["II"]["share_of_total"] for found in (tatarstan, sverdlovsk, total)] == [1.0, 0.2, 1.0]
    assert tatarstan["I"]["share_of_total"] is None
    assert tatarstan["IV"]["share_of_total"] is None
