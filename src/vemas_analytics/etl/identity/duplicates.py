"""Records that stand in the lists more than once: set aside with their twin, or joined to one with a history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.etl.clean.columns import read_each
from vemas_analytics.etl.clean.records import Place, Records
from vemas_analytics.etl.identity.copied_sheets import copied_rows
from vemas_analytics.etl.identity.likely_duplicates import find_likely_duplicates
from vemas_analytics.etl.identity.list_ages import ListAges
from vemas_analytics.etl.identity.status_history import STATUS_COLUMNS, HistoryLine, settle_history
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.tables import COLUMNS
from vemas_analytics.reference.words import fold

_IDENTIFIERS: Final = {"inquiries": "inquiry_id", "offers": "offer_id", "trips": "trip_id", "attendance": "forum_id"}
_BY_REGION: Final = frozenset({"trips", "attendance"})
_RESTART_SHARE, _RESTART_ROWS = 0.5, 5
_MOST_COMPARED: Final = 300
"""Rows of one identifier that are compared with one another: of more only those alike in every field are one record."""

_DERIVED: Final = frozenset({"value_eur", "organiser_group", "person_key"})
_NOT_COMPARED = str.maketrans("", "", " !\"#'()*,-./:;<=>?@[\\]^_`{|}~")
"""What `fold` takes out of plain text, besides the blanks between words."""


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """The records of one table that stand, the places set aside as duplicates, and what is to be said.

    ``history`` has a line for each state of every record that changed its status from list to list.
    """

    records: Records
    set_aside: tuple[Place, ...]
    problems: tuple[Problem, ...]
    history: tuple[HistoryLine, ...] = ()


@dataclass(slots=True)
class _Search:
    """What was found so far in one table; rows are positions in ``records``."""

    table: str
    records: Records
    set_aside: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[tuple[int, int]] = field(default_factory=list)
    states: dict[int, list[int]] = field(default_factory=dict)


def find_duplicates(table: str, records: Records, ages: ListAges | None = None) -> Deduplicated:
    """Find repeated records of one table across all its lists.

    The first in (file, sheet, row) order stays and takes over what only its twin fills in. Where nothing but status
    or decision changed, the newest state stands and the earlier ones are its history.

    Parameters
    ----------
    table : str
    records : Records
        In (file, sheet, row) order; the rows that stand are completed.
    ages : ListAges, optional
        How recent each list is; without it only decisions and the order of the lists tell.
    """
    search = _Search(table, records)
    if not len(records):
        return Deduplicated(records, (), ())
    for rows in _repeated_identifiers(records):
        _place_by_identifier(search, rows)
    search.conflicts.sort()
    _find_repeated_content(search)
    if table == "attendance":
        _find_copies(search)
    _tell_conflicts(search)
    told, history = settle_history(table, records, search.states, ages or ListAges(()))
    search.problems += told
    aside = set(search.set_aside)
    standing = [at for at in range(len(records)) if at not in aside] if aside else range(len(records))
    kept = records.take(standing)
    pairs = {(records.place(first), records.place(second)) for first, second in search.conflicts}
    search.problems += find_likely_duplicates(table, kept, pairs)
    places = tuple(records.place(at) for at in sorted(search.set_aside))
    return Deduplicated(kept, places, tuple(search.problems), history)


def _repeated(hashes: NDArray[np.int64]) -> NDArray[np.bool_]:
    return pd.Index(hashes).duplicated(keep=False)


def _repeated_identifiers(records: Records) -> list[list[int]]:
    """Return the rows of each identifier that stands more than once, in order.

    Hashes of coarse keys leave the many identifiers that stand once out of every closer look.
    """
    hashes = np.fromiter((hash(_coarse(text)) if text else 0 for text in records.identifiers), np.int64, len(records))
    by_identifier: dict[str, list[int]] = {}
    for at in np.flatnonzero(_repeated(hashes)).tolist():
        text = records.identifiers[at]
        if text:
            by_identifier.setdefault(fold(text) or text, []).append(at)
    return [rows for rows in by_identifier.values() if len(rows) > 1]


def _coarse(text: str) -> str:
    """Return a key that is the same for all identifiers that fold alike, cheaper to make."""
    if text.isascii():
        return text.lower().translate(_NOT_COMPARED) or text
    return fold(text).replace(" ", "") or text


def _place_by_identifier(search: _Search, rows: Sequence[int]) -> None:
    """Join the rows of one identifier to earlier ones, or remember whom they contradict."""
    if len(rows) > _MOST_COMPARED:
        _place_by_content(search, rows)
        return
    same: list[int] = []
    for at in rows:
        if not _joined(search, at, same):
            same.append(at)


def _place_by_content(search: _Search, rows: Sequence[int]) -> None:
    """Join the rows of an identifier that hardly is one: to compare each with each would take for ever."""
    first: dict[tuple[Any, ...], int] = {}
    columns = [*search.records.values.values(), search.records.persons]
    for at in rows:
        twin = first.setdefault(tuple(column[at] for column in columns), at)
        if twin != at:
            _set_aside(search, at, "duplicate", twin)
        elif at != rows[0]:
            search.conflicts.append((at, rows[0]))


def _joined(search: _Search, at: int, same: Sequence[int]) -> bool:
    contradicted: int | None = None
    for twin in same:
        differing = _differing(search, twin, at)
        if not differing:
            filled = _fill(search.records, twin, at)
            if filled:
                _set_aside(search, at, "duplicate_merged", twin, filled=" ".join(filled))
            else:
                _set_aside(search, at, "duplicate", twin)
            return True
        if differing <= STATUS_COLUMNS.get(search.table, frozenset()):
            _continue(search, twin, at)
            return True
        if search.table in _BY_REGION and differing == {"region"}:
            continue
        contradicted = twin if contradicted is None else contradicted
    if contradicted is not None:
        search.conflicts.append((at, contradicted))
    return False


def _continue(search: _Search, twin: int, at: int) -> None:
    """Add another state to a record, unless an earlier row of it says the same."""
    states = search.states.setdefault(twin, [])
    columns = [search.records.column(name) for name in sorted(STATUS_COLUMNS[search.table])]
    if any(all(column[state] == column[at] for column in columns) for state in states):
        _set_aside(search, at, "duplicate", twin)
    else:
        states.append(at)
        search.set_aside.append(at)
    _fill(search.records, twin, at, apart=STATUS_COLUMNS[search.table])


def _differing(search: _Search, first: int, second: int) -> set[str]:
    """Return the columns that both rows fill differently."""
    records = search.records
    differing: set[str] = set()
    for name, column in records.values.items():
        one, other = column[first], column[second]
        if one == other or name in _DERIVED or name == _IDENTIFIERS.get(search.table):
            continue
        if name == "region":
            if set(one or ()) != set(other or ()):
                differing.add(name)
        elif one is not None and other is not None and _comparable(one) != _comparable(other):
            differing.add(name)
    persons = records.persons[first], records.persons[second]
    if all(persons) and persons[0] != persons[1]:
        differing.add("person_key")
    return differing


def _comparable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _fill(records: Records, twin: int, at: int, apart: frozenset[str] = frozenset()) -> list[str]:
    """Complete a row by what only its twin says; return the columns, without those that follow from others."""
    filled = [
        name
        for name, column in records.values.items()
        if column[twin] is None and column[at] is not None and name not in apart
    ]
    for name in filled:
        records.values[name][twin] = records.values[name][at]
    return [name for name in filled if not name.endswith("_precision") and name not in _DERIVED]


def _find_repeated_content(search: _Search) -> None:
    """Set aside the rows without identifier that repeat another in every field."""
    records = search.records
    rows = [at for at, text in enumerate(records.identifiers) if not text]
    if search.table == "attendance":
        rows = [at for at in rows if records.persons[at]]
    if len(rows) < 2:
        return
    skipped = {*_DERIVED, _IDENTIFIERS.get(search.table, "")}
    names = sorted(name for name in records.values if name not in skipped)
    first: dict[tuple[object, ...], int] = {}
    columns = [records.values[name] for name in names]
    for at in _candidates(records, rows, columns):
        values = [_comparable(column[at]) for column in columns]
        twin = first.setdefault((*values, records.persons[at], fold(records.notes[at])), at)
        if twin != at:
            _set_aside(search, at, "duplicate", twin)


def _find_copies(search: _Search) -> None:
    """Set aside the rows of copied sheets that name nobody; all others are told apart by what they say."""
    known = set(search.set_aside)
    for at, original in copied_rows(search.records).items():
        if at not in known:
            _set_aside(search, at, "duplicate", original)


def _candidates(records: Records, rows: Sequence[int], columns: Sequence[Sequence[object]]) -> list[int]:
    """Return the rows whose fields may repeat those of another row, by their hashes."""
    combined = np.zeros(len(rows), np.int64)
    for column in (*columns, records.persons, records.notes):
        cells = [column[at] for at in rows]
        hashes = read_each(cells, lambda value: hash(_comparable(value)))
        combined = combined * np.int64(1_000_003) + np.fromiter(hashes, np.int64, len(rows))
    return [rows[at] for at in np.flatnonzero(_repeated(combined)).tolist()]


def _set_aside(search: _Search, at: int, code: str, twin: int, **params: str) -> None:
    search.set_aside.append(at)
    search.problems.append(_note(search, code, at, twin, **params))


def _note(search: _Search, code: str, at: int, twin: int, value: str = "", **params: str) -> Problem:
    place, records = search.records.place(at), search.records
    shown = value or records.identifiers[at]
    told = {"twin": str(records.place(twin)), **params}
    return Problem(code, "note", search.table, place.file, place.sheet, place.row, value=shown, params=told)


def _tell_conflicts(search: _Search) -> None:
    """Say which identifiers name two records; running numbers that start again are said once per sheet."""
    records = search.records
    restarts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for at, twin in search.conflicts:
        sheet, identifier = (records.files[at], records.sheets[at]), records.identifiers[at]
        other_sheet = (records.files[twin], records.sheets[twin]) != sheet
        if other_sheet and identifier.isdecimal() and len(identifier) <= 4:
            restarts.setdefault(sheet, []).append((at, twin))
        else:
            search.problems.append(_note(search, "id_conflict", at, twin))
    sizes = _sizes(records) if restarts else {}
    for sheet, pairs in restarts.items():
        if len(pairs) < max(_RESTART_ROWS, _RESTART_SHARE * sizes[sheet]):
            search.problems += [_note(search, "id_conflict", at, twin) for at, twin in pairs]
            continue
        at, twin = pairs[0]
        shown = f"{records.identifiers[at]} ... {records.identifiers[pairs[-1][0]]}"
        search.problems.append(_note(search, "id_conflict", at, twin, value=shown))


def _sizes(records: Records) -> Mapping[tuple[str, str], int]:
    sizes: dict[tuple[str, str], int] = {}
    for sheet in zip(records.files, records.sheets, strict=True):
        sizes[sheet] = sizes.get(sheet, 0) + 1
    return sizes


def generated_identifier(place: Place) -> str:
    """Return the identifier of a record whose list gives none."""
    return f"{place.file}#{place.sheet}#{place.row}"


def identifier_column(table: str) -> str:
    """Return the column that holds a record's identifier."""
    return _IDENTIFIERS.get(table, COLUMNS[table][0] if table in COLUMNS else "id")  # type: ignore[index]
