"""Corrections of single cells: written into the raw cells before anything is parsed, guarded by the old value."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.clean.row_account import PERSON_FIELDS
from vemas_analytics.etl.companions import companion_source, find_companion
from vemas_analytics.etl.corrections.read_file import FILE_NAME, Correction, read_corrections
from vemas_analytics.etl.corrections.shown_values import shows, typed_like
from vemas_analytics.etl.corrections.target import Target, UnfitError, locate
from vemas_analytics.etl.name_mask import NameMask
from vemas_analytics.etl.parse.cells import as_text
from vemas_analytics.etl.parse.persons import MASK
from vemas_analytics.etl.reading.read import find_lists
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet, ReadFile, SourceFile
from vemas_analytics.model.tables import CORRECTION_COLUMNS
from vemas_analytics.reference.phrases import Phrase, joined, phrase

_NOT_SHOWN: Final = frozenset({*PERSON_FIELDS, "note", "ignore", None})
"""Fields whose cells are in no table and may hold a person's name: a correction there is told without its values."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """The files with every correction in its cell, what is to be said about each, and the list for the report."""

    files: tuple[ReadFile, ...]
    problems: tuple[Problem, ...]
    frame: pd.DataFrame
    companions: tuple[SourceFile, ...] = ()


def apply_corrections(
    files: Sequence[ReadFile], problems: Sequence[Problem], sources: Sequence[Path], settings: Settings
) -> Corrected:
    """Find corrections.csv beside vemas.toml or the sources and write it into the cells; see `correct_files`."""
    path = find_companion(FILE_NAME, sources, settings)
    if path is None:
        return Corrected(tuple(files), tuple(problems), correction_frame())
    corrected = correct_files(files, problems, read_corrections(path), path, settings)
    return replace(corrected, companions=(companion_source(path),))


def correct_files(
    files: Sequence[ReadFile],
    problems: Iterable[Problem],
    corrections: Sequence[Correction],
    path: Path,
    settings: Settings,
) -> Corrected:
    """Write corrections into the raw cells and find the lists of the files concerned again.

    Parameters
    ----------
    files : sequence of ReadFile
        As read, nothing parsed yet.
    problems : iterable of Problem
        Found while reading; a failed formula in a corrected cell is none any more.
    corrections : sequence of Correction
    path : Path
        Of corrections.csv, for messages.
    settings : Settings

    Raises
    ------
    ConfigError
        When any correction names no file, sheet, row or column that is there, when its old value is not (or no
        longer) what the cell shows, or when two correct one cell: all of them at once, each with what was expected,
        what is there and what to do. Nothing is corrected then.
    """
    mask = NameMask(table for file in files for table in file.tables)
    faults: list[Phrase] = []
    meant: dict[tuple[int, int, int, int], tuple[Target, Correction]] = {}
    for correction in corrections:
        try:
            target = locate(files, correction)
            _guard(files, target, correction, mask)
        except UnfitError as unfit:
            faults.append(phrase("refusals.misfit", line=correction.line, place=_place_of(correction), why=unfit.why))
            continue
        key = (target.file, target.sheet, target.row, target.column)
        if key in meant:
            earlier = meant[key][1].line
            faults.append(phrase("refusals.same_cell", line=correction.line, earlier=earlier))
        meant.setdefault(key, (target, correction))
    if faults:
        lines = joined(" | ", faults)
        message = phrase("refusals.misfits", path=path, n=len(faults), total=len(corrections), lines=lines)
        raise ConfigError(message.en, message.de)
    applied = list(meant.values())
    corrected = _write(files, applied, settings)
    mask = NameMask(table for file in (*files, *corrected) for table in file.tables)
    told = [problem for item in applied for problem in _told(files, *item, mask)]
    kept = [problem for problem in problems if not _is_mended(problem, files, applied)]
    rows = [_row(files, *item, mask) for item in applied]
    return Corrected(corrected, (*kept, *told), correction_frame(rows))


def correction_frame(rows: Sequence[Sequence[object]] = ()) -> pd.DataFrame:
    """Return the list of corrections applied, with the columns and types of `CORRECTION_COLUMNS`."""
    frame = pd.DataFrame(list(rows), columns=list(CORRECTION_COLUMNS))
    kinds = {"line": "Int64", "row": "Int64", "date": "datetime64[us]"}
    return frame.astype({name: kinds.get(name, "string") for name in CORRECTION_COLUMNS})


def _place_of(correction: Correction) -> Phrase:
    sheet = f"[{correction.sheet}]" if correction.sheet else ""
    return phrase("refusals.place", file=correction.file, sheet=sheet, row=correction.row, column=correction.column)


def _cell(files: Sequence[ReadFile], target: Target) -> CellValue:
    row = files[target.file].sheets[target.sheet].rows[target.row]
    return row[target.column] if target.column < len(row) else None


