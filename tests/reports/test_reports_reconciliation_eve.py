"""Inquiries open on the eve of the stop, recounted from their records: each way to be open, ended or unknown."""

import pytest
from recalculated import GOOD, needs_office, recalculated, recount_rows

from vemas_analytics.analysis import analyse
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reports import compose_before_after, write_workbook
from vemas_analytics.reports.workbook import check_workbook

INQUIRIES = """Nr.;Eingang;Region;Russisches Unternehmen;Gegenstand;Wert;Währung;Stand;Geschlossen am
Q1;05.05.2021;Swerdlowsk;OOO Eins;Presse;1000;EUR;offen;
Q2;06.05.2021;Swerdlowsk;OOO Zwei;Presse;;;beantwortet;
Q3;07.05.2021;Swerdlowsk;OOO Drei;Presse;4000;EUR;geschlossen;01.03.2022
Q4;08.05.2021;Swerdlowsk;OOO Vier;Presse;8000;EUR;geschlossen;01.02.2022
Q5;09.05.2021;Swerdlowsk;OOO Fünf;Presse;8000;EUR;geschlossen;
Q6;10.05.2021;Kaluga;OOO Sechs;Presse;8000;EUR;;
Q7;11.05.2021;Kaluga;OOO Sieben;Presse;8000;EUR;Angebot abgegeben;
Q8;12.05.2021;Kaluga;OOO Acht;Presse;16000;EUR;Angebot abgegeben;
Q9;13.05.2021;Kaluga;OOO Neun;Presse;8000;EUR;Angebot abgegeben;
Q10;14.05.2021;Kaluga;OOO Zehn;Presse;8000;EUR;Angebot abgegeben;
Q11;15.05.2021;Tula;OOO Elf;Presse;8000;EUR;offen;
Q12;Februar 2022;Tula;OOO Zwölf;Presse;8000;EUR;offen;
Q13;16.05.2021;Tula;OOO Dreizehn;Presse;8000;EUR;geschlossen;Februar 2022
Q14;17.05.2021;Swerdlowsk / Tula;OOO Vierzehn;Presse;32000;EUR;offen;
"""
OFFERS = """Angebot Nr.;Anfrage Nr.;Angebotsdatum;Region;Sächsisches Unternehmen;Wert;Währung;Stand;Entschieden am
B1;Q7;10.01.2022;Kaluga;Muster GmbH;100;EUR;Auftrag;01.02.2022
B2;Q8;10.03.2022;Kaluga;Muster GmbH;100;EUR;offen;
B3;Q10;Februar 2022;Kaluga;Muster GmbH;100;EUR;verloren;
B4;Q11;20.06.2021;Tula;Muster GmbH;100;EUR;verloren;
B5;Q11;20.06.2023;Tula;Muster GmbH;100;EUR;offen;
B6;;21.06.2021;Tula;Muster GmbH;100;EUR;offen;
B7;;22.06.2021;Tula;Muster GmbH;100;EUR;verloren;Februar 2022
"""
SETTINGS = "[report]\nas_of = 2024-12-31\n" + "".join(
    f'[coverage.{table}]\nstate = "recorded"\nfrom = 2012-01-01\nto = 2024-12-31\nconfirmed_by = "X"\n'
    for table in ("inquiries", "offers")
)
WORDS = {"n_open": "offen", "value": "T€", "n_value_known": "Anzahl mit Wert", "n_unknown": "unbekannt"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("eve")
    for name, text in (("Anfragen.csv", INQUIRIES), ("Angebote.csv", OFFERS), ("vemas.toml", SETTINGS)):
        (folder / name).write_text(text, encoding="utf-8")
    settings, tables = load([folder])
    panel = build_panel(tables, settings)
    document = compose_before_after(analyse(tables, panel), tables, panel, language="de")
    path = folder / "eve.xlsx"
    write_workbook(document, path)
    return document, path


def _recounted(rows, what, region):
    (found,) = [row for row in rows if row[0] == what and row[1] == region]
    return found[5], found[6]


@pytest.mark.parametrize(
    ("what", "figures"),
    [
        ("Anfragen, offen am Vortag der Aussetzung: Anzahl", {"Gesamt": 5, "Swerdlowsk": 4, "Kaluga": 1, "Tula": 1}),
        ("Anfragen, offen am Vortag der Aussetzung: T€", {"Gesamt": 53, "Swerdlowsk": 37, "Kaluga": 16, "Tula": 32}),
        ("Anfragen, offen am Vortag der Aussetzung: Anzahl mit Wert", {"Gesamt": 4, "Swerdlowsk": 3}),
        (
            "Anfragen, Stand am Vortag der Aussetzung unbekannt: Anzahl",
            {"Gesamt": 5, "Swerdlowsk": 1, "Kaluga": 3, "Tula": 1},
        ),
        ("Angebote, offen am Vortag der Aussetzung: Anzahl", {"Gesamt": 1, "Tula": 1}),
        ("Angebote, Stand am Vortag der Aussetzung unbekannt: Anzahl", {"Gesamt": 2, "Tula": 2}),
    ],
)
def test_what_was_open_is_counted_by_hand(written, what, figures):
    rows, _ = recount_rows(written[1], "de")
    rows = [row for row in rows if "(Zusammenfassung)" not in row[0]]
    for region, figure in figures.items():
        reported, recounted = _recounted(rows, what, region)
        assert (reported, recounted) == (figure, figure), region


@needs_office
def test_libreoffice_counts_the_same(written, tmp_path):
    assert not check_workbook(written[1])
    (path,) = recalculated([written[1]], tmp_path)
    rows, told = recount_rows(path, "de")
    kept, kept_told = recount_rows(written[1], "de")
    assert {row[8] for row in rows} == {GOOD["de"]}
    assert [row[6] for row in rows] == [pytest.approx(row[6], abs=1e-9) for row in kept]
    assert told == kept_told


def test_the_sheet_of_inquiries_says_when_offers_were_made(written):
    document, _ = written
    (sheet,) = [sheet for sheet in document.records if sheet.key == "records_inquiries"]
    keys = [column.key for column in sheet.columns]
    by_id = {row[keys.index("inquiry_id")].value: row for row in sheet.rows}
    days = {
        name: tuple(
            None if day is None else day.isoformat()
            for day in (by_id[name][keys.index(key)].value for key in ("first_offer_until", "last_offer_on"))
        )
        for name in ("Q1", "Q10", "Q11")
    }
    assert days == {
        "Q1": (None, None),
        "Q10": ("2022-02-28", "2022-02-01"),
        "Q11": ("2021-06-20", "2023-06-20"),
    }
    assert "Liste der Angebote" in sheet.note
