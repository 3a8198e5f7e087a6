import numpy as np
import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.offer_values import find_offer_values

SETTINGS = make_settings(coverage={"offers": kept("2012-01-01", "2026-01-01")}, as_of="2025-12-31")


def values(rows, settings=SETTINGS, region="ALL"):
    found = ask(find_offer_values, make_tables(offers=rows), settings)
    return found["offer_values", "offer_value_eur", region, "all_before"]


def offers(amounts, years):
    return [
        {"offered_on": f"{year}-{3 + 6 * (i % 2)}-10", "value_eur": amount, "offer_id": f"{year}-{i}"}
        for year in years
        for i, amount in enumerate(amounts)
    ]


def test_ratio_of_geometric_means_and_medians_by_hand():
    rows = offers([10.0, 1000.0], range(2014, 2021)) + offers([1.0, 100.0], range(2023, 2026))
    finding = values(rows)
    geometric, median = rows_of(finding)
    assert geometric["typical_before"] == pytest.approx(100)
    assert geometric["typical_after"] == pytest.approx(10)
    assert geometric["ratio"] == finding.estimate.value == pytest.approx(0.1)
    assert median["typical_before"] == pytest.approx(100)
    assert (finding.n_before, finding.n_after) == (14, 6)
    assert geometric["top3_share_before"] == pytest.approx(3000 / 7070)
    assert finding.estimate.low <= 0.1 <= finding.estimate.high
    assert finding.estimate.level == 0.95
    assert values(rows) == finding


def test_one_huge_offer_moves_the_share_of_the_three_largest_not_the_ratio():
    generator = np.random.default_rng(2)
    rows = offers(generator.lognormal(10, 0.2, 4).tolist(), range(2014, 2021))
    rows += offers(generator.lognormal(10, 0.2, 4).tolist(), range(2023, 2026))
    huge = [*rows, {"offered_on": "2024-05-05", "value_eur": 1e9}]
    median = rows_of(values(huge))[1]
    assert median["ratio"] == pytest.approx(rows_of(values(rows))[1]["ratio"], rel=0.3)
    assert median["top3_share_after"] > 0.99


def test_few_values_give_no_estimate_and_unknown_ones_are_counted():
    rows = offers([10.0, 20.0], range(2014, 2021)) + [{"offered_on": "2023-05-05", "value_eur": 5.0}]
    finding = values([*rows, {"offered_on": "2018-05-05"}, {"offered_on": "2018-05-06", "value_eur": 0.0}])
    assert finding.estimate is None
    assert {"few_events", "interval_refused", "value_share_known"} <= set(finding.caveats)
    row = rows_of(finding)[0]
    assert (row["n_before"], row["n_after"], row["n_without_value"]) == (14, 1, 2)
    assert row["top3_share_after"] is None


def test_nothing_of_lists_with_gaps():
    settings = make_settings(coverage={"offers": kept("2012-01-01", "2026-01-01", "partial")}, as_of="2025-12-31")
    finding = values(offers([10.0], range(2014, 2026)), settings)
    assert (finding.estimate, rows_of(finding)) == (None, [])
    assert "not_estimable" in finding.caveats
