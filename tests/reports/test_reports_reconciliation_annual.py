"""The annual workbook recounts the year's figures from its records; LibreOffice works them out anew and agrees."""

from pathlib import Path

import openpyxl
import pytest
from recalculated import BAD, GOOD, needs_office, recalculated, recount_rows

from vemas_analytics.analysis import analyse_year
from vemas_analytics.model.names import TOTAL
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reports import compose_annual, write_workbook
from vemas_analytics.reports.workbook import check_workbook

DATA = Path(__file__).parents[2] / "data"
KNOTTY = {
    "Anfragen.csv": """Nr.;Eingang;Region;Russisches Unternehmen;Gegenstand;Wert;Währung;Stand
A1;03.02.2021;Swerdlowsk / Tatarstan;OOO Eins;Drehmaschine;10.000,50;EUR;offen
A2;Juli 2021;Kaluga;OOO Zwei;Presse;;;offen
A3;2021;Kaluga;OOO Drei;Presse;5000;EUR;offen
A4;Juni 2022;Swerdlowsk;OOO Vier;Presse;7000;EUR;offen
A5;15.06.2022;Perm / Samara;OOO Fünf;Presse;8000;EUR;offen
A6;16.06.2022;Perm;OOO Sechs;Presse;8000;EUR;offen
A7;1. Quartal 2022;Tula;OOO Sieben;Presse;300;EUR;beantwortet
A8;31.12.2021;Tula;OOO Acht;Presse;300;EUR;beantwortet
A9;Winter 2021/2022;Tula;OOO Neun;Presse;300;EUR;beantwortet
""",
    "Angebote.csv": """Angebot Nr.;Angebotsdatum;Region;Sächsisches Unternehmen;Wert;Währung;Stand;Entschieden am
B1;05.05.2021;Swerdlowsk / Kaluga;Muster GmbH;100.000;EUR;Auftrag;01.02.2022
B2;06.05.2021;Kaluga;Beispiel AG;70.000;EUR;Auftrag;01.09.2022
B3;07.05.2021;Perm;Beispiel AG;;EUR;in Verhandlung;
B4;08.05.2022;Kaluga;Beispiel AG;50.000;EUR;verloren;
B5;09.05.2022;Kaluga;Beispiel AG;12.345,67;EUR;zurückgezogen;Mai 2022
B6;10.05.2022;Tula;Beispiel AG;1;EUR;ausgesetzt;
B7;11.05.2022;Tula;Beispiel AG;2;EUR;;
""",
    "Reisen.csv": """Reise;Bezeichnung;Beginn;Ende;Region;Richtung;Art;Unternehmen;Stand
R1;Unternehmerreise;12.06.2021;14.06.2021;Swerdlowsk / Tatarstan;nach Russland;Unternehmerreise;12;durchgeführt
R2;Messe;Mai 2022;;Moskau;nach Russland;Messe;mind. 5;durchgeführt
R3;Reise;22.02.2022;26.02.2022;Kaluga;nach Russland;Unternehmerreise;4;durchgeführt
R4;Reise;23.02.2022;26.02.2022;Kaluga;nach Russland;Unternehmerreise;4;abgesagt
""",
    "vemas.toml": "[report]\nas_of = 2022-06-15\n"
    + "".join(
        f'[coverage.{table}]\nstate = "recorded"\nfrom = 2016-01-01\nto = 2024-12-31\nconfirmed_by = "X"\n'
        for table in ("inquiries", "offers", "trips")
    ),
}
"""A year cut by the reference date, dates of every precision, decisions that are not known yet."""


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("annual")
    knotty = folder / "knotty"
    knotty.mkdir()
    for name, text in KNOTTY.items():
        (knotty / name).write_text(text, encoding="utf-8")
    found = {}
    for name, source, year, languages in (
        ("demo", DATA / "demo", 2022, ("de", "en")),
        ("record", DATA / "public_record", 2013, ("de",)),
        ("knotty", knotty, 2022, ("de",)),
    ):
        settings, tables = load([source])
        panel = build_panel(tables, settings)
        findings = analyse_year(tables, panel, year)
        for language in languages:
            document = compose_annual(findings, tables, panel, year, language=language)
            path = folder / f"{name}.{language}.xlsx"
            write_workbook(document, path)
            found[name, language] = (document, path, findings)
    return found


