"""The sheets of an .xlsb record by record, for workbooks the fast reader refuses; runs in the child process only.

Source: [MS-XLSB], the records named below. Whatever is not as it should be refuses the whole workbook: a row that is
passed over would be missing without a word.
"""

import datetime as dt
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import repeat
from typing import Any, Final

from vemas_analytics.etl.reading.binary_parts import (
    binary_records,
    bundled_sheets,
    wide_text,
    xlsb_is_early,
)
from vemas_analytics.etl.reading.workbook_parts import sheet_parts
from vemas_analytics.etl.reading.workbook_sheets import Frame, row_frames, sheet_frame

_ROW, _SHEET_END, _MERGED = 0, 146, 176
_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 1, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR, _RICH_TEXT = 8, 9, 10, 11, 62
_STRING_ITEM, _FORMAT, _CELL_FORMAT, _CELL_FORMATS, _CELL_FORMATS_END = 19, 44, 47, 617, 618
_HEAD: Final = 8
"""Bytes of a cell before its value: its column, its style in three bytes, a byte of flags."""

_LAST_ROW: Final = 1_048_576
_MOST_MERGED: Final = 5_000
_OTHER_SHEETS: Final = ("chartsheets/", "dialogsheets/", "macrosheets/")


@dataclass(frozen=True, slots=True)
class _Book:
    """What cells refer to: texts by number, the number format of each style, and where days are counted from."""

    texts: Sequence[str]
    formats: Sequence[str]
    epoch: dt.datetime


class _DamagedError(ValueError):
    """A workbook that contradicts itself."""


def xlsb_frames(content: bytes) -> Iterator[Frame]:
    """Yield the frames of a workbook's sheets, hidden ones too."""
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    parts = sheet_parts(content, "xlsb")
    with zipfile.ZipFile(BytesIO(content)) as package:
        early = xlsb_is_early(package)
        book = _Book(_texts(package), _formats(package), MAC_EPOCH if early else WINDOWS_EPOCH)
        for sheet in bundled_sheets(package):
            if not any(kind in sheet.path for kind in _OTHER_SHEETS):
                stream = package.read(sheet.path)
                merged = _merged(stream)
                yield sheet_frame(sheet.name, parts.get(sheet.name), hidden=sheet.hidden, merged=merged)
                yield from row_frames(_rows(stream, book), 0)


def _rows(stream: bytes, book: _Book) -> Iterator[list[Any]]:
    """Yield the rows of a sheet from its first on, those that are left out as empty ones."""
    row: list[Any] = []
    at, given = -1, 0
    for kind, body in binary_records(stream, strict=True):
        if kind == _SHEET_END:
            if at >= 0:
                yield from repeat([], at - given)
                yield row
            return
        if kind == _ROW:
            if at >= 0:
                yield from repeat([], at - given)
                yield row
                given = at + 1
            (following,) = struct.unpack_from("<I", body)
            if not at < following < _LAST_ROW:
                raise _DamagedError("rows out of order")
            row, at = [], following
        elif kind in _VALUES and at >= 0:
            column, style = struct.unpack_from("<II", body)
            row += repeat(None, column - len(row))
            row.append(_shown(_VALUES[kind](body, book), style & 0xFFFFFF, book))
    raise _DamagedError("no end")


def _shown(value: Any, style: int, book: _Book) -> Any:
    """Return a cell's value, a number in a date's clothes as a date or a time."""
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import from_excel

    if not isinstance(value, float) or style >= len(book.formats) or not is_date_format(book.formats[style]):
        return value
    try:
        moment = from_excel(value, book.epoch, timedelta=is_timedelta_format(book.formats[style]))
    except (OverflowError, ValueError):
        return value
    return moment.date() if isinstance(moment, dt.datetime) and moment.time() == dt.time() else moment


def _texts(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.bin" not in package.namelist():
        return []
    stream = package.read("xl/sharedStrings.bin")
    return [wide_text(body, 1)[0] for kind, body in binary_records(stream, strict=True) if kind == _STRING_ITEM]


def _formats(package: zipfile.ZipFile) -> list[str]:
    """Return the number format of each style; without the part of styles numbers stay numbers."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    if "xl/styles.bin" not in package.namelist():
        return []
    own: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    for kind, body in binary_records(package.read("xl/styles.bin"), strict=True):
        if kind in {_CELL_FORMATS, _CELL_FORMATS_END}:
            inside = kind == _CELL_FORMATS
        elif kind == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = wide_text(body, 2)[0]
        elif kind == _CELL_FORMAT and inside:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return [own.get(number) or BUILTIN_FORMATS.get(number, "General") for number in styles]


def _merged(stream: bytes) -> tuple[tuple[int, int, int, int], ...]:
    areas = (struct.unpack_from("<4I", body) for kind, body in binary_records(stream, strict=True) if kind == _MERGED)
    return tuple((top, left, bottom, right) for top, bottom, left, right in areas)[:_MOST_MERGED]


def _rk(body: bytes, _: _Book) -> float:
    (bits,) = struct.unpack_from("<I", body, _HEAD)
    if bits & 2:
        number = float(struct.unpack_from("<i", body, _HEAD)[0] >> 2)
    else:
        (number,) = struct.unpack("<d", bytes(4) + struct.pack("<I", bits & ~3))
    return number / 100 if bits & 1 else number


def _real(body: bytes, _: _Book) -> float:
    (number,) = struct.unpack_from("<d", body, _HEAD)
    return float(number)


def _bool(body: bytes, _: _Book) -> bool:
    return bool(body[_HEAD])


def _text(body: bytes, _: _Book) -> str:
    return wide_text(body, _HEAD)[0]


def _rich_text(body: bytes, _: _Book) -> str:
    return wide_text(body, _HEAD + 1)[0]


def _shared(body: bytes, book: _Book) -> str:
    number: int = struct.unpack_from("<I", body, _HEAD)[0]
    return book.texts[number]


def _nothing(body: bytes, _: _Book) -> None:
    if len(body) < _HEAD:
        raise _DamagedError("a cell without a place")


_VALUES: Final[Mapping[int, Callable[[bytes, _Book], Any]]] = {
    _BLANK: _nothing,
    _ERROR: _nothing,
    _FORMULA_ERROR: _nothing,
    _RK: _rk,
    _REAL: _real,
    _FORMULA_NUMBER: _real,
    _BOOL: _bool,
    _FORMULA_BOOL: _bool,
    _TEXT: _text,
    _FORMULA_TEXT: _text,
    _RICH_TEXT: _rich_text,
    _SHARED: _shared,
}
