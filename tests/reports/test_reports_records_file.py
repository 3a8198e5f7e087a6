"""Records that find no room in the workbook stand in a Parquet file beside it, as the workbook says."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from vemas_analytics.pipeline import ReportRequest, load, verify_folder, write_reports
from vemas_analytics.reports.compose import records as records_module

SOURCE = Path(__file__).parents[2] / "data" / "public_record"


@pytest.fixture
def small_room(monkeypatch):
    monkeypatch.setattr(records_module, "MOST_RECORDS", 60)


def _write(out: Path, edition="intern", year=None):
    write_reports(ReportRequest((SOURCE,), out, languages=("de", "en"), edition=edition, year=year))
    return json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]


@pytest.mark.parametrize("year", [None, 2013])
def test_the_file_is_where_both_workbooks_say_and_holds_every_record(small_room, tmp_path, year):
    outputs = _write(tmp_path, year=year)
    _, tables = load(SOURCE)
    sizes = {"trips": len(tables.trips), "attendance": len(tables.attendance)}
    elsewhere = {table for table, size in sizes.items() if size > 60}
    assert elsewhere
    assert {name for name in outputs if name.endswith(".parquet")} == {f"{table}.parquet" for table in elsewhere}
    for table in elsewhere:
        frame = pd.read_parquet(tmp_path / f"{table}.parquet")
        assert len(frame) == sizes[table]
        assert {"source_file", "source_sheet", "source_row"} <= set(frame.columns)
        assert "person_key" not in frame.columns
        for name in outputs:
            if name.endswith(".xlsx"):
                book = openpyxl.load_workbook(tmp_path / name, read_only=True)
                cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
                assert f"{table}.parquet" in cells, name
    assert verify_folder(tmp_path) == ()


def test_the_public_edition_and_a_small_source_write_no_records(small_room, tmp_path):
    assert not [name for name in _write(tmp_path / "public", "public") if name.endswith(".parquet")]


def test_what_is_no_longer_needed_is_removed(monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setattr(records_module, "MOST_RECORDS", 60)
        assert [name for name in _write(tmp_path) if name.endswith(".parquet")]
    assert not [name for name in _write(tmp_path) if name.endswith(".parquet")]
    assert not list(tmp_path.glob("*.parquet"))
