"""The rows that a sum or count in a list may stand for."""

from collections.abc import Sequence, Set
from typing import overload


class Spans(Sequence[Sequence[int]]):
    """The rows a total may stand for, the likeliest first: those since the last total, then all above it.

    A span is made when it is asked for; most totals agree with the first.

    Parameters
    ----------
    records : sequence of int
        Spreadsheet rows of the list's records.
    block : tuple of int
        Where the rows since the last total begin, and where they and all others above end.
    left_out : sequence of set of int
        Rows that both spans are tried without, one after the other.
    """

    def __init__(self, records: Sequence[int], block: tuple[int, int], left_out: Sequence[Set[int]]) -> None:
        self._records, self._block, self._left_out = records, block, left_out

    def __len__(self) -> int:
        return 2 * len(self._left_out)

    @overload
    def __getitem__(self, at: int) -> Sequence[int]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[int]]: ...

    def __getitem__(self, at: int | slice) -> Sequence[int] | Sequence[Sequence[int]]:
        if isinstance(at, slice):
            return [self[position] for position in range(len(self))[at]]
        which, all_above = divmod(range(len(self))[at], 2)
        start, end = (0 if all_above else self._block[0]), self._block[1]
        out = self._left_out[which]
        rows = self._records[start:end]
        return [number for number in rows if number not in out] if out else rows
