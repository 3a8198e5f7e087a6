import string
from pathlib import Path

import pandas as pd
import pytest
from literal_lists import load, raw_list

from vemas_analytics.errors import OptionError
from vemas_analytics.etl import problems_frame, write_ledger, write_tables
from vemas_analytics.model.names import TABLES
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.tables import COLUMNS, LEDGER_COLUMNS, PROBLEM_COLUMNS, Tables
from vemas_analytics.reference.problems import read_problem_texts


@pytest.fixture
def tables() -> Tables:
    fields = "inquiry_id received_on region russian_company subject"
    return load(
        raw_list("inquiries", fields, ("A1", 41098, "Kaluga; Tatarstan", "OOO Eins, Ural", "=1+1")),
        raw_list("attendance", "person_name organisation", ("Eva Muster",), facts={"held_on": "31.02.2015"}, sheet="F"),
    )


def test_both_languages_fill_the_same_places() -> None:
    for text in read_problem_texts().values():
        for wording in (text.message, text.remedy):
            places = [
                {name for _, name, _, _ in string.Formatter().parse(wording[lang]) if name} for lang in ("de", "en")
            ]
            assert places[0] == places[1], text.code
            assert wording["de"].strip()


def test_every_code_in_the_source_is_in_the_closed_list() -> None:
    source = "".join(path.read_text("utf-8") for path in Path("src/vemas_analytics/etl").rglob("*.py"))
    known = read_problem_texts()
    assert all(code in known for code in ("date_missing", "names_nothing"))
    unused = [
        code for code in known if f'"{code}"' not in source and not code.startswith(("date_", "other_date_", "amount_"))
    ]
    assert unused == []


def test_problems_are_worded_with_values_as_a_reader_writes_them(tables: Tables) -> None:
    german = problems_frame(tables.problems, "de")
    english = problems_frame(tables.problems, "en")
    assert german.columns.tolist() == list(PROBLEM_COLUMNS)
    serial = german[german["code"] == "date_from_serial"].iloc[0]
    assert serial["message"].startswith("Aus der Zahl „41098“ wurde der 08.07.2012")
    assert "8 July 2012" in english[english["code"] == "date_from_serial"].iloc[0]["message"]
    assert not german["message"].str.contains("[{}]").any()


def test_regions_and_countries_are_named() -> None:
    problems = [
        Problem("region_unknown", "repaired", value="Mustersk", params={"nearest": "RU-SVE"}),
        Problem("out_of_scope", "rejected", value="Minsk", params={"country": "BY"}),
    ]
    messages = problems_frame(problems, "de")["message"].tolist()
    assert "Gebiet Swerdlowsk (RU-SVE)" in messages[0]
    assert "Belarus" in messages[1]


def test_unknown_language_is_refused() -> None:
    with pytest.raises(OptionError, match="de, en"):
        problems_frame([], "fr")  # type: ignore[arg-type]


def test_csv_files(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path / "aus")
    names = sorted(path.name for path in (tmp_path / "aus").iterdir())
    assert names == ["attendance.csv", "inquiries.csv", "ledger.csv", "offers.csv", "problems.csv", "trips.csv"]
    frame = pd.read_csv(tmp_path / "aus" / "inquiries.csv", keep_default_na=False)
    assert frame.columns.tolist() == list(COLUMNS["inquiries"])
    assert frame["received_on"].tolist() == ["2012-07-08", "2012-07-08"]
    assert frame["subject"].tolist() == ["=1+1", "=1+1"]
    ledger = (tmp_path / "aus" / "ledger.csv").read_text("utf-8")
    assert ledger.splitlines()[0] == ",".join(LEDGER_COLUMNS)
    everything = "".join(path.read_text("utf-8") for path in (tmp_path / "aus").iterdir())
    assert "Muster" not in everything


def test_parquet_files_keep_types(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, format="parquet")
    for table in TABLES:
        back = pd.read_parquet(tmp_path / f"{table}.parquet")
        assert back["source_row"].dtype == "Int64"
        assert len(back) == len(tables.frame(table))


def test_unknown_format_is_refused(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="csv, parquet"):
        write_tables(tables, tmp_path, format="xlsx")  # type: ignore[arg-type]


def test_ledger_and_problems_alone(tables: Tables, tmp_path: Path) -> None:
    write_ledger(tables, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["companies.csv", "ledger.csv", "problems.csv"]


def test_parts_of_a_year_are_worded_in_the_readers_language() -> None:
    def said(taken: str) -> list[str]:
        problem = Problem("date_coarsened", "repaired", "inquiries", "a.xlsx", "1", 5, "Datum", "x", {"taken": taken})
        return [problems_frame([problem], language)["message"].item().split("(")[0] for language in ("de", "en")]

    assert said("2012-Q3") == ["Aus „x“ wurde 3. Quartal 2012 ", '"x" was read as quarter 3 of 2012 ']
    assert said("2012-W27") == ["Aus „x“ wurde 27. KW 2012 ", '"x" was read as week 27 of 2012 ']
    assert said("2013-03/2013-05")[0] == "Aus „x“ wurde März 2013 - Mai 2013 "
