"""German exports to Russia: one series, five different answers, and a false stop that looks real."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vemas_analytics.analysis.estimators import change_points, interrupted_series, placebo_in_time, rate_change

DATA = Path(__file__).parents[2] / "data"
MONTHS = np.arange("2019-01", "2024-09", dtype="datetime64[M]")
AFTER = np.datetime64("2022-03", "M") <= MONTHS
COVID = ((np.datetime64("2020-03", "M") <= MONTHS) & (np.datetime64("2020-05", "M") >= MONTHS)).astype(float)
POINTS = 1.5


@pytest.fixture(scope="module")
def exports() -> NDArray[np.float64]:
    with (DATA / "de_ru_exports_monthly.csv").open(encoding="utf-8", newline="") as lines:
        return np.array([float(row["VALUE_IN_EUR"]) for row in csv.DictReader(lines)])


def fall(ratio: float | None) -> float:
    assert ratio is not None
    return 100 * (1 - ratio)


def test_series_is_that_of_the_published_case(exports: NDArray[np.float64]) -> None:
    cases = json.loads((DATA / "cases.json").read_text(encoding="utf-8"))
    (inlined,) = [case["inputs"]["eur"] for case in cases if case["key"] == "exports_germany_russia"]
    assert exports.tolist() == inlined


@pytest.mark.parametrize(
    ("start", "end", "base_start", "printed"),
    [
        ("2022-01", "2022-12", "2021-01", -45.2),
        ("2023-01", "2023-10", "2022-01", -39.1),
        ("2023-01", "2023-07", "2022-01", -39.5),
    ],
)
def test_press_figures(exports: NDArray[np.float64], start: str, end: str, base_start: str, printed: float) -> None:
    window = (np.datetime64(start, "M") <= MONTHS) & (np.datetime64(end, "M") >= MONTHS)
    shift = int((np.datetime64(start, "M") - np.datetime64(base_start, "M")).astype(int))
    base = np.roll(window, -shift)
    chosen = window | base
    result = rate_change(exports[chosen], np.ones(chosen.sum()), window[chosen])
    assert -fall(result.value) == pytest.approx(printed, abs=POINTS)


def test_five_answers(exports: NDArray[np.float64]) -> None:
    one = np.ones(MONTHS.size)
    years = (np.datetime64("2021-01", "M") <= MONTHS) & (np.datetime64("2023-01", "M") > MONTHS)
    in_2022 = np.datetime64("2022-01", "M") <= MONTHS
    near = (np.datetime64("2021-03", "M") <= MONTHS) & (np.datetime64("2023-03", "M") > MONTHS)
    answers = [
        rate_change(exports[years], one[years], in_2022[years]),
        rate_change(exports[near], one[near], AFTER[near]),
        rate_change(exports, one, AFTER),
        interrupted_series(exports, one, AFTER, dummies=COVID, allow_memory=True),
        interrupted_series(exports, one, AFTER, dummies=COVID, slope=True, allow_memory=True),
    ]
    # The table of docs/methods.md: fall, least, greatest.
    assert [fall(answer.value) for answer in answers] == pytest.approx([46, 56, 62, 59, 50], abs=0.55)
    assert [fall(answer.high) for answer in answers] == pytest.approx([-25, 48, 46, 47, 43], abs=0.55)
    assert [fall(answer.low) for answer in answers] == pytest.approx([76, 63, 73, 68, 56], abs=0.55)


def test_a_false_stop_in_march_2021_looks_real_too(exports: NDArray[np.float64]) -> None:
    known = ~AFTER
    false_stop = np.datetime64("2021-03", "M") <= MONTHS
    result = interrupted_series(exports[known], np.ones(known.sum()), false_stop[known], harmonics=0, slope=True)
    assert [-fall(limit) for limit in (result.value, result.low, result.high)] == pytest.approx([29, 12, 49], abs=0.55)


def test_interval_allows_for_scatter_of_billions(exports: NDArray[np.float64]) -> None:
    result = rate_change(exports, np.ones(exports.size), AFTER)
    assert result.method == "quasi_poisson_ar"
    assert result.low is not None
    assert result.high is not None
    assert 0.2 < result.low < 0.38 < result.high < 0.6


def test_the_stop_is_the_first_change_found_and_stronger_than_false_stops(exports: NDArray[np.float64]) -> None:
    assert change_points(exports / 1e9, cost="normal", n_breaks=1) == (int(np.flatnonzero(AFTER)[0]),)
    result = placebo_in_time(exports, np.ones(exports.size), AFTER, harmonics=0, least_before=12, least_after=6)
    assert result.n_as_strong == 0
    assert result.p_value == pytest.approx(1 / (1 + len(result.positions)))
