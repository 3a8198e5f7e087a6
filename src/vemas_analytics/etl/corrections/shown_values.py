"""Whether a text that a person copied from a list is what a cell of it shows."""

import datetime as dt
import re
from typing import Final

from vemas_analytics.etl.parse.cells import as_text, is_blank, tidy
from vemas_analytics.etl.parse.dates import read_date
from vemas_analytics.model.sheets import CellValue

_TRUE_FALSE: Final = {
    "true": True, "wahr": True, "1": True, "истина": True, "false": False, "falsch": False, "0": False, "ложь": False,
}  # fmt: skip
_UNIT: Final = re.compile(r"(?:€|EUR|%|₽|RUB|US\$|\$|USD)", re.IGNORECASE)
_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_COMMA: Final = re.compile(r"-?\d{1,3}(?:[. '’]\d{3})+(?:,\d+)?|-?\d+,\d+")
_POINT: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_FEWEST_DECIMALS: Final = 2
_CLOCK: Final = re.compile(r"(?P<day>.+?)[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?")


def shows(cell: CellValue, text: str) -> bool:
    """Tell whether ``text`` is what a cell shows, in any of the forms a spreadsheet program may show it.

    Parameters
    ----------
    cell : CellValue
        As its file stores it.
    text : str
        As a person wrote it: a text with its spaces tidied; a number plain, with decimal comma or grouped; a date as
        ``2012-07-08`` or ``08.07.2012``; '' for an empty cell.

    Examples
    --------
    >>> shows(1234.5, "1.234,50 €")
    True
    >>> shows("Swerdlowsk", "swerdlowsk")
    False
    """
    if is_blank(cell) or not text.strip():
        return is_blank(cell) and not text.strip()
    if tidy(text) == tidy(as_text(cell)):
        return True
    if isinstance(cell, bool):
        return _TRUE_FALSE.get(text.strip().casefold()) is cell
    if isinstance(cell, int | float):
        return any(_same_number(float(cell), number, digits) for number, digits in _numbers(text))
    if isinstance(cell, dt.datetime):
        return _moment(text) == cell.replace(microsecond=0, tzinfo=None)
    if isinstance(cell, dt.date):
        return _moment(text) == dt.datetime(cell.year, cell.month, cell.day)
    return False


def typed_like(text: str, cell: CellValue) -> CellValue:
    """Return a corrected text in the type of the cell it replaces: a number for a number, a day for a day.

    A text that may be read in two ways stays a text, and is read by the rules of its column like any other.
    """
    bare = text.strip()
    if not bare:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        values = {number for number, _ in _numbers(bare)}
        if len(values) == 1 and not _UNIT.search(bare):
            number = values.pop()
            return int(number) if number.is_integer() else number
    if isinstance(cell, dt.date):
        return _moment(bare) or bare
    return bare


def _numbers(text: str) -> list[tuple[float, int]]:
    """Return every number a text may mean, with its digits after the decimal sign."""
    percent = "%" in text
    bare = _UNIT.sub("", text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")).strip()
    found: list[tuple[float, int]] = []
    if _PLAIN.fullmatch(bare):
        found.append((float(bare), len(bare.partition(".")[2])))
    if _COMMA.fullmatch(bare):
        plain = re.sub(r"[. '’]", "", bare).replace(",", ".")
        found.append((float(plain), len(plain.partition(".")[2])))
    if _POINT.fullmatch(bare):
        plain = bare.replace(",", "")
        found.append((float(plain), len(plain.partition(".")[2])))
    return [(number / 100, digits + 2) for number, digits in found] if percent else found


def _same_number(cell: float, number: float, digits: int) -> bool:
    if abs(cell - number) <= 1e-9 * max(abs(cell), abs(number)):
        return True
    return digits >= _FEWEST_DECIMALS and abs(cell - number) <= 0.5 * 10.0**-digits


def _moment(text: str) -> dt.datetime | None:
    """Return the moment a text names to the day or better, or None."""
    clock = _CLOCK.fullmatch(text.strip())
    reading = read_date(clock["day"] if clock else text)
    if reading.start is None or reading.precision != "day" or reading.end is not None:
        return None
    moment = dt.datetime(reading.start.year, reading.start.month, reading.start.day)
    if clock is None:
        return moment
    hours, minutes, seconds = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    return moment + dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
