from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.cli.inspect_screen import layout_lines
from vemas_analytics.etl import read_layout
from vemas_analytics.model.names import Language

ROWS = (
    ("Betriebe nach Kreisen",), (), ("Kreis", "Betriebe", None), (None, 2012, 2013),
    ("Bautzen", 5, 6), ("Görlitz", 7, 8), ("Insgesamt", 12, 14), ("Quelle: Landesamt",),
)  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "T1"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    picks = workbook.create_sheet("Listen")
    for value in ("Status", "offen", "erledigt"):
        picks.append((value,))
    workbook.create_sheet("leer").sheet_state = "hidden"
    workbook.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def said(path: Path, language: Language = "de") -> list[str]:
    return [line.strip() for line in layout_lines(path, read_layout(path), language)]


def test_a_person_reads_what_was_seen(book: Path) -> None:
    assert said(book) == [
        "a.xlsx: Arbeitsmappe (xlsx)",
        "Blatt „T1“: eine Tabelle",
        "Tabelle 1: Kopf in den Zeilen 3 und 4, 2 Datensätze (Zeilen 5 bis 6)",
        "Überschrift: „Betriebe nach Kreisen“",
        "Gelesen als: allgemeine Tabelle (keine Anfragen, Angebote, Reisen oder Foren)",
        "Spalten: A „Kreis“, B „Betriebe 2012“, C „Betriebe 2013“",
        "Keine Datensätze: Summe in Zeile 7; Fußnote oder Zwischenüberschrift in Zeile 8",
        "Blatt „Listen“: Auswahlliste (Werte für Auswahlfelder), keine Tabelle",
        "Blatt „leer“ (ausgeblendet): leer",
    ]


def test_english_says_the_same(book: Path) -> None:
    assert "Table 1: header in rows 3 and 4, 2 records (rows 5 to 6)" in said(book, "en")


def test_a_list_of_the_package_shows_what_its_columns_mean(tmp_path: Path) -> None:
    path = tmp_path / "Anfragen.csv"
    path.write_text("Eingang;Wer;Anfragende Firma;Betreff\n01.02.2013;x;OOO Werk;Pressen\n", "utf-8")
    lines = said(path)
    assert lines[0] == "Anfragen.csv: Textliste, Zeichensatz utf-8, Trennzeichen Semikolon"
    assert "Gelesen als: Anfragen" in lines
    assert any("A „Eingang“ = " in line and "B „Wer“," in line for line in lines)
