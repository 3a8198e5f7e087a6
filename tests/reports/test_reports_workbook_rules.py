"""The checklist for spreadsheets, rule by rule, on the workbooks of the demo and of the public record."""

from pathlib import Path

import openpyxl
import pytest
from workbook_rules import lint

from vemas_analytics.analysis import analyse
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reports import compose_before_after, write_workbook

DATA = Path(__file__).parents[2] / "data"
BANNER = {"demo": {"de": "DEMO – erfundene Daten", "en": "DEMO – invented data"}, "public_record": {"de": "", "en": ""}}
CASES = [(source, language) for source in BANNER for language in ("de", "en")]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    """Workbooks of both sources in both languages, from one run of each source."""
    folder = tmp_path_factory.mktemp("workbooks")
    paths = {}
    for source in BANNER:
        settings, tables = load([DATA / source])
        panel = build_panel(tables, settings)
        findings = analyse(tables, panel)
        for language in ("de", "en"):
            path = folder / f"{source}.{language}.xlsx"
            write_workbook(compose_before_after(findings, tables, panel, language=language), path)
            paths[source, language] = path
    return paths


@pytest.mark.parametrize(("source", "language"), CASES)
def test_no_rule_is_broken(workbooks, source, language):
    breaches = lint(workbooks[source, language], language, BANNER[source][language])
    assert not breaches, "\n".join(map(str, breaches[:20]))


def test_years_run_across_and_the_total_stands_last(workbooks):
    book = openpyxl.load_workbook(workbooks["demo", "de"])
    sheet = book["Jahre Anfragen"]
    (table,) = sheet.tables.values()
    names = [column.name for column in table.tableColumns]
    assert names[0] == "Region"
    assert {"2021", "2022 bis 23.02.", "2022 ab 24.02."} <= set(names)
    assert sheet.cell(sheet.max_row, 1).value == "Gesamt"
    assert len(sheet._charts) == 1


def test_notes_hold_no_prose_of_single_regions(workbooks):
    sheet = openpyxl.load_workbook(workbooks["demo", "de"])["Anmerkungen"]
    parts = {row[0].value for row in sheet.iter_rows()}
    assert {"Anmerkung", "Zeichen", "Verfahren", "Begriff"} <= parts
    assert not any(str(part).startswith("Regionenblatt") for part in parts)


def _broken(path, tmp_path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    target = tmp_path / "broken.xlsx"
    book.save(target)
    return {breach.rule for breach in lint(target, "de", "")}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("title-in-a1", lambda book: book["Inhalt"].__setitem__("A1", None)),
        ("merged", lambda book: book["Jahre Foren"].merge_cells("A1:C1")),
        ("formula", lambda book: book["Jahre Foren"].__setitem__("A3", "=1+1")),
        ("nothing-beside", lambda book: book["Jahre Foren"].__setitem__("A200", "x")),
        ("empty-cell", lambda book: setattr(book["Jahre Foren"].cell(book["Jahre Foren"].max_row, 3), "value", None)),
        ("long-line", lambda book: book["Jahre Foren"].__setitem__("A3", "x " * 100)),
        ("frozen", lambda book: setattr(book["Jahre Foren"], "freeze_panes", None)),
        ("first-sheet-open", lambda book: setattr(book, "active", 3)),
        ("properties", lambda book: setattr(book.properties, "language", "fr")),
        ("print-a4", lambda book: setattr(book["Inhalt"].page_setup, "paperSize", 1)),
        ("contents-link", lambda book: setattr(book["Jahre Foren"], "title", "Umbenannt")),
        ("row-height", lambda book: book["Anmerkungen"].row_dimensions.clear()),
        ("alternative-text", lambda book: None),  # openpyxl drops the texts when it saves
    ],
)
def test_the_linter_finds_a_planted_fault(workbooks, tmp_path, rule, change):
    assert rule in _broken(workbooks["public_record", "de"], tmp_path, change)
