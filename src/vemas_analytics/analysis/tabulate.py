"""Rows of plain values for the table behind a finding."""

import datetime as dt
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from vemas_analytics.model.finding import DataTable, Scalar


def plain(value: object) -> Scalar:
    """Return a cell of a frame as plain Python: dates as date, anything missing as None."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp | dt.datetime):
        return value.date()
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype("datetime64[D]").item()
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and np.isnan(value):
        return None
    return value if isinstance(value, str | int | float | bool | dt.date) else str(value)


def text(value: object) -> str:
    """Return a cell of a frame as text, empty where missing."""
    found = plain(value)
    return "" if found is None else str(found)


def tabulate(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> DataTable:
    """Return a data table of plain values."""
    return DataTable(tuple(columns), tuple(tuple(plain(value) for value in row) for row in rows))


def tabulate_frame(frame: pd.DataFrame, columns: Sequence[str]) -> DataTable:
    """Return the named columns of a frame as a data table; a column the frame lacks is None throughout."""
    lists = [frame[name].tolist() if name in frame.columns else [None] * len(frame) for name in columns]
    return tabulate(columns, zip(*lists, strict=True) if len(frame) else ())
