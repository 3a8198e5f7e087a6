"""Small workbooks as a clerk keeps them, and their marked copies."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from vemas_analytics.etl import load_tables, problems_frame, read_file
from vemas_analytics.marked import MarkedCopy, write_marked_copies
from vemas_analytics.model.settings import Limits, Settings
from vemas_analytics.model.tables import Tables

HEADINGS = ("Anfrage-Nr.", "Eingangsdatum", "Region", "Russisches Unternehmen", "Wert der Anfrage", "Währung", "Status")
GOOD = ("A1", dt.date(2019, 1, 5), "Swerdlowsk", "OOO Eins", 1000, "EUR", "offen")
BAD_DATE = ("A2", "31.02.2019", "Tatarstan", "OOO Zwei", 2000, "EUR", "offen")
TWO_FAULTS = ("A3", "5.3.19", "Swerdlofsk", "OOO Drei", 3000, "EUR", "offen")
REPEATED = GOOD


def inquiry_book(path: Path, rows: Sequence[Sequence[object]], *, top: int = 1, title: str = "Anfragen") -> Path:
    """Write a workbook with one list of inquiries whose header stands in row ``top``."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for offset, row in enumerate((HEADINGS, *rows)):
        for column, value in enumerate(row, 1):
            sheet.cell(top + offset, column, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return path


def marked(
    folder: Path, out: Path, *, language: str = "de", limits: Limits | None = None
) -> tuple[Tables, tuple[MarkedCopy, ...]]:
    """Load a folder and write its marked copies."""
    settings = Settings()
    tables = load_tables([folder], settings)
    copies = write_marked_copies(
        tables,
        problems_frame(tables.problems, language),
        out,
        lambda source: read_file(source, settings)[0],
        limits=limits or settings.limits,
        language=language,
    )
    return tables, copies


def all_comments(path: Path) -> dict[tuple[str, str], str]:
    """Return (sheet, cell) -> text of every comment."""
    workbook = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def front_rows(path: Path) -> list[tuple[object, ...]]:
    """Return the rows of the list on the first sheet, without its headings."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    area = next(iter(sheet.tables.values())).ref
    return [tuple(cell.value for cell in row) for row in sheet[area]][1:]
