"""The order of the sheets and what stands on each."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import (
    Cell,
    Column,
    Document,
    FactsBlock,
    ListBlock,
    Paragraph,
    RecordsSheet,
    Section,
    TableBlock,
)
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reports.workbook import styles
from vemas_analytics.reports.workbook.grid import put_text, write_grid
from vemas_analytics.reports.workbook.native_charts import add_chart
from vemas_analytics.reports.workbook.package import finish_package

_TEXT_WIDTH = 100
_MOST_PORTRAIT = 95
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A line of the contents sheet."""

    sheet: str
    title: str


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
    with tempfile.TemporaryDirectory(prefix="vemas-workbook-") as scratch:
        raw = Path(scratch) / "raw.xlsx"
        book.workbook.save(raw)
        finish_package(raw, path, book.alternatives, document.as_of)


class _Book:
    """One workbook in the making."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts: Catalogue = read_texts(document.language)
        self.workbook = Workbook()
        self.alternatives: list[list[str]] = []
        self.fill_colour: PatternFill = styles.accent_fill(document.accent)
        self._sheet_names: set[str] = set()
        self._table_names: set[str] = set()

    def fill(self) -> None:
        properties = self.workbook.properties
        properties.title = self.document.title
        properties.creator = self.document.organisation or "vemas_analytics"
        properties.language = {"de": "de-DE", "en": "en-GB"}[self.document.language]
        properties.subject = self.document.subtitle
        for sheet in self.workbook.worksheets:
            self.workbook.remove(sheet)
        cover = self._new(self.texts.text("workbook.cover"))
        contents = self._new(self.texts.text("workbook.contents"))
        listed = [self._summary(), self._notes()]
        listed += [self._table(table) for table in _tables(self.document.sections[1:])]
        listed += [self._records(records) for records in self.document.records]
        self._cover(cover)
        self._contents(contents, [_Listed(cover.title, self.document.title), *listed])
        self.workbook.active = 0

    def _new(self, title: str) -> Worksheet:
        sheet: Worksheet = self.workbook.create_sheet(self._sheet_name(title))
        return sheet

    def _sheet_name(self, wanted: str) -> str:
        base = " ".join(wanted.translate(_FORBIDDEN).split()).strip("'")[:31] or "Tabelle"
        name, count = base, 2
        while name.casefold() in self._sheet_names:
            tail = f" {count}"
            name, count = base[: 31 - len(tail)] + tail, count + 1
        self._sheet_names.add(name.casefold())
        return name

    def _table_name(self, key: str) -> str:
        base = "t_" + "".join(char if char.isascii() and char.isalnum() else "_" for char in key)
        name, count = base, 2
        while name.casefold() in self._table_names:
            name, count = f"{base}_{count}", count + 1
        self._table_names.add(name.casefold())
        return name

    def _head(self, sheet: Worksheet, title: str, lines: Sequence[str]) -> int:
        """Write title, banner, link and lines from A1 down; return the next free row."""
        put_text(sheet["A1"], title)
        sheet["A1"].font = styles.TITLE
        row = 2
        if self.document.banner:
            put_text(sheet.cell(row, 1), self.document.banner)
            sheet.cell(row, 1).font = styles.WARNING
            row += 1
        for line in lines:
            if line:
                put_text(sheet.cell(row, 1), line)
                sheet.cell(row, 1).font = styles.SMALL
                row += 1
        self._link(sheet, row, self.texts.text("workbook.contents"), self.texts.text("workbook.back"))
        sheet.sheet_view.showGridLines = False
        return row + 1

    def _link(self, sheet: Worksheet, row: int, target: str, text: str) -> None:
        cell = sheet.cell(row, 1)
        put_text(cell, text)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{target}'!A1", display=text)
        cell.font = styles.LINK

    def _cover(self, sheet: Worksheet) -> None:
        document = self.document
        put_text(sheet["A1"], document.title)
        sheet["A1"].font = styles.TITLE
        row = 2
        for text, font in ((document.banner, styles.WARNING), (document.subtitle, styles.BODY)):
            if text:
                put_text(sheet.cell(row, 1), text)
                sheet.cell(row, 1).font = font
                row += 1
        for label, value in document.cover:
            put_text(sheet.cell(row, 1), label)
            put_text(sheet.cell(row, 2), value)
            sheet.cell(row, 1).font = styles.STRONG
            sheet.cell(row, 2).font = styles.BODY
            sheet.cell(row, 1).alignment = styles.TOP
            sheet.cell(row, 2).alignment = styles.WRAP_TOP
            row += 1
        self._link(sheet, row, self.texts.text("workbook.contents"), self.texts.text("workbook.to_contents"))
        sheet.column_dimensions["A"].width = 34
        sheet.column_dimensions["B"].width = 80
        sheet.sheet_view.showGridLines = False
        styles.set_up_print(sheet, document.language, document.banner, None, wide=True)

    def _contents(self, sheet: Worksheet, listed: Sequence[_Listed]) -> None:
        columns = (
            Column("sheet", self.texts.text("workbook.sheet"), width=1),
            Column("title", self.texts.text("workbook.title"), width=3),
        )
        put_text(sheet["A1"], self.texts.text("workbook.contents"))
        sheet["A1"].font = styles.TITLE
        row = 2
        if self.document.banner:
            put_text(sheet.cell(row, 1), self.document.banner)
            sheet.cell(row, 1).font = styles.WARNING
            row += 1
        rows = [(Cell(item.sheet, item.sheet), Cell(item.title, item.title)) for item in listed]
        write_grid(sheet, columns, rows, header_row=row, table_name=self._table_name("contents"), fill=self.fill_colour)
        for offset, item in enumerate(listed, start=1):
            self._link(sheet, row + offset, item.sheet, item.sheet)
            sheet.cell(row + offset, 2).alignment = styles.WRAP_TOP
        sheet.column_dimensions["A"].width = 36
        sheet.column_dimensions["B"].width = 90
        sheet.sheet_view.showGridLines = False
        styles.set_up_print(sheet, self.document.language, self.document.banner, row, wide=True)

    def _summary(self) -> _Listed:
        name = self.texts.text("workbook.summary")
        sheet = self._new(name)
        first = self.document.sections[0]
        tables = list(_tables((first,)))
        lines = [line for block in first.blocks for line in _lines(block)]
        scope = [tables[0].title, tables[0].scope, tables[0].source, *tables[0].notes] if tables else []
        row = self._head(sheet, self.document.title, [self.document.subtitle])
        for line in lines:
            put_text(sheet.cell(row, 1), line)
            sheet.cell(row, 1).font = styles.BODY
            row += 1
        for line in scope:
            if line:
                put_text(sheet.cell(row, 1), line)
                sheet.cell(row, 1).font = styles.SMALL
                row += 1
        if tables:
            self._grid(sheet, tables[0], row)
        for table in tables[1:]:
            self._table(table)
        return _Listed(sheet.title, name)

    def _notes(self) -> _Listed:
        name = self.texts.text("workbook.notes")
        sheet = self._new(name)
        label = self.texts.text("workbook.note")
        rows = [(f"{label} {number}", text) for number, text in enumerate(self.document.notes, start=1)]
        rows += [(symbol, meaning) for symbol, meaning in self.document.symbols]
        for section in self.document.sections[1:]:
            rows += [(section.heading, line) for block in section.blocks for line in _lines(block)]
        rows += list(self.document.glossary)
        header = self._head(sheet, name, [self.texts.text("workbook.notes_scope")])
        columns = (Column("what", self.texts.text("workbook.what")), Column("text", self.texts.text("workbook.text")))
        cells = [(Cell(left, left), Cell(right, right)) for left, right in rows]
        write_grid(
            sheet, columns, cells, header_row=header, table_name=self._table_name("notes"), fill=self.fill_colour
        )
        for offset in range(len(cells)):
            for column in (1, 2):
                sheet.cell(header + 1 + offset, column).alignment = styles.WRAP_TOP
        sheet.column_dimensions["A"].width = 34
        sheet.column_dimensions["B"].width = _TEXT_WIDTH
        styles.set_up_print(sheet, self.document.language, self.document.banner, header, wide=True)
        return _Listed(sheet.title, name)

    def _table(self, table: TableBlock) -> _Listed:
        sheet = self._new(table.sheet_title or table.title)
        row = self._head(sheet, table.title, [table.scope, table.source, *table.notes])
        self._grid(sheet, table, row)
        return _Listed(sheet.title, table.title)

    def _grid(self, sheet: Worksheet, table: TableBlock, row: int) -> None:
        write_grid(
            sheet,
            table.columns,
            table.rows,
            header_row=row,
            table_name=self._table_name(table.key),
            fill=self.fill_colour,
            total_rows=table.total_rows,
        )
        sheet.freeze_panes = f"B{row + 1}"
        wide = sum(sheet.column_dimensions[get_column_letter(i + 1)].width for i in range(len(table.columns)))
        if table.chart is not None and table.rows:
            anchor = f"{get_column_letter(len(table.columns) + 2)}{row}"
            add_chart(sheet, table, table.chart, row, anchor)
            self.alternatives.append([table.chart.alt])
        is_wide = wide > _MOST_PORTRAIT or table.chart is not None
        styles.set_up_print(sheet, self.document.language, self.document.banner, row, wide=is_wide)

    def _records(self, records: RecordsSheet) -> _Listed:
        sheet = self._new(records.title)
        row = self._head(sheet, records.title, [records.note])
        write_grid(
            sheet,
            records.columns,
            records.rows,
            header_row=row,
            table_name=self._table_name(records.key),
            fill=self.fill_colour,
        )
        sheet.freeze_panes = f"B{row + 1}"
        styles.set_up_print(sheet, self.document.language, self.document.banner, row, wide=True)
        return _Listed(sheet.title, records.title)


def _tables(sections: Sequence[Section]) -> Iterator[TableBlock]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, TableBlock) and "xlsx" in block.places:
                yield block


def _lines(block: object) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, ListBlock):
        return list(block.items)
    if isinstance(block, FactsBlock):
        return [f"{label}: {value}" for label, value in block.items]
    return []
