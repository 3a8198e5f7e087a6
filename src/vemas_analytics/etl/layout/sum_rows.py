"""Rows that sum up others: told by a word that says so, or by their numbers being the sums of the rest."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from vemas_analytics.etl.layout.cell_kinds import find_day, is_amount, kind_of
from vemas_analytics.etl.layout.numbers_in_rows import Row, are_years, is_number, number_in
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import read_layout_words

_NUMBER = re.compile(r"\d")
_LEAST_SUMMANDS = 3
_MOST_SUMMANDS = 20_000
_LEAST_TOTAL = 20
_LONGEST_LABEL = 80
_AFTER_LABEL = re.compile(r"\s*(?:\d{1,2}\)|\*\)?|[¹²³⁴⁵]|\s(?:19|20)\d\d)$")
"""A footnote mark or the year, behind the label of a row."""


@lru_cache(maxsize=4)
def _start(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what a text looks like that begins with one of the words."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _sum_start() -> re.Pattern[str]:
    return _start(read_layout_words().sums)


def _carry_start() -> re.Pattern[str]:
    return _start(read_layout_words().carries)


def _control_start() -> re.Pattern[str]:
    return _start(read_layout_words().controls)


@lru_cache(maxsize=1)
def _sum_end() -> re.Pattern[str]:
    words = [word for word in read_layout_words().sum_ends if not word.startswith("-")]
    endings = [word[1:] for word in read_layout_words().sum_ends if word.startswith("-")]
    whole, last = ("|".join(map(re.escape, sorted(found, key=len, reverse=True))) for found in (words, endings))
    return re.compile(rf".*(?:(?<!\w)(?:{whole})|\w(?:{last}))\W*$", re.IGNORECASE | re.DOTALL)


def is_sum(cells: Sequence[CellValue]) -> bool:
    """Tell whether a row is a sum or a control total: a word that says so, and otherwise nothing but numbers.

    A row with a day in it or with another text is a record, whatever its first word (the firm "Total").
    """
    if not _says_sum(cells):
        return False
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
    if _is_balance(first) or (_sum_end().match(first) and len(first) <= 60):
        return numbers
    return bool(_control_start().match(first)) and _counts(first, others)


def is_carried_over(cells: Sequence[CellValue]) -> bool:
    """Tell whether a row is a sum that the next page takes up again (``Übertrag``), and so closes no list."""
    first = next((value for value in cells if isinstance(value, str)), "")
    return _carry_start().match(first) is not None and is_sum(cells)


def _says_sum(cells: Sequence[CellValue]) -> bool:
    """Tell cheaply whether any cell begins or ends with a word of sums: nearly every row is a record without one."""
    for value in cells:
        if isinstance(value, str) and not (value[:1].isdigit() and value[-1:].isdigit()) and _has_sum_word(value):
            return True
    return False


@lru_cache(maxsize=50_000)
def _has_sum_word(text: str) -> bool:
    bare = _AFTER_LABEL.sub("", text) if len(text) <= _LONGEST_LABEL else text
    return _announces(text) or _is_balance(text) or _sum_end().match(bare) is not None


def _is_balance(text: str) -> bool:
    """Tell whether a text is the whole label of a row reckoned from sums: ``Saldo``."""
    return text.strip(" :").casefold() in read_layout_words().balances


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


def is_bare_sum(rows: Sequence[Row], start: int, index: int, width: int) -> bool:
    """Tell whether a row holds nothing but numbers that are the sums of their columns so far."""
    row = rows[index]
    cells = [(column, value) for column, value in enumerate(row) if value is not None]
    if not 1 <= len(cells) <= 3 or len(cells) * 2 > width or index - start < 2:
        return False
    for column, value in cells:
        if not is_number(value):
            return False
        above = (r[column] for r in rows[start:index] if column < len(r))
        numbers = [number for number in above if is_number(number)]
        if len(numbers) < 2 or abs(sum(numbers) - value) > 0.01:
            return False
    return True


def sums_in_words(rows: Mapping[int, Row]) -> set[int]:
    """Return the rows of a statistical table that are sums by their words.

    A word such as ``Insgesamt`` may stand in any column of names. Where most rows bear it, it is a category and sums
    up nothing; counts such as ``davon weiblich`` are records there.
    """
    found = {index for index, row in rows.items() if _is_worded_sum(row)}
    return found if 2 * len(found) <= len(rows) else set()


def _is_worded_sum(row: Row) -> bool:
    if _is_signed(row):
        return True
    if not _says_sum(row):
        return False
    texts = [value.strip() for value in row if isinstance(value, str) and not is_amount(value)]
    if not any(is_number(value) or kind_of(value) in {"number", "year"} for value in row):
        return len(texts) == 1 and is_sum(row)
    texts = [_AFTER_LABEL.sub("", text) for text in texts if len(text) <= _LONGEST_LABEL]
    if not texts or len(texts) > 4:
        return False
    return any(_sum_start().fullmatch(text.strip(" :")) or _is_balance(text) for text in texts) or (
        len(texts) <= 2 and any(_sum_start().match(text) or _sum_end().match(text) for text in texts)
    )


def _is_signed(row: Row) -> bool:
    """Tell whether a row begins with the sign of a sum and holds amounts and nothing else."""
    cells = [value for value in row if value is not None]
    return (
        isinstance(cells[0], str)
        and cells[0].strip() in read_layout_words().sum_signs
        and any(kind_of(value) == "number" for value in cells[1:])
        and all(is_amount(value) for value in cells[1:])
    )


def sums_by_reckoning(rows: Mapping[int, Row], measured: Set[int]) -> set[int]:
    """Return the first or last row of a table where its numbers are the sums of all other rows.

    Parameters
    ----------
    rows : mapping of int to row
        The records of one table or part, without the sums already known.
    measured : set of int
        Columns of numbers.

    Notes
    -----
    ``Deutschland`` below the Länder bears no word that says sum; its numbers do. At least three other rows and two
    columns must agree, or one where there is but one, so that chance is ruled out.
    """
    order = sorted(rows)
    if not _LEAST_SUMMANDS < len(order) <= _MOST_SUMMANDS:
        return set()
    numbers = {column: [number_in(rows[index], column) for index in order] for column in measured}
    kept = {column: found for column, found in numbers.items() if not are_years(found)}
    return {order[at] for at in (0, -1) if _equals_rest(kept, at, len(order))}


def _equals_rest(numbers: Mapping[int, Sequence[float | None]], at: int, n: int) -> bool:
    agreeing, comparable = 0, 0
    for found in numbers.values():
        total = found[at]
        rest = [value for place, value in enumerate(found) if place != at % n and value is not None]
        if total is None or len(rest) < _LEAST_SUMMANDS:
            continue
        comparable += 1
        agreeing += total >= _LEAST_TOTAL and abs(sum(rest) - total) <= max(0.5, 1e-6 * abs(total))
    return agreeing >= 2 or (agreeing == comparable == 1 and n > _LEAST_SUMMANDS + 1)
