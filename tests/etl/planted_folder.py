"""Writes a folder of lists as offices keep them, together with what is in them."""

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

REGIONS = {
    "RU-SVE": ("Swerdlowsk", "Sverdlovsk Oblast", "Свердловская область", "Jekaterinburg", "Gebiet Swerdlowsk"),
    "RU-TA": ("Tatarstan", "Republik Tatarstan", "Казань", "Kasan"),
    "RU-SPE": ("St. Petersburg", "Санкт-Петербург", "Sankt Petersburg"),
    "RU-KLU": ("Kaluga", "Kaluga Oblast", "Калужская область"),
    "RU-NIZ": ("Nischni Nowgorod", "Nizhny Novgorod", "Нижний Новгород"),
    "RU-SAM": ("Samara", "Самарская область", "Togliatti"),
}
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
FIELDS = ("Nr.", "Datum", "Region", "Anfragende Firma", "Sächsisches Unternehmen", "Thema", "Wert", "Status")
NAMES = {"Datum": "Eingang", "Region": "Gebiet", "Thema": "Gegenstand", "Wert": "Wert (TEUR)"}


@dataclass
class Truth:
    """What the folder holds: kept records by (table, region, month), and planted faults."""

    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    faults: set[tuple[str, str, str, int]] = field(default_factory=set)
    values: dict[str, float] = field(default_factory=dict)
    attendance: dict[str, int] = field(default_factory=dict)

    def count(self, table: str, regions: tuple[str, ...], day: dt.date) -> None:
        self.records[table] = self.records.get(table, 0) + 1
        for region in regions:
            key = (table, region, f"{day:%Y-%m}")
            self.counts[key] = self.counts.get(key, 0) + 1


def german(value: float) -> str:
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def written_day(random_: random.Random, day: dt.date) -> object:
    return random_.choice(
        [
            dt.datetime(day.year, day.month, day.day),
            day.strftime("%d.%m.%Y"),
            f"{day.day}.{day.month}.{day:%y}",
            day.isoformat(),
            f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
            (day - dt.date(1899, 12, 30)).days,
            f"{MONTHS[day.month - 1]} {day.year}",
        ]
    )


def write_folder(folder: Path, seed: int) -> Truth:
    random_ = random.Random(seed)
    truth = Truth()
    folder.mkdir(parents=True, exist_ok=True)
    write_inquiries(folder / "Anfragen Russland.xlsx", random_, truth)
    write_offers(folder / "angebote.csv", random_, truth)
    write_trips(folder / "Reisen.xlsx", random_, truth)
    write_forums(folder / "Technologieforen.xlsx", random_, truth)
    return truth


def write_inquiries(path: Path, random_: random.Random, truth: Truth) -> None:
    book = Workbook()
    book.remove(book.active)
    repeated: list[object] = []
    repeated_value = 0
    for year in range(2011, 2023):
        sheet = book.create_sheet(str(year))
        order = list(FIELDS)
        if year % 2:
            order[1:] = random_.sample(order[1:], len(order) - 1)
        in_thousands = year % 3 == 0
        names = [NAMES.get(name, name) if in_thousands else name for name in order]
        sheet.append(["VEMAS - Anfragen aus der Russischen Föderation"])
        sheet.append([f"Jahr {year}"])
        sheet.append(["Stand: 31.12."])
        sheet.append(names)
        total = 0.0
        for number in range(1, 36):
            day = dt.date(year, random_.randint(1, 12), random_.randint(1, 28))
            codes = tuple(random_.sample(sorted(REGIONS), 2 if number == 7 else 1))
            value = random_.randrange(10, 900) * 1000
            row: dict[str, object] = {
                "Nr.": f"A{year}-{number:03d}",
                "Datum": written_day(random_, day),
                "Region": random_.choice([" / ", ", ", "; "]).join(random_.choice(REGIONS[code]) for code in codes),
                "Anfragende Firma": f"OOO Zavod {year}-{number}",
                "Sächsisches Unternehmen": f"Muster {number} GmbH" if number % 3 else None,
                "Thema": f"Drehmaschine Typ {number}",
                "Wert": value / 1000 if in_thousands else random_.choice([value, f"{german(value)} €"]),
                "Status": random_.choice(["offen", "beantwortet", "Angebot abgegeben", "abgelehnt"]),
            }
            spot = ("Anfragen Russland.xlsx", str(year), sheet.max_row + 1)
            kept, codes = plant(row, number, year, codes, spot, truth)
            if kept:
                truth.count("inquiries", codes, day)
                if number not in (9, 11):
                    truth.values[str(row["Nr."])] = float(value)
            if number == 3 and year == 2015:
                repeated, repeated_value = [row[name] for name in FIELDS], value
            total += value if number not in (9, 11) else 0
            sheet.append([row[name] for name in order])
            if number == 20:
                sheet.append([])
            if number == 25 and year == 2014:
                sheet.append(names)
        if year == 2017:
            truth.faults.add(("duplicate", "Anfragen Russland.xlsx", "2017", sheet.max_row + 1))
            cells = dict(zip(FIELDS, repeated, strict=True))
            sheet.append([cells[name] for name in order])
            total += repeated_value
        stated = total + (5000 if year == 2018 else 0)
        close(sheet, order, year, stated, in_thousands, truth)
    book.save(path)


