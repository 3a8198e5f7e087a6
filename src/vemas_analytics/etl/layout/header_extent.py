"""How far down a header reaches: sub-headings, units, second halves, and the row that numbers the columns."""

import datetime as dt
from collections.abc import Sequence

from vemas_analytics.etl.layout.body_sample import Row, cells_below, filled, is_measured, sample, sample_of_data
from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.etl.layout.heading_words import is_known
from vemas_analytics.etl.layout.label_rows import (
    describes_series,
    is_counting,
    is_known_or_unit,
    is_scale,
    is_unit_row,
    may_be_label_row,
    names_unit,
    stands_over,
)
from vemas_analytics.model.sheets import RawSheet

_MOST_HEADER_ROWS = 7
_LEAST_GROUPS = 2
_LEAST_MEASURED = 3
_MOST_NAMES = 4
_MOST_OF = 0.8


def last_header_row(sheet: RawSheet, start: int) -> int:
    """Return the last row of a header that begins at ``start``."""
    last = start
    while last - start + 1 < _MOST_HEADER_ROWS and last + 1 < len(sheet.rows):
        below = sheet.rows[last + 1]
        if filled(below) == 0:
            after = sheet.rows[last + 2] if last + 2 < len(sheet.rows) else ()
            if not (is_unit_row(after) or is_counting(after)):
                break
            last += 1
            continue
        columns = columns_of(sheet.rows, start, last)
        counting = is_counting(below) and _numbers_columns(below, columns)
        if not counting and is_counting(below) and _stands_under_group(sheet, last, columns):
            last += 1
            continue
        units = is_unit_row(below) and (
            len(columns) > 1 or not columns.isdisjoint(columns_of(sheet.rows, last + 1, last + 1))
        )
        named = counting or units or _names_what_follows(sheet, last + 1, columns)
        if not (named or _continues_header(sheet, start, last)):
            break
        last += 1
        if counting:
            break
    return _past_descriptions(sheet.rows, last)


def _numbers_columns(row: Row, columns: set[int]) -> bool:
    """Tell whether a row numbers all columns but one, or all of them from one on, so that none of names is numbered."""
    under = [column for column, value in enumerate(row) if value is not None]
    beside = {column for column in columns if column >= under[0]}
    whole = beside.issubset(under) and under[-1] - under[0] == len(under) - 1
    return abs(len(under) - len(columns)) <= 1 or (whole and under[0] <= max(_MOST_NAMES, min(columns)))


def _names_what_follows(sheet: RawSheet, row: int, columns: set[int]) -> bool:
    """Tell whether a row of names merged over columns of numbers, but not over the names, stands above more headings.

    The same row right above numbers is the title of a part (``Männlich``).
    """
    under = [column for column, value in enumerate(sheet.rows[row]) if value is not None]
    after = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else ()
    return (
        bool(columns)
        and min(columns) < under[0]
        and all(merged_span(sheet, row, column) is not None for column in under)
        and filled(after) > len(under)
        and (is_counting(after) or may_be_label_row(after))
    )


def _past_descriptions(rows: Sequence[Row], last: int) -> int:
    """Return the last of the rows that describe the series of a time series file, or ``last`` without such rows.

    Between the codes of the series and those rows may stand the names of the series.
    """
    described = [at for at in range(last + 1, min(last + _MOST_HEADER_ROWS, len(rows))) if describes_series(rows[at])]
    return described[-1] if len(described) > 1 else last


def _stands_under_group(sheet: RawSheet, last: int, above: set[int]) -> bool:
    """Tell whether numbers are the sub-headings of one group above them (``Stufe``: 1, 2, 3), over numbers."""
    rows = sheet.rows
    under = [column for column, value in enumerate(rows[last + 1]) if value is not None]
    inside = above & set(range(under[0], under[-1] + 1))
    body = sample(rows, last + 2)
    return inside == {under[0]} and min(above) < under[0] and all(is_measured(body, column) for column in under)


