"""Tables beside each other in one sheet, parted by empty columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vemas_analytics.etl.layout.body_sample import Row, filled
from vemas_analytics.etl.layout.header_rows import Header, first_header
from vemas_analytics.model.sheets import RawSheet, column_letters
from vemas_analytics.reference.columns import fold_header

_LEAST_CELLS = 3
_ALIKE_SHARE = 0.6
_SAMPLED_ROWS = 400


@dataclass(frozen=True, slots=True)
class Band:
    """A sheet of which only some columns are left, and their letters: ``G:K``."""

    sheet: RawSheet
    columns: str


def split_bands(sheet: RawSheet) -> tuple[Band, ...]:
    """Return a sheet for each table that stands beside another one, or the sheet itself.

    Empty columns alone part nothing: they also make room inside a table. What stands right of them is a table of its
    own if its headings repeat those on the left, if both bear a title, or if it goes on below the end of the left.

    Parameters
    ----------
    sheet : RawSheet

    Returns
    -------
    tuple of Band
        Left to right; each has the width of the whole sheet, so that columns keep their places.
    """
    spans = _spans(sheet.rows[:_SAMPLED_ROWS])
    if len(spans) < 2:
        return (Band(sheet, ""),)
    parts = [_cut(sheet, span) for span in spans]
    headers = [first_header(part, 0) for part in parts]
    found = [header for header in headers if header is not None and len(header.headings) >= 2]
    if len(found) < len(parts) or not all(
        _is_of_its_own(parts[at], parts[at + 1], found[at], found[at + 1]) for at in range(len(parts) - 1)
    ):
        return (Band(sheet, ""),)
    lead = min(header.first for header in found)
    if any(_outside(row, spans) for row in sheet.rows[lead:]):
        return (Band(sheet, ""),)
    return tuple(
        Band(_with_common_lines(sheet, part, lead), f"{column_letters(first)}:{column_letters(last)}")
        for part, (first, last) in zip(parts, spans, strict=True)
    )


def _spans(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return the runs of columns, first and last, that are parted by columns no wide row fills."""
    used = {c for row in rows if filled(row) >= _LEAST_CELLS for c, value in enumerate(row) if value is not None}
    spans: list[tuple[int, int]] = []
    for column in sorted(used):
        if spans and column == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], column)
        else:
            spans.append((column, column))
    return spans if all(last > first for first, last in spans) else []


def _outside(row: Row, spans: Sequence[tuple[int, int]]) -> bool:
    inside = sum(sum(value is not None for value in row[first : last + 1]) for first, last in spans)
    return inside < filled(row)


def _cut(sheet: RawSheet, span: tuple[int, int]) -> RawSheet:
    first, last = span
    rows = tuple(
        tuple(value if first <= column <= last else None for column, value in enumerate(row)) for row in sheet.rows
    )
    merged = tuple(area for area in sheet.merged if first <= area[1] and area[3] <= last)
    return replace(sheet, rows=rows, merged=merged)


def _is_of_its_own(left: RawSheet, right: RawSheet, one: Header, other: Header) -> bool:
    texts = [fold_header(heading.text) for heading in one.headings]
    again = [fold_header(heading.text) for heading in other.headings]
    if sum(text in texts for text in again) >= _ALIKE_SHARE * len(again):
        return True
    if one.first != other.first and {filled(left.rows[other.first]), filled(right.rows[one.first])} & {0, 1}:
        return True
    if _title(left, one) and _title(right, other):
        return True
    return _last(right) > _last(left)


def _title(part: RawSheet, header: Header) -> bool:
    return any(filled(part.rows[at]) == 1 for at in range(max(0, header.first - 2), header.first))


def _last(part: RawSheet) -> int:
    return max((at for at, row in enumerate(part.rows) if filled(row) > 1), default=-1)


def _with_common_lines(sheet: RawSheet, part: RawSheet, stop: int) -> RawSheet:
    """Return a part with the lines above all tables that stand over no part of their own."""
    rows = tuple(
        sheet.rows[at] if at < stop and filled(row) == 0 and 0 < filled(sheet.rows[at]) <= 2 else row
        for at, row in enumerate(part.rows)
    )
    return replace(part, rows=rows)
