"""Which method rate_change takes, and that its interval and p agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.analysis.estimators import quasi_poisson_ratio, rate_change, rate_ratio
from vemas_analytics.errors import OptionError

AFTER = np.arange(180) >= 134
DAYS = np.full(180, 30.4375)
EVEN = np.tile([2, 3, 1, 2, 2, 3], 30)
CLUSTERED = np.tile([0, 0, 9, 0, 6, 0, 0, 3], 23)[:180]
SWINGING = np.tile(np.repeat([6, 0], 20), 5)[:180]


def test_even_counts_take_the_exact_interval() -> None:
    result = rate_change(EVEN, DAYS, AFTER)
    same = rate_ratio(EVEN[AFTER].sum(), DAYS[AFTER].sum(), EVEN[~AFTER].sum(), DAYS[~AFTER].sum())
    assert result.method == "exact"
    assert (result.value, result.low, result.high, result.p_value) == (same.value, same.low, same.high, same.p_value)
    assert result.dispersion is not None
    assert result.dispersion < 1


def test_short_even_series_with_many_events_take_the_mid_p_interval() -> None:
    short = slice(134 - 12, 134 + 12)
    result = rate_change(EVEN[short], DAYS[short], AFTER[short])
    same = rate_change(EVEN[short], DAYS[short], AFTER[short], method="midp")
    assert (result.method, result.low, result.high) == ("midp", same.low, same.high)


@pytest.mark.parametrize(("counts", "cells"), [([1, 0, 2, 1] * 6, 12), ([40, 20], 1)])
def test_short_series_of_few_events_or_without_scatter_stay_exact(counts: list[int], cells: int) -> None:
    after = np.arange(len(counts)) >= cells
    assert rate_change(counts, np.full(len(counts), 30.4375), after).method == "exact"


def test_clusters_widen_the_interval() -> None:
    result, exact = rate_change(CLUSTERED, DAYS, AFTER), rate_change(CLUSTERED, DAYS, AFTER, method="exact")
    assert result.method == "quasi_poisson"
    assert "overdispersed" in result.caveats
    assert width(result) > 1.5 * width(exact)


def test_swings_widen_it_further() -> None:
    result, plain = rate_change(SWINGING, DAYS, AFTER), rate_change(SWINGING, DAYS, AFTER, method="quasi_poisson")
    assert result.method == "quasi_poisson_ar"
    assert {"overdispersed", "autocorrelated"} <= set(result.caveats)
    assert width(result) > 1.3 * width(plain)


def width(result: object) -> float:
    return float(np.log(result.high / result.low))  # type: ignore[attr-defined]


def test_each_window_has_its_own_dispersion() -> None:
    # A busy clustered window before must not widen what a quiet even window after says.
    y = np.where(AFTER, np.tile([0, 1], 90), 5 * CLUSTERED)
    assert rate_change(y, DAYS, AFTER).inflation < 0.5 * quasi_poisson_ratio(y, DAYS, AFTER).inflation


def test_none_after_even_counts_is_an_exact_bound() -> None:
    y = np.where(AFTER, 0, EVEN)
    result = rate_change(y, DAYS, AFTER)
    assert (result.method, result.value, result.low) == ("exact", 0.0, 0.0)
    assert result.high == rate_ratio(0, DAYS[AFTER].sum(), y.sum(), DAYS[~AFTER].sum()).high


@pytest.mark.parametrize("y", [CLUSTERED, SWINGING])
def test_none_after_clusters_or_swings_has_no_interval(y: np.ndarray) -> None:
    result = rate_change(np.where(AFTER, 0, y), DAYS, AFTER)
    assert result.refused
    assert result.value == 0.0
    assert "interval_refused" in result.caveats


def test_no_events_at_all_is_refused() -> None:
    assert rate_change(np.zeros(180), DAYS, AFTER).refused


@given(st.lists(st.integers(0, 12), min_size=4, max_size=90), st.data())
def test_swap_order_and_agreement(y: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(y) - 1))
    after = np.arange(len(y)) >= cut
    exposure = np.linspace(20, 31, len(y))
    one, other = rate_change(y, exposure, after), rate_change(y, exposure, ~after)
    assert (one.refused, one.method) == (other.refused, other.method)
    if one.refused:
        return
    assert one.p_value == pytest.approx(other.p_value, rel=1e-9, abs=1e-300)
    assert one.low is not None
    assert one.low == (0.0 if other.high is None else pytest.approx(1 / other.high, rel=1e-10))
    high = np.inf if one.high is None else one.high
    assert one.value is None or one.low <= one.value <= high
    assert one.p_value is not None
    if abs(one.p_value - 0.05) > 1e-9:
        assert (one.p_value < 0.05) == (not one.low <= 1 <= high)


def test_two_cells_are_two_counts() -> None:
    assert rate_change([20, 5], [10, 10], [0, 1]).low == rate_ratio(5, 10, 20, 10).low


@pytest.mark.parametrize("method", ["exact", "midp", "score"])
def test_named_methods_work_on_the_totals(method: str) -> None:
    result = rate_change(CLUSTERED, DAYS, AFTER, method=method)
    n = CLUSTERED
    same = rate_ratio(n[AFTER].sum(), DAYS[AFTER].sum(), n[~AFTER].sum(), DAYS[~AFTER].sum(), method=method)
    assert (result.method, result.low, result.high) == (method, same.low, same.high)


def test_same_input_same_bits() -> None:
    assert rate_change(SWINGING, DAYS, AFTER) == rate_change(list(SWINGING), list(DAYS), list(AFTER))


def test_unknown_method_and_broken_counts_are_refused() -> None:
    with pytest.raises(OptionError, match="auto, exact"):
        rate_change(EVEN, DAYS, AFTER, method="guess")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="broken"):
        rate_change(EVEN + 0.5, DAYS, AFTER)
