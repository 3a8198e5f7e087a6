"""Dates as offices write them: one cell to first possible day, precision and, where given, an end."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from vemas_analytics.etl.parse.cells import tidy
from vemas_analytics.etl.parse.date_reading import MISSING, UNREADABLE, DateReading, in_range, read_serial
from vemas_analytics.etl.parse.date_texts import read_date_text
from vemas_analytics.model.sheets import CellValue, DayOrder

_SLASHED_WITHIN = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


def read_date(
    value: CellValue,
    order: DayOrder | None = None,
    year: int | None = None,
    *,
    ends: bool = False,
    epoch_1904: bool = False,
) -> DateReading:
    """Read one date cell of any type.

    Parameters
    ----------
    value : CellValue
    order : {"day_first", "month_first"}, optional
        What the other dates of the column say about dates with slashes; None refuses ambiguous ones.
    year : int, optional
        Year of the sheet, for dates without a year.
    ends : bool
        The cell says when something ends: ``bis 14.07.2012`` is then a plain date, elsewhere no date at all.
    epoch_1904 : bool
        Day numbers count from 1904, as in the workbook they stand in.

    Notes
    -----
    Dots always separate day and month in this order. Two-digit years 00 to 49 lie after 2000. Nothing before 1990
    is a date.
    """
    if isinstance(value, str):
        return read_date_text(tidy(value).casefold(), order, year, ends, epoch_1904)
    if isinstance(value, dt.datetime):
        return in_range(DateReading(value.date(), "day"))
    if isinstance(value, dt.date):
        return in_range(DateReading(value, "day"))
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return MISSING
    if isinstance(value, int | float) and not isinstance(value, bool):
        return read_serial(float(value), epoch_1904=epoch_1904)
    return UNREADABLE


def told_by_file(reading: DateReading) -> DateReading:
    """Return a reading whose order of day and month came from other columns of its file, saying so."""
    if "date_order_from_column" not in reading.rules:
        return reading
    rules = ("date_order_from_file" if rule == "date_order_from_column" else rule for rule in reading.rules)
    return replace(reading, rules=tuple(rules))


def find_day_order(values: Iterable[CellValue]) -> DayOrder | None:
    """Return which part comes first in the slashed dates of a column, or None if no date or opposing dates tell."""
    orders = find_day_orders(values)
    return orders.pop() if len(orders) == 1 else None


def find_day_orders(values: Iterable[CellValue]) -> set[DayOrder]:
    """Return every order that an unmistakable slashed date shows: none, one, or two that contradict each other."""
    orders: set[DayOrder] = set()
    for value in values:
        if not isinstance(value, str) or ("/" not in value and "-" not in value):
            continue
        for match in _SLASHED_WITHIN.finditer(value):
            first, second = int(match[1]), int(match[3])
            if 31 >= first > 12 >= second > 0:
                orders.add("day_first")
            elif 31 >= second > 12 >= first > 0:
                orders.add("month_first")
    return orders
