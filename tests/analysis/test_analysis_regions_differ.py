import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.before_after import BASELINES
from vemas_analytics.analysis.estimators import homogeneity_p_value
from vemas_analytics.analysis.regions_differ import find_regions_differ

SETTINGS = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01")})
ROWS = [
    *({"received_on": f"2016-{month:02d}-05", "region": "RU-SVE"} for month in range(1, 13)),
    *({"received_on": f"2013-{month:02d}-05", "region": "RU-TA"} for month in range(1, 11)),
    *({"received_on": "2022-05-05", "region": "RU-TA"} for _ in range(6)),
    {"received_on": "2022-06-05", "region": "RU"},
    {"received_on": "2019-06-05", "region": "RU"},
]


def differ(rows, settings=SETTINGS):
    found = ask(find_regions_differ, make_tables(inquiries=rows), settings)
    return {baseline: found["regions_differ", "inquiries", "ALL", baseline] for baseline in BASELINES}


def test_one_test_over_the_regions_of_each_baseline_without_those_unknown():
    found = differ(ROWS)
    assert [tuple(row.values()) for row in rows_of(found["all_before"])] == [("RU-SVE", 12, 0), ("RU-TA", 10, 6)]
    assert found["all_before"].estimate.p_value == homogeneity_p_value([0, 6], [12, 10])
    assert found["all_before"].estimate.p_value < 0.05
    assert found["all_before"].estimate.value is None
    # 2013 lies before phase II: there the second region has records after the stop only
    assert [tuple(row.values()) for row in rows_of(found["phase_II"])] == [("RU-SVE", 12, 0), ("RU-TA", 0, 6)]
    assert (found["all_before"].n_before, found["all_before"].n_after) == (23, 7)


@pytest.mark.parametrize("state", ["partial", "not_recorded"])
def test_lists_with_gaps_are_not_tested(state):
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01", state)})
    assert all(item.estimate is None and rows_of(item) == [] for item in differ(ROWS, settings).values())


def test_nothing_since_the_stop_is_no_difference():
    assert differ(ROWS[:22])["all_before"].estimate is None
