"""What a heading means in a table, and which table a set of headings makes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vemas_analytics.etl.layout.column_contents import MAY_BE_MISTAKEN, CellsOf, fields_by_content
from vemas_analytics.etl.layout.heading_words import resolve
from vemas_analytics.etl.reading.discover import matches_any
from vemas_analytics.model.settings import Settings
from vemas_analytics.reference.columns import fold_header, read_layout_words

LAYOUTS = ("inquiries", "offers", "trips", "attendance", "forums", "agreements", "outcomes")
"""Kinds of list; ``forums`` (one row per forum) is a layout of the attendance table."""

_REPEATABLE = frozenset({"note", "ignore"})
_UNIT = re.compile(r"\b(eur|euro|rub|rur|usd|teur|rubel)\b|€|₽|\$|руб", re.IGNORECASE)

_DATES: Mapping[str, tuple[str, ...]] = {
    "inquiries": ("received_on",),
    "offers": ("offered_on",),
    "trips": ("start_on", "period"),
    "attendance": ("held_on",),
    "forums": ("held_on",),
    "agreements": ("date",),
    "outcomes": ("date",),
}
_SUBSTANCE: Mapping[str, tuple[str, ...]] = {
    "inquiries": ("subject", "russian_company", "saxon_company", "inquiry_id"),
    "offers": ("subject", "saxon_company", "russian_company", "offer_id", "value"),
    "trips": ("title", "region", "city", "direction"),
    "attendance": ("organisation", "person_name", "last_name", "first_name"),
    "forums": ("forum_title", "attendees", "place", "region"),
    "agreements": ("partner", "saxon_party"),
    "outcomes": ("company", "value", "kind"),
}
_LEAST_SCORE = 1.0
_LEAST_LEAD = 0.2
_OWN_WORD = 0.25
"""Settles what headings leave even: which list the words of the headings speak of."""
_NAME_WEIGHTS = (1.5, 2.5, 2.0)
"""How much file name, sheet name and title speak for a table, beside one point for a heading that only it knows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The text over one column: the whole of it as shown, and its parts where a header has two rows."""

    index: int
    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """Which table a list is, or None, and the field of each column index that has one.

    ``by_content`` holds the indices whose field their cells told, not their heading.
    """

    table: str | None
    fields: Mapping[int, str]
    unclear: bool = False
    by_content: frozenset[int] = frozenset()


def recognise(
    headings: Sequence[Heading],
    *,
    file: str,
    sheet: str,
    title: str,
    facts: Mapping[str, object],
    settings: Settings,
    cells: CellsOf | None = None,
) -> Recognition:
    """Decide which table a list is by its headings first, then by the names of file and sheet and by its title.

    Parameters
    ----------
    headings : sequence of Heading
        Text over each named column.
    file, sheet, title : str
        Path inside the source, sheet name and title line.
    facts : mapping
        Field -> what stands above the list; a forum's date or place there makes a list of names an attendance list.
    settings : Settings
        ``files`` (pattern -> table) decides outright; ``columns`` adds headings.
    cells : callable, optional
        Column index -> a sample of its cells, which tell what unknown headings of a list stand for, provided that
        names say what list it is.
    """
    forced = next((table for pattern, table in settings.files.items() if matches_any(file, (pattern,))), None)
    if forced == "ignore":
        return Recognition(None, {})
    names = name_evidence(file, sheet, title)
    if names.get("none") and forced is None:
        return Recognition(None, {})
    ranking: list[tuple[float, str, dict[int, str], dict[int, str]]] = []
    for layout in LAYOUTS:
        if forced is not None and table_of(layout) != forced:
            continue
        fields, score = _assign(layout, headings, settings)
        spoken_for = forced is not None or layout in names
        told = _told_by_cells(layout, headings, fields, cells) if spoken_for else {}
        if forced is not None or _is_complete(layout, {*fields.values(), *told.values()}, names, facts):
            own_word = _OWN_WORD if _speaks_of(layout, headings) else 0.0
            ranking.append((score + own_word + names.get(layout, 0.0), layout, fields, told))
    ranking.sort(key=lambda item: -item[0])
    if not ranking:
        return Recognition(None, {})
    best = ranking[0]
    others = [item[0] for item in ranking[1:] if table_of(item[1]) != table_of(best[1])]
    if forced is None and (best[0] < _LEAST_SCORE or (others and best[0] < others[0] + _LEAST_LEAD)):
        return Recognition(None, {}, unclear=best[0] >= _LEAST_SCORE)
    _, layout, fields, told = best
    told = told or _told_by_cells(layout, headings, fields, cells)
    refined = _refined(layout, {**fields, **told}, headings, facts)
    return Recognition(table_of(layout), refined, by_content=frozenset(told))


def _speaks_of(layout: str, headings: Sequence[Heading]) -> bool:
    """Tell whether a heading holds a word for the list itself, such as ``Anfragendes Unternehmen``."""
    words = [fold_header(word) for word in read_layout_words().tables.get(layout, ())]
    return any(word in fold_header(heading.text) for heading in headings for word in words)


def _told_by_cells(
    layout: str, headings: Sequence[Heading], fields: Mapping[int, str], cells: CellsOf | None
) -> dict[int, str]:
    if cells is None:
        return {}
    unknown = [heading.index for heading in headings if heading.index not in fields]
    told = fields_by_content(layout, unknown, set(fields.values()), cells) if unknown else {}
    taken = {*fields.values(), *told.values()}
    for index, field in fields.items():
        if field in MAY_BE_MISTAKEN:
            told |= {
                column: other
                for column, other in fields_by_content(layout, (index,), taken, cells).items()
                if other in MAY_BE_MISTAKEN[field]
            }
    return told


def table_of(layout: str) -> str:
    """Return the table a layout belongs to."""
    return "attendance" if layout == "forums" else layout


def _assign(layout: str, headings: Sequence[Heading], settings: Settings) -> tuple[dict[int, str], float]:
    """Give each heading its field; of several headings for one field the most telling keeps it."""
    extra = settings.columns.get(table_of(layout))
    claims: dict[str, list[tuple[int, int, Heading]]] = {}
    fields: dict[int, str] = {}
    score, unknown = 0.0, 0
    for heading in headings:
        found = next(
            (hit for text in (heading.text, *heading.parts) if (hit := resolve(layout, text, extra)) is not None), None
        )
        if found is None:
            unknown += 1
            continue
        word, share = found
        score += share
        if word.field in _REPEATABLE:
            fields[heading.index] = word.field
        else:
            claims.setdefault(word.field, []).append((word.rank, heading.index, heading))
    for field, claimants in claims.items():
        claimants.sort(key=lambda item: item[:2])
        fields[claimants[0][1]] = field
        if field == "value":
            fields |= {heading.index: field for heading in _in_other_units([item[2] for item in claimants])}
    if any(field in claims for field in _DATES[layout]):
        score += 0.5
    return fields, score - 0.1 * unknown


def _in_other_units(headings: Sequence[Heading]) -> list[Heading]:
    """Return the amounts beside the first that say another currency, such as ``Wert RUB`` beside ``Wert EUR``."""
    units = {_unit(headings[0].text)}
    kept = []
    for heading in headings[1:]:
        unit = _unit(heading.text)
        if unit and None not in units and unit not in units:
            units.add(unit)
            kept.append(heading)
    return kept


def _unit(text: str) -> str | None:
    match = _UNIT.search(text)
    return match.group().casefold() if match else None


def _is_complete(layout: str, fields: set[str], names: Mapping[str, float], facts: Mapping[str, object]) -> bool:
    """Tell whether a list has what makes it this kind: a date (or a name that says so) and something it is about."""
    named = names.get(layout, 0.0) > 0
    dated = any(field in fields for field in _DATES[layout])
    substance = sum(field in fields for field in _SUBSTANCE[layout])
    if layout == "attendance":
        forum_above = any(field in facts for field in ("held_on", "place", "region"))
        other_event = names.get("trips", 0.0) > max(names.get("forums", 0.0), names.get("attendance", 0.0))
        return substance > 0 and (dated or named or forum_above) and not (other_event and not dated)
    mapped = len(fields - _REPEATABLE)
    if layout in {"agreements", "outcomes"}:
        return dated and substance > 0 and mapped >= 4
    return substance > 0 and mapped >= (2 if named and dated else 3) and (dated or (named and mapped >= 4))


def _refined(
    layout: str, fields: Mapping[int, str], headings: Sequence[Heading], facts: Mapping[str, object]
) -> dict[int, str]:
    """Settle what depends on the other columns: a name beside a first name, a participant's own town."""
    refined = dict(fields)
    if layout != "attendance":
        return refined
    present = set(fields.values())
    for index, field in fields.items():
        if field == "person_name" and "first_name" in present and "last_name" not in present:
            text = next(heading.text for heading in headings if heading.index == index)
            if "vorname" not in fold_header(text).split():
                refined[index] = "last_name"
        about_the_forum = {"held_on", "forum_title", "forum_id"} & present
        if field in {"place", "region"} and not about_the_forum and facts:
            refined[index] = "ignore"
    return refined


@lru_cache(maxsize=2_000)
def name_evidence(file: str, sheet: str, title: str) -> Mapping[str, float]:
    """Return how much the names speak for each layout; key ``none`` when the sheet's name says it is no list."""
    words = read_layout_words().tables
    evidence: dict[str, float] = {}
    stem = file.rpartition("/")[2].rpartition(".")[0]
    for text, weight in zip((stem, sheet, title), _NAME_WEIGHTS, strict=True):
        folded = fold_header(text)
        for table in LAYOUTS:
            if any(fold_header(word) in folded for word in words.get(table, ())):
                evidence[table] = evidence.get(table, 0.0) + weight
    for one, other in (("forums", "attendance"), ("attendance", "forums")):
        if evidence.get(one) and not evidence.get(other):
            evidence[other] = 0.8 * evidence[one]
    if fold_header(sheet) in {fold_header(word) for word in words.get("none", ())}:
        evidence["none"] = 1.0
    return evidence
