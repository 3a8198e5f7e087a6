"""The order of the sheets and what stands on each."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from vemas_analytics.model.document import Cell, Column, Document, TableBlock
from vemas_analytics.reports.workbook.cover import write_cover
from vemas_analytics.reports.workbook.front import Entry, note_rows, symbols_used, text_lines, workbook_tables
from vemas_analytics.reports.workbook.grid import NO_ENTRY, Grid, column_widths, write_grid
from vemas_analytics.reports.workbook.native_charts import chart_size
from vemas_analytics.reports.workbook.package import finish_package
from vemas_analytics.reports.workbook.printing import LANDSCAPE_DIGITS
from vemas_analytics.reports.workbook.reconciliation_sheet import write_reconciliation
from vemas_analytics.reports.workbook.record_sheets import write_records
from vemas_analytics.reports.workbook.recount import used_columns
from vemas_analytics.reports.workbook.sheet_writer import MOST_HEAD, SheetWriter

_LEAST_HEAD = 90.0
"""Least width of the lines above a table, in digits."""

_READABLE = 0.8
"""Share of full size down to which table and chart are printed on one page."""

_MOST_FROZEN_ROWS = 16
_FILTER_FROM = 20
_CONTENTS_WIDTHS, _NOTES_WIDTHS = (29.0, 29.0, 62.0), (20.0, 28.0, 72.0)


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
    finish_package(raw, path, book.alternatives, document.as_of, book.cached_values(), book.markup())


class _Book(SheetWriter):
    """One workbook in the making."""

    def fill(self) -> None:
        document, say = self.document, self.texts.text
        properties = self.workbook.properties
        properties.title = document.title
        properties.creator = properties.lastModifiedBy = document.organisation or "vemas_analytics"
        properties.language = {"de": "de-DE", "en": "en-GB"}[document.language]
        properties.subject = document.subtitle
        cover, contents = self.new_sheet(say("workbook.cover"), 0), self.new_sheet(say("workbook.contents"), 0)
        front = say("workbook.part_front")
        summary = self.new_sheet(say("workbook.summary"), 0)
        notes = self.new_sheet(say("workbook.notes"), 0)
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
        counted: frozenset[tuple[str, str]] = frozenset()
        if document.reconciliation is not None:
            counted = used_columns(document.reconciliation.lines)
            name = write_reconciliation(self, document.reconciliation, chapter)
            entries.append(Entry(records, name, document.reconciliation.title))
        entries += [
            Entry(records, write_records(self, sheet, chapter, counted), sheet.title) for sheet in document.records
        ]
        write_cover(self, cover)
        self._contents(contents, entries)
        self._notes(notes)
        self.workbook.active = 0
        cover.sheet_view.tabSelected = True

    def _contents(self, sheet: Worksheet, entries: Sequence[Entry]) -> None:
        say = self.texts.text
        columns = (
            Column("chapter", say("workbook.chapter")),
            Column("sheet", say("workbook.sheet")),
            Column("title", say("workbook.title")),
        )
        row = self.write_title(sheet, say("workbook.contents"))
        row = self.write_lines(sheet, row, [say("workbook.contents_scope")], _LEAST_HEAD)
        rows = [tuple(Cell(text, text) for text in (item.chapter, item.sheet, item.title)) for item in entries]
        grid = Grid(self.names.table("contents"), columns, rows, widths=_CONTENTS_WIDTHS)
        write_grid(sheet, grid, row, self.styler)
        for offset, item in enumerate(entries, start=1):
            self.write_link(sheet, row + offset, item.sheet, column=2, target=item.sheet)
        sheet.freeze_panes = f"A{row + 1}"
        self.finish(sheet, sum(_CONTENTS_WIDTHS), row)

    def _summary(self, sheet: Worksheet) -> list[TableBlock]:
        """Write the first section; return its tables after the first, which get sheets of their own."""
        document = self.document
        first = document.sections[0]
        tables = list(workbook_tables(first))
        row = self.write_title(sheet, document.title)
        row = self.write_lines(sheet, row, [document.subtitle], MOST_HEAD)
        row = self.write_link(sheet, row, self.texts.text("workbook.back"))
        for block in first.blocks:
            row = self.write_lines(sheet, row, text_lines(block), MOST_HEAD, "body")
        if not tables:
            self.finish(sheet, MOST_HEAD)
            return []
        table = tables[0]
        row = self.write_heading(sheet, row, table.title)
        row = self.write_lines(sheet, row, self._explained(table), MOST_HEAD)
        width = max(MOST_HEAD, sum(write_grid(sheet, self._grid_of(table), row, self.styler)))
        self.remember(sheet, table, row)
        chart = self.add_chart(sheet, table, row)
        self.finish(sheet, width + (chart.digits if chart is not None else 0.0), row, chart=chart)
        return tables[1:]

    def _notes(self, sheet: Worksheet) -> None:
        say = self.texts.text
        columns = (
            Column("part", say("workbook.part")),
            Column("what", say("workbook.what")),
            Column("text", say("workbook.text")),
        )
        rows = note_rows(self.document, self.texts)
        row = self.write_head(sheet, say("workbook.notes"), [say("workbook.notes_scope")], _LEAST_HEAD)
        grid = Grid(self.names.table("notes"), columns, rows, widths=_NOTES_WIDTHS)
        write_grid(sheet, grid, row, self.styler)
        sheet.freeze_panes = f"A{row + 1}"
        self.finish(sheet, sum(_NOTES_WIDTHS), row)

    def _explained(self, table: TableBlock) -> list[str]:
        """Return the lines above a table: scope, symbols, notes, source, and that a chart stands beside it."""
        say = self.texts.text
        used = "; ".join(f"{mark} {meaning}" for mark, meaning in symbols_used(table, self.document.symbols))
        is_empty = any(not cell.text and cell.value is None for row in table.rows for cell in row)
        symbols = "; ".join(
            part for part in (used, f"{NO_ENTRY} {say('workbook.no_entry')}" if is_empty else "") if part
        )
        return [
            table.scope,
            say("workbook.symbols", symbols=symbols) if symbols else "",
            *table.notes,
            table.source or self.source_line(),
            say("workbook.chart_beside", title=table.chart.title) if table.chart is not None else "",
        ]

    def _grid_of(self, table: TableBlock) -> Grid:
        is_long = len(table.rows) >= _FILTER_FROM and not table.total_rows
        return Grid(self.names.table(table.key), table.columns, table.rows, table.total_rows, filtered=is_long)

    def _table(self, table: TableBlock, chapter: int) -> str:
        sheet = self.new_sheet(table.sheet_title or table.title, chapter)
        grid = self._grid_of(table)
        widths = tuple(column_widths(grid))
        width = sum(widths)
        both = width + (chart_size(table, table.chart).digits if table.chart is not None else 0.0)
        is_together = both * _READABLE <= LANDSCAPE_DIGITS
        if is_together:
            width = max(both, _LEAST_HEAD)
        row = self.write_head(sheet, table.title, self._explained(table), min(MOST_HEAD, width))
        write_grid(sheet, replace(grid, widths=widths), row, self.styler)
        self.remember(sheet, table, row)
        if row <= _MOST_FROZEN_ROWS:
            sheet.freeze_panes = f"B{row + 1}"
        chart = self.add_chart(sheet, table, row)
        self.finish(sheet, width, row, chart=chart, apart=0 if is_together else len(widths))
        return sheet.title
