"""Merged cells inside a list: one value that holds for every row it reaches over."""

from collections.abc import Mapping, Sequence
from typing import Final

from vemas_analytics.model.sheets import CellValue, ListRows, RawSheet, SpreadCell

_SHARED_ONCE: Final = frozenset(
    {"value", "cost_eur", "persons", "attendees", "companies", "person_name", "first_name", "last_name", "unit"}
)
"""Fields whose merged cell stands for all its rows together: an amount or a head count would be multiplied."""


def spread_cells(sheet: RawSheet, body: tuple[int, int], fields: Mapping[int, str]) -> tuple[SpreadCell, ...]:
    """Return the cells of a list that are merged down over several rows and hold for each of them.

    Parameters
    ----------
    sheet : RawSheet
    body : tuple of int
        Indices ``[start, stop)`` of the list's rows.
    fields : mapping of int to str
        Column -> field; columns without a field, amounts, head counts and names are left alone.
    """
    start, stop = body
    found: list[SpreadCell] = []
    for top, left, bottom, right in sheet.merged:
        row = sheet.rows[top] if start <= top < stop else ()
        value = row[left] if left < len(row) else None
        held = fields.get(left, "ignore")
        if value is None or bottom <= top or right > left or held in _SHARED_ONCE or held == "ignore":
            continue
        last = min(bottom, stop - 1)
        found.append(SpreadCell(sheet.first_row + top, sheet.first_row + last, left, value))
    return tuple(sorted(found, key=lambda area: (area.first_row, area.column)))


def with_spread(rows: ListRows, spread: Sequence[SpreadCell]) -> ListRows:
    """Return the rows with the merged values written into each record; blank rows stay what they were."""
    values: dict[int, dict[int, SpreadCell]] = {}
    for area in spread:
        for number in range(area.first_row + 1, area.last_row + 1):
            values.setdefault(number, {})[area.column] = area
    if not values:
        return rows
    completed = {
        at: _completed(rows.cells[at], values[number])
        for at, number in enumerate(rows.numbers)
        if number in values and at not in rows.reasons
    }
    return rows.changed(completed)


def _completed(row: tuple[CellValue, ...], areas: Mapping[int, SpreadCell]) -> tuple[CellValue, ...]:
    cells = [*row, *(None,) * (max(areas) + 1 - len(row))]
    for column, area in areas.items():
        if cells[column] is None:
            cells[column] = area.value
    return tuple(cells)
