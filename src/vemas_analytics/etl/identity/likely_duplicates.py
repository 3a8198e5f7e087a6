"""Rows that may be one record although neither identifier nor content says so: notes that name twin and reason."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.etl.clean.columns import read_each
from vemas_analytics.etl.clean.records import Place, Records
from vemas_analytics.etl.identity.likely_trips import find_likely_trips
from vemas_analytics.etl.identity.spellings import number_spellings
from vemas_analytics.model.names import RUSSIA
from vemas_analytics.model.problem import Problem
from vemas_analytics.reference.reason_words import reason_params
from vemas_analytics.reference.words import fold

DAYS_APART: Final = 7
"""As many days may lie between two entries of one request: a week, in which a second office passes it on."""

_PARTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "inquiries": ("received_on", "russian_company"),
    "offers": ("offered_on", "saxon_company", "russian_company"),
    "trips": ("start_on", "region", "city"),
}
_COMPANIES: Final = ("saxon_company", "russian_company")

Pair: TypeAlias = tuple[int, int]
"""Positions of a row and of the earlier row that it resembles."""


def find_likely_duplicates(table: str, records: Records, told: Set[tuple[Place, Place]]) -> list[Problem]:
    """Return a note for each row that resembles an earlier one too much to be passed over; both count.

    Inquiries and offers: the same day and parties and nothing that contradicts; or the same companies, region and
    subject, small differences of spelling allowed, not more than `DAYS_APART` days apart. Trips: see
    `find_likely_trips`. Each row is noted once, beside its nearest reason.

    Parameters
    ----------
    records : Records
        In (file, sheet, row) order, without duplicates proper.
    told : set of (Place, Place)
        Pairs already told as conflicts of an identifier.
    """
    if table not in _PARTIES or len(records) < 2:
        return []
    found: dict[int, tuple[int, dict[str, str]]] = {}
    for at, twin in _same_day(table, records):
        found.setdefault(at, (twin, reason_params("reason", "same_day", "same_parties")))
    others = find_likely_trips(records) if table == "trips" else _days_apart(table, records)
    for (at, twin), reasons, days in others:
        found.setdefault(at, (twin, reason_params("reason", *reasons, n=days)))
    pairs = ((at, twin, reason) for at, (twin, reason) in sorted(found.items()))
    return [
        _note(table, records, at, twin, reason)
        for at, twin, reason in pairs
        if (records.place(at), records.place(twin)) not in told
    ]


def _note(table: str, records: Records, at: int, twin: int, reason: Mapping[str, str]) -> Problem:
    place = records.place(at)
    params = {"twin": str(records.place(twin)), **reason}
    where = (table, place.file, place.sheet, place.row)
    return Problem("near_duplicate", "note", *where, value=records.identifiers[at], params=params)


def _repeated(hashes: NDArray[np.int64]) -> list[int]:
    return np.flatnonzero(pd.Index(hashes).duplicated(keep=False)).tolist()


def _same_day(table: str, records: Records) -> Iterator[Pair]:
    """Yield the rows that share day and parties with an earlier one and contradict it in nothing else."""
    day, *others = _PARTIES[table]
    exact = [precision == "day" for precision in records.column(f"{day}_precision")]
    columns = [read_each(records.column(name), _comparable) for name in (day, *others)]
    hashes = np.zeros(len(records), np.int64)
    for column in columns:
        hashes = hashes * np.int64(1_000_003) + np.fromiter(map(hash, column), np.int64, len(records))
    first: dict[tuple[Any, ...], int] = {}
    for at in _repeated(hashes):
        key = tuple(column[at] for column in columns)
        if not exact[at] or any(not part for part in key[1:]):
            continue
        twin = first.setdefault(key, at)
        if twin != at and _contradict_nowhere(records, twin, at, ("subject", "title", "region", "kind")):
            yield at, twin


def _comparable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value


def _contradict_nowhere(records: Records, first: int, second: int, names: Sequence[str]) -> bool:
    pairs = ((records.column(name)[first], records.column(name)[second]) for name in names if name in records.values)
    return all(one is None or other is None or _comparable(one) == _comparable(other) for one, other in pairs)


def _days_apart(table: str, records: Records) -> Iterator[tuple[Pair, list[str], int]]:
    """Yield the rows whose companies, region and subject are those of another row a few days before or after."""
    date_column = _PARTIES[table][0]
    named = [name for name in _COMPANIES if name in _PARTIES[table]]
    rows = _complete(records, date_column, (*named, "subject"))
    if len(rows) < 2:
        return
    days = np.fromiter((records.values[date_column][at].toordinal() for at in rows), np.int64, len(rows))
    keys = [days]
    for name in (*_COMPANIES, "subject"):
        column = records.column(name)
        spellings = number_spellings({text for text in column if text})
        keys.append(np.fromiter((spellings.get(column[at], -1) for at in rows), np.int64, len(rows)))
    regions: dict[tuple[str, ...], int] = {}
    codes = records.column("region")
    keys.append(np.fromiter((regions.setdefault(codes[at], len(regions)) for at in rows), np.int64, len(rows)))
    # sorted by everything that must agree, then by day, then by place: rows to be compared stand side by side
    order = np.lexsort(tuple(keys))
    near = np.diff(days[order]) <= DAYS_APART
    for key in keys[1:]:
        near &= np.diff(key[order]) == 0
    for position in np.flatnonzero(near).tolist():
        twin, at = sorted((rows[order[position]], rows[order[position + 1]]))
        if _contradict_nowhere(records, twin, at, ("value", "currency", "subject_kind", "network", "inquiry_id")):
            yield (at, twin), *_reasons(records, at, twin, int(abs(days[order[position + 1]] - days[order[position]])))


def _complete(records: Records, date_column: str, names: Sequence[str]) -> list[int]:
    """Return the rows dated to the day that name a region and all of these."""
    columns = [records.column(name) for name in names]
    precisions, regions = records.column(f"{date_column}_precision"), records.column("region")
    return [
        at
        for at, filled in enumerate(zip(*columns, strict=True))
        if all(filled) and precisions[at] == "day" and regions[at] != (RUSSIA,)
    ]


def _reasons(records: Records, at: int, twin: int, days: int) -> tuple[list[str], int]:
    """Return what the two rows have in common, as codes, and the days between them."""

    def same(name: str) -> bool:
        return len({_comparable(records.column(name)[row]) for row in (at, twin)}) == 1

    companies = "same_parties" if all(map(same, _COMPANIES)) else "similar_company"
    subject = "same_subject" if same("subject") else "similar_subject"
    apart = "same_day" if days == 0 else "one_day_apart" if days == 1 else "days_apart"
    return [apart, companies, "same_region", subject], days
