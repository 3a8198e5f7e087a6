"""The page holds what the document holds, loads nothing, and lets no text become markup."""

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from html_cases import BANNER, HOSTILE, charts_of, full_document, hostile_document, regions_table
from lxml import etree, html

from vemas_analytics.model.document import Cell, ChartRef, Document, ListBlock, Paragraph, Section, TableBlock
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reference.theme_dark import contrast, read_dark_theme
from vemas_analytics.reports import write_html
from vemas_analytics.reports.html.markup import raw, tag
from vemas_analytics.reports.html.page import html_page
from vemas_analytics.reports.html.region_words import regions_in


def page(document: Document) -> html.HtmlElement:
    return html.document_fromstring(html_page(document, charts_of(document)))


def blocks(document, kind):
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def words(element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


@pytest.fixture(scope="module")
def tree() -> html.HtmlElement:
    return page(full_document())


def test_two_runs_give_the_same_bytes_and_no_other_file(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_html(full_document(), charts_of(full_document()), tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html"]


def test_a_missing_picture_is_a_fault() -> None:
    with pytest.raises(KeyError, match="second"):
        html_page(full_document(), {key: svg for key, svg in charts_of(full_document()).items() if key != "second"})


def test_every_table_is_there_cell_by_cell(tree) -> None:
    tables = blocks(full_document(), TableBlock)
    assert len(tree.xpath("//table")) == len(tables)
    for table in tables:
        (shown,) = tree.xpath(f"//*[@id='t-{table.key}']//table")
        assert words(shown.find("caption")).startswith(table.title)
        rows = [[words(cell) for cell in row] for row in shown.xpath("./tbody/tr")]
        assert rows == [[words(tag_free(cell.text)) for cell in row] for row in table.rows]
        heads = [words(head) for head in shown.xpath("./thead//th[@scope='col']")]
        assert sorted(heads) == sorted(column.header for column in table.columns)
        below = words(tree.get_element_by_id(f"t-{table.key}"))
        assert all(part in below for part in (*table.notes, table.source, table.scope))


def test_values_to_sort_by_are_the_documents_own(tree) -> None:
    rows = tree.xpath("//*[@id='t-regions']//tbody/tr")
    assert [row[1].get("data-value") for row in rows] == ["1234", "99", "12", None, "1345"]
    assert [row[2].get("data-value") for row in rows] == ["9.5", None, "-3.0", "10.25", "0.0"]
    assert rows[0][3].get("data-value") == "2019-05-27"
    assert rows[1][2].get("data-symbol") is not None
    assert rows[1][2].find("abbr").get("title") == "nicht erfasst"
    assert [row.get("class") for row in rows] == [None] * 4 + ["total"]


def test_every_chart_is_there_named_by_its_message(tree) -> None:
    refs = blocks(full_document(), ChartRef)
    pictures = tree.xpath("//figure//svg[@role='img']")
    assert [picture.get("aria-label") for picture in pictures] == [ref.alt for ref in refs]
    for ref in refs:
        figure = tree.get_element_by_id(f"c-{ref.key}")
        assert ref.title in words(figure.find("figcaption"))
        assert ref.message in words(figure.find("figcaption"))
    assert all(words(picture.find("text")) == "1.234 <b> Gebiet" for picture in pictures)


def test_charts_take_their_colours_from_the_page(tree) -> None:
    (picture,) = tree.xpath("//*[@id='c-first']//svg")
    assert tree.xpath("//*[@style]") == []
    assert tree.xpath("//svg//style") == []
    assert not re.search(r"#[0-9a-f]{6}", etree.tostring(picture).decode(), re.IGNORECASE)
    stroke = picture.xpath("./path[@class='s-hatch']")
    assert [path.get("d") for path in stroke] == ["M 1 1.23 L 2 2M 3 3 L 4 4"]
    mark = picture.find("use").get("href")
    assert mark == "#c-first-1"
    assert picture.xpath(f"./path[@id='{mark[1:]}']")


def test_other_parts_of_the_document_are_there(tree) -> None:
    text, document = words(tree.find("body")), full_document()
    pairs = (*document.cover, *document.symbols, *document.glossary)
    for part in (document.title, document.subtitle, *document.notes, *(half for pair in pairs for half in pair)):
        assert part in text
    for part in ("Satz eins.", "Achtung.", "Befund Gebiet Swerdlowsk.", "Letzte Reise", "07/2013"):
        assert part in text


def test_ids_are_unique_and_all_links_resolve(tree) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [link.removeprefix("#") for link in tree.xpath("//a/@href | //*[local-name()='use']/@href")]
    assert len(targets) > 20
    assert {target for target in targets if target} <= set(ids)
    named = " ".join(tree.xpath("//@aria-labelledby")).split()
    assert set(named) <= set(ids)


def test_a_reference_is_a_link_named_by_its_heading_and_one_to_nowhere_is_left_out() -> None:
    row = (Cell("A", "Zeile A", see="limits"), Cell("B", "Zeile B", see="gone"), *regions_table().rows[0][2:])
    table = regions_table(rows=(row,), total_rows=())
    blocks = (Paragraph("Satz.", see="limits"), ListBlock(("eins", "zwei"), see=("", "gone")), table)
    document = full_document(
        sections=(Section("one", "Eins", blocks), Section("limits", "Grenzen", (Paragraph("Ende."),)))
    )
    tree = html.document_fromstring(html_page(document, {}))
    links = [(words(link), link.get("href")) for link in tree.xpath("//section[@id='s-one']//a")]
    assert [link for link in links if link[1] == "#s-limits"] == [("→ Grenzen", "#s-limits"), ("Zeile A", "#s-limits")]
    assert all("gone" not in place for _, place in links)


def test_notes_are_linked_both_ways(tree) -> None:
    assert [words(link) for link in tree.xpath("//*[@id='t-regions']//tr[1]//a[@class='note']")] == ["1", "2"]
    assert tree.xpath("//*[@id='s-limits']//a[@href='#note-3']")
    assert tree.xpath("//a[@href='#note-9']") == []
    back = tree.xpath("//*[@id='note-2']//a/@href")
    assert "#t-regions" in back
    assert tree.xpath("//*[@id='note-3']//a/@href") == ["#s-limits"]


def test_nothing_is_loaded_and_only_the_own_script_runs(tree) -> None:
    source = html_page(full_document(), charts_of(full_document()))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (element,) = re.findall(rf"<{name}>(.*?)</{name}>", source, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(element.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert tree.xpath("//@src | //*[local-name()='image'] | //iframe | //object | //form") == []
    assert set(tree.xpath("//link/@href")) == {"data:,"}
    assert re.findall(r"url\((?!data:)|@import|https?:", source) == []


def test_text_from_files_is_never_markup() -> None:
    clean, hostile = page(full_document()), page(hostile_document())
    kinds = {element.tag for element in hostile.iter()} - {element.tag for element in clean.iter()}
    assert kinds == set()
    assert len(hostile.xpath("//script")) == 1
    assert hostile.xpath("//@onerror") == []
    shown = HOSTILE.replace("\x07", "\ufffd").replace("\u202e", "\ufffd")
    assert words(hostile.find("body")).count(words(tag_free(shown))) >= 20
    assert hostile.find("head/title").text.startswith(shown)
    assert hostile.xpath("//svg/@aria-label") == [shown]
    (style,) = hostile.xpath("//style/text()")
    assert "<" not in style
    assert "alert(1)" not in style


def tag_free(text: str) -> html.HtmlElement:
    element = html.Element("p")
    element.text = text
    return element


def test_headings_descend_by_one_and_parts_have_names(tree) -> None:
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tree.get("lang") == "de"
    assert [len(tree.xpath(f"//{name}")) for name in ("header", "nav", "main")] == [1, 1, 1]
    assert all(part.get("aria-labelledby") or part.get("aria-label") for part in tree.xpath("//section|//nav"))
    assert all(head.get("scope") for head in tree.xpath("//th"))
    assert tree.xpath("//body/a[1]/@href") == ["#content"]


def test_heads_of_grouped_columns_span_them(tree) -> None:
    heads = tree.xpath("//*[@id='t-regions']//thead/tr[1]/th")
    assert [(words(head), head.get("colspan"), head.get("rowspan")) for head in heads[:3]] == [
        ("Region", None, "2"),
        ("Anfragen", "2", None),
        ("Letzte Maßnahme", None, "2"),
    ]


def test_the_mark_of_invented_data_is_in_bar_title_and_printed_page(tree) -> None:
    assert words(tree.xpath("//header//*[@class='banner']")[0]) == BANNER
    assert BANNER in tree.find("head/title").text
    (style,) = tree.xpath("//style/text()")
    assert '@top-right{content:"DEMO \\2013  erfundene Daten"}' in style
    real = page(full_document(banner=""))
    assert real.xpath("//*[contains(@class, 'banner') or contains(@class, 'stamp')]") == []


def test_rows_and_pages_know_their_regions(tree) -> None:
    rows = tree.xpath("//*[@id='t-regions']//tbody/tr/@data-region")
    assert rows == ["RU-SVE", "RU-TA", "RU-KLU", "RU-SVE RU-TA"]
    assert tree.xpath("//section/@data-page") == ["RU-SVE", "RU-TA"]
    assert [words(choice) for choice in tree.xpath("//select/option")] == [
        "alle Regionen",
        "Kaluga",
        "Swerdlowsk",
        "Tatarstan",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Moskau (Gebiet)", ("RU-MOS",)),
        ("Nischni Nowgorod, St. Petersburg", ("RU-NIZ", "RU-SPE")),
        ("Baschkortostan, Moskau und 3 weitere", ("RU-BA", "RU-MOW")),
        ("Nowgorod (Weliki)", ("RU-NGR",)),
        ("übrige Regionen (7)", ()),
        ("Moskauer Vorstadt", ()),
    ],
)
def test_regions_named_in_a_cell(text, codes) -> None:
    assert regions_in(text, "de") == codes


def test_region_pages_and_long_parts_are_folded_their_first_sentence_is_not(tree) -> None:
    folded = [fold.getparent().get("id") for fold in tree.xpath("//details[@class='fold']")]
    assert folded == ["s-region_RU_SVE", "s-region_RU_TA", "s-annex", "s-annex_a"]
    for name in ("s-region_RU_SVE", "s-annex_a"):
        section = tree.get_element_by_id(name)
        assert section.find("p") is not None
    assert tree.xpath("//*[@id='s-overview']/details[@class='more']//table/..//*[@id='t-extra-title']")


def test_a_document_without_regions_has_no_choice_of_region() -> None:
    section = full_document().sections[4]
    plain = page(full_document(sections=(section,)))
    assert plain.xpath("//select") == []
    assert plain.xpath("//details[@class='fold']") == []


def test_an_annual_review_shows_its_cover_at_the_top() -> None:
    annual = page(full_document(kind="annual"))
    assert annual.xpath("//main/div[1]//dt/text()") == ["Herausgeber"]
    assert annual.xpath("//*[@id='about']") == []


def test_rows_stay_where_sums_stand_between_them() -> None:
    table = replace(regions_table(), total_rows=(2,))
    section = replace(full_document().sections[0], blocks=(table,))
    assert page(full_document(sections=(section,))).xpath("//table/@data-sortable") == []
    assert len(page(full_document()).xpath("//*[@id='t-regions']//table[@data-sortable]")) == 1


@pytest.mark.parametrize("accent", ["", "#FFD500", "#006633", "#000000"])
def test_text_can_be_read_on_every_ground_of_both_themes(accent) -> None:
    for theme in (read_theme(accent), read_dark_theme(accent)):
        for text in ("ink", "ink_soft", "accent_text", "stop"):
            assert contrast(theme.colour(text), theme.colour("paper")) >= 4.5, text
        for ground in ("accent_pale", "stop_pale", "band"):
            assert contrast(theme.colour("ink"), theme.colour(ground)) >= 7, ground
            assert contrast(theme.colour("ink_soft"), theme.colour(ground)) >= 4.5, ground
        assert contrast(theme.colour("paper"), theme.colour("stop")) >= 4.5


def test_the_dark_theme_has_every_role_and_keeps_the_order_of_shades() -> None:
    light, dark = read_theme(), read_dark_theme()
    assert set(light.colours) == set(dark.colours)
    paper = dark.colour("paper")
    for ladder in (
        ("accent", "accent_mid", "accent_soft", "accent_light", "accent_faint", "accent_pale"),
        ("bad_dark", "bad", "bad_mid", "bad_light", "bad_pale"),
    ):
        steps = [contrast(dark.colour(role), paper) for role in ladder]
        assert steps == sorted(steps, reverse=True), ladder
    for fill, label in (("accent", "paper"), ("bad", "paper"), ("bad_dark", "paper"), ("bad_pale", "ink")):
        assert contrast(dark.colour(fill), dark.colour(label)) >= 4.5


def test_markup_escapes_and_refuses() -> None:
    assert tag("p", "a<b", None, [tag("b", "&")], title='"x"', hidden=True, lang=None) == (
        '<p title="&quot;x&quot;" hidden>a&lt;b<b>&amp;</b></p>'
    )
    with pytest.raises(ValueError, match="script"):
        raw("script", "x = '</SCRIPT>'")