def columns_of(rows: Sequence[Row], first: int, last: int) -> set[int]:
    """Return the columns that are filled in at least one of the rows."""
    return {column for row in rows[first : last + 1] for column, value in enumerate(row) if value is not None}


def merged_span(sheet: RawSheet, row: int, column: int) -> int | None:
    """Return the last column of the merged area that starts in a cell and is wider than it, or None."""
    for top, left, _, right in sheet.merged:
        if top == row and left == column and right > left:
            return right
    return None


def _continues_header(sheet: RawSheet, start: int, last: int) -> bool:
    """Tell whether the next row holds the sub-headings of groups named in the rows so far.

    Groups leave gaps to the right of their name that the row below fills, and it fills the place below each such
    name too. Columns that need no sub-heading stay empty below, or else the upper row starts further right.
    """
    rows = sheet.rows
    above, below = columns_of(rows, start, last), rows[last + 1]
    body = sample_of_data(rows, last + 2)
    if _has_day_among_days(below, body) or (not may_be_label_row(below) and not stands_over(below, body)):
        return False
    under = {column for column, value in enumerate(below) if value is not None}
    if _stands_where_numbers_follow(below, above, body) or _names_all_again(below, above, body):
        return True
    if (
        _goes_on_from(rows[last], below)
        or parts_groups(rows[last], below, body)
        or _is_period_of(rows[last], below, body)
    ):
        return True
    new = under - above
    if new and _fills_merged_groups(sheet, last, under):
        return True
    if not new or not above:
        return _merged_over(sheet, last, under & above) or _completes_words(sheet, last, above, under)
    for column in new:
        left = [other for other in above if other < column]
        if left and max(left) not in under and merged_span(sheet, last, max(left)) is None:
            return False
    leads = min(above) > min(under) and len(under) > len(above)
    if leads and len(above) == 1:
        (only,) = above
        span = merged_span(sheet, last, only)
        leads = is_known_or_unit(str(rows[last][only])) or (span is not None and span > only and max(under) <= span)
    if not (above - under or leads):
        return False
    measured = sum(is_measured(body, column) for column in under)
    named = sum(isinstance(below[column], str) and is_known_or_unit(str(below[column])) for column in under)
    return measured >= 1 or named * 2 >= len(under)


def _has_day_among_days(below: Row, body: Sequence[Row]) -> bool:
    """Tell whether a row has a day where days follow: it is a record then, and no further heading."""
    return any(
        isinstance(value, dt.date) and any(isinstance(other, dt.date) for other in cells_below(body, column))
        for column, value in enumerate(below)
    )


def _stands_where_numbers_follow(below: Row, above: set[int], body: Sequence[Row]) -> bool:
    """Tell whether a row has texts where all that follow have numbers, and nothing in the columns of names.

    A record, however poor, names something beside the columns of numbers, or has a number in one of them.
    """
    under = [column for column, value in enumerate(below) if value is not None]
    measured = sum(is_measured(body, column) for column in under)
    names = set(range(min(under))) if under else set()
    nameless = bool(names) and all(2 * len(cells_below(body, column)) >= len(body) for column in names)
    if measured < 2 or not set(under) <= above or not (nameless or not any(_holds_texts(body, c) for c in under)):
        return False
    return any(kind_of(below[column]) == "label" for column in under)


def _names_all_again(below: Row, above: set[int], body: Sequence[Row]) -> bool:
    """Tell whether a row names all columns once more, as headers in two languages do, or says what is in them.

    No record holds a text of its own in each of several columns of numbers and days.
    """
    under = {column: value for column, value in enumerate(below) if value is not None}
    measured = [column for column in under if is_measured(body, column)]
    return (
        set(under) <= above
        and len(under) >= _MOST_OF * len(above)
        and len(measured) >= max(_LEAST_MEASURED, 0.4 * len(under))
        and all(isinstance(value, str) and kind_of(value) == "label" for value in under.values())
        and not any(under[column] in cells_below(body, column) for column in measured)
    )


