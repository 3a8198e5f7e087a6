"""Bookmarks, references and repeated heads of the typeset reports: a reader who follows one arrives where it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from page_structure import REPORTS, make, plain, run
from pypdf import PdfReader
from pypdf.generic import Destination

from vemas_analytics.model.document import ListBlock, Paragraph, TableBlock
from vemas_analytics.reference.texts import read_texts

pytestmark = pytest.mark.tools

NAMED = re.compile(r"(?:Seite|page|S\.|p\.) (\d+)")


@pytest.fixture(scope="module")
def made(tmp_path_factory, find_tool):
    find_tool("pdftotext")
    folder = tmp_path_factory.mktemp("links")
    return {report: make(report, folder) for report in REPORTS}


class Bookmark(NamedTuple):
    level: int
    title: str
    page: int
    top: float


class Link(NamedTuple):
    page: int
    words: str
    target: int


def texts_of(path: Path) -> list[str]:
    return [plain(page) for page in run("pdftotext", "-raw", str(path), "-").split("\f")[:-1]]


def bookmarks(reader: PdfReader, entries: list[Destination | list] | None = None, level: int = 1) -> Iterator[Bookmark]:
    for entry in reader.outline if entries is None else entries:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry, level + 1)
        else:
            number = reader.get_destination_page_number(entry)
            assert number is not None
            yield Bookmark(level, plain(str(entry.title)), number + 1, float(entry.top))


def headings(document) -> list[tuple[int, str]]:
    texts = read_texts(document.language)
    closing = {
        "notes": document.notes,
        "symbols": document.symbols,
        "glossary": document.glossary,
        "about": document.cover if document.kind != "annual" else (),
    }
    found = [(part.level, plain(part.heading)) for part in document.sections if part.heading != document.title]
    return [*found, *((1, texts.text(f"pdf.{key}")) for key, content in closing.items() if content)]


def links(path: Path) -> list[Link]:
    """Return every link within the document: the page it stands on, the words it covers, the page it leads to."""
    reader = PdfReader(path)
    markup = run("pdftotext", "-bbox", str(path), "-").replace(' xmlns="http://www.w3.org/1999/xhtml"', "")
    sheets = list(ElementTree.fromstring(markup).iter("page"))
    found = []
    for number, (page, sheet) in enumerate(zip(reader.pages, sheets, strict=True), 1):
        height = float(page.mediabox.height)
        for annotation in (item.get_object() for item in page.get("/Annots", [])):
            if annotation["/Subtype"] != "/Link":
                continue
            left, low, right, high = (float(edge) for edge in annotation["/Rect"])
            inside = [
                word.text or ""
                for word in sheet.iter("word")
                if left - 1 < (float(word.attrib["xMin"]) + float(word.attrib["xMax"])) / 2 < right + 1
                and low - 1 < height - (float(word.attrib["yMin"]) + float(word.attrib["yMax"])) / 2 < high + 1
            ]
            place = annotation.get("/Dest", annotation.get("/A", {}).get("/D"))
            target = reader.named_destinations[place].page if isinstance(place, str) else place[0]
            found.append(Link(number, plain(" ".join(inside)), (reader.get_page_number(target.get_object()) or 0) + 1))
    return found


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_bookmarks_name_every_heading_in_order_and_land_on_it(made, report):
    document, path = made[report]
    texts = texts_of(path)
    found = list(bookmarks(PdfReader(path)))
    assert [(mark.level, mark.title) for mark in found] == headings(document)
    assert [mark.page for mark in found] == sorted(mark.page for mark in found)
    for mark in found:
        assert mark.title in texts[mark.page - 1], mark
    breaks = {plain(part.heading) for part in document.sections if part.key.startswith("region_")}
    tops = [mark for mark in found if mark.title in breaks]
    assert len({mark.page for mark in tops}) == len(breaks)
    assert all(mark.top > 750 for mark in tops)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_each_page_named_is_a_link_to_the_page_of_that_number(made, report):
    document, path = made[report]
    all_links, texts = links(path), texts_of(path)
    named = [(link, int(number)) for link in all_links if link.page != 2 for number in NAMED.findall(link.words)]
    assert all(number == link.target for link, number in named)
    for number, page in enumerate(texts, 1):
        # the foot counts pages; the contents are tested below
        body = re.sub(r"(?:Seite|Page) \d+ (?:von|of) \d+", "", page)
        words = re.findall(r"\((?:Seite|page) \d+\)|\b(?:S\.|p\.) \d+", body)
        assert len(words) == sum(link.page == number for link, _ in named) or number == 2, (number, words)
    expected = {section.key for section in document.sections if section.heading != document.title}
    wanted = [see for section in document.sections for item in section.blocks for see in references(item)]
    assert sum(see in expected for see in wanted) > 0
    assert len([link for link in all_links if NAMED.search(link.words)]) == sum(
        see in expected for see in wanted
    ) + len([label for label, see in document.cover_see if see in expected and label in dict(document.cover)])


def references(item) -> Iterator[str]:
    if isinstance(item, Paragraph):
        yield item.see
    elif isinstance(item, ListBlock):
        yield from item.see
    elif isinstance(item, TableBlock) and "pdf" in item.places:
        yield from (cell.see for row in item.rows for cell in row)


def test_page_one_leads_to_its_chapters_and_to_each_region_page(made):
    document, path = made[REPORTS[0]]
    first = [link for link in links(path) if link.page == 1]
    marks = {mark.title: mark.page for mark in bookmarks(PdfReader(path))}
    headed = {section.key: plain(section.heading) for section in document.sections}
    for key in ("change", "course", "eve", "data_basis"):
        assert marks[headed[key]] in {link.target for link in first if "Seite" in link.words}, key
    pages = [marks[heading] for key, heading in headed.items() if key.startswith("region_")]
    assert [link.target for link in first if "S. " in link.words] == pages


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_contents_lead_where_they_say(made, report):
    document, path = made[report]
    marks = {mark.title: mark.page for mark in bookmarks(PdfReader(path))}
    shown = [link for link in links(path) if link.page == 2 and re.search(r" \d+$", link.words)]
    listed = [part for part in document.sections if part.in_outline and part.heading != document.title]
    assert len(shown) >= len(listed)
    for link in shown:
        title, _, number = link.words.rpartition(" ")
        assert int(number) == link.target, link
        assert marks[title] == link.target, link


def test_a_table_that_breaks_repeats_its_head_on_every_page(made):
    broken = 0
    for document, path in made.values():
        texts = texts_of(path)
        for section in document.sections:
            for table in section.blocks:
                if isinstance(table, TableBlock) and "pdf" in table.places and len(table.rows) > 22:
                    pages = pages_of(table, texts)
                    broken += len(pages) > 1
                    for number in pages:
                        for column in table.columns:
                            assert missing_words(column.header, texts[number]) == [], (table.key, number + 1)
    assert broken >= 2


def pages_of(table: TableBlock, texts: list[str]) -> list[int]:
    """Return the pages, from that of the title on, on which rows of a table stand."""
    start = next(number for number, text in enumerate(texts) if plain(table.title) in text)
    rows = [plain(" ".join([cell.text for cell in row if cell.text][:3])) for row in table.rows]
    found = []
    for number in range(start, len(texts)):
        if sum(row in texts[number] for row in rows) < 2:
            break
        found.append(number)
    return found


def missing_words(header: str, text: str) -> list[str]:
    joined = text.replace("- ", "").replace("-", "")
    return [word for word in plain(header).replace("-", "").split() if word not in joined]
