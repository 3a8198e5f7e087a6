"""The sheets of single records: everything that is known of them, ready to filter and to be counted by formulas."""

from collections.abc import Collection
from dataclasses import replace
from itertools import compress

from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from vemas_analytics.model.document import RecordsSheet
from vemas_analytics.reports.workbook.grid import Grid, column_widths, write_grid
from vemas_analytics.reports.workbook.names import cell_reference
from vemas_analytics.reports.workbook.record_rows import RecordRows
from vemas_analytics.reports.workbook.recount import range_name
from vemas_analytics.reports.workbook.sheet_writer import MOST_HEAD, SheetWriter

_RECORD_COLUMN = 34.0


def write_records(
    writer: SheetWriter, records: RecordsSheet, chapter: int, counted: Collection[tuple[str, str]] = ()
) -> str:
    """Write the records of one table on a new sheet.

    Parameters
    ----------
    writer : SheetWriter
    records : RecordsSheet
    chapter : int
        Decides the colour of the tab.
    counted : collection of (sheet key, column key)
        Columns that formulas look at: they stay even when empty, and get a name in the workbook.

    Returns
    -------
    str
        Name of the sheet.
    """
    say = writer.texts.text
    sheet = writer.new_sheet(records.title, chapter)
    kept = [
        (records.key, column.key) in counted or any(row[index].value is not None for row in records.rows)
        for index, column in enumerate(records.columns)
    ]
    columns = tuple(compress(records.columns, kept))
    left_out = [column.header for column in records.columns if column not in columns]
    rows = [tuple(compress(row, kept)) for row in records.rows]
    has_empty = any(not cell.text and cell.value is None for row in rows for cell in row)
    lines = [
        records.note,
        say("workbook.empty_cells") if has_empty else "",
        say("workbook.left_out", columns=", ".join(left_out)) if left_out else "",
        writer.source_line(),
    ]
    row = writer.write_head(sheet, records.title, lines, MOST_HEAD)
    is_list = not records.is_pointer
    grid = Grid(writer.names.table(records.key), columns, rows, fill_empty=False, filtered=is_list, most_wide=1e6)
    widths = tuple(min(width, _RECORD_COLUMN) if is_list else width for width in column_widths(grid))
    write_grid(sheet, replace(grid, widths=widths, head_only=is_list), row, writer.styler)
    below = writer.write_markup(sheet, RecordRows(grid, widths, writer.styler), row + 1) if is_list else 0.0
    sheet.freeze_panes = f"B{row + 1}"
    for index, column in enumerate(columns, start=1):
        if (records.key, column.key) in counted:
            name, letter = range_name(records.key, column.key), get_column_letter(index)
            place = cell_reference(sheet.title, f"${letter}${row + 1}:${letter}${row + len(rows)}")
            writer.workbook.defined_names[name] = DefinedName(name, attr_text=place)
    writer.finish(sheet, sum(widths), row, may_split=is_list, below=below, last_row=row + len(rows))
    return sheet.title
