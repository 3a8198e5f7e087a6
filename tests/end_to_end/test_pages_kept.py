"""Typeset pages against what is kept of them, and the rules every page keeps: tagged, embedded, labelled, whole."""

import re
from dataclasses import replace
from difflib import unified_diff

import pytest
from page_structure import REPORTS, _pictures, describe, kept, make, plain, read_pages, run

from vemas_analytics.model.document import ChartRef, TableBlock

pytestmark = pytest.mark.tools


@pytest.fixture(scope="module")
def made(tmp_path_factory, find_tool):
    for tool in ("pdftotext", "pdfinfo", "pdffonts"):
        find_tool(tool)
    folder = tmp_path_factory.mktemp("pages")
    return {report: make(report, folder) for report in REPORTS}


def differences(now, before):
    return "\n".join(list(unified_diff(before.splitlines(), now.splitlines(), "kept", "now", lineterm="", n=1))[:60])


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_pages_are_as_kept(made, report):
    difference = differences(describe(*made[report]), kept(report))
    assert not difference, f"{difference}\nmeant? python tests/end_to_end/page_structure.py"


def test_a_moved_number_and_a_dropped_chart_are_seen(made):
    document, path = made[REPORTS[0]]
    before = describe(document, path)
    sections = tuple(
        replace(section, blocks=tuple(item for item in section.blocks if not isinstance(item, ChartRef)))
        if section.key == "course"
        else section
        for section in document.sections
    )
    assert "-picture phase_columns" in differences(describe(replace(document, sections=sections), path), before)
    number = re.search(r"numbers: .*? (\d+,\d)", before)
    assert number
    assert "-numbers" in differences(before.replace(number[1], "0,7", 1), before)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_each_report_is_tagged_and_in_one_embedded_font(made, report):
    _, path = made[report]
    info = run("pdfinfo", str(path))
    assert re.search(r"^Tagged:\s+yes$", info, re.MULTILINE)
    assert re.search(r"^Page size:.*\(A4\)$", info, re.MULTILINE)
    fonts = [line.split() for line in run("pdffonts", str(path)).splitlines()[2:]]
    assert {font[0].split("+")[1].split("-")[0] for font in fonts} == {"FiraSans"}
    assert {tuple(font[-5:-3]) for font in fonts} == {("yes", "yes")}
    assert b"pdfuaid" in path.read_bytes()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_page_says_what_it_is_of(made, report):
    document, path = made[report]
    pages = [plain(page) for page in run("pdftotext", "-layout", str(path), "-").split("\f")[:-1]]
    words = ("Seite", "von") if report.language == "de" else ("Page", "of")
    for number, page in enumerate(pages, 1):
        assert f"{words[0]} {number} {words[1]} {len(pages)}" in page
        assert document.banner in page
        assert len(page) > 400 or number == len(pages), f"page {number} is all but empty"


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_no_page_is_all_but_empty(made, report):
    _, path = made[report]
    for number, blocks in enumerate(read_pages(path), 1):
        # below 21 mm of margin, above the foot
        lowest = max(top + height for (_, top, _, height), _ in blocks if top >= 20 and top + height <= 275)
        assert lowest - 21 >= 0.2 * 253, f"page {number} ends {lowest} mm down"


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_picture_has_a_text_of_its_own(made, report):
    document, path = made[report]
    alternatives = [item.alt for item in _pictures(document)]
    assert all(len(text) > 30 for text in alternatives)
    assert len(set(alternatives)) == len(alternatives)
    assert run("pdfinfo", "-struct", str(path)).count("Figure") >= len(alternatives)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_text_stays_inside_the_margins(made, report):
    _, path = made[report]
    for number, blocks in enumerate(read_pages(path), 1):
        for (left, top, width, height), text in blocks:
            assert left >= 15, (number, text)
            assert left + width <= 195, (number, text)
            assert top >= 5, (number, text)
            assert top + height <= 290, (number, text)


def test_the_main_part_is_page_one_eight_pages_and_a_page_per_region(made):
    document, path = made[REPORTS[0]]
    texts = [plain(page) for page in run("pdftotext", "-raw", str(path), "-").split("\f")]
    regions = [section for section in document.sections if section.key.startswith("region_")]
    first = next(index for index, text in enumerate(texts) if index > 1 and plain(regions[0].heading) in text)
    assert first == 9
    for offset, section in enumerate(regions):
        assert plain(section.heading) in texts[first + offset], section.heading
    basis = next(section for section in document.sections if section.key == "data_basis")
    assert plain(basis.heading) in texts[first + len(regions)]
    first_table = next(item for item in document.sections[0].blocks if isinstance(item, TableBlock))
    order = [row[0].text for row in first_table.rows]
    named = [next(name for name in order if re.search(rf"\b{re.escape(name)}\b", texts[first + i])) for i in range(5)]
    assert named == order[:5]


def test_page_one_holds_sentences_table_and_chart(made):
    for document, path in made.values():
        if document.kind == "annual":
            continue
        text = plain(run("pdftotext", "-raw", "-l", "1", str(path), "-"))
        for item in document.sections[0].blocks:
            if isinstance(item, TableBlock | ChartRef):
                assert plain(item.title) in text
