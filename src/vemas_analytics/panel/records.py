"""What a measure counts: one row per record and region, and one per record for the total."""

import numpy as np
import pandas as pd

from vemas_analytics.model.names import RUSSIA, TOTAL
from vemas_analytics.model.periods import NO_DAY, Days, possible_days
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.measures import MeasureInfo

_SOURCE = ["source_file", "source_sheet", "source_row"]


def measured_records(tables: Tables, info: MeasureInfo) -> pd.DataFrame:
    """Return the records that a measure counts, by region and once for the total.

    A record of k regions gives k rows with one ``record`` number and one further row of region ALL, whose
    amount is the first one known: totals count each record and each value once and are no sum of regions.

    Parameters
    ----------
    tables : Tables
    info : MeasureInfo

    Returns
    -------
    pandas.DataFrame
        Columns as `vemas_analytics.model.panel.Panel.records` says, in the order of the table, the rows of
        ALL last.
    """
    table = tables.frame(info.table)
    mask = np.ones(len(table), dtype=bool)
    for column, allowed in info.where:
        mask &= table[column].isin(allowed).to_numpy(dtype=bool)
    frame = table[mask]
    record = frame.groupby(list(info.record_key), sort=False, dropna=False, observed=True).ngroup()
    precision = frame[f"{info.date_column}_precision"].astype("string").fillna("day")
    rows = pd.DataFrame(
        {
            "region": frame["region"].astype("string").fillna(RUSSIA).to_numpy(),
            "record": record.to_numpy(dtype=np.int64),
            "date": frame[info.date_column].to_numpy(),
            "until": _as_dates(possible_days(frame, info.date_column)[1]),
            "precision": precision.to_numpy(),
            "amount": _amounts(frame, info),
            **{column: frame[column].to_numpy() for column in _SOURCE},
            "position": np.flatnonzero(mask),
        }
    )
    rows["region"] = rows["region"].astype("string")
    by_region = rows[~rows.duplicated(["record", "region"])]
    once = rows[~rows.duplicated(["record"])].assign(region=TOTAL)
    once["amount"] = once["record"].map(rows.groupby("record")["amount"].first()).astype("Float64")
    return pd.concat([by_region, once.astype(rows.dtypes)], ignore_index=True)


def _amounts(frame: pd.DataFrame, info: MeasureInfo) -> pd.api.extensions.ExtensionArray:
    if not info.amount:
        return pd.array(np.ones(len(frame)), dtype="Float64")
    return frame[info.amount].astype("Float64").array


def _as_dates(days: Days) -> np.ndarray:
    dates = days.astype("datetime64[D]")
    dates[days == NO_DAY] = np.datetime64("NaT")
    return dates.astype("datetime64[us]")
