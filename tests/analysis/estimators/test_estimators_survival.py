"""Kaplan-Meier and Aalen-Johansen: by hand, against statsmodels, and shares that sum to 1."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from vemas_analytics.analysis.estimators import cumulative_incidence, kaplan_meier

# Days to won (1) or lost (2), or followed without outcome (0): ties of an outcome with one another and with a cut.
DAYS = [10, 20, 20, 20, 40, 40, 60, 80]
KINDS = [1, 1, 2, 0, 2, 0, 1, 0]

cases = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=60)


def test_incidence_by_hand() -> None:
    result = cumulative_incidence(DAYS, KINDS)
    assert result.times.tolist() == [10, 20, 40, 60]
    assert result.at_risk.tolist() == [8, 7, 4, 2]
    survival = [7 / 8, 5 / 8, 15 / 32, 15 / 64]
    assert result.survival == pytest.approx(survival)
    assert result.curves[1] == pytest.approx([1 / 8, 2 / 8, 2 / 8, 2 / 8 + 15 / 64])
    assert result.curves[2] == pytest.approx([0, 1 / 8, 1 / 8 + 5 / 32, 1 / 8 + 5 / 32])


def test_restricted_means_are_areas_by_hand() -> None:
    means = cumulative_incidence(DAYS, KINDS).restricted_mean(50)
    assert means[0] == pytest.approx(10 + 10 * 7 / 8 + 20 * 5 / 8 + 10 * 15 / 32)
    assert means[1] == pytest.approx(10 / 8 + 30 * 2 / 8)
    assert means[2] == pytest.approx(20 / 8 + 10 * (1 / 8 + 5 / 32))


@given(cases)
def test_shares_sum_to_one(case: list[tuple[int, int]]) -> None:
    days, kinds = zip(*case, strict=True)
    result = cumulative_incidence(days, kinds)
    total = result.survival + sum((curve for curve in result.curves.values()), np.zeros(result.times.size))
    assert np.abs(total - 1).max(initial=0) < 1e-12
    assert sum(result.restricted_mean(17.5).values()) == pytest.approx(17.5, abs=1e-10)
    assert sum(result.at(12).values()) == pytest.approx(1, abs=1e-12)
    for kind, curve in result.curves.items():
        assert (result.low[kind] <= curve + 1e-12).all()
        assert (curve <= result.high[kind] + 1e-12).all()
        assert (np.diff(curve) >= 0).all()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.filterwarnings("ignore::RuntimeWarning:statsmodels")
def test_agrees_with_statsmodels(seed: int) -> None:
    generator = np.random.default_rng(seed)
    days, kinds = generator.integers(1, 40, 200), generator.integers(0, 3, 200)
    ours, theirs = cumulative_incidence(days, kinds), CumIncidenceRight(days, kinds)
    there = np.isin(theirs.times, ours.times)
    for kind in (1, 2):
        assert ours.curves[kind] == pytest.approx(theirs.cinc[kind - 1][there], abs=1e-12)
        error = theirs.cinc_se[kind - 1][there]
        given_there = np.isfinite(error)  # statsmodels has none once all at risk have ended
        assert given_there[:-1].all()
        assert np.sqrt(ours.variance[kind])[given_there] == pytest.approx(error[given_there], abs=1e-12)
    single, known = kaplan_meier(days, kinds > 0), SurvfuncRight(days, kinds > 0)
    assert single.times == pytest.approx(known.surv_times)
    assert single.survival == pytest.approx(known.surv_prob, abs=1e-12)
    assert np.sqrt(single.variance[:-1]) == pytest.approx(known.surv_prob_se[:-1], abs=1e-12)


def test_one_outcome_is_one_minus_kaplan_meier() -> None:
    observed = np.array(KINDS) > 0
    curve, incidence = kaplan_meier(DAYS, observed), cumulative_incidence(DAYS, observed)
    assert incidence.curves[1] == pytest.approx(1 - curve.survival, abs=1e-15)
    assert incidence.variance[1] == pytest.approx(curve.variance, abs=1e-15)


def test_with_competing_outcomes_one_minus_kaplan_meier_overstates() -> None:
    alone = 1 - kaplan_meier(DAYS, np.array(KINDS) == 1).at(60)
    assert alone > cumulative_incidence(DAYS, KINDS).at(60)[1] + 0.05


def test_order_of_cases_does_not_matter_to_the_bit() -> None:
    turned = cumulative_incidence(DAYS[::-1], KINDS[::-1])
    result = cumulative_incidence(DAYS, KINDS)
    assert (turned.survival == result.survival).all()
    assert all((turned.curves[kind] == result.curves[kind]).all() for kind in (1, 2))


def test_without_any_outcome() -> None:
    result = cumulative_incidence([5, 7], [0, 0])
    assert result.times.size == 0
    assert result.at(6) == {0: 1.0}
    assert result.restricted_mean(10) == {0: 10.0}
    assert kaplan_meier([5, 7], [0, 0]).median is None


def test_steps_start_at_their_time() -> None:
    result = kaplan_meier(DAYS, np.array(KINDS) > 0)
    assert [result.at(t) for t in (9.9, 10, 19.9)] == pytest.approx([1, 7 / 8, 7 / 8])
    assert result.restricted_mean(15) == pytest.approx(10 + 5 * 7 / 8)
    assert cumulative_incidence(DAYS, KINDS).limits_at(5)[1] == (0.0, 0.0)


def test_bad_cases_are_refused() -> None:
    for days, kinds in (([], []), ([-1], [0]), ([1], [0.5]), ([1], [-1]), ([1, 2], [0]), ([np.nan], [1])):
        with pytest.raises(ValueError, match=r"durations|outcomes"):
            cumulative_incidence(days, kinds)
    with pytest.raises(ValueError, match="booleans"):
        kaplan_meier([1, 2], [0, 2])
    with pytest.raises(ValueError, match="horizon"):
        kaplan_meier([1, 2], [0, 1]).restricted_mean(0)