def plant(
    row: dict[str, object], number: int, year: int, codes: tuple[str, ...], spot: tuple[str, str, int], truth: Truth
) -> tuple[bool, tuple[str, ...]]:
    """Plant the faults of a row; return whether it counts, and where."""
    if number == 9 and year in (2012, 2015, 2019):
        row["Datum"] = "31.02." + str(year)
        truth.faults.add(("date_impossible", *spot))
        row["Wert"] = None
        return False, codes
    if number == 9:
        row["Wert"] = None
        return True, codes
    if number == 11 and year == 2013:
        row["Wert"] = -5000
        truth.faults.add(("amount_negative", *spot))
        return False, codes
    if number == 11:
        row["Wert"] = None
        return True, codes
    if number == 13 and year == 2014:
        row["Datum"] = "03/04/2014"
        truth.faults.add(("date_ambiguous", *spot))
        return False, codes
    if number == 15 and year in (2014, 2020):
        row["Region"] = "Mustersk"
        truth.faults.add(("region_unknown", *spot))
        return True, ("RU",)
    if number == 17 and year in (2013, 2017):
        row["Region"] = "Minsk"
        truth.faults.add(("out_of_scope", *spot))
        return False, codes
    if number == 20 and year == 2017:
        row["Datum"] = None
        truth.faults.add(("date_missing", *spot))
        return False, codes
    if number == 22 and year == 2019:
        row["Nr."] = "A2019-021"
        truth.faults.add(("id_conflict", *spot))
    return True, codes


def close(sheet: Worksheet, order: list[str], year: int, stated: float, in_thousands: bool, truth: Truth) -> None:
    row: list[object] = [None] * len(order)
    row[0] = "Summe"
    at = order.index("Wert")
    if at:
        row[at] = stated / 1000 if in_thousands else stated
        sheet.append(row)
        if year == 2018:
            truth.faults.add(("control_total_differs", "Anfragen Russland.xlsx", "2018", sheet.max_row))
    sheet.append([])
    sheet.append(["* ohne Anfragen über die Kammern"])


