"""The first rows below a header, and what their columns hold."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.model.sheets import CellValue

Row: TypeAlias = tuple[CellValue, ...]

_SAMPLED_ROWS = 20
_MOST_TEXT_ROWS = 8
_DATA_KINDS = frozenset({"number", "date", "year", "symbol"})


def filled(row: Row) -> int:
    """Return how many cells of a row hold something."""
    return len(row) - row.count(None)


def sample(rows: Sequence[Row], start: int) -> list[Row]:
    """Return the first rows below a header that are not empty, as far as the first long gap."""
    found: list[Row] = []
    gap = 0
    for row in rows[start : start + 3 * _SAMPLED_ROWS]:
        if filled(row) == 0:
            gap += 1
            if gap > 2 and found:
                break
            continue
        gap = 0
        found.append(row)
        if len(found) == _SAMPLED_ROWS:
            break
    return found


def sample_of_data(rows: Sequence[Row], start: int) -> list[Row]:
    """Return the first rows from the first one on that holds a number or a day, past further rows of texts."""
    for index in range(start, min(start + _MOST_TEXT_ROWS, len(rows))):
        if any(kind_of(value) in {"number", "date"} for value in rows[index]):
            return sample(rows, index)
    return sample(rows, start)


def cells_below(body: Sequence[Row], column: int) -> list[CellValue]:
    """Return the cells of a column that hold something."""
    return [row[column] for row in body if column < len(row) and row[column] is not None]


def typical_width(body: Sequence[Row]) -> int:
    """Return how many cells a row of a list usually fills."""
    widths = sorted(filled(row) for row in body)
    return widths[int(0.6 * (len(widths) - 1))] if widths else 0


def is_measured(body: Sequence[Row], column: int) -> bool:
    """Tell whether most cells of a column are numbers, days or signs for none, with at least one real number."""
    kinds = [kind_of(value) for value in cells_below(body, column)]
    real = sum(kind in {"number", "date", "year"} for kind in kinds)
    return bool(kinds) and real > 0 and sum(kind in _DATA_KINDS for kind in kinds) >= 0.6 * len(kinds)


def measured_columns(rows: Sequence[Row], start: int, columns: Iterable[int]) -> frozenset[int]:
    """Return those columns that hold numbers or days in the rows from ``start`` on."""
    body = sample(rows, start)
    return frozenset(column for column in columns if is_measured(body, column))
