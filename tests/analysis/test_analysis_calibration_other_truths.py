"""Truths that the rule was not chosen on: what is covered, and what is known not to be."""

import numpy as np
import pytest

from vemas_analytics.analysis.calibration_other_truths import (
    TRUTHS,
    Coverage,
    coverage_under,
    exposure_of,
    other_truths_table,
)

BY_NAME = {truth.label: truth for truth in TRUTHS}
N = 400


def found(name: str, windows: tuple[int, int], rate: float, ratio: float = 1.0) -> Coverage:
    generator = np.random.default_rng(11)
    return coverage_under(BY_NAME[name], windows, rate, ratio, replications=N, generator=generator)


def test_calendar_months_are_cut_on_the_24th_of_february() -> None:
    days = exposure_of(BY_NAME["calendar months"], (14, 12))
    assert days[:3].tolist() == [31, 28, 31]
    assert days[12:16].tolist() == [31, 23, 5, 31]
    assert days[14:].sum() == 365 - 31 - 23 + 31
    assert set(exposure_of(BY_NAME["season"], (14, 12))) == {30.4375}


@pytest.mark.parametrize("name", ["NB k=0.5", "calendar months", "NB k=0.5, calendar", "season", "season, NB k=2"])
def test_clusters_seasons_and_calendar_are_covered(name: str) -> None:
    # 93 % less some three Monte Carlo errors of 400 series.
    assert found(name, (134, 46), 2.0).averages > 0.90


def test_under_a_drift_the_averages_are_covered_and_the_step_is_not() -> None:
    result = found("drift", (134, 46), 5.0)
    assert result.averages > 0.90
    assert result.step < 0.30


def test_a_wave_of_years_is_not_covered_in_short_windows() -> None:
    assert found("wave", (24, 12), 5.0).averages < 0.85


def test_the_table_has_a_row_for_each_setting() -> None:
    table = other_truths_table(1, 5)
    assert table.count("\n| 12 / 12 | ") == table.count("\n| 134 / 46 | ") == 3
    assert len({line.count("|") for line in table.splitlines() if line.startswith("|")}) == 1
