"""Lists that web portals and old programs save under a workbook's name."""

import datetime as dt
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.markup_sheets import markup_frames
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import ReadFile

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="windows-1252">
<style>td { x: 1 }</style></head><body><p>Stand: 2013</p>
<table><tr><th>Eingang<th>Region<th>Firma<th>Betreff</tr>
<tr><td rowspan=2>02.03.2013<td>Kaluga<td>OOO&nbsp;Werk<td>Pressen<br>und &Ouml;fen</tr>
<tr><td>Perm<td colspan="2">OAO <b>Ural</b></tr>
<tr><td>03.03.2013<td>Perm<td>M\xfcller<td><table><tr><td>innen</td></tr></table>
</table><table><tr><td>zweite</table></body></html>"""
EXCEL = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Anfragen"><Table><Column ss:Hidden="1"/>
<Row><Cell><Data ss:Type="String">Eingang</Data></Cell><Cell><Data ss:Type="String">Region</Data></Cell>
<Cell><Data ss:Type="String">Firma</Data></Cell><Cell><Data ss:Type="String">Wert</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell><Data ss:Type="DateTime">2013-03-02T00:00:00.000</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">OOO <B>Werk</B></Data></Cell>
<Cell><Data ss:Type="Number">1234.5</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2013-03-02T14:30:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="alt"><Table/>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""
FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="Anfragen" table:style-name="ta1"><table:table-column/>
<table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Eingang</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>zwei</text:p><text:p>Zeilen</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/>
</table:table-row>
<table:table-row table:visibility="filter">
<table:table-cell office:value-type="date" office:date-value="2013-03-02"/>
<table:table-cell office:value-type="currency" office:value="12.5"><text:p>12,50 €</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="3"/></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table>
<table:table table:name="alt" table:style-name="ta2"><table:table-row><table:table-cell/></table:table-row>
</table:table>
</office:spreadsheet></office:body></office:document>"""


def read(path: Path, content: bytes) -> tuple[ReadFile, tuple[Problem, ...]]:
    path.write_bytes(content)
    return read_file(discover_files([path], Settings()).files[0], Settings())


def test_a_web_page_under_a_workbooks_name(tmp_path: Path) -> None:
    result, problems = read(tmp_path / "Export.xls", PAGE.encode("cp1252"))
    (sheet,) = result.sheets
    assert result.format == "html"
    assert sheet.rows == (
        ("Stand: 2013",),
        ("Eingang", "Region", "Firma", "Betreff"),
        ("02.03.2013", "Kaluga", "OOO Werk", "Pressen\nund Öfen"),
        (None, "Perm", "OAO Ural"),
        ("03.03.2013", "Perm", "Müller", "innen"),
        (),
        ("zweite",),
    )
    assert sheet.merged == ((2, 0, 3, 0), (3, 2, 3, 3))
    assert result.tables[0].table == "inquiries"
    assert ("format_differs", "html") in [(problem.code, problem.params.get("format")) for problem in problems]


def test_excel_xml_keeps_types_and_places(tmp_path: Path) -> None:
    result, _ = read(tmp_path / "Export.xls", EXCEL.encode())
    sheet, hidden = result.sheets
    assert (result.format, hidden.sheet, hidden.hidden) == ("xml", "alt", True)
    assert sheet.rows == (
        ("Eingang", "Region", "Firma", "Wert"),
        (),
        (dt.date(2013, 3, 2), None, "OOO Werk", 1234.5),
        (dt.datetime(2013, 3, 2, 14, 30), True),
    )
    assert (sheet.errors, sheet.hidden_rows, sheet.hidden_columns) == (((4, 3, "#N/A"),), ((3, 3),), ((0, 0),))


def test_a_flat_open_document(tmp_path: Path) -> None:
    result, _ = read(tmp_path / "a.fods", FLAT.encode())
    sheet, hidden = result.sheets
    assert (result.format, hidden.sheet, hidden.hidden) == ("fods", "alt", True)
    assert sheet.rows == (("Eingang", "zwei\nZeilen"), (), (), (dt.date(2013, 3, 2), 12.5, 3, 3))
    assert (sheet.hidden_rows, sheet.hidden_columns) == (((4, 4),), ((1, 2),))


def test_a_number_without_bounds_is_text(tmp_path: Path) -> None:
    result, _ = read(tmp_path / "a.fods", FLAT.replace('office:value="12.5"', 'office:value="1e999"').encode())
    assert result.sheets[0].rows[3] == (dt.date(2013, 3, 2), "inf", 3, 3)


def test_what_a_document_remembers_of_another_is_no_sheet(tmp_path: Path) -> None:
    name = "'file:///C:/Listen/Anfragen%202013.ods'#Tabelle1"
    memory = (
        f'<table:table table:name="{name}"><table:table-source/><table:table-row><table:table-cell/></table:table-row>'
    )
    content = FLAT.replace('<table:table table:name="alt"', f'{memory}</table:table><table:table table:name="alt"')
    content = content.replace("office:document>", "office:document-content>").replace(
        ":document ", ":document-content "
    )
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    packed, _ = read(tmp_path / "b.ods", (tmp_path / "b.ods").read_bytes())
    flat, _ = read(tmp_path / "a.fods", content.replace("document-content", "document").encode())
    assert [sheet.sheet for sheet in flat.sheets] == ["Anfragen", "alt"]
    assert [sheet.sheet for sheet in packed.sheets] == ["Anfragen", "alt"]


def test_an_unclosed_page_loses_no_cell(tmp_path: Path) -> None:
    result, _ = read(tmp_path / "a.xls", b"<table><tr><td>a<td>b<tr><td>c<td>d")
    assert result.sheets[0].rows == (("a", "b"), ("c", "d"))


def test_other_markup_is_no_list(tmp_path: Path) -> None:
    for number, content in enumerate((b"<root><a/></root>", b"<?xml version='1.0'?><rss/>", b"<html><p>x</p></html>")):
        _, (problem,) = read(tmp_path / f"{number}.xls", content)
        assert problem.params["reason"] == "not_a_spreadsheet"


@given(st.text(alphabet='<>/="& atrdhble123', max_size=120))
def test_any_page_is_read_or_refused(body: str) -> None:
    try:
        frames = list(markup_frames(f"<table>{body}".encode(), "html"))
    except Exception as error:
        if getattr(error, "reason_code", None) != "not_a_spreadsheet":
            raise
        return
    assert frames[0][0] == "sheet"


def test_equal_rows_are_all_there_however_many(tmp_path: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="1500">'
    result, _ = read(tmp_path / "a.fods", FLAT.replace('<table:table-row table:visibility="filter">', row).encode())
    assert len(result.sheets[0].rows) == 1503
