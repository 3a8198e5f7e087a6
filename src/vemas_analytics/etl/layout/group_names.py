"""Names of groups that a list states only in the first row of each group."""

from collections.abc import Sequence
from typing import Final

from vemas_analytics.model.sheets import CellValue, HandedDown, ListRows, RawColumn

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


def group_names(columns: Sequence[RawColumn], rows: ListRows) -> tuple[HandedDown, ...]:
    """Return the blank cells of a list that stand for the name above them.

    A blank means the name above only where the column leads the list (nothing stands left of it but row numbers and
    other such names), where each name occurs once, where every group begins with its name, and where at least two
    rows in five are blank. A record below a blank row or a sum must bear its name itself. Everywhere else a blank
    means that nothing is known.

    Parameters
    ----------
    columns : sequence of RawColumn
    rows : ListRows
    """
    records = rows.full_records()
    if len(records) < _LEAST_ROWS:
        return ()
    found: list[HandedDown] = []
    outer: list[CellValue] = [None] * len(records)
    least = _LEAST_SHARE
    for column in sorted(columns, key=lambda item: item.index):
        index = column.index
        cells = [row[index] if index < len(row) else None for row in map(rows.cells.__getitem__, records)]
        if column.field in _NUMBERS_ROWS and None not in cells:
            least = _SURE_SHARE
            continue
        if column.field not in _NAMES_GROUPS or not _leads_groups(cells, outer, least):
            break
        numbers = [rows.numbers[at] for at in records]
        if any(cells[at] is None and (not at or numbers[at - 1] != number - 1) for at, number in enumerate(numbers)):
            break
        name, source = cells[0], numbers[0]
        for at, number in enumerate(numbers):
            if cells[at] is not None:
                name, source = cells[at], number
            else:
                found.append(HandedDown(number, index, "group_name", None, name, source))
            outer[at] = name
    return tuple(found)


def _leads_groups(cells: Sequence[CellValue], outer: Sequence[CellValue], least: float) -> bool:
    """Tell whether a column names each group once, in its first row."""
    if (
        cells[0] is None
        or cells.count(None) < least * len(cells)
        or any(isinstance(value, (int, float)) for value in cells)
    ):
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
