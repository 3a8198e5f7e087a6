"""Own words, logo and accent: taken over where they fit, refused with advice where not."""

import datetime as dt
import struct
import subprocess
import zlib

import pytest

from vemas_analytics.config import read_settings
from vemas_analytics.errors import ConfigError
from vemas_analytics.reference.texts import read_texts

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    b'<rect width="40" height="20" fill="#1F3A5F"/></svg>'
)


def png(width=40, height=20):
    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\0" + b"\x1f\x3a\x5f" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


@pytest.fixture
def write(tmp_path):
    def make(text, **pictures):
        for name, content in pictures.items():
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        path = tmp_path / "vemas.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def refusal(path):
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    return str(caught.value)


def test_own_words_stand_in_place_of_the_catalogue(write):
    text = """[words.de]
"report.region_page.heading" = "Länderblatt {region}"
"report.page_one.others.other" = "die anderen {n}"
"""
    own = read_texts("de").with_own(read_settings(write(text)).words["de"])
    assert own.text("report.region_page.heading", region="Kaluga") == "Länderblatt Kaluga"
    assert own.plural("report.page_one.others", 7) == "die anderen 7"
    assert own.plural("report.page_one.others", 1) == read_texts("de").plural("report.page_one.others", 1)
    assert read_texts("de").text("report.region_page.heading", region="Kaluga") == "Regionenblatt Kaluga"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"report.region_page.headin" = "x"', "did you mean 'report.region_page.heading'?"),
        ('"pdf.contents" = "x"', "is no text of the reports"),
        ('"report.region_page.heading" = "{land}"', "names {land}, which this text has not; possible are: {region}"),
        ('"report.region_page.heading" = "{region"', "brace without its partner"),
        ('"report.page_one.others" = "x"', "did you mean 'report.page_one.others."),
    ],
)
def test_words_that_fit_nowhere_are_refused(write, line, words):
    assert words in refusal(write(f"[words.de]\n{line}\n"))


def test_a_language_without_catalogue_is_refused(write):
    assert "words" in refusal(write('[words.fr]\n"report.banner" = "x"\n'))


@pytest.mark.parametrize("accent", ["#FFE600", "#FFFFFF", "#9FC5E8"])
def test_a_pale_accent_is_refused_with_its_contrast(write, accent):
    assert "to 1 on white; choose a darker one" in refusal(write(f'[report]\naccent = "{accent}"\n'))


def test_a_dark_accent_is_taken(write):
    assert read_settings(write('[report]\naccent = "#7A1F3D"\n')).report.accent == "#7A1F3D"


@pytest.mark.parametrize("pictures", [{"logo_png": png()}, {"logo_svg": SVG}], ids=["png", "svg"])
def test_a_logo_is_taken(write, pictures):
    name = next(iter(pictures)).replace("_", ".")
    assert read_settings(write(f'[report]\nlogo = "{name}"\n', **pictures)).report.logo == name


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        ({"logo_png": b"GIF89a"}, "is neither PNG nor SVG"),
        ({"logo_png": b"\x89PNG\r\n\x1a\n"}, "is neither PNG nor SVG"),
        ({"logo_png": png(4001, 1)}, "4001 by 1 pixels"),
        ({"logo_png": SVG}, "rename it to .svg"),
        ({"logo_svg": b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'}, "is neither PNG nor SVG"),
        ({"logo_svg": b"<html/>"}, "is neither PNG nor SVG"),
        ({"logo_svg": SVG + b" " * 2_000_000}, "use a picture of at most"),
    ],
    ids=["gif", "empty", "wide", "misnamed", "entities", "html", "heavy"],
)
def test_a_bad_logo_is_refused(write, pictures, words):
    name = next(iter(pictures)).replace("_", ".")
    assert words in refusal(write(f'[report]\nlogo = "{name}"\n', **pictures))


@pytest.mark.tools
@pytest.mark.parametrize("name", ["logo.png", "logo.svg"])
def test_the_logo_stands_on_page_one_with_a_text(tmp_path, require_tool, name):
    from vemas_analytics.model.document import Document, Paragraph, Section
    from vemas_analytics.reports import write_pdf

    (tmp_path / name).write_bytes(png() if name.endswith("png") else SVG)
    sections = (Section("one", "Titel", (Paragraph("Ein Satz."),)),)
    document = Document(
        "before-after", "de", "intern", "Titel", "", "", "Netzwerk", dt.date(2024, 12, 31), sections,
        logo=tmp_path / name,
    )  # fmt: skip
    write_pdf(document, {}, tmp_path / "a.pdf")
    told = subprocess.run(
        [require_tool("pdfinfo"), "-struct", str(tmp_path / "a.pdf")], capture_output=True, check=True
    )
    assert b"Figure" in told.stdout
