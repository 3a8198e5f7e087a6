"""The logo in workbook and web page: described, beside what is written, an input of the manifest."""

import base64
import datetime as dt
import json
import re
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from vemas_analytics.model.document import Document, Paragraph, Section
from vemas_analytics.pipeline import ReportRequest, verify_folder, write_reports
from vemas_analytics.reports.html.page import html_page
from vemas_analytics.reports.logo import fitted, read_logo
from vemas_analytics.reports.workbook import check_workbook, write_workbook

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
    '<rect width="300" height="100" fill="{colour}"/><text x="20" y="60">MBN</text></svg>'
)


def _png(width: int, height: int) -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x1f\x3a\x5f" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


def _document(logo: Path | None, title: str = "Marktarbeit") -> Document:
    return Document(
        kind="before-after",
        language="de",
        edition="intern",
        title=title,
        subtitle="Netzwerk",
        banner="",
        organisation="VDI & Söhne",
        as_of=dt.date(2024, 12, 31),
        sections=(Section("one", title, (Paragraph("Ein Satz."),)),),
        notes=("Eine Anmerkung",),
        cover=(("Kontakt", "Geschäftsstelle"), ("Inhalt", "ein langer Text " * 12)),
        logo=logo,
    )


@pytest.fixture(params=["logo.png", "logo.svg"])
def logo(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    path.write_bytes(_png(400, 100) if path.suffix == ".png" else SVG.format(colour="#1F3A5F").encode())
    return path


def test_the_cover_shows_the_logo_described_and_beside_the_text(logo: Path, tmp_path: Path) -> None:
    for name, title in (("a", "Marktarbeit"), ("b", "Ein langer Titel, der über die Spalten hinausgeht, " * 3)):
        path = tmp_path / f"{name}.xlsx"
        write_workbook(_document(logo, title), path)
        assert {breach.rule for breach in check_workbook(path)} == set()
        cover = openpyxl.load_workbook(path).worksheets[0]
        (picture,) = cover._images
        anchor = picture.anchor
        assert anchor._from.col > cover.max_column
        assert anchor.ext.width <= 1.01 * 360_000 * 5
        assert anchor.ext.height <= 1.01 * 360_000 * 2
        # the title runs over empty cells: it ends before the picture does begin
        room = sum(cover.column_dimensions[letter].width for letter in "ABC")
        assert room > len(title) * 0.9
        with zipfile.ZipFile(path) as package:
            drawing = etree.fromstring(package.read("xl/drawings/drawing1.xml"))
            told = [item.get("descr") for item in drawing.iter("{*}cNvPr")]
            assert told == ["Logo der Organisation VDI & Söhne"]
            content = package.read("xl/media/image1.png")
        assert content.startswith(b"\x89PNG")
        if logo.suffix == ".png":
            assert content == logo.read_bytes()


def test_the_same_logo_gives_the_same_bytes(logo: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_workbook(_document(logo), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert html_page(_document(logo), {}) == html_page(_document(logo), {})


def test_the_web_page_holds_the_picture_itself(logo: Path) -> None:
    page = html_page(_document(logo), {})
    (picture,) = re.findall(r"<img [^>]*>", page)
    assert 'alt="Logo der Organisation VDI &amp; Söhne"' in picture
    (held,) = re.findall(r'src="data:image/png;base64,([^"]+)"', picture)
    assert base64.b64decode(held) == read_logo(logo).png
    assert "<img" not in html_page(_document(None), {})


def test_a_drawn_logo_keeps_its_proportions() -> None:
    wide, high = fitted(_png(300, 100), 5.0, 2.0), fitted(_png(100, 300), 5.0, 2.0)
    assert wide == pytest.approx((5.0, 5 / 3))
    assert high == pytest.approx((2 / 3, 2.0))


def test_verify_notices_a_changed_logo(tmp_path: Path) -> None:
    source, out = tmp_path / "lists", tmp_path / "out"
    source.mkdir()
    (source / "Anfragen.csv").write_text(
        "Nr.;Eingang;Region;Russisches Unternehmen;Gegenstand;Stand\nA1;03.02.2013;Swerdlowsk;OOO Eins;Presse;offen\n",
        encoding="utf-8",
    )
    (source / "vemas.toml").write_text('[report]\nlogo = "logo.svg"\n', encoding="utf-8")
    (source / "logo.svg").write_text(SVG.format(colour="#1F3A5F"), encoding="utf-8")
    write_reports(ReportRequest((source,), out, languages=("de",)))
    assert "../lists/logo.svg" in json.loads((out / "manifest.json").read_text("utf-8"))["inputs"]
    assert verify_folder(out) == ()
    (source / "logo.svg").write_text(SVG.format(colour="#7A1F3D"), encoding="utf-8")
    found = verify_folder(out)
    assert "inputs: not the files the report was made from" in found
    assert "before-after.de.xlsx: the sources give another file" in found
    assert "before-after.de.html: the sources give another file" in found
