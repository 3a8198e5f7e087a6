"""One file in, its sheets and the lists found in them out; bad content is a problem, never an error."""

from collections.abc import Iterable, Iterator
from typing import Literal

from vemas_analytics.etl.day_order import with_day_order
from vemas_analytics.etl.layout import find_tables
from vemas_analytics.etl.read_csv import read_text_list
from vemas_analytics.etl.sandbox import FailureReason, UnreadableFileError, shared_reader
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet, RawTable, ReadFile, SourceFile
from vemas_analytics.reference.columns import read_failure_words

_WORKBOOK_STARTS = (b"PK", b"\xd0\xcf\x11\xe0", b"\x09\x08", b"\x09\x04\x06", b"\x09\x02\x06", b"\x09\x00\x04")


def read_file(source: SourceFile, settings: Settings) -> tuple[ReadFile, tuple[Problem, ...]]:
    """Read a workbook or text list by its content, whatever its name says, and find its lists.

    Parameters
    ----------
    source : SourceFile
    settings : Settings
        ``limits`` for workbooks; ``files`` and ``columns`` for recognising lists.

    Returns
    -------
    tuple of ReadFile and tuple of Problem
        Without tables and with one problem ``unreadable_file`` when nothing can be read. Its params hold ``reason``
        (a code of ``reference/read_failures.csv``) and the same in words as ``reason_de`` and ``reason_en``.
        An empty file is a note.
    """
    try:
        with source.path.open("rb") as stream:
            start = stream.read(8)
        if not start:
            return ReadFile(source, "unknown", ()), (Problem("empty_file", "note", file=source.name),)
        if start.startswith(_WORKBOOK_STARTS):
            return _read_workbook(source, settings)
        return _read_text(source, settings)
    except UnreadableFileError as error:
        return ReadFile(source, "unknown", ()), (unreadable(source.name, error.reason),)
    except OSError:
        return ReadFile(source, "unknown", ()), (unreadable(source.name, "no_access"),)


def unreadable(file: str, reason: FailureReason) -> Problem:
    """Return the one problem that stands for a file which gave nothing."""
    words = read_failure_words()[reason]
    params = {"reason": reason, "reason_de": words["de"], "reason_en": words["en"]}
    return Problem("unreadable_file", "rejected", file=file, params=params)


def _read_workbook(source: SourceFile, settings: Settings) -> tuple[ReadFile, tuple[Problem, ...]]:
    content = shared_reader(settings.limits).read(source.path)
    return _assembled(source, content.format, content.sheets, settings)


def _read_text(source: SourceFile, settings: Settings) -> tuple[ReadFile, tuple[Problem, ...]]:
    if source.size > settings.limits.memory_mib * 1024 * 1024 // 4:
        raise UnreadableFileError("too_large")
    text = read_text_list(source.path.read_bytes())
    read, problems = _assembled(
        source, "csv", (text.sheet,), settings, encoding=text.encoding, delimiter=text.delimiter
    )
    if not text.encoding.startswith("utf"):
        guess = Problem("encoding_guessed", "note", file=source.name, params={"encoding": text.encoding})
        problems = (*problems, guess)
    return read, problems


def find_lists(sheets: Iterable[RawSheet], file: str, settings: Settings) -> tuple[RawTable, ...]:
    """Return every list in the sheets of one file, knowing how the file writes its days."""
    return with_day_order([table for sheet in sheets for table in find_tables(sheet, file, settings)])


def _assembled(
    source: SourceFile,
    kind: Literal["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"],
    sheets: tuple[RawSheet, ...],
    settings: Settings,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[ReadFile, tuple[Problem, ...]]:
    tables = find_lists(sheets, source.name, settings)
    read = ReadFile(source, kind, tables, sheets, encoding, delimiter)
    if any(sheet.rows for sheet in sheets):
        return read, tuple(_error_notes(read))
    return read, (Problem("empty_file", "note", file=source.name),)


def _error_notes(read: ReadFile) -> Iterator[Problem]:
    """Yield a note for each cell of a list that stands empty because its formula failed."""
    for sheet in read.sheets:
        for row, column, text in sheet.errors:
            table = next((table for table in read.tables if _holds(table, sheet.sheet, row)), None)
            if table is None or table.table is None:
                continue
            header = next((found.header for found in table.columns if found.index == column), "")
            yield Problem(
                "error_cells", "note", table.table, read.source.name, sheet.sheet, row, header, text, {"value": text}
            )


def _holds(table: RawTable, sheet: str, row: int) -> bool:
    return table.sheet == sheet and bool(table.rows) and table.rows[0].number <= row <= table.rows[-1].number
