"""Corrections and decisions of an office, from its folder to report, manifest and verification."""

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from vemas_analytics.pipeline import ReportRequest, verify_folder, write_reports

DEMO = Path(__file__).parents[2] / "data" / "demo"
CORRECTIONS = (
    "Datei;Blatt;Zeile;Spalte;alt;neu;Grund;Datum;von;gegengezeichnet\n"
    "Angebote_2012-2018.csv;;8;Angebotswert;278 TEUR;287 TEUR;Zahlendreher laut Schreiben;10.01.2025;A. Eins;B. Zwei\n"
    "Angebote_2012-2018.csv;;8;Entscheidung am;05.06.2013;06.06.2013;Zugang;10.01.2025;A. Eins;\n"
)
COMPANIES = (
    "side,name_a,name_b,decision,canonical,by,date\n"
    "saxon,Beispiel Lasertechnik GmbH,Demo Gießereitechnik GmbH,same,,A. Eins,\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quellen")
    for name in ("Angebote_2012-2018.csv", "vemas.toml"):
        shutil.copy(DEMO / name, folder)
    (folder / "corrections.csv").write_text(CORRECTIONS, "utf-8")
    (folder / "companies.csv").write_text(COMPANIES, "utf-8")
    return folder


@pytest.fixture(scope="module")
def reports(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {}
    for edition in ("intern", "public"):
        out = found[edition] = tmp_path_factory.mktemp(edition) / "out"
        write_reports(ReportRequest((folder,), out, edition=edition))  # type: ignore[arg-type]
    return found


def texts(out: Path) -> dict[str, str]:
    book = load_workbook(out / "before-after.de.xlsx")
    cells = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return {
        "pdf": " ".join(" ".join(page.extract_text() for page in PdfReader(out / "before-after.de.pdf").pages).split()),
        "xlsx": "\n".join(cells),
        "json": (out / "findings.json").read_text("utf-8"),
    }


def test_the_internal_report_lists_each_correction_with_both_persons(reports: dict[str, Path]) -> None:
    for place, text in texts(reports["intern"]).items():
        assert "Zahlendreher laut Schreiben" in text, place
        assert "A. Eins" in text, place
        assert "B. Zwei" in text, place
    assert "Berichtigungen der Quelldaten" in texts(reports["intern"])["pdf"]


def test_the_public_report_counts_them_only(reports: dict[str, Path]) -> None:
    for place, text in texts(reports["public"]).items():
        for secret in ("Zahlendreher", "A. Eins", "B. Zwei", "287 TEUR"):
            assert secret not in text, place
    findings = json.loads((reports["public"] / "findings.json").read_text("utf-8"))["findings"]
    table = next(item["table"] for item in findings if item["question"] == "correction_counts")
    assert table == {"columns": ["table", "n", "n_countersigned"], "rows": [["offers", 2, 1]]}
    assert "Berichtigungen der Quelldaten nach Liste" in texts(reports["public"])["pdf"]


def test_the_manifest_names_both_files_and_verify_notices_a_change(folder: Path, reports: dict[str, Path]) -> None:
    out = reports["intern"]
    inputs = json.loads((out / "manifest.json").read_text("utf-8"))["inputs"]
    assert {Path(name).name for name in inputs} >= {"corrections.csv", "companies.csv", "vemas.toml"}
    assert verify_folder(out) == ()
    (folder / "corrections.csv").write_text(CORRECTIONS.replace("287 TEUR", "288 TEUR"), "utf-8")
    try:
        differences = verify_folder(out)
    finally:
        (folder / "corrections.csv").write_text(CORRECTIONS, "utf-8")
    assert "inputs: not the files the report was made from" in differences
    assert any(line.startswith("findings.json") for line in differences)
