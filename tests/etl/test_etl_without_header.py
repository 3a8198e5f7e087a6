from pathlib import Path

import pytest

from vemas_analytics.etl.inspect import inspect_file


def _inspected(folder: Path, text: str) -> list[dict[str, object]]:
    path = folder / "liste.csv"
    path.write_text(text, encoding="cp1252", newline="\r\n")
    (sheet,) = inspect_file(path)["sheets"]
    return list(sheet["tables"])


def test_rows_of_one_form_are_a_list_without_header(tmp_path: Path) -> None:
    (table,) = _inspected(tmp_path, "2020,0,0,0,0\n2020,1,14,15,10\n2020,15,19,105,50\n")
    assert table["header_row"] is None
    assert (table["first_row"], table["last_row"], table["n_rows"]) == (1, 3, 3)
    assert table["columns"] == ["", "", "", "", ""]
    assert table["set_aside"] == []


def test_texts_beside_numbers_are_one_too(tmp_path: Path) -> None:
    text = "051110000 ;Düsseldorf ;0001 ;11392961442\n051110000 ;Düsseldorf ;0008 ;11392961442\n"
    (table,) = _inspected(tmp_path, text)
    assert (table["header_row"], table["n_rows"]) == (None, 2)


@pytest.mark.parametrize(
    "text",
    [
        "nur eine Zeile;1;2;3\n",
        "Sachsen;4;5\nDies ist ein Hinweis\nThüringen;6;7\n",
        "a;b;c\nd;e;f\n",
        "1;2\n3;4\n",
    ],
    ids=["one row", "rows of two forms", "texts only", "two columns"],
)
def test_anything_else_is_none(tmp_path: Path, text: str) -> None:
    assert [table for table in _inspected(tmp_path, text) if table["header_row"] is None] == []
