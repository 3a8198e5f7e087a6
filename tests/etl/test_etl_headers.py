import datetime as dt

import pytest

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.etl.layout.headers import Heading, name_evidence, recognise
from vemas_analytics.etl.layout.heading_words import resolve
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet
from vemas_analytics.reference.columns import fold_header, read_column_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Angebots-\nwert (TEUR)", "angebotswert"),
        ("Wert in Mio. EUR", "wert"),
        ("Betrag [RUB]", "betrag"),
        ("Eingangs\u00addatum", "eingangsdatum"),
        ("  WÄHRUNG ", "waehrung"),
        ("Kosten €", "kosten"),
        ("Personen¹", "personen"),
        ("Firma / Einrichtung", "firma einrichtung"),
        ("EUR", "eur"),
        ("(Name)", "name"),
    ],
)
def test_fold_header(text: str, folded: str) -> None:
    assert fold_header(text) == folded


@pytest.mark.parametrize(
    ("layout", "text", "field"),
    [
        ("inquiries", "Eingangs-Datum", "received_on"),
        ("inquiries", "Eing.-Dat.", "received_on"),
        ("inquiries", "Datum Eingang", "received_on"),
        ("inquiries", "eingegangen am", "received_on"),
        ("inquiries", "Datum der Erledigung", "closed_on"),
        ("inquiries", "Angebotsdatum", "ignore"),
        ("inquiries", "Anfragender", "russian_company"),
        ("inquiries", "Anfragesteller", "russian_company"),
        ("inquiries", "Firma (RUS)", "russian_company"),
        ("inquiries", "Unternehmen (Sachsen)", "saxon_company"),
        ("inquiries", "Sächs. Firma", "saxon_company"),
        ("offers", "Partner Sachsen", "saxon_company"),
        ("offers", "Partner Russland", "russian_company"),
        ("offers", "Kunde (RUS)", "russian_company"),
        ("inquiries", "Дата поступления", "received_on"),
        ("inquiries", "Предмет запроса", "subject"),
        ("inquiries", "Компания", "russian_company"),
        ("offers", "Angebotsdatum", "offered_on"),
        ("offers", "Entscheidung am", "decided_on"),
        ("offers", "Angebotswert (T€)", "value"),
        ("offers", "Sächsisches Unternehmen", "saxon_company"),
        ("offers", "Empfänger", "russian_company"),
        ("offers", "Firma", "saxon_company"),
        ("offers", "Сумма", "value"),
        ("trips", "von", "start_on"),
        ("trips", "Rückreise", "end_on"),
        ("trips", "Anz. Firmen", "companies"),
        ("trips", "Kosten in EUR", "cost_eur"),
        ("attendance", "Firma / Institution", "organisation"),
        ("attendance", "ФИО", "person_name"),
        ("attendance", "Anwesend (ja/nein)", "attended"),
        ("forums", "Teilnehmer", "attendees"),
        ("attendance", "E-Mail-Adresse", "ignore"),
        ("facts", "Anzahl der Teilnehmer", "attendees"),
        ("offers", "Angebotsnumer", "offer_id"),
    ],
)
def test_resolve(layout: str, text: str, field: str) -> None:
    hit = resolve(layout, text)
    assert hit is not None
    assert hit[0].field == field


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("inquiries", "Datum der Prüfung"),
        ("inquiries", "Geburtsdatum"),
        ("offers", "Lieferdatum"),
        ("trips", "Anmeldung bis"),
        ("inquiries", "Regionalleiter"),
        ("inquiries", "Wertstoff"),
        ("inquiries", ""),
        ("inquiries", "x" * 5000),
    ],
)
def test_unknown_headings_stay_unknown(layout: str, text: str) -> None:
    assert resolve(layout, text) is None


def test_own_headings_come_first() -> None:
    hit = resolve("inquiries", "Betreff", {"betreff": "note"})
    assert hit is not None
    assert hit[0].field == "note"


def test_every_heading_of_the_table_is_found_again() -> None:
    words = read_column_words()
    for layout, texts in words.texts.items():
        for text, field in texts.items():
            hit = resolve(layout, text)
            assert hit is not None, (layout, text)
            assert hit[0].field == field, (layout, text)


