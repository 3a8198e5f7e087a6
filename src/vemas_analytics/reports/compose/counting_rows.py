"""Which rows of a table count: once in a region, once in a total, once among the regions too small for a line."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.model.names import MEASURES, RECORD_KEY, Measure, TableName
from vemas_analytics.reference.measures import MeasureInfo, read_measures

Scope: TypeAlias = Literal["region", "total", "others"]
Flags: TypeAlias = NDArray[np.bool_]

SCOPES: Final[tuple[Scope, ...]] = ("region", "total", "others")


def flag_columns(
    frame: pd.DataFrame, table: TableName, small_regions: Iterable[str]
) -> tuple[dict[str, Flags], Mapping[tuple[Measure, Scope], str]]:
    """Mark the rows that count, worked out from the records' keys alone.

    A record of k regions stands in k rows and counts in each region, but once in a total. Call it for the columns
    of the records sheet by which formulas count distinct records.

    Parameters
    ----------
    frame : pandas.DataFrame
        One of the four tables.
    table : str
    small_regions : iterable of str
        Codes of the regions that one line of page 1 has together; may be empty.

    Returns
    -------
    dict of str to array of bool, shape (rows,)
        ``in_total``, ``in_region``, ``in_others``, and with ``_<measure>`` behind it where a measure needs
        marks of its own, as forums do, of which each stands in many rows. A column that would
        mark all rows is left out, but not that of the small regions, which also says which regions these are.
    mapping of (measure, scope) to str
        The column that a measure goes by; missing where every row counts, or where no regions are small.
    """
    named = frozenset(small_regions)
    small = frame["region"].isin(named).to_numpy(dtype=bool)
    columns: dict[str, Flags] = {}
    chosen: dict[tuple[Measure, Scope], str] = {}
    everything = np.ones(len(frame), dtype=bool)
    measures = [info for measure in MEASURES if (info := read_measures()[measure]).table == table]
    for scope in SCOPES:
        if scope == "others" and not named:
            continue
        general = _firsts(frame, RECORD_KEY[table], everything, scope, small)
        for info in measures:
            mask = rows_of(frame, info)
            own = _firsts(frame, info.record_key, mask, scope, small)
            name = f"in_{scope}"
            if (own[mask] != general[mask]).any():
                name, marks = f"in_{scope}_{info.key}", own
            else:
                marks = general
            if scope != "others" and marks[mask].all():
                continue
            columns[name] = marks
            chosen[info.key, scope] = name
    return columns, chosen


def rows_of(frame: pd.DataFrame, info: MeasureInfo) -> Flags:
    """Return which rows a measure takes, by its own conditions."""
    mask = np.ones(len(frame), dtype=bool)
    for column, allowed in info.where:
        mask &= frame[column].isin(allowed).to_numpy(dtype=bool)
    return mask


def _firsts(frame: pd.DataFrame, key: tuple[str, ...], mask: Flags, scope: Scope, small: Flags) -> Flags:
    """Return the first row of each record among the masked rows, within each region or over all of them."""
    chosen = mask & small if scope == "others" else mask
    rows = frame.loc[chosen, [*key, "region"] if scope == "region" else list(key)]
    firsts = np.zeros(len(frame), dtype=bool)
    firsts[np.flatnonzero(chosen)] = ~rows.duplicated().to_numpy(dtype=bool)
    return firsts
