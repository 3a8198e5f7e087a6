"""The list of trips, fairs, delegations and forums, of a region or of a year."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import pandas as pd

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.tabulate import tabulate, tabulate_frame, text
from vemas_analytics.model.finding import Finding, Scalar, SourceRef
from vemas_analytics.model.names import FORUM_KEY, RECORD_KEY, TOTAL

COLUMNS: Final = (
    "start", "end", "precision", "kind", "title", "place", "region", "direction", "organiser", "organiser_group",
    "companies", "companies_bound", "persons", "persons_bound", "status",
)  # fmt: skip
_PRESENT: Final = ("attended", "unknown")

Rows: TypeAlias = list[dict[str, Scalar]]
Place: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Activity:
    """One trip or forum: its row of `COLUMNS`, its regions, and where it stands: file, sheet, row."""

    start: dt.date
    row: tuple[Scalar, ...]
    regions: frozenset[str]
    places: frozenset[Place]


def find_activities(material: Material) -> list[Finding]:
    """List the activities of every region up to the as-of date, whatever their status.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``activities``; table columns as `COLUMNS`, by date; ``region`` holds all codes joined by ``;``.
        ``persons`` of a forum are those who attended or whose attendance is unknown; ``companies`` are given
        figures only, never counted from a list.
    """
    activities = list_activities(material)
    return [
        _finding(material, "activities", region, "-", [item for item in activities if _belongs(item, region)])
        for region in material.regions
    ]


def find_annual_activities(material: Material, year: int) -> list[Finding]:
    """List the activities that begin in a year; question ``annual_activities``, region ALL."""
    chosen = [item for item in list_activities(material) if item.start.year == year]
    return [_finding(material, "annual_activities", TOTAL, str(year), chosen)]


def list_activities(material: Material) -> list[Activity]:
    """Return all trips and forums up to the as-of date, by date and title."""
    trips = _groups(material.tables.trips, RECORD_KEY["trips"], "start_on", material.panel.as_of)
    forums = _groups(material.tables.attendance, FORUM_KEY, "held_on", material.panel.as_of)
    found = [_trip(rows) for rows in trips] + [_forum(rows) for rows in forums]
    return sorted(found, key=lambda item: (item.start, str(item.row[4]), sorted(item.regions)))


def _belongs(activity: Activity, region: str) -> bool:
    return region == TOTAL or region in activity.regions


def _groups(frame: pd.DataFrame, key: tuple[str, ...], column: str, as_of: dt.date) -> list[Rows]:
    """Return the rows of each trip or forum as plain values, in the order of the table."""
    known = frame[frame[column].notna() & (frame[column] <= pd.Timestamp(as_of))]
    groups: dict[tuple[Scalar, ...], Rows] = {}
    for row in tabulate_frame(known, [str(name) for name in known.columns]).records():
        groups.setdefault(tuple(row[name] for name in key), []).append(row)
    return list(groups.values())


def _first(rows: Rows, column: str) -> Scalar:
    return next((row[column] for row in rows if row[column] is not None), None)


def _activity(rows: Rows, column: str, fields: Mapping[str, Scalar]) -> Activity:
    start = rows[0][column]
    if not isinstance(start, dt.date):
        message = f"{column} of an activity is no date: {start}"
        raise TypeError(message)
    regions = frozenset(str(row["region"]) for row in rows if row["region"] is not None)
    shared: dict[str, Scalar] = {
        "start": start,
        "precision": _first(rows, f"{column}_precision") or "day",
        "region": ";".join(sorted(regions)),
        "organiser": _first(rows, "organiser"),
        "organiser_group": _first(rows, "organiser_group"),
    }
    whole = {**shared, **fields}
    return Activity(start, tuple(whole[name] for name in COLUMNS), regions, frozenset(_place(row) for row in rows))


def _place(row: Mapping[str, Scalar]) -> Place:
    number = row["source_row"]
    return text(row["source_file"]), text(row["source_sheet"]), number if isinstance(number, int) else 0


def _trip(rows: Rows) -> Activity:
    direct = ("kind", "title", "direction", "companies", "companies_bound", "persons", "persons_bound", "status")
    fields = {name: _first(rows, name) for name in direct}
    return _activity(rows, "start_on", {**fields, "end": _first(rows, "end_on"), "place": _first(rows, "city")})


def _forum(rows: Rows) -> Activity:
    # A record of several regions repeats its rows; each source row is one attendance.
    once = list({_place(row): row for row in reversed(rows)}.values())
    present = [row for row in once if row["attended"] in _PRESENT]
    heads = [row["persons"] for row in present if isinstance(row["persons"], int)]
    at_least = bool(heads) and (len(heads) < len(present) or any(row["persons_bound"] == "at_least" for row in present))
    companies = [row["companies"] for row in once if isinstance(row["companies"], int)]
    return _activity(
        rows,
        "held_on",
        {
            "end": None,
            "kind": "forum",
            "title": _first(rows, "forum_title") or text(_first(rows, "forum_kind")),
            "place": _first(rows, "place"),
            "direction": None,
            "companies": max(companies, default=None),
            "companies_bound": None,
            "persons": sum(heads) if heads else None,
            "persons_bound": None if not heads else "at_least" if at_least else "exact",
            "status": _first(rows, "forum_status"),
        },
    )


def _finding(material: Material, question: str, region: str, baseline: str, activities: list[Activity]) -> Finding:
    caveats = [*coverage_caveats(material.coverage("trips")), *coverage_caveats(material.coverage("forums"))]
    if any(item.row[2] != "day" for item in activities):
        caveats.append("dates_imprecise")
    return Finding(
        question=question,
        measure="activities",
        region=region,
        baseline=baseline,
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, [item.row for item in activities]),
        sources=_merge(activities),
    )


def _merge(activities: list[Activity]) -> tuple[SourceRef, ...]:
    rows: dict[tuple[str, str], set[int]] = {}
    for item in activities:
        for file, sheet, row in item.places:
            rows.setdefault((file, sheet), set()).add(row)
    return tuple(SourceRef(*sheet, tuple(sorted(rows[sheet]))) for sheet in sorted(rows))
