"""Second waist: what was found, with its uncertainty and its rows, and no word of prose."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Unit: TypeAlias = Literal["count", "per_month", "per_year", "eur", "ratio", "share", "days"]
Method: TypeAlias = Literal["count", "sum", "exact", "midp", "score", "quasi_poisson", "quasi_poisson_ar", "refused"]
Scalar: TypeAlias = str | int | float | bool | dt.date | None

CAVEATS: Final = (
    "windows_unequal",
    "partial_month",
    "coverage_inferred",
    "coverage_partial",
    "not_recorded",
    "not_estimable",
    "covid_in_baseline",
    "sanctions_2014_in_baseline",
    "overdispersed",
    "autocorrelated",
    "few_events",
    "zero_after",
    "zero_before",
    "interval_refused",
    "many_regions_adjusted",
    "dates_imprecise",
    "late_entries",
    "value_share_known",
    "not_causal",
    "trend_extrapolated",
    "known_breaks_among_false_stops",
    "association_only",
    "followed_until_stop",
    "links_partly_known",
    "costs_incomplete",
    "names_as_written",
)
"""Closed list of caveat codes; each is worded once per language."""

ANALYST_QUESTIONS: Final = (
    "course",
    "placebo",
    "change_points",
    "regions_compared",
    "regions_differ",
    "offer_values",
    "conversion",
    "conversion_curve",
    "event_response",
    "unit_costs",
    "concentration",
    "timing",
)
"""Questions for analysts: answered in the annex of the report; the public edition withholds nearly all of them."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its uncertainty. ``low``/``high`` are None where unbounded or refused."""

    value: float | None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    unit: Unit = "count"
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class DataTable:
    """The table behind a finding: column names and rows of plain values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]

    def records(self) -> Iterator[dict[str, Scalar]]:
        """Yield each row as a dict."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One period of a series: half-open ``[start, end)``, value None where nothing is known."""

    start: dt.date
    end: dt.date
    value: float | None
    covered: bool
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Rows of one sheet that a finding rests on, as the spreadsheet program counts."""

    file: str
    sheet: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question for one measure and region.

    ``key`` is question/measure/region/method/baseline, each part never empty ("-" where it has no sense).
    ``estimate`` is None where the question has no single figure or none may be given.
    """

    question: str
    measure: str
    region: str
    method: str = "-"
    baseline: str = "-"
    estimate: Estimate | None = None
    n_before: int | None = None
    n_after: int | None = None
    days_before: float | None = None
    days_after: float | None = None
    caveats: tuple[str, ...] = ()
    table: DataTable | None = None
    series: tuple[SeriesPoint, ...] = ()
    sources: tuple[SourceRef, ...] = ()

    @property
    def key(self) -> str:
        """Unique name of the finding."""
        return "/".join((self.question, self.measure, self.region, self.method, self.baseline))


@dataclass(frozen=True, slots=True)
class Findings:
    """All findings of a run, in a stable order, found by key parts.

    Raises
    ------
    ValueError
        When two findings share a key.
    """

    items: tuple[Finding, ...]

    def __post_init__(self) -> None:
        """Refuse two findings of one name: a report could then show either."""
        seen: set[str] = set()
        for item in self.items:
            if item.key in seen:
                message = f"two findings share the key {item.key}"
                raise ValueError(message)
            seen.add(item.key)

    def __iter__(self) -> Iterator[Finding]:
        """Iterate over the findings."""
        return iter(self.items)

    def __len__(self) -> int:
        """Return how many findings there are."""
        return len(self.items)

    def select(
        self,
        question: str | None = None,
        measure: str | None = None,
        region: str | None = None,
        baseline: str | None = None,
    ) -> tuple[Finding, ...]:
        """Return the findings that match every part given, in order."""
        return tuple(
            item
            for item in self.items
            if (question is None or item.question == question)
            and (measure is None or item.measure == measure)
            and (region is None or item.region == region)
            and (baseline is None or item.baseline == baseline)
        )

    def get(self, question: str, measure: str, region: str, baseline: str | None = None) -> Finding | None:
        """Return the one finding that matches, or None when there is none (or no single one)."""
        found = self.select(question, measure, region, baseline)
        return found[0] if len(found) == 1 else None
