"""What is worth knowing about how a file was read: hidden rows, failed formulas, guessed encodings."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from vemas_analytics.etl.read_csv import TextList
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import RawSheet, RawTable, ReadFile
from vemas_analytics.reference.file_kinds import format_words, promised_formats

_MOST_SPANS = 12


def reading_notes(read: ReadFile) -> Iterator[Problem]:
    """Yield the notes on a file that was read: its name, and what its lists hide.

    Only lists that are one of the package's tables are worth a note; other sheets hide what they like.
    """
    yield from _format_note(read)
    for sheet in read.sheets:
        for table in read.tables:
            if table.table is not None and table.sheet == sheet.sheet and table.rows:
                yield from _error_notes(read.source.name, sheet, table)
                yield from _hidden_notes(read.source.name, sheet, table)


def text_notes(file: str, text: TextList) -> Iterator[Problem]:
    """Yield the notes on a text list: what was assumed to make characters and cells of its bytes."""
    if not text.encoding.startswith("utf"):
        yield Problem("encoding_guessed", "note", file=file, params={"encoding": text.encoding})
    if text.strays:
        yield Problem("encoding_mixed", "note", file=file)
    if text.controls_dropped:
        yield Problem("control_signs_dropped", "note", file=file)
    if text.quotes_ignored:
        yield Problem("quotes_ignored", "note", file=file)


def _format_note(read: ReadFile) -> Iterator[Problem]:
    promised = promised_formats().get(PurePosixPath(read.source.name).suffix.casefold())
    words = format_words().get(read.format)
    if promised is not None and words is not None and read.format not in promised:
        params = {"format": read.format, "format_de": words["de"], "format_en": words["en"]}
        yield Problem("format_differs", "note", file=read.source.name, params=params)


def _error_notes(file: str, sheet: RawSheet, table: RawTable) -> Iterator[Problem]:
    """Yield a note for each cell of a list that stands empty because its formula failed."""
    first, last = table.rows[0].number, table.rows[-1].number
    for row, column, text in sheet.errors:
        if first <= row <= last:
            header = next((found.header for found in table.columns if found.index == column), "")
            yield Problem(
                "error_cells", "note", table.table or "", file, table.place, row, header, text, {"value": text}
            )


def _hidden_notes(file: str, sheet: RawSheet, table: RawTable) -> Iterator[Problem]:
    """Yield a note on the hidden rows of a list, and one on its hidden columns."""
    rows = [
        row.number
        for row in table.rows
        if sheet.hidden_rows and any(first <= row.number <= last for first, last in sheet.hidden_rows)
    ]
    if rows:
        params = {"n": str(len(rows)), "rows": _spans(rows)}
        yield Problem("hidden_rows", "note", table.table or "", file, table.place, rows[0], params=params)
    columns = [
        column.header
        for column in table.columns
        if any(first <= column.index <= last for first, last in sheet.hidden_columns)
    ]
    if columns:
        params = {"columns": ", ".join(columns)}
        yield Problem("hidden_columns", "note", table.table or "", file, table.place, params=params)


def _spans(numbers: Sequence[int]) -> str:
    """Return numbers in order as ``3-7, 9``, cut short after a dozen spans."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in spans[:_MOST_SPANS]]
    return ", ".join(shown) + (" ..." if len(spans) > _MOST_SPANS else "")
