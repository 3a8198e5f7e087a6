"""Records become tables: one row per record and region, in the types of the contract."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from vemas_analytics.etl.clean.annexes import ANNEX_COLUMNS
from vemas_analytics.etl.clean.records import Records
from vemas_analytics.etl.clean.same_value import each
from vemas_analytics.etl.identity.duplicates import generated_identifier, identifier_column
from vemas_analytics.model.names import PRECISIONS, RUSSIA, TableName
from vemas_analytics.model.tables import CATEGORIES, COLUMNS
from vemas_analytics.reference.regions import read_regions

_DATES: Final = frozenset(
    {"received_on", "closed_on", "offered_on", "decided_on", "start_on", "end_on", "held_on", "date"}
)
_COUNTS: Final = frozenset({"companies", "persons", "source_row"})
_AMOUNTS: Final = frozenset({"value", "value_eur", "cost_eur"})
_BOUNDS: Final = frozenset({"companies_bound", "persons_bound"})
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()
_NOT_A_TIME: Final = int(np.datetime64("NaT").view(np.int64))

Typed: TypeAlias = pd.api.extensions.ExtensionArray | np.ndarray


def build_table(table: TableName, records: Records, person_keys: Mapping[str, str]) -> pd.DataFrame:
    """Return one of the four tables with the columns of `COLUMNS`, k rows for a record of k regions.

    Parameters
    ----------
    records : Records
        In the order of the table.
    person_keys : mapping of str to str
        Normalised name -> key.
    """
    return _build(table, COLUMNS[table], records, person_keys)


def build_annex(table: str, records: Records) -> pd.DataFrame:
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


def _build(table: str, columns: Sequence[str], records: Records, person_keys: Mapping[str, str]) -> pd.DataFrame:
    id_column = identifier_column(table)
    regions = [codes or (RUSSIA,) for codes in records.column("region")]
    # one position per row of the table: a record of k regions takes k
    at = None if all(len(codes) == 1 for codes in regions) else [i for i, codes in enumerate(regions) for _ in codes]
    made: dict[str, Callable[[], Any]] = {
        "source_file": lambda: records.files,
        "source_sheet": lambda: each(records.sheets, lambda sheet: sheet or None),
        "source_row": lambda: np.asarray(records.rows, np.int64),
        "person_key": lambda: each(records.persons, person_keys.get),
    }
    if table != "attendance":
        made[id_column] = lambda: _identifiers(records)
    typed: dict[str, Typed] = {}
    for column in columns:
        if column == "region":
            typed[column] = _typed(table, column, [code for codes in regions for code in codes])
            continue
        cells = made[column]() if column in made else records.column(column)
        typed[column] = _typed(table, column, cells if at is None else [cells[position] for position in at])
    return pd.DataFrame(typed, copy=False)


def _identifiers(records: Records) -> Sequence[str]:
    given = records.identifiers
    if all(given):
        return given
    return [text or generated_identifier(records.place(at)) for at, text in enumerate(given)]


class _Codes(dict[object, int]):
    """Position of each category; -1, which is missing, for everything else."""

    def __missing__(self, value: object) -> int:
        return -1


class _Days(dict[dt.date | None, int]):
    """Days since 1970 of each date, reckoned once; not a time where there is none."""

    def __missing__(self, day: dt.date | None) -> int:
        number = _NOT_A_TIME if day is None else day.toordinal() - _EPOCH
        self[day] = number
        return number


def _typed(table: str, column: str, values: Sequence[Any]) -> Typed:
    kind = column_type(table, column)
    if kind == "category":
        categories = list(column_categories(table, column) or ())
        codes = map(_Codes(zip(categories, range(len(categories)), strict=True)).__getitem__, values)
        numbers = np.fromiter(codes, np.int16, len(values))
        return pd.Categorical.from_codes(numbers, dtype=pd.CategoricalDtype(categories))
    if kind == "datetime64[us]":
        days = np.fromiter(map(_Days().__getitem__, values), np.int64, len(values))
        return days.view("datetime64[D]").astype("datetime64[us]")
    held = values if isinstance(values, list | np.ndarray) else list(values)
    return pd.array(held, dtype=kind)  # type: ignore[call-overload,no-any-return]
