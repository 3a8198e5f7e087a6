import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl import load_tables, problems_frame
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.tables import CORRECTION_COLUMNS, Tables

TODAY = dt.date(2025, 6, 30)
HEADER = "file,sheet,row,column,old,new,reason,date,by,countersigned\n"


def write_lists(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "2019"
    sheet.append(["Anfragen russischer Unternehmen"])
    sheet.append(["Anfrage-Nr.", "Eingangsdatum", "Region", "Russisches Unternehmen", "Wert in EUR", "Bearbeiter"])
    sheet.append([1, dt.datetime(2019, 3, 12), "Swerdlowsk", "OOO Muster", 1234.5, "Eva Quitschmann"])
    sheet.append([2, "31.02.2019", "Tatarstan", "OOO Probe", 12000, "Jan Beispiel"])
    sheet.append([3, dt.datetime(2019, 7, 5), None, "OOO Beispiel", None, None])
    book.save(folder / "Anfragen.xlsx")
    (folder / "Reisen.csv").write_text(
        "Reise-Nr.;Beginn;Ende;Zielregion;Art;Teilnehmende Firmen\nR1;01.03.2018;04.03.2018;Kaluga;Delegation;7\n",
        "cp1252",
    )
    return folder


def load(folder: Path, *lines: str, header: str = HEADER, encoding: str = "utf-8") -> Tables:
    (folder / "corrections.csv").write_text(header + "".join(line + "\n" for line in lines), encoding)
    return load_tables([folder], Settings(), today=TODAY)


def refused(folder: Path, *lines: str, header: str = HEADER) -> str:
    with pytest.raises(ConfigError) as error:
        load(folder, *lines, header=header)
    return str(error.value)


def test_a_corrected_cell_is_read_as_if_the_list_had_it(tmp_path: Path) -> None:
    tables = load(
        write_lists(tmp_path),
        "Anfragen.xlsx,2019,4,Eingangsdatum,31.02.2019,28.02.2019,Tippfehler,2025-01-10,M. Haupt,B. Zweit",
        "Anfragen.xlsx,2019,5,Region,,Kaluga,Nachgetragen,10.01.2025,M. Haupt,B. Zweit",
        'Anfragen.xlsx,2019,3,E,"1.234,50",,Angebot zurückgezogen,2025-01-10,M. Haupt,B. Zweit',
        "Reisen.csv,,2,Teilnehmende Firmen,7,8,Nachzählung,2025-01-10,M. Haupt,B. Zweit",
    )
    inquiries = tables.inquiries.set_index("inquiry_id")
    assert inquiries.loc["2", "received_on"] == dt.datetime(2019, 2, 28)
    assert inquiries.loc["3", "region"] == "RU-KLU"
    assert inquiries["value_eur"].isna().tolist() == [True, False, True]
    assert tables.trips["companies"].tolist() == [8]
    told = [item for item in tables.problems if item.code.startswith("correction")]
    assert [(item.code, item.severity, item.row) for item in told] == [
        ("correction_emptied", "repaired", 3),
        ("correction_applied", "repaired", 4),
        ("correction_filled", "repaired", 5),
        ("correction_applied", "repaired", 2),
    ]
    assert not any(item.code.startswith("date_") for item in tables.problems)


def test_the_note_names_reason_and_both_persons(tmp_path: Path) -> None:
    tables = load(
        write_lists(tmp_path),
        "Anfragen.xlsx,2019,3,Region,Swerdlowsk,Tatarstan,Rückfrage beim Partner,2025-01-10,M. Haupt,B. Zweit",
    )
    message = problems_frame(tables.problems, "de").set_index("code").loc["correction_applied", "message"]
    for part in ("Swerdlowsk", "Tatarstan", "Rückfrage beim Partner", "M. Haupt", "B. Zweit", "Zeile 2"):
        assert part in message
    assert tuple(tables.corrections.columns) == CORRECTION_COLUMNS
    assert tables.corrections[["old", "new", "by", "countersigned"]].values.tolist() == [
        ["Swerdlowsk", "Tatarstan", "M. Haupt", "B. Zweit"]
    ]
    assert [item.name for item in tables.companions] == ["corrections.csv"]


def test_german_headings_semicolons_and_cp1252(tmp_path: Path) -> None:
    tables = load(
        write_lists(tmp_path),
        "anfragen.xlsx;;3;region;Swerdlowsk;Tatarstan;für alle geprüft;10.01.2025;Müller;",
        header="Datei;Blatt;Zeile;Spalte;alt;neu;Grund;Datum;von;gegengezeichnet\n",
        encoding="cp1252",
    )
    assert "RU-TA" in tables.inquiries["region"].tolist()
    assert [item.code for item in tables.problems if "unsigned" in item.code] == ["correction_unsigned"]
    assert tables.corrections["reason"].tolist() == ["für alle geprüft"]


def test_all_that_do_not_fit_are_named_at_once_and_nothing_is_loaded(tmp_path: Path) -> None:
    text = refused(
        write_lists(tmp_path),
        "Anfrage.xlsx,2019,3,Region,Swerdlowsk,Tatarstan,Grund,2025-01-10,A,B",
        "Anfragen.xlsx,2018,3,Region,Swerdlowsk,Tatarstan,Grund,2025-01-10,A,B",
        "Anfragen.xlsx,2019,99,Region,Swerdlowsk,Tatarstan,Grund,2025-01-10,A,B",
        "Anfragen.xlsx,2019,3,Regoin,Swerdlowsk,Tatarstan,Grund,2025-01-10,A,B",
        "Anfragen.xlsx,2019,3,Region,Kaluga,Tatarstan,Grund,2025-01-10,A,B",
        "Anfragen.xlsx,2019,5,Region,Kaluga,Tatarstan,Grund,2025-01-10,A,B",
    )
    for part in (
        "6 of 6",
        "line 2 (Anfrage.xlsx[2019] row 3 column Region)",
        "did you mean 'Anfragen.xlsx'",
        "no sheet '2018'; its sheets are '2019'",
        "no row 99; the sheet's rows reach from 1 to 5",
        "did you mean 'Region'",
        "expected 'Kaluga', there is 'Swerdlowsk'",
        "expected 'Kaluga', there is nothing",
        "nothing was loaded",
    ):
        assert part in text


def test_a_correction_already_made_in_the_source_says_so(tmp_path: Path) -> None:
    text = refused(write_lists(tmp_path), "Anfragen.xlsx,2019,3,Region,Kaluga,Swerdlowsk,Grund,2025-01-10,A,B")
    assert "it already holds the new value" in text


def test_one_cell_is_corrected_once(tmp_path: Path) -> None:
    line = "Anfragen.xlsx,2019,3,{},Swerdlowsk,{},Grund,2025-01-10,A,B"
    text = refused(write_lists(tmp_path), line.format("Region", "Kaluga"), line.format("C", "Tatarstan"))
    assert "line 3 corrects the same cell as line 2" in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Anfragen.xlsx,2019,3,Region,Swerdlowsk,Kaluga,,2025-01-10,A,B", "reason is empty"),
        ("Anfragen.xlsx,2019,drei,Region,Swerdlowsk,Kaluga,Grund,2025-01-10,A,B", "'drei' is no row number"),
        ("Anfragen.xlsx,2019,3,Region,Swerdlowsk,Kaluga,Grund,2025,A,B", "'2025' is no day"),
        ("Anfragen.xlsx,2019,3,Region,Kaluga,Kaluga,Grund,2025-01-10,A,B", "old and new are the same"),
    ],
)
def test_a_line_that_says_too_little_is_refused(tmp_path: Path, line: str, said: str) -> None:
    assert said in refused(write_lists(tmp_path), line)


