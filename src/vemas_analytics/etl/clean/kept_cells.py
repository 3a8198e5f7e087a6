"""What is kept of a list's cells once it is cleaned: the rows that are no records, and the few columns asked for later.

A long list takes most of its memory as raw cells; its records hold what they say by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, overload

from vemas_analytics.etl.clean.same_value import compact
from vemas_analytics.etl.person_columns import names_persons
from vemas_analytics.model.sheets import CellValue, ListRows, RawTable

_SUMMED: Final = frozenset({"value", "cost_eur", "companies", "persons", "attendees"})
"""Fields whose cells are added up again where a list states sums."""


class KeptCells(Sequence[tuple[CellValue, ...]]):
    """Rows of cells of which only some are left; all others read as empty.

    Parameters
    ----------
    size, width : int
        Of the list.
    rows : mapping of int to tuple
        Position -> whole rows.
    columns : mapping of int to sequence
        Index -> cells of all rows.
    """

    __slots__ = ("_columns", "_rows", "_size", "_width")

    def __init__(
        self,
        size: int,
        width: int,
        rows: Mapping[int, tuple[CellValue, ...]],
        columns: Mapping[int, Sequence[CellValue]],
    ) -> None:
        self._size, self._width = size, width
        self._rows, self._columns = rows, columns

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> tuple[CellValue, ...]: ...

    @overload
    def __getitem__(self, at: slice) -> list[tuple[CellValue, ...]]: ...

    def __getitem__(self, at: int | slice) -> tuple[CellValue, ...] | list[tuple[CellValue, ...]]:
        if isinstance(at, slice):
            return [self[position] for position in range(self._size)[at]]
        position = range(self._size)[at]
        whole = self._rows.get(position)
        if whole is not None:
            return whole
        row: list[CellValue] = [None] * self._width
        for index, cells in self._columns.items():
            row[index] = cells[position]
        return tuple(row)


def without_spent_cells(raw: RawTable) -> RawTable:
    """Return a cleaned list without the cells that nothing asks for any more."""
    rows = raw.rows
    needed = [
        column.index for column in raw.columns if names_persons(column) or (rows.reasons and column.field in _SUMMED)
    ]
    columns = {
        index: compact([cells[index] if index < len(cells) else None for cells in rows.cells]) for index in needed
    }
    whole = {at: rows.cells[at] for at in rows.reasons}
    width = max([0, *(index + 1 for index in needed)])
    kept = KeptCells(len(rows), width, whole, columns)
    return replace(raw, rows=ListRows(rows.numbers, kept, rows.reasons))
