"""Workbooks worked out anew by LibreOffice, and the lines of their reconciliation."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

SHEET = {"de": "Abstimmung", "en": "Reconciliation"}
GOOD, BAD = {"de": "stimmt", "en": "agrees"}, {"de": "stimmt nicht", "en": "does not agree"}
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def without_values(path: Path, target: Path) -> None:
    """Copy a workbook without the values beside its formulas, so that a program has to work them out."""
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'( t="str")?><f>([^<]*)</f><v>[^<]*</v>', rb"><f>\2</f>", content)
            copy.writestr(name, content)


def recalculated(paths, folder: Path) -> list[Path]:
    bare, done = folder / "bare", folder / "done"
    bare.mkdir()
    for path in paths:
        without_values(path, bare / path.name)
    subprocess.run(
        [
            str(OFFICE),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(done),
            *(str(bare / path.name) for path in paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [done / path.name for path in paths]


def recount_rows(path: Path, language: str):
    """Return the lines of the reconciliation as values, and the line above that sums them up."""
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    rows = [row[:9] for row in book[SHEET[language]].iter_rows(values_only=True)]
    header = next(i for i, row in enumerate(rows) if row[8] in {"Ergebnis", "Result"})
    told = next(str(row[0]) for row in rows if str(row[0]).startswith(("Ergebnis:", "Result:")))
    return [row for row in rows[header + 1 :] if row[0]], told
