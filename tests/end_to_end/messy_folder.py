"""A folder of lists as an office keeps them, with the truth beside it: what each list holds, and each planted fault.

Written independently of the demo generator, so that the two do not share a blind spot.
"""

import csv
import datetime as dt
import io
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

SPELLINGS = {
    "RU-SVE": ("Swerdlowsk", "Gebiet Swerdlowsk", "Sverdlovsk Oblast", "Свердловская область", "Jekaterinburg",
               "Swerdlowsker Gebiet"),
    "RU-TA": ("Tatarstan", "Republik Tatarstan", "Татарстан", "Kasan", "Nabereschnyje Tschelny", "Kazan"),
    "RU-SPE": ("St. Petersburg", "Sankt Petersburg", "Санкт-Петербург", "St.Petersburg"),
    "RU-KLU": ("Kaluga", "Gebiet Kaluga", "Калужская обл.", "Kaluga Region", "Obninsk"),
    "RU-NIZ": ("Nischni Nowgorod", "Nizhny Novgorod", "Нижегородская область", "Nischnij Nowgorod"),
    "RU-PER": ("Perm", "Region Perm", "Пермский край"),
    "RU-CHE": ("Tscheljabinsk", "Chelyabinsk", "Magnitogorsk"),
    "RU-SAM": ("Samara", "Togliatti", "Самарская область"),
    "RU-MOW": ("Moskau", "Москва", "Stadt Moskau"),
    "RU-OMS": ("Omsk", "Омская область"),
    "RU-TOM": ("Tomsk", "Tomsker Gebiet"),
}  # fmt: skip
MONTHS_DE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
             "Dezember")  # fmt: skip


@dataclass
class Truth:
    """What a careful reader would find."""

    records: dict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: {name: Counter() for name in ("inquiries", "offers", "trips", "attendance")}
    )
    faults: set[tuple[str, str, int, str]] = field(default_factory=set)
    kept: Counter[tuple[str, str]] = field(default_factory=Counter)
    set_aside: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    value_eur: dict[str, float] = field(default_factory=lambda: {"inquiries": 0.0, "offers": 0.0})

    def keep(self, table: str, file: str, sheet: str, regions: tuple[str, ...], day: dt.date, n: int = 1) -> None:
        """Note a record that counts; ``n`` persons for attendance."""
        self.kept[file, sheet] += 1
        for region in regions:
            self.records[table][region, f"{day:%Y-%m}"] += n

    def aside(self, file: str, sheet: str, reason: str, row: int | None = None, code: str = "") -> None:
        """Note a row that must be set aside, with its problem where it has one."""
        self.set_aside[file, sheet, reason] += 1
        if row is not None:
            self.faults.add((file, sheet, row, code))


def _day(rng: random.Random, year: int) -> dt.date:
    last = dt.date(year, 12, 31) if year < 2023 else dt.date(year, 6, 30)
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.randrange((last - dt.date(year, 1, 1)).days))


def _written(rng: random.Random, day: dt.date) -> tuple[object, dt.date]:
    """Return a date as someone wrote it, and the first possible day it stands for."""
    first = day.replace(day=1)
    forms: list[tuple[object, dt.date]] = [
        (dt.datetime(day.year, day.month, day.day), day),
        (f"{day:%d.%m.%Y}", day),
        (f"{day.day}.{day.month}.{day:%y}", day),
        (day.isoformat(), day),
        ((day - dt.date(1899, 12, 30)).days, day),
        (f"{MONTHS_DE[day.month - 1]} {day.year}", first),
        (f"{day.day}. {MONTHS_DE[day.month - 1]} {day.year}", day),
    ]
    return rng.choice(forms)


def _append(sheet: Worksheet, cells: list[object]) -> int:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for index, value in enumerate(cells, start=1):
        if value is not None:
            sheet.cell(row, index).value = value
    return row


