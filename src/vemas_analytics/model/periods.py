"""Half-open periods of days, counted exactly: clip, cut into months, how long a coarse date may mean."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bounds: TypeAlias = tuple[dt.date | None, dt.date | None]
Period: TypeAlias = tuple[dt.date, dt.date]
Days: TypeAlias = NDArray[np.int64]
"""Days since 1970-01-01."""

NO_DAY: Final = np.iinfo(np.int64).min
"""Day number of a missing date."""

FINE_PRECISIONS: Final = ("day", "week", "month")
"""Precisions that windows, phases and series take; coarser dates stand in yearly tables only."""

_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_MONTHS: Final[dict[str, int]] = {"month": 1, "quarter": 3, "season": 3, "year": 12}


def day_number(day: dt.date) -> int:
    """Return the days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def date_of(number: int) -> dt.date:
    """Return the date of a day number."""
    return dt.date.fromordinal(int(number) + _EPOCH)


def clip_periods(periods: Iterable[Bounds], limits: Bounds) -> tuple[Period, ...]:
    """Return what remains of each period within the limits; empty ones vanish.

    Parameters
    ----------
    periods : iterable of (start, end)
        Half-open; None is unbounded.
    limits : (start, end)
        Half-open; None is unbounded. Each side must be bounded by the period or by the limits.

    Raises
    ------
    ValueError
        When a side stays unbounded.
    """
    clipped = []
    for start, end in periods:
        starts = [day for day in (start, limits[0]) if day is not None]
        ends = [day for day in (end, limits[1]) if day is not None]
        if not starts or not ends:
            message = f"period {start} to {end} stays unbounded within {limits[0]} to {limits[1]}"
            raise ValueError(message)
        if max(starts) < min(ends):
            clipped.append((max(starts), min(ends)))
    return tuple(clipped)


def count_days(periods: Iterable[Period]) -> int:
    """Return how many days the periods hold; they must not overlap."""
    return sum((end - start).days for start, end in periods)


def months_between(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the firsts of all months that touch ``[start, end)``."""
    first, last = start.year * 12 + start.month - 1, (end - dt.timedelta(days=1))
    return [dt.date(index // 12, index % 12 + 1, 1) for index in range(first, last.year * 12 + last.month)]


def month_cells(periods: Iterable[Period], edges: Sequence[dt.date] = ()) -> list[Period]:
    """Return the months of the periods as half-open cells, cut at the periods' own and at further edges."""
    cells: list[Period] = []
    for start, end in periods:
        if start >= end:
            continue
        inner = {day for day in (*months_between(start, end), *edges) if start < day < end}
        bounds = [start, *sorted(inner), end]
        cells.extend(pairwise(bounds))
    return cells


def shift_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of another month, or that month's last day where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))


def possible_ends(starts: Days, precisions: Sequence[str]) -> Days:
    """Return the day after the last day that each date can mean.

    Parameters
    ----------
    starts : array of int64, shape (n,)
        First possible day as day number, `NO_DAY` where missing.
    precisions : sequence of str, length n
        day, week, month, quarter, season or year; anything else counts as day.

    Returns
    -------
    array of int64, shape (n,)
        `NO_DAY` where the start is missing.
    """
    words = np.asarray(precisions, dtype=object)
    ends = starts + 1
    ends[words == "week"] = starts[words == "week"] + 7
    for word, months in _MONTHS.items():
        mask = (words == word) & (starts != NO_DAY)
        first = starts[mask].astype("datetime64[D]").astype("datetime64[M]")
        ends[mask] = (first + months).astype("datetime64[D]").astype(np.int64)
    ends[starts == NO_DAY] = NO_DAY
    return ends


def day_numbers(dates: pd.Series) -> Days:
    """Return a column of dates as days since 1970-01-01, `NO_DAY` where missing."""
    days = dates.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype(np.int64))


def possible_days(frame: pd.DataFrame, column: str) -> tuple[Days, Days]:
    """Return the half-open span of days that each date of a table can mean.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns ``column`` and ``<column>_precision``; a missing precision counts as day.
    column : str

    Returns
    -------
    tuple of two arrays of int64, shape (n,)
        First possible day and the day after the last, `NO_DAY` where the date is missing.
    """
    starts = day_numbers(frame[column])
    precisions = frame[f"{column}_precision"].astype("string").fillna("day")
    return starts, possible_ends(starts, precisions.tolist())
