"""Quasi-Poisson ratio against statsmodels, and its warning of memory."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.analysis.estimators import quasi_poisson_ratio
from vemas_analytics.analysis.estimators.overdispersion import describe_windows, ratio_on_log_scale

AFTER = np.arange(60) >= 40


def clustered(seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator.negative_binomial(2, 0.5, 60), generator.uniform(5, 31, 60)


@pytest.mark.parametrize("seed", range(5))
def test_equals_the_scaled_poisson_model(seed: int) -> None:
    y, e = clustered(seed)
    design = sm.add_constant(AFTER.astype(float))
    model = sm.GLM(y, design, family=sm.families.Poisson(), offset=np.log(e)).fit(scale="X2", use_t=True)
    result = quasi_poisson_ratio(y, e, AFTER)
    assert model.scale > 1
    assert result.dispersion == pytest.approx(model.scale, rel=1e-9)
    assert result.value == pytest.approx(math.exp(model.params[1]), rel=1e-8)
    assert [result.low, result.high] == pytest.approx(np.exp(model.conf_int()[1]), rel=1e-7)
    assert result.p_value == pytest.approx(model.pvalues[1], rel=1e-6)


def test_scale_is_not_below_one() -> None:
    y = np.full(60, 3.0)
    result = quasi_poisson_ratio(y, np.ones(60), AFTER)
    assert result.dispersion == 0.0
    assert result.inflation == 1.0
    assert result.low is not None
    assert result.low < 1


@given(st.lists(st.integers(0, 30), min_size=6, max_size=40), st.integers(1, 5))
def test_swapping_gives_reciprocals(y: list[int], cut: int) -> None:
    after = np.arange(len(y)) >= cut
    exposure = np.linspace(5, 31, len(y))
    one, other = quasi_poisson_ratio(y, exposure, after), quasi_poisson_ratio(y, exposure, ~after)
    assert one.refused == other.refused
    if one.refused:
        return
    assert one.value is not None
    assert other.value is not None
    assert one.value * other.value == pytest.approx(1, rel=1e-10)
    assert one.low is not None
    assert other.high is not None
    assert one.low * other.high == pytest.approx(1, rel=1e-10)
    assert one.p_value == pytest.approx(other.p_value, rel=1e-9)


def test_memory_is_warned_of_and_allowed_for() -> None:
    y = np.tile([9, 8, 9, 1, 0, 1], 10)
    result = quasi_poisson_ratio(y, np.ones(60), AFTER)
    assert result.lag1 is not None
    assert result.lag1 > 0.3
    assert "autocorrelated" in result.caveats
    wide = result.allowing_memory
    assert wide is not None
    assert result.value is not None
    assert result.low is not None
    widened = math.log(result.value / wide.low) / math.log(result.value / result.low)
    assert widened == pytest.approx(math.sqrt((1 + result.lag1) / (1 - result.lag1)))


def test_lag_one_leaves_out_the_pair_across_the_stop() -> None:
    y, after = [1, 3, 0, 8], [False, False, True, True]
    # Residuals are -1, 1 over sqrt(2) and -4, 4 over 2; products of neighbours inside the windows only.
    assert quasi_poisson_ratio(y, np.ones(4), after).lag1 == pytest.approx((-0.5 - 4) / (1 + 8))


def test_a_window_without_events_has_no_interval() -> None:
    result = quasi_poisson_ratio([3, 1, 2, 0, 0], np.ones(5), [0, 0, 0, 1, 1])
    assert result.refused
    assert result.value == 0.0
    assert (result.low, result.high, result.p_value) == (None, None, None)


def test_cells_without_exposure_are_left_out() -> None:
    y, e = clustered(1)
    full = quasi_poisson_ratio(y, e, AFTER)
    gap = quasi_poisson_ratio(np.insert(y, 10, 0), np.insert(e, 10, 0.0), np.insert(AFTER, 10, False))
    assert gap == full


@pytest.mark.parametrize(
    ("y", "e", "after", "what"),
    [
        ([1, -1, 2], [1, 1, 1], [0, 0, 1], "negative"),
        ([1, math.nan, 2], [1, 1, 1], [0, 0, 1], "missing"),
        ([1, 1, 2], [1, 1], [0, 0, 1], "elements"),
        ([1, 1, 2], [1, 1, 1], [0, 0, 0], "both windows"),
        ([1, 1, 2], [1, 0, 1], [0, 0, 1], "without exposure"),
        ([1, 1, 2], [1, 1, 1], [0, 2, 1], "booleans"),
        ([[1, 1, 2]], [1, 1, 1], [0, 0, 1], "one-dimensional"),
    ],
)
def test_bad_cells_are_refused(y: list[float], e: list[float], after: list[int], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        quasi_poisson_ratio(y, e, after)


def test_input_is_not_altered() -> None:
    y, e = clustered(2)
    kept = y.copy(), e.copy()
    quasi_poisson_ratio(y, e, AFTER)
    assert (y == kept[0]).all()
    assert (e == kept[1]).all()


@pytest.mark.parametrize(("rate", "p"), [(1.0, 1.0), (2.0, 0.0)])
def test_counts_in_perfect_step_give_a_point_and_no_division_by_zero(rate: float, p: float) -> None:
    counts = np.where(AFTER, 30.0 * rate, 30.0)
    windows = describe_windows(counts, np.full(60, 30.0), AFTER)
    result = ratio_on_log_scale(windows, 0.0, 5.0, level=0.95, method="quasi_poisson_ar", caveats=())
    assert (result.low, result.high, result.p_value) == (pytest.approx(rate), pytest.approx(rate), p)
