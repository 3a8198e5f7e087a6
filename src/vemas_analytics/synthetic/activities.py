"""Trips, fairs and forums as they truly were: a calendar, stopped by COVID-19 and by the suspension."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from vemas_analytics.synthetic.cases import pick
from vemas_analytics.synthetic.intensity import COVID, STOP
from vemas_analytics.synthetic.words import read_names, read_region_words

OWN: Final = "Maschinenbaunetzwerk Musterland"
PARTNER: Final = "Wirtschaftsförderung Musterland"
OTHER: Final = "IHK Musterstadt"

CITIES: Final = {
    "RU-SVE": "Jekaterinburg",
    "RU-TA": "Kasan",
    "RU-SPE": "St. Petersburg",
    "RU-KLU": "Kaluga",
    "RU-NIZ": "Nischni Nowgorod",
    "RU-MOW": "Moskau",
    "RU-SAM": "Samara",
    "RU-BA": "Ufa",
    "RU-CHE": "Tscheljabinsk",
    "RU-VOR": "Woronesch",
}
"""Where activities take place: regions with the city of the meeting."""

PARTNER_REGIONS: Final = ("RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ")

Bound: TypeAlias = Literal["exact", "at_least"]
Attended: TypeAlias = Literal["attended", "no_show"]


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip, delegation or joint stand. ``end_on`` is the last day."""

    key: str
    number: str
    title: str
    start_on: dt.date
    end_on: dt.date
    regions: tuple[str, ...]
    city: str
    direction: str
    kind: str
    organiser: str
    companies: int | None
    companies_bound: Bound
    persons: int | None
    status: str


@dataclass(frozen=True, slots=True)
class Participant:
    """A line of a participant list: a named person, or ``persons`` further unnamed ones."""

    name: str
    company: str
    country: str
    attended: Attended = "attended"
    persons: int = 1


@dataclass(frozen=True, slots=True)
class Forum:
    """A technology forum with its list, or with a head count only (``participants`` empty)."""

    key: str
    number: str
    title: str
    held_on: dt.date
    region: str
    place: str
    organiser: str
    participants: tuple[Participant, ...]
    persons: int


def _normal_years(day: dt.date) -> bool:
    return day < COVID[0]


def _trip_plan(rng: np.random.Generator) -> list[tuple[dt.date, dt.date, str, str, tuple[str, ...], str]]:
    """Return (start, end, kind, title, regions, direction) of every trip planned, in order of the calendar."""
    plan: list[tuple[dt.date, dt.date, str, str, tuple[str, ...], str]] = []
    for year in range(2012, 2023):
        may, july = dt.date(year, 5, 14 + year % 7), dt.date(year, 7, 8 + year % 3)
        fair, ural = f"Metalloobrabotka {year}, Gemeinschaftsstand", f"INNOPROM {year}, Gemeinschaftsstand"
        plan.append((may, may + dt.timedelta(days=4), "trade_fair", fair, ("RU-MOW",), "outbound"))
        plan.append((july, july + dt.timedelta(days=3), "trade_fair", ural, ("RU-SVE",), "outbound"))
        if year == 2022:
            continue
        business = 4 if year < 2015 else 2
        for _ in range(business):
            regions = _regions(rng)
            start = dt.date(year, int(pick(rng, (3, 4, 6, 9, 10, 11))), int(rng.integers(1, 28)))
            days = int(rng.integers(2, 6))
            plan.append(
                (start, start + dt.timedelta(days=days), "business_trip", "Unternehmerreise", regions, "outbound")
            )
        start = dt.date(year, int(pick(rng, (2, 9, 11))), int(rng.integers(3, 25)))
        region = (pick(rng, PARTNER_REGIONS),)
        plan.append(
            (start, start + dt.timedelta(days=int(rng.integers(1, 4))), "delegation", "Delegation", region, "inbound")
        )
    return sorted(plan)


def _regions(rng: np.random.Generator) -> tuple[str, ...]:
    first = pick(rng, list(CITIES), (3, 3, 3, 2, 2, 1, 1, 1, 1, 1))
    if rng.random() >= 0.2:
        return (first,)
    second = pick(rng, [code for code in PARTNER_REGIONS if code != first])
    return (first, second)


