"""The PDF is made of data only, accessible, complete, in one font, the same on every run."""

import datetime as dt
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from vemas_analytics.model.document import (
    Block,
    Cell,
    ChartRef,
    Column,
    Document,
    FactsBlock,
    ListBlock,
    Paragraph,
    Section,
    TableBlock,
)
from vemas_analytics.reports.pdf import document_data, write_pdf

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="170mm" height="60mm" viewBox="0 0 170 60">'
    b'<rect x="5" y="5" width="40" height="50" fill="#1F3A5F"/>'
    b'<text x="60" y="30" style="font-size: 4px; font-family: \'Fira Sans\'">Gemessen 1.234</text></svg>'
)
HOSTILE = '#import "x" *fett* _kursiv_ $x^2$ <marke> @ref \\ ] } ` // sys.inputs'
TITLE = "Marktarbeit Russland 2012–2024: Entwicklung nach Regionen"


def _integer(value: int, text: str = "") -> Cell:
    return Cell(value, text or str(value), "integer")


def _table(rows: int = 8, **changes: object) -> TableBlock:
    columns = (
        Column("region", "Region", "left", 1.7),
        Column("i", "I", "right", 0.8, "Anfragen je Jahr"),
        Column("ii", "II", "right", 0.8, "Anfragen je Jahr"),
        Column("open", "Zahl", "right", 0.8, "Offene Angebote am Vortag"),
        Column("last", "Letzte Maßnahme", "left", 1.3),
    )
    lines = tuple(
        (
            Cell(None, f"Zeile {number} Gebiet Nischni Nowgorod"),
            _integer(1234, "1.234"),
            Cell(None, "n. e.", "symbol"),
            _integer(12, "≥ 12"),
            Cell(dt.date(2019, 5, 27), "27.05.2019", "date"),
        )
        for number in range(rows)
    )
    table = TableBlock("regions", "Anfragen nach Regionen", columns, lines, notes=("Fußnote der Tabelle.",))
    return replace(table, **changes)


def _chart(key: str = "c1") -> ChartRef:
    return ChartRef(key, "yearly_columns", (), "Anfragen je Jahr", "Es wurden weniger.", "Säulen, von 71 auf 2 fallend")


def _document(*sections: Section, **changes: object) -> Document:
    document = Document(
        kind="before-after",
        language="de",
        edition="intern",
        title=TITLE,
        subtitle="Netzwerk e. V. · Datenstand 31.12.2024",
        banner="DEMO – erfundene Daten",
        organisation="Netzwerk e. V.",
        as_of=dt.date(2024, 12, 31),
        sections=sections or (Section("one", TITLE, (Paragraph("Ein Satz."),)),),
        symbols=(("0", "gezählt, keine"), ("n. e.", "nicht erfasst"), ("≥", "mindestens"), ("g", "geheim gehalten")),
    )
    return replace(document, **changes)


def _full() -> Document:
    sentences = tuple(
        f"Satz {number}: " + "Die Zusammenarbeit ruht seit dem 24.02.2022. " * 3 for number in range(1, 6)
    )
    blocks: tuple[Block, ...] = (ListBlock(sentences, numbered=True), _table(10, total_rows=(9,)), _chart())
    facts = FactsBlock((("Vereinbarung", "26.02.2013, Свердловская область"), ("Letzte Reise", "07/2013")))
    return _document(
        Section("one", TITLE, blocks),
        Section("two", "Überblick", (Paragraph("Achtung.", "warning"), facts, _chart("c2")), page_break=True),
        Section(
            "three", "Datengrundlage", (_table(120, small=True), ListBlock(("erstens", "zweitens"))), page_break=True
        ),
        Section("sub", "Einzelheiten", (Paragraph("Text.", "message"), Paragraph("Leise.", "muted")), level=2),
        notes=("Erste Anmerkung.", "Zweite Anmerkung."),
        glossary=(("Aussetzung", "Ende der Zusammenarbeit."), ("Stichtag", "Tag der Zählung.")),
        cover=(("Herausgeber", "Netzwerk e. V."),),
    )


