"""Writing a table or a list of records into a sheet, cell by cell, so that no text becomes a formula."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.model.document import Cell, Column
from vemas_analytics.reports.workbook.styles import LINE_HEIGHT, Look, Styler, put_text, sign_of, words_instead
from vemas_analytics.reports.workbook.text_width import break_lines, count_lines, longest_word, text_width

NO_ENTRY = "\u2013"
"""Stands in a cell of a table for which there is nothing to say; the sheet's head explains it."""

_NARROWEST, _WIDEST = 7.5, 46.0
_LEAST_TEXT, _MOST_WORD = 18.0, 30.0
_MOST_WIDE, _ROOMY = 188.0, 140.0
"""Widest table, and the width up to which long texts get wider columns, in digits."""
_AIR, _BUTTON = 2.0, 2.6
"""Room at the sides of a cell, and for a filter button, in digits."""
SIDES, _UNEVEN = 1.2, 3.0
_HEADER_LINES, _LONG_HEADER, _BOLD = 3, 26.0, 1.07
_HEADER_LOOK = Look(face="header", ground="header", wrap=True, low=True)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be written: what the reader sees and how it behaves in Excel.

    ``fill_empty`` puts a dash where a cell would be empty; ``filtered`` gives the header its filter buttons;
    ``widths`` fixes the columns' widths in digits where they are not to follow the content; ``head_only`` leaves the
    rows to be written as markup.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    total_rows: tuple[int, ...] = ()
    fill_empty: bool = True
    filtered: bool = False
    widths: tuple[float, ...] = ()
    most_wide: float = _MOST_WIDE
    head_only: bool = False


def headers(columns: Sequence[Column]) -> list[str]:
    """Return one header text per column, group and header joined, each made unique for a named table."""
    texts: list[str] = []
    taken: set[str] = set()
    for column in columns:
        text = f"{column.group}: {column.header}" if column.group and column.header else column.header or column.group
        text = " ".join(text.replace("\u00ad", "").replace("\n", " ").split(" ")).strip().replace(" %", "\u00a0%")
        text = text or column.key
        unique, count = text, 2
        while unique.casefold() in taken:
            unique, count = f"{text} ({count})", count + 1
        taken.add(unique.casefold())
        texts.append(unique)
    return texts


def column_widths(grid: Grid) -> list[float]:
    """Return the columns' widths in digits: by content, long texts wrapped so that the table fits a page."""
    names = headers(grid.columns)
    if grid.widths:
        return list(grid.widths)
    button = _BUTTON if grid.filtered else 0.0
    heads, contents, words = [], [], []
    for index, name in enumerate(names):
        texts = [row[index].text for row in grid.rows]
        heads.append(max(_NARROWEST, _header_width(name) + _AIR + button))
        contents.append(max(map(text_width, texts), default=0.0) + _AIR)
        words.append(min(_MOST_WORD, max(map(longest_word, texts), default=0.0) + _AIR))
    heads = _even_groups(grid.columns, heads)

    def capped(cap: float) -> list[float]:
        return [
            max(head, min(content, max(cap, word))) for head, content, word in zip(heads, contents, words, strict=True)
        ]

    cap = _WIDEST
    while sum(capped(cap)) > grid.most_wide and cap > _LEAST_TEXT:
        cap -= 1.0
    while cap >= _WIDEST and cap < max(contents, default=0.0) and sum(capped(cap + 1.0)) <= _ROOMY:
        cap += 1.0
    return capped(cap)


def _header_width(name: str) -> float:
    """Return the least width at which a header takes few lines; bold type is a little wider."""
    most = 2 if text_width(name) <= _LONG_HEADER else _HEADER_LINES
    words = name.split()
    runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    fitting = (width for width in map(text_width, runs) if width >= longest_word(name))
    return _BOLD * next(width for width in sorted(fitting) if len(break_lines(name, width)) <= most)


def _even_groups(columns: Sequence[Column], widths: Sequence[float]) -> list[float]:
    """Return the widths with the columns under one head made equally wide, unless one word would widen them all."""
    even = list(widths)
    for group in {column.group for column in columns if column.group}:
        members = [index for index, column in enumerate(columns) if column.group == group]
        widest = max(widths[index] for index in members)
        if widest - min(widths[index] for index in members) <= _UNEVEN:
            for index in members:
                even[index] = widest
    return even


