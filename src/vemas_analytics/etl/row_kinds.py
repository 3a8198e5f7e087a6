"""Rows below a header that are no records: sums, control totals and footnotes."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import TypeAlias, TypeGuard

from vemas_analytics.etl.cell_kinds import MONTH_NAME, find_day, is_amount, kind_of
from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import read_layout_words

Row: TypeAlias = tuple[CellValue, ...]

_DATE_FIELDS = frozenset({"received_on", "offered_on", "start_on", "period", "held_on", "date"})
_NAME_FIELDS = frozenset({"person_name", "last_name", "organisation"})
_DAY_LENGTH = 6
_LETTERS = re.compile(r"[^\W\d]{4}")
_NUMBER = re.compile(r"\d")
_MARK = re.compile(r"^\s*(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹]|\(?\d{1,2}\)(?!\d)|\*\)|[-=_–—]{3,}\s*$|[\w ]{1,25}\s=\s)")
_MONTH_TITLE = re.compile(rf"{MONTH_NAME}(?:\s(?:19|20)\d\d)?", re.IGNORECASE)
_WORDS_OF_A_SENTENCE = 5
LONG_TEXT = 40


@lru_cache(maxsize=1)
def _sum_start() -> re.Pattern[str]:
    words = sorted(read_layout_words().sums, key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _control_start() -> re.Pattern[str]:
    words = sorted(read_layout_words().controls, key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _footnote_start() -> re.Pattern[str]:
    words = sorted(read_layout_words().footnotes, key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _record_start() -> re.Pattern[str]:
    words = sorted(read_layout_words().records, key=len, reverse=True)
    return re.compile(
        rf"\W*(?:\+\s*\d|(?:und\s+)?\d+\s+(?:weitere|further)|(?:{'|'.join(map(re.escape, words))})(?!\w))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _sum_end() -> re.Pattern[str]:
    return re.compile(r".*\b(?:insgesamt|gesamt|zusammen|summe|total|итого|всего)\W*$", re.IGNORECASE | re.DOTALL)


def is_sum(cells: Sequence[CellValue]) -> bool:
    """Tell whether a row is a sum or a control total: a word that says so, and otherwise nothing but numbers.

    A row with a day in it or with another text is a record, whatever its first word (the firm "Total").
    """
    labels = [value for value in cells if isinstance(value, str) and (not is_amount(value) or _announces(value))]
    if not labels or len(labels) > 2:
        return False
    others = [value for value in cells if value is not None and value not in labels]
    if any(kind_of(value) == "date" for value in others):
        return False
    first = labels[0].strip()
    if len(labels) == 2 and not (_sum_start().match(first) and _may_stand_beside(labels[1])):
        return False
    numbers = any(kind_of(value) in {"number", "year"} for value in others)
    if _sum_start().match(first):
        return _is_short_sum(first, has_numbers=numbers)
    if _sum_end().match(first) and len(first) <= 60:
        return numbers
    return bool(_control_start().match(first)) and _counts(first, others)


def _announces(text: str) -> bool:
    """Tell whether a text begins a sum although it might also be a unit or a sign for none: ``Anzahl``, ``Σ``."""
    return bool(_sum_start().match(text) or _control_start().match(text))


def _may_stand_beside(text: str) -> bool:
    """Tell whether a second text fits a sum: what is summed up, in a word or two."""
    return len(text.split()) <= 3 and not find_day(text) and len(text) <= 30


def _is_short_sum(text: str, *, has_numbers: bool) -> bool:
    rest = _sum_start().sub("", text, count=1)
    if has_numbers:
        return len(text) <= 80
    return not rest.strip(" :.-–=") or (bool(_NUMBER.search(rest)) and len(rest) <= 40) or rest.strip().endswith(":")


def _counts(label: str, others: Sequence[CellValue]) -> bool:
    """Tell whether a count stands in the label itself (after a colon) or in one or two cells beside it."""
    head, colon, tail = label.partition(":")
    if colon and _NUMBER.search(tail):
        return len(tail) <= 30 and not others
    return (
        len(label) <= 60
        and 0 < len(others) <= 3
        and all(kind_of(value) == "number" for value in others)
        and (bool(colon) or len(others) == 1)
        and bool(head)
    )


def is_marked_footnote(cells: Sequence[CellValue], left: int = 0) -> bool:
    """Tell whether a row begins as footnotes do: with a mark or a word such as Quelle, and holds texts only."""
    filled = [value for value in cells if value is not None]
    if not filled or len(filled) > 3 or not isinstance(filled[0], str):
        return False
    if cells.index(filled[0]) > left + 2 or _record_start().match(filled[0]):
        return False
    first = filled[0].strip()
    if _MARK.match(first):
        return len(filled) == 1 or (len(filled) == 2 and len(first) <= 4 and isinstance(filled[1], str))
    if not _footnote_start().match(first):
        return False
    if len(filled) == 1 or (len(filled) == 2 and first.endswith(":")):
        return True
    return ":" in first and all(isinstance(value, str) and kind_of(value) != "date" for value in filled[1:])


def _is_closing_fact(cells: Row, left: int) -> bool:
    """Tell whether a row is a labelled remark with a day beside it, such as ``Stand:`` and a date."""
    filled = [value for value in cells if value is not None]
    labelled = len(filled) == 2 and isinstance(filled[0], str) and filled[0].rstrip().endswith(":")
    return labelled and is_marked_footnote(cells, left)


def is_loose_text(cells: Sequence[CellValue], left: int = 0) -> bool:
    """Tell whether a row is one text at the left of a list and nothing else, and names no further participants."""
    filled = [value for value in cells if value is not None]
    return (
        len(filled) == 1
        and isinstance(filled[0], str)
        and (kind_of(filled[0]) in {"label", "long", "colon"} or _LETTERS.search(filled[0]) is not None)
        and not _record_start().match(filled[0])
        and cells.index(filled[0]) <= left + 2
    )


def _is_section_title(cells: Row, left: int) -> bool:
    """Tell whether a row only announces the rows below it: ``Russische Teilnehmer:``, ``Januar 2013``, ``2013``."""
    filled = [value for value in cells if value is not None]
    if len(filled) != 1:
        return False
    value = filled[0]
    if kind_of(value) == "year" or (isinstance(value, str) and _MONTH_TITLE.fullmatch(value.strip())):
        return True
    if not isinstance(value, str) or not is_loose_text(cells, left):
        return False
    return kind_of(value) == "colon" or value.strip().casefold().startswith(read_layout_words().sections)


def is_sentence(cells: Sequence[CellValue]) -> bool:
    """Tell whether the only text of a row is as long as a sentence."""
    text = next((value for value in cells if isinstance(value, str)), "")
    return len(text) > LONG_TEXT and len(text.split()) >= _WORDS_OF_A_SENTENCE


def structural_rows(
    rows: Sequence[Row],
    body: tuple[int, int],
    repeats: frozenset[int],
    columns: Set[int],
    fields: Mapping[int, str],
) -> dict[int, SetAsideReason]:
    """Return which rows of a list are no records, and why.

    Parameters
    ----------
    rows : sequence of rows
        The whole sheet.
    body : tuple of int
        Indices ``[start, stop)`` of the list's rows.
    repeats : frozenset of int
        Rows already known to repeat the header.
    columns : set of int
        Columns that have a heading.
    fields : mapping of int to str
        Column -> field, where recognised. A row with a day in its date column is a record, but for a labelled remark.
    """
    start, stop = body
    width, left = len(columns), min(columns, default=0)
    day_column = next((index for index, field in fields.items() if field in _DATE_FIELDS), None)
    reasons: dict[int, SetAsideReason] = {}
    last_solid = start - 1
    for index in range(start, stop):
        row = rows[index]
        if index in repeats:
            reasons[index] = "repeated_header"
        elif day_column is not None and _is_day(row, day_column) and not _is_closing_fact(row, left):
            last_solid = index
        elif row.count(None) == len(row):
            continue
        elif is_sum(row) or _is_bare_sum(rows, start, index, width):
            reasons[index] = "sum"
        elif is_marked_footnote(row, left) or _is_section_title(row, left):
            reasons[index] = "footnote"
        elif width < 3 or len(row) - row.count(None) >= max(2, 0.34 * width):
            last_solid = index
    return reasons | _footnotes_below(rows, (last_solid + 1, stop), reasons, fields, columns)


def _is_day(row: Row, column: int) -> bool:
    """Tell cheaply whether the cell of the date column makes the row a record."""
    value = row[column] if column < len(row) else None
    if value is None or isinstance(value, (int, float)):
        return False
    return not isinstance(value, str) or (len(value) >= _DAY_LENGTH and value[0].isdigit() and kind_of(value) == "date")


def _is_bare_sum(rows: Sequence[Row], start: int, index: int, width: int) -> bool:
    """Tell whether a row holds nothing but numbers that are the sums of their columns so far."""
    row = rows[index]
    cells = [(column, value) for column, value in enumerate(row) if value is not None]
    if not 1 <= len(cells) <= 3 or len(cells) * 2 > width or index - start < 2:
        return False
    for column, value in cells:
        if not _is_number(value):
            return False
        above = (r[column] for r in rows[start:index] if column < len(r))
        numbers = [number for number in above if _is_number(number)]
        if len(numbers) < 2 or abs(sum(numbers) - value) > 0.01:
            return False
    return True


def _is_number(value: CellValue) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _footnotes_below(
    rows: Sequence[Row],
    below: tuple[int, int],
    reasons: Mapping[int, SetAsideReason],
    fields: Mapping[int, str],
    columns: Set[int],
) -> dict[int, SetAsideReason]:
    """Mark single texts below the last full record: sentences, and whatever follows a blank, a sum or a footnote."""
    found: dict[int, SetAsideReason] = {}
    apart, left = False, min(columns, default=0)
    for index in range(*below):
        row = rows[index]
        if row.count(None) == len(row) or index in reasons:
            apart = True
        elif is_loose_text(row, left) and (
            is_sentence(row) or (apart and len(columns) >= 3 and not _may_be_name(row, fields))
        ):
            found[index] = "footnote"
            apart = True
    return found


def _may_be_name(row: Row, fields: Mapping[int, str]) -> bool:
    """Tell whether the single text of a row stands in a column of names of people or firms."""
    column = next(index for index, value in enumerate(row) if value is not None)
    text = str(row[column])
    plain = ":" not in text and find_day(text) is None
    return fields.get(column) in _NAME_FIELDS and len(text.split()) <= 4 and plain