FEWEST = {"demo": 400, "record": 100, "knotty": 100}


def test_every_recount_agrees_and_no_rule_is_broken(books):
    for (name, language), (document, path, _) in books.items():
        lines, told = recount_rows(path, language)
        assert len(lines) == len(document.reconciliation.lines) >= FEWEST[name]
        assert [line for line in lines if line[8] != GOOD[language]] == []
        assert f"{len(lines)}" in told
        assert not check_workbook(path)


@needs_office
def test_libreoffice_recounts_the_same(books, tmp_path):
    keys = list(books)
    for (name, language), path in zip(keys, recalculated([books[key][1] for key in keys], tmp_path), strict=True):
        lines, told = recount_rows(path, language)
        kept, kept_told = recount_rows(books[name, language][1], language)
        assert {line[8] for line in lines} == {GOOD[language]}
        assert told == kept_told
        for line, cached in zip(lines, kept, strict=True):
            assert not any(str(value).startswith(("#", "Err:")) for value in line)
            assert line[6] == pytest.approx(cached[6], abs=1e-9), line
        assert sum(bool(line[6]) for line in lines) > len(lines) / 8


@needs_office
def test_a_changed_record_is_noticed(books, tmp_path):
    book = openpyxl.load_workbook(books["demo", "de"][1])
    sheet = book["Datensätze Angebote"]
    (table,) = sheet.tables.values()
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == table.tableColumns[0].name)
    header = [cell.value for cell in sheet[top]]
    dates, values = header.index("Angebotsdatum") + 1, header.index("Wert in Euro") + 1
    row = next(
        row
        for row in range(top + 1, sheet.max_row + 1)
        if sheet.cell(row, dates).value.year == 2021 and sheet.cell(row, values).value
    )
    sheet.cell(row, values).value = sheet.cell(row, values).value + 1000
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    (path,) = recalculated([changed], tmp_path)
    lines, told = recount_rows(path, "de")
    bad = [line for line in lines if line[8] == BAD["de"]]
    assert bad
    assert {line[0].split(":")[0] for line in bad} <= {"Angebotssumme", "Auftragswert nach Angaben der Unternehmen"}
    assert {line[2] for line in bad if line[0].startswith("Angebotssumme")} == {"2021"}
    assert told.endswith(f": {len(bad)}")


def test_the_key_figures_of_the_year_are_among_the_recounts(books):
    document, path, findings = books["demo", "de"]
    lines, _ = recount_rows(path, "de")
    for measure, label in (
        ("inquiries", "Anfragen: Anzahl"),
        ("trips", "Reisen, Delegationen und Messebeteiligungen: Anzahl"),
    ):
        value = findings.get("annual", measure, TOTAL, "2022").estimate.value
        found = {line[6] for line in lines if line[0] == label and line[1] == "Gesamt" and line[2] == "2022"}
        assert found == {value}
    recounted = {line.place.table for line in document.reconciliation.lines}
    assert {
        "annual_measures",
        "annual_years",
        "annual_inquiries",
        "annual_months_offers",
        "annual_cohort_offers",
    } <= recounted


def test_a_decision_after_the_reference_date_is_still_open(books):
    lines, _ = recount_rows(books["knotty", "de"][1], "de")
    states = {(line[0], line[2]): (line[5], line[6]) for line in lines if "des Jahres" in line[0]}
    assert states["Angebote des Jahres, Auftrag", "2021"] == (1, 1)
    assert states["Angebote des Jahres, offen", "2021"] == (2, 2)


def test_the_public_edition_recounts_nothing(books):
    settings, tables = load([DATA / "demo"])
    panel = build_panel(tables, settings)
    document = compose_annual(analyse_year(tables, panel, 2022), tables, panel, 2022, language="de", edition="public")
    assert document.reconciliation is None
    assert document.records == ()