def _trip_title(kind: str, title: str, regions: Sequence[str]) -> str:
    if kind == "trade_fair":
        return title
    names = " und ".join(read_region_words()[code].usual for code in regions)
    return f"{title} {names}"


def draw_trips(rng: np.random.Generator) -> tuple[Trip, ...]:
    """Draw the calendar of trips: two fairs a year, business trips and delegations between them.

    From 2020-03 to 2021-05 only virtual missions take place, after the stop nothing; what was planned is cancelled.
    """
    trips: list[Trip] = []
    counters: dict[int, int] = {}
    for start, end, kind, title, regions, direction in _trip_plan(rng):
        counters[start.year] = counters.get(start.year, 0) + 1
        number = f"R{start.year}-{counters[start.year]:02d}"
        held = start < STOP and not COVID[0] <= start < COVID[1]
        virtual = not held and start < STOP and kind == "business_trip"
        companies = int(rng.integers(4, 22))
        trips.append(
            Trip(
                key=f"trip {number}",
                number=number,
                title=_trip_title(kind, title, regions),
                start_on=start,
                end_on=end,
                regions=regions,
                city=", ".join(CITIES[code] for code in regions) if direction == "outbound" else "Musterstadt",
                direction="virtual" if virtual else direction,
                kind=kind,
                organiser=pick(rng, (OWN, PARTNER, OTHER), (0.55, 0.3, 0.15)),
                companies=companies if held or virtual else None,
                companies_bound="at_least" if (held or virtual) and rng.random() < 0.12 else "exact",
                persons=companies + int(rng.integers(1, 15)) if held or virtual else None,
                status="held" if held or virtual else "cancelled",
            )
        )
    return tuple(trips)


def _participants(rng: np.random.Generator, no_show_share: float) -> tuple[Participant, ...]:
    names = read_names()
    people: list[Participant] = []
    seen: set[str] = set()
    size = int(rng.integers(9, 26))
    while len(people) < size:
        name = f"{pick(rng, names['first_names'])} {pick(rng, names['last_names'])}"
        if name in seen:
            continue
        seen.add(name)
        saxon = rng.random() < 0.4
        company = pick(rng, names["saxon"]) if saxon else pick(rng, names["russian"]).partition("|")[0]
        attended: Attended = "no_show" if rng.random() < no_show_share else "attended"
        people.append(Participant(name, company, "Deutschland" if saxon else "Russland", attended))
    if rng.random() < 0.4:
        people.append(Participant("", "", "", persons=int(rng.integers(3, 15))))
    return tuple(people)


def draw_forums(rng: np.random.Generator) -> tuple[Forum, ...]:
    """Draw 25 technology forums of the years before COVID-19 and two virtual ones in 2021; four know a number only."""
    themes = (
        "Ressourceneffiziente Produktion", "Moderne Umformtechnik", "Werkzeugmaschinen und Automation",
        "Reengineering im Maschinenbau", "Schweißen und Fügen", "Oberflächentechnik",
    )  # fmt: skip
    days = [dt.date(year, month, int(rng.integers(2, 27))) for year in range(2012, 2020) for month in (4, 7, 10)]
    days = sorted([day for day in days if rng.random() < 0.96][:23] + [dt.date(2021, 6, 16), dt.date(2021, 11, 10)])
    forums = []
    for index, day in enumerate(days):
        region = pick(rng, list(CITIES), (5, 4, 4, 3, 3, 1, 1, 1, 1, 1))
        head_count_only = index % 6 == 5
        participants = () if head_count_only else _participants(rng, 0.1 if index % 2 else 0.0)
        attending = sum(item.persons for item in participants if item.attended == "attended")
        number = f"F{day.year}-{index + 1:02d}"
        virtual = "" if _normal_years(day) else " (virtuell)"
        forums.append(
            Forum(
                key=f"forum {number}",
                number=number,
                title=f"Technologieforum {pick(rng, themes)}{virtual}",
                held_on=day,
                region=region,
                place="online" if virtual else CITIES[region],
                organiser=pick(rng, (OWN, PARTNER), (0.7, 0.3)),
                participants=participants,
                persons=attending if participants else int(rng.integers(25, 90)),
            )
        )
    return tuple(forums)
