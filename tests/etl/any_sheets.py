"""Sheets for property tests: any layout and noise around rows of which it is known what they say."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

from vemas_analytics.model.sheets import CellValue, RawSheet, ReadFile, SourceFile

HEADERS = {
    "inquiries": {
        "inquiry_id": "Anfrage-Nr.",
        "received_on": "Eingangsdatum",
        "region": "Region",
        "russian_company": "Anfragende Firma",
        "subject": "Gegenstand der Anfrage",
        "value": "Wert (EUR)",
        "status": "Status",
    },
    "offers": {
        "offer_id": "Angebots-Nr.",
        "offered_on": "Angebotsdatum",
        "region": "Region",
        "saxon_company": "Sächsische Firma",
        "subject": "Gegenstand des Angebots",
        "value": "Angebotswert (EUR)",
        "status": "Status",
    },
    "trips": {
        "trip_id": "Reise-Nr.",
        "start_on": "Reisebeginn",
        "region": "Zielregion",
        "title": "Titel der Reise",
        "companies": "Anzahl Firmen",
        "persons": "Anzahl Personen",
        "status": "Status",
    },
    "attendance": {
        "forum_title": "Titel des Forums",
        "held_on": "Datum des Forums",
        "region": "Region",
        "person_name": "Name, Vorname",
        "organisation": "Firma/Einrichtung",
        "attended": "Teilgenommen",
    },
}
DATE = {"inquiries": "received_on", "offers": "offered_on", "trips": "start_on", "attendance": "held_on"}

_ODD = ["#WERT!", "#REF!", "=A1+B1", "k. A.", "-", "???", "Summe", "1/2", "31.02.2015", "03/04/2021", "\U0001f600", "0"]
_GARBAGE: st.SearchStrategy[CellValue] = st.one_of(
    st.text(max_size=12).map(lambda text: text if text.strip() else None),  # as every reader hands on a blank cell
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.sampled_from(_ODD),
    st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)),
    st.times(),
)  # fmt: skip
_DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2024, 12, 31))
_REGIONS = ["Swerdlowsk", "Kaluga", "Tatarstan", "St. Petersburg", "RU-NIZ", "Свердловская область",
            "Swerdlowsk / Tatarstan", "Russland, Belarus", "Minsk", "Mordor",
            "Nischni Nowgorod", "Russland"]  # fmt: skip
_TEXTS = ["OOO Kompressor", "Müller & Söhne GmbH", "Pumpen\nund Ventile", "Retrofit  Drehmaschine", "Iwanow, Iwan"]
_NOISE = ("blank", "sum", "header", "footnote", "noise")
_STATUS = {
    "inquiries": ["offen", "beantwortet", "erledigt", "abgelehnt"],
    "offers": ["offen", "Auftrag erteilt", "verloren", "ausgesetzt"],
    "trips": ["durchgeführt", "abgesagt", "geplant"],
}


@st.composite
def _amounts(draw: st.DrawFn) -> CellValue:
    number = draw(st.integers(0, 99_999_999))
    form = draw(st.sampled_from(["int", "float", "german", "plain", "euro", "teur"]))
    german = f"{number / 100:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    return {
        "int": number,
        "float": number / 100,
        "german": german,
        "plain": f"{number},50",
        "euro": f"{german} €",
        "teur": f"{number % 1000} TEUR",
    }[form]


def _dates() -> st.SearchStrategy[CellValue]:
    written = st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%m/%Y", "%Y", "KW %V/%G"])
    timed = _DAYS.map(lambda day: dt.datetime(day.year, day.month, day.day))
    return st.one_of(_DAYS, timed, st.builds(dt.date.strftime, _DAYS, written))


def _counts() -> st.SearchStrategy[CellValue]:
    number = st.integers(0, 400)
    written = st.sampled_from(["{}", "ca. {}", "über {}", "{} Firmen", "{} (davon 3 neu)", "{}+"])
    return st.one_of(number, st.builds(lambda form, count: form.format(count), written, number))


def _cells(table: str, field: str) -> st.SearchStrategy[CellValue]:
    if field == DATE[table]:
        good: st.SearchStrategy[CellValue] = _dates()
    elif field == "region":
        good = st.sampled_from(_REGIONS)
    elif field == "value":
        good = _amounts()
    elif field in {"companies", "persons"}:
        good = _counts()
    elif field == "status":
        good = st.sampled_from(_STATUS[table])
    elif field == "attended":
        good = st.sampled_from(["ja", "nein", "x", "angemeldet"])
    elif field.endswith("_id"):
        good = st.integers(1, 30).map(lambda number: f"A-{number:03d}")
    else:
        good = st.sampled_from(
            ["OOO Kompressor", "Müller & Söhne GmbH", "Pumpen\nund Ventile", "Retrofit  Drehmaschine", "Iwanow, Iwan"]
        )
    return st.one_of(good, good, good, good, good, st.none(), _GARBAGE)


@dataclass(frozen=True, slots=True)
class AnySheet:
    """A generated sheet, the table it is meant to be, and the spreadsheet row of its header."""

    table: str
    sheet: RawSheet
    header_row: int


@st.composite
def any_sheets(draw: st.DrawFn, tables: Sequence[str] = tuple(HEADERS), *, noise: bool = True) -> AnySheet:
    """Return a sheet with title lines, a header in any order of columns, rows, sums, blanks, footnotes."""
    table = draw(st.sampled_from(list(tables)))
    fields = draw(st.permutations(list(HEADERS[table])))
    width = len(fields)
    rows: list[tuple[CellValue, ...]] = []
    for _ in range(draw(st.integers(0, 3)) if noise else 0):
        title = draw(st.sampled_from(["Liste der Anfragen", "Stand: Juni 2021", "VEMASinnovativ", None]))
        rows.append((title, *([None] * (width - 1))))
    header = tuple(HEADERS[table][field] for field in fields)
    at = len(rows)
    rows.append(header)
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(
            st.sampled_from(["record"] * 8 + (["blank", "sum", "header", "footnote", "noise"] if noise else []))
        )
        if kind == "record":
            rows.append(tuple(draw(_cells(table, field)) for field in fields))
        elif kind == "blank":
            rows.append((None,) * width)
        elif kind == "sum":
            rows.append(("Summe", *(draw(st.one_of(st.none(), st.integers(0, 10**7))) for _ in fields[1:])))
        elif kind == "header":
            rows.append(header)
        elif kind == "footnote":
            rows.append(("Quelle: eigene Erhebung", *([None] * (width - 1))))
        else:
            rows.append(tuple(draw(st.one_of(st.none(), _GARBAGE)) for _ in fields))
    first = draw(st.integers(1, 4))
    return AnySheet(table, RawSheet("Tabelle1", tuple(rows), first), first + at)


def read_file_of(name: str, sheet: RawSheet, tables: tuple) -> ReadFile:  # type: ignore[type-arg]
    """Return what reading a file with this one sheet would give."""
    return ReadFile(SourceFile(Path(name), name, f"{hash(name) & 0xFFFF:064x}", 1), "xlsx", tables, (sheet,))
