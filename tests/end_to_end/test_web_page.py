"""The page that a real run writes: complete, readable at every width, marked, and asking for nothing."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader

from browser import Browser
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reference.theme import read_theme

CASES = [("demo", "de"), ("demo", "en"), ("public_record", "de"), ("public_record", "en")]
BANNERS = {"de": "DEMO – erfundene Daten", "en": "DEMO – invented data"}


@pytest.fixture(params=CASES, ids="-".join)
def case(request) -> tuple[str, str, Path]:
    name, language = request.param
    return name, language, request.getfixturevalue(name).reports / f"before-after.{language}.html"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory, find_tool) -> Iterator[Browser]:
    browser = Browser(find_tool("chromium"), tmp_path_factory.mktemp("profile"))
    yield browser
    browser.close()


def words(element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def test_ids_links_and_colours_are_sound(case) -> None:
    _, language, path = case
    tree = html.document_fromstring(path.read_text("utf-8"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = {link.removeprefix("#") for link in tree.xpath("//a/@href")} - {""}
    assert links <= set(ids)
    assert tree.get("lang") == language
    assert tree.xpath("//svg//@fill[starts-with(., '#')] | //svg//@stroke[starts-with(., '#')]") == []
    roles = {name[2:] for names in tree.xpath("//svg//@class") for name in names.split() if name != "mark"}
    assert roles <= set(read_theme().colours)
    assert all(picture.get("aria-label") for picture in tree.xpath("//svg"))
    assert (
        tree.xpath("//text()[contains(., '{') and contains(., '}') and not(ancestor::script or ancestor::style)]") == []
    )


def test_its_numbers_are_the_findings(demo) -> None:
    tree = html.document_fromstring((demo.reports / "before-after.de.html").read_text("utf-8"))
    (row,) = [row for row in tree.xpath("//*[@id='t-regions']//tbody/tr") if words(row[0]) == "Swerdlowsk"]
    phases = demo.one("phases", "inquiries", "RU-SVE")["table"]
    lines = [dict(zip(phases["columns"], line, strict=True)) for line in phases["rows"]]
    assert [words(cell) for cell in row[1:4]] == [format_decimal(line["per_year"], "de") for line in lines[:3]]
    assert [float(cell.get("data-value")) for cell in row[1:4]] == [line["per_year"] for line in lines[:3]]
    assert words(row[4]) == format_integer(lines[3]["n"], "de")


def test_it_is_in_the_manifest(demo) -> None:
    outputs = json.loads((demo.reports / "manifest.json").read_text("utf-8"))["outputs"]
    assert {"before-after.de.html", "before-after.en.html"} <= set(outputs)


@pytest.mark.tools
@pytest.mark.parametrize("width", [360, 800, 1400])
def test_it_fits_every_width_and_asks_for_nothing(case, chromium: Browser, width: int) -> None:
    _, _, path = case
    with chromium.open(path, width=width, dark=width == 800) as tab:
        tab.run("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert tab.run("document.documentElement.scrollWidth") <= width
        assert tab.requests == [path.as_uri()]
        assert tab.complaints == []


CONTRAST = """(() => {
  const light = colour => {
    const part = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(one => one / 255)
      .map(one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
    return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const seen = getComputedStyle(at).backgroundColor;
      if (seen !== 'rgba(0, 0, 0, 0)' && seen !== 'transparent') return seen;
    }
    return 'rgb(255, 255, 255)';
  };
  const poor = new Set();
  document.querySelectorAll('body *:not(svg *):not(script)').forEach(element => {
    const own = Array.from(element.childNodes).some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.checkVisibility()) return;
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
    if ((one + .05) / (other + .05) < 4.5) poor.add(element.tagName + '.' + element.className);
  });
  return Array.from(poor);
})()"""


@pytest.mark.tools
@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_contrast_enough(demo, chromium: Browser, dark: bool) -> None:
    with chromium.open(demo.reports / "before-after.de.html", dark=dark) as tab:
        tab.run("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert tab.run(CONTRAST) == []
        grey = "rgb(100, 100, 100)" if dark else "rgb(140, 140, 140)"
        tab.run(f"document.querySelector('h1').style.color = '{grey}'")
        assert set(tab.run(CONTRAST)) == {"H1.", "SPAN.years"}


@pytest.mark.tools
def test_the_print_marks_every_page_of_invented_data_and_none_of_real(case, chromium: Browser) -> None:
    name, language, path = case
    with chromium.open(path) as tab:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(tab.print_pdf())).pages]
    assert len(pages) > 10
    assert [BANNERS[language] in page for page in pages] == [name == "demo"] * len(pages)


@pytest.mark.tools
def test_page_one_and_each_region_page_are_printed_on_one_sheet(case, chromium: Browser) -> None:
    _, _, path = case
    tree = html.document_fromstring(path.read_text("utf-8"))
    with chromium.open(path) as tab:
        reader = PdfReader(io.BytesIO(tab.print_pdf()))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
    parts = tree.xpath("//main/section[contains(@class, 'leaf')]")
    starts, at = {}, 0
    for part in parts:
        heading = words(part.xpath("./h2")[0])
        at = next(number for number in range(at + 1, len(pages)) if heading in pages[number][:300])
        starts[part.get("id")] = at
    order = [part.get("id") for part in parts]
    assert starts[order[0]] == 1, "page 1 takes more than a sheet"
    regions = [part for part in parts if part.get("data-page")]
    assert len(regions) >= 6
    for part in regions:
        following = order[order.index(part.get("id")) + 1]
        assert starts[following] == starts[part.get("id")] + 1, part.get("id")
        assert words(part.xpath(".//p[last()]")[-1])[-60:] in pages[starts[part.get("id")]]


@pytest.mark.tools
def test_each_region_can_be_chosen(demo, chromium: Browser) -> None:
    with chromium.open(demo.reports / "before-after.de.html") as tab:
        codes = tab.run("Array.from(document.querySelectorAll('#region option')).map(one => one.value).filter(Boolean)")
        assert len(codes) > 15
        assert "RU-SVE" in codes
        for code in codes:
            tab.run(f"location.hash = '#region={code}'")
            kept = tab.run("document.querySelectorAll('tr[data-region]:not([hidden])').length")
            named = tab.run(f"document.querySelectorAll('tr[data-region~={code}]').length")
            assert kept == named > 0
