"""How far each table was kept: what the organisation states, else what its records show."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

import pandas as pd

from vemas_analytics.model.names import DATE_COLUMN, TABLES, TableName
from vemas_analytics.model.panel import Coverage
from vemas_analytics.model.periods import FINE_PRECISIONS, Bounds, date_of, possible_days, shift_months
from vemas_analytics.model.settings import CoverageStatement, Settings
from vemas_analytics.model.tables import Tables

_INTENDED: Final[Mapping[TableName, tuple[str, tuple[str, ...]]]] = {
    "trips": ("status", ("planned", "announced")),
    "attendance": ("forum_status", ("announced",)),
}
"""What was only intended does not show that a list was kept until then."""

_NOTHING: Final[Bounds] = (None, None)


def resolve_coverage(tables: Tables, settings: Settings) -> dict[TableName, Coverage]:
    """Return how far each table was kept.

    A statement in the settings wins; a side it leaves open is taken from the records. Without a statement the
    period runs from the first day of the first to the last day of the last month with a record that is dated
    to the day, week or month and not merely planned or announced. A table whose records are all dated more
    coarsely is partial over the span of these; a table without records was not recorded.

    Parameters
    ----------
    tables : Tables
    settings : Settings

    Returns
    -------
    dict of table name to Coverage
        Half-open periods, not cut by the as-of date.
    """
    return {table: _resolve(tables.frame(table), table, settings.coverage.get(table)) for table in TABLES}


def resolve_as_of(coverage: Mapping[TableName, Coverage], settings: Settings, as_of: dt.date | None) -> dt.date:
    """Return the reference date: given, else ``[report] as_of``, else the last covered day of all tables.

    Without any record and statement it is the eve of the stop, so that a report still has a date.
    """
    if as_of is not None:
        return as_of
    if settings.report.as_of is not None:
        return settings.report.as_of
    ends = [item.end for item in coverage.values() if item.end is not None]
    return (max(ends) if ends else settings.stop.effective_from) - dt.timedelta(days=1)


def _resolve(frame: pd.DataFrame, table: TableName, stated: CoverageStatement | None) -> Coverage:
    months, coarse = _spans(frame, table)
    if stated is None:
        if months != _NOTHING:
            return Coverage("recorded", *months, declared=False)
        return Coverage("not_recorded" if coarse == _NOTHING else "partial", *coarse, declared=False)
    if stated.state == "not_recorded":
        return Coverage("not_recorded", None, None, declared=True, confirmed_by=stated.confirmed_by)
    shown = months if months != _NOTHING else coarse
    start, end = stated.start or shown[0], stated.end or shown[1]
    if start is None or end is None or start >= end:
        return Coverage("not_recorded", None, None, declared=True, confirmed_by=stated.confirmed_by)
    return Coverage(stated.state, start, end, declared=True, confirmed_by=stated.confirmed_by)


def _spans(frame: pd.DataFrame, table: TableName) -> tuple[Bounds, Bounds]:
    """Return the span of months with a fine-dated record, and the span of all dates, both None if empty."""
    column = DATE_COLUMN[table]
    kept = frame[frame[column].notna()]
    if table in _INTENDED:
        status, intended = _INTENDED[table]
        kept = kept[~kept[status].isin(intended)]
    if kept.empty:
        return _NOTHING, _NOTHING
    starts, ends = possible_days(kept, column)
    precisions = kept[f"{column}_precision"].astype("string").fillna("day")
    whole = (date_of(starts.min()), date_of(ends.max()))
    fine = starts[precisions.isin(FINE_PRECISIONS).to_numpy(dtype=bool)]
    if not fine.size:
        return _NOTHING, whole
    first, last = date_of(fine.min()), date_of(fine.max())
    return (first.replace(day=1), shift_months(last.replace(day=1), 1)), whole
