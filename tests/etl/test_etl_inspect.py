import json
from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.errors import InputError
from vemas_analytics.etl.inspect import inspect_file


def test_shape_for_csv(tmp_path: Path) -> None:
    path = tmp_path / "Kreise.csv"
    path.write_bytes("Kreise in Sachsen\n\nKreis;Einwohner\nGörlitz;5\nMeißen;6\nSumme;11\n".encode("cp1252"))
    assert inspect_file(path) == {
        "file": "Kreise.csv",
        "format": "csv",
        "encoding": "cp1252",
        "delimiter": ";",
        "sheets": [
            {
                "sheet": None,
                "hidden": False,
                "tables": [
                    {
                        "header_row": 3,
                        "first_row": 4,
                        "last_row": 5,
                        "n_rows": 2,
                        "columns": ["Kreis", "Einwohner"],
                        "set_aside": [{"row": 6, "reason": "sum"}],
                    }
                ],
            }
        ],
    }


def test_shape_for_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "T1"
    for row in (
        ["Betriebe nach Kreisen"],
        [],
        ["Kreis", "Betriebe", None],
        [None, 2012, 2013],
        ["Bautzen", 5, 6],
        ["Görlitz", 7, 8],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:C3")
    book.create_sheet("leer")
    book.save(tmp_path / "a.xlsx")
    found = inspect_file(tmp_path / "a.xlsx")
    assert json.loads(json.dumps(found)) == found
    assert (found["encoding"], found["delimiter"]) == (None, None)
    assert [entry["sheet"] for entry in found["sheets"]] == ["T1", "leer"]
    assert found["sheets"][1]["tables"] == []
    (table,) = found["sheets"][0]["tables"]
    assert table["header_row"] == [3, 4]
    assert table["columns"] == ["Kreis", "Betriebe 2012", "Betriebe 2013"]
    assert (table["first_row"], table["last_row"], table["n_rows"]) == (5, 6, 2)


def test_errors_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"fehlt\.xlsx"):
        inspect_file(tmp_path / "fehlt.xlsx")
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match=r"kaputt\.xlsx cannot be read: it is damaged"):
        inspect_file(tmp_path / "kaputt.xlsx")


def test_a_refusal_says_what_to_do_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 40)
    for path, german in (
        (tmp_path / "kaputt.xlsx", "lässt sich nicht lesen"),
        (tmp_path / "fehlt.csv", "gibt es nicht"),
        (tmp_path, "Ordner"),
    ):
        with pytest.raises(InputError) as refused:
            inspect_file(path)
        assert german in refused.value.german
        assert "Bitte" in refused.value.german
