"""What one file may cost: time by its size, as many faults as can be listed; whatever costs more is one problem."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from literal_lists import TODAY, raw_list

from vemas_analytics.etl.clean.files import clean_files
from vemas_analytics.etl.clean.records import CleaningRules
from vemas_analytics.etl.load import load_tables
from vemas_analytics.etl.reading.time_limit import seconds_to_clean
from vemas_analytics.model.settings import Limits, Settings
from vemas_analytics.model.sheets import RawSheet, ReadFile, SourceFile

MIB = 1024 * 1024
HEAD = "Eingang;Region;Firma;Betreff;Status\n"
FIELDS = "received_on region russian_company subject status"


def file(name: str, size: int = 100, seconds: float = 0.0, rows: int = 3) -> ReadFile:
    cells = [(dt.date(2013, 3, 1 + at % 28), "Perm", f"OOO Werk {at}", "Pressen", "offen") for at in range(rows)]
    raw = raw_list("inquiries", FIELDS, *cells, file=name)
    source = SourceFile(Path(name), name, "0" * 64, size)
    return ReadFile(source, "csv", (raw,), (RawSheet("Blatt", tuple(cells)),), seconds=seconds)


@pytest.mark.parametrize(
    ("limits", "size", "seconds"),
    [
        (Limits(), MIB, 20.0),
        (Limits(), 90 * MIB, 90.0),
        (Limits(seconds=5, seconds_per_mib=2.5), 4 * MIB, 10.0),
        (Limits(seconds=5, seconds_per_mib=0), 500 * MIB, 5.0),
    ],
)
def test_a_long_text_list_may_take_longer(limits: Limits, size: int, seconds: float) -> None:
    assert limits.seconds_for_text(size) == pytest.approx(seconds)


def test_cleaning_has_what_reading_left_of_the_time() -> None:
    long = file("a.csv", 90 * MIB, seconds=30.0)
    assert seconds_to_clean(long, Limits()) == pytest.approx(60.0)
    assert seconds_to_clean(replace(long, format="xlsx"), Limits()) == pytest.approx(-10.0)


def test_a_file_that_takes_too_long_to_clean_is_one_problem_and_the_others_count() -> None:
    files = [file("gut.csv"), file("langsam.csv", seconds=1e9, rows=20_000), file("gut2.csv")]
    cleaned, (problem,) = clean_files(files, CleaningRules(Settings(), TODAY))
    assert (problem.file, problem.code, problem.params["reason"]) == ("langsam.csv", "unreadable_file", "too_slow")
    assert [item.raw.file for item in cleaned] == ["gut.csv", "gut2.csv"]
    assert [(read.source.name, len(read.tables)) for read in files] == [
        ("gut.csv", 1),
        ("langsam.csv", 0),
        ("gut2.csv", 1),
    ]


def test_more_faults_than_can_be_listed_are_one_problem_and_the_others_count(tmp_path: Path) -> None:
    bad = "".join(f"01.02.2013;Perm;OOO Werk {at};Pressen;vielleicht\n" for at in range(64 * 256 + 1))
    (tmp_path / "schlecht.csv").write_text(HEAD + bad, "utf-8")
    (tmp_path / "gut.csv").write_text(HEAD + "01.02.2013;Perm;OOO Werk;Pressen;vielleicht\n", "utf-8")
    tables = load_tables([tmp_path], Settings(limits=Limits(memory_mib=64)), today=TODAY)
    (refused,) = (problem for problem in tables.problems if problem.code == "unreadable_file")
    assert (refused.file, refused.params["reason"]) == ("schlecht.csv", "too_many_faults")
    assert list(tables.inquiries["source_file"]) == ["gut.csv"]
    ledger = tables.ledger.set_index("file")
    assert list(ledger.loc["schlecht.csv", ["rows_read", "rows_kept", "rows_set_aside"]]) == [0, 0, 0]
    assert list(ledger.loc["gut.csv", ["rows_read", "rows_kept"]]) == [1, 1]


def test_a_cleaned_file_keeps_only_cells_that_are_asked_for_later() -> None:
    raw = raw_list(
        "attendance", "held_on person_name organisation persons", (dt.date(2013, 3, 1), "Anna Muster", "GmbH", 1),
        (None, None, "Summe", 1), sums=[1],
    )  # fmt: skip
    read = ReadFile(SourceFile(Path("a"), "a.csv", "0" * 64, 9), "csv", (raw,), (RawSheet("Blatt", raw.rows.cells),))
    files = [read]
    (item,), _ = clean_files(files, CleaningRules(Settings(), TODAY))
    assert files[0].sheets[0].rows == ()
    assert item.raw is files[0].tables[0]
    assert list(item.raw.rows.cells) == [(None, "Anna Muster", None, 1), (None, None, "Summe", 1)]
    assert (list(item.raw.rows.numbers), dict(item.raw.rows.reasons)) == ([5, 6], {1: "sum"})
    assert raw.rows.cells[0][2] == "GmbH"


def test_a_list_whose_cells_name_many_regions_each_does_not_outgrow_the_memory() -> None:
    many = " / ".join(("Perm", "Kaluga", "Tatarstan", "Tula", "Omsk", "Tomsk", "Pskow", "Samara"))
    cells = [("01.02.2013", many, "OOO Werk", "Pressen", "offen")] * 17_000
    raw = raw_list("inquiries", FIELDS, *cells, file="viele.csv")
    read = ReadFile(SourceFile(Path("a"), "viele.csv", "0" * 64, 9), "csv", (raw,))
    cleaned, (problem,) = clean_files([read], CleaningRules(Settings(limits=Limits(memory_mib=64)), TODAY))
    assert (cleaned, problem.params["reason"]) == ([], "too_large")
    read = ReadFile(SourceFile(Path("a"), "viele.csv", "0" * 64, 9), "csv", (raw,))
    cleaned, problems = clean_files([read], CleaningRules(Settings(), TODAY))
    assert (len(cleaned), problems) == (1, [])


def test_a_long_list_of_participants_of_an_unknown_forum_is_refused_row_by_row() -> None:
    cells = [("Forum X", "OOO Werk", "Gast")] * 1_001
    raw = raw_list("attendance", "forum_id organisation role", *cells, file="gast.csv")
    read = ReadFile(SourceFile(Path("a"), "gast.csv", "0" * 64, 9), "csv", (raw,))
    (item,), problems = clean_files([read], CleaningRules(Settings(), TODAY))
    assert (len(item.set_aside), len(item.records.rows), problems) == (1_001, 0, [])
