"""Published series of counts, rates of areas and competing outcomes come out as their sources and R give them."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vemas_analytics.analysis.estimators import (
    change_points,
    cumulative_incidence,
    interrupted_series,
    quasi_poisson_ratio,
    shrink_rates,
)

DATA = Path(__file__).parents[2] / "data"
CASES = {case["key"]: case for case in json.loads((DATA / "count_cases.json").read_text(encoding="utf-8"))}

# Figures of R are kept with ten digits or more.
AS_R = 1e-8


def case(key: str) -> tuple[Any, Any, Any]:
    return CASES[key]["inputs"], CASES[key]["published"], CASES[key]["reproduced"]


def test_infant_deaths_of_auckland_are_drawn_together_as_marshall_does() -> None:
    given, printed, again = case("rates_auckland")
    exposure = given["years"] * np.array(given["children"])
    result = shrink_rates(given["deaths"], exposure, estimator="marshall")
    assert result.prior_mean == pytest.approx(printed["mean"], abs=5e-10)
    assert result.prior_variance == pytest.approx(printed["variance"], abs=5e-14)
    assert result.rates[:6] == pytest.approx(again["first_rates"], rel=AS_R)


def test_lip_cancer_of_scotland_has_the_gamma_prior_of_the_negative_binomial_model() -> None:
    given, printed, again = case("rates_lip_cancer")
    assert sum(given["observed"]) == printed["observed_total"]
    assert sum(given["expected"]) == pytest.approx(printed["expected_total"])
    result = shrink_rates(given["observed"], given["expected"], estimator="ml")
    assert result.prior_mean == pytest.approx(again["mean"], rel=1e-7)
    assert result.prior_mean**2 / result.prior_variance == pytest.approx(again["shape"], rel=1e-6)
    alpha = result.prior_mean / result.prior_variance
    posterior = (np.array(given["observed"]) + again["shape"]) / (np.array(given["expected"]) + alpha)
    assert result.rates == pytest.approx(posterior, rel=1e-6)


def test_discoveries_change_after_three_known_years() -> None:
    given, printed, again = case("breaks_discoveries")
    found = change_points(given["value"])
    assert list(found) == again["positions"]
    assert [given["start"] + position - 1 for position in found] == printed["last_years_before"]
    assert change_points(given["value"], n_breaks=3) == found


def test_coal_mining_disasters_became_fewer_after_1891() -> None:
    given, printed, again = case("breaks_coal")
    assert list(change_points(given["value"], n_breaks=1)) == again["positions"]
    (position,) = again["positions"]
    assert given["start"] + position - 1 == printed["last_year_before"]


def test_van_drivers_bare_ratio_is_the_quasi_poisson_model() -> None:
    given, _, again = case("counts_van_drivers")
    law = np.arange(len(given["value"])) >= given["first_month_of_law"]
    result, known = quasi_poisson_ratio(given["value"], np.ones(law.size), law), again["bare"]
    assert [result.value, result.low, result.high] == pytest.approx(
        [known["ratio"], known["low"], known["high"]], rel=1e-6
    )
    # R stops its steps at 1e-8 of the deviance, so that its dispersion carries five digits here.
    assert result.dispersion == pytest.approx(known["dispersion"], rel=1e-5)
    assert result.p_value == pytest.approx(known["p_value"], rel=1e-4)


def test_van_drivers_with_trend_and_season() -> None:
    given, _, again = case("counts_van_drivers")
    law = np.arange(len(given["value"])) >= given["first_month_of_law"]
    result, known = interrupted_series(given["value"], np.ones(law.size), law), again["seasonal"]
    assert [result.value, result.low, result.high] == pytest.approx(
        [known["ratio"], known["low"], known["high"]], rel=1e-6
    )
    assert result.dispersion == pytest.approx(known["dispersion"], rel=1e-5)
    assert result.p_value == pytest.approx(known["p_value"], rel=1e-5)
    assert result.shortfall is not None
    found = [result.shortfall.value, result.shortfall.low, result.shortfall.high]
    assert found == pytest.approx(known["shortfall"], rel=1e-5)


def _gammopathy(sex: str | None) -> tuple[list[int], list[int]]:
    with (DATA / "mgus2.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if sex in (None, row["sex"])]
    months = [int(row["months"]) for row in rows for _ in range(int(row["cases"]))]
    return months, [int(row["outcome"]) for row in rows for _ in range(int(row["cases"]))]


@pytest.mark.parametrize(
    ("sex", "printed"),
    [
        (None, [110.58889942, 14.19054813, 115.22055245]),
        ("F", [118.24329571, 15.87940266, 105.87730163]),
        ("M", [104.10014832, 12.77632198, 123.12352970]),
    ],
)
def test_gammopathy_restricted_means(sex: str | None, printed: list[float]) -> None:
    """Months until 240 without outcome, with malignancy, dead: print(survfit(...), rmean = 240) of R survival."""
    means = cumulative_incidence(*_gammopathy(sex)).restricted_mean(240)
    assert [means[0], means[1], means[2]] == pytest.approx(printed, abs=5e-9)


def test_gammopathy_incidence_and_its_limits() -> None:
    """At 240 months: pstate, std.err and limits of R survival with conf.type = 'log-log'."""
    result = cumulative_incidence(*_gammopathy(None))
    assert [result.at(240)[key] for key in (0, 1, 2)] == pytest.approx([0.1761583079, 0.09981371594, 0.7240279761])
    at = int(np.searchsorted(result.times, 240, side="right")) - 1
    errors = [float(np.sqrt(result.variance[key][at])) for key in (1, 2)]
    assert errors == pytest.approx([0.009784846793, 0.01560634507], rel=AS_R)
    limits = [*result.limits_at(240)[1], *result.limits_at(240)[2]]
    assert limits == pytest.approx([0.08168995071, 0.12001913172, 0.69207559079, 0.75327475256], rel=AS_R)
