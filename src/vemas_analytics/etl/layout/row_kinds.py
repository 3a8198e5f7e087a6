"""Rows below a header that are no records: sums, control totals and footnotes."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from vemas_analytics.etl.layout.cell_kinds import MONTH_NAME, find_day, kind_of
from vemas_analytics.etl.layout.part_titles import titles_of_parts
from vemas_analytics.etl.layout.period_rows import names_period, sums_of_months
from vemas_analytics.etl.layout.sum_rows import is_bare_sum, is_sum, sums_by_reckoning, sums_in_words
from vemas_analytics.etl.layout.sums_of_parts import sums_of_parts
from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import read_layout_words

Row: TypeAlias = tuple[CellValue, ...]

_DATE_FIELDS = frozenset({"received_on", "offered_on", "start_on", "period", "held_on", "date"})
_NAME_FIELDS = frozenset({"person_name", "last_name", "organisation"})
_DAY_LENGTH = 6
_LEAST_RULED = 2
_RULE = re.compile(r"\s*[-=_–—+|]{3,}\s*")
_LETTERS = re.compile(r"[^\W\d]{4}")
_MARK = re.compile(r"^\s*(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹]|\(?\d{1,2}\)(?!\d)|\*\)|[-=_–—]{3,}\s*$|[\w ]{1,25}\s=\s)")
_MONTH_TITLE = re.compile(rf"{MONTH_NAME}(?:\s(?:19|20)\d\d)?", re.IGNORECASE)
_ROMAN = re.compile(r"\s*(?:[IVX]{1,5})[.)]\s+[^\W\d_]{3}")
_WORDS_OF_A_SENTENCE = 5
_MOST_OF = 0.8
_LEAST_STEPS = 3
_MOST_TEXTS = 0.4
LONG_TEXT = 40


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


def is_rule(cells: Sequence[CellValue]) -> bool:
    """Tell whether a row is a line drawn with signs, cell by cell, as fixed-width exports draw it below a header."""
    filled = [value for value in cells if value is not None]
    return len(filled) >= _LEAST_RULED and all(isinstance(value, str) and _RULE.fullmatch(value) for value in filled)


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
    if kind_of(value) == "year":
        return True
    if isinstance(value, str) and (_MONTH_TITLE.fullmatch(value.strip()) or names_period(value)):
        return True
    if not isinstance(value, str) or not is_loose_text(cells, left):
        return False
    return kind_of(value) == "colon" or value.strip().casefold().startswith(read_layout_words().sections)


def _is_numbered_title(row: Row) -> bool:
    """Tell whether the text of a row begins with a Roman number, as titles of parts do: ``II. Ausland``."""
    text = next((value for value in row if isinstance(value, str)), "")
    return _ROMAN.match(text) is not None


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
    banners: Set[int] = frozenset(),
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
    banners : set of int
        Rows with a cell merged over most of the list.
    """
    start, stop = body
    numbered = not _NAME_FIELDS & set(fields.values())
    width, left = len(columns), min(columns, default=0)
    day_column = next((index for index, field in fields.items() if field in _DATE_FIELDS), None)
    titles = _texts_among_numbers(rows, body, left)
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
        elif is_sum(row) or is_bare_sum(rows, start, index, width):
            reasons[index] = "sum"
        elif (
            is_rule(row)
            or is_marked_footnote(row, left)
            or _is_section_title(row, left)
            or (
                is_loose_text(row, left)
                and (index in banners or row[left] in titles or (numbered and _is_numbered_title(row)))
            )
        ):
            reasons[index] = "footnote"
        elif width < 3 or len(row) - row.count(None) >= max(2, 0.34 * width):
            last_solid = index
    return reasons | _footnotes_below(rows, (last_solid + 1, stop), reasons, fields, columns)


def _texts_among_numbers(rows: Sequence[Row], body: tuple[int, int], column: int) -> frozenset[CellValue]:
    """Return the texts of a column that numbers the rows of a list, where a name can only be the title of a part."""
    cells = [row[column] for row in rows[slice(*body)] if column < len(row) and row[column] is not None]
    others = [value for value in cells if isinstance(value, str) and not value.strip().isdigit()]
    if not 0 < len(others) <= _MOST_TEXTS * len(cells) or not _counts_up(cells):
        return frozenset()
    return frozenset(value for value in others if kind_of(value) in {"label", "long"})


