"""The cells of a list, column by column, each distinct one read once."""

from collections.abc import Callable, Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeVar, overload

from vemas_analytics.etl.clean.same_value import SameValue, compact, each
from vemas_analytics.etl.parse.cells import is_blank
from vemas_analytics.model.sheets import CellValue

Reading = TypeVar("Reading")
Cell = TypeVar("Cell")

_SAMPLE = 20_000
_PORTION = 10_000


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of one field, row by row, and the header that stood above each of them."""

    values: Sequence[CellValue]
    headers: Sequence[str]

    def __bool__(self) -> bool:
        """Tell whether the list has such a column at all."""
        return bool(self.headers)

    @property
    def headings(self) -> set[str]:
        """The headings that stand above its cells."""
        return {self.headers.heading} if isinstance(self.headers, OneHeading) else set(self.headers)


class OneHeading(Sequence[str]):
    """The heading of every cell of one column."""

    __slots__ = ("_size", "heading")

    def __init__(self, heading: str, size: int) -> None:
        self.heading = heading
        self._size = size

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return self.heading if isinstance(at, int) else [self.heading] * len(range(self._size)[at])

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[str]:
        return repeat(self.heading, self._size)


class RowColumns:
    """The cells of some rows turned into columns, made once and shared by all who read them.

    Parameters
    ----------
    rows : sequence of tuple of cells
        Of any width; a cell that a row is too short for is None.
    """

    def __init__(self, rows: Sequence[tuple[CellValue, ...]]) -> None:
        self._size = len(rows)
        self._columns = [compact(column) for column in _transposed(rows)]
        self._shown: dict[int, Sequence[CellValue]] = {}

    def raw(self, index: int) -> Sequence[CellValue]:
        """Return a column as it was read."""
        return self._columns[index] if index < len(self._columns) else SameValue(None, self._size)

    def shown(self, index: int) -> Sequence[CellValue]:
        """Return a column with None for every cell that shows nothing."""
        if index not in self._shown:
            cells = self.raw(index)
            blanks = {cell for cell in distinct(cells) if is_blank(cell)} - {None}
            self._shown[index] = each(cells, lambda cell: None if cell in blanks else cell) if blanks else cells
        return self._shown[index]


def _transposed(rows: Sequence[tuple[CellValue, ...]]) -> list[list[CellValue]]:
    width = max(map(len, rows), default=0)
    columns: list[list[CellValue]] = [[] for _ in range(width)]
    for start in range(0, len(rows), _PORTION):
        portion = rows[start : start + _PORTION]
        if min(map(len, portion)) < width:
            portion = [row + (None,) * (width - len(row)) for row in portion]
        for column, cells in zip(columns, zip(*portion, strict=True), strict=True):
            column.extend(cells)
    return columns


def read_each(cells: Sequence[Cell], read: Callable[[Cell], Reading]) -> MutableSequence[Reading]:
    """Return ``read(cell)`` for every cell; where cells repeat, each distinct one is read once.

    Parameters
    ----------
    read : callable
        Depends on nothing but the cell.
    """
    if isinstance(cells, SameValue) and cells.is_one and len(cells):
        return SameValue(read(cells.value), len(cells))
    if not _repeat(cells):
        return list(map(read, cells))
    if not _may_be_taken_for_another(cells):
        return list(map(_Memory(read).__getitem__, cells))
    memory = _Memory(lambda key: read(key[1]))
    return [memory[type(cell), cell] for cell in cells]


def distinct(cells: Sequence[Cell]) -> Iterable[Cell]:
    """Return the distinct cells where cells repeat, else all of them."""
    if isinstance(cells, SameValue) and cells.is_one:
        return cells[:1]
    return set(cells) if _repeat(cells) else cells


def _repeat(cells: Sequence[Cell]) -> bool:
    """Tell by the first cells whether remembering readings is worth its memory."""
    sample = cells[:_SAMPLE]
    return len(set(sample)) * 2 <= len(sample) or len(cells) <= _SAMPLE


def _may_be_taken_for_another(cells: Sequence[Cell]) -> bool:
    """Tell whether cells of two kinds may be equal although they say different things: 1 and True, 1 and 1.0."""
    kinds = set(map(type, cells))
    return len(kinds & {bool, int, float}) > 1


class _Memory(dict[Any, Any]):
    """What each distinct cell was read as."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: Any) -> Any:
        reading = self[cell] = self._read(cell)
        return reading