def test_an_unknown_heading_names_the_nearest(tmp_path: Path) -> None:
    text = refused(write_lists(tmp_path), header=HEADER.replace("reason", "reasn"))
    assert "'reasn'" in text
    assert "did you mean 'reason'" in text


def test_without_a_fitting_line_order_of_lines_does_not_matter(tmp_path: Path) -> None:
    lines = (
        "Anfragen.xlsx,2019,3,Region,Swerdlowsk,Tatarstan,Grund,2025-01-10,A,B",
        "Reisen.csv,Reisen,2,F,7,9,Grund,2025-01-10,A,B",
    )
    folder = write_lists(tmp_path)
    forward, backward = load(folder, *lines), load(folder, *lines[::-1])
    assert forward.inquiries.equals(backward.inquiries)
    assert forward.trips["companies"].tolist() == backward.trips["companies"].tolist() == [9]


def test_names_of_persons_stay_hidden_in_corrections(tmp_path: Path) -> None:
    (tmp_path / "Forum.csv").write_text(
        "Technologieforum Kasan\nDatum;12.03.2019\nOrt;Kasan\n\nNachname;Vorname;Firma\n"
        "Quitschmann;Eva;Muster GmbH\nVorderhand;Jan;Probe AG\n",
        "utf-8",
    )
    fits = "Forum.csv,,6,Nachname,Quitschmann,Quietschmann,Quitschmann heißt Quietschmann,2025-01-10,A,B"
    tables = load(tmp_path, fits)
    shown = problems_frame(tables.problems, "de").to_csv() + tables.corrections.to_csv()
    assert "uitschmann" not in shown
    assert "uietschmann" not in shown
    assert tables.corrections["reason"].tolist() == ["*** heißt ***"]
    text = refused(tmp_path, "Forum.csv,,6,Nachname,Falschmann,Quietschmann,Grund,2025-01-10,A,B")
    assert "Quitschmann" not in text
    assert "Falschmann" not in text


def test_the_refusal_is_worded_in_german_too(tmp_path: Path) -> None:
    folder = write_lists(tmp_path)
    with pytest.raises(ConfigError) as error:
        load(folder, "Anfragen.xlsx,2019,3,Region,Kaluga,Tatarstan,Grund,2025-01-10,A,B")
    assert "erwartet wurde „Kaluga“, in der Zelle steht „Swerdlowsk“" in error.value.german
    assert "es wurde nichts eingelesen" in error.value.german


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Anfragen.xlsx,2019,3,Region,Swerdlowsk,Kaluga,,2025-01-10,A,B", "Zeile 2: „Grund“ ist leer. Es wurde"),
        ("Anfragen.xlsx,2019,3,Regian,Swerdlowsk,Kaluga,x,2025-01-10,A,B", "gemeint ist vielleicht „Region“. Bitte"),
    ],
)
def test_a_refusal_reads_well_in_german(tmp_path: Path, line: str, said: str) -> None:
    folder = write_lists(tmp_path)
    with pytest.raises(ConfigError) as found:
        load(folder, line)
    assert said in found.value.german
