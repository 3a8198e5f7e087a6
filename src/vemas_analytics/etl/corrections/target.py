"""Which cell of which sheet a line of corrections.csv means."""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vemas_analytics.etl.corrections.read_file import Correction
from vemas_analytics.model.sheets import RawSheet, RawTable, ReadFile, column_letters, column_number, sheet_of_place
from vemas_analytics.reference.phrases import Phrase, phrase
from vemas_analytics.reference.words import fold

_MOST_HEADINGS: Final = 20
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Target:
    """The cell that a correction means.

    Parameters
    ----------
    file, sheet : int
        Position of the file, and of the sheet in it.
    row, column : int
        Indices into the sheet's rows and cells.
    place : str
        The sheet as ledger and problems name it.
    table, header : str
        Name of the list and heading of the column; '' and the column's letter where there is none.
    field : str or None
        What the column holds; '' in a header row, None where nothing is known.
    """

    file: int
    sheet: int
    row: int
    column: int
    place: str
    table: str
    header: str
    field: str | None


class UnfitError(Exception):
    """A correction that does not fit the lists, with the reason in words."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.en)
        self.why = why


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\\", "/").strip().casefold()


def locate(files: Sequence[ReadFile], correction: Correction) -> Target:
    """Return the cell that a correction means.

    Raises
    ------
    UnfitError
        When its file, sheet, row or column is not there, or may be several; the nearest one is named.
    """
    at = _find_file(files, correction.file)
    file = files[at]
    sheet_at = _find_sheet(file, sheet_of_place(correction.sheet))
    sheet = file.sheets[sheet_at]
    row = correction.row - sheet.first_row
    if not 0 <= row < len(sheet.rows):
        last = sheet.first_row + len(sheet.rows) - 1
        raise UnfitError(phrase("refusals.no_row", row=correction.row, first=sheet.first_row, last=last))
    tables = _lists_meant(file, sheet, correction.sheet)
    table, column = _find_column(_tables_at(tables, correction.row), tables, sheet, correction)
    header, field = next(
        ((item.header, item.field) for item in (table.columns if table else ()) if item.index == column),
        (correction.column, None),
    )
    known = field if table is not None and correction.row in table.rows.numbers else None
    if any(correction.row in item.header_rows for item in tables):
        known = ""
    for item in tables:
        known = next((name for name, fact in item.facts.items() if fact.row == correction.row), known)
    place, name = (table.place, table.table or "") if table else (sheet.sheet, "")
    return Target(at, sheet_at, row, column, place, name, header, known)


def _find_file(files: Sequence[ReadFile], name: str) -> int:
    wanted = _plain(name)
    names = [_plain(file.source.name) for file in files]
    found = [at for at, item in enumerate(names) if item == wanted]
    found = found or [at for at, item in enumerate(names) if item.rpartition("/")[2] == wanted]
    if len(found) > 1:
        several = ", ".join(files[at].source.name for at in found)
        raise UnfitError(phrase("refusals.files_alike", names=several))
    if not found:
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
        advice = phrase("refusals.check_name")
        if near:
            advice = phrase("refusals.did_you_mean", name=files[names.index(near[0])].source.name)
        raise UnfitError(phrase("refusals.no_file", advice=advice))
    if not files[found[0]].sheets:
        raise UnfitError(phrase("refusals.file_without_sheets"))
    return found[0]


def _find_sheet(file: ReadFile, name: str) -> int:
    names = [_plain(sheet.sheet) for sheet in file.sheets]
    stem = _plain(file.source.name).rpartition("/")[2].rpartition(".")[0]
    if names == [""] and _plain(name) in {"", stem}:
        return 0
    if not name:
        filled = [at for at, sheet in enumerate(file.sheets) if sheet.rows]
        if len(filled) == 1:
            return filled[0]
    if _plain(name) in names:
        return names.index(_plain(name))
    listed = ", ".join(repr(sheet.sheet) for sheet in file.sheets if sheet.sheet)
    if not listed:
        raise UnfitError(phrase("refusals.csv_without_sheets"))
    raise UnfitError(phrase("refusals.no_sheet", name=name, names=listed))


def _lists_meant(file: ReadFile, sheet: RawSheet, name: str) -> list[RawTable]:
    """Return the lists of a sheet, or of its columns where the correction names these too: ``Tabelle1!G:K``."""
    tables = [table for table in file.tables if table.sheet == sheet.sheet]
    if sheet_of_place(name) == name:
        return tables
    meant = [table for table in tables if _plain(table.place) == _plain(name)]
    if not meant:
        listed = ", ".join(dict.fromkeys(repr(table.place) for table in tables)) or repr(sheet.sheet)
        raise UnfitError(phrase("refusals.no_sheet", name=name, names=listed))
    return meant


def _tables_at(tables: Sequence[RawTable], row: int) -> list[RawTable]:
    """Return the lists that a row may belong to: of those below each other the last whose header is not below it."""
    at: dict[str, RawTable] = {}
    for table in sorted(tables, key=lambda table: table.header_rows[:1]):
        if table.header_rows and table.header_rows[0] <= row:
            at[table.band] = table
    holding = [table for table in at.values() if row in table.rows.numbers]
    return holding or list(at.values())


def _find_column(
    tables: Sequence[RawTable], on_sheet: Sequence[RawTable], sheet: RawSheet, correction: Correction
) -> tuple[RawTable | None, int]:
    """Return the list and the index of the column that a correction means; no list where it names a free column."""
    name = correction.column
    found = [(table, column.index) for table in tables for column in table.columns if fold(column.header) == fold(name)]
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        letters = ", ".join(column_letters(index) for _, index in found)
        raise UnfitError(phrase("refusals.columns_alike", name=name, letters=letters))
    widest = max((len(row) for row in sheet.rows), default=0)
    if _LETTERS.fullmatch(name.strip()):
        index = column_number(name.strip())
        if index < widest:
            own = (table for table in tables if any(column.index == index for column in table.columns))
            return next(own, tables[0] if len(tables) == 1 else None), index
    raise UnfitError(phrase("refusals.no_such_column", name=name, advice=_advice(tables or on_sheet, name, widest)))


def _advice(tables: Sequence[RawTable], name: str, widest: int) -> Phrase:
    headings = [column.header for table in tables for column in table.columns]
    near = difflib.get_close_matches(fold(name), [fold(heading) for heading in headings], n=1, cutoff=0.6)
    if near:
        meant = next(heading for heading in headings if fold(heading) == near[0])
        return phrase("refusals.did_you_mean", name=meant)
    if headings:
        return phrase("refusals.headings_are", names=", ".join(repr(text) for text in headings[:_MOST_HEADINGS]))
    return phrase("refusals.by_letter", last=column_letters(max(widest - 1, 0)))
