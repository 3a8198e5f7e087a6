"""A small calibration: generous bars that the plain exact and quasi-Poisson intervals would still fail."""

import numpy as np
import pytest

from vemas_analytics.analysis.calibration import Truth, main, simulate_counts, tally

N = 300
# The bars of docs/calibration.md plus some three Monte Carlo errors of 300 series.
BARS = [
    (Truth(0.3), 0.11),
    (Truth(2.0, 1.0), 0.11),
    (Truth(2.0, 2.0, 0.6, "gamma"), 0.15),
    (Truth(2.0, 2.0, 0.6, "counts"), 0.15),
]


@pytest.mark.parametrize(("truth", "bar"), BARS, ids=[truth.label for truth, _ in BARS])
def test_type_one_error(truth: Truth, bar: float) -> None:
    found = tally(truth, (134, 46), replications=N, generator=np.random.default_rng(5))
    assert found.refused == 0
    assert found.wrong <= bar


@pytest.mark.parametrize("method", ["exact", "quasi_poisson"])
def test_the_bar_can_be_failed(method: str) -> None:
    truth, bar = BARS[-1]
    assert tally(truth, (134, 46), method=method, replications=N, generator=np.random.default_rng(5)).wrong > bar


@pytest.mark.parametrize("truth", [Truth(2.0), Truth(2.0, 1.0)], ids=["Poisson", "clustered"])
def test_coverage_of_a_real_fall(truth: Truth) -> None:
    found = tally(truth, (67, 46), ratio=0.3, replications=N, generator=np.random.default_rng(6))
    assert 0.90 < found.coverage < 0.99


@pytest.mark.parametrize("memory", ["gamma", "lognormal", "counts"])
def test_simulated_counts_have_the_moments_they_claim(memory: str) -> None:
    truth = Truth(2.0, 2.0, 0.6, memory)  # type: ignore[arg-type]
    y = simulate_counts(truth, (100, 100), 0.5, 2000, np.random.default_rng(7))
    before, after = y[:, :100], y[:, 100:]
    assert before.mean() == pytest.approx(2.0, rel=0.03)
    assert after.mean() == pytest.approx(1.0, rel=0.03)
    assert before.var() == pytest.approx(2 + 2**2 / 2, rel=0.12)
    lag1 = np.corrcoef(before[:, 1:].ravel(), before[:, :-1].ravel())[0, 1]
    assert (0.45 if memory == "counts" else 0.2) < lag1 < (0.62 if memory == "counts" else 0.35)


def test_the_study_writes_a_table_with_its_command(tmp_path: object) -> None:
    out = tmp_path / "calibration.md"  # type: ignore[operator]
    assert main(["--replications", "2", "--seed", "9", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert "--replications 2 --seed 9" in text
    assert "| 134 / 46 | 2 |" in text
