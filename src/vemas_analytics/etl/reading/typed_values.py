"""Values of typed sources (Parquet, databases) as the values a cell can hold; runs in the child process only."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

_SAFE_DIGITS: Final = 15
"""Digits that a float keeps exactly."""

_MOST_PLACES: Final = 40
"""Before the decimal point: a database can send a hundred thousand, and no whole number here may be as long."""

_PLAIN: Final = (bool, int, dt.date, dt.time, dt.timedelta)


def cell_value(value: Any) -> Any:
    """Return a value as a cell holds it: numbers, days and truth values as they are, everything else as text.

    A decimal becomes a whole number or a float where that keeps all its digits, else text; a moment loses its time
    zone, not its hour; a moment at midnight stays a moment, as the source's type says.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value if not value.isspace() else None
    if isinstance(value, dt.datetime):
        return dt.datetime(
            value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond
        )
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Decimal):
        return _decimal_value(value)
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return _bytes_value(bytes(value))
    return str(value)


def cell_rows(rows: Iterable[Sequence[Any]]) -> Iterable[tuple[Any, ...]]:
    """Yield rows of cell values."""
    for row in rows:
        yield tuple([cell_value(value) for value in row])


def _decimal_value(value: Decimal) -> int | float | str | None:
    if not value.is_finite():
        return None
    if value.adjusted() > _MOST_PLACES:
        return str(value)
    if value == value.to_integral_value():
        return int(value)
    return float(value) if len(value.normalize().as_tuple().digits) <= _SAFE_DIGITS else str(value)


def _bytes_value(value: bytes) -> str | None:
    try:
        return value.decode("utf-8") or None
    except UnicodeDecodeError:
        return value.hex()
