"""Ratio of typical amounts with its block bootstrap."""

import numpy as np
import pytest

from vemas_analytics.analysis.estimators import amount_ratio, top_share
from vemas_analytics.errors import OptionError

GENERATOR = np.random.default_rng(1)
AMOUNTS = np.exp(GENERATOR.normal(4, 1, 120)) * np.where(np.arange(120) >= 80, 0.5, 1.0)
BLOCKS = np.arange(120) // 4
AFTER = np.arange(120) >= 80


def test_geometric_means_and_medians() -> None:
    result = amount_ratio([1, 4, 16, 2, 8], [0, 1, 2, 3, 4], [0, 0, 0, 1, 1])
    assert (result.typical_before, result.typical_after) == (pytest.approx(4), pytest.approx(4))
    assert result.value == pytest.approx(1)
    middle = amount_ratio([1, 4, 100, 2, 8], [0, 1, 2, 3, 4], [0, 0, 0, 1, 1], statistic="median")
    assert middle.typical_before == pytest.approx(4)


def test_one_giant_moves_the_geometric_mean_little_and_shows_in_the_share() -> None:
    giant = AMOUNTS.copy()
    giant[3] = 1e6
    assert amount_ratio(giant, BLOCKS, AFTER).value == pytest.approx(
        amount_ratio(AMOUNTS, BLOCKS, AFTER).value, rel=0.15
    )
    result = amount_ratio(giant, BLOCKS, AFTER)
    assert result.top_share_before is not None
    assert result.top_share_before > 0.95


@pytest.mark.parametrize("statistic", ["geometric_mean", "median"])
def test_interval_is_deterministic_and_holds_the_truth(statistic: str) -> None:
    one = amount_ratio(AMOUNTS, BLOCKS, AFTER, statistic=statistic, n_resamples=400)  # type: ignore[arg-type]
    assert one == amount_ratio(AMOUNTS, BLOCKS, AFTER, statistic=statistic, n_resamples=400)  # type: ignore[arg-type]
    assert one.low is not None
    assert one.high is not None
    assert one.low < 0.5 < one.high
    assert one != amount_ratio(AMOUNTS, BLOCKS, AFTER, statistic=statistic, n_resamples=400, seed=1)  # type: ignore[arg-type]


def test_amounts_that_come_in_blocks_widen_the_interval() -> None:
    shared = np.exp(np.repeat(GENERATOR.normal(4, 1, 30), 4))
    width = [np.log(r.high / r.low) for r in (amount_ratio(shared, b, AFTER) for b in (BLOCKS, np.arange(120)))]  # type: ignore[operator]
    assert width[0] > 1.5 * width[1]


def test_few_blocks_are_refused_but_told() -> None:
    result = amount_ratio([1, 2, 3, 4], [0, 1, 2, 3], [0, 0, 1, 1])
    assert result.refused
    assert result.value == pytest.approx(np.sqrt(12 / 2))
    assert (result.low, result.high) == (None, None)
    assert set(result.caveats) == {"few_events", "interval_refused"}


def test_an_empty_window_has_no_ratio() -> None:
    result = amount_ratio([1, 2], [0, 1], [0, 0])
    assert (result.value, result.typical_after, result.top_share_after) == (None, None, None)


def test_top_share() -> None:
    assert top_share([1, 1, 2, 3, 3]) == pytest.approx(0.8)
    assert top_share([5]) == 1.0
    assert top_share([]) is None


def test_bad_amounts_are_refused() -> None:
    with pytest.raises(OptionError, match="geometric_mean, median"):
        amount_ratio([1], [0], [1], statistic="mean")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="above zero"):
        amount_ratio([0.0], [0], [1])
