"""The cover: whose report, what it is, as of when, from what, and the logo beside it."""

from typing import Final

from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.reports.logo import fitted, read_logo
from vemas_analytics.reports.workbook.printing import CM_PER_DIGIT
from vemas_analytics.reports.workbook.sheet_writer import GAP_DIGITS, MOST_HEAD, TITLE_SCALE, SheetWriter
from vemas_analytics.reports.workbook.styles import LINE_HEIGHT, Face, Look, put_text
from vemas_analytics.reports.workbook.text_width import count_lines, text_width

_WIDTHS: Final = (26.0, 92.0)
_SIDES: Final = 1.2
_LOGO_CM: Final = (5.0, 2.0)
_PIXELS_PER_CM: Final = 96 / 2.54


class _Picture(Image):
    """A picture that is written as it is; openpyxl's own would open it with a further library."""

    def __init__(self, png: bytes, size_cm: tuple[float, float]) -> None:
        self.ref = self._png = png
        self.format = "png"
        self.width, self.height = (round(side * _PIXELS_PER_CM) for side in size_cm)

    def _data(self) -> bytes:
        return self._png


def write_cover(writer: SheetWriter, sheet: Worksheet) -> None:
    """Write the cover on the first sheet, which has no table.

    Parameters
    ----------
    writer : SheetWriter
    sheet : Worksheet
    """
    document = writer.document
    row = writer.write_title(sheet, document.title)
    row = writer.write_lines(sheet, row, [document.subtitle], MOST_HEAD, "body")
    faces: tuple[Face, Face] = ("strong", "body")
    for pair in document.cover:
        lines = 1
        for column, (text, face) in enumerate(zip(pair, faces, strict=True), start=1):
            cell, room = sheet.cell(row, column), _WIDTHS[column - 1] - _SIDES
            wraps = text_width(text) > room
            look = Look(face=face, quoted=put_text(cell, text), ruled=True, wrap=wraps)
            writer.styler.apply(cell, look)
            lines = max(lines, count_lines(text, room) if wraps else 1)
        sheet.row_dimensions[row].height = lines * LINE_HEIGHT + 6
        row += 1
    writer.write_link(sheet, row, writer.texts.text("workbook.to_contents"))
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    writer.finish(sheet, sum(_WIDTHS) + _add_logo(writer, sheet))


def _add_logo(writer: SheetWriter, sheet: Worksheet) -> float:
    """Place the logo to the right of everything written; return the further width in digits."""
    document = writer.document
    if document.logo is None:
        return 0.0
    png = read_logo(document.logo).png
    size = fitted(png, *_LOGO_CM)
    gap = max(0.0, text_width(document.title) * TITLE_SCALE - sum(_WIDTHS)) + GAP_DIGITS
    column = len(_WIDTHS) + 1
    sheet.column_dimensions[get_column_letter(column)].width = gap
    sheet.add_image(_Picture(png, size), f"{get_column_letter(column + 1)}1")
    # The first sheet's drawings come first in the file, whenever they are added.
    name = writer.texts.text("workbook.logo", organisation=document.organisation).strip()
    writer.alternatives.insert(0, [name])
    return gap + size[0] / CM_PER_DIGIT
