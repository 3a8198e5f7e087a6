"""Marked copies of sheets with two lists beside each other, and of lists completed from titles above their rows."""

import openpyxl
from marked_cases import BAD_DATE, GOOD, HEADINGS, all_comments, front_rows, marked


def filled(path, sheet):
    """Return the coloured cells of a sheet, by row."""
    rows = {}
    for row in openpyxl.load_workbook(path)[sheet].iter_rows():
        found = [cell.column_letter for cell in row if cell.fill.fill_type == "solid"]
        if found:
            rows[row[0].row] = "".join(found)
    return rows


def test_each_mark_stands_in_the_list_it_is_about(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Anfragen"
    unclear = ("B1", "05.03.2019", "Swerdlowsk", "OOO Drei", 3000, "EUR", "vielleicht")
    for left, right in ((HEADINGS, HEADINGS), (BAD_DATE, unclear), (GOOD, ("B2", "nie", *GOOD[2:])), (GOOD, ())):
        book.active.append([*left, None, *right])
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")
    marked(tmp_path / "in", tmp_path / "out")
    comments = all_comments(tmp_path / "out" / "a.xlsx")
    assert {place for sheet, place in comments if sheet == "Anfragen"} == {"B2", "O2", "J3", "A4"}
    assert "vielleicht" in comments["Anfragen", "O2"]
    assert filled(tmp_path / "out" / "a.xlsx", "Anfragen") == {2: "ABCDEFGO", 3: "IJKLMNO", 4: "ABCDEFG"}
    listed = {row[3]: row[2] for row in front_rows(tmp_path / "out" / "a.xlsx")}
    assert listed == {"B2": "Anfragen", "J3": "Anfragen", "O2": "Anfragen", "A4": "Anfragen"}


def test_columns_that_only_titles_fill_are_not_coloured(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Anfragen"
    for row in (("Nr.", "Eingang am", "Russisches Unternehmen", "Gegenstand"), ("Swerdlowsk",),
                ("C1", "05.01.2018", "OOO Ural", "Fräse"), ("C2", "kein", "OOO Uralmasch", "Fräse")):  # fmt: skip
        book.active.append(row)
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "a.xlsx")
    tables, _ = marked(tmp_path / "in", tmp_path / "out")
    assert tables.inquiries["region"].tolist() == ["RU-SVE"]
    assert filled(tmp_path / "out" / "a.xlsx", "Anfragen") == {2: "ABCD", 3: "A", 4: "ABCD"}
    assert "Region" in all_comments(tmp_path / "out" / "a.xlsx")["Anfragen", "A3"]
