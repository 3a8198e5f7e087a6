"""Where a list begins: header rows found by what they say and by what stands below them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from vemas_analytics.etl.cell_kinds import kind_of
from vemas_analytics.etl.facts import states_facts
from vemas_analytics.etl.headers import Heading
from vemas_analytics.etl.heading_words import is_known
from vemas_analytics.model.sheets import CellValue, RawSheet
from vemas_analytics.reference.columns import read_layout_words

Row: TypeAlias = tuple[CellValue, ...]
Strength: TypeAlias = Literal["named", "shaped", "plain"]

_MOST_HEADER_ROWS = 5
_SAMPLED_ROWS = 20
_WIDTH_SHARE = 0.6
_LOOK_AHEAD = 25
_ROWS_OF_DATA = 4
_SIZE_CLASS = re.compile(
    r"(?:\d[\d .]*)\s?(?:-|–|bis(?: unter)?|to|до)\s?\d[\d .]*(?:\s?\w+)?|(?:19|20)\d\d\D+(?:19|20)\d\d"
)
_DATA_KINDS = frozenset({"number", "date", "year", "symbol"})


@dataclass(frozen=True, slots=True)
class Header:
    """A header found in a sheet.

    Parameters
    ----------
    first, last : int
        Indices into the sheet's rows, both inclusive.
    headings : tuple of Heading
        One for each named column.
    known : int
        How many headings some table knows.
    measured : frozenset of int
        Columns that hold numbers or days below a text.
    strength : {"named", "shaped", "plain"}
        Recognised by its words, by numbers below texts, or only as the first full row of texts.
    """

    first: int
    last: int
    headings: tuple[Heading, ...]
    known: int
    measured: frozenset[int]
    strength: Strength


def header_at(sheet: RawSheet, start: int) -> Header | None:
    """Return the header whose first row is ``start``, or None when that row begins none."""
    rows = sheet.rows
    if not may_be_label_row(rows[start]) or states_facts(rows[start]):
        return None
    last = _last_header_row(sheet, start)
    body = _sample(rows, last + 1)
    if not all(_heads_numbers(row, body) for row in rows[start : last + 1]):
        return None
    headings = _headings(sheet, start, last)
    columns = [heading.index for heading in headings]
    width = _typical_width(body)
    if not headings or len(columns) < _WIDTH_SHARE * width:
        return None
    known = sum(any(is_known(text) for text in (heading.text, *heading.parts)) for heading in headings)
    measured = frozenset(index for index in columns if _is_measured(body, index))
    strength = _strength(headings, known, measured, width, body)
    return Header(start, last, headings, known, measured, strength) if strength else None


def first_header(sheet: RawSheet, start: int, stop: int | None = None) -> Header | None:
    """Return the first header at or below ``start``; a row recognised by its words wins over mere form above it."""
    fallback: Header | None = None
    looked = 0
    passed: list[int] = []
    for index in range(start, len(sheet.rows) if stop is None else stop):
        if _filled(sheet.rows[index]) == 0:
            continue
        looked += 1
        header = header_at(sheet, index)
        if header is None:
            passed.append(_filled(sheet.rows[index]))
        elif header.strength != "named" and sum(n >= len(header.headings) >= 2 for n in passed) >= _ROWS_OF_DATA:
            break  # rows as wide as this one came before it: a list without header
        if header is not None and header.strength == "named":
            wider = fallback is not None and len(fallback.headings) > 0.8 * len(header.headings)
            return fallback if wider and fallback is not None and fallback.strength == "shaped" else header
        if header is not None and (fallback is None or _outdoes(header, fallback)):
            fallback = header
        if fallback is not None and (index > fallback.last + _LOOK_AHEAD or looked > 60):
            break
        if looked > 400:
            break
    return fallback


def _outdoes(header: Header, earlier: Header) -> bool:
    """Tell whether a header of numbers below texts replaces an earlier, narrower row of mere texts."""
    return (
        earlier.strength == "plain"
        and header.strength == "shaped"
        and len(header.headings) > 1.5 * len(earlier.headings)
    )


def measured_columns(sheet: RawSheet, start: int, columns: Iterable[int]) -> frozenset[int]:
    """Return those columns that hold numbers or days in the rows from ``start`` on."""
    body = _sample(sheet.rows, start)
    return frozenset(column for column in columns if _is_measured(body, column))


def _filled(row: Row) -> int:
    return len(row) - row.count(None)


@lru_cache(maxsize=20_000)
def _known_or_unit(text: str) -> bool:
    return is_known(text) or _names_unit(text)


def is_label(value: CellValue) -> bool:
    """Tell whether a cell may stand in a header: a text that is no number, day or line label, or a year."""
    kind = kind_of(value)
    return kind in {"label", "year"} or (isinstance(value, str) and kind != "colon" and _known_or_unit(value))


def may_be_label_row(row: Row) -> bool:
    """Tell whether a row may belong to a header, by its own cells alone."""
    cells = [value for value in row if value is not None]
    if not cells:
        return False
    labels = sum(is_label(value) for value in cells)
    classes = sum(not is_label(value) and _is_class(value) for value in cells)
    if labels + classes == len(cells):
        return (any(isinstance(value, str) for value in cells) or len(cells) >= 2) and not _is_counting(row)
    known = sum(isinstance(value, str) and is_known(value) for value in cells)
    return known >= 3 and known >= 0.6 * len(cells)


def _is_class(value: CellValue) -> bool:
    """Tell whether a cell may head a column as a class of size or a day: ``5 - 10``, ``31.12.2012``."""
    return kind_of(value) == "date" or (isinstance(value, str) and bool(_SIZE_CLASS.fullmatch(value.strip())))


def _heads_numbers(row: Row, body: Sequence[Row]) -> bool:
    """Tell whether the days in a row, and the years where it holds nothing else, stand above plain numbers.

    A record holds a day as its neighbours do; a header row holds days above what was counted on them.
    """
    kinds = {column: kind_of(value) for column, value in enumerate(row) if value is not None}
    only_years = all(kind in {"year", "date"} for kind in kinds.values()) and not _is_counting(row)
    for column, kind in kinds.items():
        if kind == "date" or (only_years and kind == "year"):
            below = [kind_of(r[column]) for r in body if column < len(r) and r[column] is not None]
            if not below or sum(k in {"number", "symbol"} for k in below) < _WIDTH_SHARE * len(below):
                return False
    return True


def _is_counting(row: Row) -> bool:
    """Tell whether a row numbers the columns: 1, 2, 3 and so on, as statistical tables do below their header."""
    numbers = [str(value).strip().strip("()") for value in row if value is not None]
    return len(numbers) >= 3 and numbers in (
        [str(n) for n in range(1, len(numbers) + 1)],
        [str(n) for n in range(len(numbers))],
    )


def _is_unit_row(row: Row) -> bool:
    units = read_layout_words().units
    cells = [value for value in row if value is not None]
    return bool(cells) and all(isinstance(v, str) and v.strip().strip("()[]").casefold() in units for v in cells)


def _last_header_row(sheet: RawSheet, start: int) -> int:
    last = start
    while last - start + 1 < _MOST_HEADER_ROWS and last + 1 < len(sheet.rows):
        below = sheet.rows[last + 1]
        if _filled(below) == 0:
            after = sheet.rows[last + 2] if last + 2 < len(sheet.rows) else ()
            if not (_is_unit_row(after) or _is_counting(after)):
                break
            last += 1
            continue
        counting = _is_counting(below) and abs(_filled(below) - len(_columns(sheet.rows, start, last))) <= 1
        if not (counting or _is_unit_row(below) or _continues_header(sheet, start, last)):
            break
        last += 1
        if counting:
            break
    return last


def _columns(rows: Sequence[Row], first: int, last: int) -> set[int]:
    return {column for row in rows[first : last + 1] for column, value in enumerate(row) if value is not None}


def _continues_header(sheet: RawSheet, start: int, last: int) -> bool:
    """Tell whether the next row holds the sub-headings of groups named in the rows so far.

    Groups leave gaps to the right of their name that the row below fills, and it fills the place below each such
    name too. Columns that need no sub-heading stay empty below, or else the upper row starts further right.
    """
    rows = sheet.rows
    above, below = _columns(rows, start, last), rows[last + 1]
    if not may_be_label_row(below):
        return False
    under = {column for column, value in enumerate(below) if value is not None}
    new = under - above
    if not new or not above:
        return _merged_over(sheet, last, under & above) or _completes_words(sheet, last, above, under)
    for column in new:
        left = [other for other in above if other < column]
        if left and max(left) not in under and _merged_span(sheet, last, max(left)) is None:
            return False
    leads = min(above) > min(under) and len(under) > len(above)
    if leads and len(above) == 1:
        leads = _known_or_unit(str(rows[last][next(iter(above))]))
    if not (above - under or leads):
        return False
    body = _sample(rows, last + 2)
    measured = sum(_is_measured(body, column) for column in under)
    named = sum(isinstance(below[column], str) and _known_or_unit(str(below[column])) for column in under)
    return measured >= 1 or named * 2 >= len(under)


def _merged_span(sheet: RawSheet, row: int, column: int) -> int | None:
    """Return the last column of the merged area that starts in a cell and is wider than it, or None."""
    for top, left, _, right in sheet.merged:
        if top == row and left == column and right > left:
            return right
    return None


def _merged_over(sheet: RawSheet, row: int, columns: set[int]) -> bool:
    """Tell whether single cells stand below names that reach down to them by merging."""
    return (
        False
        if not columns
        else any(
            top <= row < bottom and left <= column <= right
            for top, left, bottom, right in sheet.merged
            for column in columns
        )
        and may_be_label_row(sheet.rows[row + 1])
    )


def _completes_words(sheet: RawSheet, last: int, above: set[int], under: set[int]) -> bool:
    """Tell whether a row below a full row of headings goes on with them: units, second halves, a translation.

    A first record as sparse as that would hold a number or a day where the other records hold one.
    """
    row, upper = sheet.rows[last + 1], sheet.rows[last]
    body = _sample(sheet.rows, last + 2)
    texts = {column: str(row[column]) for column in under if isinstance(row[column], str)}
    if len(texts) < len(under) or not body or not under <= above:
        return False
    known = sum(
        _known_or_unit(text) or (isinstance(upper[column], str) and is_known(f"{upper[column]} {text}"))
        for column, text in texts.items()
    )
    units = all(_names_unit(text) for text in texts.values())
    halves = len(under) >= 2 and known >= 0.6 * len(under)
    return (units or halves) and any(_is_measured(body, column) for column in under)


def _names_unit(text: str) -> bool:
    return text.strip().strip("()[]").casefold() in read_layout_words().units


def _sample(rows: Sequence[Row], start: int) -> list[Row]:
    """Return the first rows below a header that are not empty, as far as the first long gap."""
    found: list[Row] = []
    gap = 0
    for row in rows[start : start + 3 * _SAMPLED_ROWS]:
        if _filled(row) == 0:
            gap += 1
            if gap > 2 and found:
                break
            continue
        gap = 0
        found.append(row)
        if len(found) == _SAMPLED_ROWS:
            break
    return found


def _typical_width(body: Sequence[Row]) -> int:
    widths = sorted(_filled(row) for row in body)
    return widths[int(0.6 * (len(widths) - 1))] if widths else 0


def _is_measured(body: Sequence[Row], column: int) -> bool:
    """Tell whether most cells of a column are numbers, days or signs for none, with at least one real number."""
    kinds = [kind_of(row[column]) for row in body if column < len(row) and row[column] is not None]
    real = sum(kind in {"number", "date", "year"} for kind in kinds)
    return bool(kinds) and real > 0 and sum(kind in _DATA_KINDS for kind in kinds) >= 0.6 * len(kinds)


def _strength(
    headings: Sequence[Heading], known: int, measured: frozenset[int], width: int, body: Sequence[Row]
) -> Strength | None:
    n = len(headings)
    if (known >= 2 and known >= 0.4 * n) and (n >= 3 or known == n):
        return "named" if body or known >= 3 else None
    if not body:
        return None
    texts = [heading.text.strip() for heading in headings]
    if n >= 2 and measured and len(measured) >= 0.2 * n:
        return "shaped"
    distinct = len(set(texts)) == n
    if n >= 2 and distinct and n >= 0.8 * width and max(map(len, texts)) <= 60:
        return "plain"
    return "plain" if n == 1 and known == 1 and len(body) >= 2 and width == 1 else None


def _headings(sheet: RawSheet, first: int, last: int) -> tuple[Heading, ...]:
    """Return the text over each column, the name of a group before that of its part."""
    rows = [row for row in sheet.rows[first : last + 1] if not _is_counting(row)]
    columns = sorted(_columns(sheet.rows, first, last))
    headings = []
    for column in columns:
        parts: list[str] = []
        for depth, row in enumerate(rows):
            text = _text(row[column]) if column < len(row) else ""
            if not text and depth < len(rows) - 1:
                text = _group_name(sheet, first + depth, column, rows[depth + 1 :])
            if text and text not in parts:
                parts.append(text)
        if parts:
            headings.append(Heading(column, " ".join(parts), tuple(reversed(parts)) if len(parts) > 1 else ()))
    return tuple(headings)


def _group_name(sheet: RawSheet, row: int, column: int, below: Sequence[Row]) -> str:
    """Return the group's name that reaches over a column from the left, when a part of it stands below."""
    if not any(column < len(other) and other[column] is not None for other in below):
        return ""
    cells = sheet.rows[row]
    for left in range(min(column, len(cells)) - 1, -1, -1):
        if cells[left] is None:
            continue
        span = _merged_span(sheet, row, left)
        parted = any(left < len(other) and other[left] is not None for other in below)
        return _text(cells[left]) if (span is not None and column <= span) or (span is None and parted) else ""
    return ""


def _text(value: CellValue) -> str:
    return "" if value is None else str(value).strip() if isinstance(value, str) else str(value)
