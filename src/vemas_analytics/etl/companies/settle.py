"""Companies in the records: every spelling becomes the name its company counts under, and each change is told once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from vemas_analytics.etl.clean.records import CleanedList, Place
from vemas_analytics.etl.clean.sides import side_of_name
from vemas_analytics.etl.companies.decisions import FILE_NAME, Decision, decision_frame, read_decisions
from vemas_analytics.etl.companies.grouping import choose_names, group_spellings, rule_groups
from vemas_analytics.etl.companions import companion_source, find_companion
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import SourceFile
from vemas_analytics.model.tables import COMPANY_COLUMNS
from vemas_analytics.reference.company_names import SIDES, Side, read_company_name
from vemas_analytics.reference.company_rules import read_company_rules
from vemas_analytics.reference.words import fold

_COLUMNS: Final[Mapping[str, Mapping[str, Side]]] = {
    "inquiries": {"saxon_company": "saxon", "russian_company": "russian"},
    "offers": {"saxon_company": "saxon", "russian_company": "russian"},
}
_ORGANISATION: Final = "organisation"


@dataclass(frozen=True, slots=True)
class CompaniesSettled:
    """What became of the companies' names.

    Parameters
    ----------
    problems : tuple of Problem
        One for each spelling that counts under another name, at its first row; one for each decision without use.
    companies, decisions : pandas.DataFrame
        As `Tables.companies` and `Tables.company_decisions`.
    companions : tuple of SourceFile
        companies.csv, where there is one.
    """

    problems: tuple[Problem, ...]
    companies: pd.DataFrame
    decisions: pd.DataFrame
    companions: tuple[SourceFile, ...] = ()


@dataclass(slots=True)
class _Spelling:
    """How often a spelling occurs, and where first."""

    n: int
    place: Place
    table: str
    header: str


def replay_decisions(cleaned: Sequence[CleanedList], sources: Sequence[Path], settings: Settings) -> CompaniesSettled:
    """Find companies.csv beside vemas.toml or the sources and settle the companies by it; see `settle_companies`."""
    path = find_companion(FILE_NAME, sources, settings)
    if path is None:
        return settle_companies(cleaned, (), settings)
    settled = settle_companies(cleaned, read_decisions(path), settings)
    return replace(settled, companions=(companion_source(path),))


def settle_companies(
    cleaned: Sequence[CleanedList], decisions: Sequence[Decision], settings: Settings
) -> CompaniesSettled:
    """Write into every record the name that its companies count under.

    Runs before duplicates are looked for, so that one firm under two spellings is one there too.

    Parameters
    ----------
    cleaned : sequence of CleanedList
        Of all lists; the values of their records are filled in.
    decisions : sequence of Decision
        Of companies.csv.
    settings : Settings
        The targets of ``aliases.companies`` are preferred as names.

    Raises
    ------
    ConfigError
        When decisions contradict each other.
    """
    seen = _collect(cleaned)
    preferred = frozenset(settings.aliases.companies.values())
    names: dict[Side, dict[str, str]] = {}
    problems: list[Problem] = []
    rows: list[tuple[object, ...]] = []
    for side in SIDES:
        found = seen[side]
        own = [item for item in decisions if item.side == side]
        decided = _as_spelt(own, found)
        known = sorted({*found, *(name for item in decided for name in (item.name_a, item.name_b))})
        counts = {spelling: item.n for spelling, item in found.items()}
        ruled = rule_groups(known, side)
        by_rule = {spelling: at for at, group in enumerate(ruled) for spelling in group}
        names[side] = choose_names(group_spellings(known, side, decided, ruled), counts, decided, preferred)
        for spelling in sorted(found):
            rule = _rule(spelling, names[side][spelling], side, by_rule)
            rows.append((side, spelling, names[side][spelling], found[spelling].n, rule))
            if rule:
                problems.append(_told(spelling, names[side][spelling], rule, found[spelling]))
        problems += _unused(decided, found)
    _rename(cleaned, seen, names)
    frame = pd.DataFrame(rows, columns=list(COMPANY_COLUMNS))
    frame = frame.astype({name: "Int64" if name == "n" else "string" for name in COMPANY_COLUMNS})
    counted = {(side, spelling): item.n for side in SIDES for spelling, item in seen[side].items()}
    return CompaniesSettled(tuple(problems), frame, decision_frame(decisions, counted))


def _named(cleaned: Iterable[CleanedList]) -> Iterator[tuple[CleanedList, str, Side | None]]:
    """Yield list, column and side of every column that names companies; no side where each row has its own."""
    for item in cleaned:
        table = item.raw.table or ""
        for column, side in _COLUMNS.get(table, {}).items():
            yield item, column, side
        if table == "attendance":
            yield item, _ORGANISATION, None


def _collect(cleaned: Sequence[CleanedList]) -> dict[Side, dict[str, _Spelling]]:
    """Return every spelling of each side; organisations without a side go where their name is known, else Saxon."""
    seen: dict[Side, dict[str, _Spelling]] = {side: {} for side in SIDES}
    open_side: list[tuple[CleanedList, list[object]]] = []
    for item, column, side in _named(cleaned):
        names = item.records.column(column)
        if side is not None:
            _count(seen[side], names, item, column)
            continue
        stated = item.records.column("side")
        for known in SIDES:
            of_side = [name if own == known else None for name, own in zip(names, stated, strict=True)]
            _count(seen[known], of_side, item, column)
        rest = [name if own not in SIDES else None for name, own in zip(names, stated, strict=True)]
        open_side.append((item, rest))
    folded = {side: {fold(name) for name in seen[side]} for side in SIDES}
    for item, names in open_side:
        sides = {name: _side_of(name, folded) for name in set(names) if isinstance(name, str)}
        for side in SIDES:
            _count(seen[side], [name if sides.get(str(name)) == side else None for name in names], item, _ORGANISATION)
    return seen


def _side_of(name: str, known: Mapping[Side, set[str]]) -> Side:
    folded = fold(name)
    if folded in known["russian"] and folded not in known["saxon"]:
        return "russian"
    return "russian" if side_of_name(name) == "russian" and folded not in known["saxon"] else "saxon"


def _count(found: dict[str, _Spelling], names: Sequence[object], item: CleanedList, column: str) -> None:
    """Add the names of one column of a list, with the place where each stands first."""
    counted = Counter(names)
    counted.pop(None, None)
    if not counted:
        return
    first = {name: at for at, name in zip(range(len(names) - 1, -1, -1), reversed(names), strict=True)}
    header = next((found.header for found in item.raw.columns if found.field == column), "")
    for name, n in counted.items():
        place = item.records.place(first[name])
        known = found.get(str(name))
        if known is None:
            found[str(name)] = _Spelling(n, place, item.raw.table or "", header)
            continue
        known.n += n
        if place.key < known.place.key:
            known.place, known.table, known.header = place, item.raw.table or "", header


def _as_spelt(decisions: Sequence[Decision], found: Mapping[str, _Spelling]) -> list[Decision]:
    """Return the decisions with their names spelt as the lists do, where only case and spacing differ."""
    spelt: dict[str, str] = {}
    for name in sorted(found, reverse=True):
        spelt[" ".join(name.split()).casefold()] = name

    def as_list(name: str) -> str:
        return name if name in found else spelt.get(" ".join(name.split()).casefold(), name)

    return [
        Decision(
            item.line,
            item.side,
            as_list(item.name_a),
            as_list(item.name_b),
            item.verdict,
            item.canonical,
            item.by,
            item.date,
        )
        for item in decisions
    ]


def _rule(spelling: str, name: str, side: Side, by_rule: Mapping[str, int]) -> str:
    """Return why a spelling counts under a name, '' where it is that name."""
    if spelling == name:
        return ""
    if by_rule.get(spelling) != by_rule.get(name, -1):
        return "decision"
    if " ".join(spelling.split()).casefold() == " ".join(name.split()).casefold():
        return "case"
    first, second = read_company_name(spelling, side), read_company_name(name, side)
    if first.core != second.core:
        return "transliteration"
    return "writing" if first.form == second.form else "legal_form"


def _told(spelling: str, name: str, rule: str, found: _Spelling) -> Problem:
    words = read_company_rules()[rule]
    place = found.place
    params = {"taken": name, "n": str(found.n), "rule": rule, "rule_de": words["de"], "rule_en": words["en"]}
    return Problem(
        "company_spelling", "repaired", found.table, place.file, place.sheet, place.row, found.header, spelling, params
    )


def _unused(decisions: Iterable[Decision], found: Mapping[str, _Spelling]) -> list[Problem]:
    return [
        Problem(
            "company_decision_unused",
            "note",
            file=FILE_NAME,
            row=item.line,
            value=name,
            params={"line": str(item.line)},
        )
        for item in decisions
        for name in (item.name_a, item.name_b)
        if name not in found
    ]


def _rename(
    cleaned: Sequence[CleanedList],
    seen: Mapping[Side, Mapping[str, _Spelling]],
    names: Mapping[Side, Mapping[str, str]],
) -> None:
    changed = {
        side: {old: new for old, new in names[side].items() if old != new and old in seen[side]} for side in SIDES
    }
    if not any(changed.values()):
        return
    either = {**changed["russian"], **changed["saxon"]}
    for item, column, side in _named(cleaned):
        values = item.records.values.get(column)
        if values is None:
            continue
        if side is not None:
            new = changed[side]
            values[:] = [new.get(name, name) for name in values]
            continue
        stated = item.records.column("side")
        values[:] = [
            changed[own].get(name, name) if own in SIDES else either.get(name, name)
            for name, own in zip(values, stated, strict=True)
        ]
