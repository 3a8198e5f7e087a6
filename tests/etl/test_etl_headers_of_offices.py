"""Headings as chambers, agencies and ministries write them, each in a list of its kind."""

import pytest

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet

LISTS = [
    (
        "inquiries",
        "Anfr.-Nr. | Mail vom | Bundesland | Anfragestellende Firma | "
        "Was wird gesucht? | Kontaktquelle | aktueller Stand | Erledigt?",
        "inquiry_id received_on region russian_company subject channel status closed_on",
    ),
    (
        "inquiries",
        "Fall-Nr. | Erstkontakt am | Oblast/Krai | "
        "Russ. Firma | Gewünschte Technologie | Investitionssumme | Stand der Bearbeitung",
        "inquiry_id received_on region russian_company subject value status",
    ),
    (
        "inquiries",
        "Вх. № | Дата регистрации | Республика/область | Российский заказчик | Что требуется | Текущий статус",
        "inquiry_id received_on region russian_company subject status",
    ),
    (
        "inquiries",
        "Ticket | Schreiben vom | Föderationssubjekt | "
        "Anfragendes Unternehmen / Einrichtung | Interesse an | Zugeleitet an | Vorgangsstatus",
        "inquiry_id received_on region russian_company subject saxon_company status",
    ),
    (
        "offers",
        "Ang.-Nr. | Ang. vom | Sächs. Firma | Russ. Kunde | "
        "Angebotsgegenstand | Ang.-Summe | Auftrag erteilt? | Bestellung vom",
        "offer_id offered_on saxon_company russian_company subject value status decided_on",
    ),
    (
        "offers",
        "Offertnummer | Offertdatum | Anbietende Firma | Endabnehmer | Region | Nettopreis | Rückmeldung Kunde",
        "offer_id offered_on saxon_company russian_company region value status",
    ),
    (
        "trips",
        "Titel der Maßnahme | Hinflug am | Rückflug am | Besuchte Städte | "
        "Zielregion | Anzahl sächs. Firmen | Delegationsgröße | Hat stattgefunden?",
        "title start_on end_on city region companies persons status",
    ),
    (
        "trips",
        "Name der Messe | Messezeitraum | Messeort | Bundesland | "
        "Anz. Fa. | Anz. Pers. | Ausgerichtet von | Umsetzungsstand",
        "title period city region companies persons organiser status",
    ),
    (
        "trips",
        "Маршрут | Дата выезда | Дата возвращения | Название мероприятия | "
        "Регион | Число фирм | Численность | Состоялось",
        "city start_on end_on title region companies persons status",
    ),
    (
        "attendance",
        "Nachname | Vorname | Firma/Behörde | Länderkennung | "
        "Berufsbezeichnung | Forumsname | Datum Forum | Durchführungsort | Anwesend j/n",
        "last_name first_name organisation side role forum_title held_on place attended",
    ),
]


@pytest.mark.parametrize(("table", "headings", "fields"), LISTS, ids=[heads[:20] for _, heads, _ in LISTS])
def test_headings_of_offices(table: str, headings: str, fields: str) -> None:
    header = tuple(headings.split(" | "))
    rows = tuple(tuple(f"{at}{index}" for index in range(len(header))) for at in range(3))
    (found,) = find_tables(RawSheet("Blatt", (header, *rows)), "liste.xlsx", Settings())
    assert found.table == table
    assert [column.field for column in found.columns] == fields.split()


def test_the_country_of_an_attendee_tells_the_side() -> None:
    header = ("Name, Vorname", "Firma", "Land", "Datum des Forums", "Titel des Forums")
    row = ("Muster, Eva", "Werk GmbH", "Russland", "08.07.2012", "Technologieforum")
    (found,) = find_tables(RawSheet("Blatt", (header, row, row)), "teilnehmer.xlsx", Settings())
    assert found.columns[2].field == "side"
