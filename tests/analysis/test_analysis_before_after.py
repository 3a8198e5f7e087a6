import datetime as dt
from types import MappingProxyType

import pandas as pd
import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.before_after import find_before_after
from vemas_analytics.analysis.estimators import rate_ratio
from vemas_analytics.model.settings import Break, Settings, Stop

BASELINES = ("all_before", "phase_II", "months_24", "y2015_2019", "without_covid")
FULL = {"inquiries": kept("2012-01-01", "2023-01-01")}


def spread(n: int, start: str, end: str) -> list[dict]:
    """n inquiries at even distances in [start, end)."""
    days = pd.date_range(start, end, periods=n + 1)[:-1].normalize()
    return [{"received_on": day.date().isoformat()} for day in days]


def compare(rows, settings, baseline="all_before", region="ALL"):
    return ask(find_before_after, make_tables(inquiries=rows), settings)["before_after", "inquiries", region, baseline]


def test_windows_are_exact_to_the_day():
    settings = make_settings(as_of="2022-12-31", coverage=FULL)
    expected = {
        "all_before": 3707,
        "phase_II": 2039,
        "months_24": 731,
        "y2015_2019": 1826,
        "without_covid": 3707 - 457,
    }
    for baseline, days in expected.items():
        finding = compare([{"received_on": "2022-02-23"}, {"received_on": "2022-02-24"}], settings, baseline)
        assert finding.days_before == days, baseline
        assert finding.days_after == 311
        assert [row["days"] for row in rows_of(finding)] == [days, 311]
    all_before = compare([{"received_on": "2022-02-23"}, {"received_on": "2022-02-24"}], settings)
    assert (all_before.n_before, all_before.n_after) == (1, 1)
    assert rows_of(all_before)[0]["periods"] == "2012-01-01/2022-02-24"
    gaps = compare([], settings, "without_covid")
    assert rows_of(gaps)[0]["periods"] == "2012-01-01/2020-03-01;2021-06-01/2022-02-24"


def test_ratio_of_unequal_windows_and_interval_agree_with_the_two_counts():
    stop = dt.date(2022, 3, 1)
    settings = make_settings(
        as_of="2025-12-31",
        coverage={"inquiries": kept("2011-01-01", "2026-01-01")},
        stop=Stop(event_on=stop, effective_from=stop),
    )
    rows = spread(281, "2011-01-01", "2022-03-01") + spread(9, "2022-03-01", "2026-01-01")
    finding = compare(rows, settings)
    assert (finding.n_before, finding.n_after) == (281, 9)
    assert finding.estimate.value == pytest.approx((9 / 1402) / (281 / 4077))
    assert finding.method == "exact"
    exact = rate_ratio(9, 1402, 281, 4077)
    assert finding.estimate.low == pytest.approx(exact.low)
    assert finding.estimate.high == pytest.approx(exact.high)
    assert round(1 - finding.estimate.value, 2) == 0.91
    before, after = rows_of(finding)
    assert round(before["per_month"], 1) == 2.1
    assert round(after["per_month"], 1) == 0.2


def test_swapped_windows_give_the_reciprocal():
    rows = [{"received_on": f"2012-{month:02d}-15"} for month in range(1, 13) for _ in range(3)]
    rows += [{"received_on": f"2013-{month:02d}-15"} for month in range(1, 13)]
    stop = dt.date(2013, 1, 1)
    settings = make_settings(
        coverage={"inquiries": kept("2012-01-01", "2014-01-01")}, stop=Stop(event_on=stop, effective_from=stop)
    )
    forward = compare(rows, settings).estimate
    mirror = {"2012": "2013", "2013": "2012"}
    swapped = [{"received_on": mirror[row["received_on"][:4]] + row["received_on"][4:]} for row in rows]
    # 2012 is a leap year, so the two windows are one day apart in length and exchange these lengths, too.
    backward = compare(swapped, settings)
    assert backward.days_before == 366
    scale = (366 / 365) ** 2
    assert forward.value * backward.estimate.value == pytest.approx(scale, rel=1e-10)


