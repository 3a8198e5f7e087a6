"""Typed readings of the tables behind the answers for analysts, with nothing estimated anew."""

import datetime as dt
from dataclasses import dataclass
from math import inf, log

from vemas_analytics.model.finding import Finding
from vemas_analytics.reports.compose.readings import day, number, records, text, whole


def _strength(ratio: float) -> float:
    return abs(log(ratio)) if ratio > 0 else inf


@dataclass(frozen=True, slots=True)
class Placebo:
    """The step at the stop among the steps at false stops; ratios are after / before."""

    finding: Finding
    ratio: float
    p_value: float
    false_stops: tuple[tuple[dt.date, float], ...]

    @property
    def n_as_strong(self) -> int:
        """False stops with a step at least as strong, in either direction."""
        return sum(_strength(ratio) >= _strength(self.ratio) for _, ratio in self.false_stops)

    @property
    def strongest(self) -> tuple[dt.date, float]:
        """Day and ratio of the false stop with the strongest step, the first of equals."""
        return max(self.false_stops, key=lambda item: _strength(item[1]))


def read_placebo(finding: Finding | None) -> Placebo | None:
    """Read a ``placebo`` finding; None where it found nothing."""
    if finding is None or finding.estimate is None:
        return None
    value, p_value = finding.estimate.value, finding.estimate.p_value
    dated = [(day(row["date"]), number(row["ratio"]), row["is_stop"]) for row in records(finding)]
    false_stops = tuple((date, ratio) for date, ratio, real in dated if date and ratio is not None and not real)
    if value is None or p_value is None or not false_stops:
        return None
    return Placebo(finding, value, p_value, false_stops)


@dataclass(frozen=True, slots=True)
class Incidence:
    """How many cases had an outcome, and the share within a number of days, with its limits."""

    outcome: str
    days: int
    share: float | None
    low: float | None
    high: float | None
    n_cases: int
    n_outcome: int
    n_open: int


def read_incidence(finding: Finding | None) -> tuple[Incidence, ...]:
    """Read the table of a ``conversion`` finding."""
    return tuple(
        Incidence(
            outcome=text(row["outcome"]),
            days=whole(row["days"]) or 0,
            share=number(row["share"]),
            low=number(row["low"]),
            high=number(row["high"]),
            n_cases=whole(row["n_cases"]) or 0,
            n_outcome=whole(row["n_outcome"]) or 0,
            n_open=whole(row["n_open"]) or 0,
        )
        for row in records(finding)
    )
