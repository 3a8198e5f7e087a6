"""How the workbook looks: few styles, explicit colours, print set-up."""

from copy import copy

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import CellKind
from vemas_analytics.model.names import Language

INK = "1F2A37"
MUTED = "5B6673"
ACCENT = "1F4E79"
BANNER = "9C2F00"
RULE = "B8C0CA"

FONT_NAME = "Calibri"
TITLE = Font(name=FONT_NAME, size=15, bold=True, color=ACCENT)
HEADING = Font(name=FONT_NAME, size=12, bold=True, color=INK)
BODY = Font(name=FONT_NAME, size=11, color=INK)
STRONG = Font(name=FONT_NAME, size=11, bold=True, color=INK)
SMALL = Font(name=FONT_NAME, size=10, color=MUTED)
WARNING = Font(name=FONT_NAME, size=11, bold=True, color=BANNER)
LINK = Font(name=FONT_NAME, size=11, color="0B5394", underline="single")
HEADER = Font(name=FONT_NAME, size=11, bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", start_color=ACCENT, end_color=ACCENT)
TOTAL_FILL = PatternFill("solid", start_color="E8EDF3", end_color="E8EDF3")
WRAP_TOP = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
UNDER = Border(bottom=Side(style="thin", color=RULE))

# Excel shows the built-in date format 14 in the reader's own locale.
_DATE = "mm-dd-yy"
_FORMATS: dict[CellKind, str] = {
    "integer": "#,##0",
    "decimal": "#,##0.0",
    "percent": "0%",
    "eur": '#,##0 "€"',
    "keur": "#,##0",
    "date": _DATE,
}


def number_format(kind: CellKind, text: str) -> str:
    """Return the Excel number format of a cell kind; ``General`` for texts and symbols.

    Parameters
    ----------
    kind : CellKind
    text : str
        What the page shows: a sign or an "at least" in front of the number is shown by Excel too.
    """
    if kind == "percent" and text[:1] in {"+", "\u2212"}:
        return "+0%;\u22120%;0%"
    plain = _FORMATS.get(kind, "General")
    return f'"\u2265 "{plain}' if text.startswith("\u2265") else plain


def accent_fill(accent: str) -> PatternFill:
    """Return the header fill in the organisation's accent colour, or the house colour."""
    if not accent:
        return copy(HEADER_FILL)
    colour = accent.lstrip("#").upper()
    return PatternFill("solid", start_color=colour, end_color=colour)


def set_up_print(sheet: Worksheet, language: Language, banner: str, header_row: int | None, *, wide: bool) -> None:
    """Make a sheet printable: A4, fit to width, header row repeated, page numbers, banner on each page."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if header_row is not None:
        sheet.print_title_rows = f"{header_row}:{header_row}"
    of = {"de": "Seite &P von &N", "en": "Page &P of &N"}[language]
    sheet.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(text="&A"), right=_HeaderFooterPart(text=of))
    if banner:
        sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(text=banner.replace("&", "&&")))
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
