"""Rules for a finished workbook, after the spreadsheet checklist of official statistics; each with an id."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.utils import range_boundaries

FRONT = {
    "de": ["Deckblatt", "Inhalt", "Zusammenfassung", "Anmerkungen"],
    "en": ["Cover", "Contents", "Summary", "Notes"],
}
EMPTY_CELL = ("Leere Zelle:", "Empty cell:")
LONGEST_LINE = 130
SMALLEST_FONT = 10
MOST_SHEETS = 65


@dataclass(frozen=True)
class Breach:
    """A rule that does not hold, where."""

    rule: str
    sheet: str
    what: str


def lint(path, language, banner) -> list[Breach]:
    """Return every breach of the rules in a workbook."""
    book = openpyxl.load_workbook(path)
    found = list(_of_book(book, language))
    for position, sheet in enumerate(book.worksheets):
        found += _of_sheet(sheet, banner, is_cover=position == 0)
        found += [breach for table in sheet.tables.values() for breach in _of_table(sheet, table)]
    with zipfile.ZipFile(path) as package:
        found += _of_package(package)
    return found


def _of_book(book, language) -> Iterator[Breach]:
    if book.sheetnames[:4] != FRONT[language]:
        yield Breach("order", "", f"front sheets are {book.sheetnames[:4]}")
    if len(book.sheetnames) > MOST_SHEETS:
        yield Breach("too-many-sheets", "", str(len(book.sheetnames)))
    properties = book.properties
    if not properties.title or not properties.creator or not (properties.language or "").startswith(language):
        yield Breach("properties", "", f"{properties.title!r}, {properties.creator!r}, {properties.language!r}")
    if book.active.title != book.sheetnames[0]:
        yield Breach("first-sheet-open", book.active.title, "the workbook opens here")
    selected = [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected]
    if selected != book.sheetnames[:1]:
        yield Breach("one-sheet-selected", "", str(selected))
    names = [name.casefold() for sheet in book.worksheets for name in sheet.tables]
    if len(names) != len(set(names)):
        yield Breach("table-names", "", "a table name is used twice")
    contents = book.worksheets[1]
    linked = {cell.hyperlink.location for row in contents.iter_rows() for cell in row if cell.hyperlink}
    for name in book.sheetnames:
        if name != contents.title and f"'{name}'!A1" not in linked:
            yield Breach("contents-link", name, "no link from the contents")


def _of_sheet(sheet, banner, *, is_cover) -> Iterator[Breach]:
    title = sheet.title
    if not isinstance(sheet["A1"].value, str) or (sheet["A1"].font.sz or 0) <= SMALLEST_FONT:
        yield Breach("title-in-a1", title, repr(sheet["A1"].value))
    if sheet.merged_cells.ranges:
        yield Breach("merged", title, str(sheet.merged_cells.ranges))
    top = [row[0].value for row in sheet.iter_rows(max_row=3)]
    if bool(banner) != (banner in top):
        yield Breach("banner", title, repr(top))
    if bool(banner) != (sheet.oddHeader.center.text == banner):
        yield Breach("banner-in-print", title, repr(sheet.oddHeader.center.text))
    if any(selection.activeCell not in {None, "A1"} for selection in sheet.sheet_view.selection):
        yield Breach("cursor", title, "the cursor is not in A1")
    setup = sheet.page_setup
    if setup.paperSize != 9 or not sheet.sheet_properties.pageSetUpPr.fitToPage or not setup.fitToWidth:
        yield Breach("print-a4", title, f"paper {setup.paperSize}, width {setup.fitToWidth}")
    if "&P" not in (sheet.oddFooter.right.text or ""):
        yield Breach("page-numbers", title, repr(sheet.oddFooter.right.text))
    if not is_cover and len(sheet.tables) != 1:
        yield Breach("one-table", title, f"{len(sheet.tables)} tables")
    for row in sheet.iter_rows():
        for cell in row:
            yield from _of_cell(sheet, cell)


def _of_cell(sheet, cell) -> Iterator[Breach]:
    where = f"{sheet.title}!{cell.coordinate}"
    if cell.data_type == "f" and "reconciliation" in str([*sheet.tables]):
        return
    if cell.data_type == "f":
        yield Breach("formula", where, repr(cell.value))
    if cell.data_type == "e":
        yield Breach("error-value", where, repr(cell.value))
    if cell.value is not None and (cell.font.sz or 0) < SMALLEST_FONT:
        yield Breach("font-size", where, str(cell.font.sz))
    if isinstance(cell.value, str) and cell.value[:1] in {"=", "+", "-", "@"} and not cell.quotePrefix:
        yield Breach("quote-prefix", where, repr(cell.value))


def _of_table(sheet, table) -> Iterator[Breach]:
    title = sheet.title
    left, top, right, bottom = range_boundaries(table.ref)
    if left != 1:
        yield Breach("left-edge", title, table.ref)
    if sheet.max_row > bottom or sheet.max_column > right:
        yield Breach("nothing-beside", title, f"{table.ref} in {sheet.dimensions}")
    header = [sheet.cell(top, column).value for column in range(left, right + 1)]
    if header != [column.name for column in table.tableColumns] or len({str(h).casefold() for h in header}) < len(
        header
    ):
        yield Breach("header", title, repr(header))
    if not all(sheet.cell(top, column).alignment.wrap_text for column in range(left, right + 1)):
        yield Breach("header-wraps", title, repr(header))
    if sheet.print_title_rows != f"${top}:${top}":
        yield Breach("header-repeated", title, repr(sheet.print_title_rows))
    if title not in FRONT["de"] + FRONT["en"] and not sheet.freeze_panes:
        yield Breach("frozen", title, "no frozen panes")
    head = [sheet.cell(row, 1).value or "" for row in range(1, top)]
    if any(not line for line in head):
        yield Breach("blank-row", title, "above the table")
    for line in head[1:]:
        if len(line) > LONGEST_LINE and line.startswith("=IF("):
            continue
        if len(line) > LONGEST_LINE:
            yield Breach("long-line", title, line)
    yield from _of_table_cells(
        sheet, (left, top, right, bottom), may_be_empty=any(h.startswith(EMPTY_CELL) for h in head)
    )
    has_total = any(cell.font.b for cell in sheet[bottom])
    if table.autoFilter is not None and (bottom - top < 20 or has_total) and not title.startswith(("Daten", "Rec")):
        yield Breach("filter", title, "a filter where there is nothing to filter")


def _of_table_cells(sheet, bounds, *, may_be_empty) -> Iterator[Breach]:
    left, top, right, bottom = bounds
    rows = [[sheet.cell(row, column) for column in range(left, right + 1)] for row in range(top + 1, bottom + 1)]
    for column in zip(*rows, strict=True):
        if all(cell.value is None for cell in column):
            yield Breach("blank-column", sheet.title, column[0].coordinate)
        yield from _of_column(sheet, column)
    for row in rows:
        if all(cell.value is None for cell in row):
            yield Breach("blank-row", sheet.title, row[0].coordinate)
        empty = [cell.coordinate for cell in row if cell.value in {None, ""}]
        if empty and not may_be_empty:
            yield Breach("empty-cell", sheet.title, empty[0])
        yield from _of_row_height(sheet, row)


def _of_column(sheet, column) -> Iterator[Breach]:
    numbers = [cell for cell in column if cell.data_type == "n" and cell.value is not None and not cell.is_date]
    if any(cell.alignment.horizontal != "right" for cell in numbers):
        yield Breach("numbers-right", sheet.title, numbers[0].coordinate)
    texts = [cell for cell in column if isinstance(cell.value, str) and re.fullmatch(r"[\d.,]+", cell.value)]
    if len(numbers) > len(column) / 2 and texts:
        yield Breach("number-as-text", sheet.title, texts[0].coordinate)


def _of_row_height(sheet, row) -> Iterator[Breach]:
    height = sheet.row_dimensions[row[0].row].height or sheet.sheet_format.defaultRowHeight
    for cell in row:
        if not isinstance(cell.value, str):
            continue
        width = sheet.column_dimensions[cell.column_letter].width
        # Arial 10 needs about 12.6 points a line; a character is narrower than a digit on average.
        fewest = len(cell.value) * 0.85 / width
        if not cell.alignment.wrap_text and fewest > 1.15:
            yield Breach("cut-off", sheet.title, f"{cell.coordinate}: {cell.value}")
        if int(fewest) * 12 > height:
            yield Breach("row-height", sheet.title, f"{cell.coordinate} {height}")


def _of_package(package) -> Iterator[Breach]:
    for name in package.namelist():
        text = package.read(name).decode("utf-8") if name.endswith(".xml") else ""
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
            for frame in re.findall(r"<(?:\w+:)?cNvPr [^>]*>", text):
                if not re.search(r'descr="[^"]{15,}"', frame):
                    yield Breach("alternative-text", name, frame)
        if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
            yield from _of_chart(name, text)


def _of_chart(name, text) -> Iterator[Breach]:
    for series in re.findall(r"<ser>.*?</ser>", text, re.S):
        if "srgbClr" not in series:
            yield Breach("explicit-fill", name, "a series without a colour of its own")
    sizes = [int(size) for size in re.findall(r'\bsz="(\d+)"', text)]
    if not sizes or min(sizes) < SMALLEST_FONT * 100:
        yield Breach("chart-font", name, str(sizes))
    if "<strLit>" in text or 'sourceLinked="1"' in text:
        yield Breach("chart-from-cells", name, "labels that no cell holds")
