"""Forums that stand in several lists: named rows win over a forum's row in an overview, lists of one forum join."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vemas_analytics.etl.clean.records import Place, Record
from vemas_analytics.etl.identity.duplicates import Deduplicated
from vemas_analytics.model.names import RUSSIA
from vemas_analytics.model.problem import Problem
from vemas_analytics.reference.words import fold

_FROM_OVERVIEW = ("forum_title", "forum_kind", "place", "organiser", "organiser_group")
_CAME = frozenset({"attended", "unknown"})


@dataclass(slots=True)
class _Listed:
    """A forum with a list of participants."""

    rows: list[Record]

    @property
    def first(self) -> Record:
        return self.rows[0]

    def agrees_with(self, stated: int, *, at_least: bool) -> bool:
        """Tell whether a number is that of all rows, or of those who came."""
        everyone, came = self.persons(), self.persons(came=True)
        return everyone >= stated if at_least else stated in {everyone, came}

    def persons(self, *, came: bool = False) -> int:
        counts = (
            row.values.get("persons") for row in self.rows if not came or row.values.get("attended") in (*_CAME, None)
        )
        return sum(count for count in counts if isinstance(count, int))


def settle_forum_lists(found: Deduplicated) -> Deduplicated:
    """Set aside rows of overviews whose forum has a list of participants, and give lists of one forum one identifier.

    A forum is the same where the day is, and title or place or region, and the others do not contradict it. What
    the overview says beyond the list is taken over; its number is checked against the list.

    Parameters
    ----------
    found : Deduplicated
        Of attendance.
    """
    listed: list[_Listed] = []
    by_day: dict[dt.date, list[_Listed]] = {}
    for record in found.records:
        day = _day(record)
        if record.identifier or day is None:
            continue
        same = next((forum for forum in by_day.get(day, ()) if _belongs(forum.first, record)), None)
        if same is None:
            same = _Listed([])
            by_day.setdefault(day, []).append(same)
            listed.append(same)
        same.rows.append(record)
        record.values["forum_id"] = same.first.values.get("forum_id")
    kept: list[int] = []
    aside: list[Place] = []
    problems: list[Problem] = []
    for record in found.records:
        day = _day(record)
        forums = [forum for forum in by_day.get(day, ()) if _same_forum(forum.first, record)] if day else []
        if not record.identifier or len(forums) != 1:
            kept.append(record.at)
            continue
        _take_over(forums[0].rows, record)
        aside.append(record.place)
        problems += _told(record, forums[0])
    return replace(
        found,
        records=found.records.take(kept),
        set_aside=(*found.set_aside, *aside),
        problems=(*found.problems, *problems),
    )


def _day(record: Record) -> dt.date | None:
    day = record.values.get("held_on")
    return day if isinstance(day, dt.date) and record.values.get("held_on_precision") == "day" else None


def _belongs(first: Record, record: Record) -> bool:
    """Tell whether a row of participants belongs to the forum of another row."""
    if record.values.get("forum_id") == first.values.get("forum_id"):
        return True
    title, place = _text(record, "forum_title"), _text(record, "place")
    return bool(title) and title == _text(first, "forum_title") and place == _text(first, "place")


def _same_forum(first: Record, overview: Record) -> bool:
    titles = _text(first, "forum_title"), _text(overview, "forum_title")
    places = _text(first, "place"), _text(overview, "place")
    regions = first.values.get("region"), overview.values.get("region")
    if all(places) and places[0] != places[1] and regions[0] != regions[1]:
        return False
    return bool(
        (all(titles) and titles[0] == titles[1])
        or (all(places) and places[0] == places[1])
        or (regions[0] == regions[1] and regions[0] != (RUSSIA,))
    )


def _text(record: Record, name: str) -> str:
    value = record.values.get(name)
    return fold(value) if isinstance(value, str) else ""


def _take_over(rows: Sequence[Record], overview: Record) -> None:
    for row in rows:
        for name in _FROM_OVERVIEW:
            if row.values.get(name) is None:
                row.values[name] = overview.values.get(name)
        if row.values.get("region") == (RUSSIA,):
            row.values["region"] = overview.values.get("region")
        if overview.values.get("forum_status") in {"cancelled", "announced"}:
            row.values["forum_status"] = overview.values["forum_status"]


def _told(overview: Record, forum: _Listed) -> list[Problem]:
    place, twin = overview.place, str(forum.first.place)
    where = ("attendance", place.file, place.sheet, place.row)
    problems = [Problem("forum_listed", "note", *where, params={"twin": twin})]
    stated = overview.values.get("persons")
    at_least = overview.values.get("persons_bound") == "at_least"
    if isinstance(stated, int) and not forum.agrees_with(stated, at_least=at_least):
        params = {"stated": str(stated), "recounted": str(forum.persons())}
        problems.append(Problem("control_total_differs", "note", *where, value=str(stated), params=params))
    return problems
