import numpy as np
import pytest
from scipy import stats

from vemas_analytics.analysis.estimators import homogeneity_p_value


def exact(after, before):
    """Every table of two groups with these margins, by the same distance."""
    totals = np.array(after) + np.array(before)
    n_late = sum(after)
    expected = totals * n_late / totals.sum()

    def distance(late):
        return ((np.array(late) - expected) ** 2 / expected).sum()

    law = stats.hypergeom(totals.sum(), totals[0], n_late)
    tables = [(late, law.pmf(late)) for late in range(n_late + 1) if law.pmf(late) > 0]
    least = distance(after) - 1e-9
    return sum(chance for late, chance in tables if distance((late, n_late - late)) >= least)


@pytest.mark.parametrize(
    ("after", "before"), [((4, 1), (20, 60)), ((2, 2), (56, 35)), ((0, 5), (40, 30)), ((9, 3), (30, 31))]
)
def test_it_is_the_exact_test_within_the_error_of_its_draws(after, before):
    p_value = exact(after, before)
    error = np.sqrt(p_value * (1 - p_value) / 9999)
    assert homogeneity_p_value(after, before) == pytest.approx(p_value, abs=4 * error + 1e-4)


def test_many_groups_agree_with_chi_squared_where_that_holds():
    after, before = np.array([40, 52, 61, 35, 48]), np.array([120, 110, 130, 125, 118])
    wanted = stats.chi2_contingency(np.array([after, before]), correction=False).pvalue
    assert homogeneity_p_value(after, before) == pytest.approx(wanted, abs=0.015)


def test_same_shares_have_a_p_of_one_and_opposite_ones_the_least():
    assert homogeneity_p_value([2, 4], [20, 40]) == 1.0
    assert homogeneity_p_value([50, 0], [0, 50]) == 1 / 10_000


def test_overlapping_intervals_may_differ_and_the_extremes_of_many_need_not():
    # exact 95 % intervals of the two ratios overlap: 0.5 (0.33 to 0.74) and 0.29 (0.21 to 0.38) at equal windows
    assert homogeneity_p_value([35, 58], [70, 200]) < 0.05
    assert homogeneity_p_value([0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 4], [16, 19, 9, 53, 8, 10, 57, 36, 12, 5, 73]) > 0.2


@pytest.mark.parametrize(
    ("after", "before"), [((3,), (10,)), ((0, 0), (10, 20)), ((3, 4), (0, 0)), ((0, 3), (0, 9)), ((), ())]
)
def test_where_nothing_can_differ_there_is_no_p_value(after, before):
    assert homogeneity_p_value(after, before) is None


def test_under_one_common_change_it_rejects_no_more_than_it_says():
    generator = np.random.default_rng(7)
    totals = generator.integers(5, 60, 15)
    rejected = sum(
        homogeneity_p_value(late, totals - late, draws=499, seed=run) < 0.05
        for run in range(400)
        for late in [generator.multivariate_hypergeometric(totals, 12)]
    )
    assert rejected <= 32
