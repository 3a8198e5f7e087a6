"""Rate ratio of two counts: agreement of p and interval, edges, refusals of bad input."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import confint_poisson_2indep
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from vemas_analytics.analysis.estimators import RateRatio, rate_ratio
from vemas_analytics.errors import OptionError

METHODS = ["exact", "midp", "score"]
counts = st.integers(0, 400)
lengths = st.floats(0.01, 1e5)
methods = st.sampled_from(METHODS)
levels = st.sampled_from([0.8, 0.95, 0.99])


def close(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is None and second is None
    return math.isclose(first, second, rel_tol=1e-10)


def inverse(value: float | None) -> float | None:
    if value is None:
        return 0.0
    return None if value == 0 else 1 / value


@given(counts, lengths, counts, lengths, methods, levels)
def test_swapping_gives_reciprocals(n: int, e: float, m: int, f: float, method: str, level: float) -> None:
    one = rate_ratio(n, e, m, f, method=method, level=level)
    other = rate_ratio(m, f, n, e, method=method, level=level)
    if n + m == 0:
        assert one.refused
        assert other.refused
        return
    assert close(one.low, inverse(other.high))
    assert close(one.high, inverse(other.low))
    assert close(one.p_value, other.p_value)
    if n > 0 and m > 0:
        assert close(one.value, inverse(other.value))


@given(counts, lengths, counts, lengths, methods, levels)
def test_p_is_below_alpha_exactly_when_one_lies_outside(
    n: int, e: float, m: int, f: float, method: str, level: float
) -> None:
    result = rate_ratio(n, e, m, f, method=method, level=level)
    if result.refused:
        return
    assert result.p_value is not None
    assert 0 <= result.p_value <= 1
    if abs(result.p_value - (1 - level)) < 1e-9:
        return
    assert (result.p_value < 1 - level) == (not holds(result, 1.0))


def holds(result: RateRatio, ratio: float) -> bool:
    assert result.low is not None
    return result.low <= ratio <= (math.inf if result.high is None else result.high)


@given(counts, lengths, counts, lengths, methods)
def test_limits_are_in_order_around_the_value(n: int, e: float, m: int, f: float, method: str) -> None:
    result = rate_ratio(n, e, m, f, method=method)
    if result.value is not None and not result.refused:
        assert holds(result, result.value)


def test_exact_is_clopper_pearson_on_the_split() -> None:
    result = rate_ratio(9, 46, 281, 134)
    split = stats.binomtest(9, 290, 46 / 180).proportion_ci(0.95, method="exact")
    assert result.low == pytest.approx(split.low / (1 - split.low) * 134 / 46, rel=1e-10)
    assert result.high == pytest.approx(split.high / (1 - split.high) * 134 / 46, rel=1e-10)
    tails = stats.binom(290, 46 / 180)
    assert result.p_value == pytest.approx(2 * min(tails.cdf(9), tails.sf(8)), rel=1e-8)


def test_score_agrees_with_statsmodels() -> None:
    low, high = confint_poisson_2indep(9, 46, 281, 134, method="score", compare="ratio")
    result = rate_ratio(9, 46, 281, 134, method="score")
    assert [result.low, result.high] == pytest.approx([low, high], rel=1e-6)  # statsmodels searches its limits
    assert result.p_value == pytest.approx(poisson_test(9, 46, 281, 134, method="score").pvalue, rel=1e-8)


def test_midp_limits_leave_half_of_the_observed_split_in_each_tail() -> None:
    n, m, e, f = 7, 20, 3.0, 5.0
    result = rate_ratio(n, e, m, f, method="midp")
    for limit, tail in ((result.low, "sf"), (result.high, "cdf")):
        assert limit is not None
        split = stats.binom(n + m, limit * e / (limit * e + f))
        beyond = split.sf(n) if tail == "sf" else split.cdf(n - 1)
        assert beyond + 0.5 * split.pmf(n) == pytest.approx(0.025, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_zero_after_is_a_bound(method: str) -> None:
    result = rate_ratio(0, 46, 30, 134, method=method)
    assert result.value == 0.0
    assert result.low == 0.0
    assert result.high is not None
    assert 0 < result.high < 1
    assert {"zero_after", "few_events"} <= set(result.caveats)


def test_upper_limit_without_events_after_is_that_of_the_two_sided_interval() -> None:
    # With none of t events after, the limit p solves (1 - p)^t = alpha / 2.
    p = 1 - 0.025 ** (1 / 30)
    assert rate_ratio(0, 46, 30, 134).high == pytest.approx(p / (1 - p) * 134 / 46, rel=1e-10)


@pytest.mark.parametrize("method", METHODS)
def test_zero_before_has_no_value_and_no_upper_limit(method: str) -> None:
    result = rate_ratio(5, 46, 0, 134, method=method)
    assert (result.value, result.high) == (None, None)
    assert result.low is not None
    assert result.low > 0


@pytest.mark.parametrize("method", METHODS)
def test_no_events_at_all_is_refused(method: str) -> None:
    result = rate_ratio(0, 1, 0, 2, method=method)
    assert result.refused
    assert (result.value, result.low, result.high, result.p_value) == (None, None, None, None)
    assert result.method == "refused"


def test_large_counts_lose_no_digits() -> None:
    result = rate_ratio(10**9, 46.0, 3 * 10**9, 134.0)
    assert result.value == pytest.approx(134 / 46 / 3)
    assert result.low is not None
    assert result.high is not None
    assert result.high / result.low == pytest.approx(math.exp(2 * 1.959964 * math.sqrt(1e-9 + 1e-9 / 3)), abs=1e-8)


def test_unknown_method_names_the_allowed_ones() -> None:
    with pytest.raises(OptionError, match="exact, midp, score"):
        rate_ratio(1, 1, 1, 1, method="wald")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments", [(-1, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, -2), (math.nan, 1, 1, 1), (1, math.inf, 1, 1), (1.5, 1, 1, 1)]
)
def test_bad_counts_and_lengths_are_refused(arguments: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"n_|exposure_"):
        rate_ratio(*arguments)


@pytest.mark.parametrize("level", [0.0, 1.0, -1.0, math.nan])
def test_level_must_lie_between_zero_and_one(level: float) -> None:
    with pytest.raises(ValueError, match="level"):
        rate_ratio(1, 1, 1, 1, level=level)


def test_numpy_integers_are_taken() -> None:
    assert rate_ratio(np.int64(3), np.float64(2), np.int64(5), np.int32(4)) == rate_ratio(3, 2, 5, 4)