def _counts_up(cells: Sequence[CellValue]) -> bool:
    """Tell whether the whole numbers of a column number its rows: 1, 2, 3, from one or from the start of each part."""
    numbers = [int(str(value)) for value in cells if str(value).strip().isdigit()]
    steps = [after - before == 1 or after == 1 for before, after in pairwise(numbers)]
    return len(steps) >= _LEAST_STEPS and sum(steps) >= _MOST_OF * len(steps)


def structural_rows_of_statistics(
    rows: Sequence[Row],
    body: tuple[int, int],
    repeats: frozenset[int],
    columns: Set[int],
    measured: Set[int],
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> dict[int, SetAsideReason]:
    """Return which rows of a table that is none of the package's are no records, and why.

    Rows that carry data are records; a text alone above or between them is the title of a part or the first half of
    a long label, and below them a footnote.

    Parameters
    ----------
    rows, body, repeats, columns
        As in `structural_rows`.
    measured : set of int
        Columns of numbers or days.
    merged : sequence of tuple
        Merged areas of the sheet: top, left, bottom, right.
    """
    left = min(columns, default=0)
    reasons: dict[int, SetAsideReason] = dict.fromkeys(repeats, "repeated_header")
    others = {i: rows[i] for i in range(*body) if rows[i].count(None) < len(rows[i]) and i not in repeats}
    reasons |= dict.fromkeys(
        (i for i, row in others.items() if is_rule(row) or is_marked_footnote(row, left) or is_continued_title(row)),
        "footnote",
    )
    others = {i: row for i, row in others.items() if i not in reasons}
    reasons |= dict.fromkeys(sums_in_words(others) | sums_of_months(others), "sum")
    others = {i: row for i, row in others.items() if i not in reasons}
    reasons |= dict.fromkeys(titles_of_parts(rows, others, columns, measured), "footnote")
    others = {i: row for i, row in others.items() if i not in reasons}
    ends = (i for i in others if i + 1 not in others)  # a sum without a word stands at an end, and nowhere else
    reasons |= dict.fromkeys((i for i in ends if is_bare_sum(rows, body[0], i, len(columns))), "sum")
    others = {i: row for i, row in others.items() if i not in reasons}
    reasons |= dict.fromkeys(sums_by_reckoning(others, measured), "sum")
    counted = {i: rows[i] for i in range(*body) if i in others or reasons.get(i) == "sum"}
    known = {i for i in counted if i not in others}
    further = sums_of_parts(counted, measured, known) | _merged_over_names(others, measured, merged)
    return reasons | dict.fromkeys(further, "sum")


def _merged_over_names(
    rows: Mapping[int, Row], measured: Set[int], merged: Sequence[tuple[int, int, int, int]]
) -> set[int]:
    """Return the rows of numbers whose label is merged over columns that nearly all other rows fill one by one."""
    spans = {top: range(first, last + 1) for top, first, bottom, last in merged if top == bottom and top in rows}
    found = set()
    for index, span in spans.items():
        beside = any(rows[index][column] is not None for column in measured if column not in span)
        parted = sum(all(row[column] is not None for column in span if column < len(row)) for row in rows.values())
        if len(span) > 1 and beside and parted >= _MOST_OF * len(rows):
            found.add(index)
    return found


def is_continued_title(row: Row) -> bool:
    """Tell whether a row is a lone title that carries a table on from the page before: ``noch: Tabelle 3``."""
    cells = [value for value in row if value is not None]
    return (
        len(cells) == 1
        and isinstance(cells[0], str)
        and cells[0].strip().casefold().startswith(read_layout_words().continuations)
    )


def _is_day(row: Row, column: int) -> bool:
    """Tell cheaply whether the cell of the date column makes the row a record."""
    value = row[column] if column < len(row) else None
    if value is None or isinstance(value, (int, float)):
        return False
    return not isinstance(value, str) or (len(value) >= _DAY_LENGTH and value[0].isdigit() and kind_of(value) == "date")


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
