"""The last gate: each table has the columns, types and closed lists that the other stations rely on."""

from collections.abc import Iterator

import pandas as pd

from vemas_analytics.etl.frames import column_categories, column_type
from vemas_analytics.model.names import DATE_COLUMN, TABLES, TableName
from vemas_analytics.model.tables import COLUMNS, Tables

_NEVER_MISSING = frozenset({"region", "source_file", "source_row"})
_NOT_NEGATIVE = frozenset({"value", "value_eur", "cost_eur", "persons", "companies"})


def check_tables(tables: Tables) -> None:
    """Check columns in order, types, closed lists, signs, and what is never missing, in all four tables.

    Raises
    ------
    ValueError
        When cleaning has let something through that the contract of the tables excludes: a fault of the program,
        with everything found in its message.
    """
    faults = [f"{table}: {fault}" for table in TABLES for fault in _faults(table, tables.frame(table))]
    if faults:
        message = f"the tables break their contract: {'; '.join(faults)}"
        raise ValueError(message)


def _faults(table: TableName, frame: pd.DataFrame) -> Iterator[str]:
    if tuple(frame.columns) != COLUMNS[table]:
        yield f"columns are {', '.join(map(str, frame.columns))}"
        return
    for name in COLUMNS[table]:
        column = frame[name]
        categories = column_categories(table, name)
        if categories is not None:
            if not isinstance(column.dtype, pd.CategoricalDtype) or tuple(column.cat.categories) != categories:
                yield f"{name} is no code of its closed list"
        elif column.dtype != column_type(table, name):
            yield f"{name} has type {column.dtype} instead of {column_type(table, name)}"
        elif name in _NOT_NEGATIVE and (column < 0).any():
            yield f"{name} is negative"
        if (name in _NEVER_MISSING or name == DATE_COLUMN[table]) and column.isna().any():
            yield f"{name} is missing"
