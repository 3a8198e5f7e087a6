"""Nobody wonders where a file went: what is passed over is noted, what only accompanies lists is not."""

import os
from pathlib import Path

import pytest

from vemas_analytics.etl.problems import problems_frame
from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Database, Privacy, Settings
from vemas_analytics.model.tables import LEDGER_COLUMNS

LIST = "Eingang;Region;Firma;Betreff\n02.03.2013;Kaluga;OOO Werk;Pressen\n"


def write(folder: Path, *names: str, content: str = LIST) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def notes(*sources: Path, settings: Settings | None = None) -> dict[str, str]:
    problems = discover_files(sources, settings or Settings()).problems
    assert all(problem.severity == "note" for problem in problems)
    return {problem.file: problem.params.get("reason", problem.code) for problem in problems}


def test_each_has_its_reason(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "~$a.xlsx", ".~lock.a.ods#", ".alt.csv", "Protokoll.docx", "Plan.PDF", "a.csv.bak",
          "alle.zip", "crm.accdb", ".versteckt/b.csv")  # fmt: skip
    (tmp_path / "leer" / "ganz").mkdir(parents=True)
    assert notes(tmp_path) == {
        "~$a.xlsx": "lock_file",
        ".~lock.a.ods#": "lock_file",
        ".alt.csv": "hidden",
        ".versteckt": "hidden",
        "Protokoll.docx": "document",
        "Plan.PDF": "document",
        "a.csv.bak": "no_list",
        "alle.zip": "archive",
        "crm.accdb": "access",
        "leer/ganz": "empty_folder",
    }


def test_every_reason_is_said_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, "~$a.xlsx", ".alt.csv", "x.docx", "x.bak", "x.zip", "x.accdb", "x.sqlite")
    (tmp_path / "leer").mkdir()
    problems = discover_files([tmp_path], Settings()).problems
    german, english = (problems_frame(problems, language)["message"] for language in ("de", "en"))
    assert all("{" not in text and ": ." not in text for text in [*german, *english])
    assert not set(german) & set(english)


def test_companions_systems_files_and_results_stay_silent(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "vemas.toml", "corrections.csv", "README.md", ".DS_Store", "Thumbs.db", "desktop.ini",
          "._a.csv", ".git/config", "__MACOSX/a.csv", "schluessel.key", "crm.sqlite")  # fmt: skip
    write(tmp_path, "bericht/manifest.json", content="{}")
    write(tmp_path, "bericht/before-after.de.pdf")
    write(tmp_path, "pruefung/ledger.csv", content=",".join(LEDGER_COLUMNS) + "\n")
    write(tmp_path, "pruefung/a.csv", "pruefung/problems.csv")
    settings = Settings(
        base=tmp_path,
        privacy=Privacy(key_file=Path("schluessel.key")),
        databases=(Database("crm", "sqlite:///crm.sqlite", "t"),),
    )
    assert notes(tmp_path, settings=settings) == {}
    assert [file.name for file in discover_files([tmp_path], settings).files] == ["a.csv"]


def test_an_own_ledger_is_no_result(tmp_path: Path) -> None:
    write(tmp_path, "buch/ledger.csv")
    assert [file.name for file in discover_files([tmp_path], Settings()).files] == ["buch/ledger.csv"]


def test_the_account_of_a_check_in_the_source_itself_is_no_list(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "problems.csv")
    write(tmp_path, "ledger.csv", content=",".join(LEDGER_COLUMNS) + "\n")
    assert [file.name for file in discover_files([tmp_path], Settings()).files] == ["a.csv"]


def test_what_is_ignored_is_not_noted(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "Plan.pdf", "alt/x.bak")
    assert notes(tmp_path, settings=Settings(ignore=("*.pdf", "alt/*"))) == {}


def test_a_file_the_settings_name_is_a_list(tmp_path: Path) -> None:
    write(tmp_path, "export.txt", "export.dat")
    found = discover_files([tmp_path], Settings(files={"export.*": "inquiries"}))
    assert ([file.name for file in found.files], found.problems) == (["export.dat", "export.txt"], ())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_links_do_not_stall(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "sub/b.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "sub" / "kreis").symlink_to(tmp_path, target_is_directory=True)
    assert notes(tmp_path) == {"pipe.csv": "no_file", "sub/kreis": "link"}


def test_a_link_to_nothing_is_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "weg.csv").symlink_to(tmp_path / "gibt_es_nicht.csv")
    (problem,) = discover_files([tmp_path], Settings()).problems
    assert (problem.code, problem.severity, problem.params["reason"]) == ("unreadable_file", "rejected", "no_access")
    assert problem.params["reason_de"] in problems_frame([problem])["message"][0]


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be there")
def test_names_that_are_no_text_are_shown_all_the_same(tmp_path: Path) -> None:
    for raw in (b"Umlaut-\xe4.csv", b"Zeile\n2.csv", b"Klang\x07.csv"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + raw)).write_text(LIST, "utf-8")
    names = [file.name for file in discover_files([tmp_path], Settings()).files]
    assert names == ["Klang\ufffd.csv", "Umlaut-\ufffd.csv", "Zeile\ufffd2.csv"]
    problems_frame([Problem("empty_file", "note", file=name) for name in names])["file"].str.encode("utf-8")
