"""A column that says the same in every row, at the price of one value."""

from collections.abc import Callable, Iterator, MutableSequence, Sequence
from itertools import repeat
from typing import Final, TypeVar, overload

Value = TypeVar("Value")
Made = TypeVar("Made")

_TAKEN_FOR_ANOTHER: Final = frozenset({bool, int, float})
"""Kinds of values that may be equal although they say different things: 1, 1.0 and True."""


class SameValue(MutableSequence[Value]):
    """One value in every row; a list of its own as soon as a row is given another.

    Parameters
    ----------
    value : object
    size : int
        Number of rows.
    """

    __slots__ = ("_column", "_size", "value")

    def __init__(self, value: Value, size: int) -> None:
        self.value = value
        self._size = size
        self._column: list[Value] | None = None

    @property
    def is_one(self) -> bool:
        """Whether every row still says the same."""
        return self._column is None

    def _own(self) -> list[Value]:
        if self._column is None:
            self._column = [self.value] * self._size
        return self._column

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> list[Value]: ...

    def __getitem__(self, at: int | slice) -> Value | list[Value]:
        if self._column is not None:
            return self._column[at]
        if isinstance(at, slice):
            return [self.value] * len(range(self._size)[at])
        if -self._size <= at < self._size:
            return self.value
        raise IndexError(at)

    # the type checker knows no way to say that a slice takes values and a position takes one
    def __setitem__(self, at, value) -> None:  # type: ignore[no-untyped-def]
        self._own()[at] = value

    def __delitem__(self, at: int | slice) -> None:
        del self._own()[at]

    def insert(self, index: int, value: Value) -> None:
        """Add a row."""
        self._own().insert(index, value)

    def __len__(self) -> int:
        return self._size if self._column is None else len(self._column)

    def __iter__(self) -> Iterator[Value]:
        return repeat(self.value, self._size) if self._column is None else iter(self._column)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))


def compact(column: MutableSequence[Value]) -> MutableSequence[Value]:
    """Return a column as one value where all its rows hold the same, else as it is."""
    if isinstance(column, SameValue) or not column:
        return column
    first = column[0]
    if first != column[-1] or first != column[len(column) // 2] or type(first) in _TAKEN_FOR_ANOTHER:
        return column
    return SameValue(first, len(column)) if column.count(first) == len(column) else column


def each(column: Sequence[Value], make: Callable[[Value], Made]) -> MutableSequence[Made]:
    """Return what is made of every value of a column, made once where all its rows hold the same."""
    if isinstance(column, SameValue) and column.is_one:
        return SameValue(make(column.value), len(column))
    return compact([make(value) for value in column])