INQUIRY_HEADS = {
    "id": ("Lfd. Nr.", "Anfrage-Nr.", "Nr."),
    "day": ("Eingang am", "Datum des Eingangs", "Eingangsdatum"),
    "region": ("Region", "Region / Gebiet", "Herkunftsregion"),
    "ru": ("Russisches Unternehmen", "Anfragendes Unternehmen", "Anfragesteller"),
    "sx": ("Sächsisches Unternehmen", "Sächs. Firma", "vermittelt an"),
    "subject": ("Gegenstand", "Betreff", "Gegenstand der Anfrage"),
    "value": ("Wert (TEUR)", "Auftragswert in EUR", "Wert in T€"),
    "status": ("Stand", "Status", "Bearbeitungsstand"),
}


def _inquiries(folder: Path, truth: Truth, rng: random.Random) -> None:
    years = list(range(2012, 2024))
    counts = [34] * 11 + [26]
    number = 0
    for file, part in (("Anfragen 2012-2016.xlsx", years[:5]), ("Anfragen_ab_2017.xlsx", years[5:])):
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for year in part:
            sheet = book.create_sheet(f"{year}" if year % 2 else f"Anfragen {year}")
            number = _inquiry_sheet(sheet, file, year, counts[year - 2012], number, truth, rng)
        book.save(folder / file)


def _inquiry_sheet(
    sheet: Worksheet, file: str, year: int, count: int, number: int, truth: Truth, rng: random.Random
) -> int:
    name = sheet.title
    _append(sheet, ["Maschinenbaunetz Beispielland"])
    _append(sheet, [f"Anfragen russischer Unternehmen {year}"])
    sheet.merge_cells("A1:F1")
    if year % 3:
        _append(sheet, ["Stand: 31.12." + str(year), None, "Bearbeiter: Büro"])
        sheet.cell(sheet.max_row + 2, 1)
    fields = list(INQUIRY_HEADS)
    rng.shuffle(fields)
    if "id" in fields:
        fields.remove("id")
        fields.insert(0, "id")
    style = year % 3
    heads = [INQUIRY_HEADS[key][style] for key in fields]
    row = sheet.max_row + (2 if year % 2 else 1)
    for index, head in enumerate(heads, start=1):
        sheet.cell(row, index).value = head
    keur = style != 1
    previous: list[object] | None = None
    for position in range(count):
        number += 1
        day = _day(rng, year)
        shown, first = _written(rng, day)
        codes = tuple(rng.sample(sorted(SPELLINGS), 2 if rng.random() < 0.08 else 1))
        text = rng.choice((" / ", ", ", " und ")).join(rng.choice(SPELLINGS[code]) for code in codes)
        value = rng.randrange(5, 900) if rng.random() < 0.6 else None
        record = {
            "id": f"A{number:04d}",
            "day": shown,
            "region": text,
            "ru": f"OOO Probe {number}",
            "sx": f"Beispiel GmbH {number % 17}",
            "subject": rng.choice(("Drehmaschinen", "Modernisierung Presswerk", "Schweißtechnik", "Prüfstand")),
            "value": None if value is None else value if keur else value * 1000,
            "status": rng.choice(("offen", "beantwortet", "Angebot erstellt", "erledigt", "abgelehnt")),
        }
        cells = [record[key] for key in fields]
        if position == 7:
            row = _append(sheet, [{**record, "day": "31.02." + str(year)}[key] for key in fields])
            truth.aside(file, name, "rejected", row, "date")
            continue
        if position == 9 and year % 2:
            row = _append(
                sheet, [{**record, "region": rng.choice(("Minsk", "Almaty", "Kiew", "Taschkent"))}[k] for k in fields]
            )
            truth.aside(file, name, "out_of_scope", row, "place")
            continue
        if position == 11 and year % 2 == 0:
            row = _append(sheet, [{**record, "value": -40 if keur else -40000}[key] for key in fields])
            truth.aside(file, name, "rejected", row, "amount")
            continue
        if position == 13:
            row = _append(sheet, [{**record, "region": "Bezirk Unbekannthausen"}[key] for key in fields])
            truth.faults.add((file, name, row, "region"))
            codes = ("RU",)
        elif position == 15 and year % 3 == 0:
            row = _append(sheet, [{**record, "day": None}[key] for key in fields])
            truth.aside(file, name, "rejected", row, "date")
            continue
        else:
            row = _append(sheet, cells)
        truth.keep("inquiries", file, name, codes, first)
        truth.value_eur["inquiries"] += (value or 0) * 1000
        if position == 16 and previous is not None:
            row = _append(sheet, previous)
            truth.aside(file, name, "duplicate", row, "duplicate")
        if position == 20 and year % 4 == 0:
            _append(sheet, list(heads))
            truth.aside(file, name, "repeated_header")
        if position == 24:
            sheet.cell(sheet.max_row + 2, 1)
        previous = cells
    _append(sheet, ["Summe", *[None] * (len(fields) - 2), truth.kept[file, name]])
    truth.aside(file, name, "sum")
    sheet.cell(sheet.max_row + 2, 1).value = "* Werte nach Angaben der anfragenden Unternehmen, ohne Gewähr"
    truth.aside(file, name, "footnote")
    return number


