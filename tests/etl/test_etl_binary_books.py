"""Binary workbooks: what they hide is told, and what the fast reader refuses a second one reads, or nobody does."""

import datetime as dt
import struct
from dataclasses import replace
from pathlib import Path

import pytest
from binary_books import Day, Sheet, record, text, xls, xls_stream, xlsb, xlsb_sheet

from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.xls_rows import xls_frames
from vemas_analytics.etl.reading.xlsb_rows import xlsb_frames
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import ReadFile

LIST = Sheet(
    "Anfragen",
    {
        0: ("Eingang", "Firma", "Wert", "Erledigt"),
        1: (Day(41334), "OOO Werk", 1234.5, True),
        2: (Day(41335.25), "ООО Завод", -7, None),
        4: (None, "OOO Neu", 0.25),
    },
    hidden_rows=frozenset({2}),
    hidden_columns=(1, 2),
)
ROWS = (
    ("Eingang", "Firma", "Wert", "Erledigt"),
    (dt.date(2013, 3, 1), "OOO Werk", 1234.5, True),
    (dt.datetime(2013, 3, 2, 6), "ООО Завод", -7),
    (),
    (None, "OOO Neu", 0.25),
)
MADE = {"xls": xls, "xlsb": xlsb}
REREAD = {"xls": xls_frames, "xlsb": xlsb_frames}


def read(path: Path, content: bytes) -> tuple[ReadFile, tuple[Problem, ...]]:
    path.write_bytes(content)
    (source,) = discover_files([path], Settings()).files
    return read_file(source, Settings())


def bare(rows: tuple[tuple[object, ...], ...]) -> tuple[tuple[object, ...], ...]:
    """Rows without the empty cells at their ends, which readers give or not."""
    return tuple(row[: max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0)] for row in rows)


@pytest.mark.parametrize("kind", MADE)
def test_hidden_rows_columns_and_sheets_are_read_and_told(tmp_path: Path, kind: str) -> None:
    found, problems = read(tmp_path / f"a.{kind}", MADE[kind](LIST, replace(LIST, name="Geheim", state=2)))
    assert [(sheet.sheet, sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) for sheet in found.sheets] == [
        ("Anfragen", False, ((3, 3),), ((1, 2),)),
        ("Geheim", True, ((3, 3),), ((1, 2),)),
    ]
    assert all(bare(sheet.rows) == ROWS for sheet in found.sheets)
    assert {(item.code, item.sheet, item.row) for item in problems} >= {
        ("hidden_rows", "Anfragen", 3), ("hidden_columns", "Anfragen", None), ("hidden_rows", "Geheim", 3),
    }  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_days_count_from_1904_where_the_workbook_says_so(tmp_path: Path, kind: str) -> None:
    found, _ = read(tmp_path / f"a.{kind}", MADE[kind](LIST, early=True))
    assert found.sheets[0].epoch_1904
    assert found.sheets[0].rows[1][0] == dt.date(2017, 3, 2)


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("kind", MADE)
def test_the_second_reader_says_what_the_first_says(tmp_path: Path, kind: str, early: bool) -> None:
    content = MADE[kind](LIST, replace(LIST, name="Geheim", state=1), early=early)
    found, _ = read(tmp_path / f"a.{kind}", content)
    frames = list(REREAD[kind](content))
    assert [bare(tuple(rows)) for name, rows in frames if name == "rows"] == [bare(s.rows) for s in found.sheets]
    for (_, fields), sheet in zip(frames[::2], found.sheets, strict=True):
        for name in ("sheet", "hidden", "hidden_rows", "hidden_columns", "epoch_1904"):
            assert fields[name] == getattr(sheet, name)


def test_an_xls_without_its_container_is_read(tmp_path: Path) -> None:
    found, problems = read(tmp_path / "uralt.xls", xls_stream(LIST))
    assert (found.format, bare(found.sheets[0].rows)) == ("xls", ROWS)
    assert "unreadable_file" not in {item.code for item in problems}


