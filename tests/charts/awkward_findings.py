"""Findings that strain every drawing: one region or forty, nothing at all or millions, long names, gaps."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace

from chart_findings import STOP, make_activities, make_change, make_coverage, make_months, make_phases, make_yearly

from vemas_analytics.model.finding import DataTable, Estimate, Finding, Scalar, SeriesPoint
from vemas_analytics.reference.regions import read_regions

LONG_NAME = "Autonomer Kreis der Chanten und Mansen – Jugra (Westsibirien)"
FORTY = read_regions().codes[:40]


def months_between(first: dt.date, last: dt.date, *, stop: dt.date = STOP) -> list[tuple[dt.date, dt.date]]:
    """Return the months of a stretch of time, the one of the stop cut at it."""
    edges = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    edges = sorted({edge for edge in [*edges, stop, last] if first <= edge <= last})
    return list(itertools.pairwise(edges))


def make_monthly(
    first: int,
    last: int,
    values: Sequence[float | None],
    *,
    region: str = "ALL",
    measure: str = "inquiries",
    covered: bool = True,
) -> Finding:
    """Return a monthly finding; ``values`` are repeated as needed."""
    periods = months_between(dt.date(first, 1, 1), dt.date(last + 1, 1, 1))
    given = itertools.cycle(values)
    points = tuple(
        SeriesPoint(start, end, value, covered and value is not None)
        for (start, end), value in zip(periods, given, strict=False)
    )
    return Finding("monthly", measure, region, series=points)


def make_course(first: int, last: int, value: float, *, wide: float = 1.6, region: str = "ALL") -> Finding:
    """Return a course finding that expects ``value`` a month, the band from a part to a multiple of it."""
    periods = months_between(dt.date(first, 1, 1), dt.date(last + 1, 1, 1))
    points = tuple(
        SeriesPoint(start, end, value * (end - start).days / 30.4, True, value / wide, value * wide)
        for start, end in periods
    )
    n_after = sum(1 for start, _ in periods if start >= STOP)
    estimate = Estimate(value * n_after, value * n_after / wide, value * n_after * wide, 0.95, "count")
    return Finding(
        "course", "inquiries", region, "quasi_poisson", "all_before", estimate, 100, 3, caveats=("not_causal",),
        series=points,
    )  # fmt: skip


def make_placebo(ratios: Sequence[float], actual: float, *, region: str = "ALL", measure: str = "inquiries") -> Finding:
    """Return a placebo finding with a false stop for each ratio."""
    starts = months_between(dt.date(2012, 1, 1), dt.date(2022, 1, 1))
    rows: list[tuple[Scalar, ...]] = [
        (start, ratio, False) for (start, _), ratio in zip(itertools.cycle(starts), ratios, strict=False)
    ]
    estimate = Estimate(actual, actual * 0.5, actual * 2.5 + 0.1, 0.95, "ratio", 0.01)
    table = DataTable(("date", "ratio", "is_stop"), (*rows, (STOP, actual, True)))
    return Finding("placebo", measure, region, "quasi_poisson", "all_before", estimate, 100, 3, table=table)


def make_change_points(levels: Sequence[float], *, every: int = 9) -> Finding:
    """Return a change_points finding whose levels change every so many months."""
    starts = months_between(dt.date(2012, 1, 1), dt.date(2025, 1, 1))[::every]
    rows: tuple[tuple[Scalar, ...], ...] = tuple(
        (start, before, after, "stop", (start - STOP).days)
        for (start, _), (before, after) in zip(starts[1:], itertools.pairwise(levels), strict=False)
    )
    columns = ("date", "per_month_before", "per_month_after", "nearest_break", "days_from_break")
    return Finding("change_points", "inquiries", "ALL", "count", table=DataTable(columns, rows))


def make_curves(
    ends: Sequence[float], *, side: str = "before", question: str = "conversion_curve", measure: str = "offers"
) -> Finding:
    """Return a conversion finding whose curves of won, lost, withdrawn, suspended end at the given shares."""
    days = range(30, 366, 15) if question == "conversion_curve" else (90, 180, 365)
    rows: tuple[tuple[Scalar, ...], ...] = tuple(
        (
            outcome,
            day,
            end * day / 365,
            end * day / 400 if end else None,
            min(1.0, end * day / 300) if end else None,
            9,
            9,
        )
        for outcome, end in zip(("won", "lost", "withdrawn", "suspended"), ends, strict=False)
        for day in days
    )
    n = 1200 if side == "before" else 5
    return Finding(
        question, measure, "ALL", baseline=side, n_before=n if side == "before" else None,
        n_after=n if side == "after" else None,
        table=DataTable(("outcome", "days", "share", "low", "high", "n_at_risk", "n_outcome"), rows),
    )  # fmt: skip


def make_compared(regions: Sequence[str], scale: float = 1.0, *, falls: bool = True) -> Finding:
    """Return a regions_compared finding, the first region the most active; without falls no rank of the fall."""
    columns = (
        "region", "n_before", "n_after", "per_month_before", "shrunk_before", "shrunk_before_low", "shrunk_before_high",
        "rank_before", "rank_before_low", "rank_before_high", "ratio", "ratio_shrunk", "ratio_low", "ratio_high",
        "p_value", "p_adjusted", "rank_fall", "rank_fall_low", "rank_fall_high",
    )  # fmt: skip
    n = len(regions)
    rows: list[tuple[Scalar, ...]] = []
    for place, region in enumerate(regions, start=1):
        rate = scale * 10 / place
        fall: tuple[Scalar, ...] = (None,) * 9
        if falls:
            fall = (0.3 * place, 0.25 * place, 0.01, 0.9 * place, 0.04, 0.2, place, 1, n)
        rows.append(
            (region, round(rate * 100), place % 4, rate, rate * 0.9, rate * 0.5, rate * 1.7, place, max(1, place - 3),
             min(n, place + 5), *fall)
        )  # fmt: skip
    return Finding("regions_compared", "inquiries", "ALL", baseline="all_before", table=DataTable(columns, tuple(rows)))


def make_changes(regions: Sequence[str], scale: float = 1.0, *, days: float = 2000.0) -> list[Finding]:
    """Return before/after findings of all kinds, the total last, whose windows are known."""
    found = []
    for place, region in enumerate(regions):
        before, after = round(scale * 60 / (place + 1)), round(scale * (place % 4))
        ratio = after / before if before else None
        found.append(
            make_change(ratio, None if ratio is None else ratio / 3, None if ratio is None else ratio * 3 + 0.1,
                        before, after, region=region)
        )  # fmt: skip
    total = make_change(
        0.2, 0.1, 0.3, sum(item.n_before or 0 for item in found), sum(item.n_after or 0 for item in found)
    )
    return [replace(item, days_before=days, days_after=days / 2) for item in [*found, total]]


def make_rates(regions: Sequence[str], scale: float = 1.0) -> list[Finding]:
    """Return phases findings, the first region the largest."""
    return [
        make_phases([(round(scale * 90 / place), scale * 9.04 / place) for _ in range(4)], region=region)
        for place, region in enumerate(regions, start=1)
    ]


def make_events(regions: Sequence[str], count: int) -> list[Finding]:
    """Return activities of every kind and status in each region, crowded in places."""
    kinds = ("business_trip", "delegation", "trade_fair", "political", "forum", "virtual")
    states = ("held", "held", "held", "announced", "cancelled")
    precisions = ("day", "day", "month", "year", "season", "quarter")
    return [
        make_activities(
            [
                (
                    dt.date(2001 + (i * 3 + at) % 22, 1 + (i * 5) % 12, 1 + (i * 7) % 28),
                    precisions[i % 6],
                    kinds[(i * 5) % 6],
                    states[(i * 3) % 5],
                )
                for i in range(count)
            ],
            region=region,
        )
        for at, region in enumerate(regions)
    ]


def with_long_names() -> dict[str, object]:
    """Return the option that gives every region a very long name."""
    return {"labels": dict.fromkeys(FORTY, LONG_NAME)}


ALL_COVERAGE = make_coverage()
YEAR = make_months([1_234_567.0] * 12, [0.0] * 12, [None] * 12)
LONG_SERIES = make_yearly(1990, 2030, [1_000_000, 3, None, 0])
