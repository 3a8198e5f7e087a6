"""The cells of the panel: months, cut wherever a rule or a record of keeping changes."""

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np

from vemas_analytics.model.names import TableName
from vemas_analytics.model.panel import Coverage, Window
from vemas_analytics.model.periods import Days, Period, day_number, month_cells
from vemas_analytics.model.settings import Break, Phase, Stop


def collect_edges(
    stop: Stop,
    phases: Iterable[Phase],
    breaks: Iterable[Break],
    windows: Iterable[Window],
    coverage: Mapping[TableName, Coverage],
) -> frozenset[dt.date]:
    """Return every day on which a stop, phase, break, window or coverage begins or ends."""
    days: set[dt.date | None] = {stop.effective_from, stop.until}
    spans: list[Phase | Break | Coverage] = [*phases, *breaks, *coverage.values()]
    for item in spans:
        days |= {item.start, item.end}
    for window in windows:
        for start, end in window.periods:
            days |= {start, end}
    return frozenset(day for day in days if day is not None)


def build_cells(
    coverage: Mapping[TableName, Coverage],
    first_record: dt.date | None,
    as_of: dt.date,
    edges: frozenset[dt.date],
) -> list[Period]:
    """Return the half-open cells from the month of the first coverage or record to the as-of date."""
    starts = [item.start for item in coverage.values() if item.start is not None]
    if first_record is not None:
        starts.append(first_record)
    if not starts:
        return []
    return month_cells([(min(starts).replace(day=1), as_of + dt.timedelta(days=1))], sorted(edges))


def real_edges(edges: frozenset[dt.date], as_of: dt.date) -> Days:
    """Return as day numbers, sorted, the edges that a record may not straddle: all of them and the as-of date.

    The first of a month never cuts a month, so a week across two months is still placed by its first day.
    """
    return np.array(sorted({day_number(day) for day in edges} | {day_number(as_of) + 1}), dtype=np.int64)