def _is_shown(target: Target) -> bool:
    return target.field not in _NOT_SHOWN


def _guard(files: Sequence[ReadFile], target: Target, correction: Correction, mask: NameMask) -> None:
    cell = _cell(files, target)
    if shows(cell, correction.old):
        return
    if not _is_shown(target):
        raise UnfitError(phrase("refusals.not_there_hidden"))
    there = _worded(mask.masked(as_text(cell)), "refusals.nothing")
    expected = _worded(mask.masked(correction.old), "refusals.empty_cell")
    key = "refusals.not_there_but_new" if shows(cell, correction.new) else "refusals.not_there"
    raise UnfitError(phrase(key, expected=expected, there=there))


def _worded(text: str, otherwise: str) -> Phrase:
    return phrase("refusals.text_there", text=text) if text else phrase(otherwise)


def _write(
    files: Sequence[ReadFile], applied: Sequence[tuple[Target, Correction]], settings: Settings
) -> tuple[ReadFile, ...]:
    """Return the files with the corrected cells, their lists found anew."""
    by_file: dict[int, list[tuple[Target, Correction]]] = {}
    for target, correction in applied:
        by_file.setdefault(target.file, []).append((target, correction))
    corrected = list(files)
    for at, items in by_file.items():
        file = files[at]
        sheets = list(file.sheets)
        for number in sorted({target.sheet for target, _ in items}):
            cells = {(t.row, t.column): c for t, c in items if t.sheet == number}
            sheets[number] = _rewritten(sheets[number], cells)
        tables = find_lists(sheets, file.source.name, settings)
        corrected[at] = replace(file, sheets=tuple(sheets), tables=tables)
    return tuple(corrected)


def _rewritten(sheet: RawSheet, cells: Mapping[tuple[int, int], Correction]) -> RawSheet:
    rows = list(sheet.rows)
    for (row, column), correction in cells.items():
        changed = [*rows[row], *(None,) * (column + 1 - len(rows[row]))]
        changed[column] = typed_like(correction.new, changed[column])
        rows[row] = tuple(changed)
    wrong = tuple(e for e in sheet.errors if (e[0] - sheet.first_row, e[1]) not in cells)
    return replace(sheet, rows=tuple(rows), errors=wrong)


def _is_mended(problem: Problem, files: Sequence[ReadFile], applied: Sequence[tuple[Target, Correction]]) -> bool:
    return problem.code == "error_cells" and any(
        problem.file == files[target.file].source.name
        and problem.sheet == target.place
        and problem.row == correction.row
        and problem.column == target.header
        for target, correction in applied
    )


def _values(target: Target, correction: Correction, mask: NameMask) -> tuple[str, str, str]:
    """Return old, new and reason as they may be shown."""
    if _is_shown(target):
        return mask.masked(correction.old), mask.masked(correction.new), mask.masked(correction.reason)
    reason = mask.masked(correction.reason)
    for secret in (correction.old, correction.new):
        for part in (secret, *re.findall(r"[^\W\d_]{3,}", secret)):
            if part:
                reason = re.sub(re.escape(part), MASK, reason, flags=re.IGNORECASE)
    return MASK if correction.old else "", MASK if correction.new else "", reason


def _told(files: Sequence[ReadFile], target: Target, correction: Correction, mask: NameMask) -> list[Problem]:
    """Return the note that a cell was corrected, and another one where it lacks a second person."""
    file = files[target.file]
    place = (target.table, file.source.name, target.place, correction.row, target.header)
    old, new, reason = _values(target, correction, mask)
    params = {
        "taken": new,
        "reason": reason,
        "by": correction.by,
        "on": correction.date.isoformat(),
        "countersigned": correction.countersigned,
        "line": str(correction.line),
    }
    if not new:
        return _signed(correction, Problem("correction_emptied", "repaired", *place, old, params), place)
    code = "correction_applied" if old else "correction_filled"
    return _signed(correction, Problem(code, "repaired", *place, old, params), place)


def _signed(correction: Correction, problem: Problem, place: tuple[str, str, str, int, str]) -> list[Problem]:
    if correction.by and correction.countersigned:
        return [problem]
    return [problem, Problem("correction_unsigned", "note", *place, params={"line": str(correction.line)})]


def _row(files: Sequence[ReadFile], target: Target, correction: Correction, mask: NameMask) -> tuple[object, ...]:
    file = files[target.file]
    old, new, reason = _values(target, correction, mask)
    return (
        correction.line,
        target.table or None,
        file.source.name,
        target.place or None,
        correction.row,
        target.header,
        old or None,
        new or None,
        reason,
        correction.date,
        correction.by or None,
        correction.countersigned or None,
    )
