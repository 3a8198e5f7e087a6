"""Printing: A4, as wide as the paper, header row on each page, page numbers, the banner on each page."""

from dataclasses import dataclass
from math import ceil

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.names import Language
from vemas_analytics.reports.workbook.styles import ROW_HEIGHT

CM_PER_DIGIT = 0.186
"""A column's width of one digit of Arial 10 on paper."""

PORTRAIT_DIGITS, LANDSCAPE_DIGITS = 96.0, 143.0
"""Digits across an A4 page at full size."""

_PORTRAIT_POINTS, _LANDSCAPE_POINTS = 730.0, 480.0
"""Points down an A4 page at full size, less head and foot."""

_PORTRAIT_LEAST = 0.8
"""Share of full size down to which a sheet is printed upright."""

_SMALLEST = 0.72
"""Below this share of full size a sheet is printed over several pages side by side."""

_COLUMN_CM = 1.72
"""Width of a column nobody has set."""

_A4 = 9
_MARGIN_SIDE, _MARGIN_END = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Extent:
    """What is printed: width in digits, height in points, the header row to repeat, areas on pages of their own.

    ``reservation`` stands at the head of each page of a sheet that goes over several pages side by side.
    """

    width: float
    height: float
    header_row: int | None = None
    areas: tuple[str, ...] = ()
    may_split: bool = False
    has_chart: bool = False
    last_row: int = 1
    reservation: str = ""


def set_up_print(sheet: Worksheet, language: Language, banner: str, extent: Extent) -> None:
    """Make a sheet printable on A4: portrait where it fits, else landscape, fit to width.

    Parameters
    ----------
    sheet : Worksheet
    language : {"de", "en"}
    banner : str
        Printed at the head of each page; empty for none.
    extent : Extent
        A sheet that would become too small goes over several pages side by side, the first column repeated,
        where ``may_split`` allows it.
    """
    is_wide = extent.has_chart or extent.width * _PORTRAIT_LEAST > PORTRAIT_DIGITS
    pages = 1
    if extent.may_split:
        pages = max(1, ceil(extent.width * _SMALLEST / LANDSCAPE_DIGITS))
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.fitToWidth = pages
    # A sheet a little too long for one page is made smaller rather than leaving its last rows alone on the next.
    across, down = (LANDSCAPE_DIGITS, _LANDSCAPE_POINTS) if is_wide else (PORTRAIT_DIGITS, _PORTRAIT_POINTS)
    is_nearly_one = min(1.0, across / extent.width, down / extent.height) >= _SMALLEST and pages == 1
    sheet.page_setup.fitToHeight = 1 if is_nearly_one else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if extent.header_row is not None:
        sheet.print_title_rows = f"{extent.header_row}:{extent.header_row}"
    if pages > 1:
        sheet.print_title_cols = f"{get_column_letter(1)}:{get_column_letter(1)}"
        # The lines above the table are longer than the column that is repeated, and would be cut on each page.
        sheet.print_area = f"A{extent.header_row or 1}:{get_column_letter(sheet.max_column)}{extent.last_row}"
    if extent.areas:
        sheet.print_area = list(extent.areas)
    of = {"de": "Seite &P von &N", "en": "Page &P of &N"}[language]
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(text="&A"), right=_HeaderFooterPart(text=of))
    reservation = extent.reservation if pages > 1 else ""
    if banner or reservation:
        sheet.oddHeader = HeaderFooterItem(
            left=_HeaderFooterPart(text=reservation.replace("&", "&&") or None),
            center=_HeaderFooterPart(text=banner.replace("&", "&&") or None),
        )
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN_SIDE
    sheet.page_margins.top = sheet.page_margins.bottom = _MARGIN_END


def chart_area(
    sheet: Worksheet, header_row: int, columns: int, width_cm: float, height_points: float
) -> tuple[str, str]:
    """Return two areas to print on pages of their own: head with table, and the chart to the right of them."""
    first = columns + 2
    last = get_column_letter(first + ceil(width_cm / _COLUMN_CM))
    bottom = max(sheet.max_row, header_row + ceil(height_points / ROW_HEIGHT))
    return (
        f"A1:{get_column_letter(columns)}{sheet.max_row}",
        f"{get_column_letter(first)}{header_row}:{last}{bottom}",
    )