def test_an_xlsb_with_a_cell_in_the_last_corner_is_read(tmp_path: Path) -> None:
    corner = record(0, struct.pack("<IIHBBBI", 1_048_575, 0, 300, 0, 0, 0, 0))
    corner += record(6, struct.pack("<II", 16_383, 0) + text("weit weg"))
    part = xlsb_sheet(LIST)
    end = part.rindex(record(146))
    content = xlsb(LIST, more={"xl/worksheets/sheet1.bin": part[:end] + corner + part[end:]})
    found, _ = read(tmp_path / "a.xlsb", content)
    assert bare(found.sheets[0].rows[:5]) == ROWS
    assert found.sheets[0].rows[-1][-1] == "weit weg"
    assert len(found.sheets[0].rows) == 1_048_576


def test_an_xlsb_of_shared_and_formatted_texts_is_read_by_the_second_reader() -> None:
    cells = b"".join(
        record(kind, struct.pack("<II", column, 0) + value)
        for column, (kind, value) in enumerate(
            [
                (7, struct.pack("<I", 1)),
                (62, b"\0" + text("bunt") + bytes(4)),
                (8, text("Formel") + bytes(8)),
                (9, struct.pack("<d", 2.5) + bytes(8)),
                (10, b"\1" + bytes(8)),
                (3, b"\x2a"),
                (2, struct.pack("<i", 12_345 << 2 | 3)),
            ]
        )
    )
    row = record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    sheet = record(129) + record(145) + row + cells + record(146) + record(130)
    texts = record(159, bytes(8)) + record(19, b"\0" + text("null")) + record(19, b"\0" + text("eins")) + record(160)
    more = {"xl/worksheets/sheet1.bin": sheet, "xl/sharedStrings.bin": texts}
    *_, (name, rows) = xlsb_frames(xlsb(LIST, more=more))
    assert (name, rows) == ("rows", [("eins", "bunt", "Formel", 2.5, True, None, 123.45)])


@pytest.mark.parametrize(
    "part",
    [
        xlsb_sheet(LIST)[:-20],
        record(145) + record(146)[:1] + b"\xff",
        record(145) + record(0, struct.pack("<I", 5)) + record(0, struct.pack("<I", 5)) + record(146),
        record(145) + record(0, struct.pack("<I", 1 << 24)) + record(146),
        record(145) + record(0, bytes(4)) + record(7, struct.pack("<III", 0, 0, 9)) + record(146),
        record(145) + record(0, bytes(4)) + record(6, struct.pack("<III", 0, 0, 1 << 30)) + record(146),
        b"",
    ],
)
def test_an_xlsb_that_contradicts_itself_is_refused_whole(tmp_path: Path, part: bytes) -> None:
    more = {"xl/worksheets/sheet1.bin": part}
    with pytest.raises((ValueError, IndexError, struct.error)):
        list(xlsb_frames(xlsb(LIST, more=more)))


@pytest.mark.parametrize("kind", ["xls", "xlsb"])
def test_a_workbook_cut_short_is_refused_rather_than_read_in_part(tmp_path: Path, kind: str) -> None:
    long = replace(LIST, rows={at: ("x" * 40, "y" * 40, at + 0.5) for at in range(80)}, hidden_rows=frozenset())
    content = MADE[kind](replace(long, name="Eins"), long)
    for share in (0.3, 0.6, 0.9):
        found, (problem,) = read(tmp_path / f"a{share}.{kind}", content[: int(len(content) * share)])
        assert (found.tables, problem.code, problem.params["reason"]) == ((), "unreadable_file", "damaged")


def test_an_xls_stream_that_ends_within_a_sheet_is_refused(tmp_path: Path) -> None:
    stream = xls_stream(LIST)
    _, (problem,) = read(tmp_path / "a.xls", stream[:-40])
    assert (problem.code, problem.params["reason"]) == ("unreadable_file", "damaged")