def _offers(folder: Path, truth: Truth, rng: random.Random) -> None:
    file = "Angebote_gesamt.csv"
    lines: list[list[str]] = [
        ["Angebotsübersicht Russland", "", ""],
        ["Stand 30.06.2023; alle Beträge laut Firmen", "", ""],
        [],
        ["Angebots-Nr.", "Angebotsdatum", "Zielregion", "Anbieter", "Kunde", "Gegenstand", "Angebotssumme", "Ergebnis",
         "entschieden am"],
    ]  # fmt: skip
    for number in range(1, 191):
        day = _day(rng, rng.randrange(2012, 2023))
        code = rng.choice(sorted(SPELLINGS))
        region = rng.choice([text for text in SPELLINGS[code] if text.isascii() or "ä" in text])
        amount = rng.randrange(20, 2500) * 1000
        shown = rng.choice(
            (
                f"{amount:,}".replace(",", ".") + ",00 €",
                f"{amount // 1000} TEUR",
                f"{amount}",
                f"{amount / 1e6:.3f}".replace(".", ",") + " Mio. EUR",
            )
        )
        status = rng.choice(("offen", "in Verhandlung", "Auftrag erhalten", "abgelehnt", "zurückgezogen"))
        decided = f"{day + dt.timedelta(days=90):%d.%m.%Y}" if status in {"Auftrag erhalten", "abgelehnt"} else ""
        cells = [f"AN-{number:03d}", f"{day:%d.%m.%Y}", region, f"Fräswerk Süd {number % 23} GmbH", f"OAO {number}",
                 "Bearbeitungszentrum; gebraucht", shown, status, decided]  # fmt: skip
        if number == 50:
            cells[1] = "30.02.2016"
        if number == 77:
            cells[6] = "-12.000,00 €"
        lines.append(cells)
        row = len(lines)
        if number == 50:
            truth.aside(file, "", "rejected", row, "date")
        elif number == 77:
            truth.aside(file, "", "rejected", row, "amount")
        else:
            truth.keep("offers", file, "", (code,), day)
            truth.value_eur["offers"] += amount
        if number == 120:
            lines.append(list(cells))
            truth.aside(file, "", "duplicate", len(lines), "duplicate")
    lines.append([])
    lines.append(["Gesamt", "", "", "", "", "", "123.456.789,00 €", "", ""])
    truth.aside(file, "", "sum")
    truth.faults.add((file, "", len(lines), "control"))
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerows(lines)
    (folder / file).write_bytes(buffer.getvalue().encode("cp1252"))


