"""Two runs give the same bytes: in another process, folder, time zone, hash order and language of the machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vemas_analytics.pipeline import ReportRequest, write_reports


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def head(sheet) -> str:
    return " ".join(str(cell.value) for row in sheet.iter_rows(max_row=3) for cell in row)


def different(first: dict[str, bytes], second: dict[str, bytes]) -> list[str]:
    assert list(first) == list(second)
    return [name for name in first if first[name] != second[name]]


def test_another_process_writes_the_same_bytes(demo, tmp_path):
    out = tmp_path / "again" / "reports"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    command = [sys.executable, "-m", "vemas_analytics", "report", str(demo.source), "--out", str(out)]
    subprocess.run([*command, "--lang", "de", "--lang", "en"], env=environment, cwd=tmp_path, check=True, timeout=120)
    first, second = contents(demo.reports), contents(out)
    manifests = [json.loads(files.pop("manifest.json")) for files in (first, second)]
    assert different(first, second) == []
    assert manifests[0]["outputs"] == manifests[1]["outputs"]
    assert sorted(manifests[0]["inputs"].values()) == sorted(manifests[1]["inputs"].values())


@pytest.mark.parametrize("options", [{"year": 2022}, {"edition": "public"}], ids=["annual", "public"])
def test_annual_review_and_public_edition_repeat(public_record, tmp_path, options):
    runs = []
    for name in ("first", "second"):
        write_reports(ReportRequest(sources=(public_record.source,), out=tmp_path / name, languages=("en",), **options))
        runs.append(contents(tmp_path / name))
    assert different(*runs) == []


def test_real_and_invented_data_never_share_a_folder_or_banner(demo, public_record):
    assert set(contents(demo.reports)) == set(contents(public_record.reports))
    invented, real = demo.workbook("de").worksheets, public_record.workbook("de").worksheets
    assert all(
        "DEMO" in " ".join(str(c.value) for row in sheet.iter_rows(max_row=3) for c in row) for sheet in invented
    )
    assert not any("DEMO" in str(c.value) for sheet in real for row in sheet.iter_rows(max_row=3) for c in row)
