"""Which records are older than the organisation means to keep them."""

import datetime as dt

import pandas as pd

from vemas_analytics.model.names import DATE_COLUMN, TABLES
from vemas_analytics.model.tables import Tables

RETENTION_COLUMNS = ("table", "file", "sheet", "row", "date", "years", "persons")


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
        Columns table, file, sheet, row, date, years (whole years of age), persons (headings of the columns in whose
        rows persons are named, joined by ``; ``, missing where there is none). One line per source row; lists that
        name persons first, then by table, file, sheet and date. Rows that were set aside are no records and not
        listed; what they repeat is.
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
    listed = _with_persons(pd.concat(parts, ignore_index=True), tables)
    order = ["table", "file", "sheet", "date", "row"]
    named = listed["persons"].notna().groupby([listed["file"], listed["sheet"].fillna("")]).transform("any")
    listed = listed.assign(names_nobody=~named.astype("bool")).sort_values(["names_nobody", *order])
    return listed[list(RETENTION_COLUMNS)].reset_index(drop=True)


def _with_persons(listed: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return the rows with the headings of their list's columns of persons."""
    columns = tables.person_columns
    headings: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    if len(columns):
        for line in columns.astype({"sheet": "string"}).fillna({"sheet": ""}).itertuples():
            place = (str(line.file), str(line.sheet))
            headings.setdefault(place, []).append((int(line.first_row), int(line.last_row), str(line.column)))  # type: ignore[arg-type]
    places = zip(listed["file"], listed["sheet"].fillna(""), listed["row"], strict=True)
    persons = [
        "; ".join(
            heading for first, last, heading in headings.get((str(file), str(sheet)), ()) if first <= int(row) <= last
        )
        or None
        for file, sheet, row in places
    ]
    return listed.assign(persons=pd.array(persons, dtype="string"))
