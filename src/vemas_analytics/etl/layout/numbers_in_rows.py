"""The number that a cell of a statistical table shows, whether it is one or a text."""

import re
from collections.abc import Sequence
from typing import Final, TypeAlias, TypeGuard

from vemas_analytics.model.sheets import CellValue

Row: TypeAlias = tuple[CellValue, ...]

_GERMAN_NUMBER: Final = re.compile(r"-?\d{1,3}(?:[. ]\d{3})*(?:,\d+)?|-?\d+,\d+")
_PLAIN_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_MOST: Final = 1e15
"""No list counts or sums further; sums of larger numbers leave the range of a float."""


def is_number(value: CellValue) -> TypeGuard[int | float]:
    """Tell whether a cell is a number, and no truth value."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number_in(row: Row, column: int) -> float | None:
    """Return the number in a cell, or None; a text is read as German offices write numbers."""
    number = _number(row[column] if column < len(row) else None)
    return float(number) if number is not None and abs(number) <= _MOST else None


def _number(value: CellValue) -> int | float | None:
    if is_number(value):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip().replace("\u00a0", " ")
    if _GERMAN_NUMBER.fullmatch(text):
        return float(re.sub(r"[. ]", "", text).replace(",", "."))
    return float(text) if _PLAIN_NUMBER.fullmatch(text) else None


def are_years(found: Sequence[float | None]) -> bool:
    """Tell whether a column holds nothing but years."""
    filled = [value for value in found if value is not None]
    return bool(filled) and all(_FIRST_YEAR <= value <= _LAST_YEAR and value == int(value) for value in filled)
