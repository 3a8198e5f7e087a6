"""What is worth knowing about how a file was read: hidden rows, failed formulas, guessed encodings."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from vemas_analytics.etl.parse.cells import is_blank
from vemas_analytics.etl.reading.read_csv import TextList
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import RawSheet, RawTable, ReadFile
from vemas_analytics.reference.file_kinds import format_words, promised_formats

_MOST_SPANS = 12
_LEAST_ROWS = 4
_LEAST_BLANK = 0.5


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
                yield from _region_notes(read.source.name, table)


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
    first, last = table.rows.numbers[0], table.rows.numbers[-1]
    for row, column, text in sheet.errors:
        if first <= row <= last:
            header = next((found.header for found in table.columns if found.index == column), "")
            yield Problem(
                "error_cells", "note", table.table or "", file, table.place, row, header, text, {"value": text}
            )


def _hidden_notes(file: str, sheet: RawSheet, table: RawTable) -> Iterator[Problem]:
    """Yield a note on the hidden rows of a list, and one on its hidden columns."""
    rows = [
        number
        for number in (table.rows.numbers if sheet.hidden_rows else ())
        if any(first <= number <= last for first, last in sheet.hidden_rows)
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


def _region_notes(file: str, table: RawTable) -> Iterator[Problem]:
    """Yield a note where at least half of a list's regions are blank.

    It may be that a name stands for the rows below it too; where the names recur in no order nobody can tell, and
    nothing is carried down.
    """
    records = table.rows.full_records()
    for column in table.columns:
        if column.field != "region" or len(records) < _LEAST_ROWS:
            continue
        index, cells = column.index, table.rows.cells
        blank = [table.rows.numbers[at] for at in records if index >= len(cells[at]) or is_blank(cells[at][index])]
        if _LEAST_BLANK * len(records) <= len(blank) < len(records):
            params = {"column": column.header, "n": str(len(blank)), "total": str(len(records))}
            place = (table.table or "", file, table.place, blank[0], column.header)
            yield Problem("region_often_blank", "note", *place, params=params)


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
