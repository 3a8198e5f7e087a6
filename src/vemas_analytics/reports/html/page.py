"""The whole page: head with its content policy, bar, contents, sections, and what closes every report."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from vemas_analytics.model.document import Document, Section, TableBlock
from vemas_analytics.reference.numbers import format_date
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.texts import Catalogue, read_texts
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reports.html.blocks import BlockSetter, facts, nested
from vemas_analytics.reports.html.markup import Markup, join, raw, tag
from vemas_analytics.reports.html.notes import NoteLinks
from vemas_analytics.reports.html.region_words import page_region, region_column, regions_in
from vemas_analytics.reports.html.style import colour_roles, style_sheet
from vemas_analytics.reports.html.tables import TableSetter
from vemas_analytics.reports.logo import read_logo

_YEARS = re.compile(r"(\d{4}–\d{4})")
_SCRIPT_WORDS = ("sort_by", "sorted_up", "sorted_down", "sorted_not", "filtered", "no_rows", "scroll")


def write_html(document: Document, charts: Mapping[str, bytes], path: Path) -> None:
    """Write a document as one web page that loads nothing, not even from its own folder.

    Same document and charts, same bytes. Everything can be read with scripts switched off; the script adds
    sorting, the choice of a region, the dark appearance and opening all parts.

    Parameters
    ----------
    document : Document
    charts : mapping of str to bytes
        SVG by key of each `ChartRef` in the document.
    path : pathlib.Path
        Overwritten.

    Raises
    ------
    KeyError
        When the picture of a chart is missing.
    """
    path.write_text(html_page(document, charts), encoding="utf-8", newline="\n")


def html_page(document: Document, charts: Mapping[str, bytes]) -> str:
    """Return the page as text; parameters as `write_html`."""
    texts = read_texts(document.language)
    notes = NoteLinks(texts, len(document.notes))
    setter = BlockSetter(
        document,
        texts,
        charts,
        colour_roles(read_theme(document.accent)),
        notes,
        TableSetter(
            document.language, dict(document.symbols), notes, frozenset(section.key for section in document.sections)
        ),
    )
    sections = setter.sections()
    closing = _closing(document, texts, notes)
    script = (files("vemas_analytics.reports.html") / "page.js").read_text("utf-8")
    style = style_sheet(document)
    body = tag(
        "body",
        tag("a", texts.text("html.skip"), href="#content", class_="skip"),
        _bar(document, texts),
        tag(
            "div",
            _contents(document, texts),
            tag("main", _opening(document, texts), sections, closing, id="content", tabindex=-1),
            class_="sheet",
        ),
        tag("div", document.banner, class_="stamp", aria_hidden="true") if document.banner else None,
        raw("script", script),
        data_words=json.dumps({word: texts.text(f"html.{word}") for word in _SCRIPT_WORDS}, ensure_ascii=False),
    )
    page = tag("html", _head(document, style, script), body, lang=document.language)
    return f"<!DOCTYPE html>\n{page}\n"


def _digest(content: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii") + "'"


def _head(document: Document, style: str, script: str) -> Markup:
    policy = (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    title = " · ".join(part for part in (document.title, document.banner) if part)
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="robots", content="noindex"),
        tag("meta", name="description", content=document.subtitle),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        raw("style", style),
    )


def _bar(document: Document, texts: Catalogue) -> Markup:
    """Return the bar that stays in sight: whose report, whether invented, and the controls."""
    say = texts.text
    choices = [tag("option", say("html.all_regions"), value="")]
    choices += [tag("option", name, value=code) for name, code in _region_choices(document)]
    region = tag("label", tag("span", say("html.region")), tag("select", choices, id="region"), class_="choice")
    buttons = (
        tag(
            "button",
            say("html.open_all"),
            type="button",
            id="open-all",
            data_open=say("html.open_all"),
            data_close=say("html.close_all"),
        ),
        tag("button", say("html.print"), type="button", id="print"),
        tag("button", say("html.dark"), type="button", id="theme", aria_pressed="false"),
    )
    banner = tag("strong", document.banner, class_="banner") if document.banner else None
    controls = tag(
        "div",
        region if len(choices) > 1 else None,
        *buttons,
        class_="controls",
        role="group",
        aria_label=say("html.controls"),
        hidden=True,
    )
    status = tag(
        "p",
        tag("span", id="status", role="status"),
        tag("a", say("html.filtered_page"), href="#", id="to-page", hidden=True),
        tag("button", say("html.clear"), type="button", id="clear", hidden=True),
        class_="status",
    )
    name = tag("a", document.title, href="#content", class_="name")
    return tag("header", tag("div", name, banner, controls, class_="row"), status, class_="bar")


def _region_choices(document: Document) -> list[tuple[str, str]]:
    """Return name and code of every region that a row or a page speaks of, by name."""
    found: set[str] = set()
    for section in document.sections:
        code = page_region(section)
        found |= {code} if code else set()
        for block in section.blocks:
            index = region_column(block) if isinstance(block, TableBlock) else None
            if isinstance(block, TableBlock) and index is not None:
                for row in block.rows:
                    found.update(regions_in(row[index].text, document.language))
    regions = read_regions()
    return sorted((regions.short(code, document.language), code) for code in found)


def _opening(document: Document, texts: Catalogue) -> Markup:
    cover = facts(document.cover) if document.kind == "annual" and document.cover else None
    return tag(
        "div",
        _masthead(document, texts),
        tag("p", document.subtitle, class_="subtitle"),
        cover,
        class_="opening",
    )


def _masthead(document: Document, texts: Catalogue) -> Markup:
    """Return the heading, and beside it the logo, the picture of which stands in the page itself."""
    heading = tag("h1", _whole_years(document.title))
    if document.logo is None:
        return heading
    name = texts.text("workbook.logo", organisation=document.organisation).strip()
    picture = tag("img", src=read_logo(document.logo).data_uri, alt=name, class_="logo")
    return tag("div", heading, picture, class_="masthead")


def _whole_years(title: str) -> list[str]:
    """Return a heading in pieces, spans of years such as 2012–2024 in one that no line end cuts."""
    pieces = _YEARS.split(title)
    return [tag("span", piece, class_="years") if index % 2 else piece for index, piece in enumerate(pieces)]


def _link(section: Section, document: Document, texts: Catalogue) -> Markup:
    is_opening = section.heading == document.title
    return tag("a", texts.text("html.at_a_glance") if is_opening else section.heading, href=f"#s-{section.key}")


def _contents(document: Document, texts: Catalogue) -> Markup:
    """Return the contents; region pages stand together under one entry."""
    entries: list[Markup] = []
    pages: list[Markup] = []
    for chapter in nested(document.sections):
        if page_region(chapter[0]) is not None:
            name = read_regions().short(str(page_region(chapter[0])), document.language)
            pages.append(tag("li", tag("a", name, href=f"#s-{chapter[0].key}")))
            continue
        if pages:
            entries.append(_page_entry(pages, texts))
            pages = []
        below = (
            tag("ul", [tag("li", _link(part, document, texts)) for part in chapter[1:]]) if len(chapter) > 1 else None
        )
        entries.append(tag("li", _link(chapter[0], document, texts), below))
    if pages:
        entries.append(_page_entry(pages, texts))
    for key in _closing_keys(document):
        entries.append(tag("li", tag("a", texts.text(f"pdf.{key}"), href=f"#{key}")))
    heading = texts.text("pdf.contents")
    fold = tag("details", tag("summary", heading), tag("ul", entries), open=True, id="contents")
    return tag("nav", fold, aria_label=heading, class_="contents")


def _page_entry(pages: Sequence[Markup], texts: Catalogue) -> Markup:
    return tag("li", tag("span", texts.text("html.region_pages")), tag("ul", pages, class_="pages"))


def _closing_keys(document: Document) -> list[str]:
    kept = {
        "notes": bool(document.notes),
        "symbols": bool(document.symbols),
        "glossary": bool(document.glossary),
        "about": bool(document.cover) and document.kind != "annual",
    }
    return [key for key, is_there in kept.items() if is_there]


def _closing(document: Document, texts: Catalogue, notes: NoteLinks) -> list[Markup]:
    """Return notes, symbols, words and imprint, after the sections that refer to them."""
    entries = enumerate(document.notes, start=1)
    terms = tag(
        "dl", [join(tag("dt", word), tag("dd", meaning)) for word, meaning in document.glossary], class_="terms"
    )
    marks = tag("dl", [join(tag("dt", mark), tag("dd", meaning)) for mark, meaning in document.symbols], class_="marks")
    bodies = {
        "notes": tag(
            "ol", [tag("li", tag("span", note), notes.back(number), id=f"note-{number}") for number, note in entries]
        ),
        "symbols": marks,
        "glossary": terms,
        "about": facts(document.cover),
    }
    as_of = tag("p", texts.text("html.printed_at", date=format_date(document.as_of, document.language)), class_="muted")
    sections = [
        tag(
            "section",
            tag("h2", texts.text(f"pdf.{key}"), id=f"{key}-title"),
            bodies[key],
            id=key,
            class_="level1 end",
            aria_labelledby=f"{key}-title",
        )
        for key in _closing_keys(document)
    ]
    top = tag("p", tag("a", texts.text("html.to_top"), href="#content"), class_="top")
    return [*sections, as_of, top]
