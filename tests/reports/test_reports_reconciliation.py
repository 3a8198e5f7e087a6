"""The recounts of the workbook, recalculated by LibreOffice: they agree, and disagree where a record was changed."""

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from recalculated import BAD, GOOD, needs_office, recalculated, recount_rows

from vemas_analytics.analysis import analyse
from vemas_analytics.model.names import TABLES
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reports import compose_before_after, write_workbook
from vemas_analytics.reports.compose import records as records_module
from vemas_analytics.reports.workbook import check_workbook
from vemas_analytics.synthetic import write_demo

DATA = Path(__file__).parents[2] / "data"
KNOTTY = {
    "Anfragen.csv": """Nr.;Eingang;Region;Russisches Unternehmen;Gegenstand;Wert;Währung;Stand
A1;03.02.2013;Swerdlowsk / Tatarstan;OOO Eins;Drehmaschine;10.000,50;EUR;offen
A1;03.02.2013;Kaluga;OOO Eins;Drehmaschine;10.000,50;EUR;geschlossen
A2;Juli 2014;Kaluga;OOO Zwei;Presse;;;offen
A3;2015;Kaluga;OOO Drei;Presse;5000;EUR;offen
A4;Februar 2022;Swerdlowsk;OOO Vier;Presse;7000;EUR;offen
A5;24.02.2022;Perm / Samara / Omsk;OOO Fünf;Presse;1 Mio.;RUB;offen
A6;23.02.2022;;OOO Sechs;Presse;;;
A7;15.03.2020;Tula / Perm;OOO Sieben;Presse;300;EUR;beantwortet
A8;1. Quartal 2016;Tula;OOO Acht;Presse;300;EUR;beantwortet
""",
    "Angebote.csv": """Angebot Nr.;Angebotsdatum;Region;Sächsisches Unternehmen;Wert;Währung;Stand;Entschieden am
B1;05.05.2013;Swerdlowsk / Kaluga;Muster GmbH;100.000;EUR;Auftrag;01.02.2014
B2;05.05.2021;Swerdlowsk;Muster GmbH;100.000;EUR;offen;
B3;06.05.2021;Perm / Samara;Beispiel AG;;EUR;in Verhandlung;
B4;07.05.2021;Kaluga;Beispiel AG;50.000;EUR;verloren;Februar 2022
B5;08.05.2021;Kaluga;Beispiel AG;50.000;EUR;verloren;
B6;09.05.2021;Kaluga;Beispiel AG;70.000;EUR;Auftrag;24.02.2022
B7;Februar 2022;Kaluga;Beispiel AG;70.000;EUR;offen;
B8;2021;Tula;Beispiel AG;12.345,67;EUR;ausgesetzt;
""",
    "Reisen.csv": """Reise;Bezeichnung;Beginn;Ende;Region;Richtung;Art;Unternehmen;Stand
R1;Unternehmerreise;12.06.2013;14.06.2013;Swerdlowsk / Tatarstan / Perm;nach Russland;Unternehmerreise;12;durchgeführt
R1;Unternehmerreise;12.06.2013;14.06.2013;Tatarstan;nach Russland;Unternehmerreise;12;abgesagt
R2;Messe;Mai 2016;;Moskau;nach Russland;Messe;mind. 5;durchgeführt
R3;Delegation;2017;;Kaluga;nach Sachsen;Delegation;3;durchgeführt
R4;Reise;22.02.2022;26.02.2022;Kaluga;nach Russland;Unternehmerreise;4;durchgeführt
""",
}
"""Lists of few rows, each with something that makes counting hard."""


