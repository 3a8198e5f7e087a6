"""Whether inquiries follow trips, fairs and forums: the days after an event against the days before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import RateRatio, rate_change
from vemas_analytics.analysis.material import Mask, Material
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.names import RUSSIA, TOTAL
from vemas_analytics.model.periods import Days, day_number, possible_days

COLUMNS: Final = (
    "kind", "n_events", "n_events_left_out", "days_before", "n_before", "days_after", "n_after",
    "ratio", "low", "high", "p_value", "n_inquiries", "n_in_one", "n_in_several", "share_unattributable",
)  # fmt: skip
HORIZONS: Final = (90, 180)
ALL_KINDS: Final = "all"
KINDS: Final[dict[str, tuple[str, ...]]] = {
    ALL_KINDS: ("business_trip", "delegation", "political", "trade_fair", "forum"),
    "trips": ("business_trip", "delegation", "political"),
    "fairs": ("trade_fair",),
    "forums": ("forum",),
}
BLOCK: Final = 30
"""Days of one cell: long enough to hold a few inquiries, short enough to show their scatter."""
NEITHER, BEFORE, AFTER = 0, 1, 2


def find_event_response(material: Material) -> list[Finding]:
    """Compare the rate of inquiries of a region in the days after its events with that in the days before them.

    Every day counts once: a day after any event counts as after, whatever else it is, and a day before an event
    only if it follows none. Only time before the stop in which inquiries were kept without gaps. Events dated
    no finer than a week and events without a region are left out and counted. The total adds the region-days and
    inquiries of all regions; a record of two regions counts in both there.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``event_response``, measure inquiries, every region, baselines ``days_90`` and ``days_180``; the
        estimate is rate after / rate before over events of all kinds; table columns as `COLUMNS`, rows of `KINDS`;
        ``n_in_one`` inquiries fall into the days after exactly one event, ``n_in_several`` after more than one;
        ``share_unattributable`` is what falls after none or several, of all inquiries of the time.

    Notes
    -----
    `vemas_analytics.analysis.estimators.rate_change` on cells of 30 days. Assumption at risk: events are held
    when and where interest grows anyway; this is association (``association_only``).
    """
    span = _span(material)
    lists = [] if span is None else [_Region(material, code, span) for code in _coded(material)]
    events = _read_events(material)
    findings = []
    for horizon in HORIZONS:
        rows = {item.code: [_count(item, events, kind, horizon) for kind in KINDS] for item in lists}
        for code, region in enumerate(material.regions):
            chosen = list(rows.values()) if region == TOTAL else [rows[code]] if code in rows else []
            findings.append(_finding(material, code, horizon, _add(chosen), events, span))
    return findings


@dataclass(frozen=True, slots=True)
class _Events:
    """Held events by kind: first day and day after the last, with the region's name; vague ones counted apart."""

    kind: NDArray[np.object_]
    region: NDArray[np.object_]
    start: Days
    end: Days
    is_vague: Mask


@dataclass(frozen=True, slots=True)
class _Count:
    """Cells of one kind of event: inquiries, days and side, and how the inquiries lie to the events."""

    kind: str
    n_events: int
    n_vague: int
    counts: NDArray[np.int64]
    days: NDArray[np.int64]
    is_after: Mask
    n_inquiries: int
    n_in_one: int
    n_in_several: int


class _Region:
    """Inquiries per day of one region in the time looked at."""

    def __init__(self, material: Material, code: int, span: tuple[int, int]) -> None:
        records = material.measures["inquiries"]
        part = records.of(code)
        first, end = span
        kept = records.fine[part] & (records.start[part] >= first) & (records.until[part] <= end)
        # What is dated to a month has no day to set against an event.
        kept &= records.until[part] - records.start[part] <= 7
        self.code, self.name, self.first = code, material.regions[code], first
        self.per_day = np.bincount(records.start[part][kept] - first, minlength=end - first)


def _coded(material: Material) -> list[int]:
    return [code for code, region in enumerate(material.regions) if region not in {RUSSIA, TOTAL}]


def _span(material: Material) -> tuple[int, int] | None:
    """Return first day and day after the last of the time before the stop in which inquiries were kept."""
    if material.coverage("inquiries").state != "recorded":
        return None
    periods = material.covered("inquiries", material.panel.windows["all_before"].periods)
    return (day_number(periods[0][0]), day_number(periods[-1][1])) if periods else None


def _read_events(material: Material) -> _Events:
    trips, forums = material.tables.trips, material.tables.attendance
    held = trips[(trips["status"] == "held") & trips["start_on"].notna()]
    lists = forums[(forums["forum_status"] == "held") & forums["held_on"].notna()]
    lists = lists.drop_duplicates(["forum_id", "held_on", "region"])
    parts = [_dates(held, "start_on", held["kind"]), _dates(lists, "held_on", pd.Series("forum", index=lists.index))]
    end_on = held["end_on"].fillna(held["start_on"]).to_numpy(dtype="datetime64[D]").astype(np.int64) + 1
    parts[0]["end"] = np.maximum(end_on, parts[0]["end"].to_numpy())
    frame = pd.concat(parts, ignore_index=True).drop_duplicates()
    return _Events(
        kind=frame["kind"].to_numpy(dtype=object),
        region=frame["region"].to_numpy(dtype=object),
        start=frame["start"].to_numpy(dtype=np.int64),
        end=frame["end"].to_numpy(dtype=np.int64),
        is_vague=frame["is_vague"].to_numpy(dtype=bool),
    )


