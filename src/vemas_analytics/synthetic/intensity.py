"""The true intensities behind the demo: Poisson streams whose expected counts are known to the day."""

import csv
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

import numpy as np

from vemas_analytics.model.names import DAYS_PER_MONTH, TOTAL

FIRST_DAY: Final = dt.date(2012, 1, 1)
LAST_DAY: Final = dt.date(2024, 12, 31)
END: Final = LAST_DAY + dt.timedelta(days=1)
STOP: Final = dt.date(2022, 2, 24)
COVID: Final = (dt.date(2020, 3, 1), dt.date(2021, 6, 1))
SANCTIONS: Final = dt.date(2014, 8, 1)

SEGMENTS: Final[Mapping[str, tuple[dt.date, dt.date]]] = MappingProxyType(
    {
        "I": (FIRST_DAY, SANCTIONS),
        "II": (SANCTIONS, COVID[0]),
        "III_covid": COVID,
        "III_recovery": (COVID[1], STOP),
        "IV": (STOP, END),
    }
)
"""Periods of constant true rate, half-open."""

SEASON: Final = (0.90, 1.00, 1.10, 1.05, 1.45, 1.10, 0.75, 0.65, 1.10, 1.10, 1.05, 0.75)
"""Monthly factors, mean 1: the fair Metalloobrabotka lifts May, holidays press on summer and December."""

Period = tuple[dt.date, dt.date]

WINDOWS: Final[Mapping[str, tuple[Period, ...]]] = MappingProxyType(
    {
        "all_before": ((FIRST_DAY, STOP),),
        "phase_II": ((SANCTIONS, COVID[0]),),
        "months_24": ((dt.date(2020, 2, 24), STOP),),
        "y2015_2019": ((dt.date(2015, 1, 1), dt.date(2020, 1, 1)),),
        "without_covid": ((FIRST_DAY, COVID[0]), (COVID[1], STOP)),
        "after": ((STOP, END),),
    }
)
"""The baselines and the time after the stop, half-open, clipped to the recording period."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A Poisson process of records that all name the same regions.

    ``rates`` gives the expected records per month of 30.4375 days in each segment, season factor 1.
    """

    table: str
    regions: tuple[str, ...]
    rates: Mapping[str, float]

    def expected(self, start: dt.date, end: dt.date) -> float:
        """Return the expected number of records in ``[start, end)``, integrated day by day."""
        return sum(
            self.rates[segment] / DAYS_PER_MONTH * SEASON[first.month - 1] * (last - first).days
            for segment, first, last in _pieces(start, end)
        )


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _pieces(start: dt.date, end: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Cut ``[start, end)`` at month and segment edges: within a piece the intensity is constant."""
    for segment, (first, last) in SEGMENTS.items():
        day = max(first, start)
        while day < min(last, end):
            until = min(_next_month(day), last, end)
            yield segment, day, until
            day = until


def cells() -> tuple[Period, ...]:
    """Return the months of the demo, cut at the stop, in order."""
    return tuple((first, last) for _, first, last in _pieces(FIRST_DAY, END))


@lru_cache(maxsize=4)
def read_streams(scale: float = 1.0) -> tuple[Stream, ...]:
    """Return all streams of inquiries and offers, their rates multiplied by ``scale``."""
    text = (files("vemas_analytics.synthetic") / "tables" / "streams.csv").read_text("utf-8")
    streams = []
    for row in csv.DictReader(text.splitlines()):
        base = float(row["per_month"]) * scale
        second = base * float(row["factor_ii"])
        rates = {
            "I": base,
            "II": second,
            "III_covid": base * float(row["factor_covid"]),
            "III_recovery": base * float(row["factor_recovery"]),
            "IV": second * float(row["stop_strength"]),
        }
        streams.append(Stream(row["table"], tuple(row["regions"].split("|")), MappingProxyType(rates)))
    return tuple(streams)


def streams_of(streams: Sequence[Stream], table: str, region: str) -> tuple[Stream, ...]:
    """Return the streams that a region is credited with; `ALL` takes each stream once."""
    return tuple(item for item in streams if item.table == table and (region == TOTAL or region in item.regions))


def expected_in(streams: Sequence[Stream], periods: Sequence[Period]) -> float:
    """Return the expected number of records of several streams over several periods."""
    return sum(stream.expected(start, end) for stream, (start, end) in itertools.product(streams, periods))


def days_in(periods: Sequence[Period]) -> int:
    """Return the number of days in half-open periods."""
    return sum((end - start).days for start, end in periods)


def true_ratio(streams: Sequence[Stream], baseline: str) -> float:
    """Return the true rate after the stop over the true rate in a baseline window."""
    before, after = WINDOWS[baseline], WINDOWS["after"]
    rate_before = expected_in(streams, before) / days_in(before)
    return expected_in(streams, after) / days_in(after) / rate_before


def draw_days(stream: Stream, rng: np.random.Generator) -> list[dt.date]:
    """Draw the days of a stream's records, in order."""
    days: list[dt.date] = []
    for start, end in cells():
        n = int(rng.poisson(stream.expected(start, end)))
        offsets = rng.integers(0, (end - start).days, size=n)
        days += [start + dt.timedelta(days=int(offset)) for offset in np.sort(offsets)]
    return days
