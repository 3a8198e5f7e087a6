"""Columns that hold names of persons: which they are, and where in the lists they stand."""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from vemas_analytics.etl.clean.row_account import PERSON_FIELDS
from vemas_analytics.etl.parse.cells import is_blank
from vemas_analytics.model.sheets import RawColumn, RawTable
from vemas_analytics.model.tables import PERSON_COLUMN_COLUMNS
from vemas_analytics.reference.person_words import read_person_headings
from vemas_analytics.reference.words import fold

_NO_FIELDS: Final = frozenset({None, "ignore"})


def names_persons(column: RawColumn) -> bool:
    """Tell whether a column holds names of persons, whether or not its table has a use for them."""
    return column.field in PERSON_FIELDS or (
        column.field in _NO_FIELDS and fold(column.header) in read_person_headings()
    )


def person_columns(tables: Iterable[RawTable]) -> pd.DataFrame:
    """Return where names of persons stand, in the columns of `PERSON_COLUMN_COLUMNS`; by file, sheet and row."""
    found: list[tuple[object, ...]] = []
    for table in tables:
        for column in table.columns:
            if names_persons(column):
                at = column.index
                listed = zip(table.rows.numbers, table.rows.cells, strict=True)
                rows = [number for number, cells in listed if at < len(cells) and not is_blank(cells[at])]
                if rows:
                    place = (table.table or None, table.file, table.place or None, column.header)
                    found.append((*place, len(rows), min(rows), max(rows)))
    frame = pd.DataFrame(found, columns=list(PERSON_COLUMN_COLUMNS))
    counts = {"n", "first_row", "last_row"}
    return frame.astype({name: "Int64" if name in counts else "string" for name in PERSON_COLUMN_COLUMNS})
