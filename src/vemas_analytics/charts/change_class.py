"""Classes of change and of counts per region, for maps: what a tile may claim."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, cast

from vemas_analytics.charts.change_words import FEWEST_FOR_PERCENT
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA, TOTAL

TileClass = Literal[
    "zero_after", "fall_90", "fall_75", "fall_50", "fall_less", "rise", "too_few", "none",
    "not_estimable", "not_recorded",
    "count_100", "count_20", "count_5", "count_1",
]  # fmt: skip
_FALLS: Final[tuple[tuple[float, TileClass], ...]] = ((0.10, "fall_90"), (0.25, "fall_75"), (0.50, "fall_50"))
_COUNTS: Final[tuple[tuple[float, TileClass], ...]] = ((100, "count_100"), (20, "count_20"), (5, "count_5"))
CHANGE_CLASSES: Final[tuple[TileClass, ...]] = ("zero_after", "fall_90", "fall_75", "fall_50", "fall_less", "rise")
COUNT_CLASSES: Final[tuple[TileClass, ...]] = ("count_100", "count_20", "count_5", "count_1")
REST_CLASSES: Final[tuple[TileClass, ...]] = ("too_few", "not_estimable", "none", "not_recorded")


@dataclass(frozen=True, slots=True)
class RegionValue:
    """What is known of a region: its class, the numbers before and after (or one count), whether at least so many."""

    region: str
    kind: TileClass
    n_before: int | None = None
    n_after: int | None = None
    change: float | None = None
    at_least: bool = False


def classify_change(ratio: float) -> TileClass:
    """Return the class of a ratio after/before; no change at all counts as a fall of less than half."""
    if ratio > 1.0:
        return "rise"
    return next((kind for limit, kind in _FALLS if ratio <= limit), "fall_less")


def classify_count(count: float) -> TileClass:
    """Return the class of a number of records."""
    if count <= 0:
        return "none"
    return next((kind for limit, kind in _COUNTS if count >= limit), "count_1")


def read_region_values(findings: Sequence[Finding]) -> Mapping[str, RegionValue]:
    """Return what the findings say of each region, by code; the total is left out.

    Parameters
    ----------
    findings : sequence of Finding
        Question ``regions_compared`` (its ratios as counted), or ``before_after`` one for each region, or
        findings of one number each (``estimate`` of unit ``count``), or ``phases`` (sum over the phases).
    """
    values: dict[str, RegionValue] = {}
    for finding in findings:
        for value in _values_of(finding):
            if value.region != TOTAL:
                values.setdefault(value.region, value)
    return MappingProxyType(values)


def absent_class(findings: Sequence[Finding]) -> TileClass:
    """Return the class of a region that no finding mentions: none where the list was kept, else not recorded."""
    caveats = {caveat for finding in findings for caveat in finding.caveats}
    return "not_recorded" if caveats & {"not_recorded", "coverage_partial"} else "none"


def _values_of(finding: Finding) -> Iterator[RegionValue]:
    if finding.question == "regions_compared":
        for row in finding.table.records() if finding.table is not None else ():
            # as counted: the numbers stand in the tile, and a value drawn to the mean of all would contradict them
            ratio = cast("float | None", row["ratio"])
            before, after = cast("int", row["n_before"]), cast("int", row["n_after"])
            kind = _comparable(before, after, ratio, n=before + after)
            yield RegionValue(str(row["region"]), kind, before, after, _minus_one(ratio))
    elif finding.question == "before_after":
        yield _from_change(finding)
    elif "not_recorded" in finding.caveats:
        yield RegionValue(finding.region, "not_recorded")
    elif finding.estimate is not None and finding.estimate.unit == "count":
        yield _from_count(finding, int(finding.estimate.value or 0))
    elif finding.question == "phases" and finding.table is not None:
        known = [cast("int", row["n"]) for row in finding.table.records() if row["n"] is not None]
        yield _from_count(finding, sum(known)) if known else RegionValue(finding.region, "not_recorded")


def _from_count(finding: Finding, count: int) -> RegionValue:
    partial = "coverage_partial" in finding.caveats
    kind: TileClass = "not_recorded" if partial and not count else classify_count(count)
    return RegionValue(finding.region, kind, n_after=count, at_least=partial)


def _from_change(finding: Finding) -> RegionValue:
    before, after, estimate = finding.n_before, finding.n_after, finding.estimate
    if "not_recorded" in finding.caveats or before is None or after is None:
        return RegionValue(finding.region, "not_recorded")
    partial = "coverage_partial" in finding.caveats
    if partial and not before and not after:
        return RegionValue(finding.region, "not_recorded")
    if estimate is None or partial:
        rest: TileClass = "none" if not before and not after and not partial else "not_estimable"
        return RegionValue(finding.region, rest, before, after, at_least=partial)
    return RegionValue(
        finding.region, _comparable(before, after, estimate.value), before, after, _minus_one(estimate.value)
    )


def _comparable(before: int, after: int, ratio: float | None, n: int | None = None) -> TileClass:
    """Return the class of a change; ``n`` is what must not be too few, without it the number before."""
    if not before and not after:
        return "none"
    if (before if n is None else n) < FEWEST_FOR_PERCENT:
        return "too_few"
    if not after and not ratio:
        # no fall of 100 %: what can be said is that none came
        return "zero_after"
    return "not_estimable" if ratio is None else classify_change(ratio)


def _minus_one(ratio: float | None) -> float | None:
    return None if ratio is None else ratio - 1.0


def region_unknown(values: Mapping[str, RegionValue]) -> RegionValue | None:
    """Return what is known of the records without a region, which no map can show."""
    return values.get(RUSSIA)
