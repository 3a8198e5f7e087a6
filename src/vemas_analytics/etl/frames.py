"""Records become tables: one row per record and region, in the types of the contract."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from vemas_analytics.etl.clean.annexes import ANNEX_COLUMNS
from vemas_analytics.etl.clean.records import Record
from vemas_analytics.etl.duplicates import generated_identifier, identifier_column
from vemas_analytics.model.names import PRECISIONS, RUSSIA, TableName
from vemas_analytics.model.tables import CATEGORIES, COLUMNS
from vemas_analytics.reference.regions import read_regions

_DATES: Final = frozenset(
    {"received_on", "closed_on", "offered_on", "decided_on", "start_on", "end_on", "held_on", "date"}
)
_COUNTS: Final = frozenset({"companies", "persons", "source_row"})
_AMOUNTS: Final = frozenset({"value", "value_eur", "cost_eur"})
_BOUNDS: Final = frozenset({"companies_bound", "persons_bound"})


def build_table(table: TableName, records: Sequence[Record], person_keys: Mapping[str, str]) -> pd.DataFrame:
    """Return one of the four tables with the columns of `COLUMNS`, k rows for a record of k regions.

    Parameters
    ----------
    records : sequence of Record
        In the order of the table.
    person_keys : mapping of str to str
        Normalised name -> key.
    """
    return _build(table, COLUMNS[table], records, person_keys)


def build_annex(table: str, records: Sequence[Record]) -> pd.DataFrame:
    """Return an annex table with the columns of `ANNEX_COLUMNS`, k rows for a record of k regions."""
    return _build(table, ANNEX_COLUMNS[table], records, {})


def column_categories(table: str, column: str) -> tuple[str, ...] | None:
    """Return the closed list of a coded column, or None where the column holds something else."""
    if column == "region":
        return (RUSSIA, *read_regions().codes)
    if column.endswith("_precision"):
        return PRECISIONS
    if column in _BOUNDS:
        return CATEGORIES["bound"]
    if table in ANNEX_COLUMNS:
        return None
    return CATEGORIES.get(f"{table}.{column}") or CATEGORIES.get(column)


def column_type(table: str, column: str) -> str:
    """Return the pandas type of a column of a table."""
    if column_categories(table, column) is not None:
        return "category"
    if column in _DATES:
        return "datetime64[us]"
    if column in _COUNTS:
        return "Int64"
    return "Float64" if column in _AMOUNTS else "string"


def _build(
    table: str, columns: Sequence[str], records: Sequence[Record], person_keys: Mapping[str, str]
) -> pd.DataFrame:
    id_column = identifier_column(table)
    pairs = [(record, code) for record in records for code in _codes(record)]
    cells: dict[str, list[object]] = {column: [record.values.get(column) for record, _ in pairs] for column in columns}
    cells["region"] = [code for _, code in pairs]
    cells["source_file"] = [record.place.file for record, _ in pairs]
    cells["source_sheet"] = [record.place.sheet or None for record, _ in pairs]
    cells["source_row"] = [record.place.row for record, _ in pairs]
    if table == "attendance":
        cells["person_key"] = [person_keys.get(record.person) for record, _ in pairs]
    else:
        cells[id_column] = [record.identifier or generated_identifier(record.place) for record, _ in pairs]
    return pd.DataFrame({column: _typed(table, column, cells[column]) for column in columns})


def _codes(record: Record) -> tuple[str, ...]:
    codes = record.values.get("region")
    return codes if isinstance(codes, tuple) and codes else (RUSSIA,)


def _typed(table: str, column: str, values: list[object]) -> pd.api.extensions.ExtensionArray | np.ndarray:
    kind = column_type(table, column)
    if kind == "category":
        return pd.Categorical(values, categories=list(column_categories(table, column) or ()))
    if kind == "datetime64[us]":
        return np.array(values, dtype="datetime64[D]").astype("datetime64[us]")
    return pd.array(values, dtype=kind)  # type: ignore[call-overload,no-any-return]
