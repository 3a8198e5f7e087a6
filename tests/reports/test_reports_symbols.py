"""Symbols behind figures of a review: provisional while the year is not over, revised since the earlier report."""

import datetime as dt
from dataclasses import replace

import openpyxl
import pytest
from report_cases import make_panel
from test_reports_compose_annual import compose, table, usual, year

from vemas_analytics.model.document import Cell
from vemas_analytics.model.finding import DataTable, Finding
from vemas_analytics.reports.html.page import html_page
from vemas_analytics.reports.workbook import check_workbook, write_workbook

COLUMNS = (
    "measure", "region", "year", "old", "old_state", "new", "new_state", "reason", "n_corrections", "detail",
)  # fmt: skip
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def revisions(*figures):
    rows = tuple((*figure, 1, "recorded", 2, "recorded", "not_stated", 0, "") for figure in figures)
    return Finding(
        "revisions", "figures", "ALL", baseline="2019", n_before=9, n_after=len(rows), table=DataTable(COLUMNS, rows)
    )


def marks(document, key):
    block = table(document, key)
    return {
        (row[0].text, column.key): cell.mark
        for row in block.rows
        for column, cell in zip(block.columns, row, strict=True)
        if cell.mark
    }


def test_a_year_that_is_over_and_unrevised_has_no_mark():
    document = compose(*usual())
    assert marks(document, "annual_measures") == {}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_figures_of_a_year_that_is_not_over_are_provisional(language, tmp_path):
    panel = replace(make_panel(), as_of=dt.date(2019, 9, 30))
    document = compose(*usual(), year(0, 3, 2.0, 1, 4, measure="trips"), panel=panel, language=language)
    found = marks(document, "annual_measures")
    assert {key for _, key in found} == {"value"}
    assert set(found.values()) == {"p"}
    cell = next(cell for row in table(document, "annual_measures").rows for cell in row if cell.mark)
    assert cell == Cell(49, "49\u00a0p", "integer", mark="p")
    path = tmp_path / "review.xlsx"
    write_workbook(document, path)
    assert check_workbook(path) == ()
    sheet = openpyxl.load_workbook(path)["Zusammenfassung" if language == "de" else "Summary"]
    shown = [cell for row in sheet.iter_rows() for cell in row if cell.number_format == '#,##0"\u00a0p"']
    assert 49 in {cell.value for cell in shown}
    meaning = dict(document.symbols)["p"]
    assert any(meaning in str(row[0].value) for row in sheet.iter_rows())
    assert f"<b>p</b> {meaning}" in html_page(document, dict.fromkeys(_charts(document), SVG))


def _charts(document):
    return [block.key for section in document.sections for block in section.blocks if hasattr(block, "drawing")]


def test_what_the_earlier_report_had_otherwise_is_revised():
    document = compose(*usual(), revisions(("inquiries", "ALL", 2018), ("inquiries", "RU-SVE", 2019)))
    assert marks(document, "annual_measures") == {("Anfragen", "previous"): "r"}
    assert marks(document, "annual_inquiries") == {("Gesamt", "previous"): "r", ("Swerdlowsk", "value"): "r"}


def test_provisional_goes_before_revised_and_the_public_edition_compares_nothing():
    revised = revisions(("inquiries", "ALL", 2019))
    panel = replace(make_panel(), as_of=dt.date(2019, 9, 30))
    assert marks(compose(*usual(), revised, panel=panel), "annual_measures") == {("Anfragen", "value"): "p"}
    assert "r" not in marks(compose(*usual(), revised, edition="public"), "annual_measures").values()


def test_a_cell_shows_a_symbol_alone_before_or_behind_its_number():
    assert Cell(None, "a", "symbol").shows("a")
    assert Cell(12, "≥\u00a012", "integer").shows("≥")
    assert Cell(12, "12\u00a0p", "integer", mark="p").shows("p")
    assert not Cell("p", "p", "text").shows("p")
    assert not Cell(12, "12", "integer").shows("0")
    assert not Cell(12, "12", "integer").shows("p")
