import datetime as dt
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.sandbox import UnreadableFileError, WorkbookReader
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Limits, Settings
from vemas_analytics.model.sheets import ReadFile

HEAD = ("Nr.", "Eingang", "Region", "Firma", "Betreff", "Wert")


def read(path: Path, settings: Settings | None = None) -> tuple[ReadFile, tuple[Problem, ...]]:
    options = settings or Settings()
    return read_file(discover_files([path], options).files[0], options)


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2013"
    sheet["B2"] = "Anfragen 2013"
    sheet.merge_cells("B2:G2")
    for column, text in enumerate(HEAD, start=2):
        sheet.cell(4, column, text)
    sheet.append([None, 1, dt.datetime(2013, 5, 2), "Kaluga", "OOO Werk", "Pressen", 1234.5])
    sheet.append([None, 2, dt.datetime(2013, 5, 2, 14, 30), "Kaluga", "OOO Werk", "   ", 12])
    hidden = book.create_sheet("Angebote alt")
    hidden.append(["Angebots-Nr.", "Angebotsdatum", "Anbieter", "Kunde"])
    hidden.append(["A1", dt.date(2012, 1, 2), "Pressen GmbH", "OAO Ural"])
    hidden.sheet_state = "hidden"
    book.create_sheet("leer")
    book.save(path)
    return path


def test_workbook_cells_keep_their_type_and_place(tmp_path: Path) -> None:
    result, problems = read(workbook(tmp_path / "a.xlsx"))
    assert problems == ()
    assert result.format == "xlsx"
    table = result.tables[0]
    assert (table.sheet, table.table, table.header_rows) == ("2013", "inquiries", (4,))
    assert [column.index for column in table.columns] == [1, 2, 3, 4, 5, 6]
    assert table.rows[0].number == 5
    assert table.rows[0].cells == (None, 1, dt.date(2013, 5, 2), "Kaluga", "OOO Werk", "Pressen", 1234.5)
    assert table.rows[1].cells == (None, 2, dt.datetime(2013, 5, 2, 14, 30), "Kaluga", "OOO Werk", None, 12)
    assert isinstance(table.rows[1].cells[6], int)


def test_hidden_sheets_are_read_and_marked(tmp_path: Path) -> None:
    result, _ = read(workbook(tmp_path / "a.xlsx"))
    assert [(sheet.sheet, sheet.hidden) for sheet in result.sheets] == [
        ("2013", False),
        ("Angebote alt", True),
        ("leer", False),
    ]
    assert (result.tables[1].table, result.tables[1].hidden) == ("offers", True)


def test_error_cells_are_empty_and_noted(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx"))
    cell = book["2013"]["G6"]
    cell.value, cell.data_type = "#DIV/0!", "e"
    book.save(tmp_path / "a.xlsx")
    result, (problem,) = read(tmp_path / "a.xlsx")
    assert result.tables[0].rows[1].cells[6] is None
    assert (problem.code, problem.severity, problem.table) == ("error_cells", "note", "inquiries")
    assert (problem.sheet, problem.row, problem.column, problem.value) == ("2013", 6, "Wert", "#DIV/0!")


def test_type_by_content_not_by_name(tmp_path: Path) -> None:
    shutil.copy(workbook(tmp_path / "a.xlsx"), tmp_path / "b.csv")
    assert read(tmp_path / "b.csv")[0].format == "xlsx"
    (tmp_path / "c.xlsx").write_text("Eingang\tFirma\tBetreff\n02.03.2013\tOOO Werk\tPressen\n", "utf-8")
    result, _ = read(tmp_path / "c.xlsx")
    assert (result.format, result.delimiter, result.tables[0].table) == ("csv", "\t", "inquiries")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"<html><body><p>keine Tabelle</p></body></html>", "not_a_spreadsheet"),
        (b"<?xml version='1.0'?><Workbook><kaputt", "damaged"),
        (b"PAR1" + bytes(40) + b"PAR1", "damaged"),
        (b"\x00\x01\x02\x03\x04\x05", "not_a_spreadsheet"),
    ],
)
def test_unreadable_file_is_one_problem(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "kaputt.xls").write_bytes(content)
    result, problems = read(tmp_path / "kaputt.xls")
    assert result.tables == ()
    (problem,) = problems
    assert (problem.code, problem.severity, problem.file) == ("unreadable_file", "rejected", "kaputt.xls")
    assert problem.params["reason"] == reason
    assert problem.params["reason_de"] != problem.params["reason_en"]