def _trips(folder: Path, truth: Truth, rng: random.Random) -> None:
    file, name = "Reisen und Delegationen.xlsx", "Übersicht"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    _append(sheet, ["Reisen, Delegationen und Messebeteiligungen Russland"])
    sheet.cell(3, 1)
    for index, head in enumerate(
        ("Nr.", "Bezeichnung", "Zeitraum", "Zielregion", "Stadt", "Art", "Richtung", "Veranstalter", "Firmen",
         "Teilnehmer", "Status"), start=1):  # fmt: skip
        sheet.cell(4, index).value = head
    for number in range(1, 48):
        day = _day(rng, 2012 + number % 11).replace(day=rng.randrange(1, 22))
        end = day + dt.timedelta(days=rng.randrange(1, 6))
        period = f"{day:%d}.-{end:%d.%m.%Y}" if number % 2 else f"{day:%d.%m.}-{end:%d.%m.%Y}"
        codes = tuple(
            rng.sample(("RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ", "RU-PER"), 2 if number % 9 == 0 else 1)
        )
        text = " / ".join(SPELLINGS[code][0] for code in codes)
        status = "abgesagt" if number % 13 == 0 else "durchgeführt"
        kind = rng.choice(("Unternehmerreise", "Delegation", "Messe-Gemeinschaftsstand"))
        companies = rng.choice((12, "ca. 15", "mind. 8", None))
        row = _append(sheet, [number, f"{kind} {number}", period, text, None, kind,
                              rng.choice(("nach Russland", "aus Russland")),
                              rng.choice(("WFS", "VEMAS", "IHK Chemnitz")),
                              companies, rng.choice((20, "über 30", None)), status])  # fmt: skip
        truth.keep("trips", file, name, codes if status == "durchgeführt" else (), day)
        if number == 30:
            _append(sheet, [cell.value for cell in sheet[row]])
            truth.aside(file, name, "duplicate", row + 1, "duplicate")
    _append(sheet, ["Gesamt", "47 Maßnahmen"])
    truth.aside(file, name, "sum")
    book.save(folder / file)


def _forums(folder: Path, truth: Truth, rng: random.Random) -> None:
    target = folder / "Technologieforen"
    target.mkdir()
    for half in (0, 1):
        file = f"Technologieforen/Teilnehmerlisten Teil {half + 1}.xlsx"
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for index in range(6):
            number = half * 6 + index
            code = ("RU-SVE", "RU-TA", "RU-KLU", "RU-NIZ", "RU-SPE", "RU-PER")[index]
            day = dt.date(2013 + number % 8, 4 + index, 3 + number)
            sheet = book.create_sheet(f"Forum {number + 1}")
            name = sheet.title
            _append(sheet, [f"Technologieforum {number + 1}: Ressourceneffiziente Produktion"])
            _append(sheet, ["Datum:", dt.datetime(day.year, day.month, day.day) if number % 2 else f"{day:%d.%m.%Y}"])
            _append(sheet, ["Ort:", SPELLINGS[code][-1 if code == "RU-TA" else 0]])
            _append(sheet, ["Veranstalter:", "VEMAS / WFS"])
            sheet.cell(6, 1)
            for column, head in enumerate(("Nr.", "Name", "Organisation", "Seite", "Funktion", "Teilnahme"), start=1):
                sheet.cell(6, column).value = head
            people = rng.randrange(8, 20)
            for person in range(people):
                side = "russisch" if person % 2 else "sächsisch"
                there = "ja" if person % 5 else "abgesagt"
                _append(sheet, [person + 1, f"Person Geheim{number}x{person}",
                                f"Firma {person} {'GmbH' if person % 2 == 0 else 'OOO'}",
                                side, "Leiter", there])  # fmt: skip
                truth.keep("attendance", file, name, (code,), day, 1 if there == "ja" else 0)
            if number % 3 == 0:
                _append(sheet, [None, "weitere 8 Personen", None, None, None, "ja"])
                truth.keep("attendance", file, name, (code,), day, 8)
            row = _append(sheet, [f"Anzahl Teilnehmer: {people + 50}"])
            truth.aside(file, name, "sum")
            truth.faults.add((file, name, row, "control"))
        book.save(folder / file)


def write_messy_folder(folder: Path, seed: int = 7) -> Truth:
    """Write 400 inquiries in 12 sheets, 190 offers, 47 trips, 12 forum lists; return the truth.

    Parameters
    ----------
    folder : Path
        Must exist and be empty.
    seed : int
    """
    truth, rng = Truth(), random.Random(seed)
    _inquiries(folder, truth, rng)
    _offers(folder, truth, rng)
    _trips(folder, truth, rng)
    _forums(folder, truth, rng)
    return truth
