"""No file, however made, stops the loading: one problem names it, and what stands beside it is read."""

import gzip
import random
import resource
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from vemas_analytics import load
from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.sandbox import WorkbookReader, shared_reader
from vemas_analytics.model.settings import Limits, Settings

HOSTILE = Path(__file__).parents[1] / "data" / "hostile"
GOOD = "Eingang;Region;Firma;Betreff\n02.03.2013;Kaluga;OOO Werk;Pressen\n"
SMALL = Settings(limits=Limits(memory_mib=320, seconds=8, seconds_per_mib=0.3))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def package(path: Path, sheets: list[tuple[str, str]], more: dict[str, str] | None = None) -> None:
    """An .xlsx of these sheets (name, XML within the worksheet)."""
    names = "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, (n, _) in enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            "".join(
                f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/s{i}.xml"/>'
                for i in range(1, len(sheets) + 1)
            )
        ),
    }
    parts |= {
        f"xl/worksheets/s{i}.xml": f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'
        for i, (_, xml) in enumerate(sheets, 1)
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in (parts | (more or {})).items():
            target.writestr(name, text)


def text(cell: str) -> str:
    return f'<c t="inlineStr"><is><t>{cell}</t></is></c>'


def data(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def corner(path: Path) -> None:
    package(path, [("a", data('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))])


def two_corners(path: Path) -> None:
    rows = [f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in (1, 1_048_576)]
    package(path, [("a", data("".join(rows)))])


def beyond(path: Path) -> None:
    package(path, [("a", data('<row r="99999999"><c r="ZZZZ99999999"><v>1</v></c></row>'))])


def huge_dimension(path: Path) -> None:
    package(path, [("a", '<dimension ref="A1:XFD1048576"/>' + data("<row>" + text("x") + "</row>"))])


def wide_and_long(path: Path) -> None:
    row = "<row>" + "<c><v>1.5</v></c>" * 16_384 + "</row>"
    package(path, [("a", data(row * 600))])


def zip_bomb(path: Path) -> None:
    package(path, [("a", data("<row>" + text("A" * 300_000_000) + "</row>"))])


def many_sheets(path: Path) -> None:
    package(path, [(f"Blatt {i}", data("<row>" + text("x") + "</row>")) for i in range(2_500)])


def deep_nesting(path: Path) -> None:
    package(path, [("a", "<sheetData>" + "<row>" * 60_000 + "</row>" * 60_000 + "</sheetData>")])


def megabyte_cells(path: Path) -> None:
    package(path, [("a", data(("<row>" + text("lang " * 200_000) + "</row>") * 20))])


def entity_bomb(path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    xml = f'<?xml version="1.0"?>{bomb}]><worksheet xmlns="{MAIN}">{data("<row>" + text("&j;") + "</row>")}</worksheet>'
    package(path, [("a", data(""))], {"xl/worksheets/s1.xml": xml})


def circular_links(path: Path) -> None:
    rows = data('<row><c r="A1"><f>[1]a!B1</f><v>1</v></c><c r="B1"><f>A1+B1</f><v>2</v></c></row>')
    link = f'<Relationship Id="x" Type="{OFFICE}/externalLinkPath" Target="file:///dev/zero" TargetMode="External"/>'
    package(path, [("a", rows)], {"xl/externalLinks/_rels/externalLink1.xml.rels": RELATIONS.format(link)})


def path_outside(path: Path) -> None:
    relation = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="../../../../../etc/passwd"/>'
    package(path, [("a", data(""))], {"xl/_rels/workbook.xml.rels": RELATIONS.format(relation)})


def control_names(path: Path) -> None:
    rows = data("<row>" + text("a_x0001_b") + text("&#9;c") + "</row>")
    package(path, [("B&#10;l&#9;att", rows), ("&lt;script&gt;", rows), ("", rows)])


def merged_everywhere(path: Path) -> None:
    areas = "".join(f'<mergeCell ref="A{i}:XFD{i}"/>' for i in range(1, 60_000))
    package(path, [("a", data("<row>" + text("x") + "</row>") + f"<mergeCells>{areas}</mergeCells>")])


def parquet_bomb(path: Path) -> None:
    table = pa.table({"a": pa.DictionaryArray.from_arrays(pa.array([0] * 30_000_000, pa.int8()), ["x" * 1000])})
    parquet.write_table(table, path, compression="gzip")


def wide_parquet(path: Path) -> None:
    parquet.write_table(pa.table({f"c{i}": [i] for i in range(20_000)}), path)


def wide_csv(path: Path) -> None:
    path.write_text(";" * 1_000_000 + "\n" + ";".join("x" * 50_000) + "\n", "utf-8")


def one_line_csv(path: Path) -> None:
    path.write_bytes(b"a;" * 20_000_000)


def many_short_rows(path: Path) -> None:
    path.write_bytes(b"\n;" * 3_000_000)


def quoted_newlines(path: Path) -> None:
    path.write_bytes(b'a;b\n1;"' + b"x\n" * 400_000)


def one_record(path: Path) -> None:
    path.write_bytes(b'"ab\n";' * 3_000_000)


def quotes_only(path: Path) -> None:
    path.write_bytes(b'"' * 6_000_001)


def random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(2_000_000))


def packed_csv(path: Path) -> None:
    path.write_bytes(gzip.compress(b"a;b\n" * 1_000_000))


def flat_repeats(path: Path) -> None:
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    cell = '<t:table-cell t:number-columns-repeated="16384" o:value-type="float" o:value="1"/>'
    rows = f'<t:table-row t:number-rows-repeated="1048576">{cell}</t:table-row>'
    body = f'<t:table t:name="a">{rows}</t:table>'
    path.write_text(f'<o:document xmlns:o="{office}" xmlns:t="{table}">{body}</o:document>', "utf-8")


def spanning_page(path: Path) -> None:
    path.write_text("<table>" + '<tr><td colspan="99999999" rowspan="99999999">x<table><tr><td>' * 3000, "utf-8")


def old_chain(path: Path) -> None:
    """A compound file whose sectors follow one another in a circle."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    head[44:48] = (1).to_bytes(4, "little")
    head[76:512] = (0).to_bytes(4, "little") * 109
    path.write_bytes(bytes(head) + (0).to_bytes(4, "little") * 128 * 40)


MAKERS: list[tuple[Callable[[Path], None], str]] = [
    (corner, "a.xlsx"), (two_corners, "a.xlsx"), (beyond, "a.xlsx"),
    (huge_dimension, "a.xlsx"), (wide_and_long, "a.xlsx"), (zip_bomb, "a.xlsx"),
    (many_sheets, "a.xlsx"), (deep_nesting, "a.xlsx"), (megabyte_cells, "a.xlsx"), (entity_bomb, "a.xlsx"),
    (circular_links, "a.xlsx"), (path_outside, "a.xlsx"), (control_names, "a.xlsx"), (merged_everywhere, "a.xlsx"),
    (parquet_bomb, "a.parquet"), (wide_parquet, "a.parquet"), (wide_csv, "a.csv"), (one_line_csv, "a.csv"),
    (many_short_rows, "a.csv"), (quoted_newlines, "a.csv"), (one_record, "a.csv"), (quotes_only, "a.csv"),
    (random_bytes, "a.csv"), (packed_csv, "a.csv"), (flat_repeats, "a.fods"), (spanning_page, "a.xls"),
    (old_chain, "a.xls"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh_reader() -> Iterator[None]:
    yield
    shared_reader(Limits()).close()


@pytest.mark.parametrize(("make", "name"), MAKERS, ids=[make.__name__ for make, _ in MAKERS])
def test_it_is_read_or_one_problem_within_the_limits(make: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    make(tmp_path / name)
    (tmp_path / "gut.csv").write_text(GOOD, "utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    files = discover_files([tmp_path], SMALL).files
    answers = {file.name: read_file(file, SMALL) for file in files}
    assert time.monotonic() - start < 2.5 * SMALL.limits.seconds
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < SMALL.limits.memory_mib * 1024
    read, problems = answers[name]
    assert sum(problem.code == "unreadable_file" for problem in problems) == (
        read.format == "unknown" and not read.sheets
    )
    assert answers["gut.csv"][0].tables[0].table == "inquiries"


@pytest.mark.parametrize("name", sorted(path.name for path in HOSTILE.iterdir() if path.suffix != ".md"))
def test_public_files_that_break_readers(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes((HOSTILE / name).read_bytes())
    (tmp_path / "gut.csv").write_text(GOOD, "utf-8")
    _, tables = load(tmp_path)
    assert len(tables.inquiries) == 1
    unreadable = [problem for problem in tables.problems if problem.code == "unreadable_file"]
    assert len(unreadable) <= 1
    assert {problem.file for problem in unreadable} <= {name}


def test_a_declared_dimension_is_not_believed() -> None:
    with WorkbookReader(Limits()) as reader:
        sheets = reader.read(HOSTILE / "FilterByCF.xlsx").sheets
    assert [len(sheet.rows) for sheet in sheets] == [10, 0, 0]


def test_two_corners_of_a_sheet_are_read(tmp_path: Path) -> None:
    two_corners(tmp_path / "a.xlsx")
    with WorkbookReader(SMALL.limits) as reader:
        (sheet,) = reader.read(tmp_path / "a.xlsx").sheets
    assert [row for row in sheet.rows if row] == [(*[None] * 16_383, 1)] * 2
    assert len(sheet.rows) == 1_048_576


def test_a_password_is_said() -> None:
    (file,) = discover_files([HOSTILE / "encrypted.xlsx"], Settings()).files
    _, (problem,) = read_file(file, Settings())
    assert problem.params["reason"] == "encrypted"


def test_the_search_for_lists_ends_in_time(tmp_path: Path) -> None:
    rows = "".join(f"Text {i};Wort {i}\n\n" for i in range(120_000))
    (tmp_path / "a.csv").write_text(rows, "utf-8")
    (file,) = discover_files([tmp_path], Settings()).files
    read, problems = read_file(file, Settings(limits=Limits(seconds=0.01, seconds_per_mib=0)))
    assert (read.tables, [problem.params.get("reason") for problem in problems]) == ((), ["too_slow"])
