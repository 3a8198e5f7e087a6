"""The story of the forums: sheets with a forum each, flat lists of participants, lists of forums with a number."""

import re
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vemas_analytics.etl.clean.forums import forum_columns, read_forums
from vemas_analytics.etl.clean.head_counts import read_head_counts
from vemas_analytics.etl.clean.records import CleanedList, CleaningRules, ListedNumbers
from vemas_analytics.etl.clean.requests import companies_of
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.clean.trips import read_bounds
from vemas_analytics.etl.parse.cells import as_text, is_missing, tidy
from vemas_analytics.etl.parse.counts import Bound, CountReading, read_count
from vemas_analytics.etl.parse.persons import normalise_name
from vemas_analytics.model.sheets import RawRow, RawTable
from vemas_analytics.reference.words import alternatives

_LONGEST_MARK = 4
"""Signs of a mark such as ``x``, ``ja`` or ``true``; longer words say themselves what they mean."""

_FORUM_DATES = ("held_on",)
_FORUM_FIELDS = ("forum_title", "forum_kind", "forum_status", "place", "region", "organiser")


@dataclass(frozen=True, slots=True)
class _Heads:
    """How many heads a row stands for, and whose name it holds."""

    persons: int | None
    bound: Bound | None
    person: str
    organisation: str | None


def clean_attendance(raw: RawTable, rules: CleaningRules) -> CleanedList:
    """Clean one list of a forum or of forums.

    Parameters
    ----------
    raw : RawTable
        Recognised as ``attendance``; ``facts`` hold what stands above a list of participants.
    rules : CleaningRules
    """
    reader = RowReader(raw, rules)
    reader.reject_empty(("forum_id",), (*_FORUM_DATES, *(_FORUM_FIELDS if _has_participants(reader) else ())))
    forums = read_forums(reader)
    companies, counts = read_head_counts(reader)
    heads = _read_heads(reader, counts)
    organisations = [head.organisation for head in heads]
    sides, written = reader.codes("side"), reader.texts("side")
    roles, attended = reader.texts("role"), _read_attended(reader, heads)
    companies, notes = _with_companies_above(reader, companies), reader.texts("note")
    values: dict[str, Sequence[object]] = {
        **forum_columns(forums),
        "organisation": organisations,
        "side": ["other" if side == "german" else side for side in sides],
        "role": roles,
        "attended": attended,
        "persons": [head.persons for head in heads],
        "persons_bound": [head.bound for head in heads],
        "companies": [reading.value for reading in companies],
    }
    overview = not _has_participants(reader)
    records = reader.records(
        values,
        [forum.identifier if forum is not None and overview else "" for forum in forums],
        persons=[head.person for head in heads],
        notes=notes,
        open_sides=[text is None or side == "german" for text, side in zip(written, sides, strict=True)],
    )
    return reader.cleaned(records, _listed(reader, heads, companies))


def _has_participants(reader: RowReader) -> bool:
    """Tell a list of participants from a list of forums."""
    return reader.has("person_name", "first_name", "last_name", "organisation")


def _listed(
    reader: RowReader, heads: Sequence[_Heads], companies: Sequence[CountReading]
) -> Mapping[str, Mapping[int, float]]:
    rows = reader.rows.numbers
    return {
        "persons": ListedNumbers(rows, [head.persons for head in heads]),
        "companies": ListedNumbers(rows, [reading.value for reading in companies]),
    }


def _with_companies_above(reader: RowReader, companies: MutableSequence[CountReading]) -> MutableSequence[CountReading]:
    """Return the number of companies; that of a line above counts where a forum is one row without a list."""
    above = reader.fact("companies")
    if above is None or reader.raw.header_rows or reader.has("companies"):
        return companies
    reading = read_count(above.value)
    for rule in reading.rules:
        reader.note(rule, above.row, above.label, above.value, taken=str(reading.value))
    return [reading] * len(reader.rows)


