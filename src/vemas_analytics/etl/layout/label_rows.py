"""Rows of labels: what may stand in a header, told by the cells of a row and by what stands below them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from vemas_analytics.etl.layout.body_sample import Row, cells_below, is_measured
from vemas_analytics.etl.layout.cell_kinds import find_day, kind_of
from vemas_analytics.etl.layout.heading_words import is_known
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import read_layout_words

_WIDTH_SHARE = 0.6
_SIZE_CLASS = re.compile(
    r"(?:\d[\d .]*)\s?(?:-|–|bis(?: unter)?|to|до)\s?\d[\d .]*(?:\s?\w+)?|(?:19|20)\d\d\D+(?:19|20)\d\d"
)
_BASE_YEAR = re.compile(r"(?:19|20)\d\d\s?=\s?100\s?%?")
_PER = re.compile(r"(.{1,20}?)\s?(?:/|\bje\b|\bpro\b|\bper\b)\s?(?:[\d .]*\s?)?[^\W\d]{1,20}[²³]?(?: [^\W\d]{1,20})?")
_LETTER = re.compile(r"[^\W\d_]")
_SHORT_DAY = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_YEAR_DIGITS = 4
_LEAST_SCALE = 3
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LEAST_OVER_NUMBERS = 2


@lru_cache(maxsize=20_000)
def is_known_or_unit(text: str) -> bool:
    """Tell whether a text is a heading that some table knows, or a unit of measurement."""
    return is_known(text) or names_unit(text)


def names_unit(text: str) -> bool:
    """Tell whether a text is a unit of measurement and nothing else, with or without brackets."""
    bare = " ".join(re.sub(r"[()\[\]]", " ", text).split()).casefold()
    units = read_layout_words().units
    head, _, tail = bare.rpartition(" ")
    per = _PER.fullmatch(bare)
    return (
        bare in units
        or (head in units and tail in units)
        or (per is not None and per[1] in units)
        or _BASE_YEAR.fullmatch(bare) is not None
    )


def is_label(value: CellValue) -> bool:
    """Tell whether a cell may stand in a header: a text that is no number, day or line label, or a year."""
    kind = kind_of(value)
    return kind in {"label", "year"} or (isinstance(value, str) and kind != "colon" and is_known_or_unit(value))


def may_be_label_row(row: Row) -> bool:
    """Tell whether a row may belong to a header, by its own cells alone."""
    cells = [value for value in row if value is not None]
    if not cells:
        return False
    months = _roman_scale(cells)
    labels = sum(is_label(value) or value in months for value in cells)
    classes = sum(not is_label(value) and value not in months and _is_class(value) for value in cells)
    if labels + classes == len(cells):
        return (any(isinstance(value, str) for value in cells) or len(cells) >= 2) and not is_counting(row)
    known = sum(isinstance(value, str) and is_known(value) for value in cells)
    return known >= 3 and known >= 0.6 * len(cells)


def _roman_scale(cells: Sequence[CellValue]) -> frozenset[CellValue]:
    """Return the Roman numbers of a row that count up from I, as months and quarters do (an X alone is no number)."""
    numbers = [value for value in cells if isinstance(value, str) and value in _ROMAN]
    return frozenset(numbers if len(numbers) >= _LEAST_SCALE and numbers == list(_ROMAN[: len(numbers)]) else ())


def stands_over(row: Row, body: Sequence[Row]) -> bool:
    """Tell whether a row of texts that might be codes or amounts (``PM10``, ``Okt 2018``) differs from all below it.

    Also a row whose first text is followed by 1, 2, 3 and so on above numbers (days, classes) is a header.
    """
    filled = [(column, value) for column, value in enumerate(row) if value is not None]
    if len(filled) < 2 or not body:
        return False
    scale = _scale(filled)
    if scale:
        return all(_are_plain_numbers(body, column) for column in scale)
    doubtful = [(column, value) for column, value in filled if not is_label(value) and not _is_class(value)]
    if not doubtful or len(doubtful) == len(filled):
        return False
    if any(not isinstance(value, str) or not _names_something(value) for _, value in doubtful):
        return False
    if any(_SHORT_DAY.fullmatch(str(below).strip()) for column, _ in doubtful for below in cells_below(body, column)):
        return False
    over = [value for column, value in filled if is_measured(body, column) and _are_plain_numbers(body, column)]
    if len(over) >= _LEAST_OVER_NUMBERS and all(is_label(value) or _names_something(str(value)) for value in over):
        return len({str(value) for _, value in filled}) == len(filled)
    few = len(doubtful) <= 0.75 * len(filled)
    return few and all(_are_plain_numbers(body, column) for column, _ in doubtful)


def _names_something(text: str) -> bool:
    """Tell whether a text that is no plain label may still name a column: a code, a week, a day without its year."""
    bare = text.strip()
    return (_LETTER.search(bare) is not None and not find_day(bare)) or _SHORT_DAY.fullmatch(bare) is not None


def _scale(filled: Sequence[tuple[int, CellValue]]) -> list[int]:
    """Return the columns of a row that is texts and, between them, 1, 2, 3 and so on; none for any other row."""
    numbers = [(column, str(value).strip()) for column, value in filled if str(value).strip().isdigit()]
    texts = [value for _, value in filled if not str(value).strip().isdigit()]
    if len(numbers) < _LEAST_SCALE or not isinstance(filled[0][1], str) or not all(is_label(value) for value in texts):
        return []
    first = int(numbers[0][1])
    rising = [text for _, text in numbers] == [str(first + step) for step in range(len(numbers))]
    return [column for column, _ in numbers] if rising and texts and len(numbers[0][1]) < _YEAR_DIGITS else []


def is_scale(row: Row) -> bool:
    """Tell whether a row is one text and, after it, the numbers 1, 2, 3 and so on: the row that numbers the columns."""
    filled = [(column, value) for column, value in enumerate(row) if value is not None]
    return len(_scale(filled)) == len(filled) - 1 > 0


def _are_plain_numbers(body: Sequence[Row], column: int) -> bool:
    """Tell whether no more than a few cells below hold letters, so that a text above them is no record."""
    cells = cells_below(body, column)
    lettered = sum(isinstance(value, str) and _LETTER.search(value) is not None for value in cells)
    return lettered <= 0.3 * len(cells)


def _is_class(value: CellValue) -> bool:
    """Tell whether a cell may head a column as a class of size or a day: ``5 - 10``, ``31.12.2012``."""
    return kind_of(value) == "date" or (isinstance(value, str) and bool(_SIZE_CLASS.fullmatch(value.strip())))


def is_counting(row: Row) -> bool:
    """Tell whether a row numbers the columns: 1, 2, 3 and so on, as statistical tables do below their header."""
    numbers = [str(value).strip().strip("()") for value in row if value is not None]
    return len(numbers) >= 3 and numbers in (
        [str(n) for n in range(1, len(numbers) + 1)],
        [str(n) for n in range(len(numbers))],
    )


def is_unit_row(row: Row) -> bool:
    """Tell whether a row holds units of measurement and nothing else."""
    cells = [value for value in row if value is not None]
    return bool(cells) and all(isinstance(value, str) and names_unit(value) for value in cells)


def describes_series(row: Row) -> bool:
    """Tell whether a row says something of each series below the header: its unit, its dimension, its age."""
    first = next((value for value in row if value is not None), None)
    return isinstance(first, str) and first.strip(" :").casefold() in read_layout_words().series


def heads_numbers(row: Row, body: Sequence[Row]) -> bool:
    """Tell whether the days in a row, and the years where it holds nothing else, stand above plain numbers.

    A record holds a day as its neighbours do; a header row holds days above what was counted on them.
    """
    kinds = {column: kind_of(value) for column, value in enumerate(row) if value is not None}
    only_years = all(kind in {"year", "date"} for kind in kinds.values()) and not is_counting(row)
    for column, kind in kinds.items():
        if kind == "date" or (only_years and kind == "year"):
            below = [kind_of(value) for value in cells_below(body, column)]
            if not below or sum(k in {"number", "symbol"} for k in below) < _WIDTH_SHARE * len(below):
                return False
    return True
