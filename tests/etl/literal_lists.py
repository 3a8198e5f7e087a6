"""Lists written out in a few lines, as the reader would hand them over."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from vemas_analytics.etl.clean.records import CleaningRules
from vemas_analytics.etl.load import assemble_tables
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import (
    CellValue,
    Fact,
    ListRows,
    RawColumn,
    RawRow,
    RawSheet,
    RawTable,
    ReadFile,
    SourceFile,
)
from vemas_analytics.model.tables import Tables

TODAY = dt.date(2025, 6, 30)


def raw_list(
    table: str,
    fields: str,
    *rows: Sequence[CellValue],
    file: str = "liste.xlsx",
    sheet: str = "Blatt",
    headers: Mapping[str, str] | None = None,
    facts: Mapping[str, CellValue] | None = None,
    sums: Sequence[int] = (),
) -> RawTable:
    """Return a list with a header in row 4 and its rows from row 5; ``sums`` are positions of sum rows."""
    names = fields.split()
    named = headers or {}
    columns = tuple(RawColumn(at, named.get(name, name), name) for at, name in enumerate(names))
    body = ListRows.of(
        RawRow(5 + at, tuple(cells) + (None,) * (len(names) - len(cells)), "sum" if at in sums else None)
        for at, cells in enumerate(rows)
    )
    above = {name: Fact(name, value, 2) for name, value in (facts or {}).items()}
    return RawTable(file, sheet, table, (4,), columns, body, above)


def load(*lists: RawTable, settings: Settings | None = None, as_of: dt.date | None = None) -> Tables:
    """Return the tables of lists already read."""
    files: dict[str, list[RawTable]] = {}
    for raw in lists:
        files.setdefault(raw.file, []).append(raw)
    read = [
        ReadFile(
            SourceFile(Path(name), name, "0" * 64, 1),
            "xlsx",
            tuple(found),
            tuple(RawSheet(raw.sheet, (("x",),)) for raw in found),
        )
        for name, found in files.items()
    ]
    return assemble_tables(read, (), CleaningRules(settings or Settings(), TODAY), as_of=as_of)


def codes(tables: Tables, *, row: int | None = None) -> list[str]:
    """Return the codes of the problems, of one row if given."""
    return [item.code for item in tables.problems if row is None or item.row == row]


def only(tables: Tables, code: str) -> Problem:
    """Return the one problem of a code."""
    found = [item for item in tables.problems if item.code == code]
    assert len(found) == 1, codes(tables)
    return found[0]
