"""Where a list begins: header rows found by what they say and by what stands below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from vemas_analytics.etl.layout.body_sample import (
    Row,
    cells_below,
    filled,
    is_measured,
    sample,
    sample_of_data,
    typical_width,
)
from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.etl.layout.facts import states_facts
from vemas_analytics.etl.layout.header_extent import columns_of, last_header_row, merged_span
from vemas_analytics.etl.layout.headers import Heading
from vemas_analytics.etl.layout.heading_words import is_known
from vemas_analytics.etl.layout.label_rows import heads_numbers, is_counting, may_be_label_row, stands_over
from vemas_analytics.etl.layout.unnamed_columns import columns_of_groups, columns_of_names
from vemas_analytics.model.sheets import CellValue, RawSheet

Strength: TypeAlias = Literal["named", "shaped", "plain"]

_WIDTH_SHARE = 0.6
_LOOK_AHEAD = 25
_ROWS_OF_DATA = 4
_FORM_COLUMNS = 2
_COUNTED = re.compile(r"(\D*)(\d{1,3})(\D?)")


@dataclass(frozen=True, slots=True)
class Header:
    """A header found in a sheet.

    Parameters
    ----------
    first, last : int
        Indices into the sheet's rows, both inclusive.
    headings : tuple of Heading
        One for each column; the text is empty over the columns of names that a statistical table leaves unnamed.
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
    if states_facts(rows[start]):
        return None
    if not may_be_label_row(rows[start]) and not stands_over(rows[start], sample_of_data(rows, start + 1)):
        return None
    last = last_header_row(sheet, start)
    body = sample(rows, last + 1)
    if not all(heads_numbers(row, body) for row in rows[start : last + 1]):
        return None
    headings = _headings(sheet, start, last)
    headings = tuple(sorted((*headings, *columns_of_groups(headings, body)), key=lambda heading: heading.index))
    columns = [heading.index for heading in headings]
    width = typical_width(body)
    measured = frozenset(index for index in columns if is_measured(body, index))
    unnamed = columns_of_names(columns, measured, body)
    if not headings or len(columns) + len(unnamed) < _WIDTH_SHARE * width:
        return None
    known = sum(any(is_known(text) for text in (heading.text, *heading.parts)) for heading in headings)
    strength = _strength(headings, known, measured, width - len(unnamed), body)
    if strength is None and unnamed and measured:
        strength = "shaped"
    if strength is None or (strength != "named" and _is_form(rows, start, columns, body)):
        return None
    return Header(start, last, (*unnamed, *headings), known, measured, strength)


def first_header(sheet: RawSheet, start: int, stop: int | None = None) -> Header | None:
    """Return the first header at or below ``start``; a row recognised by its words wins over mere form above it."""
    fallback: Header | None = None
    looked = 0
    passed: list[int] = []
    for index in range(start, len(sheet.rows) if stop is None else stop):
        if filled(sheet.rows[index]) == 0:
            continue
        looked += 1
        header = header_at(sheet, index)
        if header is None:
            passed.append(filled(sheet.rows[index]))
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


def _is_form(rows: Sequence[Row], start: int, columns: Sequence[int], body: Sequence[Row]) -> bool:
    """Tell whether a row of two texts is a label with its value, as the rows above or below it are."""
    if len(columns) > _FORM_COLUMNS:
        return False
    index, highest = start - 1, max(0, start - _LOOK_AHEAD)
    while index >= highest and (above := [c for c, value in enumerate(rows[index]) if value is not None]):
        if above == list(columns) and not may_be_label_row(rows[index]):
            return True
        index -= 1
    if len(columns) < _FORM_COLUMNS:
        return False
    kinds = [kind_of(value) for value in cells_below(body, columns[-1])]
    texts = sum(kind in {"label", "long"} for kind in kinds) / len(kinds) if kinds else 0.0
    return 0.2 < texts < 0.8 and len({*kinds} & {"number", "date", "year"}) >= 1


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
        return None if _is_counted_on(headings[0], body) else "plain"
    single = width == 1 and all(filled(row) <= 1 for row in body)  # numbers beside the texts: a list of contents
    return "plain" if n == 1 and known == 1 and len(body) >= 2 and single else None


def _is_counted_on(heading: Heading, body: Sequence[Row]) -> bool:
    """Tell whether the rows below count on from a text (``Tab. 1``, ``Tab. 2``), so that it is the first of them."""
    counted = _COUNTED.fullmatch(heading.text.strip())
    below = [_text(value) for value in cells_below(body, heading.index)]
    return counted is not None and bool(below) and below[0] == f"{counted[1]}{int(counted[2]) + 1}{counted[3]}"


def _headings(sheet: RawSheet, first: int, last: int) -> tuple[Heading, ...]:
    """Return the text over each column, the name of a group before that of its part."""
    columns = sorted(columns_of(sheet.rows, first, last))
    head = sheet.rows[first : last + 1]
    rows = [row for row in head if not (is_counting(row) and row[columns[0]] is not None)]
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
        span = merged_span(sheet, row, left)
        parted = any(left < len(other) and other[left] is not None for other in below)
        return _text(cells[left]) if (span is not None and column <= span) or (span is None and parted) else ""
    return ""


def _text(value: CellValue) -> str:
    return "" if value is None else str(value).strip() if isinstance(value, str) else str(value)
