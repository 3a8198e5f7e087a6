"""The estimators as a script of another project calls them: by the promised names, with whatever arrays it has."""

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from vemas_analytics.analysis import estimators

COUNTS = [3, 5, 2, 4, 6, 3, 5, 4, 2, 5, 3, 4, 4, 6, 2, 3, 5, 4, 3, 4, 2, 6, 5, 3, 1, 0, 2, 1, 0, 1, 2, 0, 1, 1, 0, 2]
MONTHS = [30.4375] * 36
AFTER = [False] * 24 + [True] * 12

PROMISED = {
    "rate_ratio": "n_after, exposure_after, n_before, exposure_before, *, method='exact', level=0.95",
    "quasi_poisson_ratio": "counts, exposure, after, *, level=0.95",
    "rate_change": "counts, exposure, after, *, method='auto', level=0.95",
    "interrupted_series": "counts, exposure, after, *, harmonics=2, period=12, dummies=None, slope=False, level=0.95",
    "change_points": "values, *, cost='poisson', n_breaks=None, penalty=None, min_size=2",
    "shrink_rates": "counts, exposure, *, estimator='marshall'",
    "adjust_p_values": "p, *, method='bh'",
    "cumulative_incidence": "durations, outcomes",
    "kaplan_meier": "durations, observed",
}

KINDS: dict[str, Callable[[list[Any]], Any]] = {
    "lists": list,
    "tuples": tuple,
    "numpy": np.array,
    "objects of numpy": lambda values: [np.array(values)[i] for i in range(len(values))],
    "pandas": lambda values: pd.Series(values, index=range(7, 7 + len(values))),
    "pandas with NA": lambda values: pd.Series(values).convert_dtypes(),
}


@pytest.mark.parametrize("name", PROMISED)
def test_signature(name: str) -> None:
    parameters = inspect.signature(getattr(estimators, name)).parameters.values()
    own = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    promised = list(inspect.signature(eval(f"lambda {PROMISED[name]}: None")).parameters.values())
    assert own[: len(promised)] == promised
    assert all(more.kind is inspect.Parameter.KEYWORD_ONLY for more in own[len(promised) :])
    assert all(more.default is not inspect.Parameter.empty for more in own[len(promised) :])


def results(kind: str) -> dict[str, Any]:
    as_kind = KINDS[kind]
    counts, exposure, after = as_kind(COUNTS), as_kind(MONTHS), as_kind(AFTER)
    days, outcomes = as_kind([10, 20, 20, 40, 60, 80]), as_kind([1, 2, 0, 1, 1, 0])
    return {
        "rate_ratio": estimators.rate_ratio(as_kind([9])[0] if kind[:6] != "pandas" else 9, 46, 281, 134.0),
        "quasi_poisson_ratio": estimators.quasi_poisson_ratio(counts, exposure, after),
        "rate_change": estimators.rate_change(counts, exposure, after),
        "interrupted_series": estimators.interrupted_series(counts, exposure, after, harmonics=0, slope=True),
        "change_points": estimators.change_points(counts),
        "shrink_rates": estimators.shrink_rates(as_kind([8, 2, 0, 30]), as_kind([4, 4, 4, 5])),
        "adjust_p_values": estimators.adjust_p_values(as_kind([0.01, 0.04, 0.03])),
        "cumulative_incidence": estimators.cumulative_incidence(days, outcomes),
        "kaplan_meier": estimators.kaplan_meier(days, as_kind([True, True, False, True, True, False])),
    }


@pytest.mark.parametrize("kind", list(KINDS)[1:])
def test_every_kind_of_array_gives_the_same(kind: str) -> None:
    plain, other = results("lists"), results(kind)
    assert list(plain) == list(PROMISED)
    for name, result in plain.items():
        assert str(result) == str(other[name]), name


def test_what_is_promised_of_each_result() -> None:
    found = results("lists")
    for name in ("rate_ratio", "quasi_poisson_ratio", "rate_change", "interrupted_series"):
        result = found[name]
        assert 0 < result.low < result.value < result.high < 1
        assert 0 <= result.p_value < 0.05
    for name in ("quasi_poisson_ratio", "rate_change", "interrupted_series"):
        assert found[name].dispersion > 0
        assert -1 < found[name].lag1 < 1
    series = found["interrupted_series"]
    assert series.level_ratio.low < series.level_ratio.value == series.value < series.level_ratio.high
    assert series.slope_ratio.low < series.slope_ratio.value < series.slope_ratio.high
    assert series.fitted.shape == series.counterfactual.shape == (36,)
    assert (series.counterfactual_low < series.counterfactual).all()
    assert (series.counterfactual < series.counterfactual_high).all()
    assert series.shortfall.low < series.shortfall.value < series.shortfall.high
    assert found["change_points"] == (24,)
    incidence = found["cumulative_incidence"]
    assert incidence.times.tolist() == [10, 20, 40, 60]
    assert sorted(incidence.curves) == [1, 2]
    assert incidence.survival.shape == incidence.curves[1].shape == incidence.curves[2].shape
    assert sum(incidence.restricted_mean(50).values()) == pytest.approx(50)
    assert found["kaplan_meier"].restricted_mean(50) < 50


def test_figures_are_plain_numbers_and_results_are_frozen() -> None:
    result = estimators.rate_ratio(np.int64(9), np.float64(46), np.int32(281), np.float32(134))
    for field in ("value", "low", "high", "p_value", "n_after", "exposure_after"):
        assert type(getattr(result, field)) is float, field
    for name, one in results("numpy").items():
        if dataclasses.is_dataclass(one):
            with pytest.raises(dataclasses.FrozenInstanceError):
                one.level = 0.5  # type: ignore[misc]
        elif isinstance(one, np.ndarray):
            assert not one.flags.writeable, name


@pytest.mark.parametrize("method", ["exact", "midp", "score"])
def test_rate_ratio_by_each_method(method: Any) -> None:
    result = estimators.rate_ratio(9, 46, 281, 134, method=method, level=0.9)
    assert result.method == method
    assert result.value == pytest.approx(9 / 46 / (281 / 134))
    assert result.low < result.value < result.high


@pytest.mark.parametrize("estimator", ["marshall", "moment", "ml"])
def test_shrink_rates_by_each_estimator(estimator: Any) -> None:
    result = estimators.shrink_rates([8, 2, 0, 30, 11], [4, 4, 4, 5, 5], estimator=estimator)
    assert 0 < result.rates[2] < result.rates[1] < result.rates[3] < 6


@pytest.mark.parametrize("cost", ["poisson", "normal"])
def test_change_points_by_each_cost(cost: Any) -> None:
    assert estimators.change_points([5] * 9 + [1] * 9, cost=cost, n_breaks=1) == (9,)
    assert estimators.change_points([5] * 9 + [1] * 9, cost=cost, penalty=1e6) == ()
