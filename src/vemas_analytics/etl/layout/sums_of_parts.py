"""Sums inside a statistical table that no word announces: a district below its quarters, a Land above its districts."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from vemas_analytics.etl.layout.numbers_in_rows import Row, are_years, number_in

Numbers: TypeAlias = Sequence[float]
Line: TypeAlias = tuple[int, Sequence[float | None]]

_LEAST_SUMMANDS: Final = 2
_LEAST_COLUMNS: Final = 2
_LEAST_SHARE: Final = 0.4
_KEY_COLUMNS: Final = 4
_MOST_ROWS: Final = 50_000
_GRAIN: Final = 1000
_TOLERANCE: Final = 0.006
_MOST_WALKS: Final = 3
_MOST_STARTS: Final = 64
"""Places looked at where running totals come to the same again and again, as they do over zeros and corrections."""

_MOST_CODES, _MOST_CODED, _LEAST_FOUND = 3, 0.8, 3
_SURE_ALL, _SURE_SOME = 5.0, 7.0
"""Digits that must agree, over all columns, before equality is no chance: where a row sums up all rows since the last
sum, and where only some of them."""


def sums_of_parts(rows: Mapping[int, Row], measured: Set[int], closing: Set[int]) -> set[int]:
    """Return the rows whose numbers are the sums of two or more rows right above or right below them.

    Parameters
    ----------
    rows : mapping of int to row
        The rows of a table in order that carry data, sums known by their words among them.
    measured : set of int
        Columns of numbers.
    closing : set of int
        Rows known to be sums.

    Notes
    -----
    A sum stands for its summands in what comes after it, so that sums of sums are found too. Equality in two
    columns out of five, not in shares and years, must leave no room for chance.
    """
    if not _LEAST_SUMMANDS < len(rows) <= _MOST_ROWS:
        return set()
    order = sorted(rows)
    columns = {column: [number_in(rows[index], column) for index in order] for column in sorted(measured)}
    kept = [found for found in columns.values() if not are_years(found) and any(value is not None for value in found)]
    if len(kept) < _LEAST_COLUMNS:
        return set()
    lines: list[Line] = list(zip(order, zip(*kept, strict=True), strict=True))
    found: set[int] = set()
    for _ in range(_MOST_WALKS):
        before = len(found)
        for _ in ("down", "up"):
            sums, lines = _walk(lines, closing)
            found |= sums
            lines.reverse()
        if len(found) == before:
            break
    return found | _without_code(rows, found, closing)


def _walk(lines: Sequence[Line], closing: Set[int]) -> tuple[set[int], list[Line]]:
    """Return the sums met on a walk through the rows, each behind its summands, and the rows no sum has taken in."""
    found: set[int] = set()
    left: list[Line] = []
    level: _Open | None = None
    for index, values in lines:
        level = level or _Open(len(values))
        start = level.start_of_summands(values)
        if start is not None:
            level.close(start)
            del left[start:]
            if index not in closing:
                found.add(index)
        level.add(values, is_sum=start is not None or index in closing)
        left.append((index, values))
    return found, left


def _without_code(rows: Mapping[int, Row], found: Set[int], closing: Set[int]) -> set[int]:
    """Return the rows below coded ones that bear no code, where no sum does and all but a few other rows do.

    Published figures need not add up: the rows of a city in which three of four parts are sums by their numbers leave
    no doubt what the fourth is.
    """
    others = [index for index in rows if index not in closing]
    for column in range(_MOST_CODES):
        coded = {index for index in others if _is_code(rows[index], column)}
        if len(found) >= _LEAST_FOUND and not coded & found and len(coded) >= _MOST_CODED * (len(others) - len(found)):
            return {index for index in others if index not in coded and index - 1 in coded}
    return set()


def _is_code(row: Row, column: int) -> bool:
    value = row[column] if column < len(row) else None
    return value is not None and str(value).strip()[:1].isdigit()


@dataclass(slots=True)
class _Open:
    """The rows that no sum has taken in yet.

    Running totals and of how many numbers they are, where each was reached, where groups of rows begin.
    """

    width: int
    totals: list[Numbers] = field(default_factory=list)
    filled: list[Sequence[int]] = field(default_factory=list)
    reached: list[defaultdict[int, list[int]]] = field(default_factory=list)
    beginnings: list[int] = field(default_factory=lambda: [0])

    def __post_init__(self) -> None:
        self.totals.append((0.0,) * self.width)
        self.filled.append((0,) * self.width)
        self.reached += [defaultdict(list) for _ in range(min(self.width, _KEY_COLUMNS))]
        for place in self.reached:
            place[0].append(0)

    def add(self, values: Sequence[float | None], *, is_sum: bool) -> None:
        """Put a row on top; behind a sum a new group of rows begins."""
        total = tuple(before + (value or 0.0) for before, value in zip(self.totals[-1], values, strict=True))
        self.totals.append(total)
        self.filled.append(tuple(before + bool(value) for before, value in zip(self.filled[-1], values, strict=True)))
        for column, place in enumerate(self.reached):
            place[round(total[column] * _GRAIN)].append(len(self.totals) - 1)
        if is_sum:
            self.beginnings.append(len(self.totals) - 1)

    def close(self, start: int) -> None:
        """Take away the rows from ``start`` on."""
        while len(self.totals) > start + 1:
            total = self.totals.pop()
            self.filled.pop()
            for column, place in enumerate(self.reached):
                place[round(total[column] * _GRAIN)].pop()
        while self.beginnings[-1] > start:
            self.beginnings.pop()

    def start_of_summands(self, values: Sequence[float | None]) -> int | None:
        """Return where the rows begin whose sum a row is, or None; the longest run wins."""
        top, last = self.totals[-1], len(self.totals) - 1
        starts: set[int] = set()
        for column, place in enumerate(self.reached):
            value = values[column]
            if value:
                starts.update(place.get(round((top[column] - value) * _GRAIN), ())[-_MOST_STARTS:])
        fitting = (at for at in sorted(starts) if last - at >= _LEAST_SUMMANDS and self._agrees(values, at))
        return next(fitting, None)

    def _agrees(self, values: Sequence[float | None], start: int) -> bool:
        agreeing, digits, comparable = 0, 0.0, 0
        added = False  # a row that stands there again is no sum of itself and of a row of nothing
        columns = zip(values, self.totals[-1], self.totals[start], self.filled[-1], self.filled[start], strict=True)
        for value, total, before, numbers, earlier in columns:
            if value is None or (value == 0 and total == before):
                continue
            comparable += 1
            if abs(total - before - value) <= _TOLERANCE:
                agreeing += 1
                added = added or numbers - earlier >= _LEAST_SUMMANDS
                digits += math.log10(max(1.0, abs(value)))
        sure = _SURE_ALL if start in self.beginnings else _SURE_SOME
        return added and agreeing >= max(_LEAST_COLUMNS, _LEAST_SHARE * comparable) and digits >= sure
