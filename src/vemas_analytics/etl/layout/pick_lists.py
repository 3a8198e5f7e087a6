"""Sheets that hold the values of drop-down fields: columns of words side by side, no rows of records."""

from typing import Final

from vemas_analytics.etl.layout.body_sample import Row, filled
from vemas_analytics.model.sheets import RawSheet
from vemas_analytics.reference.columns import fold_header, read_layout_words

_LONGEST_WORD: Final = 60
_LEAST_COLUMNS, _LEAST_LENGTHS = 3, 3
_LONGEST_SHEET: Final = 2_000


def is_pick_list(sheet: RawSheet) -> bool:
    """Tell whether a sheet holds nothing but values to choose from.

    Each column is a run of short, different texts from the top without gaps. The name of the sheet, or that it is
    hidden, must say so too; without either, three columns or more must all end at different rows.
    """
    rows = [row for row in sheet.rows if filled(row)]
    if not 2 <= len(rows) <= _LONGEST_SHEET or filled(rows[0]) == 0:
        return False
    lengths = [_run_of_words(rows, column) for column, value in enumerate(rows[0]) if value is not None]
    other = {column for row in rows for column, value in enumerate(row) if value is not None}
    if 0 in lengths or len(other) != len(lengths) or max(lengths) < 2:
        return False
    folded = fold_header(sheet.sheet)
    named = any(fold_header(word) == folded.rstrip("0123456789 ") for word in read_layout_words().picklists)
    different = len(set(lengths))
    if named or (sheet.hidden and different > 1):
        return True
    return len(lengths) >= _LEAST_COLUMNS and different >= _LEAST_LENGTHS and different == len(lengths)


def _run_of_words(rows: list[Row], column: int) -> int:
    """Return how many different short texts stand in a column from the top without a gap; 0 for any other column."""
    cells = [row[column] if column < len(row) else None for row in rows]
    end = next((at for at, value in enumerate(cells) if value is None), len(cells))
    values = cells[:end]
    if any(value is not None for value in cells[end:]) or not all(isinstance(value, str) for value in values):
        return 0
    words = {str(value).strip().casefold() for value in values}
    short = max(len(word) for word in words) <= _LONGEST_WORD
    return end if len(words) == len(values) and short else 0
