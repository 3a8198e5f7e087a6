"""The intervals of ``rate_change`` under truths that its rule was not chosen on; a part of docs/calibration.md."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.estimators import rate_change

Floats: TypeAlias = NDArray[np.float64]
Windows: TypeAlias = tuple[int, int]

LEVEL: Final = 0.95
MONTH_DAYS: Final = 30.4375
WINDOWS: Final[tuple[Windows, ...]] = ((12, 12), (24, 12), (134, 46))
RATES: Final = (0.3, 2.0, 5.0)
RATIOS: Final = (1.0, 0.3)
SEASON: Final = 0.6
WAVE: Final = 0.4
WAVE_MONTHS: Final = 96
CALENDAR: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of January to December; the stop is on 24 February and cuts it into 23 days and 5."""


@dataclass(frozen=True, slots=True)
class OtherTruth:
    """How the expected count of each month comes about.

    Attributes
    ----------
    label : str
        Name for the table.
    course : str
        even, season (a sine over the year), drift (a straight fall to one half) or wave (a slow sine of random phase).
    shape : float or None
        k of independent gamma swings (negative binomial counts); None for Poisson counts.
    calendar : bool
        Months of their own length, February cut by the stop, instead of equal ones.
    """

    label: str
    course: str = "even"
    shape: float | None = None
    calendar: bool = False


TRUTHS: Final = (
    OtherTruth("NB k=0.5", shape=0.5),
    OtherTruth("calendar months", calendar=True),
    OtherTruth("NB k=0.5, calendar", shape=0.5, calendar=True),
    OtherTruth("season", course="season"),
    OtherTruth("season, NB k=2", course="season", shape=2.0),
    OtherTruth("drift", course="drift"),
    OtherTruth("wave", course="wave"),
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of the intervals given that hold the ratio of the two average rates, and the step at the stop alone."""

    averages: float
    step: float
    refused: float


def exposure_of(truth: OtherTruth, windows: Windows) -> Floats:
    """Return the days of each cell; with ``calendar`` the last cell before the stop has 23 and the next one 5."""
    n_before, n_after = windows
    if not truth.calendar:
        return np.full(n_before + n_after, MONTH_DAYS)
    february = 1
    month = np.concatenate([np.arange(february - n_before + 1, february + 1), np.arange(february, february + n_after)])
    days = np.take(CALENDAR, month, mode="wrap").astype(np.float64)
    days[n_before - 1], days[n_before] = 23.0, 5.0
    return days


def _even(months: int, generator: np.random.Generator) -> Floats:
    return np.ones(months)


def _season(months: int, generator: np.random.Generator) -> Floats:
    return np.asarray(1.0 + SEASON * np.sin(2.0 * np.pi * np.arange(months) / 12.0), dtype=np.float64)


def _drift(months: int, generator: np.random.Generator) -> Floats:
    return np.linspace(4.0 / 3.0, 2.0 / 3.0, months)


def _wave(months: int, generator: np.random.Generator) -> Floats:
    phase = np.arange(months) / WAVE_MONTHS + generator.random()
    return np.asarray(1.0 + WAVE * np.sin(2.0 * np.pi * phase), dtype=np.float64)


_COURSES: Final[dict[str, Callable[[int, np.random.Generator], Floats]]] = {
    "even": _even,
    "season": _season,
    "drift": _drift,
    "wave": _wave,
}


def coverage_under(
    truth: OtherTruth,
    windows: Windows,
    rate: float,
    ratio: float,
    *,
    replications: int,
    generator: np.random.Generator,
) -> Coverage:
    """Simulate one setting: ``rate`` events a month on average, times ``ratio`` after the stop."""
    exposure = exposure_of(truth, windows)
    after = np.arange(exposure.size) >= windows[0]
    step = np.where(after, ratio, 1.0)
    given = averages = steps = 0
    for _ in range(replications):
        mean = rate * exposure / MONTH_DAYS * step * _COURSES[truth.course](exposure.size, generator)
        # A season or a wave passes and belongs to chance; a drift is part of what the two averages are.
        target = _ratio_of_averages(mean, exposure, after) if truth.course == "drift" else ratio
        swings = 1.0 if truth.shape is None else generator.gamma(truth.shape, 1.0 / truth.shape, exposure.size)
        result = rate_change(generator.poisson(mean * swings), exposure, after, level=LEVEL)
        if result.refused or result.low is None:
            continue
        high = float("inf") if result.high is None else result.high
        given += 1
        averages += result.low <= target <= high
        steps += result.low <= ratio <= high
    if not given:
        return Coverage(float("nan"), float("nan"), 1.0)
    return Coverage(averages / given, steps / given, 1.0 - given / replications)


def _ratio_of_averages(mean: Floats, exposure: Floats, after: NDArray[np.bool_]) -> float:
    rates = [float(mean[side].sum() / exposure[side].sum()) for side in (~after, after)]
    return rates[1] / rates[0]


def other_truths_table(replications: int, seed: int) -> str:
    """Return the part of the study as markdown."""
    titles = [*(truth.label for truth in TRUTHS), "drift: step alone"]
    lines = [
        _HEAD,
        f"| before / after | rate | {' | '.join(titles)} | refused, most |",
        "|---|---" + "|---" * len(titles) + "|---|",
    ]
    settings = list(product(WINDOWS, RATES))
    for row, (windows, rate) in enumerate(settings):
        found = {
            (truth.label, ratio): coverage_under(
                truth,
                windows,
                rate,
                ratio,
                replications=replications,
                generator=np.random.default_rng([seed, 2_000_000 + row, column, place]),
            )
            for (column, truth), (place, ratio) in product(enumerate(TRUTHS), enumerate(RATIOS))
        }
        cells = [_pair(found[truth.label, ratio].averages for ratio in RATIOS) for truth in TRUTHS]
        cells.append(_pair(found["drift", ratio].step for ratio in RATIOS))
        refused = max(one.refused for one in found.values())
        lines.append(f"| {windows[0]} / {windows[1]} | {rate:g} | {' | '.join(cells)} | {refused:.3f} |")
    return "\n".join([*lines, ""])


def _pair(shares: Iterable[float]) -> str:
    return " / ".join(f"{share:.3f}" for share in shares)


_HEAD: Final = f"""## Coverage of `auto` under truths that its rule was not chosen on

Two shares in each cell: with an even rate, and with a fall to 30 % at the stop. No bar was set for these.

*NB k=0.5*: heavy clusters. *Calendar months*: of 28 to 31 days, February cut into 23 and 5. *Season*: a sine of
{SEASON:.0%} over the year. *Drift*: a straight fall to one half over the whole series, step or not. *Wave*: a slow
sine of {WAVE:.0%} with a period of {WAVE_MONTHS} months and random phase.

What to read from it: clusters, seasons and months of unequal length are covered, a season more than need be (it
passes for scatter). Two things are not. Under a **drift** the interval holds the ratio of the two averages, as it
says, but not the step at the stop: the longer the series and the larger the numbers, the surer a drift passes for a
step. And a **wave** of years, longer than a window, cannot be told from a step by the months of that window: coverage
falls far below 95 % in short windows and in long ones. This is why the report tells whether the numbers fell before,
sets several comparison periods side by side, and gives the course without the stop (`course`) and false stops
(`placebo`).
"""