def test_month_dated_record_of_a_month_cut_by_the_window_is_left_out_and_said():
    rows = [
        {"received_on": "2022-02-01", "received_on_precision": "month"},
        {"received_on": "2020-02-01", "received_on_precision": "month"},
        {"received_on": "2016-01-01", "received_on_precision": "year"},
    ]
    settings = make_settings(coverage=FULL)
    finding = compare(rows, settings)
    assert (finding.n_before, finding.n_after) == (1, 0)
    assert "dates_imprecise" in finding.caveats
    # The 24 months begin on 24 February 2020 and cut that month as well.
    assert compare(rows, settings, "months_24").n_before == 0
    phase = compare(rows, settings, "phase_II")
    assert phase.n_before == 1
    assert "dates_imprecise" in phase.caveats


def test_caveats_follow_from_windows_and_counts():
    rows = spread(60, "2012-01-01", "2022-02-24") + [{"received_on": "2022-05-05"}]
    settings = make_settings(coverage=FULL)
    said = {name: set(compare(rows, settings, name).caveats) for name in BASELINES}
    assert all({"not_causal", "few_events", "late_entries", "windows_unequal"} <= codes for codes in said.values())
    assert {name for name in BASELINES if "covid_in_baseline" in said[name]} == {"all_before", "months_24"}
    assert {n for n in BASELINES if "sanctions_2014_in_baseline" in said[n]} == {"all_before", "without_covid"}
    assert all("partial_month" in codes for codes in said.values())
    assert not any("coverage_inferred" in codes for codes in said.values())
    inferred = compare(rows, make_settings())
    assert "coverage_inferred" in inferred.caveats
    no_late = compare(spread(60, "2012-01-01", "2022-02-24"), settings)
    assert "late_entries" not in no_late.caveats
    assert "zero_after" in no_late.caveats
    assert no_late.estimate.value == 0


def test_no_estimate_without_exposure_on_both_sides():
    finding = compare(spread(60, "2012-01-01", "2021-12-31"), make_settings())
    assert finding.estimate is None
    assert "not_estimable" in finding.caveats
    assert finding.method == "-"
    assert finding.days_after == 0
    assert rows_of(finding)[0]["per_month"] is None


def test_no_estimate_from_a_partial_record():
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01", "partial")})
    finding = compare(spread(60, "2012-01-01", "2022-12-31"), settings)
    assert finding.estimate is None
    assert {"coverage_partial", "not_estimable"} <= set(finding.caveats)
    assert finding.n_before + finding.n_after == 60


def test_not_recorded_has_no_numbers_at_all():
    found = ask(find_before_after, make_tables(inquiries=spread(5, "2012-01-01", "2022-12-31")))
    finding = found["before_after", "offers", "ALL", "all_before"]
    assert (finding.estimate, finding.n_before, finding.n_after) == (None, None, None)
    assert {"not_recorded", "not_estimable"} <= set(finding.caveats)


def test_as_of_ends_the_window_after():
    rows = spread(60, "2012-01-01", "2022-02-24") + [{"received_on": "2022-03-05"}, {"received_on": "2022-06-05"}]
    finding = compare(rows, make_settings(as_of="2022-03-31", coverage=FULL))
    assert (finding.n_after, finding.days_after) == (1, 36)


def test_a_stop_that_was_lifted_ends_the_window_after():
    stop = Stop(until=dt.date(2022, 7, 1))
    rows = spread(60, "2012-01-01", "2022-02-24") + [{"received_on": "2022-08-05"}]
    finding = compare(rows, make_settings(coverage=FULL, stop=stop))
    assert (finding.n_after, finding.days_after) == (0, 127)
    assert "late_entries" not in finding.caveats


def test_record_of_two_regions_once_in_the_total_and_sources_lead_back():
    shared = {"inquiry_id": "7", "received_on": "2015-05-05", "source_row": 9}
    rows = [{**shared, "region": "RU-SVE"}, {**shared, "region": "RU-TA"}, {"received_on": "2022-05-05"}]
    settings = make_settings(coverage=FULL)
    assert compare(rows, settings).n_before == 1
    assert compare(rows, settings, region="RU-TA").n_before == 1
    assert compare(rows, settings).sources[0].rows == (4, 9)
    assert compare(rows, settings, "months_24").sources[0].rows == (4,)


def test_configured_breaks_without_covid_do_not_undo_it():
    settings = make_settings(coverage=FULL)
    own = Break("own", MappingProxyType({"de": "Umzug", "en": "Move"}), dt.date(2018, 1, 1))
    changed = Settings(breaks=(own,), coverage=settings.coverage)
    finding = compare(spread(60, "2012-01-01", "2022-12-31"), changed, "without_covid")
    assert finding.days_before == 3707 - 457
