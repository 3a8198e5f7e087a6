"""Trips that two organisers, or two lists, may have written down under slightly different titles."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from rapidfuzz import fuzz

from vemas_analytics.etl.clean.columns import read_each
from vemas_analytics.etl.clean.records import Records
from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.words import fold

DAYS_APART: Final = 3
"""Travel to and from a programme is counted by one organiser and left out by another."""

_ALIKE: Final = 85.0
_NEIGHBOURS: Final = 12
_MUST_AGREE: Final = ("direction", "kind")
_CALLED_OFF: Final = "cancelled"


def find_likely_trips(records: Records) -> Iterator[tuple[tuple[int, int], list[str], int]]:
    """Yield pairs of trips to one region that begin within a few days and whose titles are alike.

    Nothing else may contradict: direction, kind, city, the end of the trip, or one held and the other called off. A
    trip that names no region has no likely twin. Each is compared with a dozen neighbours at most.

    Parameters
    ----------
    records : Records
        Of trips, in (file, sheet, row) order.

    Yields
    ------
    tuple
        (row, earlier row) as positions, reasons as codes, days between the beginnings.
    """
    starts, titles = records.column("start_on"), read_each(records.column("title"), _folded)
    precisions, regions = records.column("start_on_precision"), records.column("region")
    listed = sorted(
        (code, starts[at], at)
        for at in range(len(records))
        if precisions[at] == "day" and titles[at]
        for code in regions[at] or ()
        if code != RUSSIA
    )
    told: set[tuple[int, int]] = set()
    for position, (code, start, one) in enumerate(listed):
        for other_code, other_start, other in listed[position + 1 : position + 1 + _NEIGHBOURS]:
            days = (other_start - start).days
            if other_code != code or days > DAYS_APART:
                break
            twin, at = sorted((one, other))
            if (twin, at) not in told and _may_be_one(records, twin, at, titles):
                told.add((twin, at))
                yield (at, twin), _reasons(records, twin, at, days, titles), days


def _folded(text: Any) -> str:
    return fold(text) if isinstance(text, str) else ""


def _may_be_one(records: Records, twin: int, at: int, titles: Sequence[str]) -> bool:
    if fuzz.token_sort_ratio(titles[twin], titles[at]) < _ALIKE:
        shorter, longer = sorted((set(titles[twin].split()), set(titles[at].split())), key=len)
        if len(shorter) < 2 or not shorter <= longer:
            return False
    if _figures(titles[twin]) != _figures(titles[at]) or _row_of_one_record(records, twin, at):
        return False
    for name in (*_MUST_AGREE, "city"):
        one, other = records.column(name)[twin], records.column(name)[at]
        if one is not None and other is not None and _folded(one) != _folded(other):
            return False
    ends = records.column("end_on")[twin], records.column("end_on")[at]
    if ends[0] is not None and ends[1] is not None and abs((ends[0] - ends[1]).days) > DAYS_APART:
        return False
    statuses = records.column("status")[twin], records.column("status")[at]
    return len({status == _CALLED_OFF for status in statuses}) == 1


def _figures(title: str) -> list[str]:
    return sorted(word for word in title.split() if word.isdecimal() and len(word) < 4)


def _row_of_one_record(records: Records, twin: int, at: int) -> bool:
    """Tell whether two rows are one trip by its identifier, written once for each region."""
    identifiers = records.identifiers[twin], records.identifiers[at]
    return bool(identifiers[0]) and fold(identifiers[0]) == fold(identifiers[1])


def _reasons(records: Records, twin: int, at: int, days: int, titles: Sequence[str]) -> list[str]:
    apart = "same_day" if days == 0 else "one_day_apart" if days == 1 else "days_apart"
    organisers = records.column("organiser")[twin], records.column("organiser")[at]
    differ = all(organisers) and _folded(organisers[0]) != _folded(organisers[1])
    title = [] if titles[twin] == titles[at] else ["similar_title"]
    return [apart, "same_region", *title, *(["other_organiser"] if differ else [])]
