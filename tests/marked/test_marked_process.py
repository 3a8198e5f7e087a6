"""Files made to break a program bring down no more than the process that marks them."""

import zipfile
from pathlib import Path

import pytest
from marked_cases import BAD_DATE, GOOD, inquiry_book

from vemas_analytics.marked.job import KINDS, CellMark, Front, Job, Remark, SheetMarks
from vemas_analytics.marked.process import MarkingProcess
from vemas_analytics.model.settings import Limits


def job(source: Path, target: Path) -> Job:
    words = {
        **dict.fromkeys(("author", "legend", "lists", "no_lists", "remarks", "items", "no_items", "hidden"), "x"),
        **dict.fromkeys(("hidden_marks", "comments_left_out", "conversations", "kept"), "x"),
        **{f"kind.{kind}": kind for kind in KINDS},
        **{f"meaning.{kind}": kind for kind in KINDS},
        **{f"kept.{kind}": kind for kind in ("charts", "images", "pivots", "slicers", "macros", "controls", "links")},
    }
    front = Front("Prüfergebnis", "T", "S", (), {}, (), (), words, "de")
    marks = SheetMarks("Anfragen", (CellMark(3, 1, "rejected", (Remark("Was", "Warum"),)),), ())
    return Job(source, target, (marks,), front, dict.fromkeys(KINDS, ("AABBCC", "DDEEFF")))


def with_part(source: Path, target: Path, part: str, content: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return target


@pytest.fixture
def good(tmp_path):
    return inquiry_book(tmp_path / "good.xlsx", [GOOD, BAD_DATE])


@pytest.fixture(scope="module")
def process():
    with MarkingProcess(Limits(memory_mib=512, seconds=10)) as running:
        yield running


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    b"<worksheet " + NAMESPACE + b"><sheetData><row r='3'><c r='B3'><v>&c;</v></c></row></sheetData></worksheet>"
)


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"", "unfit"),
        (b"<worksheet", "unfit"),
        (b"<worksheet " + NAMESPACE + b"><sheetData><row r='3'></sheetData></worksheet>", "unfit"),
        (BOMB, "unfit"),
        (b"<worksheet xmlns='urn:other'><sheetData/></worksheet>", "unfit"),
    ],
)
def test_a_broken_sheet_is_told(process, good, tmp_path, content, failure):
    broken = with_part(good, tmp_path / "broken.xlsx", SHEET, content)
    done = process.mark(job(broken, tmp_path / "out.xlsx"))
    assert done.failure == failure
    assert process.mark(job(good, tmp_path / "fine.xlsx")).failure == ""


def test_a_bomb_ends_at_the_memory_limit(process, good, tmp_path):
    row = b"<row r='3'><c r='B3'/></row>" + b" " * 900_000_000
    bomb = with_part(
        good,
        tmp_path / "bomb.xlsx",
        SHEET,
        b"<worksheet " + NAMESPACE + b"><sheetData>" + row + b"</sheetData></worksheet>",
    )
    assert bomb.stat().st_size < 2_000_000
    assert process.mark(job(bomb, tmp_path / "out.xlsx")).failure in {"too_large", "too_slow"}
    assert process.mark(job(good, tmp_path / "fine.xlsx")).failure == ""


def test_no_archive_at_all(process, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    assert process.mark(job(path, tmp_path / "out.xlsx")).failure == "damaged"
    assert process.mark(job(tmp_path / "missing.xlsx", tmp_path / "out.xlsx")).failure == "not_written"


def test_rows_and_cells_without_numbers_are_counted(process, good, tmp_path):
    bare = (
        b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
        b"<x:row><x:c t='n'><x:v>1</x:v></x:c></x:row><x:row/><x:row><x:c/><x:c t='n'><x:v>2</x:v></x:c></x:row>"
        b"</x:sheetData></x:worksheet>"
    )
    source = with_part(good, tmp_path / "bare.xlsx", SHEET, bare)
    assert process.mark(job(source, tmp_path / "out.xlsx")).failure == ""
    with zipfile.ZipFile(tmp_path / "out.xlsx") as copy:
        sheet = copy.read(SHEET).decode()
    assert 'r="B3"' in sheet
    assert "legacyDrawing" in sheet
