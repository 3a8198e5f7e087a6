"""Files as plans: every line of every sheet with what it truly is, then written with the same bytes each time."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.synthetic.words import NOTE

CellValue: TypeAlias = str | int | float | dt.date | None
Role: TypeAlias = Literal["title", "blank", "fact", "header", "record", "sum", "footnote", "repeated_header"]

STAMP: Final = dt.datetime(2024, 12, 31, 12, 0, 0)
_ZIP_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet.

    ``key`` names the true record that stands here; ``fault`` says what was planted, ``twin`` the key of the
    record that a duplicate repeats, ``value`` the garbled text.
    """

    role: Role
    cells: tuple[CellValue, ...] = ()
    key: str = ""
    fault: str = ""
    twin: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet and the table its records belong to; empty for a sheet that is no list."""

    name: str
    table: str
    lines: tuple[Line, ...]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file to write: a workbook of sheets, or a CSV file (one sheet without a name) in an encoding."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ";"


def title_lines(*texts: str) -> tuple[Line, ...]:
    """Return lines of a single text each, as stand above a list."""
    return tuple(Line("title", (text,)) if text else Line("blank") for text in texts)


def note_sheet() -> Sheet:
    """Return the sheet that says that everything is invented."""
    return Sheet(
        "Hinweis", "", (Line("title", (NOTE,)), Line("title", ("Firmen, Personen und Zahlen gibt es nicht.",)))
    )


def write_file(file: SheetFile, folder: Path) -> None:
    """Write a planned file; the same plan gives the same bytes."""
    path = folder / file.name
    if file.encoding:
        path.write_bytes(_csv_bytes(file))
    else:
        path.write_bytes(_workbook_bytes(file.sheets))


def _csv_bytes(file: SheetFile) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=file.delimiter, lineterminator="\r\n")
    width = max(len(line.cells) for line in file.sheets[0].lines)
    for line in file.sheets[0].lines:
        cells = ["" if cell is None else str(cell) for cell in line.cells]
        # spreadsheet programs pad every line to the width of the list
        writer.writerow(cells + [""] * (width - len(cells)))
    return text.getvalue().encode(file.encoding)


def _workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    book.properties.creator = NOTE
    book.properties.title = NOTE
    book.properties.created = STAMP
    buffer = io.BytesIO()
    book.save(buffer)
    return _with_fixed_stamps(buffer.getvalue())


def _fill(worksheet: Worksheet, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.lines, 1):
        for column, value in enumerate(line.cells, 1):
            if value is None:
                continue
            cell = worksheet.cell(number, column, value)
            if isinstance(value, dt.date):
                cell.number_format = "DD.MM.YYYY"
            if line.role in {"title", "header", "sum"}:
                cell.font = Font(bold=True)
    for area in sheet.merged:
        worksheet.merge_cells(area)


def _with_fixed_stamps(package: bytes) -> bytes:
    """Return the package with fixed times: openpyxl stamps the hour of saving into the parts."""
    buffer = io.BytesIO()
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", source.read(name))
            info = zipfile.ZipInfo(name, _ZIP_STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return buffer.getvalue()
