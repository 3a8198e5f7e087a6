"""The user's own workbook comes back: marked where it matters, unchanged elsewhere."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from marked_cases import BAD_DATE, GOOD, HEADINGS, REPEATED, TWO_FAULTS, all_comments, front_rows, inquiry_book, marked
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from vemas_analytics.etl import load_tables
from vemas_analytics.marked.package import OFFICE
from vemas_analytics.model.settings import Limits, Settings
from vemas_analytics.reference.mark_colours import read_mark_colours


def colour(path, sheet, cell):
    return openpyxl.load_workbook(path)[sheet][cell].fill.start_color.rgb[-6:]


@pytest.fixture
def office(tmp_path):
    inquiry_book(
        tmp_path / "in" / "Anfragen.xlsx", [GOOD, BAD_DATE, TWO_FAULTS, REPEATED, ("Summe", None, None, None, 7)]
    )
    return tmp_path


def test_rejected_repaired_repeated_and_sum_rows_are_coloured_and_explained(office):
    _, copies = marked(office / "in", office / "out")
    assert [(copy.path, copy.reason) for copy in copies] == [("Anfragen.xlsx", "")]
    copy = office / "out" / "Anfragen.xlsx"
    colours, comments = read_mark_colours(), all_comments(copy)
    assert colour(copy, "Anfragen", "B3") == colours["rejected"][0]
    assert colour(copy, "Anfragen", "D3") == colours["rejected"][1]
    assert colour(copy, "Anfragen", "C4") == colours["repaired"][0]
    assert colour(copy, "Anfragen", "A5") == colours["duplicate"][0]
    assert colour(copy, "Anfragen", "A6") == colours["structural"][0]
    assert colour(copy, "Anfragen", "A2") == "000000"
    assert "„31.02.2019“ ist kein Kalendertag" in comments["Anfragen", "B3"]
    assert "Was tun:" in comments["Anfragen", "B3"]
    assert comments["Anfragen", "B3"].startswith("Nicht übernommen: ")
    assert "Anfragen.xlsx" in comments["Anfragen", "A5"]
    assert "2" in comments["Anfragen", "A5"]
    assert "Summenzeile" in comments["Anfragen", "A6"]


def test_several_findings_on_one_cell_stand_in_one_comment(tmp_path):
    inquiry_book(
        tmp_path / "in" / "a.xlsx", [GOOD, ("A2", dt.date(2019, 1, 6), "Swerdlofsk / Minsk", "OOO", 1, "EUR", "x")]
    )
    tables, _ = marked(tmp_path / "in", tmp_path / "out")
    at_cell = [problem for problem in tables.problems if problem.row == 3 and problem.column == "Region"]
    assert len(at_cell) == 2
    comment = all_comments(tmp_path / "out" / "a.xlsx")["Anfragen", "C3"]
    assert comment.count("Was tun:") == 2


def test_the_first_sheet_lists_all_with_links_and_a_filter(office):
    tables, _ = marked(office / "in", office / "out")
    workbook = openpyxl.load_workbook(office / "out" / "Anfragen.xlsx")
    first = workbook.worksheets[0]
    assert workbook.sheetnames == ["Prüfergebnis", "Anfragen"]
    assert workbook.active is first
    assert first["A1"].value == "Ergebnis der Prüfung"
    rows = front_rows(office / "out" / "Anfragen.xlsx")
    assert len(rows) == len(tables.problems)
    assert rows[0][1] == "nicht übernommen"
    assert rows[0][2:4] == ("Anfragen", "B3")
    assert all(row[8] for row in rows)
    table = next(iter(first.tables.values()))
    assert table.autoFilter is not None
    places = {cell.value: cell.hyperlink.location for row in first[table.ref] for cell in row if cell.hyperlink}
    assert places["B3"] == "'Anfragen'!B3"
    assert len([sheet for sheet in workbook if sheet.sheet_view.tabSelected]) == 1


def test_marking_does_not_change_what_is_read(office):
    tables, _ = marked(office / "in", office / "out")
    again = load_tables([office / "out"], Settings())
    own = ["source_file"]
    assert again.inquiries.drop(columns=own).equals(tables.inquiries.drop(columns=own))
    codes = [(problem.code, problem.row, problem.column) for problem in tables.problems]
    assert [(problem.code, problem.row, problem.column) for problem in again.problems] == codes


def test_same_sources_give_same_bytes(office):
    for name in ("one", "two"):
        marked(office / "in", office / name)
    assert (office / "one" / "Anfragen.xlsx").read_bytes() == (office / "two" / "Anfragen.xlsx").read_bytes()


def test_all_else_of_the_workbook_is_kept(tmp_path):
    path = inquiry_book(tmp_path / "in" / "a.xlsx", [GOOD, BAD_DATE, TWO_FAULTS, REPEATED], top=3)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Anfragen"]
    sheet["A1"] = "Titel"
    sheet.merge_cells("A1:G1")
    sheet["E4"] = "=500*2"
    sheet["B5"].comment = Comment("Bitte nachfragen", "Büro")
    sheet["B5"].font = Font(name="Courier New", bold=True, color="112233")
    sheet["A4"].fill = PatternFill("solid", start_color="ABCDEF")
    sheet.row_dimensions[5].hidden = True
    sheet.protection.sheet = True
    rule = DataValidation(type="list", formula1='"offen,erledigt"')
    rule.add("G4:G9")
    sheet.add_data_validation(rule)
    sheet.conditional_formatting.add("E4:E9", CellIsRule(operator="lessThan", formula=["0"], font=Font(bold=True)))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=3, max_row=7), titles_from_data=True)
    sheet.add_chart(chart, "J3")
    sheet.print_title_rows = "3:3"
    workbook.create_sheet("Zweites")["A1"] = "=Anfragen!E4"
    workbook.active = 1
    workbook.save(path)
    marked(tmp_path / "in", tmp_path / "out")
    copy = tmp_path / "out" / "a.xlsx"
    again = openpyxl.load_workbook(copy)
    sheet = again["Anfragen"]
    assert sheet["E4"].value == "=500*2"
    assert again["Zweites"]["A1"].value == "=Anfragen!E4"
    assert sheet["B5"].comment.text.startswith("Bitte nachfragen\n──")
    assert "kein Kalendertag" in sheet["B5"].comment.text
    assert (sheet["B5"].font.name, sheet["B5"].font.b, sheet["B5"].font.color.rgb[-6:]) == (
        "Courier New",
        True,
        "112233",
    )
    assert sheet["A4"].fill.start_color.rgb[-6:] == "ABCDEF"
    assert sheet.row_dimensions[5].hidden
    assert sheet.protection.sheet
    assert [str(item.sqref) for item in sheet.data_validations.dataValidation] == ["G4:G9"]
    assert len(list(sheet.conditional_formatting)) == 1
    assert len(sheet._charts) == 1
    assert sheet.print_title_rows == "$3:$3"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:G1"]
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(copy) as after:
        charts = [name for name in before.namelist() if "chart" in name]
        assert charts
        assert all(before.read(name) == after.read(name) for name in charts)
    said = [
        cell.value for row in again.worksheets[0].iter_rows(max_col=1) for cell in row if isinstance(cell.value, str)
    ]
    assert any("1 × Diagramm" in line for line in said)
    assert any("ausgeblendeten Zeilen" in line for line in said)


def test_a_mark_inside_a_merged_cell_stands_at_its_first_cell(tmp_path):
    second = ("A2", dt.date(2019, 1, 6), "Swerdlofsk", "OOO B", 1, "EUR", "offen")
    third = ("A3", dt.date(2019, 1, 7), None, "OOO C", 1, "EUR", "offen")
    path = inquiry_book(tmp_path / "in" / "a.xlsx", [GOOD, second, third])
    workbook = openpyxl.load_workbook(path)
    workbook["Anfragen"].merge_cells("C3:C4")
    workbook.save(path)
    tables, _ = marked(tmp_path / "in", tmp_path / "out")
    places = {place for _, place in all_comments(tmp_path / "out" / "a.xlsx")}
    assert any(problem.row == 4 and problem.column == "Region" for problem in tables.problems)
    assert "C3" in places
    assert "C4" not in places


def test_nothing_from_a_file_becomes_a_formula(tmp_path):
    evil = '=HYPERLINK("http://x","y")'
    inquiry_book(tmp_path / "in" / "a.xlsx", [GOOD, ("A2", "'" + evil, "-Swerdlofsk", "OOO", 1, "EUR", "@ofen")])
    (tmp_path / "in" / "b.csv").write_text(
        ";".join(HEADINGS) + f"\nB1;{evil};+Kaluga;=1+1;-5;EUR;@x\nB2;05.01.2019;Kaluga;=1+1;5;EUR;offen\n", "utf-8"
    )
    marked(tmp_path / "in", tmp_path / "out")
    twin = openpyxl.load_workbook(tmp_path / "out" / "b.csv.xlsx")
    assert twin["Liste"]["D3"].value == "=1+1"
    for copy in (twin, openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")):
        kinds = {cell.data_type for sheet in copy for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds


def test_a_csv_comes_back_as_text_with_its_rows_where_they_were(tmp_path):
    rows = ["Anfrage-Nr.;Eingangsdatum;Region;Wert", "007;05.01.2019;Kaluga;1.234,50 €", "008;32.01.2019;Kaluga;1e5"]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "x.csv").write_text("\n".join(rows), "cp1252")
    tables, copies = marked(folder, tmp_path / "out")
    assert copies[0].path == "x.csv.xlsx"
    sheet = openpyxl.load_workbook(tmp_path / "out" / "x.csv.xlsx")["Liste"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [row.split(";") for row in rows]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert "Kalendertag" in sheet["B3"].comment.text
    again = load_tables([tmp_path / "out"], Settings())
    columns = ["inquiry_id", "received_on", "region", "value", "source_row"]
    assert again.inquiries[columns].equals(tables.inquiries[columns])


def test_copies_keep_the_path_of_their_source_and_never_collide(tmp_path):
    for name in ("2018/Liste.xlsx", "2019/Liste.xlsx"):
        inquiry_book(tmp_path / "in" / name, [GOOD[:1] + (dt.date(2019, 1, 5 + len(name)),) + GOOD[2:], BAD_DATE])
    for name in ("a.csv", "a.CSV.xlsx"):
        if name.endswith("csv"):
            (tmp_path / "in" / name).write_text(";".join(HEADINGS) + "\nC1;1.1.2018;Kaluga;OOO;5;EUR;offen\n", "utf-8")
        else:
            inquiry_book(tmp_path / "in" / name, [BAD_DATE])
    _, copies = marked(tmp_path / "in", tmp_path / "out")
    paths = [copy.path for copy in copies]
    assert {"2018/Liste.xlsx", "2019/Liste.xlsx", "a.CSV.xlsx"} <= set(paths)
    assert len({path.casefold() for path in paths}) == 4
    assert all((tmp_path / "out" / path).is_file() for path in paths)
    assert not list((tmp_path / "out").rglob(".*"))


def test_names_of_persons_stay_out_of_list_and_comments(tmp_path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Teilnehmer"
    heads = (
        "Forum-Nr.",
        "Titel des Forums",
        "Datum des Forums",
        "Veranstaltungsort",
        "Name, Vorname",
        "Firma/Einrichtung",
        "Teilgenommen",
    )
    sheet.append(heads)
    sheet.append(("F1", "Forum", "05.03.19", "Kasan", "Geheimrat, Eulalia", "OOO A", "teilgenommen"))
    sheet.append(("F1", "Forum", "05.03.19", "Kasan", "Geheimrat, Eulalia", "OOO A", "teilgenommen"))
    sheet.append(("F1", "Forum", "31.02.19", "Kasan", "Geheimrat, Eulalia", "OOO B", "jein"))
    (tmp_path / "in").mkdir()
    workbook.save(tmp_path / "in" / "t.xlsx")
    marked(tmp_path / "in", tmp_path / "out")
    copy = tmp_path / "out" / "t.xlsx"
    assert openpyxl.load_workbook(copy)["Teilnehmer"]["E2"].value == "Geheimrat, Eulalia"
    said = [str(value) for row in front_rows(copy) for value in row] + list(all_comments(copy).values())
    assert len(said) > 9
    assert not [text for text in said if "Eulalia" in text or "Geheimrat" in text]


def test_macros_are_kept_and_the_name_says_so(tmp_path):
    path = inquiry_book(tmp_path / "in" / "a.xlsx", [GOOD, BAD_DATE])
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "in" / "b.xlsm", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            target.writestr(name, content)
        target.writestr("xl/vbaProject.bin", b"makro")
    path.unlink()
    _, copies = marked(tmp_path / "in", tmp_path / "out")
    assert [copy.path for copy in copies] == ["b.xlsm"]
    with zipfile.ZipFile(tmp_path / "out" / "b.xlsm") as copy:
        assert copy.read("xl/vbaProject.bin") == b"makro"


def test_a_workbook_that_takes_too_long_is_one_line(office):
    _, copies = marked(office / "in", office / "out", limits=Limits(seconds=0.001))
    assert [copy.path for copy in copies] == [""]
    assert "länger als erlaubt" in copies[0].reason
    assert not [path for path in (office / "out").rglob("*") if path.is_file()]


def test_english_copies_speak_english(office):
    marked(office / "in", office / "out", language="en")
    copy = office / "out" / "Anfragen.xlsx"
    assert openpyxl.load_workbook(copy).sheetnames[0] == "Check result"
    assert "What to do:" in all_comments(copy)["Anfragen", "B3"]


def test_a_sheet_of_the_users_with_our_name_stays_and_is_read(tmp_path):
    inquiry_book(tmp_path / "in" / "a.xlsx", [GOOD, BAD_DATE], title="Prüfergebnis")
    tables, _ = marked(tmp_path / "in", tmp_path / "out")
    assert len(tables.inquiries) == 1
    assert openpyxl.load_workbook(tmp_path / "out" / "a.xlsx").sheetnames == ["Prüfergebnis (2)", "Prüfergebnis"]
    assert len(load_tables([Path(tmp_path / "out")], Settings()).inquiries) == 1


def test_control_characters_and_a_picture_in_the_page_head_do_no_harm(tmp_path):
    path = inquiry_book(tmp_path / "in" / "a.xlsx", [GOOD, BAD_DATE])
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" '
        'Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    )
    picture = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="LH"/></xml>'
    plain = tmp_path / "plain.xlsx"
    path.rename(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head = f'<legacyDrawingHF xmlns:r="{OFFICE}" '.encode()
                content = content.replace(b"</worksheet>", head + b'r:id="rId1"/></worksheet>')
            target.writestr(name, content)
        target.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)
        target.writestr("xl/drawings/vmlDrawing1.vml", picture)
    (tmp_path / "in" / "b.csv").write_text(";".join(HEADINGS) + "\nB1;31.\x0b02.2019;Kaluga;OOO;5;EUR;offen\n", "utf-8")
    _, copies = marked(tmp_path / "in", tmp_path / "out")
    assert [copy.reason for copy in copies] == ["", ""]
    with zipfile.ZipFile(tmp_path / "out" / "a.xlsx") as copy:
        assert copy.read("xl/drawings/vmlDrawing1.vml") == picture
        sheet = copy.read("xl/worksheets/sheet1.xml").decode()
        assert sheet.index("<legacyDrawing ") < sheet.index("<legacyDrawingHF")
    assert all_comments(tmp_path / "out" / "a.xlsx")
