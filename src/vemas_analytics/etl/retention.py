"""Which records are older than the organisation means to keep them."""

import datetime as dt

import pandas as pd

from vemas_analytics.model.names import DATE_COLUMN, TABLES
from vemas_analytics.model.tables import Tables

RETENTION_COLUMNS = ("table", "file", "sheet", "row", "date", "years")


def records_past_retention(tables: Tables, years: int, today: dt.date) -> pd.DataFrame:
    """List the source rows whose record is older than the configured age, to be deleted or archived by a person.

    Parameters
    ----------
    tables : Tables
    years : int
        Age in whole years that a record may reach.
    today : datetime.date
        The day the age is counted to.

    Returns
    -------
    pandas.DataFrame
        Columns table, file, sheet, row, date, years (whole years of age); one line per source row, oldest first.
    """
    limit = pd.Timestamp(today) - pd.DateOffset(years=years)
    parts = []
    for table in TABLES:
        frame = tables.frame(table).rename(
            columns={
                "source_file": "file",
                "source_sheet": "sheet",
                "source_row": "row",
                DATE_COLUMN[table]: "date",
            }
        )
        old = frame.loc[frame["date"] < limit, ["file", "sheet", "row", "date"]].drop_duplicates()
        age = today.year - old["date"].dt.year
        had_birthday = (old["date"].dt.month * 100 + old["date"].dt.day) <= today.month * 100 + today.day
        parts.append(old.assign(table=table, years=age - (~had_birthday).astype("int64")))
    listed = pd.concat(parts, ignore_index=True)[list(RETENTION_COLUMNS)]
    return listed.sort_values(["date", "table", "file", "sheet", "row"], ignore_index=True)
