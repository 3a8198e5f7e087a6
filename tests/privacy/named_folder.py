"""A folder of lists in which persons are named wherever a clerk may name them; every name is found nowhere else."""

import datetime as dt
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

COLUMN_NAMES = (
    "Quirlbach", "Ottokarine", "Zwirnhuber", "Balduina", "Wurzelbrunn", "Friedegund", "Knispelmoor", "Gandolfine",
    "Torfkessel", "Adelgundis", "Bratzeborn", "Hilarian", "Сковородникова", "Епистимия", "Murmelkamp", "Notburga",
    "Schnürlwanger", "Walpurgine", "Krautzipfel", "Eusebius", "Dudelhaupt", "Ansgarine",
)  # fmt: skip
"""Names in columns of persons: in lists of every table, in rows kept and rows set aside."""

NEARBY_NAMES = ("Pfützenreuter", "Kannengiesserin", "Drosselbarthel", "Fummelsdorf", "Grillenbergk", "Hupfauerin")
"""Names in remarks, footnotes, lines above a list, cells of unknown columns and mixed cells."""


def write_named_folder(folder: Path) -> Path:
    """Write lists of all four tables with names of persons at every place."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_forums(folder / "Technologieforen.xlsx")
    _write_inquiries(folder / "Anfragen_2019.xlsx")
    _write_offers(folder / "Angebote.csv")
    _write_trips(folder / "Reisen.csv")
    return folder


def _fill(sheet: Worksheet, *rows: tuple[object, ...]) -> None:
    for row in rows:
        sheet.append(list(row))


def _write_forums(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Kasan"
    _fill(
        sheet,
        ("Technologieforum Kasan",),
        ("Datum", dt.datetime(2018, 4, 12)),
        ("Ort", "Kasan"),
        ("Ansprechpartnerin:", "Frau Pfützenreuter"),
        (),
        ("Nr.", "Nachname", "Vorname", "Firma", "Funktion", "teilgenommen", "Bemerkung"),
        (1, "Quirlbach", "Ottokarine", "Muster Antriebe GmbH", "Leitung", "ja", "reist mit Frau Kannengiesserin"),
        (2, "Zwirnhuber", "Balduina", "Probe Werkzeuge AG", "Vertrieb", "vielleicht", None),
        (2, "Zwirnhuber", "Balduina", "Probe Werkzeuge AG", "Vertrieb", "vielleicht", None),
        (3, "Сковородникова", "Епистимия", "ООО Вымысел", None, "ja", None),
        ("Summe: 3 (Frau Pfützenreuter)",),
        ("* Anmeldung bei Herrn Drosselbarthel, Zimmer 12",),
    )
    hidden = book.create_sheet("Perm")
    hidden.sheet_state = "hidden"
    _fill(
        hidden,
        ("Technologieforum Perm am 03.05.2018",),
        (),
        ("Name", "Firma", "Betreuer"),
        ("Dr. Wurzelbrunn, Friedegund", "Fiktiv Umformtechnik GmbH", "Hupfauerin"),
        ("Dr. Friedegund Wurzelbrunn", "Fiktiv Umformtechnik GmbH", "Hupfauerin"),
        ("Knispelmoor, Gandolfine", None, None),
        ("und weitere 8 Personen", None, None),
    )
    listed = book.create_sheet("Übersicht")
    _fill(
        listed,
        ("Forum", "Datum", "Ort", "Teilnehmer", "Organisator"),
        ("Technologieforum Samara", "31.02.2018", "Samara", "12 (Frau Fummelsdorf nicht)", "Muster e. V."),
        ("Technologieforum Ufa", "03.06.2018", "Ufa", "ca. 20, siehe Herr Grillenbergk", "Muster e. V."),
    )
    book.save(path)


def _write_inquiries(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "2019"
    _fill(
        sheet,
        ("Anfrage-Nr.", "Eingangsdatum", "Region", "Russisches Unternehmen", "Ansprechpartner", "Wert", "Status"),
        (1, dt.datetime(2019, 3, 12), "Swerdlowsk", "OOO Muster", "Torfkessel, Adelgundis", 12000, "offen"),
        (2, "31.02.2019", "Tatarstan", "OOO Probe", "Hilarian Bratzeborn", 500, "offen"),
        (3, "03/04/2019", "Tatarstan", "OOO Zweifel", "Hilarian Bratzeborn", 500, "offen"),
        (4, dt.datetime(2019, 5, 2), "Nirgendwo", "OOO Beispiel", "Murmelkamp, Notburga", -5, "offen"),
        (5, dt.datetime(2019, 5, 3), "Minsk", "OOO Abroad", "Murmelkamp, Notburga", 7, "offen"),
        (6, dt.datetime(2019, 6, 3), "Kaluga", None, "Schnürlwanger, Walpurgine", 7, "Absage von Frau Fummelsdorf"),
        (7, dt.datetime(2019, 7, 3), "Kaluga", "OOO Spät", "Schnürlwanger", "ca. 5 TEUR laut Schnürlwanger", "offen"),
        ("Summe", None, None, None, "Torfkessel", 99999, None),
    )
    book.save(path)


def _write_offers(path: Path) -> None:
    path.write_text(
        "Angebote;;;;;\nverantwortlich: Herr Drosselbarthel;;;;;\n\n"
        "Angebots-Nr.;Datum;Region;Sächsischer Anbieter;Bearbeiter;Angebotswert\n"
        "A1;12.03.2018;Tatarstan;Muster GmbH;Krautzipfel, Eusebius;1000\n"
        "A1;12.03.2018;Tatarstan;Muster GmbH;Krautzipfel, Eusebius;1000\n"
        "A2;;Tatarstan;Muster GmbH;Dudelhaupt;1000\n"
        "A3;12.04.2018;Tatarstan;Muster GmbH;Ansgarine Dudelhaupt;keine Angabe von Dudelhaupt\n",
        "utf-8",
    )


def _write_trips(path: Path) -> None:
    path.write_text(
        "Reise-Nr.;Beginn;Ende;Zielregion;Art;Delegationsleiter;Teilnehmende Firmen;Anmerkung\n"
        "R1;12.03.2018;16.03.2018;Kaluga;Unternehmerreise;Krautzipfel, Eusebius;7;Frau Kannengiesserin fuhr mit\n"
        "R2;16.05.2018;12.05.2018;Perm;Delegation;Dudelhaupt, Ansgarine;acht und Dudelhaupt;\n",
        "utf-8",
    )
