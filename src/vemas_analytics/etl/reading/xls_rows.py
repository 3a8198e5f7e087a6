"""The sheets of an .xls record by record, for workbooks the fast reader refuses; runs in the child process only.

xlrd overlooks what many programs get wrong in the container (shared or unreachable sectors) and also reads workbooks
without any. A stream that ends too early is refused: rows would be missing without a word.
"""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any, Final

from vemas_analytics.etl.reading.workbook_parts import sheet_parts
from vemas_analytics.etl.reading.workbook_sheets import Frame, row_frames, sheet_frame

_MOST_MERGED: Final = 5_000


def xls_frames(content: bytes) -> Iterator[Frame]:
    """Yield the frames of a workbook's sheets, hidden ones too."""
    import xlrd

    book = xlrd.open_workbook(
        file_contents=content, ignore_workbook_corruption=True, ragged_rows=True, logfile=io.StringIO()
    )
    parts = sheet_parts(content, "xls")
    for sheet in book.sheets():
        merged = tuple(
            (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells[:_MOST_MERGED]
        )
        hidden = sheet.visibility != 0
        yield sheet_frame(sheet.name, parts.get(sheet.name), hidden=hidden, merged=merged)
        yield from row_frames((_row(sheet, at, book.datemode) for at in range(sheet.nrows)), 0)


def _row(sheet: Any, at: int, epoch: int) -> list[Any]:
    return [_value(kind, value, epoch) for kind, value in zip(sheet.row_types(at), sheet.row_values(at), strict=True)]


def _value(kind: int, value: Any, epoch: int) -> Any:
    import xlrd

    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR}:
        return None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind != xlrd.XL_CELL_DATE:
        return value
    try:
        moment = xlrd.xldate.xldate_as_datetime(value, epoch)
    except (ValueError, OverflowError):
        return value
    return moment.time() if 0 <= value < 1 else moment.date() if moment.time() == dt.time() else moment
