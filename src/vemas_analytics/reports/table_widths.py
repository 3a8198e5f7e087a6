"""How wide the columns of a printed table are, and where a long name may break."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vemas_analytics.model.document import TableBlock
from vemas_analytics.reference.fonts import text_width_pt

MM_PER_POINT = 25.4 / 72
PADDING_MM = 3.0
"""Left and right of a cell's text together, with a little to spare."""

_TEXT_LIMIT_MM = 28.0
_HEADER_LIMITS_MM = (21.0, 17.0, 10.0)
_EASE = 0.5
_LONGEST_WORD = 40
_SEPARATORS = re.compile(r"(?<=[_/.\-\\@])(?=\w)")
_ZERO_WIDTH_SPACE = "\u200b"


def longest_word_mm(text: str, size: float, weight: int = 400) -> float:
    """Return the width in millimetres of the widest word of a text."""
    words = re.split(r"[ \n\u200b]+", text)
    return max(text_width_pt(word, size, weight) for word in words) * MM_PER_POINT


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column needs in millimetres: at the least, for its longest cell in one line, and on average."""

    least: float
    whole: float
    mean: float


def _own_group(table: TableBlock, index: int) -> str:
    """Return the common head above a column that has it to itself; empty where others share it."""
    groups = [column.group for column in table.columns]
    beside = (groups[index - 1] if index else "", groups[index + 1] if index + 1 < len(groups) else "")
    return "" if groups[index] in beside else groups[index]


def _needs(table: TableBlock, size: float, header_mm: float) -> list[_Need]:
    """Numbers and dates must stand in one line; words may be hyphenated, so a part of them is enough."""
    needs = []
    for index, column in enumerate(table.columns):
        header = max(longest_word_mm(head, size, 600) for head in (column.header, _own_group(table, index)))
        least, lengths = min(header, header_mm), [header]
        for number, row in enumerate(table.rows):
            cell = row[index]
            weight = 600 if cell.emphasis or number in table.total_rows else 400
            length = text_width_pt(cell.text, size, weight) * MM_PER_POINT
            lengths.append(length)
            if cell.kind == "text":
                least = max(least, min(longest_word_mm(cell.text, size, weight), _TEXT_LIMIT_MM))
            else:
                least = max(least, length)
        needs.append(
            _Need(least + PADDING_MM, max(lengths) + PADDING_MM, max(least, sum(lengths) / len(lengths)) + PADDING_MM)
        )
    return needs


def _share(total: float, weights: Sequence[float], least: Sequence[float]) -> tuple[float, ...]:
    """Share ``total`` by weight, none below its least; the least together must not exceed the total."""
    fixed: set[int] = set()
    while True:
        free = [index for index in range(len(weights)) if index not in fixed]
        unit = (total - sum(least[index] for index in fixed)) / sum(weights[index] for index in free)
        tight = {index for index in free if weights[index] * unit < least[index]}
        if not tight or len(tight) == len(free):
            break
        fixed |= tight
    return tuple(
        least[index] if index in fixed else max(weights[index] * unit, least[index]) for index in range(len(weights))
    )


def column_widths(
    table: TableBlock, total_mm: float, size: float, *, header_mm: float = _HEADER_LIMITS_MM[0], ease: float = 0.0
) -> tuple[float, ...] | None:
    """Return the widths of the columns in millimetres; None when the numbers cannot all stand in one line.

    Where every cell has room in one line the columns share the width by their weights. Where not, those with
    longer texts get more, so that a table has as few lines as it can.

    Parameters
    ----------
    table : TableBlock
    total_mm : float
        Width of the text area.
    size : float
        Font size in points.
    header_mm : float
        A word of a head longer than this is hyphenated.
    ease : float
        Share (0 to 1) of the room wanted by long texts that there must be.
    """
    needs = _needs(table, size, header_mm)
    least = [need.least for need in needs]
    whole = [need.whole for need in needs]
    if sum(whole) <= total_mm:
        return _share(total_mm, [max(column.width, 0.01) for column in table.columns], whole)
    wanted = [max(need.mean * 1.25 - need.least, 0.0) if need.whole > need.least else 0.0 for need in needs]
    if sum(least) + ease * sum(wanted) > total_mm:
        return None
    room = total_mm - sum(least)
    if sum(wanted) <= 0.0:
        wanted = [max(need.whole - need.least, 0.0) for need in needs]
    shares = [room * want / sum(wanted) for want in wanted]
    return tuple(base + share for base, share in zip(least, shares, strict=True))


def fit_table(table: TableBlock, total_mm: float, sizes: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """Return font size and column widths for a table.

    The first of ``sizes`` at which every number stands in one line and long texts have half the room they want;
    heads are hyphenated before the table is set smaller. Then the first at which the numbers alone fit. When
    nothing fits, the last size is used and the columns share the room by need.
    """
    for ease, limits in ((_EASE, _HEADER_LIMITS_MM), (0.0, _HEADER_LIMITS_MM[::-1])):
        for size in sizes:
            for header_mm in limits:
                widths = column_widths(table, total_mm, size, header_mm=header_mm, ease=ease)
                if widths is not None:
                    return size, widths
    least = [need.least for need in _needs(table, sizes[-1], _HEADER_LIMITS_MM[-1])]
    return sizes[-1], tuple(width * total_mm / sum(least) for width in least)


def breakable(text: str, width_mm: float, size: float) -> str:
    """Return ``text`` with break opportunities in words too long for their column: file names, hashes.

    Words of a language are left to hyphenation.
    """
    room = width_mm - PADDING_MM
    return " ".join(_with_breaks(word, room, size) for word in text.split(" "))


def _fits(word: str, room: float, size: float) -> bool:
    return text_width_pt(word, size) * MM_PER_POINT <= room


def _with_breaks(word: str, room: float, size: float) -> str:
    is_name = len(word) > _LONGEST_WORD or any(c.isdigit() or c in "_/\\@" for c in word) or "." in word[:-1]
    if not is_name or _fits(word, room, size):
        return word
    return _ZERO_WIDTH_SPACE.join(
        part if _fits(part, room, size) else _ZERO_WIDTH_SPACE.join(re.findall(r".{1,8}", part))
        for part in _SEPARATORS.split(word)
    )
