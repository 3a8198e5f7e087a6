"""Columns of the entry workbook: what each list asks for, how it is checked and explained."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

from vemas_analytics.model.names import TABLES, Language, TableName

EntryKind: TypeAlias = Literal["identifier", "text", "choice", "day", "past_day", "amount", "count"]


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """One column of the entry workbook.

    Parameters
    ----------
    table : TableName
    field : str
        Column of the table it fills.
    kind : EntryKind
        How entries are checked; ``past_day`` allows no day after today.
    choices : str
        Of a choice: ``regions``, ``currency``, or the field of ``words.csv``.
    width : float
        Width in characters.
    heading, help : dict of str to str
        By language.
    """

    table: TableName
    field: str
    kind: EntryKind
    choices: str
    width: float
    heading: dict[Language, str]
    help: dict[Language, str]


@lru_cache(maxsize=1)
def read_entry_columns() -> dict[TableName, tuple[EntryColumn, ...]]:
    """Read the columns of the entry workbook by table, in order (``reference/entry_columns.csv``)."""
    text = (files("vemas_analytics.reference") / "entry_columns.csv").read_text("utf-8")
    kinds: dict[str, EntryKind] = {kind: kind for kind in get_args(EntryKind)}
    tables: dict[str, TableName] = {table: table for table in TABLES}
    found: dict[TableName, list[EntryColumn]] = {table: [] for table in TABLES}
    for row in csv.DictReader(text.splitlines()):
        table = tables[row["table"]]
        column = EntryColumn(
            table,
            row["field"],
            kinds[row["kind"]],
            row["choices"],
            float(row["width"]),
            {"de": row["heading_de"], "en": row["heading_en"]},
            {"de": row["help_de"], "en": row["help_en"]},
        )
        found[table].append(column)
    return {table: tuple(columns) for table, columns in found.items()}