def table(*headings: str, file: str = "a.xlsx", sheet: str = "Tabelle1", title: str = "") -> str | None:
    items = [Heading(index, text) for index, text in enumerate(headings)]
    return recognise(items, file=file, sheet=sheet, title=title, facts={}, settings=Settings()).table


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Nr.", "Eingang", "Region", "Firma", "Betreff", "Status"), "inquiries"),
        (("Nr.", "Angebotsdatum", "Region", "Firma", "Gegenstand", "Betrag"), "offers"),
        (("Anfrage-Nr.", "Datum", "Anfragesteller", "Gegenstand der Anfrage", "Angebotsdatum"), "inquiries"),
        (("Angebots-Nr.", "Anfrage-Nr.", "Datum", "Anbieter", "Kunde", "Wert"), "offers"),
        (("Reise", "von", "bis", "Region", "Ort", "Teilnehmer"), "trips"),
        (("Forum", "Datum", "Ort", "Veranstalter", "Teilnehmerzahl"), "attendance"),
        (("Дата поступления", "Регион", "Компания", "Предмет запроса", "Статус"), "inquiries"),
        (("date", "date_precision", "speaker", "statement", "basis", "source_url"), None),
        (("year", "flow", "partner", "reporter", "value_eur_million", "note"), None),
        (("Name", "Telefon", "E-Mail"), None),
    ],
)
def test_headings_decide(headings: tuple[str, ...], expected: str | None) -> None:
    assert table(*headings) == expected


def test_names_decide_between_equals() -> None:
    heads = ("Datum", "Region", "Firma", "Gegenstand", "Wert", "Status")
    assert table(*heads, sheet="Anfragen 2013") == "inquiries"
    assert table(*heads, title="Angebote sächsischer Firmen") == "offers"
    assert table(*heads, file="Anfragen und Angebote.xlsx", sheet="Angebote 2013") == "offers"
    assert table(*heads, file="Anfragen und Angebote.xlsx", sheet="2013") is None


def test_participants_of_a_trip_are_no_forum_attendance() -> None:
    assert table("Name", "Firma", "Funktion", title="Teilnehmer der Unternehmerreise Ural", file="Reisen.xlsx") is None


def test_one_column_keeps_a_field() -> None:
    items = [Heading(0, "region_as_written"), Heading(1, "region_iso"), Heading(2, "start"), Heading(3, "title")]
    found = recognise(items, file="trips.csv", sheet="", title="", facts={}, settings=Settings())
    assert found.fields == {1: "region", 2: "start_on", 3: "title"}


def test_name_evidence_of_sheets_that_are_no_lists() -> None:
    assert name_evidence("Anfragen.xlsx", "Hinweise", "").get("none")
    assert not name_evidence("Anfragen.xlsx", "Liste", "").get("none")


def test_a_word_for_the_list_settles_what_is_even() -> None:
    texts = ("Datum", "Region", "Anfragendes Unternehmen", "Wert (EUR)")
    headings = [Heading(at, text) for at, text in enumerate(texts)]
    found = recognise(headings, file="b.csv", sheet="", title="", facts={}, settings=Settings())
    assert found.table == "inquiries"


def test_a_first_record_without_title_is_no_second_header_row():
    day, firm = dt.date(2005, 1, 1), "OOO Kompressor"
    rows = (
        ("Titel des Forums", "Region", "Datum des Forums", "Name, Vorname", "Firma/Einrichtung", "Teilgenommen"),
        (None, "Swerdlowsk", day, firm, firm, "ja"),
        (firm, "Swerdlowsk", 0, firm, firm, "ja"),
        (firm, "Swerdlowsk", day, "0", firm, "ja"),
        (firm, "Swerdlowsk", "KW 53/2004", 0, firm, "ja"),
    )
    (table,) = find_tables(RawSheet("Tabelle1", rows), "liste.xlsx", Settings())
    assert table.header_rows == (1,)
    assert [row.number for row in table.rows] == [2, 3, 4, 5]
