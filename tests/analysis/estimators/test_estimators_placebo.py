"""Placebo in time: a real step stands out, a common one does not."""

import numpy as np
import pytest

from vemas_analytics.analysis.estimators import placebo_in_time

N = 120
AFTER = np.arange(N) >= 90


def test_a_real_step_is_stronger_than_all_false_ones() -> None:
    y = np.random.default_rng(1).poisson(np.where(AFTER, 1.0, 8.0))
    result = placebo_in_time(y, np.ones(N), AFTER)
    assert result.positions == tuple(range(24, 79))
    assert result.n_as_strong == 0
    assert result.p_value == pytest.approx(1 / 56)


def test_no_step_is_one_of_many() -> None:
    y = np.random.default_rng(2).poisson(5.0, N)
    result = placebo_in_time(y, np.ones(N), AFTER)
    assert result.p_value is not None
    assert result.p_value > 0.1
    assert result.n_as_strong == round(result.p_value * 56) - 1


def test_false_stops_see_no_cell_after_the_real_one() -> None:
    y = np.random.default_rng(3).poisson(5.0, N)
    other = np.where(AFTER, 40, y)
    assert (placebo_in_time(y, np.ones(N), AFTER).ratios == placebo_in_time(other, np.ones(N), AFTER).ratios).all()


def test_a_dummy_that_is_constant_before_the_stop_does_not_disturb() -> None:
    y = np.random.default_rng(4).poisson(5.0, N)
    late = (np.arange(N) >= 100).astype(float)
    assert placebo_in_time(y, np.ones(N), AFTER, dummies=late).ratios.size == 55


def test_too_short_before_gives_no_p() -> None:
    result = placebo_in_time(np.ones(30), np.ones(30), np.arange(30) >= 20, harmonics=0)
    assert result.positions == ()
    assert result.p_value is None


def test_cells_after_must_come_last() -> None:
    with pytest.raises(ValueError, match="last"):
        placebo_in_time(np.ones(30), np.ones(30), np.arange(30) < 20)
