"""One file in, its sheets and the lists found in them out; bad content is a problem, never an error."""

import time
from collections.abc import Iterable
from dataclasses import replace

from vemas_analytics.etl.day_order import with_day_order
from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.etl.reading.own_sheets import is_own_sheet
from vemas_analytics.etl.reading.read_csv import read_text_list
from vemas_analytics.etl.reading.reading_notes import reading_notes, text_notes
from vemas_analytics.etl.reading.sandbox import ROWS_SHARE, FailureReason, UnreadableFileError, shared_reader
from vemas_analytics.etl.reading.time_limit import time_limit
from vemas_analytics.etl.reading.workbook_format import is_workbook
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import FileFormat, RawSheet, RawTable, ReadFile, SourceFile
from vemas_analytics.reference.columns import read_failure_words

_SNIFFED = 8_192


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
    begun = time.process_time()
    read, problems = _read(source, settings)
    return replace(read, seconds=time.process_time() - begun), problems


def _read(source: SourceFile, settings: Settings) -> tuple[ReadFile, tuple[Problem, ...]]:
    end = time.monotonic() + settings.limits.seconds
    try:
        with source.path.open("rb") as stream:
            start = stream.read(_SNIFFED)
        if not start:
            return ReadFile(source, "unknown", ()), (Problem("empty_file", "note", file=source.name),)
        if is_workbook(start):
            content = shared_reader(settings.limits).read(source.path)
            with time_limit(end - time.monotonic()):
                return assemble_file(source, content.format, content.sheets, settings)
        with time_limit(settings.limits.seconds_for_text(source.size)):
            return _read_text(source, settings)
    except UnreadableFileError as error:
        return ReadFile(source, "unknown", ()), (unreadable(source.name, error.reason),)
    except MemoryError:
        return ReadFile(source, "unknown", ()), (unreadable(source.name, "too_large"),)
    except OSError:
        return ReadFile(source, "unknown", ()), (unreadable(source.name, "no_access"),)


def unreadable(file: str, reason: FailureReason) -> Problem:
    """Return the one problem that stands for a file which gave nothing."""
    return Problem("unreadable_file", "rejected", file=file, params=failure_params(reason))


def failure_params(reason: FailureReason) -> dict[str, str]:
    """Return why nothing could be read, as code and in words."""
    words = read_failure_words()[reason]
    return {"reason": reason, "reason_de": words["de"], "reason_en": words["en"]}


def _read_text(source: SourceFile, settings: Settings) -> tuple[ReadFile, tuple[Problem, ...]]:
    text = read_text_list(source.path, settings.limits.memory_mib * ROWS_SHARE)
    read, problems = assemble_file(
        source, "csv", (text.sheet,), settings, encoding=text.encoding, delimiter=text.delimiter
    )
    return read, (*problems, *text_notes(source.name, text))


def find_lists(sheets: Iterable[RawSheet], file: str, settings: Settings) -> tuple[RawTable, ...]:
    """Return every list in the sheets of one file, knowing how the file writes its days."""
    return with_day_order(
        [
            replace(table, epoch_1904=True) if sheet.epoch_1904 else table
            for sheet in sheets
            if not is_own_sheet(sheet)
            for table in find_tables(sheet, file, settings)
        ]
    )


def assemble_file(
    source: SourceFile,
    kind: FileFormat,
    sheets: tuple[RawSheet, ...],
    settings: Settings,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[ReadFile, tuple[Problem, ...]]:
    """Return a file of these sheets with the lists found in them, and the notes on how it was read."""
    tables = find_lists(sheets, source.name, settings)
    read = ReadFile(source, kind, tables, sheets, encoding, delimiter)
    if any(sheet.rows for sheet in sheets):
        return read, tuple(reading_notes(read))
    return read, (Problem("empty_file", "note", file=source.name),)
