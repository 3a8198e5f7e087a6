"""The last gate: each table has the columns, types and closed lists that the other stations rely on."""

from functools import lru_cache

import pandera.pandas as pa

from vemas_analytics.etl.frames import column_categories, column_type
from vemas_analytics.model.names import DATE_COLUMN, TABLES, TableName
from vemas_analytics.model.tables import COLUMNS, Tables

_NEVER_MISSING = frozenset({"region", "source_file", "source_row"})
_NOT_NEGATIVE = frozenset({"value", "value_eur", "cost_eur", "persons", "companies"})


@lru_cache(maxsize=len(TABLES))
def table_schema(table: TableName) -> pa.DataFrameSchema:
    """Return the schema of one of the four tables: columns in order, types, closed lists, what is never missing."""
    columns = {}
    for column in COLUMNS[table]:
        categories = column_categories(table, column)
        kind = pa.Category(categories=list(categories)) if categories is not None else column_type(table, column)
        checks = [pa.Check.ge(0)] if column in _NOT_NEGATIVE else []
        required = column in _NEVER_MISSING or column == DATE_COLUMN[table]
        columns[column] = pa.Column(kind, checks, nullable=not required)
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table)


def check_tables(tables: Tables) -> None:
    """Check the four tables against their schemas.

    Raises
    ------
    pandera.errors.SchemaErrors
        When cleaning has let something through that the contract of the tables excludes: a fault of the program.
    """
    for table in TABLES:
        table_schema(table).validate(tables.frame(table), lazy=True)
