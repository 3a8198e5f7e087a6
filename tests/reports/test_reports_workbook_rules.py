"""The checklist for spreadsheets, rule by rule, on the workbooks of the demo and of the public record."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.analysis import analyse
from vemas_analytics.model.document import TableBlock
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import ReportRequest, load, verify_folder, write_reports
from vemas_analytics.reports import compose_before_after
from vemas_analytics.reports.workbook import check_workbook, write_workbook
from vemas_analytics.reports.workbook.rules import read_rules

ROOT = Path(__file__).parents[2]
BANNER = {"demo": {"de": "DEMO – erfundene Daten", "en": "DEMO – invented data"}, "public_record": {"de": "", "en": ""}}
CASES = [(source, language, "intern") for source in BANNER for language in ("de", "en")]
CASES += [(source, "de", "public") for source in BANNER]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory):
    """Workbooks of both sources in both languages, from one run of each source."""
    folder = tmp_path_factory.mktemp("workbooks")
    paths = {}
    for source in BANNER:
        settings, tables = load([ROOT / "data" / source])
        panel = build_panel(tables, settings)
        findings = analyse(tables, panel)
        for language, edition in (("de", "intern"), ("en", "intern"), ("de", "public")):
            path = folder / f"{source}.{language}.{edition}.xlsx"
            document = compose_before_after(findings, tables, panel, language=language, edition=edition)
            write_workbook(document, path)
            paths[source, language, edition] = path
    return paths


@pytest.mark.parametrize(("source", "language", "edition"), CASES)
def test_no_rule_is_broken(workbooks, source, language, edition):
    breaches = check_workbook(workbooks[source, language, edition])
    assert not breaches, "\n".join(map(str, breaches[:20]))


@pytest.mark.parametrize(("source", "language", "edition"), CASES)
def test_what_the_check_takes_from_the_file_is_right(workbooks, source, language, edition):
    book = openpyxl.load_workbook(workbooks[source, language, edition])
    assert book.properties.language == {"de": "de-DE", "en": "en-GB"}[language]
    assert (book.worksheets[0].oddHeader.center.text or "") == BANNER[source][language]


def test_the_public_edition_has_no_records_and_no_recount(workbooks):
    for source in BANNER:
        names = openpyxl.load_workbook(workbooks[source, "de", "public"]).sheetnames
        assert "Abstimmung" not in names
        assert not [name for name in names if name.startswith("Datensätze")]


def test_no_workbook_holds_person_keys(workbooks):
    for path in workbooks.values():
        with zipfile.ZipFile(path) as package:
            assert not any(b"person_key" in package.read(name) for name in package.namelist())


def test_years_run_across_and_the_total_stands_last(workbooks):
    book = openpyxl.load_workbook(workbooks["demo", "de", "intern"])
    sheet = book["Jahre Anfragen"]
    (table,) = sheet.tables.values()
    names = [column.name for column in table.tableColumns]
    assert names[0] == "Region"
    assert {"2021", "2022 bis 23.02.", "2022 ab 24.02."} <= set(names)
    assert sheet.cell(sheet.max_row, 1).value == "Gesamt"
    assert len(sheet._charts) == 1


def test_notes_hold_no_prose_of_single_regions(workbooks):
    sheet = openpyxl.load_workbook(workbooks["demo", "de", "intern"])["Anmerkungen"]
    parts = {row[0].value for row in sheet.iter_rows()}
    assert {"Anmerkung", "Zeichen", "Verfahren", "Begriff"} <= parts
    assert not any(str(part).startswith("Regionenblatt") for part in parts)


SHOWN = {"regions", "phases_trips", "yearly_forums"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return a workbook of few sheets: three tables, two charts, the recounts of these, trips and forums."""
    settings, tables = load([ROOT / "data" / "public_record"])
    panel = build_panel(tables, settings)
    document = compose_before_after(analyse(tables, panel), tables, panel, language="de")
    sections = tuple(
        replace(
            section,
            blocks=tuple(block for block in section.blocks if isinstance(block, TableBlock) and block.key in SHOWN),
        )
        for section in document.sections
    )
    recounts = document.reconciliation
    lines = tuple(line for line in recounts.lines if line.place.table in SHOWN)
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    reduced = replace(
        document, sections=sections, notes=document.notes[:2], reconciliation=replace(recounts, lines=lines)
    )
    write_workbook(reduced, path)
    assert not check_workbook(path)
    return path


