"""The list of trips, fairs, delegations and forums, of a region or of a year."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import pandas as pd

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.provenance import cite_frame
from vemas_analytics.analysis.tabulate import tabulate, text
from vemas_analytics.model.finding import Finding, Scalar, SourceRef
from vemas_analytics.model.names import FORUM_KEY, RECORD_KEY, TOTAL

COLUMNS: Final = (
    "start", "end", "precision", "kind", "title", "place", "region", "direction", "organiser", "organiser_group",
    "companies", "companies_bound", "persons", "persons_bound", "status",
)  # fmt: skip
_PRESENT: Final = ("attended", "unknown")


@dataclass(frozen=True, slots=True)
class Activity:
    """One trip or forum: its row of `COLUMNS`, its regions and where it stands."""

    start: dt.date
    row: tuple[Scalar, ...]
    regions: frozenset[str]
    sources: tuple[SourceRef, ...]


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
    found = [_trip(group) for group in trips] + [_forum(group) for group in forums]
    return sorted(found, key=lambda item: (item.start, str(item.row[4]), sorted(item.regions)))


def _belongs(activity: Activity, region: str) -> bool:
    return region == TOTAL or region in activity.regions


def _groups(frame: pd.DataFrame, key: tuple[str, ...], column: str, as_of: dt.date) -> list[pd.DataFrame]:
    known = frame[frame[column].notna() & (frame[column] <= pd.Timestamp(as_of))]
    return [group for _, group in known.groupby(list(key), sort=False, dropna=False, observed=True)]


def _first(group: pd.DataFrame, column: str) -> object:
    known = group[column].dropna()
    return known.iloc[0] if len(known) else None


def _activity(group: pd.DataFrame, column: str, fields: dict[str, object]) -> Activity:
    start = pd.Timestamp(group[column].iloc[0]).date()
    regions = frozenset(group["region"].dropna().astype(str))
    shared = {
        "start": start,
        "precision": _first(group, f"{column}_precision") or "day",
        "region": ";".join(sorted(regions)),
        "organiser": _first(group, "organiser"),
        "organiser_group": _first(group, "organiser_group"),
    }
    row = tabulate(COLUMNS, [[{**shared, **fields}[name] for name in COLUMNS]]).rows[0]
    return Activity(start, row, regions, cite_frame(group))


def _trip(group: pd.DataFrame) -> Activity:
    direct = ("kind", "title", "direction", "companies", "companies_bound", "persons", "persons_bound", "status")
    fields: dict[str, object] = {name: _first(group, name) for name in direct}
    return _activity(group, "start_on", {**fields, "end": _first(group, "end_on"), "place": _first(group, "city")})


def _forum(group: pd.DataFrame) -> Activity:
    # A record of several regions repeats its rows; each source row is one attendance.
    once = group.drop_duplicates(["source_file", "source_sheet", "source_row"])
    present = once[once["attended"].isin(_PRESENT)]
    known = present["persons"].dropna()
    at_least = bool(len(known)) and (len(known) < len(present) or (present["persons_bound"] == "at_least").any())
    companies = once["companies"].dropna()
    return _activity(
        group,
        "held_on",
        {
            "end": None,
            "kind": "forum",
            "title": _first(group, "forum_title") or text(_first(group, "forum_kind")),
            "place": _first(group, "place"),
            "direction": None,
            "companies": int(companies.max()) if len(companies) else None,
            "companies_bound": None,
            "persons": int(known.sum()) if len(known) else None,
            "persons_bound": None if not len(known) else "at_least" if at_least else "exact",
            "status": _first(group, "forum_status"),
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
        for source in item.sources:
            rows.setdefault((source.file, source.sheet), set()).update(source.rows)
    return tuple(SourceRef(*sheet, tuple(sorted(rows[sheet]))) for sheet in sorted(rows))
