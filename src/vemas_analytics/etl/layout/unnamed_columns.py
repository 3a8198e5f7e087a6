"""Columns that bear no heading of their own: names on the left of a statistic, further values of a group."""

from collections.abc import Sequence
from typing import Final

from vemas_analytics.etl.layout.body_sample import Row, cells_below, is_measured
from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.etl.layout.headers import Heading

_MOST_UNNAMED: Final = 4
_MOST_OF: Final = 0.8
_LEAST_GROUPS: Final = 2
_LEAST_ROWS: Final = 3


def columns_of_names(columns: Sequence[int], measured: frozenset[int], body: Sequence[Row]) -> list[Heading]:
    """Return the columns left of all headings that name the rows of a statistical table and bear no name themselves.

    Parameters
    ----------
    columns : sequence of int
        Columns with a heading.
    measured : frozenset of int
        Those of them that hold numbers or days.
    body : sequence of rows
        The first rows below the header. A single heading is told from a line above a list by the number right below.
    """
    if not body or len(measured) < (1 if len(columns) == 1 else max(2, len(columns) / 2)):
        return []
    if len(columns) == 1 and not _begins_with_number(body, columns[0]):
        return []
    first = min(columns)
    share = {column: len(cells_below(body, column)) / len(body) for column in range(max(map(len, body), default=0))}
    left = [column for column in range(first) if share[column] > 0]
    right = [column for column, part in share.items() if column >= first and part >= 1 / 2]
    if not left or len(left) > _MOST_UNNAMED or sum(column in columns for column in right) < _MOST_OF * len(right):
        return []
    return [Heading(column, "") for column in left]


def _begins_with_number(body: Sequence[Row], column: int) -> bool:
    value = body[0][column] if column < len(body[0]) else None
    return kind_of(value) in {"number", "symbol"} and len(body) >= _LEAST_ROWS


def columns_of_groups(headings: Sequence[Heading], body: Sequence[Row]) -> list[Heading]:
    """Return the columns that share the heading left of them: two or more groups of equally many columns of numbers.

    Exports of merged cells name a group in its first column only, and nothing below it.
    """
    wide = max(map(len, body), default=0)
    starts = [heading.index for heading in headings]
    found: list[Heading] = []
    sizes: set[int] = set()
    for heading, end in zip(headings, [*starts[1:], wide], strict=True):
        blank = [column for column in range(heading.index + 1, end) if cells_below(body, column)]
        if not blank:
            continue
        if not is_measured(body, heading.index) or not all(is_measured(body, column) for column in blank):
            return []
        sizes.add(len(blank))
        found += [Heading(column, heading.text, heading.parts) for column in blank]
    return found if len(sizes) == 1 and len(found) >= _LEAST_GROUPS * sizes.pop() else []