def _broken(path, tmp_path, change):
    book = openpyxl.load_workbook(path)
    change(book)
    target = tmp_path / "broken.xlsx"
    book.save(target)
    return {breach.rule for breach in check_workbook(target)}


def _short(book):
    return book["Jahre Foren"]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("order", lambda book: book.move_sheet("Inhalt", 3)),
        ("title-in-a1", lambda book: book["Inhalt"].__setitem__("A1", None)),
        ("merged", lambda book: _short(book).merge_cells("A1:C1")),
        ("formula", lambda book: _short(book).__setitem__("A3", "=1+1")),
        ("formula-value", lambda book: None),  # openpyxl drops the values when it saves
        ("nothing-beside", lambda book: _short(book).__setitem__("A200", "x")),
        ("empty-cell", lambda book: setattr(_short(book).cell(_short(book).max_row, 3), "value", None)),
        ("long-line", lambda book: _short(book).__setitem__("A3", "x " * 100)),
        ("frozen", lambda book: setattr(_short(book), "freeze_panes", None)),
        ("first-sheet-open", lambda book: setattr(book, "active", 3)),
        ("properties", lambda book: setattr(book.properties, "title", "")),
        ("print-a4", lambda book: setattr(book["Inhalt"].page_setup, "paperSize", 1)),
        ("page-numbers", lambda book: setattr(book["Inhalt"].oddFooter.right, "text", "Seite")),
        ("contents-link", lambda book: setattr(_short(book), "title", "Umbenannt")),
        ("link-target", lambda book: setattr(_short(book), "title", "Umbenannt")),
        ("formula-reference", lambda book: book.defined_names.pop("trips_region")),
        ("row-height", lambda book: setattr(book["Anmerkungen"].column_dimensions["C"], "width", 4)),
        ("alternative-text", lambda book: None),  # openpyxl drops the texts when it saves
        ("fixed-stamps", lambda book: None),
        ("banner-in-print", lambda book: setattr(_short(book).oddHeader.center, "text", "ENTWURF")),
        (
            "table-header",
            lambda book: next(iter(_short(book).tables.values())).tableColumns[1].__setattr__("name", "y"),
        ),
        ("nothing-foreign", lambda book: _short(book).conditional_formatting.add("B9", _rule())),
        ("date-before-1900", lambda book: _short(book).__setitem__("B12", -3) or _as_date(_short(book)["B12"])),
        ("numbers-right", lambda book: _left(_short(book)["B12"])),
        ("named-style", lambda book: setattr(_short(book)["A3"], "style", "Normal")),
        ("style-kept", lambda book: setattr(_short(book)["A3"], "font", _red())),
        ("style-kept", lambda book: setattr(_short(book)["A3"], "number_format", "0.000")),
        ("source", lambda book: _without_source(_short(book))),
        ("digits-as-text", lambda book: None),  # openpyxl drops what keeps Excel from warning
        ("drawing-clear", lambda book: setattr(_short(book)._charts[0].anchor._from, "col", 1)),
    ],
)
def test_the_check_finds_a_planted_fault(small, tmp_path, rule, change):
    assert rule in _broken(small, tmp_path, change)


def _table(sheet):
    return next(iter(sheet.tables.values()))


def _rule():
    from openpyxl.formatting.rule import CellIsRule

    return CellIsRule(operator="lessThan", formula=["0"])


def _without_source(sheet):
    (cell,) = [row[0] for row in sheet.iter_rows(max_row=20) if str(row[0].value).startswith("Quelle:")]
    cell.value = "ohne Angabe"


def _red():
    from openpyxl.styles import Font

    return Font(name="Arial", size=12, color="FF0000")


def _as_date(cell):
    cell.number_format = "mm-dd-yy"


def _left(cell):
    from openpyxl.styles import Alignment

    cell.value, cell.alignment = 5, Alignment(horizontal="left")


def _replaced(path, target, part, pattern, new):
    """Copy a workbook with the first match of a pattern in the matching parts replaced."""
    n = 0
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w") as changed:
        for entry in package.infolist():
            content = package.read(entry)
            if n == 0 and re.fullmatch(part, entry.filename):
                content, n = re.subn(pattern, new, content, count=1)
            changed.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), content)
    assert n == 1
    return {breach.rule for breach in check_workbook(target)}


