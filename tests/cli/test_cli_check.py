"""`vemas check` as a clerk meets it whose file was refused."""

import json
import sys
from pathlib import Path

import openpyxl
import pytest
from vemas_command import vemas, vemas_on_terminal

LIST = (
    "Anfragen;;;;\nNr.;Eingangsdatum;Region;Russisches Unternehmen;Status\n"
    "1;12.03.2019;Swerdlowsk;OOO Muster;offen\n2;31.02.2019;Tatarstan;OOO Probe;offen\n"
    "3;5.7.19;Tatarstan;OOO Beispiel;ofen\nSumme;;;3;\n"
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "listen"
    folder.mkdir()
    (folder / "Anfragen.csv").write_text(LIST, encoding="utf-8")
    (folder / "kaputt.xlsx").write_bytes(b"PK\x03\x04 halb")
    return folder


def test_each_file_is_told_in_german_with_its_marked_copy(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = vemas("check", office, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Anfragen: 2 von 4 Zeilen übernommen (beiseitegelegt: 1 Summe, 1 abgelehnte)" in done.stdout
    assert "! Zeile 4, Spalte „Eingangsdatum“: „31.02.2019“ ist kein Kalendertag" in done.stdout
    assert "Was tun: Das Datum in der Quelldatei berichtigen." in done.stdout
    assert f"Markierte Kopie: {out / 'marked' / 'Anfragen.csv.xlsx'}" in done.stdout
    assert "Die Datei lässt sich nicht lesen" in done.stdout
    assert "Zusammen: 2 von 4 Zeilen aus 1 Datei übernommen, 2 beiseitegelegt." in done.stdout
    copies = json.loads((out / "marked" / "manifest.json").read_text("utf-8"))["outputs"]
    assert set(copies) == {"Anfragen.csv.xlsx"}
    assert openpyxl.load_workbook(out / "marked" / "Anfragen.csv.xlsx").sheetnames == ["Prüfergebnis", "Liste"]
    assert {"ledger.csv", "problems.csv", "marked"} <= {path.name for path in out.iterdir()}


def test_english_on_demand_in_files_too(office: Path, tmp_path: Path) -> None:
    done = vemas("check", office, "--out", tmp_path / "out", "--lang", "en")
    assert "2 of 4 rows taken over" in done.stdout
    assert "What to do:" in done.stdout
    assert "is not a day that exists" in (tmp_path / "out" / "problems.csv").read_text("utf-8")


def test_a_result_folder_inside_the_lists_is_no_source(office: Path) -> None:
    first = vemas("check", office, "--out", office / "ergebnis").stdout
    assert vemas("check", office, "--out", office / "ergebnis").stdout == first


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda folder: (folder / "a.xlsx").write_bytes(b"PK\x03\x04"), "Keine Datei ließ sich lesen: a.xlsx"),
        (lambda folder: (folder / "a.csv").write_text("nur;ein;Zettel\n"), "wurde keine Liste gefunden"),
        (lambda folder: None, "dort liegt keine Tabelle"),
        (lambda folder: (folder / "vemas.toml").write_text("[stop]\nefective_from = 1\n"), "Die Einstellungen lassen"),
    ],
)
def test_what_cannot_be_done_is_one_german_line(tmp_path: Path, write: object, said: str) -> None:
    write(tmp_path)  # type: ignore[operator]
    done = vemas("check", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert vemas("check", tmp_path, "--lang", "en").stderr != done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
def test_regions_on_a_terminal_says_what_it_waits_for() -> None:
    code, shown = vemas_on_terminal("regions", answers="Kasan\n\x04")
    assert code == 0
    assert "Ortsangabe eingeben" in shown
    assert "RU-TA" in shown
    assert "Ortsangabe" not in vemas("regions", stdin="Kasan\n").stderr


def test_a_database_comes_back_as_a_workbook_of_its_values(tmp_path: Path) -> None:
    import sqlite3

    folder = tmp_path / "listen"
    folder.mkdir()
    with sqlite3.connect(folder / "b.sqlite") as connection:
        connection.execute(
            'create table a ("Anfrage-Nr." text, Eingangsdatum text, Region text, "Russische Firma" text)'
        )
        connection.executemany(
            "insert into a values (?, ?, ?, ?)", [("1", "5.1.2019", "Kaluga", "A"), ("2", "x", "K", "B")]
        )
    connection.close()
    settings = '[[databases]]\nname = "Bestand"\nurl = "sqlite:///b.sqlite"\ntable = "a"\n'
    (folder / "vemas.toml").write_text(settings, "utf-8")
    done = vemas("check", folder, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    copy = openpyxl.load_workbook(tmp_path / "out" / "marked" / "database_Bestand.xlsx")
    assert copy.sheetnames[0] == "Prüfergebnis"
    assert copy.worksheets[1]["B3"].comment is not None
