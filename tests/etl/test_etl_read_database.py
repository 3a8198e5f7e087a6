import datetime as dt
import json
import sqlite3
from importlib.util import find_spec
from pathlib import Path

import pytest

from vemas_analytics import load
from vemas_analytics.config import read_settings
from vemas_analytics.errors import ConfigError, InputError
from vemas_analytics.etl import problems_frame
from vemas_analytics.etl.reading.read_database import read_database
from vemas_analytics.model.settings import Database, Limits, Settings
from vemas_analytics.pipeline import ReportRequest, write_reports

ROWS = [
    (2, "2013-05-02", "Kaluga", "OOO Werk", "Pressen", 1234.5, "offen"),
    (1, "08.07.2012", "Gebiet Swerdlowsk", "OAO Ural", "Fräsmaschinen", 12000, "offen"),
    (3, "Juli 2014", "Perm", "OOO Perm", None, None, "offen"),
]
TOML = '[[databases]]\nname = "crm"\nurl = "sqlite:///crm.sqlite"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "crm.sqlite") as connection:
        connection.execute(
            "CREATE TABLE anfragen (Nr INTEGER PRIMARY KEY, Eingang DATE, Region TEXT, Firma TEXT, Betreff TEXT,"
            " Wert_EUR NUMERIC, Status TEXT)"
        )
        connection.executemany("INSERT INTO anfragen VALUES (?, ?, ?, ?, ?, ?, ?)", ROWS)
        connection.execute("CREATE VIEW ohne_schluessel AS SELECT Region, Eingang FROM anfragen")
    connection.close()
    return tmp_path


def database(table: str = "anfragen", query: str = "", url: str = "sqlite:///crm.sqlite", **more: str) -> Database:
    return Database("crm", url, "" if query else table, query, **more)


def reason(folder: Path, entry: Database, **more: object) -> str:
    read, (problem,) = read_database(entry, Settings(base=folder, **more))  # type: ignore[arg-type]
    assert (read.tables, problem.code, problem.severity) == ((), "unreadable_database", "rejected")
    assert problem.file == "database:crm"
    return problem.params["reason"]


def test_a_table_is_a_list_in_the_order_of_its_key(folder: Path) -> None:
    read, problems = read_database(database(), Settings(base=folder))
    assert problems == ()
    (table,) = read.tables
    assert (read.format, table.file, table.table, table.header_rows) == ("database", "database:crm", "inquiries", (1,))
    assert [(row.number, row.cells[:2]) for row in table.rows] == [
        (2, (1, "08.07.2012")),
        (3, (2, "2013-05-02")),
        (4, (3, "Juli 2014")),
    ]
    assert table.rows[1].cells[5] == 1234.5


def test_rows_have_an_account_and_their_source(folder: Path) -> None:
    (folder / "vemas.toml").write_text(TOML + 'table = "anfragen"\n', "utf-8")
    _, tables = load(folder)
    (line,) = tables.ledger.to_dict("records")
    assert (line["file"], line["table"], line["rows_read"], line["rows_kept"]) == ("database:crm", "inquiries", 3, 3)
    assert [day.date() for day in tables.inquiries["received_on"]][:2] == [dt.date(2012, 7, 8), dt.date(2013, 5, 2)]
    assert list(tables.inquiries["source_row"]) == [2, 3, 4]
    assert set(tables.inquiries["source_file"]) == {"database:crm"}
    assert [problem.file for problem in tables.problems if problem.code == "file_passed_over"] == []


def test_the_hash_is_that_of_the_rows(folder: Path) -> None:
    settings = Settings(base=folder)
    first = read_database(database(), settings)[0].source.sha256
    assert read_database(database(), settings)[0].source.sha256 == first
    ordered = read_database(database(query="SELECT * FROM anfragen ORDER BY Nr"), settings)[0].source.sha256
    assert ordered == first
    with sqlite3.connect(folder / "crm.sqlite") as connection:
        connection.execute("UPDATE anfragen SET Wert_EUR = '12000' || 'x' WHERE Nr = 1")
    connection.close()
    assert read_database(database(), settings)[0].source.sha256 != first


def test_without_an_order_the_rows_come_in_that_of_their_values(folder: Path) -> None:
    for entry in (database("ohne_schluessel"), database(query="SELECT Region, Eingang FROM anfragen")):
        read, _ = read_database(entry, Settings(base=folder))
        assert [row[0] for row in read.sheets[0].rows] == ["Region", "Gebiet Swerdlowsk", "Kaluga", "Perm"]


