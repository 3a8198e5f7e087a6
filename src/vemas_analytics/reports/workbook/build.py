"""The order of the sheets and what stands on each."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from vemas_analytics.model.document import Cell, Column, Document, RecordsSheet, TableBlock
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reports.workbook.front import Entry, note_rows, symbols_used, text_lines, workbook_tables
from vemas_analytics.reports.workbook.grid import NO_ENTRY, Grid, column_widths, put_text, write_grid
from vemas_analytics.reports.workbook.names import Names
from vemas_analytics.reports.workbook.native_charts import add_chart, chart_size
from vemas_analytics.reports.workbook.package import finish_package
from vemas_analytics.reports.workbook.printing import CM_PER_DIGIT, LANDSCAPE_DIGITS, Extent, set_up_print
from vemas_analytics.reports.workbook.styles import LINE_HEIGHT, ROW_HEIGHT, Face, Look, Styler
from vemas_analytics.reports.workbook.text_width import break_lines, text_width

_LEAST_HEAD, _MOST_HEAD = 94.0, 112.0
_TITLE_SCALE, _TITLE_HEIGHT = 1.38, 22.0
_READABLE = 0.8
"""Share of full size down to which table and chart are printed on one page."""

_COLUMN_CM, _GAP_DIGITS = 1.72, 2.5
_MOST_FROZEN_ROWS = 16
_FILTER_FROM = 20
_RECORD_COLUMN = 34.0


def write_workbook(document: Document, path: Path) -> None:
    """Write the document as .xlsx: cover, contents, summary, notes, one sheet a table, records.

    The same document gives the same bytes. Numbers are numbers and dates are dates; nothing that came from a
    source file is ever a formula.

    Parameters
    ----------
    document : Document
    path : Path
        Overwritten.
    """
    book = _Book(document)
    book.fill()
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as package:
        ExcelWriter(book.workbook, package).write_data()
    finish_package(raw, path, book.alternatives, document.as_of)


class _Book:
    """One workbook in the making."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts: Catalogue = read_texts(document.language)
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.alternatives: list[list[str]] = []
        self.styler = Styler(self.workbook, document.accent)
        self.names = Names()
        self._tab_colours = [read_theme(document.accent).colour(role).lstrip("#") for role in ("accent", "accent_mid")]

    def fill(self) -> None:
        document, say = self.document, self.texts.text
        properties = self.workbook.properties
        properties.title = document.title
        properties.creator = properties.lastModifiedBy = document.organisation or "vemas_analytics"
        properties.language = {"de": "de-DE", "en": "en-GB"}[document.language]
        properties.subject = document.subtitle
        cover, contents = self._new(say("workbook.cover"), 0), self._new(say("workbook.contents"), 0)
        front = say("workbook.part_front")
        summary = self._new(say("workbook.summary"), 0)
        notes = self._new(say("workbook.notes"), 0)
        entries = [
            Entry(front, cover.title, document.title),
            Entry(front, summary.title, say("workbook.summary_title")),
            Entry(front, notes.title, say("workbook.notes_scope")),
        ]
        extra = self._summary(summary)
        chapter = 1
        for number, section in enumerate(document.sections):
            tables = extra if number == 0 else list(workbook_tables(section))
            heading = front if number == 0 else section.heading
            entries += [Entry(heading, self._table(table, chapter), table.title) for table in tables]
            chapter += bool(tables)
        records = say("workbook.part_records")
        entries += [Entry(records, self._records(sheet, chapter), sheet.title) for sheet in document.records]
        self._cover(cover)
        self._contents(contents, entries)
        self._notes(notes)
        self.workbook.active = 0

    def _new(self, title: str, chapter: int) -> Worksheet:
        sheet: Worksheet = self.workbook.create_sheet(self.names.sheet(title))
        sheet.sheet_view.showGridLines = False
        sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
        sheet.sheet_format.customHeight = True
        sheet.sheet_properties.tabColor = self._tab_colours[chapter % len(self._tab_colours)]
        return sheet

    def _line(self, sheet: Worksheet, row: int, text: str, face: Face, *, indent: int = 0, low: bool = False) -> int:
        cell = sheet.cell(row, 1)
        self.styler.apply(cell, Look(face=face, indent=indent, low=low, quoted=put_text(cell, text)))
        return row + 1

    def _title(self, sheet: Worksheet, title: str) -> int:
        """Write title and banner; return the next free row."""
        row = self._line(sheet, 1, title, "title")
        sheet.row_dimensions[1].height = _TITLE_HEIGHT
        return self._line(sheet, row, self.document.banner, "warning") if self.document.banner else row

    def _lines(self, sheet: Worksheet, row: int, texts: Sequence[str], width: float, face: Face = "small") -> int:
        for text in texts:
            for number, line in enumerate(break_lines(text, width) if text else []):
                row = self._line(sheet, row, line, face, indent=min(number, 1))
        return row

    def _link(self, sheet: Worksheet, row: int, target: str, text: str) -> int:
        cell = sheet.cell(row, 1)
        put_text(cell, text)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=text)
        self.styler.apply(cell, Look(face="link"))
        return row + 1

    def _head(self, sheet: Worksheet, title: str, lines: Sequence[str], width: float) -> int:
        """Write title, banner, lines and the way back from A1 down; return the row of the table's header."""
        row = self._lines(sheet, self._title(sheet, title), lines, width)
        row = self._link(sheet, row, self.texts.text("workbook.contents"), self.texts.text("workbook.back"))
        sheet.row_dimensions[row - 1].height = LINE_HEIGHT + 6
        return row

    def _print(
        self,
        sheet: Worksheet,
        width: float,
        header_row: int | None = None,
        *,
        areas: tuple[str, ...] = (),
        may_split: bool = False,
        has_chart: bool = False,
    ) -> None:
        title = text_width(str(sheet["A1"].value)) * _TITLE_SCALE
        heights = (sheet.row_dimensions[row].height or ROW_HEIGHT for row in range(1, sheet.max_row + 1))
        extent = Extent(max(width, title), sum(heights), header_row, areas, may_split, has_chart)
        set_up_print(sheet, self.document.language, self.document.banner, extent)

    def _cover(self, sheet: Worksheet) -> None:
        document = self.document
        row = self._title(sheet, document.title)
        row = self._lines(sheet, row, [document.subtitle], _MOST_HEAD, "body")
        for label, value in document.cover:
            for column, text, face in ((1, label, "strong"), (2, value, "body")):
                cell = sheet.cell(row, column)
                look = Look(face="strong" if face == "strong" else "body", quoted=put_text(cell, text), ruled=True)
                self.styler.apply(cell, look)
            sheet.row_dimensions[row].height = LINE_HEIGHT + 6
            row += 1
        self._link(sheet, row, self.texts.text("workbook.contents"), self.texts.text("workbook.to_contents"))
        sheet.column_dimensions["A"].width = 26
        sheet.column_dimensions["B"].width = 92
        self._print(sheet, 120)

    def _contents(self, sheet: Worksheet, entries: Sequence[Entry]) -> None:
        say = self.texts.text
        columns = (
            Column("chapter", say("workbook.chapter")),
            Column("sheet", say("workbook.sheet")),
            Column("title", say("workbook.title")),
        )
        row = self._lines(sheet, self._title(sheet, say("workbook.contents")), [say("workbook.contents_scope")], 90)
        rows = [tuple(Cell(text, text) for text in (item.chapter, item.sheet, item.title)) for item in entries]
        grid = Grid(self.names.table("contents"), columns, rows, widths=(29.0, 29.0, 62.0))
        widths = write_grid(sheet, grid, row, self.styler)
        for offset, item in enumerate(entries, start=1):
            cell = sheet.cell(row + offset, 2)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{item.sheet}'!A1", display=item.sheet)
            self.styler.apply(cell, Look(face="link", ruled=True))
        sheet.freeze_panes = f"A{row + 1}"
        self._print(sheet, sum(widths), row)

    def _summary(self, sheet: Worksheet) -> list[TableBlock]:
        """Write the first section; return its tables after the first, which get sheets of their own."""
        document = self.document
        first = document.sections[0]
        tables = list(workbook_tables(first))
        row = self._title(sheet, document.title)
        row = self._lines(sheet, row, [document.subtitle], _MOST_HEAD)
        row = self._link(sheet, row, self.texts.text("workbook.contents"), self.texts.text("workbook.back"))
        for block in first.blocks:
            row = self._lines(sheet, row, text_lines(block), _MOST_HEAD, "body")
        if not tables:
            self._print(sheet, _MOST_HEAD)
            return []
        table = tables[0]
        row = self._line(sheet, row, table.title, "strong", low=True)
        sheet.row_dimensions[row - 1].height = LINE_HEIGHT + 8
        row = self._lines(sheet, row, self._explained(table), _MOST_HEAD)
        widths = write_grid(sheet, self._grid_of(table), row, self.styler)
        self._print(sheet, max(sum(widths), _MOST_HEAD), row)
        return tables[1:]

    def _notes(self, sheet: Worksheet) -> None:
        say = self.texts.text
        columns = (
            Column("part", say("workbook.part")),
            Column("what", say("workbook.what")),
            Column("text", say("workbook.text")),
        )
        rows = note_rows(self.document, self.texts)
        row = self._head(sheet, say("workbook.notes"), [say("workbook.notes_scope")], _LEAST_HEAD)
        grid = Grid(self.names.table("notes"), columns, rows, widths=(20.0, 28.0, 72.0))
        widths = write_grid(sheet, grid, row, self.styler)
        sheet.freeze_panes = f"A{row + 1}"
        self._print(sheet, sum(widths), row)

    def _explained(self, table: TableBlock) -> list[str]:
        """Return the lines above a table: scope, symbols, notes, source, and that a chart stands beside it."""
        say = self.texts.text
        used = "; ".join(f"{mark} {meaning}" for mark, meaning in symbols_used(table, self.document.symbols))
        is_empty = any(not cell.text and cell.value is None for row in table.rows for cell in row)
        symbols = "; ".join(
            part for part in (used, say("workbook.no_entry", mark=NO_ENTRY) if is_empty else "") if part
        )
        return [
            table.scope,
            say("workbook.symbols", symbols=symbols) if symbols else "",
            *table.notes,
            table.source,
            say("workbook.chart_beside", title=table.chart.title) if table.chart is not None else "",
        ]

    def _grid_of(self, table: TableBlock) -> Grid:
        is_long = len(table.rows) >= _FILTER_FROM and not table.total_rows
        return Grid(self.names.table(table.key), table.columns, table.rows, table.total_rows, filtered=is_long)

    def _table(self, table: TableBlock, chapter: int) -> str:
        sheet = self._new(table.sheet_title or table.title, chapter)
        grid = self._grid_of(table)
        widths = column_widths(grid)
        width, size = sum(widths), None
        both = width
        if table.chart is not None:
            size = chart_size(table, table.chart)
            both += _GAP_DIGITS + size.width / CM_PER_DIGIT
        fits = both * _READABLE <= LANDSCAPE_DIGITS
        head = min(_MOST_HEAD, max(both if fits else width, _LEAST_HEAD if fits else 0.0))
        row = self._head(sheet, table.title, self._explained(table), head)
        write_grid(sheet, replace(grid, widths=tuple(widths)), row, self.styler)
        if row <= _MOST_FROZEN_ROWS:
            sheet.freeze_panes = f"B{row + 1}"
        areas: tuple[str, ...] = ()
        if table.chart is not None and size is not None:
            gap = len(table.columns) + 1
            sheet.column_dimensions[get_column_letter(gap)].width = _GAP_DIGITS
            add_chart(sheet, table, table.chart, row, f"{get_column_letter(gap + 1)}{row}", self.document.accent)
            self.alternatives.append([table.chart.alt])
            if not fits:
                last = get_column_letter(gap + ceil(size.width / _COLUMN_CM) + 1)
                bottom = row + max(len(table.rows), ceil(size.height / 0.45))
                areas = (
                    f"A1:{get_column_letter(gap - 1)}{row + len(table.rows)}",
                    f"{get_column_letter(gap + 1)}{row}:{last}{bottom}",
                )
        self._print(sheet, max(both if fits else width, head), row, areas=areas, has_chart=table.chart is not None)
        return sheet.title

    def _records(self, records: RecordsSheet, chapter: int) -> str:
        say = self.texts.text
        sheet = self._new(records.title, chapter)
        filled = [any(row[index].value is not None for row in records.rows) for index in range(len(records.columns))]
        columns = tuple(column for column, is_filled in zip(records.columns, filled, strict=True) if is_filled)
        left_out = [column.header for column, is_filled in zip(records.columns, filled, strict=True) if not is_filled]
        rows = [tuple(cell for cell, is_filled in zip(row, filled, strict=True) if is_filled) for row in records.rows]
        lines = [
            records.note,
            say("workbook.empty_cells"),
            say("workbook.left_out", columns=", ".join(left_out)) if left_out else "",
        ]
        row = self._head(sheet, records.title, lines, _MOST_HEAD)
        grid = Grid(self.names.table(records.key), columns, rows, fill_empty=False, filtered=True, most_wide=0)
        widths = [min(width, _RECORD_COLUMN) for width in column_widths(replace(grid, most_wide=1e6))]
        write_grid(sheet, replace(grid, widths=tuple(widths)), row, self.styler)
        sheet.freeze_panes = f"B{row + 1}"
        self._print(sheet, sum(widths), row, may_split=True)
        return sheet.title
