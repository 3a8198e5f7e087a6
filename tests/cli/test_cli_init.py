"""`vemas init`: by options, by questions, and never over what is there."""

import sys
from pathlib import Path

import pytest
from vemas_command import vemas, vemas_on_terminal

from vemas_analytics.config import read_settings


def test_by_options_and_then_checked(tmp_path: Path) -> None:
    folder = tmp_path / "neu"
    done = vemas(
        "init", folder, "--name", "Netzwerk Süd", "--coverage", "inquiries=recorded,2012-01,2024-12,Leitung, Büro",
        "--coverage", "offers=not_recorded", "--ordered-on", "2022-03-01",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "Noch offen sind Angaben zu: Reisen, Forumsteilnahmen." in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["Erfassung.xlsx", "vemas.toml"]
    found = read_settings(folder / "vemas.toml")
    assert found.organisation.name == "Netzwerk Süd"
    assert found.coverage["inquiries"].confirmed_by == "Leitung, Büro"
    assert found.coverage["offers"].state == "not_recorded"
    checked = vemas("check", folder)
    assert checked.returncode == 0
    assert "nicht übernommen 0, angepasst 0, Hinweise 0" in checked.stdout


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    assert vemas("init", tmp_path / "a", stdin="Name\nKontakt\n").returncode == 0
    assert read_settings(tmp_path / "a" / "vemas.toml").organisation.name == ""


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "Erfassung.xlsx").write_text("mein")
    done = vemas("init", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "gibt es schon" in done.stderr
    assert (tmp_path / "Erfassung.xlsx").read_text() == "mein"
    assert not (tmp_path / "vemas.toml").exists()


@pytest.mark.parametrize(
    "option",
    [
        ("--coverage", "Anfragen=recorded"),
        ("--coverage", "inquiries=recorded"),
        ("--coverage", "inquiries=recorded,2012-13,2024-12"),
        ("--coverage", "inquiries=recorded,2024-12,2012-01"),
        ("--effective-from", "gestern"),
        ("--effective-from", "2021-01-01", "--event-on", "2022-01-01"),
    ],
)
def test_what_contradicts_itself_is_one_line_and_no_file(tmp_path: Path, option: tuple[str, ...]) -> None:
    done = vemas("init", tmp_path / "x", *option)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "x").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
def test_questions_on_a_terminal(tmp_path: Path) -> None:
    typed = [
        "Netzwerk Nord", "",  # name, contact left open
        "v", "2012-01", "bald", "2011-12", "2012-01", "2024-12", "Leitung",  # a slip and an end before the beginning
        "n", "Leitung", "x", "", "t", "2015-01-01", "2020-06-30", "",
        "", "2022-03-01", "", "", "Vorstand",
    ]  # fmt: skip
    code, shown = vemas_on_terminal("init", tmp_path / "x", answers="\n".join(typed) + "\n")
    assert code == 0, shown
    assert "Das ist weder JJJJ-MM noch JJJJ-MM-TT." in shown
    assert "Das Ende liegt vor dem Beginn." in shown
    assert "Bitte v, t oder n eingeben." in shown
    found = read_settings(tmp_path / "x" / "vemas.toml")
    assert found.organisation.name == "Netzwerk Nord"
    assert {table: statement.state for table, statement in found.coverage.items()} == {
        "inquiries": "recorded",
        "offers": "not_recorded",
        "attendance": "partial",
    }
    assert found.coverage["inquiries"].confirmed_by == "Leitung"
    assert str(found.stop.ordered_on) == "2022-03-01"
    assert found.stop.authority == "Vorstand"
