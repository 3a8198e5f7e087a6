import datetime as dt

import numpy as np
import pytest

from factories import ask, kept, make_settings, make_tables, monthly_rows, rows_of
from vemas_analytics.analysis.course import COLUMNS, find_course
from vemas_analytics.analysis.estimators import interrupted_series
from vemas_analytics.model.settings import Break, Stop

STOP = Stop(event_on=dt.date(2020, 1, 1), effective_from=dt.date(2020, 1, 1))
NO_BREAK = (Break("far", {"de": "fern", "en": "far"}, dt.date(2001, 1, 1)),)


def months(first: str, last: str) -> list[str]:
    span = np.arange(first, last, dtype="datetime64[M]")
    return [str(month) for month in span]


def settings(state="recorded", end="2022-01-01", breaks=NO_BREAK):
    return make_settings(coverage={"inquiries": kept("2015-01-01", end, state)}, stop=STOP, breaks=breaks)


def course(rows, given=None, region="ALL"):
    found = ask(find_course, make_tables(inquiries=rows), given or settings())
    return found["course", "inquiries", region, "all_before"]


def steady(per_month: int, first="2015-01", last="2020-01") -> list[dict]:
    return monthly_rows(dict.fromkeys(months(first, last), per_month), "received_on")


def test_what_a_steady_list_would_have_brought_is_missing():
    finding = course(steady(3))
    assert finding.estimate.unit == "count"
    # 24 months of 3; months differ in length, so the model is not exact to the case.
    assert finding.estimate.value == pytest.approx(72, abs=1)
    assert finding.estimate.low < 72 < finding.estimate.high
    assert (finding.n_before, finding.n_after) == (180, 0)
    assert {"zero_after", "trend_extrapolated", "not_causal"} <= set(finding.caveats)
    assert "interval_refused" not in finding.caveats
    step, _ = rows_of(finding)
    assert (step["level_ratio"], step["level_low"], step["level_p"]) == (0, None, None)
    assert tuple(finding.table.columns) == COLUMNS


def test_series_is_the_expectation_of_every_cell():
    finding = course(steady(3))
    assert len(finding.series) == 84
    assert finding.series[0].start == dt.date(2015, 1, 1)
    assert finding.series[-1].end == dt.date(2022, 1, 1)
    assert all(point.low < point.value < point.high for point in finding.series)
    after = sum(point.value for point in finding.series if point.start >= dt.date(2020, 1, 1))
    assert after == pytest.approx(rows_of(finding)[0]["expected_after"])


def test_same_figures_as_the_estimator_on_hand_counted_months():
    generator = np.random.default_rng(3)
    names = months("2015-01", "2022-01")
    counts = np.concatenate([generator.poisson(4, 60), generator.poisson(1, 24)])
    finding = course(monthly_rows(dict(zip(names, counts.tolist(), strict=True)), "received_on"))
    starts = np.array(names, dtype="datetime64[D]")
    ends = (starts.astype("datetime64[M]") + 1).astype("datetime64[D]")
    exposure = (ends - starts).astype(float)
    middle = (starts - starts[0]).astype(float) + exposure / 2
    direct = interrupted_series(counts, exposure, np.arange(84) >= 60, time=middle / 30.4375, allow_memory=True)
    row = rows_of(finding)[0]
    assert row["level_ratio"] == pytest.approx(direct.value, rel=1e-9)
    assert (row["shortfall_low"], row["shortfall_high"]) == pytest.approx((direct.shortfall.low, direct.shortfall.high))
    assert 1 / row["level_ratio"] > 2
    assert row["shortfall_low"] < 24 * 3 < row["shortfall_high"]


def test_break_of_the_settings_is_not_taken_for_the_stop():
    rows = steady(6, last="2018-01") + steady(2, first="2018-01", last="2022-01")
    plain = course(rows)
    known = course(rows, settings(breaks=(Break("other", {"de": "a", "en": "a"}, dt.date(2018, 1, 1)),)))
    assert rows_of(known)[0]["level_ratio"] == pytest.approx(1, abs=0.1)
    assert abs(known.estimate.value) < 5
    assert rows_of(plain)[0]["level_ratio"] > 1.2


@pytest.mark.parametrize(
    ("rows", "given"),
    [
        (steady(3), settings("partial")),
        (steady(3), settings(end="2020-03-01")),
        (steady(3, first="2019-01"), settings()),
    ],
)
def test_without_enough_months_events_or_keeping_nothing_is_claimed(rows, given):
    finding = course(rows, given)
    assert finding.estimate is None
    assert finding.series == ()
    assert rows_of(finding) == []
    assert "not_estimable" in finding.caveats
    assert finding.method == "-"


def test_every_region_has_its_own_finding():
    rows = steady(3) + [{"received_on": "2016-05-05", "region": "RU-TA"}]
    assert course(rows, region="RU-SVE").estimate is not None
    assert course(rows, region="RU-TA").estimate is None
    assert course(rows, region="RU-TA").n_before == 1