def test_what_it_holds_can_be_said(folder: Path) -> None:
    text = TOML + 'query = "SELECT Nr AS a, Eingang AS b, Firma AS c FROM anfragen ORDER BY Nr"\nlist = "offers"\n'
    columns = '[columns.offers]\na = "offer_id"\nb = "offered_on"\nc = "russian_company"\n'
    (folder / "vemas.toml").write_text(text + columns, "utf-8")
    _, tables = load(folder)
    assert list(tables.offers["offer_id"]) == ["1", "2", "3"]
    assert len(tables.inquiries) == 0


def test_each_failure_has_its_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reason(folder, database("gibt_es_nicht")) == "no_table"
    assert reason(folder, database(query="SELECT x FROM anfragen")) == "bad_query"
    assert reason(folder, database(url="sqlite:///fehlt.sqlite")) == "no_access"
    assert not (folder / "fehlt.sqlite").exists()
    assert reason(folder, database(url="gibtesnicht://server/db")) == "no_driver"
    monkeypatch.delenv("CRM_PASSWORT", raising=False)
    assert reason(folder, database(password_env="CRM_PASSWORT")) == "no_password"
    (folder / "kaputt.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert reason(folder, database(url="sqlite:///kaputt.sqlite")) in {"bad_query", "no_connection"}


@pytest.mark.skipif(find_spec("psycopg") is not None, reason="the driver is there")
def test_a_missing_driver_is_said(folder: Path) -> None:
    assert reason(folder, database(url="postgresql+psycopg://leserin@localhost/crm")) == "no_driver"


def test_nothing_can_be_changed(folder: Path) -> None:
    before = (folder / "crm.sqlite").read_bytes()
    query = "WITH x AS (SELECT 1) DELETE FROM anfragen"
    assert reason(folder, database(query=query)) in {"bad_query", "no_connection"}
    assert (folder / "crm.sqlite").read_bytes() == before


def test_an_endless_query_ends(folder: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    assert reason(folder, database(query=endless), limits=Limits(seconds=1)) == "too_slow"


def test_a_database_that_fails_costs_no_other_list(folder: Path) -> None:
    (folder / "Anfragen.csv").write_text("Eingang;Region;Firma;Betreff\n02.03.2013;Kaluga;OOO Werk;Pressen\n", "utf-8")
    (folder / "vemas.toml").write_text(TOML + 'table = "weg"\n', "utf-8")
    _, tables = load(folder)
    assert len(tables.inquiries) == 1
    (problem,) = [problem for problem in tables.problems if problem.code == "unreadable_database"]
    message = problems_frame([problem])["message"][0]
    assert "keine Tabelle dieses Namens" in message
    (folder / "Anfragen.csv").unlink()
    with pytest.raises(InputError, match="no table of this name"):
        load(folder)


def test_the_password_is_nowhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_PASSWORT", "geheim-4711")
    (folder / "vemas.toml").write_text(TOML + 'table = "anfragen"\npassword_env = "CRM_PASSWORT"\n', "utf-8")
    write_reports(ReportRequest((folder,), folder / "out"))
    manifest = json.loads((folder / "out" / "manifest.json").read_text("utf-8"))
    assert "database:crm" in manifest["inputs"]
    assert not [path for path in (folder / "out").iterdir() if b"geheim-4711" in path.read_bytes()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('url = "postgresql://nutzer:geheim@server/db"\ntable = "t"', "holds a password"),
        ('url = "postgresql://server/db?password=geheim"\ntable = "t"', "holds a password"),
        ('url = "C:\\\\crm.sqlite"\ntable = "t"', "no address"),
        ('url = "sqlite:///a"', "neither a table nor a query"),
        ('url = "sqlite:///a"\ntable = "t"\nquery = "SELECT 1"', "both a table and a query"),
        ('url = "sqlite:///a"\nquery = "DELETE FROM t"', "is no SELECT"),
        ('url = "sqlite:///a"\ntable = "t"\npassword = "geheim"', "did you mean 'password_env'"),
    ],
)
def test_a_wrong_entry_is_refused_without_repeating_it(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "vemas.toml").write_text(f'[[databases]]\nname = "x"\n{text}\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_settings(tmp_path / "vemas.toml")
    assert words in str(caught.value)
    assert "geheim" not in str(caught.value)


def test_names_are_unique(tmp_path: Path) -> None:
    entry = '[[databases]]\nname = "x"\nurl = "sqlite:///a"\ntable = "t"\n'
    (tmp_path / "vemas.toml").write_text(entry + entry.replace('"x"', '"X"'), "utf-8")
    with pytest.raises(ConfigError, match="twice"):
        read_settings(tmp_path / "vemas.toml")
