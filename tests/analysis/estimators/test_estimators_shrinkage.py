"""Shrinkage: the formulas by hand, statsmodels, and what it is for."""

import warnings

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from vemas_analytics.analysis.estimators import shrink_rates, shrink_ratios
from vemas_analytics.errors import OptionError

COUNTS = np.array([2, 9, 30, 4, 15, 60])
EXPOSURE = np.array([10.0, 30.0, 50.0, 20.0, 25.0, 80.0])


def test_marshall_by_hand() -> None:
    mean = COUNTS.sum() / EXPOSURE.sum()
    raw = COUNTS / EXPOSURE
    scatter = (EXPOSURE * (raw - mean) ** 2).sum() / EXPOSURE.sum()
    between = scatter - mean / EXPOSURE.mean()
    assert between > 0
    expected = mean + between / (between + mean / EXPOSURE) * (raw - mean)
    result = shrink_rates(COUNTS, EXPOSURE)
    assert result.rates == pytest.approx(expected, rel=1e-12)
    assert result.prior_variance == pytest.approx(between, rel=1e-12)


def test_moments_of_clayton_and_kaldor_are_a_fixed_point() -> None:
    result = shrink_rates(COUNTS, EXPOSURE, estimator="moment")
    alpha = result.prior_mean / result.prior_variance
    nu = result.prior_mean * alpha
    assert result.rates == pytest.approx((COUNTS + nu) / (EXPOSURE + alpha), rel=1e-10)
    assert result.rates.mean() == pytest.approx(nu / alpha, rel=1e-8)
    spread = ((1 + alpha / EXPOSURE) * (result.rates - nu / alpha) ** 2).sum() / (COUNTS.size - 1)
    assert spread == pytest.approx(nu / alpha**2, rel=1e-8)


def test_maximum_likelihood_is_the_negative_binomial_model() -> None:
    generator = np.random.default_rng(4)
    exposure = generator.uniform(0.5, 2, 60)
    counts = generator.poisson(generator.gamma(2, 5, 60) * exposure)
    model = sm.NegativeBinomial(counts, np.ones(60), exposure=exposure).fit(disp=0, maxiter=500, gtol=1e-10)
    result = shrink_rates(counts, exposure, estimator="ml")
    assert result.prior_mean == pytest.approx(np.exp(model.params[0]), rel=1e-4)
    assert result.prior_variance == pytest.approx(np.exp(2 * model.params[0]) * model.params[1], rel=1e-3)


@pytest.mark.parametrize("estimator", ["marshall", "moment", "ml"])
def test_intervals_are_those_of_the_gamma_posterior(estimator: str) -> None:
    result = shrink_rates(COUNTS, EXPOSURE, estimator=estimator)  # type: ignore[arg-type]
    alpha = result.prior_mean / result.prior_variance
    posterior = stats.gamma(COUNTS + result.prior_mean * alpha, scale=1 / (EXPOSURE + alpha))
    assert result.rates == pytest.approx(posterior.mean(), rel=1e-9)
    assert result.low == pytest.approx(posterior.ppf(0.025), rel=1e-9)
    assert result.high == pytest.approx(posterior.ppf(0.975), rel=1e-9)


@pytest.mark.parametrize("estimator", ["marshall", "moment", "ml"])
def test_regions_that_chance_explains_become_one(estimator: str) -> None:
    result = shrink_rates([3, 4, 5, 4, 4, 4], np.ones(6), estimator=estimator)  # type: ignore[arg-type]
    assert result.prior_variance == 0
    assert result.rates == pytest.approx(np.full(6, 4.0))
    assert (result.weights == 0).all()


@pytest.mark.parametrize("estimator", ["marshall", "moment", "ml"])
def test_shrunken_rates_are_nearer_the_truth(estimator: str) -> None:
    generator = np.random.default_rng(5)
    truth = generator.gamma(4, 0.5, 80)
    counts = generator.poisson(truth * 2)
    result = shrink_rates(counts, np.full(80, 2.0), estimator=estimator)  # type: ignore[arg-type]
    assert ((result.rates - truth) ** 2).sum() < 0.8 * ((result.raw - truth) ** 2).sum()


def test_fewer_events_are_drawn_more() -> None:
    result = shrink_rates(COUNTS, EXPOSURE)
    order = np.argsort(EXPOSURE)
    assert (np.diff(result.weights[order]) > 0).all()


def test_bad_regions_are_refused() -> None:
    with pytest.raises(OptionError, match="marshall, moment, ml"):
        shrink_rates(COUNTS, EXPOSURE, estimator="bayes")  # type: ignore[arg-type]
    for counts, exposure in (([1], [1]), ([0, 0], [1, 1]), ([1, 2], [0, 1]), ([1, -2], [1, 1]), ([1, 2], [1, 1, 1])):
        with pytest.raises(ValueError, match=r"two regions|negative|elements"):
            shrink_rates(counts, exposure)


class TestRatios:
    generator = np.random.default_rng(6)
    totals = generator.poisson(20, 200)
    after = generator.binomial(totals, generator.beta(2, 6, 200))

    @pytest.mark.parametrize("estimator", ["moment", "ml"])
    def test_prior_is_found(self, estimator: str) -> None:
        result = shrink_ratios(self.after, 46, self.totals - self.after, 134, estimator=estimator)  # type: ignore[arg-type]
        assert result.prior_a == pytest.approx(2, rel=0.35)
        assert result.prior_b == pytest.approx(6, rel=0.35)

    def test_interval_is_that_of_the_beta_posterior(self) -> None:
        result = shrink_ratios(self.after, 46, self.totals - self.after, 134)
        posterior = stats.beta(self.after + result.prior_a, self.totals - self.after + result.prior_b)
        low = posterior.ppf(0.025)
        assert result.low == pytest.approx(low / (1 - low) * 134 / 46, rel=1e-9)
        assert (result.low < result.ratios).all()
        assert (result.ratios < result.high).all()

    @pytest.mark.parametrize("estimator", ["moment", "ml"])
    def test_one_common_change(self, estimator: str) -> None:
        result = shrink_ratios([2, 4, 6], 1.0, [4, 8, 12], 1.0, estimator=estimator)  # type: ignore[arg-type]
        assert result.prior_a == np.inf
        assert result.ratios == pytest.approx([0.5, 0.5, 0.5])

    def test_a_region_without_events_takes_the_common_distribution(self) -> None:
        result = shrink_ratios([*self.after, 0], 1.0, [*(self.totals - self.after), 0], 1.0)
        assert result.shares[-1] == pytest.approx(result.prior_a / (result.prior_a + result.prior_b))

    def test_all_on_one_side_is_refused(self) -> None:
        with pytest.raises(ValueError, match="one side"):
            shrink_ratios([0, 0], 1.0, [3, 4], 1.0)

    @pytest.mark.parametrize("estimator", ["moment", "ml"])
    def test_regions_each_wholly_on_one_side_have_no_common_split(self, estimator: str) -> None:
        with pytest.raises(ValueError, match="wholly on one side"):
            shrink_ratios([3, 0], 1.0, [0, 2], 1.0, estimator=estimator)  # type: ignore[arg-type]

    @pytest.mark.parametrize("estimator", ["moment", "ml"])
    def test_nearly_separate_regions_keep_ordered_limits_without_a_warning(self, estimator: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = shrink_ratios([30, 2, 9], 1.0, [1, 20, 8], 1.0, estimator=estimator)  # type: ignore[arg-type]
        assert (result.low < result.ratios).all()
        assert (result.ratios < result.high).all()
