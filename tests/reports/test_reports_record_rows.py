"""Rows of records written as markup are the cells that a library reads again: values, looks, heights, nothing else."""

import datetime as dt
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_reports_workbook import _document, _table

from vemas_analytics.model.document import Cell, Column, RecordsSheet, Section
from vemas_analytics.reports.workbook import check_workbook, write_workbook

COLUMNS = (Column("id", "Kennung"), Column("on", "Eingang"), Column("n", "Zahl", "right"), Column("text", "Text"))
DAYS = (dt.date(1999, 12, 31), dt.date(2022, 2, 24))


def _sheet(rows):
    return RecordsSheet("records_inquiries", "Datensätze Anfragen", COLUMNS, tuple(rows))


def _row(name, day, number, text):
    kind = "decimal" if isinstance(number, float) else "integer"
    return (
        Cell(name or None, name),
        Cell(day, day.isoformat(), "date") if day else Cell(None, ""),
        Cell(number, str(number), kind) if number is not None else Cell(None, ""),
        Cell(text or None, text),
    )


def _written(path, rows):
    first = Section("one", "Titel", (_table("first"),))
    write_workbook(_document(first, records=(_sheet(rows),)), path)
    sheet = openpyxl.load_workbook(path)["Datensätze Anfragen"]
    (table,) = sheet.tables.values()
    top = next(row for row in range(1, 30) if sheet.cell(row, 1).value == "Kennung")
    assert table.ref == f"A{top}:D{top + len(rows)}"
    assert sheet.dimensions == f"A1:D{top + len(rows)}"
    return sheet, top


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="_\ufffe\uffff"), max_size=60
)


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            TEXTS,
            st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)),
            st.none() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9, allow_nan=False),
            TEXTS,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_a_record_holds_is_read_again(tmp_path, rows):
    # A first row with everything in it: a column that is empty throughout is left out.
    rows = [("a", DAYS[0], 1, "b"), *rows]
    sheet, top = _written(tmp_path / "rows.xlsx", [_row(*row) for row in rows])
    for number, (name, day, count, text) in enumerate(rows, start=top + 1):
        cells = sheet[number]
        assert (cells[0].value or "") == name
        assert cells[0].data_type == ("s" if name else "n")
        assert (cells[1].value.date() if cells[1].value else None) == day
        assert cells[2].value == pytest.approx(count) if count is not None else cells[2].value is None
        assert (cells[3].value or "") == text
        assert cells[3].quotePrefix is (text[:1] in {"=", "+", "-", "@"})


def test_looks_heights_and_rules_are_those_of_any_table(tmp_path):
    long = "ein langer Gegenstand der Anfrage, " * 6
    rows = [_row("=1", DAYS[0], 5, "kurz"), _row("<b>&amp;</b>", DAYS[1], 2.5, long), _row("7", None, None, " Rand ")]
    sheet, top = _written(tmp_path / "rows.xlsx", rows)
    assert [cell.style for cell in sheet[top + 1]] == [
        "Bericht Angabe",
        "Bericht Datum",
        "Bericht Zahl",
        "Bericht Angabe",
    ]
    assert sheet.cell(top + 2, 3).style == "Bericht Dezimalzahl"
    assert sheet.cell(top + 2, 4).alignment.wrap_text
    assert sheet.row_dimensions[top + 2].height > 60
    assert sheet.row_dimensions[top + 1].height is None
    assert sheet.cell(top + 3, 4).value == " Rand "
    assert not check_workbook(tmp_path / "rows.xlsx")
    with zipfile.ZipFile(tmp_path / "rows.xlsx") as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets/sheet" in name)


def test_a_lower_bound_marks_its_own_cell_and_not_the_column(tmp_path):
    rows = [
        (*_row("a", DAYS[0], 1, "x")[:2], Cell(10, "≥\u00a010", "integer"), Cell("x", "x")),
        _row("b", DAYS[0], 12, "y"),
    ]
    sheet, top = _written(tmp_path / "rows.xlsx", rows)
    assert [sheet.cell(top + row, 3).number_format for row in (1, 2)] == ['"≥ "#,##0', "#,##0"]
