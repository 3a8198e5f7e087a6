"""Dates with slashes that need a clue from elsewhere in their file: 03/04/2021 beside 07/25/2021."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vemas_analytics.etl.parse.dates import find_day_orders
from vemas_analytics.model.sheets import CellValue, RawColumn, RawTable

_DATES = frozenset(
    {"received_on", "closed_on", "offered_on", "decided_on", "start_on", "end_on", "period", "held_on", "date"}
)


def with_day_order(tables: Sequence[RawTable]) -> tuple[RawTable, ...]:
    """Give every list of a file what the file's unmistakable dates say about the order of day and month.

    Parameters
    ----------
    tables : sequence of RawTable
        All lists of one file. Where its dates contradict each other nothing is said.
    """
    orders = {
        order
        for table in tables
        for column in table.columns
        if column.field in _DATES
        for order in find_day_orders(_slashed(table, column))
    }
    if len(orders) != 1:
        return tuple(tables)
    order = orders.pop()
    return tuple(replace(table, day_order=order) for table in tables)


def _slashed(table: RawTable, column: RawColumn) -> Iterator[CellValue]:
    index = column.index
    cells = {row[index] for row in table.rows.cells if index < len(row)}
    return (cell for cell in cells if isinstance(cell, str) and ("/" in cell or "-" in cell))
