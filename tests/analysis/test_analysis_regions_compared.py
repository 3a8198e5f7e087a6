import numpy as np
import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.estimators import adjust_p_values, rate_change, shrink_rates, shrink_ratios
from vemas_analytics.analysis.regions_compared import COLUMNS, find_regions_compared, rank_posterior

SETTINGS = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01")})
MONTHS_BEFORE = 3707 / 30.4375


def spread(region, n_before, n_after, seed=1):
    days = np.random.default_rng(seed)
    early = np.datetime64("2012-01-01") + days.integers(0, 3707, n_before)
    late = np.datetime64("2022-02-24") + days.integers(0, 311, n_after)
    return [{"received_on": str(day), "region": region} for day in (*early, *late)]


def compared(rows, settings=SETTINGS):
    return ask(find_regions_compared, make_tables(inquiries=rows), settings)[
        "regions_compared", "inquiries", "ALL", "all_before"
    ]


SAMPLE = [
    *spread("RU-SVE", 100, 2, 1),
    *spread("RU-TA", 60, 5, 2),
    *spread("RU-SPE", 12, 0, 3),
    *spread("RU-KLU", 4, 3, 4),
    *spread("RU", 30, 1, 5),
]


def test_figures_are_those_of_the_estimators():
    finding = compared(SAMPLE)
    rows = {row["region"]: row for row in rows_of(finding)}
    order = ["RU-KLU", "RU-SPE", "RU-SVE", "RU-TA"]
    assert list(rows) == order
    assert tuple(finding.table.columns) == COLUMNS
    before, after = np.array([4, 12, 100, 60]), np.array([3, 0, 2, 5])
    assert [rows[key]["n_before"] for key in order] == before.tolist()
    rates = shrink_rates(before, np.full(4, MONTHS_BEFORE))
    assert [rows[key]["shrunk_before"] for key in order] == pytest.approx(rates.rates.tolist())
    ratios = shrink_ratios(after, 311, before, 3707)
    assert [rows[key]["ratio_shrunk"] for key in order] == pytest.approx(ratios.ratios.tolist())
    assert [rows[key]["ratio_low"] for key in order] == pytest.approx(ratios.low.tolist())
    known = [row for row in rows.values() if row["p_value"] is not None]
    assert [row["p_adjusted"] for row in known] == pytest.approx(adjust_p_values([r["p_value"] for r in known]))
    assert all(row["p_adjusted"] >= row["p_value"] for row in known)
    assert {"many_regions_adjusted", "not_causal"} <= set(finding.caveats)


def test_region_unknown_and_total_have_no_rank():
    assert {"RU", "ALL"}.isdisjoint(row["region"] for row in rows_of(compared(SAMPLE)))


def test_ranks_say_how_far_they_could_lie_elsewhere():
    rows = {row["region"]: row for row in rows_of(compared(SAMPLE))}
    sve, klu = rows["RU-SVE"], rows["RU-KLU"]
    assert (sve["rank_before"], sve["rank_before_low"], sve["rank_before_high"]) == (1, 1, 1)
    assert klu["rank_before"] == 4
    assert klu["rank_fall"] == 4
    assert all(row["rank_fall_low"] <= row["rank_fall"] <= row["rank_fall_high"] for row in rows.values())
    # No inquiry after the stop out of twelve before is the lowest raw ratio but not the surest fall.
    assert rows["RU-SPE"]["rank_fall_high"] > 1
    assert compared(SAMPLE) == compared(SAMPLE)


def test_regions_that_chance_alone_tells_apart_share_one_change_with_its_interval():
    rows = rows_of(compared([*spread("RU-SVE", 40, 2, 1), *spread("RU-TA", 40, 2, 2), *spread("RU-SPE", 40, 2, 3)]))
    assert len({row["ratio_shrunk"] for row in rows}) == 1
    assert all(row["ratio_low"] < row["ratio_shrunk"] < row["ratio_high"] for row in rows)
    assert all((row["rank_fall_low"], row["rank_fall_high"]) == (1, 3) for row in rows)
    assert all(row["shrunk_before_low"] is None for row in rows)


def test_no_record_after_anywhere_has_no_ratio_and_no_rank_of_falls():
    finding = compared([*spread("RU-SVE", 40, 0), *spread("RU-TA", 9, 0, 2)])
    assert all(row["ratio_shrunk"] is None and row["rank_fall"] is None for row in rows_of(finding))
    assert "zero_after" in finding.caveats


@pytest.mark.parametrize("state", ["partial", "not_recorded"])
def test_lists_with_gaps_are_not_compared(state):
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01", state)})
    finding = compared(SAMPLE, settings)
    assert rows_of(finding) == []
    assert "not_estimable" in finding.caveats


def test_one_region_alone_has_none_to_be_compared_with():
    assert rows_of(compared(spread("RU-SVE", 40, 2))) == []


def test_p_values_do_not_depend_on_the_other_regions():
    row = {row["region"]: row for row in rows_of(compared(SAMPLE))}["RU-TA"]
    alone = rows_of(compared([*spread("RU-TA", 60, 5, 2), *spread("RU-OMS", 8, 1, 9)]))
    assert {item["region"]: item["p_value"] for item in alone}["RU-TA"] == row["p_value"]
    assert rate_change([60, 5], [3707, 311], [False, True]).value == pytest.approx(row["ratio"])


def test_rank_posterior_of_known_draws():
    draws = np.array([[1.0, 2.0, 3.0], [1.0, 3.0, 2.0], [1.0, 2.0, 3.0], [1.0, 3.0, 2.0]])
    ranks = rank_posterior(draws, np.array([1.0, 2.4, 2.5]))
    assert ranks.rank.tolist() == [1, 2, 3]
    assert ranks.low.tolist() == [1, 2, 2]
    assert ranks.high.tolist() == [1, 3, 3]