def write_offers(path: Path, random_: random.Random, truth: Truth) -> None:
    lines = [
        "Angebotsliste;;;;;;;",
        "Angebots-Nr.;Angebotsdatum;Region;Anbieter;Kunde;Gegenstand;Angebotswert;Status;Entschieden am",
    ]
    for number in range(1, 191):
        day = dt.date(2012, 1, 1) + dt.timedelta(days=random_.randrange(3650))
        code = random_.choice(sorted(REGIONS))
        region = random_.choice([text for text in REGIONS[code] if text.isascii()])
        value = random_.randrange(10, 900) * 1000
        status = random_.choice(["offen", "in Verhandlung", "Auftrag erteilt", "verloren", "zurückgezogen"])
        amount = random_.choice(
            [f"{german(value)} €", f"{value // 1000} TEUR", f"{str(value / 1e6).replace('.', ',')} Mio. EUR"]
        )
        date = random_.choice([day.strftime("%d.%m.%Y"), f"{day.day}.{day.month}.{day:%y}", day.isoformat()])
        spot = (path.name, "", len(lines) + 1)
        if number == 50:
            amount = "-12.000,00 €"
            truth.faults.add(("amount_negative", *spot))
        elif number == 77:
            date = "29.02.2015"
            truth.faults.add(("date_impossible", *spot))
        elif number == 120:
            region = "Kiew"
            truth.faults.add(("out_of_scope", *spot))
        else:
            truth.count("offers", (code,), day)
            truth.values[f"B-{number}"] = float(value)
        lines.append(
            f"B-{number};{date};{region};Müller & Söhne GmbH;AO Kund {number};Fräsmaschine {number};{amount};{status};"
        )
        if number == 100:
            lines.append(lines[40])
            truth.faults.add(("duplicate", path.name, "", len(lines)))
    path.write_bytes("\r\n".join(lines).encode("cp1252"))


def write_trips(path: Path, random_: random.Random, truth: Truth) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Reisen"
    sheet.append(["Reisen und Messen"])
    sheet.append([])
    sheet.append(
        ["Nr.", "Titel", "Zeitraum", "Region", "Art", "Richtung", "Veranstalter", "Firmen", "Teilnehmer", "Status"]
    )
    for number in range(1, 48):
        day = dt.date(2011, 1, 10) + dt.timedelta(days=85 * number + random_.randrange(20))
        end = day + dt.timedelta(days=random_.randint(1, 5))
        code = random_.choice(sorted(REGIONS))
        same = day.month == end.month
        period = random_.choice(
            [
                f"{day:%d.}-{end:%d.%m.%Y}" if same else f"{day:%d.%m.}-{end:%d.%m.%Y}",
                f"{day:%d.%m.%Y} - {end:%d.%m.%Y}",
                f"{day.day}. bis {end.day}. {MONTHS[end.month - 1]} {end.year}"
                if same
                else f"{day:%d.%m.}-{end:%d.%m.%Y}",
                f"{day:%d.%m.%Y}",
            ]
        )
        sheet.append(
            [number, f"Reise {number}", period, REGIONS[code][0], "Unternehmerreise", "ausgehend", "VEMAS / WFS",
             random_.choice([12, "ca. 12", "mind. 10"]), random_.choice([20, "über 20"]), "durchgeführt"]
        )  # fmt: skip
        truth.count("trips", (code,), day)
    book.save(path)


def write_forums(path: Path, random_: random.Random, truth: Truth) -> None:
    book = Workbook()
    book.remove(book.active)
    for number in range(1, 13):
        code = random_.choice(sorted(REGIONS))
        day = dt.date(2011 + number % 10, 1 + number % 12, random_.randint(1, 28))
        sheet = book.create_sheet(f"Forum {number}")
        sheet.append([f"Technologieforum {number}"])
        sheet.append(["Datum:", day.strftime("%d.%m.%Y")])
        sheet.append(["Ort:", REGIONS[code][-1]])
        sheet.append([])
        truth.records["forums"] = truth.records.get("forums", 0) + 1
        key = ("forums", code, f"{day:%Y-%m}")
        truth.counts[key] = truth.counts.get(key, 0) + 1
        if number == 12:
            sheet.append(["Anzahl Teilnehmer:", 60])
            truth.attendance[sheet.title] = 60
            continue
        sheet.append(["Name", "Einrichtung", "Land"])
        heads = random_.randint(8, 20)
        for head in range(heads):
            sheet.append([f"Vorname{head} Nachname{number}", f"OOO Gast {head}", "Russland"])
        if number == 4:
            sheet.append(["weitere 8 Personen"])
            heads += 8
        truth.attendance[sheet.title] = heads
        wrong = number == 6
        sheet.append([])
        sheet.append([f"Anzahl Teilnehmer: {heads + 3 * wrong}"])
        if wrong:
            truth.faults.add(("control_total_differs", path.name, sheet.title, sheet.max_row))
    book.save(path)