def test_empty_files_are_notes(tmp_path: Path) -> None:
    (tmp_path / "leer.xlsx").write_bytes(b"")
    (tmp_path / "leer.csv").write_text("\n\n", "utf-8")
    openpyxl.Workbook().save(tmp_path / "leere_mappe.xlsx")
    for name in ("leer.xlsx", "leer.csv", "leere_mappe.xlsx"):
        _, problems = read(tmp_path / name)
        assert [(problem.code, problem.severity) for problem in problems] == [("empty_file", "note")]


def test_file_that_vanished(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    source = discover_files([path], Settings()).files[0]
    path.unlink()
    assert read_file(source, Settings())[1][0].params["reason"] == "no_access"


def with_sheet(path: Path, cells: str) -> Path:
    """A workbook whose first sheet is this XML."""
    workbook(path)
    xml = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    rewritten = path.with_name(f"neu_{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return rewritten


def numbers(row: int, count: int) -> str:
    return f'<row r="{row}">' + "".join("<c><v>1.5</v></c>" for _ in range(count)) + "</row>"


@pytest.mark.skipif(sys.platform == "win32", reason="no address space limit on Windows")
def test_a_cell_in_the_last_corner_is_read_all_the_same(tmp_path: Path) -> None:
    cells = numbers(1, 3) + '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    result, problems = read(with_sheet(tmp_path / "a.xlsx", cells))
    sheet = result.sheets[0]
    assert (len(sheet.rows), sheet.rows[0], sheet.rows[-1][-1]) == (1_048_576, (1.5, 1.5, 1.5), 7)
    assert problems == ()
    assert result.tables[-1].table == "offers"


@pytest.mark.skipif(sys.platform == "win32", reason="no address space limit on Windows")
def test_crash_of_the_reader_costs_one_file_only(tmp_path: Path) -> None:
    limits = Settings(limits=Limits(memory_mib=300, seconds=10))
    bomb = with_sheet(tmp_path / "a.xlsx", "".join(numbers(row, 16_384) for row in range(1, 400)))
    good = workbook(tmp_path / "b.xlsx")
    result, problems = read(bomb, limits)
    assert result.tables == ()
    assert problems[0].params["reason"] in {"crashed", "too_large"}
    assert read(good, limits)[0].tables[0].table == "inquiries"


def test_time_limit(tmp_path: Path) -> None:
    with WorkbookReader(Limits(seconds=0.000_1)) as reader, pytest.raises(UnreadableFileError) as caught:
        reader.read(workbook(tmp_path / "a.xlsx"))
    assert caught.value.reason == "too_slow"


def test_process_is_reused_and_ends_with_its_reader(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    reader = WorkbookReader(Limits())
    reader.read(path)
    process = reader._child._process
    assert process is not None
    reader.read(path)
    assert reader._child._process is process
    reader.close()
    assert process.poll() is not None


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    script = (
        "import sys; from pathlib import Path; from vemas_analytics.etl.reading.sandbox import shared_reader;"
        "from vemas_analytics.model.settings import Limits; r = shared_reader(Limits()); r.read(Path(sys.argv[1]));"
        "print(r._child._process.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    if sys.platform.startswith("linux"):
        assert not Path(f"/proc/{done.stdout.strip()}").exists()


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    assert read(path) == read(path)


def test_german_csv_with_title_lines(tmp_path: Path) -> None:
    lines = ["Angebote sächsischer Unternehmen;;;;;", ";;;;;", "Stand: 31.12.2014;;;;;", "",
             "Angebots-Nr.;Angebotsdatum;Zielregion;Anbieter;Kunde;Angebotssumme",
             "A1;02.03.2014;Kaluga;Prüfstände GmbH;OAO Ural;1.234,56 €", "A2;Mai 2014;Perm;Öfen AG;OOO Werk;12 TEUR",
             ";;;;Summe;13.234,56 €", "Quelle: eigene Liste;;;;;"]  # fmt: skip
    path = tmp_path / "Angebote.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    result, problems = read(path)
    assert (result.encoding, result.delimiter) == ("cp1252", ";")
    assert [problem.code for problem in problems] == ["encoding_guessed"]
    (table,) = result.tables
    assert (table.table, table.sheet, table.header_rows) == ("offers", "", (5,))
    assert [(row.number, row.structural) for row in table.rows] == [(6, None), (7, None), (8, "sum"), (9, "footnote")]


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [("trips.csv", "trips", 70), ("forums.csv", "attendance", 38), ("agreements.csv", "agreements", 24),
     ("outcomes.csv", "outcomes", 25), ("trade.csv", None, 39), ("stop_statements.csv", None, 7),
     ("firms_affected.csv", None, 5)],
)  # fmt: skip
def test_public_record(name: str, table: str | None, rows: int) -> None:
    path = Path(__file__).parents[2] / "data" / "public_record" / name
    result, problems = read(path)
    assert problems == ()
    assert [(found.table, len(found.rows)) for found in result.tables] == [(table, rows)]


def with_hidden(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Anfragen <ä>"
    sheet.append(["Nr.", "Eingang", "Region", "Firma", "Betreff"])
    for day in range(1, 11):
        sheet.append([day, dt.date(2013, 1, day), "Kaluga", "OOO Werk", f"Presse {day}"])
    for row in (3, 4, 9, 40):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["Z"].hidden = True
    sheet.auto_filter.ref = "A1:E11"
    secret = book.create_sheet("sehr verborgen")
    secret.append(["Angebots-Nr.", "Angebotsdatum", "Anbieter", "Kunde"])
    secret.append(["A1", dt.date(2012, 1, 2), "Pressen GmbH", "OAO Ural"])
    secret.sheet_state = "veryHidden"
    book.save(path)
    return path


def check_hidden(path: Path) -> None:
    result, problems = read(path)
    assert [(table.table, len(table.rows)) for table in result.tables] == [("inquiries", 10), ("offers", 1)]
    assert [sheet.hidden for sheet in result.sheets] == [False, True]
    rows, columns = problems
    assert (rows.code, rows.severity, rows.row, dict(rows.params)) == (
        "hidden_rows", "note", 3, {"n": "3", "rows": "3-4, 9"},
    )  # fmt: skip
    assert (columns.code, dict(columns.params)) == ("hidden_columns", {"columns": "Firma"})


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    check_hidden(with_hidden(tmp_path / "a.xlsx"))


@pytest.mark.tools
@pytest.mark.parametrize("suffix", ["xls", "ods", "fods"])
def test_hidden_rows_of_other_formats(tmp_path: Path, suffix: str) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not there")
    with_hidden(tmp_path / "a.xlsx")
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "a.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    check_hidden(tmp_path / f"a.{suffix}")


def test_a_workbook_that_counts_from_1904_says_so(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx"))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.save(tmp_path / "b.xlsx")
    assert [table.epoch_1904 for table in read(tmp_path / "a.xlsx")[0].tables] == [False, False]
    assert [table.epoch_1904 for table in read(tmp_path / "b.xlsx")[0].tables] == [True, True]


def test_a_locked_workbook_of_the_old_kind_is_said(tmp_path: Path) -> None:
    start = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    (tmp_path / "a.xls").write_bytes(start + b"\x2f\x00\x04\x00" + bytes(4) + b"\x0a\x00\x00\x00")
    _, (problem,) = read(tmp_path / "a.xls")
    assert problem.params["reason"] == "encrypted"


def test_what_is_said_of_a_text_list(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Eingang;Firma;Betreff\n02.03.2013;"OOO Werk;Pressen\n', "utf-8")
    assert [problem.code for problem in read(tmp_path / "a.csv")[1]] == ["quotes_ignored"]


def test_an_open_document_that_the_fast_reader_refuses(tmp_path: Path) -> None:
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    cells = "".join(
        f'<t:table-cell o:value-type="string"><x:p>{word}</x:p></t:table-cell>'
        for word in ("Eingang", "Firma", "Betreff")
    )
    day = '<t:table-cell o:value-type="date" o:date-value="kaputt"/>' + cells[cells.index("</t:table-cell>") + 15 :]
    content = (
        f'<o:document-content xmlns:o="{office}" xmlns:t="{table}" xmlns:x="{text}"><o:body><o:spreadsheet>'
        f'<t:table t:name="a"><t:table-row>{cells}</t:table-row><t:table-row>{day}</t:table-row></t:table>'
        "</o:spreadsheet></o:body></o:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    result, _ = read(tmp_path / "a.ods")
    assert result.sheets[0].rows == (("Eingang", "Firma", "Betreff"), ("kaputt", "Firma", "Betreff"))


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        (("Kasan", "", "", "Ufa", "", "Kasan", ""), {"column": "Region", "n": "4", "total": "7"}),
        (("Kasan", "", "", "Ufa", "", "Perm", ""), None),
        (("Kasan", "Ufa", "Kasan", "Ufa", "", "Kasan", ""), None),
    ],
    ids=["names recur", "groups, completed", "few blanks"],
)
def test_regions_mostly_blank_are_said_once(
    tmp_path: Path, regions: tuple[str, ...], said: dict[str, str] | None
) -> None:
    rows = "".join(f"{region};{day:02d}.05.2013;Werk {day};Pressen\n" for day, region in enumerate(regions, start=1))
    (tmp_path / "Anfragen.csv").write_text(f"Region;Eingang;Russische Firma;Betreff\n{rows}", "utf-8")
    found = [dict(problem.params) for problem in read(tmp_path / "Anfragen.csv")[1]]
    assert found == ([] if said is None else [said])