CHARTS = {"c1": SVG, "c2": SVG}


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_two_runs_give_the_same_bytes_and_no_other_file(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_pdf(_full(), CHARTS, tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "b.pdf"]


def test_a_missing_picture_is_a_fault_and_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(KeyError, match="c2"):
        write_pdf(_full(), {"c1": SVG}, target)
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_smallest_document_can_be_typeset(tmp_path: Path, language) -> None:
    empty = _document(language=language, banner="", organisation="", symbols=(), subtitle="")
    write_pdf(empty, {}, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").stat().st_size > 1000


def test_symbols_are_found_in_cells_but_not_in_words() -> None:
    cells = (Cell(None, "≥ 12", "integer"), Cell(None, "g", "symbol"), Cell(None, "g", "text"), Cell(0, "0", "integer"))
    columns = tuple(Column(f"c{i}", "Spalte") for i in range(4))
    table = TableBlock("t", "T", columns, (cells,))
    data = document_data(_document(Section("s", "S", (table,))), {})
    row = data["sections"][0]["blocks"][0]["rows"][0]
    assert [cell["symbols"] for cell in row] == [["0", "≥", "g"], [], [], []]
    words = replace(table, rows=((Cell(None, "g"), Cell(None, "0"), Cell(None, "a"), Cell(None, "≥ x")),))
    data = document_data(_document(Section("s", "S", (words,))), {})
    assert data["sections"][0]["blocks"][0]["rows"][0][0]["symbols"] == []


def test_tables_for_the_workbook_only_are_left_out() -> None:
    section = Section("s", "S", (_table(places=frozenset({"xlsx"})), Paragraph("bleibt")))
    blocks = document_data(_document(section), {})["sections"][0]["blocks"]
    assert [block["kind"] for block in blocks] == ["paragraph"]


@pytest.mark.tools
def test_a_reference_names_its_page_and_one_to_nowhere_is_left_out(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    row = (Cell("A", "Zeile A", see="two"), Cell("B", "Zeile B", see="gone"))
    table = TableBlock("t", "Tabelle", (Column("a", "A"), Column("b", "B")), (row,))
    blocks = (Paragraph("Satz.", see="two"), Paragraph("Leer.", see="gone"), ListBlock(("eins", "zwei"), see=("two",)))
    sections = (Section("one", TITLE, (*blocks, table)), Section("two", "Weiteres", (Paragraph("Ende."),), 1, True))
    write_pdf(_document(*sections, symbols=()), {}, tmp_path / "a.pdf")
    first = _words(_run(pdftotext, "-l", "1", "-layout", str(tmp_path / "a.pdf"), "-"))
    for part in ("Satz. (Seite 2)", "Leer. –", "eins (Seite 2)", "– zwei Tabelle", "Zeile A S. 2 Zeile B"):
        assert part in first
    assert first.count("S. ") == 1


@pytest.mark.tools
def test_it_is_tagged_titled_and_in_one_embedded_font(tmp_path: Path, require_tool) -> None:
    pdfinfo, pdffonts = require_tool("pdfinfo"), require_tool("pdffonts")
    write_pdf(_full(), CHARTS, tmp_path / "a.pdf")
    info = _run(pdfinfo, str(tmp_path / "a.pdf"))
    assert re.search(r"^Tagged:\s+yes$", info, re.MULTILINE)
    assert re.search(rf"^Title:\s+{TITLE}$", info, re.MULTILINE)
    assert re.search(r"^Author:\s+Netzwerk e\. V\.$", info, re.MULTILINE)
    assert re.search(r"^Page size:.*\(A4\)$", info, re.MULTILINE)
    structure = _run(pdfinfo, "-struct-text", str(tmp_path / "a.pdf"))
    assert "Figure" in structure
    assert structure.count("TH") >= 5
    fonts = [line.split() for line in _run(pdffonts, str(tmp_path / "a.pdf")).splitlines()[2:]]
    assert {font[0].split("+")[1].split("-")[0] for font in fonts} == {"FiraSans"}
    assert {tuple(font[-5:-3]) for font in fonts} == {("yes", "yes")}


@pytest.mark.tools
def test_page_one_holds_sentences_table_and_chart(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    write_pdf(_full(), CHARTS, tmp_path / "a.pdf")
    first = _words(_run(pdftotext, "-f", "1", "-l", "1", "-layout", str(tmp_path / "a.pdf"), "-"))
    for part in (TITLE, "Satz 1:", "Satz 5:", "Anfragen nach Regionen", "Zeile 9", "Gemessen 1.234", "Seite 1 von"):
        assert part in first
    second = _words(_run(pdftotext, "-f", "2", "-l", "2", "-layout", str(tmp_path / "a.pdf"), "-"))
    for part in ("Inhalt", "Überblick", "Datengrundlage", "Свердловская область", "Seite 2 von"):
        assert part in second


@pytest.mark.tools
def test_long_tables_repeat_their_head_and_every_page_its_banner(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    write_pdf(_full(), CHARTS, tmp_path / "a.pdf")
    pages = _run(pdftotext, "-layout", str(tmp_path / "a.pdf"), "-").split("\f")[:-1]
    assert all("DEMO – erfundene Daten" in page for page in pages)
    long_table = [page for page in pages if re.search(r"Zeile \d+", page) and "Satz 1" not in page]
    assert len(long_table) >= 2
    assert all("Letzte Maßnahme" in _words(page) and "Anfragen je Jahr" in _words(page) for page in long_table)


@pytest.mark.tools
def test_a_page_explains_the_symbols_it_uses_and_no_others(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    write_pdf(_full(), CHARTS, tmp_path / "a.pdf")
    pages = _run(pdftotext, "-layout", str(tmp_path / "a.pdf"), "-").split("\f")
    assert "n. e. nicht erfasst" in _words(pages[0])
    assert "≥ mindestens" in _words(pages[0])
    assert "geheim gehalten" not in pages[0]
    assert "nicht erfasst" not in pages[1]


@pytest.mark.tools
def test_text_from_files_is_never_markup(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    blocks: tuple[Block, ...] = (
        Paragraph(HOSTILE),
        ListBlock((HOSTILE,)),
        FactsBlock(((HOSTILE, HOSTILE),)),
        TableBlock("t", HOSTILE, (Column("a", HOSTILE),), ((Cell(None, HOSTILE),),), scope=HOSTILE, notes=(HOSTILE,)),
        replace(_chart(), title=HOSTILE, message=HOSTILE, alt=HOSTILE),
    )
    hostile = _document(Section("../../x", HOSTILE, blocks), notes=(HOSTILE,), glossary=((HOSTILE, HOSTILE),))
    write_pdf(hostile, CHARTS, tmp_path / "a.pdf")
    text = _words(_run(pdftotext, "-raw", str(tmp_path / "a.pdf"), "-"))
    assert text.count("*fett*") == 15
    assert "$x^2$ <marke> @ref" in text


@pytest.mark.tools
def test_letters_the_font_lacks_do_not_stop_the_report(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    write_pdf(_document(Section("s", "S 中", (Paragraph("Firma 株式 🙂 \x07 Übung"),))), {}, tmp_path / "a.pdf")
    assert "Firma ?? ? Übung" in _words(_run(pdftotext, str(tmp_path / "a.pdf"), "-"))


@pytest.mark.tools
def test_a_page_one_that_is_a_little_too_long_is_set_smaller(tmp_path: Path, require_tool) -> None:
    pdftotext = require_tool("pdftotext")
    counts = []
    for rows in (17, 20):
        blocks: tuple[Block, ...] = (ListBlock(("Ein Satz. " * 25,) * 4, numbered=True), _table(rows), _chart())
        write_pdf(_document(Section("one", TITLE, blocks), symbols=()), CHARTS, tmp_path / "a.pdf")
        counts.append(_run(pdftotext, str(tmp_path / "a.pdf"), "-").count("\f"))
    assert counts == [1, 1]
