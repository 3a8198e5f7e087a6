"""How a file is read, without any judgement on its values: for ``vemas inspect`` and for the curious."""

from pathlib import Path
from typing import Any

from vemas_analytics.errors import InputError
from vemas_analytics.etl.layout.pick_lists import is_pick_list
from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet, RawTable, ReadFile
from vemas_analytics.reference.phrases import Phrase, phrase


def inspect_file(path: Path, settings: Settings | None = None) -> dict[str, Any]:
    """Tell how a spreadsheet or text list is read: its sheets, its lists, and the rows that are no records.

    Parameters
    ----------
    path : Path
        Any spreadsheet, also one that holds none of the package's tables.
    settings : Settings, optional

    Returns
    -------
    dict
        Ready for JSON: file, format, encoding, delimiter, and sheets with their tables (header_row: number, or list
        of numbers for several header rows, or None; first_row, last_row and n_rows of the records; columns;
        set_aside).

    Raises
    ------
    InputError
        When the file does not exist or cannot be read.
    """
    read = read_layout(path, settings)
    is_text = read.format in {"csv", "parquet"}
    sheets = [
        {
            "sheet": None if is_text else sheet.sheet,
            "hidden": sheet.hidden,
            "tables": [_described(table) for table in read.tables if table.sheet == sheet.sheet],
        }
        for sheet in read.sheets
    ]
    return {
        "file": path.name,
        "format": read.format,
        "encoding": read.encoding,
        "delimiter": read.delimiter,
        "sheets": sheets,
    }


def read_layout(path: Path, settings: Settings | None = None) -> ReadFile:
    """Read one file as `inspect_file` does, for those who want its tables themselves.

    Raises
    ------
    InputError
        When the file does not exist or cannot be read.
    """
    options = settings if settings is not None else Settings()
    if not path.is_file():
        message = phrase("inspect.is_folder" if path.is_dir() else "inspect.no_file", path=path)
        raise InputError(message.en, message.de)
    files = discover_files([path], Settings(limits=options.limits)).files
    if not files:
        message = phrase("inspect.no_list", path=path)
        raise InputError(message.en, message.de)
    read, problems = read_file(files[0], options)
    failed = next((problem for problem in problems if problem.code == "unreadable_file"), None)
    if failed is not None:
        reason = Phrase(str(failed.params["reason_en"]), str(failed.params["reason_de"]))
        message = phrase("inspect.unreadable", path=path, reason=reason)
        raise InputError(message.en, message.de)
    return read


def is_for_picking(sheet: RawSheet) -> bool:
    """Tell whether a sheet without tables holds the values of drop-down fields."""
    return is_pick_list(sheet)


def _described(table: RawTable) -> dict[str, Any]:
    records = [row.number for row in table.rows if row.structural is None]
    header = table.header_rows
    return {
        "header_row": None if not header else header[0] if len(header) == 1 else list(header),
        "first_row": min(records, default=None),
        "last_row": max(records, default=None),
        "n_rows": len(records),
        "columns": [column.header for column in table.columns],
        "set_aside": [{"row": row.number, "reason": row.structural} for row in table.rows if row.structural],
    }
