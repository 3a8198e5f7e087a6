"""Change points against a search of all partitions."""

import itertools
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vemas_analytics.analysis.estimators import change_points
from vemas_analytics.errors import OptionError


def poisson_cost(values: list[int]) -> float:
    total = sum(values)
    return -2 * total * np.log(total / len(values)) if total else 0.0


def normal_cost(values: list[int]) -> float:
    return float(np.sum((np.array(values) - np.mean(values)) ** 2))


COSTS = {"poisson": poisson_cost, "normal": normal_cost}


def cost_of(values: list[int], positions: tuple[int, ...], cost: str) -> float:
    edges = [0, *positions, len(values)]
    return sum(COSTS[cost](values[a:b]) for a, b in itertools.pairwise(edges))


def least_cost(
    values: list[int], cost: str, min_size: int, *, n_breaks: int | None = None, penalty: float = 0
) -> float:
    @cache
    def best(end: int, breaks: int | None) -> float:
        whole = COSTS[cost](values[:end]) if end >= min_size and not breaks else np.inf
        left = None if breaks is None else breaks - 1
        if breaks == 0:
            return whole
        starts = range(min_size, end - min_size + 1)
        return min([whole, *(best(s, left) + COSTS[cost](values[s:end]) + penalty for s in starts)])

    return best(len(values), n_breaks)


series = st.lists(st.integers(0, 12), min_size=8, max_size=18)


@settings(max_examples=60, deadline=None)
@given(series, st.sampled_from(["poisson", "normal"]), st.integers(1, 2), st.integers(1, 3))
def test_given_number_of_breaks_is_the_best_partition(values: list[int], cost: str, n_breaks: int, size: int) -> None:
    if (n_breaks + 1) * size > len(values):
        return
    found = change_points(values, cost=cost, n_breaks=n_breaks, min_size=size)  # type: ignore[arg-type]
    assert len(found) == n_breaks
    assert cost_of(values, found, cost) == pytest.approx(least_cost(values, cost, size, n_breaks=n_breaks), abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(series, st.sampled_from(["poisson", "normal"]), st.floats(0.5, 20), st.integers(1, 3))
def test_penalised_search_is_the_best_partition(values: list[int], cost: str, penalty: float, size: int) -> None:
    found = change_points(values, cost=cost, penalty=penalty, min_size=size)  # type: ignore[arg-type]
    paid = cost_of(values, found, cost) + penalty * len(found)
    assert paid == pytest.approx(least_cost(values, cost, size, penalty=penalty), abs=1e-7)


def test_a_stop_of_counts_is_found_unasked() -> None:
    y = np.concatenate([np.random.default_rng(1).poisson(4, 134), np.random.default_rng(2).poisson(0.3, 46)])
    assert change_points(y) == (134,)


def test_even_counts_have_no_change() -> None:
    assert change_points(np.random.default_rng(3).poisson(3, 180)) == ()


@pytest.mark.parametrize("values", [[], [4], [0, 0, 0, 0, 0]])
def test_nothing_to_find(values: list[int]) -> None:
    assert change_points(values) == ()


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(OptionError, match="poisson, normal"):
        change_points([1, 2, 3, 4], cost="l2")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="negative"):
        change_points([1, -2, 3, 4])
    with pytest.raises(ValueError, match="do not fit"):
        change_points([1, 2, 3, 4], n_breaks=2)
    with pytest.raises(ValueError, match="not both"):
        change_points([1, 2, 3, 4], n_breaks=1, penalty=1.0)
