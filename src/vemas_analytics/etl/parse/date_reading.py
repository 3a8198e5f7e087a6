"""What a date cell can say, and the arithmetic of coarse dates."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from vemas_analytics.model.names import PRECISIONS, Precision

DateFault: TypeAlias = Literal["missing", "impossible", "ambiguous", "unreadable", "out_of_range"]

EARLIEST: Final = dt.date(1990, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIAL_ZERO_1904 = dt.date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a cell says about time.

    Parameters
    ----------
    start : datetime.date or None
        First possible day; None with a ``fault``.
    precision : Precision or None
    end, end_precision
        Last part of a range, its first possible day; None where the cell names one date only.
    rules : tuple of str
        Problem codes of what was not a plain reading.
    fault : DateFault or None
    """

    start: dt.date | None = None
    precision: Precision | None = None
    end: dt.date | None = None
    end_precision: Precision | None = None
    rules: tuple[str, ...] = ()
    fault: DateFault | None = None


MISSING = DateReading(fault="missing")
UNREADABLE = DateReading(fault="unreadable")
IMPOSSIBLE = DateReading(fault="impossible")


def last_possible_day(start: dt.date, precision: Precision) -> dt.date:
    """Return the last day that a date of this precision can mean."""
    if precision == "day":
        return start
    if precision == "week":
        return start + dt.timedelta(days=6)
    months = {"month": 1, "quarter": 3, "season": 3, "year": 12}[precision]
    month = start.month - 1 + months
    return dt.date(start.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def coarsen(reading: DateReading, precision: Precision) -> DateReading:
    """Return the reading at a coarser, explicitly stated precision; a finer one changes nothing."""
    if reading.start is None or reading.precision is None:
        return reading
    if PRECISIONS.index(precision) <= PRECISIONS.index(reading.precision):
        return reading
    start = _first_day(reading.start, precision)
    rules = reading.rules if start == reading.start else (*reading.rules, "date_coarsened")
    return replace(reading, start=start, precision=precision, rules=rules)


def single_date(reading: DateReading) -> DateReading:
    """Return the reading where only one date has a place.

    A range of days gives its first day. A coarser range (``Juli/August 2012``) gives the finest precision of the
    closed list that holds all of it: quarter, season or year; one that no year holds is refused.
    """
    if reading.start is None or reading.end is None:
        return reading
    if reading.precision == "day":
        return replace(reading, end=None, end_precision=None, rules=(*reading.rules, "date_range_start"))
    last = last_possible_day(reading.end, reading.end_precision or "day")
    for precision in PRECISIONS[PRECISIONS.index("week") :]:
        first = _first_day(reading.start, precision)
        if last <= last_possible_day(first, precision):
            rules = tuple(dict.fromkeys((*reading.rules, "date_coarsened")))
            return DateReading(first, precision, rules=rules)
    return UNREADABLE


def _first_day(day: dt.date, precision: Precision) -> dt.date:
    match precision:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case "season":
            month = day.month // 3 * 3
            return dt.date(day.year, month, 1) if month else dt.date(day.year - 1, 12, 1)
        case "year":
            return dt.date(day.year, 1, 1)


def in_range(reading: DateReading) -> DateReading:
    """Return the reading, or a fault where it lies before anything the lists can hold."""
    if reading.start is not None and reading.start < EARLIEST:
        return DateReading(fault="out_of_range")
    return reading


def read_serial(number: float, *, epoch_1904: bool = False) -> DateReading:
    """Read a number as a year, a serial day number of the spreadsheet program, or eight digits.

    Parameters
    ----------
    epoch_1904 : bool
        The workbook counts its days from 1904, as those made on old Macs do.
    """
    if EARLIEST.year <= number <= 2100 and number.is_integer():
        return DateReading(dt.date(int(number), 1, 1), "year")
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        day = (_SERIAL_ZERO_1904 if epoch_1904 else _SERIAL_ZERO) + dt.timedelta(days=int(number))
        return in_range(DateReading(day, "day", rules=("date_from_serial",)))
    if number.is_integer() and 19_000_000 <= number < 21_000_000:
        return _read_compact(str(int(number)))
    return DateReading(fault="out_of_range")


def _read_compact(digits: str) -> DateReading:
    reading = day_of(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return in_range(replace(reading, rules=("date_compact",)) if reading.start else reading)


def day_of(year: int, month: int, day: int) -> DateReading:
    """Return a day, or the fault that it does not exist."""
    try:
        return DateReading(dt.date(year, month, day), "day")
    except ValueError:
        return IMPOSSIBLE


def month_of(year: int, month: int) -> DateReading:
    """Return a month, or the fault that it does not exist."""
    return DateReading(dt.date(year, month, 1), "month") if 1 <= month <= 12 and year else IMPOSSIBLE
