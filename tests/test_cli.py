"""The command as its users meet it: exit codes, one line for each error, files where they were asked for."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

_LISTS = {
    "Anfragen.csv": (
        "Anfragen russischer Unternehmen;;;\n;;;\n"
        "Anfrage-Nr.;Eingangsdatum;Region;Russisches Unternehmen\n"
        "1;12.03.2019;Swerdlowsk;OOO Muster\n"
        "2;31.02.2019;Tatarstan;OOO Probe\n"
        "3;05.07.2019;Tatarstan;OOO Beispiel\n"
        "4;05.07.2023;Kaluga;OOO Spaet\n"
    )
}


def _vemas(*arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "vemas_analytics", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        check=False,
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "listen"
    folder.mkdir()
    for name, text in _LISTS.items():
        (folder / name).write_text(text, encoding="cp1252")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("reprot",),
        ("report",),
        ("report", "nowhere", "--out", "out"),
        ("report", "nowhere", "--out", "out", "--as-of", "gestern"),
        ("annual", "nowhere", "--out", "out", "--year", "abc"),
        ("check", "nowhere"),
        ("tables", "nowhere", "--out", "out", "--format", "docx"),
        ("inspect", "nowhere.xlsx"),
        ("verify", "nowhere"),
        ("report", "nowhere", "--out", "out", "--lang", "fr"),
    ],
)
def test_a_user_error_is_one_line_and_exit_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = _vemas(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("vemas: ")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_key_names_the_nearest(office: Path, tmp_path: Path) -> None:
    (office / "vemas.toml").write_text("[stop]\nefective_from = 2022-02-24\n", encoding="utf-8")
    done = _vemas("check", office)
    assert done.returncode == 2
    assert "efective_from" in done.stderr
    assert "effective_from" in done.stderr.replace("efective_from", "", 1)
    assert done.stderr.count("\n") == 1


def test_a_folder_without_a_table_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("nur;ein;Zettel\n", encoding="utf-8")
    done = _vemas("check", tmp_path)
    assert done.returncode == 2
    assert str(tmp_path) in done.stderr


def test_check_strict_answers_1_when_something_was_rejected(office: Path, tmp_path: Path) -> None:
    assert _vemas("check", office).returncode == 0
    done = _vemas("check", office, "--strict", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "31.02.2019" in (tmp_path / "out" / "problems.csv").read_text("utf-8")
    ledger = (tmp_path / "out" / "ledger.csv").read_text("utf-8").splitlines()
    assert ledger[0].startswith("file,sheet,table,header_row,rows_read,rows_kept,rows_set_aside,sum,footnote")
    assert ledger[1].startswith("Anfragen.csv,,inquiries,3,4,3,1,")


def test_tables_writes_the_contract_files(office: Path, tmp_path: Path) -> None:
    assert _vemas("tables", office, "--out", tmp_path / "out").returncode == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["attendance.csv", "inquiries.csv", "ledger.csv", "offers.csv", "problems.csv", "trips.csv"]
    lines = (tmp_path / "out" / "inquiries.csv").read_text("utf-8").splitlines()
    assert lines[1].startswith("1,2019-03-12,day,RU-SVE,OOO Muster,")


def test_report_then_verify_then_tamper(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = _vemas("report", office, "--out", out, "--lang", "de")
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in out.iterdir())
    files = [f"before-after.de.{kind}" for kind in ("html", "pdf", "xlsx")]
    assert names == [*files, "findings.json", "manifest.json"]
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert set(manifest["inputs"]) == {"../listen/Anfragen.csv"}
    assert str(tmp_path) not in (out / "manifest.json").read_text("utf-8")
    assert _vemas("verify", out).returncode == 0
    moved = tmp_path / "anderswo"
    shutil.move(office, moved)
    assert _vemas("verify", out).returncode == 2
    assert _vemas("verify", out, "--source", moved).returncode == 0
    with (moved / "Anfragen.csv").open("a", encoding="cp1252") as stream:
        stream.write("5;06.07.2019;Tatarstan;OOO Neu\n")
    done = _vemas("verify", out, "--source", moved)
    assert done.returncode == 1
    assert "findings.json" in done.stdout


def test_another_commands_folder_is_refused(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _vemas("annual", office, "--year", "2019", "--out", out).returncode == 0
    assert (out / "annual-2019.de.pdf").exists()
    done = _vemas("report", office, "--out", out)
    assert done.returncode == 2
    assert "annual" in done.stderr


def test_regions_from_arguments_and_from_stdin() -> None:
    answers = json.loads(_vemas("regions", "Jekaterinburg", "Nowgorod", "Minsk", "--json").stdout)
    assert [item["code"] for item in answers] == ["RU-SVE", None, None]
    assert [item["status"] for item in answers] == ["city", "ambiguous", "out_of_scope"]
    piped = json.loads(_vemas("regions", "--json", stdin="Татарстан\nSwerdlowsk / Kaluga\n").stdout)
    assert [item["status"] for item in piped][1] == "several"
    assert [item["code"] for item in piped[1]["candidates"]] == ["RU-SVE", "RU-KLU"]


def test_inspect_json_has_the_agreed_shape(office: Path) -> None:
    seen = json.loads(_vemas("inspect", office / "Anfragen.csv", "--json").stdout)
    assert seen["format"] == "csv"
    assert seen["delimiter"] == ";"
    (table,) = seen["sheets"][0]["tables"]
    assert table["header_row"] == 3
    assert table["n_rows"] == 4
    assert table["columns"] == ["Anfrage-Nr.", "Eingangsdatum", "Region", "Russisches Unternehmen"]


def test_an_unreadable_file_is_a_problem_and_the_rest_still_loads(office: Path) -> None:
    (office / "kaputt.xlsx").write_bytes(b"PK\x03\x04 nothing else")
    done = _vemas("check", office)
    assert done.returncode == 0
    assert "kaputt.xlsx" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_public_edition_tells_no_name_from_free_text(tmp_path: Path) -> None:
    lists, out = tmp_path / "listen", tmp_path / "out"
    lists.mkdir()
    (lists / "Reisen.csv").write_text(
        "Nr.;Titel;Zeitraum;Region;Art;Veranstalter\n"
        "1;Besuch Werk Geheim GmbH (Frau Petra Geheim);08.-12.07.2019;Swerdlowsk;Unternehmerreise;Werk Geheim GmbH\n"
        "2;Delegation Kasan;08.-12.08.2019;Tatarstan;Delegation;WFS\n",
        encoding="cp1252",
    )
    assert _vemas("report", lists, "--out", out, "--edition", "public").returncode == 0
    with zipfile.ZipFile(out / "before-after.de.xlsx") as package:
        texts = b"".join(package.read(name) for name in package.namelist())
    assert b"Geheim" not in texts
    assert "Geheim" not in (out / "findings.json").read_text("utf-8")
    text = "".join(page.extract_text() for page in PdfReader(out / "before-after.de.pdf").pages)
    assert "Geheim" not in text
    assert "Unternehmerreise" in text


def test_check_says_which_column_it_did_not_know(office: Path) -> None:
    (office / "Anfragen.csv").write_text(
        "Anfragen russischer Unternehmen;;;;\n;;;;\n"
        "Anfrage-Nr.;Eingangsdatum;Region;Russisches Unternehmen;Schuhgröße\n"
        "1;12.03.2019;Swerdlowsk;OOO Muster;43\n",
        encoding="cp1252",
    )
    done = _vemas("check", office)
    assert "Schuhgröße" in done.stdout
    assert "--out" in done.stdout
