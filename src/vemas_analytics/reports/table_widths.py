"""How wide the columns of a printed table are, and where a long name may break."""

import re
from collections.abc import Sequence

from vemas_analytics.model.document import TableBlock
from vemas_analytics.reference.fonts import text_width_pt

MM_PER_POINT = 25.4 / 72
PADDING_MM = 3.0
"""Left and right of a cell's text together, with a little to spare."""

_TEXT_LIMIT_MM = 16.0
_HEADER_LIMIT_MM = 17.0
_SEPARATORS = re.compile(r"(?<=[_/.\-\\@])(?=\w)")
_ZERO_WIDTH_SPACE = "\u200b"


def longest_word_mm(text: str, size: float, weight: int = 400) -> float:
    """Return the width in millimetres of the widest word of a text."""
    words = re.split(r"[ \n\u200b]+", text)
    return max(text_width_pt(word, size, weight) for word in words) * MM_PER_POINT


def _least_widths(table: TableBlock, size: float) -> list[float]:
    """Numbers and dates must stand in one line; words may be hyphenated, so a part of them is enough."""
    least = []
    for index, column in enumerate(table.columns):
        need = min(longest_word_mm(column.header, size, 600), _HEADER_LIMIT_MM)
        for number, row in enumerate(table.rows):
            cell = row[index]
            weight = 600 if cell.emphasis or number in table.total_rows else 400
            if cell.kind == "text":
                need = max(need, min(longest_word_mm(cell.text, size, weight), _TEXT_LIMIT_MM))
            elif cell.kind == "interval":
                need = max(need, longest_word_mm(cell.text, size, weight))
            else:
                need = max(need, text_width_pt(cell.text, size, weight) * MM_PER_POINT)
        least.append(need + PADDING_MM)
    return least


def column_widths(table: TableBlock, total_mm: float, size: float) -> tuple[float, ...] | None:
    """Return the widths in millimetres: by weight, but none too narrow for its numbers; None when they cannot fit.

    Parameters
    ----------
    table : TableBlock
    total_mm : float
        Width of the text area.
    size : float
        Font size in points.
    """
    least = _least_widths(table, size)
    if sum(least) > total_mm:
        return None
    weights = [max(column.width, 0.01) for column in table.columns]
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(weights)) if index not in fixed]
        share = (total_mm - sum(least[index] for index in fixed)) / sum(weights[index] for index in free)
        tight = {index for index in free if weights[index] * share < least[index]}
        if not tight or len(tight) == len(free):
            break
        fixed |= tight
    return tuple(
        least[index] if index in fixed else max(weights[index] * share, least[index]) for index in range(len(weights))
    )


def fit_table(table: TableBlock, total_mm: float, sizes: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """Return font size and column widths: the first of ``sizes`` at which every number stands in one line.

    When none does, the last size is used and the columns share the room by weight.
    """
    for size in sizes:
        widths = column_widths(table, total_mm, size)
        if widths is not None:
            return size, widths
    least = _least_widths(table, sizes[-1])
    return sizes[-1], tuple(width * total_mm / sum(least) for width in least)


def breakable(text: str, width_mm: float, size: float) -> str:
    """Return ``text`` with break opportunities in words too long for their column: file names, hashes.

    Words of letters only are left to hyphenation.
    """
    room = width_mm - PADDING_MM
    return " ".join(_with_breaks(word, room, size) for word in text.split(" "))


def _fits(word: str, room: float, size: float) -> bool:
    return text_width_pt(word, size) * MM_PER_POINT <= room


def _with_breaks(word: str, room: float, size: float) -> str:
    if _fits(word, room, size):
        return word
    parts = _SEPARATORS.split(word)
    return _ZERO_WIDTH_SPACE.join(
        part
        if _fits(part, room, size) or part.strip("_/.-\\@").isalpha()
        else _ZERO_WIDTH_SPACE.join(re.findall(r".{1,8}", part))
        for part in parts
    )