def _dates(frame: pd.DataFrame, column: str, kind: pd.Series) -> pd.DataFrame:
    start, until = possible_days(frame, column)
    region = frame["region"].astype("string").fillna(RUSSIA)
    return pd.DataFrame(
        {
            "kind": kind.astype("string").fillna("").to_numpy(dtype=object),
            "region": region.to_numpy(dtype=object),
            "start": start,
            "end": until,
            "is_vague": until - start > 7,
        }
    )


def _count(item: _Region, events: _Events, kind: str, horizon: int) -> _Count:
    size = item.per_day.size
    of_kind = np.isin(events.kind.astype(str), KINDS[kind]) & (events.region == item.name)
    inside = (events.end > item.first) & (events.start < item.first + size)
    clear = np.flatnonzero(of_kind & inside & ~events.is_vague)
    starts, ends = events.start[clear] - item.first, events.end[clear] - item.first
    followed = _cover(((end, end + horizon) for end in ends.tolist()), size)
    ahead = _cover(((start - horizon, start) for start in starts.tolist()), size)
    under_way = _cover(zip(starts.tolist(), ends.tolist(), strict=True), size)
    side = np.where(followed > 0, AFTER, np.where((ahead > 0) & (under_way == 0), BEFORE, NEITHER))
    counts, days, is_after = _cells(item.per_day, side)
    return _Count(
        kind=kind,
        n_events=int(clear.size),
        n_vague=int((of_kind & inside & events.is_vague).sum()),
        counts=counts,
        days=days,
        is_after=is_after,
        n_inquiries=int(item.per_day.sum()),
        n_in_one=int(item.per_day[followed == 1].sum()),
        n_in_several=int(item.per_day[followed > 1].sum()),
    )


def _cover(periods: Iterable[tuple[int, int]], size: int) -> NDArray[np.int64]:
    """Return for each day how many of the periods hold it."""
    change = np.zeros(size + 1, dtype=np.int64)
    for start, end in periods:
        first, last = (min(max(day, 0), size) for day in (start, end))
        change[first] += 1
        change[last] -= 1
    return np.cumsum(change[:-1])


def _cells(per_day: NDArray[np.int64], side: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
    """Return counts, days and side of the cells of `BLOCK` days, each cut where the side changes."""
    if not per_day.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
    block = np.arange(per_day.size) // BLOCK
    firsts = np.flatnonzero(np.diff(side, prepend=-1) | np.diff(block, prepend=-1))
    counts, sides = np.add.reduceat(per_day, firsts), side[firsts]
    days = np.diff(np.append(firsts, per_day.size))
    used = sides != NEITHER
    return counts[used], days[used], sides[used] == AFTER


def _add(regions: list[list[_Count]]) -> list[_Count]:
    """Return the counts of several regions as one list of cells, region after region."""
    together = []
    for of_kind in zip(*regions, strict=True):
        together.append(
            _Count(
                kind=of_kind[0].kind,
                n_events=sum(item.n_events for item in of_kind),
                n_vague=sum(item.n_vague for item in of_kind),
                counts=np.concatenate([item.counts for item in of_kind]),
                days=np.concatenate([item.days for item in of_kind]),
                is_after=np.concatenate([item.is_after for item in of_kind]),
                n_inquiries=sum(item.n_inquiries for item in of_kind),
                n_in_one=sum(item.n_in_one for item in of_kind),
                n_in_several=sum(item.n_in_several for item in of_kind),
            )
        )
    return together


def _compare(item: _Count) -> RateRatio | None:
    if not item.is_after.any() or item.is_after.all():
        return None
    return rate_change(item.counts, item.days, item.is_after)


def _finding(
    material: Material, code: int, horizon: int, counts: list[_Count], events: _Events, span: tuple[int, int] | None
) -> Finding:
    records, region = material.measures["inquiries"], material.regions[code]
    results = [_compare(item) for item in counts]
    overall = results[0] if results else None
    caveats = [code for name in ("inquiries", "trips", "forums") for code in coverage_caveats(material.coverage(name))]
    caveats += ["association_only"]
    caveats += ["not_estimable"] if overall is None else overall.caveats
    caveats += ["dates_imprecise"] if any(item.n_vague for item in counts) else []
    inside = np.zeros(len(records.start), dtype=bool)
    if span is not None:
        inside = records.fine & (records.start >= span[0]) & (records.until <= span[1])
    return Finding(
        question="event_response",
        measure="inquiries",
        region=region,
        method="-" if overall is None else overall.method,
        baseline=f"days_{horizon}",
        estimate=None if overall is None else _estimate(overall),
        n_before=None if overall is None else int(overall.n_before),
        n_after=None if overall is None else int(overall.n_after),
        days_before=None if overall is None else overall.exposure_before,
        days_after=None if overall is None else overall.exposure_after,
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, [_row(item, result) for item, result in zip(counts, results, strict=True)]),
        sources=records.cite(code, inside),
    )


def _estimate(result: RateRatio) -> Estimate:
    level = None if result.refused else result.level
    return Estimate(result.value, result.low, result.high, level, unit="ratio", p_value=result.p_value)


def _row(item: _Count, result: RateRatio | None) -> tuple[Scalar, ...]:
    effect = (None,) * 4 if result is None else (result.value, result.low, result.high, result.p_value)
    return (
        item.kind,
        item.n_events,
        item.n_vague,
        int(item.days[~item.is_after].sum()),
        int(item.counts[~item.is_after].sum()),
        int(item.days[item.is_after].sum()),
        int(item.counts[item.is_after].sum()),
        *effect,
        item.n_inquiries,
        item.n_in_one,
        item.n_in_several,
        1 - item.n_in_one / item.n_inquiries if item.n_inquiries else None,
    )
