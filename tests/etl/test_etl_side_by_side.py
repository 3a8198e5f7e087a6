"""Two lists beside each other in one sheet: accounts, problems and corrections say which of them is meant."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl import load_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import column_letters, column_number, place_in_sheet, sheet_of_place
from vemas_analytics.model.tables import Tables

HEAD = ("Nr.", "Eingang am", "Region", "Russisches Unternehmen", "Gegenstand")
LEFT = (
    ("A1", "05.01.2019", "Swerdlowsk", "OOO Ural", "Drehmaschine"),
    ("A2", "15.02.2019", "Minsk", "OAO Kama", "Presse"),
    ("A3", "16.02.2019", "Tatarstan", "OAO Kama", "Presse"),
)
RIGHT = (
    ("B1", "05.01.2020", "Swerdlowsk", "OOO Ural", "Drehmaschine"),
    ("B2", "99.99.2020", "Tatarstan", "OAO Kama", "Presse"),
    ("B1", "05.01.2020", "Swerdlowsk", "OOO Ural", "Drehmaschine"),
)
CORRECTED = "file,sheet,row,column,old,new,reason,date,by,countersigned\n"


def write_sheet(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tabelle1"
    for left, right in zip((("Anfragen 2019",), HEAD, *LEFT), (("Anfragen 2020",), HEAD, *RIGHT), strict=True):
        sheet.append([*left, *[None] * (6 - len(left)), *right])
    book.save(folder / "Anfragen.xlsx")
    return folder


def load(folder: Path, *corrections: str) -> Tables:
    if corrections:
        (folder / "corrections.csv").write_text(CORRECTED + "".join(f"{line}\n" for line in corrections), "utf-8")
    return load_tables([folder], Settings(), today=dt.date(2025, 6, 30))


def test_ledger_records_and_problems_name_the_same_list(tmp_path: Path) -> None:
    tables = load(write_sheet(tmp_path))
    account = tables.ledger.set_index("sheet")
    assert account.loc["Tabelle1", ["rows_read", "rows_kept", "out_of_scope"]].tolist() == [3, 2, 1]
    assert account.loc["Tabelle1!G:K", ["rows_read", "rows_kept", "rejected", "duplicate"]].tolist() == [3, 1, 1, 1]
    assert tables.inquiries["source_sheet"].value_counts().to_dict() == {"Tabelle1": 2, "Tabelle1!G:K": 1}
    places = {(item.code, item.sheet, item.row) for item in tables.problems if item.row}
    assert places == {
        ("out_of_scope", "Tabelle1", 4), ("date_impossible", "Tabelle1!G:K", 4), ("duplicate", "Tabelle1!G:K", 5)
    }  # fmt: skip
    assert tables.out_of_scope["sheet"].tolist() == ["Tabelle1"]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "old", "corrected"),
    [
        ("Tabelle1!G:K", 4, "Eingang am", "99.99.2020", "B2"),
        ("Tabelle1", 4, "H", "99.99.2020", "B2"),
        ("Tabelle1", 3, "B", "05.01.2019", "A1"),
    ],
)
def test_a_correction_meets_the_list_it_names(
    tmp_path: Path, sheet: str, row: int, column: str, old: str, corrected: str
) -> None:
    tables = load(write_sheet(tmp_path), f"Anfragen.xlsx,{sheet},{row},{column},{old},09.09.2020,Beleg,2025-01-10,A,B")
    assert tables.inquiries.set_index("inquiry_id").loc[corrected, "received_on"] == dt.datetime(2020, 9, 9)
    (told,) = (item for item in tables.problems if item.code == "correction_applied")
    assert told.sheet == tables.corrections["sheet"].item() == ("Tabelle1" if corrected == "A1" else "Tabelle1!G:K")


def test_a_heading_of_both_lists_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"\(B, H\)"):
        load(write_sheet(tmp_path), "Anfragen.xlsx,Tabelle1,4,Eingang am,99.99.2020,09.09.2020,Beleg,2025-01-10,A,B")
    with pytest.raises(ConfigError, match="'Tabelle1!G:K'"):
        load(write_sheet(tmp_path), "Anfragen.xlsx,Tabelle1!M:O,4,N,99.99.2020,09.09.2020,Beleg,2025-01-10,A,B")


def test_the_sheet_is_found_again_whatever_it_is_called() -> None:
    for sheet in ("Tabelle1", "Achtung!", "a!b", ""):
        for band in ("G:K", ""):
            assert sheet_of_place(place_in_sheet(sheet, band)) == sheet
    assert place_in_sheet("", "G:K") == "G:K"


def test_letters_of_columns_and_their_numbers_agree() -> None:
    for index, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")):
        assert (column_letters(index), column_number(letters)) == (letters, index)