def _goes_on_from(row: Row, below: Row) -> bool:
    """Tell whether a row goes on with the headings above it: with their first one again, or below their numbers.

    Exports part merged cells and repeat the text in each: the name of the first column, or that of a group.
    """
    upper = {column: value for column, value in enumerate(row) if value is not None}
    under = {column: value for column, value in enumerate(below) if value is not None}
    first = min(upper)
    if is_scale(row):
        return set(upper) <= set(under) and all(isinstance(value, str) for value in under.values())
    if len(under) <= _LEAST_GROUPS or under == upper or not isinstance(upper[first], str):
        return False
    again = first in under and under[first] == upper[first] and set(under) == set(upper)
    one_name = len(upper) >= _LEAST_MEASURED and len(set(upper.values())) == 1
    return again or (one_name and set(under) == set(upper) and len(set(under.values())) > 1)


def _is_period_of(row: Row, below: Row, body: Sequence[Row]) -> bool:
    """Tell whether years or days stand below names, over numbers, and nothing stands over the columns of names."""
    under = [column for column, value in enumerate(below) if value is not None]
    over = {column for column, value in enumerate(row) if value is not None}
    return (
        bool(under)
        and over.issuperset(under)
        and all(kind_of(below[column]) in {"year", "date"} for column in under)
        and all(kind_of(row[column]) == "label" and is_measured(body, column) for column in under)
        and any(cells_below(body, column) for column in range(min(under)))
    )


def parts_groups(row: Row, below: Row, body: Sequence[Row]) -> bool:
    """Tell whether two or more names part the columns of the row below into groups of two or more.

    A column of its own between or behind the groups must have a name in both rows, over numbers.
    """
    groups = [column for column, value in enumerate(row) if value is not None]
    under = [column for column, value in enumerate(below) if value is not None]
    if len(groups) < _LEAST_GROUPS or not under or under != list(range(groups[0], under[-1] + 1)):
        return False
    ends = [*groups[1:], under[-1] + 1]
    single = [group for group, end in zip(groups, ends, strict=True) if end - group < _LEAST_GROUPS]
    named = all(kind_of(below[column]) == "label" and is_measured(body, column) for column in single)
    return len(groups) - len(single) >= _LEAST_GROUPS and named


def _fills_merged_groups(sheet: RawSheet, row: int, under: set[int]) -> bool:
    """Tell whether all of a row's names are merged over several columns each, and the row below fills all of these.

    One name merged over the whole list is its title; two or more side by side are groups of columns.
    """
    groups = [column for column, value in enumerate(sheet.rows[row]) if value is not None]
    spans = {column: span for column in groups if (span := merged_span(sheet, row, column)) is not None}
    covered = {column for first, end in spans.items() for column in range(first, end + 1)}
    return len(groups) >= _LEAST_GROUPS and len(spans) == len(groups) and covered == under


def _holds_texts(body: Sequence[Row], column: int) -> bool:
    kinds = [kind_of(value) for value in cells_below(body, column)]
    return sum(kind not in {"number", "date", "year", "symbol"} for kind in kinds) > 0.4 * len(kinds)


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
    row = sheet.rows[last + 1]
    upper = dict(enumerate(sheet.rows[last]))
    body = sample(sheet.rows, last + 2)
    texts = {column: str(row[column]) for column in under if isinstance(row[column], str)}
    if len(texts) < len(under) or not body or not under <= above:
        return False
    known = sum(
        is_known_or_unit(text) or is_known(f"{upper.get(column) or ''} {text}") for column, text in texts.items()
    )
    units = all(names_unit(text) for text in texts.values())
    halves = len(under) >= 2 and known >= 0.6 * len(under)
    return (units or halves) and any(is_measured(body, column) for column in under)
