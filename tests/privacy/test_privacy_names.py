"""No name of a person that stands in a list leaves the loading: every byte of every output is searched."""

import html
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from named_folder import COLUMN_NAMES, NEARBY_NAMES, write_named_folder
from pypdf import PdfReader

from vemas_analytics.cli import main

SETTINGS = """
[organisation]
name = "Muster"
synthetic = true
[privacy]
key_file = "geheim.txt"
retention_years = 1
"""
KEY = "nur-fuer-diesen-test-0815"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_named_folder(tmp_path_factory.mktemp("listen"))
    (folder / "vemas.toml").write_text(SETTINGS, "utf-8")
    (folder / "geheim.txt").write_text(KEY, "utf-8")
    (folder / "corrections.csv").write_text(
        "Datei;Blatt;Zeile;Spalte;alt;neu;Grund;Datum;von;gegengezeichnet\n"
        "Technologieforen.xlsx;Kasan;7;Nachname;Quirlbach;Quirlbach-Torfkessel;Quirlbach hat geheiratet;2.1.2025;A;B\n"
        "Anfragen_2019.xlsx;2019;8;Status;offen;erledigt;Anruf von Frau Fummelsdorf;2.1.2025;A;B\n",
        "utf-8",
    )
    return folder


def run(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vemas_analytics", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


def texts_of(path: Path, *, own_sheets_too: bool = True) -> Iterator[tuple[str, str]]:
    """Yield every text a file holds, with where; of a marked copy the user's own sheets are left out."""
    content = path.read_bytes()
    yield path.name, content.decode("utf-8", "replace")
    if path.suffix == ".pdf":
        yield path.name, "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        if shutil.which("pdftotext"):
            yield path.name, subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(path) as package:
            shown = set(package.namelist()) if own_sheets_too else parts_beside_own(package)
            for name in shown:
                yield f"{path.name}/{name}", html.unescape(package.read(name).decode("utf-8", "replace"))


def parts_beside_own(package: zipfile.ZipFile) -> set[str]:
    """Return the parts of a marked copy that the marking wrote: its first sheet, the comments, the names."""
    book = package.read("xl/workbook.xml").decode()
    first = re.search(r"<(?:\w+:)?sheet [^>]*\w+:id=\"(\w+)\"", book)
    relations = package.read("xl/_rels/workbook.xml.rels").decode()
    assert first is not None
    target = next(
        re.search(r'Target="/?(?:xl/)?([^"]+)"', item)[1]  # type: ignore[index]
        for item in re.findall(r"<Relationship [^>]*>", relations)
        if f'Id="{first[1]}"' in item
    )
    own = {name for name in package.namelist() if "worksheets/sheet" in name or name.endswith("sharedStrings.xml")}
    return (set(package.namelist()) - own) | {f"xl/{target}"}


def leaks(texts: Iterator[tuple[str, str]], names: tuple[str, ...]) -> list[str]:
    return sorted(
        {f"{name} in {where}" for where, text in texts for name in names if name.casefold() in text.casefold()}
    )


def folder_texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield "path", str(path.relative_to(folder))
            yield from texts_of(path, own_sheets_too="marked" not in path.parts)


ALL_NAMES = (*COLUMN_NAMES, *NEARBY_NAMES, KEY)


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--retention"),
        ("check", "--retention", "--lang", "en", "--strict"),
        ("tables",),
        ("tables", "--format", "parquet"),
        ("report", "--lang", "de", "--lang", "en"),
        ("report", "--edition", "public"),
        ("annual", "--year", "2018"),
    ],
    ids=" ".join,
)
def test_no_name_in_any_output(sources: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    out = tmp_path / "out"
    done = run(command[0], sources, "--out", out, *command[1:])
    assert done.returncode == (1 if "--strict" in command else 0), done.stderr.decode()
    assert any(out.iterdir())
    streams = (("stdout", done.stdout.decode()), ("stderr", done.stderr.decode()))
    assert leaks(iter((*streams, *folder_texts(out))), ALL_NAMES) == []


def test_verify_and_its_messages_name_nobody(sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("report", sources, "--out", out).returncode == 0
    done = run("verify", out)
    assert leaks(iter((("stdout", done.stdout.decode()), ("stderr", done.stderr.decode()))), ALL_NAMES) == []


def test_inspect_names_nobody(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looked = 0
    for path in sorted(sources.glob("*.*")):
        if path.suffix in {".xlsx", ".csv"}:
            for arguments in (["inspect", str(path)], ["inspect", str(path), "--json"]):
                with pytest.raises(SystemExit):
                    main(arguments)
                shown = capsys.readouterr()
                assert leaks(iter(((path.name, shown.out), (path.name, shown.err))), COLUMN_NAMES) == []
                looked += len(shown.out)
    assert looked > 1_000


def test_errors_name_nobody(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "listen"
    shutil.copytree(sources, folder)
    (folder / "corrections.csv").write_text(
        "Datei;Blatt;Zeile;Spalte;alt;neu;Grund;Datum;von;gegengezeichnet\n"
        "Technologieforen.xlsx;Kasan;7;Nachname;Quirlbachin;Quirlbach;Tippfehler;2.1.2025;A;B\n"
        "Technologieforen.xlsx;Kasan;7;Bemerkung;nichts;etwas;Tippfehler;2.1.2025;A;B\n"
        "Technologieforen.xlsx;Perm;4;Betreuer;nichts;etwas;Tippfehler;2.1.2025;A;B\n"
        "Anfragen_2019.xlsx;2019;8;Wert;7;8;Tippfehler;2.1.2025;A;B\n"
        "Anfragen_2019.xlsx;2019;7;Status;offen;erledigt;Tippfehler;2.1.2025;A;B\n",
        "utf-8",
    )
    done = run("check", folder)
    assert done.returncode == 2
    assert leaks(iter((("stdout", done.stdout.decode()), ("stderr", done.stderr.decode()))), ALL_NAMES) == []


def test_the_search_finds_what_is_there(sources: Path) -> None:
    """The lists themselves hold every name: a search that finds nothing anywhere would prove nothing."""
    found = leaks(folder_texts(sources), ALL_NAMES)
    assert {item.partition(" in ")[0] for item in found} == set(ALL_NAMES)
