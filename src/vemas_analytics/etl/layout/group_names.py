"""Names of groups that a list states only in the first row of each group."""

from collections.abc import Sequence
from typing import Final

from vemas_analytics.model.sheets import CellValue, HandedDown, RawColumn, RawRow

_NAMES_GROUPS: Final = frozenset(
    {
        "region", "received_on", "offered_on", "held_on", "start_on", "period", "forum_title", "place", "city",
        "russian_company", "saxon_company", "organisation", "organiser", "network", "channel", "event_id", "kind",
        "direction", "side",
    }
)  # fmt: skip
_NUMBERS_ROWS: Final = frozenset({"number", "inquiry_id", "offer_id", "trip_id"})
_LEAST_ROWS, _LEAST_GROUPS = 4, 2
_LEAST_SHARE = 0.4
_SURE_SHARE = 0.5


def group_names(columns: Sequence[RawColumn], rows: Sequence[RawRow]) -> tuple[HandedDown, ...]:
    """Return the blank cells of a list that stand for the name above them.

    A blank means the name above only where the column leads the list (nothing stands left of it but row numbers and
    other such names), where each name occurs once, where every group begins with its name, and where at least two
    rows in five are blank. A record below a blank row or a sum must bear its name itself. Everywhere else a blank
    means that nothing is known.

    Parameters
    ----------
    columns : sequence of RawColumn
    rows : sequence of RawRow
    """
    records = [row for row in rows if row.structural is None and len(row.cells) - row.cells.count(None) > 1]
    if len(records) < _LEAST_ROWS:
        return ()
    numbers = {row.number for row in records}
    starts = {number for number in numbers if number - 1 not in numbers}
    found: list[HandedDown] = []
    outer: list[CellValue] = [None] * len(records)
    numbered = False
    for column in sorted(columns, key=lambda item: item.index):
        if column.field in _NUMBERS_ROWS and all(not _is_blank(row, column.index) for row in records):
            numbered = True
            continue
        if column.field not in _NAMES_GROUPS:
            break
        cells = [row.cells[column.index] if column.index < len(row.cells) else None for row in records]
        if not _leads_groups(cells, outer, _SURE_SHARE if numbered else _LEAST_SHARE) or any(
            cells[at] is None and row.number in starts for at, row in enumerate(records)
        ):
            break
        name, source = cells[0], records[0].number
        for at, row in enumerate(records):
            if cells[at] is not None:
                name, source = cells[at], row.number
            else:
                found.append(HandedDown(row.number, column.index, "group_name", None, name, source))
            outer[at] = name
    return tuple(found)


def _is_blank(row: RawRow, index: int) -> bool:
    return index >= len(row.cells) or row.cells[index] is None


def _leads_groups(cells: Sequence[CellValue], outer: Sequence[CellValue], least: float) -> bool:
    """Tell whether a column names each group once, in its first row."""
    blank = cells.count(None)
    if cells[0] is None or blank < least * len(cells) or any(isinstance(value, (int, float)) for value in cells):
        return False
    names = [
        (above, str(value).strip().casefold()) for above, value in zip(outer, cells, strict=True) if value is not None
    ]
    begins = all(
        value is not None
        for at, value in enumerate(cells)
        if at and outer[at] is not None and outer[at] != outer[at - 1]
    )
    return begins and len(names) >= _LEAST_GROUPS and len(set(names)) == len(names)