def write_grid(sheet: Worksheet, grid: Grid, header_row: int, styler: Styler) -> list[float]:
    """Write header and rows from column A as a named Excel table, with formats, widths and heights.

    Parameters
    ----------
    sheet : Worksheet
    grid : Grid
    header_row : int
        Row of the one header line.
    styler : Styler

    Returns
    -------
    list of float
        The columns' widths in digits.
    """
    names = headers(grid.columns)
    widths = column_widths(grid)
    lines = 1
    for index, name in enumerate(names, start=1):
        cell = sheet.cell(header_row, index)
        put_text(cell, name)
        across = grid.columns[index - 1].align
        after_number = index > 1 and grid.columns[index - 2].align == "right"
        styler.apply(cell, replace(_HEADER_LOOK, across=across, indent=1 if across == "left" and after_number else 0))
        width = widths[index - 1]
        sheet.column_dimensions[get_column_letter(index)].width = round(width, 1)
        lines = max(lines, count_lines(name, (width - SIDES - (_BUTTON if grid.filtered else 0.0)) / _BOLD))
    sheet.row_dimensions[header_row].height = lines * LINE_HEIGHT + 5
    totals = set(grid.total_rows)
    for offset, row in enumerate(() if grid.head_only else grid.rows):
        _write_row(sheet, grid, header_row + 1 + offset, row, widths, styler, is_total=offset in totals)
    if grid.rows:
        _name_table(sheet, names, header_row, grid)
    return widths


def _write_row(
    sheet: Worksheet,
    grid: Grid,
    number: int,
    row: tuple[Cell, ...],
    widths: Sequence[float],
    styler: Styler,
    *,
    is_total: bool,
) -> None:
    lines = 1
    for index, content in enumerate(row):
        cell = sheet.cell(number, index + 1)
        shown = content.text or (NO_ENTRY if grid.fill_empty and content.value is None else "")
        wraps = content.kind in {"text", "interval"} and text_width(shown) > widths[index] - SIDES
        look = look_of(grid.columns, index, content, wraps=wraps, is_total=is_total)
        if wraps:
            lines = max(lines, count_lines(shown, widths[index] - SIDES))
        styler.apply(cell, replace(look, quoted=True) if _put(cell, content, shown) else look)
    if lines > 1:
        sheet.row_dimensions[number].height = lines * LINE_HEIGHT + 3


def look_of(columns: Sequence[Column], index: int, content: Cell, *, wraps: bool, is_total: bool = False) -> Look:
    """Return the look of a cell of a table by its content, its column and the one before."""
    across = "right" if is_number(content) else columns[index].align
    after_number = index > 0 and columns[index - 1].align == "right"
    return Look(
        face="strong" if is_total or content.emphasis else "body",
        ground="total" if is_total else "",
        across=across,
        indent=1 if across == "left" and after_number else 0,
        wrap=wraps,
        ruled=True,
        kind=content.kind,
        sign=sign_of(content.kind, content.text) if is_typed(content) else "",
        mark=content.mark,
        digits=content.digits,
        instead=words_instead(content.text) if is_typed(content) else "",
    )


def is_typed(content: Cell) -> bool:
    """Tell whether a cell holds a number or a day rather than a text or a symbol."""
    return content.value is not None and content.kind not in {"text", "symbol", "interval"}


def is_number(content: Cell) -> bool:
    """Tell whether a cell holds a number, which is set right."""
    return is_typed(content) and content.kind != "date" and not isinstance(content.value, str)


def number_of(content: Cell) -> str | int | float | dt.date | None:
    """Return what a cell holds in the unit it is shown in."""
    value = content.value
    return value / 1000 if content.kind == "keur" and isinstance(value, int | float) else value


def _put(cell: SheetCell | MergedCell, content: Cell, shown: str) -> bool:
    value = content.value
    if not is_typed(content) or isinstance(value, str):
        text = str(value) if value is not None and content.kind == "text" else shown
        return put_text(cell, text) if text else False
    cell.value = number_of(content)
    return False


def _name_table(sheet: Worksheet, names: Sequence[str], header_row: int, grid: Grid) -> None:
    last = get_column_letter(len(names))
    table = Table(displayName=grid.name, ref=f"A{header_row}:{last}{header_row + len(grid.rows)}")
    table._initialise_columns()  # type: ignore[attr-defined]
    for column, name in zip(table.tableColumns, names, strict=True):
        column.name = name
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    if not grid.filtered:
        table.autoFilter = None
    sheet.add_table(table)
