"""Segmented quasi-Poisson: against statsmodels, known effects, and what cannot be estimated."""

import numpy as np
import pytest
import statsmodels.api as sm

from vemas_analytics.analysis.estimators import interrupted_series

N, STOP = 180, 134
TIME = np.arange(N)
AFTER = TIME >= STOP


def series(seed: int, *, ratio: float = 0.4) -> np.ndarray:
    mean = 6 * np.exp(0.002 * TIME + 0.3 * np.sin(2 * np.pi * TIME / 12)) * np.where(AFTER, ratio, 1.0)
    return np.random.default_rng(seed).negative_binomial(4, 4 / (4 + mean))


@pytest.mark.parametrize("slope", [False, True])
def test_equals_the_scaled_poisson_model(slope: bool) -> None:
    y, days = series(1), np.random.default_rng(2).uniform(20, 31, N)
    covid = ((TIME >= 110) & (TIME < 125)).astype(float)
    season = [f(2 * np.pi * k * TIME / 12) for k in (1, 2) for f in (np.sin, np.cos)]
    columns = [np.ones(N), TIME / 12, *season, covid, AFTER.astype(float)]
    if slope:
        columns.append(np.where(AFTER, TIME - STOP, 0))
    model = sm.GLM(y, np.column_stack(columns), family=sm.families.Poisson(), offset=np.log(days)).fit(scale="X2")
    result = interrupted_series(y, days, AFTER, dummies=covid, slope=slope)
    assert result.dispersion == pytest.approx(model.scale, rel=1e-8)
    assert result.fitted == pytest.approx(model.fittedvalues, rel=1e-7)
    assert [result.value, result.low, result.high] == pytest.approx(
        np.exp([model.params[7], *model.conf_int()[7]]), rel=1e-6
    )
    assert result.p_value == pytest.approx(model.pvalues[7], rel=1e-5)
    assert result.dummy_ratios[0].value == pytest.approx(np.exp(model.params[6]), rel=1e-7)
    assert (result.slope_ratio is not None) == slope


def test_counterfactual_is_the_model_without_the_step() -> None:
    result = interrupted_series(series(3), np.ones(N), AFTER)
    assert result.value is not None
    assert result.counterfactual[~AFTER] == pytest.approx(result.fitted[~AFTER])
    assert result.counterfactual[AFTER] * result.value == pytest.approx(result.fitted[AFTER])
    assert (result.counterfactual_low < result.counterfactual).all()
    assert (result.counterfactual < result.counterfactual_high).all()


def test_shortfall_is_expected_minus_counted() -> None:
    y = series(3)
    result = interrupted_series(y, np.ones(N), AFTER)
    missing = result.shortfall
    assert missing is not None
    assert missing.value == pytest.approx(result.counterfactual[AFTER].sum() - y[AFTER].sum())
    assert missing.low is not None
    assert missing.high is not None
    assert missing.low < missing.value < missing.high


def test_known_effect_lies_in_nearly_all_intervals() -> None:
    results = [interrupted_series(series(seed), np.ones(N), AFTER) for seed in range(120)]
    held = sum(r.low is not None and r.high is not None and r.low <= 0.4 <= r.high for r in results)
    assert 105 <= held <= 120


def test_none_after_still_has_a_counterfactual() -> None:
    y = np.where(AFTER, 0, series(4))
    result = interrupted_series(y, np.ones(N), AFTER)
    assert result.refused
    assert result.value == 0.0
    assert (result.low, result.high) == (None, None)
    assert result.shortfall is not None
    assert result.shortfall.value == pytest.approx(result.counterfactual[AFTER].sum())
    assert {"zero_after", "interval_refused"} <= set(result.caveats)


def test_too_few_cells_are_not_estimable() -> None:
    result = interrupted_series([3, 2, 4, 1], np.ones(4), [0, 0, 1, 1])
    assert result.refused
    assert result.value is None
    assert np.isnan(result.counterfactual).all()
    assert "not_estimable" in result.caveats


def test_a_dummy_that_is_the_stop_is_not_estimable() -> None:
    assert interrupted_series(series(5), np.ones(N), AFTER, dummies=AFTER.astype(float)).value is None


def test_months_without_any_event_under_a_dummy_do_not_stop_the_model() -> None:
    covid = (TIME >= 110) & (TIME < 125)
    y = np.where(covid, 0, series(8))
    result = interrupted_series(y, np.ones(N), AFTER, dummies=np.column_stack([covid, TIME >= 60]))
    rest = interrupted_series(
        y[~covid], np.ones(N - 15), AFTER[~covid], dummies=(TIME >= 60)[~covid].astype(float), time=TIME[~covid]
    )
    assert [result.value, result.low, result.high] == pytest.approx([rest.value, rest.low, rest.high], rel=1e-9)
    assert result.dummy_ratios[0].value == 0.0
    assert result.dummy_ratios[1].value == pytest.approx(rest.dummy_ratios[0].value, rel=1e-9)
    assert (result.fitted[covid] == 0).all()
    assert result.shortfall is not None
    assert rest.shortfall is not None
    assert result.shortfall.value == pytest.approx(rest.shortfall.value, rel=1e-9)


def test_memory_is_warned_of_and_allowed_for_on_request() -> None:
    y = np.tile(np.repeat([9, 2], 5), 18)
    plain = interrupted_series(y, np.ones(N), AFTER)
    wide = interrupted_series(y, np.ones(N), AFTER, allow_memory=True)
    assert "autocorrelated" in plain.caveats
    assert plain.value == wide.value
    assert wide.method == "quasi_poisson_ar"
    assert plain.lag1 is not None
    assert wide.inflation == pytest.approx(plain.inflation * (1 + plain.lag1) / (1 - plain.lag1))


def test_a_month_cut_in_two_keeps_its_season_by_its_time() -> None:
    y = series(6)
    whole = interrupted_series(y, np.full(N, 30.0), AFTER)
    cut = interrupted_series(
        np.insert(y, 60, 0),
        np.insert(np.full(N, 30.0), 60, 1e-9),
        np.insert(AFTER, 60, False),
        time=np.insert(TIME, 60, 60),
    )
    assert cut.value == pytest.approx(whole.value, rel=1e-6)


def test_result_cannot_be_changed_and_input_is_not() -> None:
    y = series(7)
    kept = y.copy()
    result = interrupted_series(y, np.ones(N), AFTER)
    with pytest.raises(ValueError, match="read-only"):
        result.fitted[0] = 1.0
    assert (y == kept).all()


def test_bad_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="dummies"):
        interrupted_series(series(1), np.ones(N), AFTER, dummies=np.ones(5))
    with pytest.raises(ValueError, match="above zero in every cell"):
        interrupted_series(np.zeros(3), [1, 0, 1], [0, 0, 1])
    with pytest.raises(ValueError, match="harmonics"):
        interrupted_series(series(1), np.ones(N), AFTER, harmonics=-1)
