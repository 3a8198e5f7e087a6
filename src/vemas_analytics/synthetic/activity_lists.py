"""The lists of trips and fairs, and the workbooks with a sheet per forum."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from vemas_analytics.synthetic.activities import Forum, Participant, Trip
from vemas_analytics.synthetic.cases import pick
from vemas_analytics.synthetic.lists import faults_of, footnotes, insert_lines, read_faults, with_blanks, with_cell
from vemas_analytics.synthetic.sheets import CellValue, Line, Sheet, SheetFile, note_sheet, title_lines
from vemas_analytics.synthetic.spelling import spell_date, spell_period, spell_regions
from vemas_analytics.synthetic.words import NOTE, read_names, read_region_words

MISCOUNT: Final = 30
"""Error of the planted head count: more than any list has absentees, so that no reading makes it right."""

TRIP_SHEET: Final = "Reisen und Messen"
_TRIP_HEADERS: Final = (
    "Reise-Nr.", "Zeitraum", "Bezeichnung", "Art", "Richtung", "Region", "Ort", "Veranstalter", "Anzahl Firmen",
    "Anzahl Personen", "Status",
)  # fmt: skip
_PERIOD, _REGION = 1, 5
_FORUM_HEADERS: Final = ("Nr.", "Name", "Firma", "Land", "E-Mail", "Teilgenommen")
_HEAD_COUNT_HEADERS: Final = ("Forum-Nr.", "Thema", "Datum", "Ort", "Region", "Veranstalter", "Teilnehmerzahl")


def _companies(trip: Trip) -> CellValue:
    if trip.companies is None:
        return None
    return f"mehr als {trip.companies}" if trip.companies_bound == "at_least" else trip.companies


def _trip_cells(trip: Trip, rng: np.random.Generator) -> tuple[CellValue, ...]:
    names = read_names()
    return (
        trip.number,
        spell_period(trip.start_on, trip.end_on),
        trip.title,
        names["trip_kind_words"][trip.kind],
        names["direction_words"][trip.direction],
        spell_regions(trip.regions, rng),
        trip.city,
        trip.organiser,
        _companies(trip),
        trip.persons,
        pick(rng, names["trip_status_words"][trip.status]),
    )


def plan_trips(trips: Sequence[Trip], rng: np.random.Generator) -> SheetFile:
    """Plan the workbook of trips, delegations and joint stands."""
    lines: tuple[Line, ...] = tuple(Line("record", _trip_cells(item, rng), key=item.key) for item in trips)
    extra = []
    for number, fault in enumerate(faults_of("trips", TRIP_SHEET)):
        original = pick(rng, trips)
        cells = _trip_cells(original, rng)
        if fault.kind == "duplicate_in_sheet":
            extra.append(Line("record", cells, fault="duplicate", twin=original.key))
            continue
        stray = with_cell(Line("record", cells, fault=fault.kind, value=fault.value), 0, f"R-{900 + number}")
        extra.append(with_cell(stray, _PERIOD if fault.kind == "date_impossible" else _REGION, fault.value))
    head = title_lines("Unternehmerreisen, Delegationen, Messen", NOTE, "2012 bis 2024")
    body = (Line("header", _TRIP_HEADERS), *with_blanks(insert_lines(lines, extra, rng)))
    notes = footnotes("Abgesagte Reisen bleiben in der Liste stehen.")
    return SheetFile("Reisen_und_Messen.xlsx", (Sheet(TRIP_SHEET, "trips", (*head, *body, *notes)), note_sheet()))


def _participant_line(forum: Forum, number: int, person: Participant) -> Line:
    if not person.name:
        return Line("record", (None, f"weitere {person.persons} Personen"), key=f"{forum.key} line {number}")
    present = "ja" if person.attended == "attended" else "nein"
    mail = "teilnahme@example.invalid" if number % 3 == 0 else None
    cells = (number, person.name, person.company, person.country, mail, present)
    return Line("record", cells, key=f"{forum.key} line {number}")


def _all_came(forum: Forum) -> bool:
    """Tell whether a head count can mean one thing only: nobody on the list stayed away."""
    return all(item.attended == "attended" for item in forum.participants)


def _forum_sheet(forum: Forum, name: str, rng: np.random.Generator, *, wrong: bool, stated: bool) -> Sheet:
    facts = (
        ("Forum-Nr.:", forum.number),
        ("Thema:", forum.title),
        ("Datum:", spell_date(forum.held_on, "day", pick(rng, ("real", "text", "month_name")))),
        ("Ort:", forum.place),
        ("Region:", spell_regions((forum.region,), rng)),
        ("Veranstalter:", forum.organiser),
    )
    people = tuple(_participant_line(forum, number, item) for number, item in enumerate(forum.participants, 1))
    written = f"Anzahl Teilnehmer: {forum.persons + (MISCOUNT if wrong else 0)}"
    total = Line("sum", (written,), fault="control_total" if wrong else "", value=written if wrong else "")
    lines = (
        *title_lines(forum.title, NOTE),
        *(Line("fact", pair) for pair in facts),
        Line("blank"),
        Line("header", _FORUM_HEADERS),
        *people,
        *((Line("blank"), total) if stated or wrong else ()),
    )
    return Sheet(name, "attendance", lines)


def _head_count_sheet(forums: Sequence[Forum], rng: np.random.Generator) -> Sheet:
    lines = tuple(
        Line(
            "record",
            (
                item.number,
                item.title,
                spell_date(item.held_on, "day", pick(rng, ("real", "text"))),
                item.place,
                read_region_words()[item.region].usual,
                item.organiser,
                item.persons,
            ),
            key=f"{item.key} line 1",
        )
        for item in forums
    )
    head = title_lines("Technologieforen ohne Teilnehmerliste", NOTE, "Zählung am Einlass")
    return Sheet("Ohne Liste", "attendance", (*head, Line("header", _HEAD_COUNT_HEADERS), *lines))


def plan_forums(forums: Sequence[Forum], rng: np.random.Generator) -> tuple[SheetFile, ...]:
    """Plan two workbooks with a sheet per forum; forums without a list share one sheet of head counts."""
    wrong = {int(fault.list) for fault in read_faults() if fault.table == "attendance"}
    with_list = [item for item in forums if item.participants]
    sheets: dict[bool, list[Sheet]] = {True: [], False: []}
    for number, forum in enumerate(with_list, 1):
        name = f"{forum.held_on:%Y-%m} {forum.place}"[:31]
        early = forum.held_on.year < 2017
        sheets[early].append(
            _forum_sheet(forum, name, rng, wrong=number in wrong, stated=_all_came(forum) and number % 2 == 0)
        )
    counted = _head_count_sheet([item for item in forums if not item.participants], rng)
    return (
        SheetFile("Technologieforen_2012-2016.xlsx", (*sheets[True], note_sheet())),
        SheetFile("Technologieforen_ab_2017.xlsx", (*sheets[False], counted, note_sheet())),
    )
