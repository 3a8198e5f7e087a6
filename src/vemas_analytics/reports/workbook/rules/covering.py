"""The rule on where drawings stand: beside what is written, never over it."""

from collections.abc import Iterator
from typing import Final

from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.reports.workbook.rules.breach import Breach

_EMU_PER_POINT: Final = 12_700
_EMU_PER_DIGIT: Final = 7 * 9_525
"""A digit of Arial 10 takes seven pixels of a screen."""

_EMU_PADDING: Final = 5 * 9_525
_USUAL_DIGITS: Final = 8.43


def check_covering(sheet: Worksheet) -> Iterator[Breach]:
    """Yield a breach for each drawing of a sheet that lies over a filled cell, naming the first such cell."""
    filled = {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.value not in {None, ""}}
    for drawing in (*sheet._charts, *sheet._images):  # type: ignore[attr-defined]
        anchor = drawing.anchor
        if not isinstance(anchor, OneCellAnchor):
            yield Breach("drawing-clear", sheet.title, "", "a drawing that is not fixed at one cell")
            continue
        columns = _reached(sheet, anchor._from.col + 1, anchor.ext.width - anchor._from.colOff, is_row=False)
        rows = _reached(sheet, anchor._from.row + 1, anchor.ext.height - anchor._from.rowOff, is_row=True)
        covered = sorted((row, column) for row in rows for column in columns if (row, column) in filled)
        if covered:
            row, column = covered[0]
            yield Breach("drawing-clear", sheet.title, f"{get_column_letter(column)}{row}", "under a drawing")


def _reached(sheet: Worksheet, first: int, length: float, *, is_row: bool) -> range:
    """Return the rows or columns over which a drawing of this length lies."""
    last = first
    while length > (size := _row_emu(sheet, last) if is_row else _column_emu(sheet, last)):
        length -= size
        last += 1
    return range(first, last + 1)


def _row_emu(sheet: Worksheet, number: int) -> float:
    return float(sheet.row_dimensions[number].height or sheet.sheet_format.defaultRowHeight) * _EMU_PER_POINT


def _column_emu(sheet: Worksheet, number: int) -> float:
    letter = get_column_letter(number)
    width = sheet.column_dimensions[letter].width if letter in sheet.column_dimensions else _USUAL_DIGITS
    return float(width) * _EMU_PER_DIGIT + _EMU_PADDING