def _read_heads(reader: RowReader, counts: Sequence[CountReading]) -> list[_Heads]:
    bounds = read_bounds(reader, "persons_bound", counts)
    full, first, last = (reader.cells(field).values for field in ("person_name", "first_name", "last_name"))
    organisations = companies_of(reader, "organisation")
    heads: list[_Heads] = []
    for at, row in enumerate(reader.rows):
        name = " ".join(as_text(part[at]) for part in (first, last, full) if not is_missing(as_text(part[at])))
        group = _group_size(reader, row)
        person = "" if group is not None else normalise_name(name)
        organisation = None if group is not None and _is_group(organisations[at] or "") else organisations[at]
        if counts[at].value is not None:
            heads.append(_Heads(counts[at].value, bounds[at], person, organisation))
        elif group is not None:
            heads.append(_Heads(group.value, group.bound, "", organisation))
        elif person:
            heads.append(_Heads(1, "exact", person, organisation))
        elif organisation:
            heads.append(_Heads(1, "at_least", "", organisation))
        else:
            heads.append(_Heads(None, None, "", organisation))
    return heads


@lru_cache(maxsize=1)
def _group_pattern() -> re.Pattern[str]:
    unit = alternatives("count_unit")
    more = r"weitere\w*|zusätzliche\w*|sonstige\w*|andere|further|other|additional|another|more|ещ[её]|други[ех]"
    return re.compile(
        rf"(?:(?:und|sowie|plus|zzgl\.?|zuzüglich|and|и|\+)\s*)*"
        rf"(?:(?P<more>{more})\s+)?(?P<number>(?:ca\.?|rund|etwa|mind\.?|mindestens|über|около)?\s*(?:\d{{1,4}}|{alternatives('number')}))"
        rf"\s+(?:(?P<after>{more})\s*)?(?P<unit>{unit})?\.?(?:\s+(?:ohne|aus|der|des|von|from|без)\b.*)?(?:\s*\(.*\))?"
    )


def _group_of(text: str) -> CountReading | None:
    match = _group_pattern().fullmatch(tidy(text).casefold())
    if match is None or not (match["more"] or match["after"] or match["unit"]):
        return None
    reading = read_count(match["number"].strip())
    return reading if reading.value is not None else None


def _is_group(text: str) -> bool:
    return _group_of(text) is not None


def _group_size(reader: RowReader, row: RawRow) -> CountReading | None:
    """Return how many heads a row such as ``weitere 8 Personen`` stands for."""
    for column in reader.raw.columns:
        if column.field in {"person_name", "last_name", "first_name", "organisation", "role", "note", "number"}:
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            if isinstance(cell, str):
                group = _group_of(cell)
                if group is not None:
                    return group
    return None


def _read_attended(reader: RowReader, heads: Sequence[_Heads]) -> list[str | None]:
    """Return who came.

    ``unknown`` stands throughout a list without such a column and for groups without names; an empty or unclear
    cell beside a name says nothing, unless another column says that the person was registered.
    """
    if not reader.has("attended", "registered"):
        return ["unknown"] * len(reader.rows)
    codes = (
        None if code == "unknown" else code
        for code in reader.codes("attended", aliases=reader.rules.settings.aliases.statuses)
    )
    registered = _read_registered(reader)
    return [
        "unknown" if stated is None and head.persons is not None and not (head.person or head.organisation) else stated
        for stated, head in zip(map(_first, codes, registered), heads, strict=True)
    ]


def _first(code: str | None, otherwise: str | None) -> str | None:
    return otherwise if code is None else code


def _read_registered(reader: RowReader) -> list[str | None]:
    """Return what a column of registrations says: a mark there means registered, not that the person came."""
    column = reader.cells("registered")
    codes = reader.codes("registered", "attended", reader.rules.settings.aliases.statuses)
    return [
        "registered"
        if code == "attended" and len(as_text(cell)) <= _LONGEST_MARK
        else None
        if code == "unknown"
        else code
        for code, cell in zip(codes, column.values, strict=True)
    ]
