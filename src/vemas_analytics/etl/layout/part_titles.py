"""Titles of parts inside a statistical table, and first halves of labels too long for one line."""

from collections.abc import Mapping, Sequence, Set
from typing import TypeAlias

from vemas_analytics.etl.layout.cell_kinds import is_amount
from vemas_analytics.model.sheets import CellValue

Row: TypeAlias = tuple[CellValue, ...]

_MOST_CELLS = 2
_FULL_SHARE = 0.85
_WIDE = 4
_FILLED = 3


def titles_of_parts(rows: Sequence[Row], records: Mapping[int, Row], columns: Set[int], measured: Set[int]) -> set[int]:
    """Return the rows that hold a text and no data, and so name what follows or end what came before.

    Parameters
    ----------
    rows : sequence of rows
        The whole sheet.
    records : mapping of int to row
        Rows that may be records.
    columns, measured : set of int
        Columns of the table, and those that hold numbers or days.
    """
    width = len(columns)
    counted = {index: sum(column < len(row) and row[column] is not None for column in measured)
               for index, row in records.items()}  # fmt: skip
    lone = {index for index, row in records.items() if _texts_only(row)}
    solid = [index for index in records if index not in lone]
    last = max(solid, default=-1)
    if not measured:
        full = sum(len(row) - row.count(None) >= _FILLED for row in records.values())
        enough = width >= _WIDE and full >= _FULL_SHARE * max(1, len(solid))
        return {index for index in lone if _cells(records[index]) == 1 and (enough or _after_gap(rows, index, last))}
    coded = {index for index, row in records.items() if _is_code_with_name(row, measured)}
    lone, solid = lone - coded, [index for index in solid if index not in coded]
    always = sum(counted[index] > 0 for index in solid) >= _FULL_SHARE * len(solid)
    found: set[int] = set()
    for index in lone:
        one = _cells(records[index]) == 1
        if (one and (width >= _FILLED or index > last or _stands_apart(rows, index))) or (
            not one and always and width > _FILLED and counted[index] == 0
        ):
            found.add(index)
    beyond = sum(counted[index] > 1 for index in solid) >= _FULL_SHARE * max(1, len(solid))
    return found | (coded if beyond else set())


def _is_code_with_name(row: Row, measured: Set[int]) -> bool:
    """Tell whether a row holds a code and the name that belongs to it, and none of several numbers."""
    filled = [(column, value) for column, value in enumerate(row) if value is not None]
    if len(filled) != _MOST_CELLS or len(measured) <= _MOST_CELLS:
        return False
    (_, code), (column, name) = filled
    digits = str(code).strip()
    return digits.isdigit() and isinstance(name, str) and not _is_data(name) and column not in measured


def _cells(row: Row) -> int:
    return len(row) - row.count(None)


def _texts_only(row: Row) -> bool:
    """Tell whether a row holds one or two texts and nothing else, or a year alone."""
    cells = [value for value in row if value is not None]
    if len(cells) == 1 and isinstance(cells[0], int) and 1800 <= cells[0] <= 2100:
        return True
    return len(cells) <= _MOST_CELLS and all(isinstance(value, str) and not _is_data(value) for value in cells)


def _is_data(text: str) -> bool:
    year = text.strip().isdigit() and len(text.strip()) == 4
    return is_amount(text) and not year


def _stands_apart(rows: Sequence[Row], index: int) -> bool:
    return index > 0 and _cells(rows[index - 1]) == 0


def _after_gap(rows: Sequence[Row], index: int, last: int) -> bool:
    """Tell whether a row follows the last full one, past a blank row or another such text."""
    return index > last and any(_cells(rows[at]) == 0 for at in range(last + 1, index))
