"""What vemas.toml says about an organisation's own words holds from the file to the tables."""

import datetime as dt
from pathlib import Path

import pytest

from vemas_analytics.config import read_settings
from vemas_analytics.errors import ConfigError
from vemas_analytics.etl import load_tables
from vemas_analytics.model.tables import Tables

TODAY = dt.date(2025, 6, 30)


def load(folder: Path, toml: str, **lists: str) -> Tables:
    (folder / "vemas.toml").write_text(toml, "utf-8")
    for name, text in lists.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return load_tables([folder], read_settings(folder / "vemas.toml"), today=TODAY)


def refused(folder: Path, toml: str) -> str:
    (folder / "vemas.toml").write_text(toml, "utf-8")
    with pytest.raises(ConfigError) as error:
        read_settings(folder / "vemas.toml")
    return str(error.value)


def test_columns_by_their_own_headings(tmp_path: Path) -> None:
    toml = """
[columns.inquiries]
"Mail vom" = "received_on"
"Предприятие заказчика" = "russian_company"
"Gebietsschlüssel" = "region"
"Haken dran" = "status"
"""
    header = "Anfrage-Nr.;Mail vom;Gebietsschlüssel;Предприятие заказчика;Haken dran\n"
    text = header + "7;12.03.2019;Kaluga;ООО Вымысел;offen\n"
    tables = load(tmp_path, toml, Anfragen=text)
    row = tables.inquiries.iloc[0]
    assert (row["received_on"], row["region"], row["russian_company"], row["status"]) == (
        dt.datetime(2019, 3, 12),
        "RU-KLU",
        "ООО Вымысел",
        "open",
    )
    assert not any(item.code == "column_not_recognised" for item in tables.problems)


def test_statuses_of_every_table(tmp_path: Path) -> None:
    toml = """
[aliases.statuses]
"Ball liegt bei uns" = "open"
"gewuppt" = "won"
"fand statt, s. Akte" = "held"
"заглохло" = "cancelled"
"war dabei" = "attended"
"""
    tables = load(
        tmp_path,
        toml,
        Anfragen="Anfrage-Nr.;Eingangsdatum;Region;Russisches Unternehmen;Status\n"
        "1;12.03.2019;Kaluga;ООО Вымысел;BALL liegt bei uns\n",
        Angebote="Angebots-Nr.;Angebotsdatum;Region;Sächsischer Anbieter;Status\n"
        "1;12.03.2019;Kaluga;Muster AG;gewuppt\n",
        Reisen="Reise-Nr.;Beginn;Ende;Zielregion;Art;Status\n1;12.03.2019;13.03.2019;Kaluga;Delegation;Заглохло\n"
        "2;12.03.2018;13.03.2018;Kaluga;Delegation;fand statt, s. Akte\n",
        Forum="Technologieforum Kasan\nDatum;12.03.2019\nOrt;Kasan\n\nNachname;Vorname;Firma;teilgenommen\n"
        "Muster;Eva;Muster AG;war dabei\nBeispiel;Jan;Probe AG;nein\n",
    )
    assert tables.inquiries["status"].tolist() == ["open"]
    assert tables.offers["status"].tolist() == ["won"]
    assert tables.trips.sort_values("trip_id")["status"].tolist() == ["cancelled", "held"]
    assert tables.attendance["attended"].tolist() == ["attended", "no_show"]
    assert not any(item.code == "word_unknown" for item in tables.problems)


def test_regions_in_latin_and_cyrillic(tmp_path: Path) -> None:
    toml = '[aliases.regions]\n"Ural" = "RU-SVE"\n"наш куст" = "RU-TA"\n"landesweit" = "RU"\n'
    text = (
        "Anfrage-Nr.;Eingangsdatum;Region;Russisches Unternehmen\n1;12.03.2019;URAL;A\n2;13.03.2019;Наш куст;B\n"
        "3;14.03.2019;Ural / Kaluga;C\n4;15.03.2019;landesweit;D\n"
    )
    tables = load(tmp_path, toml, Anfragen=text)
    assert tables.inquiries["region"].tolist() == ["RU-SVE", "RU-TA", "RU-SVE", "RU-KLU", "RU"]
    assert not any(item.code.startswith("region_") for item in tables.problems)


def test_companies_and_organisers(tmp_path: Path) -> None:
    toml = """
[organisation]
name = "Netzwerk Muster"
[aliases.companies]
"УМЗ" = "Uralmaschsawod OAO"
"Muster alt" = "Muster AG"
[aliases.organisers]
"NWM" = "Netzwerk Muster"
"Сеть Мустер" = "Netzwerk Muster"
"""
    tables = load(
        tmp_path,
        toml,
        Anfragen="Anfrage-Nr.;Eingangsdatum;Region;Russisches Unternehmen;Sächsisches Unternehmen\n"
        "1;12.03.2019;Kaluga;умз;MUSTER ALT\n2;13.03.2019;Kaluga;Уралмашзавод;Muster AG\n",
        Reisen="Reise-Nr.;Beginn;Ende;Zielregion;Art;Veranstalter\n1;12.03.2019;13.03.2019;Kaluga;Delegation;nwm\n"
        "2;12.03.2018;13.03.2018;Kaluga;Delegation;Сеть Мустер\n"
        "3;12.03.2017;13.03.2017;Kaluga;Delegation;NWM und IHK Chemnitz\n",
        Foren="Forum;Datum;Ort;Veranstalter;Anzahl Teilnehmer\nTechnologieforum Kasan;12.03.2019;Kasan;NWM;45\n",
    )
    assert tables.inquiries["russian_company"].unique().tolist() == ["Uralmaschsawod OAO"]
    assert tables.inquiries["saxon_company"].unique().tolist() == ["Muster AG"]
    organisers = tables.trips.sort_values("trip_id")["organiser"].tolist()
    assert organisers == ["Netzwerk Muster", "Netzwerk Muster", "Netzwerk Muster und IHK Chemnitz"]
    assert tables.trips["organiser_group"].tolist() == ["own"] * 3
    assert tables.attendance["organiser"].tolist() == ["Netzwerk Muster"]
    assert tables.attendance["organiser_group"].tolist() == ["own"]


@pytest.mark.parametrize(
    ("toml", "place", "nearest"),
    [
        ('[columns.inquiries]\n"Mail vom" = "recieved_on"', 'columns.inquiries."Mail vom"', "received_on"),
        ('[columns.inquiris]\n"Mail vom" = "received_on"', "columns.inquiris", "inquiries"),
        ('[aliases.statuses]\n"gewuppt" = "wonn"', 'aliases.statuses."gewuppt"', "won"),
        ('[aliases.regions]\n"наш куст" = "RU-SPB"', 'aliases.regions."наш куст"', "RU-SPE"),
        ('[aliases.company]\n"A" = "B"', "aliases.company", "companies"),
        ('[aliases.organizers]\n"A" = "B"', "aliases.organizers", "organisers"),
    ],
)
def test_a_wrong_target_names_the_nearest(tmp_path: Path, toml: str, place: str, nearest: str) -> None:
    text = refused(tmp_path, toml)
    assert place in text
    assert f"did you mean '{nearest}" in text