ERROR = rb'<c r="A1" t="e"><v>#REF!</v></c>'
RELATIONS = r"xl/worksheets/_rels/sheet5\.xml\.rels"
SHEET, CHART = r"xl/worksheets/sheet5\.xml", r"xl/charts/chart1\.xml"


@pytest.mark.parametrize(
    ("rule", "part", "pattern", "new"),
    [
        ("element-order", SHEET, rb"(<pageMargins[^>]*/>)(<pageSetup[^>]*/>)", rb"\2\1"),
        ("element-order", CHART, rb"(<axId[^>]*/>)(<scaling>)", rb"<title/>\1\2"),
        ("autofilter-once", SHEET, rb"<pageMargins", rb'<autoFilter ref="A1:B2"/><pageMargins'),
        ("styles", SHEET, rb' s="\d+"', rb' s="99999"'),
        ("control-characters", SHEET, rb"<is><t>", rb"<is><t>_x0007_"),
        ("text-spaces", SHEET, rb"<is><t>", rb"<is><t> "),
        ("number", SHEET, rb"<v>\d+</v>", rb"<v>NaN</v>"),
        ("error-value", SHEET, rb'<c r="A1"[^>]*><is>.*?</is></c>', ERROR),
        ("table-names", r"xl/tables/table3\.xml", rb'displayName="[^"]*"', b'displayName="AB12"'),
        ("table-names", r"xl/tables/table3\.xml", rb' id="\d+"', b' id="1"'),
        ("defined-names", r"xl/workbook\.xml", rb'<definedName name="trips_region">', b'<definedName name="AB12">'),
        ("defined-names", r"xl/workbook\.xml", rb">'Datens[^<]*<", b">#REF!<"),
        ("sheet-name", r"xl/workbook\.xml", rb'name="Inhalt"', b'name="In:halt"'),
        ("part-missing", r"\[Content_Types\]\.xml", rb'PartName="/xl/styles.xml"', b'PartName="/xl/style.xml"'),
        ("part-missing", RELATIONS, rb"drawing1\.xml", b"drawing99.xml"),
        ("explicit-fill", CHART, rb"(?s)<ser>.*?</ser>", b"<ser><val><f>x</f></val></ser>"),
        ("chart-axes", CHART, rb'<axId val="', b'<axId val="7'),
        ("chart-title", CHART, rb"(?s)<title>.*?</title>", b""),
        ("chart-labels", CHART, rb"<showSerName[^>]*/>", b""),
        ("formula-function", r"xl/worksheets/sheet\d+\.xml", rb"<f>COUNTIFS", b"<f>XLOOKUP"),
        ("nothing-foreign", RELATIONS, rb"<Relationship ", b'<Relationship TargetMode="External" '),
        ("readable", r"xl/workbook\.xml", rb"<sheets>", b"<sheets"),
    ],
)  # fmt: skip
def test_the_check_finds_a_fault_in_the_package(small, tmp_path, rule, part, pattern, new):
    assert rule in _replaced(small, tmp_path / "broken.xlsx", part, pattern, new)


def test_a_file_that_is_no_workbook_is_one_breach(tmp_path):
    path = tmp_path / "none.xlsx"
    path.write_bytes(b"PK no workbook")
    assert [breach.rule for breach in check_workbook(path)] == ["readable"]


def test_the_list_of_rules_is_in_step():
    english, german = read_rules("en"), read_rules("de")
    assert list(english) == list(german)
    listed = re.findall(
        r"^\| `([^`]+)` \| (.*) \| (.*) \|$", (ROOT / "docs" / "workbook-rules.md").read_text("utf-8"), re.M
    )
    assert listed == [(rule, english[rule], german[rule]) for rule in english]
    source = "".join(
        path.read_text("utf-8") for path in (ROOT / "src/vemas_analytics/reports/workbook/rules").glob("*.py")
    )
    assert set(re.findall(r'Breach\(\s*"([\w-]+)"', source)) == set(english)


def test_verify_names_the_rule_the_sheet_and_the_cell(small, tmp_path):
    name = "before-after.de.xlsx"
    write_reports(ReportRequest((ROOT / "data" / "public_record",), tmp_path, languages=("de",)))
    assert verify_folder(tmp_path) == ()
    _replaced(small, tmp_path / name, SHEET, rb'<c r="A1"[^>]*><is>.*?</is></c>', ERROR)
    found = verify_folder(tmp_path)
    assert f"{name}: changed since it was written" in found
    assert f"{name}: error-value: Phasen Reisen!A1: '#REF!'" in found
