"""Rules on what a reader sees: order, titles, tables, texts, print, as the spreadsheet checklist asks."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.workbook.names import cell_reference
from vemas_analytics.reports.workbook.rules.breach import Breach

LONGEST_LINE: Final = 130
SMALLEST_FONT: Final = 10
MOST_SHEETS: Final = 80
FILTER_FROM: Final = 20
_A4: Final = 9
_FRONT: Final = ("cover", "contents", "summary", "notes")
_NUMBER = re.compile(r"[\d.,]+")
_CELL_NARROWER: Final = 0.85
"""A character is narrower than a digit on average."""
_CUT: Final = 1.15
_LINE_POINTS: Final = 12

AnyCell = Cell | MergedCell


def front_sheets(texts: Catalogue) -> list[str]:
    """Return the names of the sheets every workbook begins with."""
    return [texts.text(f"workbook.{key}") for key in _FRONT]


def bounds_of(reference: str) -> tuple[int, int, int, int]:
    """Return first column, first row, last column and last row of a range.

    Raises
    ------
    ValueError
        When it names no cells.
    """
    left, top, right, bottom = range_boundaries(reference)
    if left is None or top is None or right is None or bottom is None:
        message = f"{reference} names no cells"
        raise ValueError(message)
    return left, top, right, bottom


def margin_text(item: HeaderFooterItem | None, part: Literal["left", "center", "right"]) -> str:
    """Return what stands in a part of the header or footer of a sheet."""
    return "" if item is None else (getattr(item, part).text or "").replace("&&", "&")


def check_book(book: Workbook, texts: Catalogue) -> Iterator[Breach]:
    """Yield breaches of rules on the workbook as a whole."""
    names, front = book.sheetnames, front_sheets(texts)
    if names[: len(front)] != front:
        yield Breach("order", "", "", f"front sheets are {names[: len(front)]}")
    if len(names) > MOST_SHEETS:
        yield Breach("too-many-sheets", "", "", str(len(names)))
    properties = book.properties
    if not properties.title or not properties.creator or not properties.language:
        yield Breach("properties", "", "", f"{properties.title!r}, {properties.creator!r}, {properties.language!r}")
    if book.active is None or book.active.title != names[0]:
        yield Breach(
            "first-sheet-open", "" if book.active is None else book.active.title, "", "the workbook opens here"
        )
    selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
    if selected != names[:1]:
        yield Breach("one-sheet-selected", "", "", str(selected))
    contents = next((sheet for sheet in book.worksheets if len(front) > 1 and sheet.title == front[1]), None)
    linked = set() if contents is None else {link.location for link in _links(contents)}
    for name in names:
        if name != front[1] and cell_reference(name, "A1") not in linked:
            yield Breach("contents-link", name, "", "no link from the contents")
    back = cell_reference(front[1], "A1")
    for sheet in book.worksheets:
        if sheet.title != front[1] and back not in {link.location for link in _links(sheet)}:
            yield Breach("back-link", sheet.title, "", "no link to the contents")


def _links(sheet: Worksheet) -> list:  # type: ignore[type-arg]
    return [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def check_sheet(sheet: Worksheet, banner: str, texts: Catalogue, *, is_cover: bool) -> Iterator[Breach]:
    """Yield breaches of rules on one sheet and its table."""
    title = sheet.title
    first = sheet["A1"]
    if not isinstance(first.value, str) or (first.font.sz or 0) <= SMALLEST_FONT:
        yield Breach("title-in-a1", title, "A1", repr(first.value))
    if sheet.merged_cells.ranges:
        yield Breach("merged", title, str(sheet.merged_cells), "merged cells")
    top = [row[0].value for row in sheet.iter_rows(max_row=3)]
    if banner and banner not in top:
        yield Breach("banner", title, "A2", repr(top))
    if margin_text(sheet.oddHeader, "center") != banner:
        yield Breach("banner-in-print", title, "", repr(margin_text(sheet.oddHeader, "center")))
    if any(selection.activeCell not in {None, "A1"} for selection in sheet.sheet_view.selection):
        yield Breach("cursor", title, "", "the cursor is not in A1")
    setup = sheet.page_setup
    fits = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    if setup.paperSize != _A4 or not fits or not setup.fitToWidth:
        yield Breach("print-a4", title, "", f"paper {setup.paperSize}, width {setup.fitToWidth}")
    footer = margin_text(sheet.oddFooter, "right")
    if "&P" not in footer or "&N" not in footer:
        yield Breach("page-numbers", title, "", repr(footer))
    fewest = 0 if is_cover or title == texts.text("workbook.summary") else 1
    if not fewest <= len(sheet.tables) <= (0 if is_cover else 1):
        yield Breach("one-table", title, "", f"{len(sheet.tables)} tables")
    for row in sheet.iter_rows():
        for cell in row:
            yield from _check_cell(sheet, cell)
    for table in sheet.tables.values():
        yield from check_table(sheet, table, texts)


def _check_cell(sheet: Worksheet, cell: AnyCell) -> Iterator[Breach]:
    if cell.data_type == "e":
        yield Breach("error-value", sheet.title, cell.coordinate, repr(cell.value))
    if cell.value is not None and (cell.font.sz or 0) < SMALLEST_FONT:
        yield Breach("font-size", sheet.title, cell.coordinate, str(cell.font.sz))
    if cell.data_type == "f" or not isinstance(cell.value, str):
        return
    if cell.value[:1] in {"=", "+", "-", "@", "\t", "\r"} and not cell.quotePrefix:
        yield Breach("quote-prefix", sheet.title, cell.coordinate, repr(cell.value))


def check_table(sheet: Worksheet, table: Table, texts: Catalogue) -> Iterator[Breach]:
    """Yield breaches of rules on a table: where it stands, its header, its cells."""
    title = sheet.title
    left, top, right, bottom = bounds_of(table.ref)
    if left != 1:
        yield Breach("left-edge", title, table.ref, "the table does not begin in column A")
    if sheet.max_row > bottom or sheet.max_column > right:
        yield Breach("nothing-beside", title, table.ref, f"cells in {sheet.dimensions}")
    header = [sheet.cell(top, column) for column in range(left, right + 1)]
    if not all(cell.alignment.wrap_text for cell in header):
        yield Breach("header-wraps", title, table.ref, repr([cell.value for cell in header]))
    if sheet.print_title_rows != f"${top}:${top}":
        yield Breach("header-repeated", title, "", repr(sheet.print_title_rows))
    if title not in front_sheets(texts) and not sheet.freeze_panes:
        yield Breach("frozen", title, "", "no frozen panes")
    head = [sheet.cell(row, 1) for row in range(1, top)]
    for cell in head:
        if cell.value in {None, ""}:
            yield Breach("blank-row", title, cell.coordinate, "above the table")
    for cell in head[1:]:
        if cell.data_type != "f" and len(str(cell.value)) > LONGEST_LINE:
            yield Breach("long-line", title, cell.coordinate, str(cell.value))
    source = texts.text("workbook.source", date="").split(":")[0]
    if title not in front_sheets(texts) and not any(str(cell.value).startswith(f"{source}:") for cell in head[1:]):
        yield Breach("source", title, table.ref, "no line above the table names its source")
    explained = texts.text("workbook.empty_cells")
    may_be_empty = any(explained.startswith(str(cell.value)[:LONGEST_LINE]) for cell in head[1:] if cell.value)
    yield from _check_table_cells(sheet, (left, top, right, bottom), may_be_empty=may_be_empty)
    has_total = any(cell.font.b for cell in sheet[bottom])
    if table.autoFilter is not None and (bottom - top < FILTER_FROM or has_total) and not may_be_empty:
        is_recount = any(cell.data_type == "f" for cell in sheet[bottom])
        if not is_recount and not title.startswith(texts.text("records.title", table="").strip()):
            yield Breach("filter", title, table.ref, "a filter where there is nothing to filter")


def _check_table_cells(sheet: Worksheet, bounds: tuple[int, int, int, int], *, may_be_empty: bool) -> Iterator[Breach]:
    left, top, right, bottom = bounds
    rows = [[sheet.cell(row, column) for column in range(left, right + 1)] for row in range(top + 1, bottom + 1)]
    for column in zip(*rows, strict=True):
        if all(cell.value is None for cell in column) and not may_be_empty:
            yield Breach("blank-column", sheet.title, column[0].coordinate, "nothing in this column")
        yield from _check_column(sheet, column)
    for row in rows:
        if all(cell.value is None for cell in row):
            yield Breach("blank-row", sheet.title, row[0].coordinate, "nothing in this row")
        empty = [cell.coordinate for cell in row if cell.value in {None, ""}]
        if empty and not may_be_empty:
            yield Breach("empty-cell", sheet.title, empty[0], "empty, and no line above explains it")
        yield from _check_room(sheet, row)


def _check_column(sheet: Worksheet, column: Sequence[AnyCell]) -> Iterator[Breach]:
    numbers = [cell for cell in column if cell.data_type == "n" and cell.value is not None and not cell.is_date]
    wrong = next((cell for cell in numbers if cell.alignment.horizontal != "right"), None)
    if wrong is not None:
        yield Breach("numbers-right", sheet.title, wrong.coordinate, str(wrong.value))
    texts = [cell for cell in column if isinstance(cell.value, str) and _NUMBER.fullmatch(cell.value)]
    if len(numbers) > len(column) / 2 and texts:
        yield Breach("number-as-text", sheet.title, texts[0].coordinate, str(texts[0].value))


def _check_room(sheet: Worksheet, row: Sequence[AnyCell]) -> Iterator[Breach]:
    height = sheet.row_dimensions[row[0].row or 1].height or sheet.sheet_format.defaultRowHeight
    for cell in row:
        if not isinstance(cell.value, str) or cell.data_type == "f":
            continue
        width = sheet.column_dimensions[cell.column_letter].width
        # Arial 10 needs about 12.6 points a line.
        fewest = len(cell.value) * _CELL_NARROWER / width
        if not cell.alignment.wrap_text and fewest > _CUT:
            yield Breach("cut-off", sheet.title, cell.coordinate, cell.value)
        if int(fewest) * _LINE_POINTS > height:
            yield Breach("row-height", sheet.title, cell.coordinate, f"{height} points for {int(fewest)} lines")
