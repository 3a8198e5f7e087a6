"""Records that stand in the lists more than once: set aside with their twin, merged, or merely noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vemas_analytics.etl.clean.records import Place, Record
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.tables import COLUMNS
from vemas_analytics.reference.words import fold

_STATUS: Final[Mapping[str, frozenset[str]]] = {
    "inquiries": frozenset({"status", "closed_on", "closed_on_precision"}),
    "offers": frozenset({"status", "decided_on", "decided_on_precision"}),
    "trips": frozenset({"status"}),
}
_DECISION: Final = {"inquiries": "closed_on", "offers": "decided_on"}
_IDENTIFIERS: Final = {"inquiries": "inquiry_id", "offers": "offer_id", "trips": "trip_id", "attendance": "forum_id"}
_PARTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "inquiries": ("received_on", "russian_company"),
    "offers": ("offered_on", "saxon_company", "russian_company"),
    "trips": ("start_on", "region", "city"),
}
_BY_REGION: Final = frozenset({"trips", "attendance"})
_RESTART_SHARE, _RESTART_ROWS = 0.5, 5
_DERIVED: Final = frozenset({"value_eur", "organiser_group", "person_key"})


@dataclass(slots=True)
class _Search:
    """What was found so far in one table."""

    table: str
    kept: list[Record] = field(default_factory=list)
    set_aside: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[tuple[Record, Record]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """The records of one table that stand, the places set aside as duplicates, and what is to be said."""

    records: tuple[Record, ...]
    set_aside: tuple[Place, ...]
    problems: tuple[Problem, ...]


def find_duplicates(table: str, records: Iterable[Record]) -> Deduplicated:
    """Find repeated records of one table across all its lists.

    The first in (file, sheet, row) order stays. It takes over what only its twin fills in, and the newest status
    where nothing but status or decision changed.

    Parameters
    ----------
    table : str
    records : iterable of Record
        In any order.
    """
    search = _Search(table)
    by_id: dict[str, list[Record]] = {}
    by_content: dict[tuple[object, ...], Record] = {}
    sizes: dict[tuple[str, str], int] = {}
    for record in sorted(records, key=lambda item: item.place.key):
        sheet = (record.place.file, record.place.sheet)
        sizes[sheet] = sizes.get(sheet, 0) + 1
        if record.identifier:
            same = by_id.setdefault(fold(record.identifier) or record.identifier, [])
            if not _joined(search, record, same):
                same.append(record)
                search.kept.append(record)
            continue
        key = _content_key(table, record)
        twin = by_content.get(key) if key else None
        if twin is not None:
            _set_aside(search, record, "duplicate", twin)
            continue
        if key:
            by_content[key] = record
        search.kept.append(record)
    _tell_conflicts(search, sizes)
    _tell_near_duplicates(search)
    return Deduplicated(tuple(search.kept), tuple(search.set_aside), tuple(search.problems))


def _joined(search: _Search, record: Record, same: Sequence[Record]) -> bool:
    """Join a record to an earlier one of its identifier, or return False and remember whom it contradicts."""
    contradicted: Record | None = None
    for twin in same:
        differing = _differing(search.table, twin, record)
        if not differing:
            filled = _fill(twin, record)
            if filled:
                _set_aside(search, record, "duplicate_merged", twin, filled=" ".join(filled))
            else:
                _set_aside(search, record, "duplicate", twin)
            return True
        if differing <= _STATUS.get(search.table, frozenset()):
            _update_status(search, twin, record)
            return True
        if search.table in _BY_REGION and differing == {"region"}:
            continue
        contradicted = contradicted or twin
    if contradicted is not None:
        search.conflicts.append((record, contradicted))
    return False


def _differing(table: str, first: Record, second: Record) -> set[str]:
    """Return the columns that both records fill differently."""
    differing: set[str] = set()
    for name, value in second.values.items():
        other = first.values.get(name)
        if name in _DERIVED or name == _IDENTIFIERS.get(table):
            continue
        if name == "region":
            if value != other and set(_regions(value)) != set(_regions(other)):
                differing.add(name)
        elif value is not None and other is not None and _comparable(value) != _comparable(other):
            differing.add(name)
    if first.person and second.person and first.person != second.person:
        differing.add("person_key")
    return differing


def _regions(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _comparable(value: object) -> object:
    return fold(value) if isinstance(value, str) else value


def _fill(twin: Record, record: Record) -> list[str]:
    filled = [name for name, value in record.values.items() if value is not None and twin.values.get(name) is None]
    for name in filled:
        twin.values[name] = record.values[name]
    return [name for name in filled if not name.endswith("_precision") and name not in _DERIVED]


def _update_status(search: _Search, twin: Record, record: Record) -> None:
    decision = _DECISION.get(search.table, "")
    earlier, later = twin.values.get(decision), record.values.get(decision)
    keeps = earlier is not None and (later is None or earlier > later)  # type: ignore[operator]
    if not keeps:
        for name in _STATUS[search.table]:
            if name == "status":
                twin.values[name] = record.values.get(name) or twin.values.get(name)
            elif later is not None:
                twin.values[name] = record.values.get(name)
    _fill(twin, record)
    newest = str(twin.values.get("status") or "")
    _set_aside(search, record, "status_updated", twin, taken=newest, field=f"{search.table}.status")


def _content_key(table: str, record: Record) -> tuple[object, ...]:
    """Return what makes a record without identifier the same as another; empty where that cannot be told."""
    if table == "attendance" and not record.person:
        return ()
    skipped = {*_DERIVED, _IDENTIFIERS.get(table, "")}
    values = [_comparable(record.values[name]) for name in sorted(record.values) if name not in skipped]
    return (*values, record.person, fold(record.note))


def _set_aside(search: _Search, record: Record, code: str, twin: Record, **params: str) -> None:
    search.set_aside.append(record.place)
    search.problems.append(_note(search.table, code, record, twin, **params))


def _note(table: str, code: str, record: Record, twin: Record, value: str = "", **params: str) -> Problem:
    place = record.place
    return Problem(
        code,
        "note",
        table,
        place.file,
        place.sheet,
        place.row,
        value=value or record.identifier,
        params={"twin": str(twin.place), **params},
    )


def _tell_conflicts(search: _Search, sizes: Mapping[tuple[str, str], int]) -> None:
    """Say which identifiers name two records; running numbers that start again are said once per sheet."""
    restarts: dict[tuple[str, str], list[tuple[Record, Record]]] = {}
    for record, twin in search.conflicts:
        sheet = (record.place.file, record.place.sheet)
        other_sheet = (twin.place.file, twin.place.sheet) != sheet
        if other_sheet and record.identifier.isdecimal() and len(record.identifier) <= 4:
            restarts.setdefault(sheet, []).append((record, twin))
        else:
            search.problems.append(_note(search.table, "id_conflict", record, twin))
    for sheet, pairs in restarts.items():
        if len(pairs) < max(_RESTART_ROWS, _RESTART_SHARE * sizes[sheet]):
            search.problems += [_note(search.table, "id_conflict", record, twin) for record, twin in pairs]
            continue
        record, twin = pairs[0]
        shown = f"{record.identifier} ... {pairs[-1][0].identifier}"
        search.problems.append(_note(search.table, "id_conflict", record, twin, value=shown))


def _tell_near_duplicates(search: _Search) -> None:
    """Say which records share day and parties, without being the same by identifier or content."""
    parties = _PARTIES.get(search.table)
    if parties is None:
        return
    told = {(record.place, twin.place) for record, twin in search.conflicts}
    first: dict[tuple[object, ...], Record] = {}
    for record in sorted(search.kept, key=lambda item: item.place.key):
        day, *others = (record.values.get(name) for name in parties)
        if record.values.get(f"{parties[0]}_precision") != "day" or any(not other for other in others):
            continue
        key = (day, *(_comparable(other) for other in others))
        twin = first.setdefault(key, record)
        if twin is not record and (record.place, twin.place) not in told and _alike(twin, record):
            search.problems.append(_note(search.table, "near_duplicate", record, twin))


def _alike(first: Record, second: Record) -> bool:
    pairs = [(first.values.get(name), second.values.get(name)) for name in ("subject", "title", "region", "kind")]
    return all(one is None or other is None or _comparable(one) == _comparable(other) for one, other in pairs)


def generated_identifier(place: Place) -> str:
    """Return the identifier of a record whose list gives none."""
    return f"{place.file}#{place.sheet}#{place.row}"


def identifier_column(table: str) -> str:
    """Return the column that holds a record's identifier."""
    return _IDENTIFIERS.get(table, COLUMNS[table][0] if table in COLUMNS else "id")  # type: ignore[index]
