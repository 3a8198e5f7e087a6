"""Published cases come out at the printed digits."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vemas_analytics.analysis.estimators import (
    adjust_p_values,
    change_points,
    interrupted_series,
    kaplan_meier,
    rate_ratio,
)

CASES = {
    case["key"]: case
    for case in json.loads((Path(__file__).parents[2] / "data" / "cases.json").read_text(encoding="utf-8"))
}

# Tolerances: half a unit of the last digit that the source prints.
FULL_PRECISION = 1e-8
SICILY_RATIO = 5e-4
SICILY_DISPERSION = 5e-3
AML_SURVIVAL = 5e-4


def case(key: str) -> tuple[Any, dict[str, Any]]:
    return CASES[key]["inputs"], CASES[key]["published"]


def test_rate_ratio_of_fay() -> None:
    given, printed = case("rate_ratio_fay")
    result = rate_ratio(given["y1"], given["n1"], given["y2"], given["n2"])
    assert result.value == pytest.approx(printed["rr"], abs=5e-11)
    assert result.low == pytest.approx(printed["ci"][0], abs=FULL_PRECISION)
    assert result.high == pytest.approx(printed["ci"][1], abs=5e-8)
    assert result.p_value == pytest.approx(printed["p_central"], abs=5e-6)


def test_rate_ratio_of_unequal_windows() -> None:
    given, printed = case("rate_ratio_unequal_windows")
    result = rate_ratio(given["y1"], given["n1"], given["y2"], given["n2"], level=0.99)
    assert result.value == pytest.approx(printed["rr"], abs=5e-7)
    assert [result.low, result.high] == pytest.approx(printed["ci"], abs=5e-7)
    assert result.p_value == pytest.approx(CASES["rate_ratio_unequal_windows"]["reproduced"]["p_central"], abs=5e-11)


def test_sicily_with_season() -> None:
    given, _ = case("its_sicily")
    again = CASES["its_sicily"]["reproduced"]["model3"]
    result = interrupted_series(given["aces"], given["stdpop"], given["smokban"])
    assert result.value == pytest.approx(again["rr"], abs=SICILY_RATIO)
    assert [result.low, result.high] == pytest.approx(again["ci"], abs=SICILY_RATIO)
    assert [result.value, result.low, result.high] == pytest.approx([0.885, 0.839, 0.933], abs=SICILY_RATIO)
    assert result.dispersion == pytest.approx(again["dispersion"], abs=SICILY_DISPERSION)
    assert result.trend_ratio is not None
    assert result.trend_ratio.value == pytest.approx(again["trend_per_year"], abs=5e-5)


def test_sicily_without_season() -> None:
    given, _ = case("its_sicily")
    again = CASES["its_sicily"]["reproduced"]["model2_quasi"]
    result = interrupted_series(given["aces"], given["stdpop"], given["smokban"], harmonics=0)
    assert [result.value, result.low, result.high] == pytest.approx([again["rr"], *again["ci"]], abs=SICILY_RATIO)
    assert result.dispersion == pytest.approx(again["dispersion"], abs=SICILY_DISPERSION)


@pytest.mark.parametrize("n_breaks", [1, 2, 3, 4, 5])
def test_nile_partitions(n_breaks: int) -> None:
    given, printed = case("changepoint_nile")
    found = change_points(given["value"], cost="normal", n_breaks=n_breaks, min_size=15)
    assert list(found) == printed["segments"][str(n_breaks)]


def test_nile_change_is_found_unasked() -> None:
    given, printed = case("changepoint_nile")
    (position,) = change_points(given["value"], cost="normal")
    assert given["start"] + position - 1 == printed["year"]


@pytest.mark.parametrize(("group", "curve", "position"), [("M", "S_M", 0), ("N", "S_N", 1)])
def test_aml_survival(group: str, curve: str, position: int) -> None:
    given, printed = case("kaplan_meier_aml")
    chosen = np.array(given["group"]) == group
    result = kaplan_meier(np.array(given["time"])[chosen], np.array(given["status"])[chosen])
    assert result.survival == pytest.approx(printed[curve], abs=AML_SURVIVAL)
    assert result.median == printed["median"][position]
    assert result.median_low == printed["median_lcl_R_logCI"][position]
    assert result.median_high is None


def test_benjamini_hochberg_rejects_four() -> None:
    p, printed = case("bh_1995")
    assert (adjust_p_values(p) <= 0.05).sum() == printed["fdr_bh"]
    assert (adjust_p_values(p, method="bonferroni") <= 0.05).sum() == printed["bonferroni"]
    assert (adjust_p_values(p, method="holm") <= 0.05).sum() == CASES["bh_1995"]["reproduced"]["holm"]
