"""Writing a table or a list of records into a sheet, cell by cell, so that no text becomes a formula."""

import datetime as dt
from collections.abc import Sequence

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import Cell, Column
from vemas_analytics.reports.workbook import styles

_NARROWEST, _WIDEST = 9.0, 46.0
_ILLEGAL = {code: None for code in range(32) if code not in {9, 10, 13}}


def put_text(cell: SheetCell | MergedCell, text: str) -> None:
    """Write text as text, whatever it begins with; control characters Excel refuses are dropped."""
    if isinstance(cell, MergedCell):
        message = f"cell {cell.coordinate} is merged; the workbook merges no cells"
        raise TypeError(message)
    cleaned = text.translate(_ILLEGAL)
    cell.value = cleaned
    cell.data_type = "s"
    if cleaned[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        cell.quotePrefix = True


def headers(columns: Sequence[Column]) -> list[str]:
    """Return one header text per column, group and header joined, each made unique for a named table."""
    texts: list[str] = []
    for column in columns:
        text = f"{column.group}: {column.header}" if column.group and column.header else column.header or column.group
        text = " ".join(text.replace("\u00ad", "").split()) or column.key
        unique, count = text, 2
        while unique.casefold() in {item.casefold() for item in texts}:
            unique, count = f"{text} ({count})", count + 1
        texts.append(unique)
    return texts


def write_grid(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    header_row: int,
    table_name: str,
    fill: PatternFill,
    total_rows: Sequence[int] = (),
) -> None:
    """Write header and rows from column A as a named Excel table, with formats and column widths.

    Parameters
    ----------
    sheet : Worksheet
    columns, rows
        As in a TableBlock.
    header_row : int
        Row of the one header line.
    table_name : str
        Name of the Excel table, unique in the workbook.
    fill : PatternFill
        Header fill.
    total_rows : sequence of int
        Rows set in bold.
    """
    names = headers(columns)
    for index, name in enumerate(names, start=1):
        cell = sheet.cell(header_row, index)
        put_text(cell, name)
        cell.font = styles.HEADER
        cell.fill = fill
        align = columns[index - 1].align
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if align == "right" else "left")
    totals = set(total_rows)
    for offset, row in enumerate(rows):
        for index, content in enumerate(row, start=1):
            cell = sheet.cell(header_row + 1 + offset, index)
            _put(cell, content, columns[index - 1])
            if offset in totals or content.emphasis:
                cell.font = styles.STRONG
            if offset in totals:
                cell.fill = styles.TOTAL_FILL
    _fit_widths(sheet, names, rows)
    if rows:
        _name_table(sheet, names, header_row, len(rows), table_name)


def _put(cell: SheetCell | MergedCell, content: Cell, column: Column) -> None:
    value = content.value
    horizontal = "right" if content.kind == "symbol" and column.align == "right" else None
    if value is None or content.kind in {"text", "symbol", "interval"}:
        text = content.text if value is None or content.kind != "text" else str(value)
        if text:
            put_text(cell, text)
        cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST, horizontal=horizontal or column.align)
        return
    if isinstance(value, str):
        put_text(cell, value)
        cell.alignment = styles.TOP
        return
    cell.value = value / 1000 if content.kind == "keur" and not isinstance(value, dt.date) else value
    cell.number_format = styles.number_format(content.kind, content.text)
    cell.alignment = Alignment(vertical="top", horizontal="right")


def _fit_widths(sheet: Worksheet, names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    for index, name in enumerate(names):
        words = max((len(word) for word in name.split()), default=0)
        longest = max((len(row[index].text) for row in rows), default=0)
        width = max(_NARROWEST, words + 4, min(len(name), 22) + 3, min(longest, _WIDEST) + 2)
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(width, _WIDEST + 2)


def _name_table(sheet: Worksheet, names: Sequence[str], header_row: int, n_rows: int, table_name: str) -> None:
    last = get_column_letter(len(names))
    table = Table(displayName=table_name, ref=f"A{header_row}:{last}{header_row + n_rows}")
    table._initialise_columns()  # type: ignore[attr-defined]
    for column, name in zip(table.tableColumns, names, strict=True):
        column.name = name
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    if table.autoFilter is not None and n_rows <= 1:
        table.autoFilter = None
    sheet.add_table(table)