def _documents(sources, *languages):
    settings, tables = load(sources)
    panel = build_panel(tables, settings)
    findings = analyse(tables, panel)
    return [compose_before_after(findings, tables, panel, language=language) for language in languages]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Documents and workbooks of the demo, of the public record and of messier lists of another seed."""
    folder = tmp_path_factory.mktemp("recounts")
    messy = folder / "messy"
    write_demo(messy, seed=20_240_229, scale=1)
    knotty = folder / "knotty"
    knotty.mkdir()
    for name, text in KNOTTY.items():
        (knotty / name).write_text(text, encoding="utf-8")
    found = {}
    for name, source, languages in (
        ("demo", DATA / "demo", ("de", "en")),
        ("record", DATA / "public_record", ("de",)),
        ("messy", messy, ("de",)),
        ("knotty", knotty, ("de",)),
    ):
        for document in _documents([source], *languages):
            path = folder / f"{name}.{document.language}.xlsx"
            write_workbook(document, path)
            found[name, document.language] = (document, path)
    return found


def test_cached_values_all_agree(books):
    for (name, language), (document, path) in books.items():
        lines, told = recount_rows(path, language)
        assert len(lines) == len(document.reconciliation.lines) > (60 if name == "knotty" else 300)
        assert {line[8] for line in lines} == {GOOD[language]}
        assert str(len(lines)) in re.sub(r"(?<=\d)[.,](?=\d)", "", told)


@needs_office
def test_libreoffice_recounts_the_same(books, tmp_path):
    keys = list(books)
    for (name, language), path in zip(keys, recalculated([books[key][1] for key in keys], tmp_path), strict=True):
        lines, told = recount_rows(path, language)
        cached, cached_told = recount_rows(books[name, language][1], language)
        assert {line[8] for line in lines} == {GOOD[language]}
        assert told == cached_told
        for line, kept in zip(lines, cached, strict=True):
            assert not any(str(value).startswith(("#", "Err:")) for value in line)
            assert line[6] == pytest.approx(kept[6], abs=1e-9), line
        assert any(line[6] for line in lines)


@needs_office
def test_a_changed_record_is_noticed(books, tmp_path):
    path = books["demo", "de"][1]
    changes = {"Region": "Nirgendwo", "Eingang": None, "Spätester Eingang": None}
    paths = []
    for number, (column, new) in enumerate(changes.items()):
        book = openpyxl.load_workbook(path)
        sheet = book["Datensätze Anfragen"]
        (table,) = sheet.tables.values()
        top = int(re.search(r"\d+", table.ref).group())
        header = [cell.value for cell in sheet[top]]
        days = [sheet.cell(row, header.index("Eingang") + 1).value for row in range(top + 1, sheet.max_row + 1)]
        row = top + 1 + next(index for index, day in enumerate(days) if day.year == 2013 and day.day < 29)
        cell = sheet.cell(row, header.index(column) + 1)
        cell.value = new or cell.value.replace(year=2018)
        paths.append(tmp_path / f"changed{number}.xlsx")
        book.save(paths[-1])
    for changed in recalculated(paths, tmp_path):
        lines, told = recount_rows(changed, "de")
        bad = [line for line in lines if line[8] == BAD["de"]]
        assert 0 < len(bad) < 20
        assert told.endswith(f": {len(bad)}")
        assert all("Anfragen" in line[0] for line in bad)


def test_page_one_is_recounted_but_for_the_last_activity(books):
    for document, _ in books.values():
        table = next(block for block in document.sections[0].blocks if getattr(block, "key", "") == "regions")
        recounted = {line.place.column for line in document.reconciliation.lines if line.place.table == "regions"}
        assert recounted == {column.key for column in table.columns} - {"region", "last"}


def test_formulas_look_at_raw_columns_and_marks_of_what_counts(books):
    document, _ = books["demo", "de"]
    columns = {
        item.column for line in document.reconciliation.lines for choice in line.choices for item in choice.criteria
    }
    marks = {column for column in columns if column.startswith("in_")}
    assert {"region", "received_on", "received_on_until", "status", "decided_on"} <= columns
    assert "in_total" in marks
    assert not any("phase" in column or "open" in column for column in columns)


def test_beyond_the_limit_records_are_pointed_to_and_nothing_is_recounted(monkeypatch, tmp_path):
    monkeypatch.setattr(records_module, "MOST_RECORDS", 100)
    (document,) = _documents([DATA / "public_record"], "de")
    sizes = {sheet.key: (sheet.is_pointer, len(sheet.rows)) for sheet in document.records}
    assert (True, 1) in sizes.values()
    monkeypatch.setattr(records_module, "MOST_RECORDS", 1)
    (document,) = _documents([DATA / "public_record"], "de")
    assert all(sheet.is_pointer for sheet in document.records)
    assert document.reconciliation.lines == ()
    path = tmp_path / "far.xlsx"
    write_workbook(document, path)
    assert not check_workbook(path)
    book = openpyxl.load_workbook(path)
    head = [row[0] for row in book["Abstimmung"].iter_rows(max_col=1, max_row=8, values_only=True)]
    assert any("nicht möglich" in str(line) for line in head)
    cells = {str(cell) for row in book["Datensätze Reisen"].iter_rows(values_only=True) for cell in row}
    assert "trips.parquet" in cells


def test_only_whole_lists_are_kept_or_pointed_to(books):
    document, _ = books["demo", "de"]
    assert not any(sheet.is_pointer for sheet in document.records)
    assert len(document.records) == len(TABLES)
    assert replace(document, records=()).records == ()
