"""A Document to an accessible PDF (PDF/UA-1), typeset by Typst from data."""

import datetime as dt
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, Final

from vemas_analytics.model.document import (
    Block,
    Cell,
    ChartRef,
    Document,
    FactsBlock,
    ListBlock,
    Paragraph,
    Section,
    TableBlock,
)
from vemas_analytics.reference.fonts import FONT_FAMILY, font_folder, printable
from vemas_analytics.reference.numbers import format_date
from vemas_analytics.reference.texts import read_texts
from vemas_analytics.reference.theme import read_theme
from vemas_analytics.reports.table_widths import PADDING_MM, breakable, fit_table, longest_word_mm

TEXT_WIDTH_MM: Final = 170.0
"""Width of the text area of an A4 page with the margins of ``report.typ``."""

_TEMPLATES: Final = ("report.typ", "blocks.typ", "look.typ")
_WORDS: Final = ("page_of", "see", "see_short", "contents", "notes", "symbols", "glossary", "about")
_REGION: Final = {"de": "DE", "en": "GB"}


def write_pdf(document: Document, charts: Mapping[str, bytes], path: Path) -> None:
    """Typeset a document and write it to ``path``.

    Same document and charts, same bytes: the only date inside is the document's reference date.

    Parameters
    ----------
    document : Document
    charts : mapping of str to bytes
        SVG by key of each `ChartRef` in the document.
    path : pathlib.Path
        Replaced as a whole, or not touched when typesetting fails.

    Raises
    ------
    KeyError
        When the picture of a chart is missing.
    typst.TypstError
        When the document cannot be typeset as PDF/UA-1: a fault of the program.
    """
    write_typeset(typeset_pdf(document, charts), path)


def write_typeset(content: bytes, path: Path) -> None:
    """Write a typeset document to ``path``, replaced as a whole."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as handle:
        handle.write(content)
    temporary = Path(handle.name)
    temporary.chmod(0o644)
    os.replace(temporary, path)  # noqa: PTH105 - replaces an existing file on Windows too


def typeset_pdf(document: Document, charts: Mapping[str, bytes]) -> bytes:
    """Return a document typeset as PDF; Typst lets other threads work meanwhile.

    Parameters and errors as those of `write_pdf`.
    """
    import typst

    pictures = {ref.key: f"chart-{number}.svg" for number, ref in enumerate(_chart_refs(document))}
    templates = files("vemas_analytics.reports") / "typst"
    with tempfile.TemporaryDirectory(prefix="vemas-") as name:
        folder = Path(name)
        for template in _TEMPLATES:
            (folder / template).write_bytes((templates / template).read_bytes())
        for key, file_name in pictures.items():
            (folder / file_name).write_bytes(charts[key])
        data = document_data(document, pictures)
        if document.logo is not None:
            data["logo"] = f"logo{document.logo.suffix.casefold()}"
            (folder / data["logo"]).write_bytes(document.logo.read_bytes())
        (folder / "document.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        compiler = typst.Compiler(
            input=folder / "report.typ",
            root=folder,
            font_paths=typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())]
            ),
        )
        noon = dt.datetime(document.as_of.year, document.as_of.month, document.as_of.day, 12, tzinfo=dt.UTC)
        content = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=noon)
    if not isinstance(content, bytes):
        message = "Typst returned something other than one PDF"
        raise TypeError(message)
    return content


def _chart_refs(document: Document) -> list[ChartRef]:
    refs = [block for section in document.sections for block in section.blocks if isinstance(block, ChartRef)]
    return list({ref.key: ref for ref in refs}.values())


def document_data(document: Document, pictures: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template reads: plain values only, every text printable in the report's font.

    Parameters
    ----------
    document : Document
    pictures : mapping of str to str
        File name of the picture of each chart key.
    """
    texts, theme = read_texts(document.language), read_theme(document.accent)
    foot = (
        document.organisation,
        texts.text("pdf.as_of", date=format_date(document.as_of, document.language)),
        texts.text(f"pdf.edition.{document.edition}"),
    )
    return {
        "kind": document.kind,
        "language": document.language,
        "region": _REGION[document.language],
        "font": FONT_FAMILY,
        "title": printable(document.title),
        "subtitle": printable(document.subtitle),
        "banner": printable(document.banner),
        "organisation": printable(document.organisation),
        "author": printable(document.organisation) or texts.text("pdf.no_author"),
        "as_of": [document.as_of.year, document.as_of.month, document.as_of.day],
        "foot": printable(" · ".join(part for part in foot if part)),
        "words": {word: texts.text(f"pdf.{word}") for word in _WORDS},
        "colours": dict(theme.colours),
        "sizes": dict(theme.sizes),
        "sections": [_section(section, document, pictures) for section in document.sections],
        "cover": _pairs(document.cover),
        "cover_see": [_place(dict(document.cover_see).get(label, ""), document) for label, _ in document.cover],
        "logo": "",
        "logo_alt": texts.text("pdf.logo", organisation=printable(document.organisation)),
        "notes": [printable(note) for note in document.notes],
        "symbols": _pairs(document.symbols),
        "glossary": _pairs(document.glossary),
    }


def _place(key: str, document: Document) -> str:
    """Return the key of a section that a reader can be sent to; empty when the document has no such heading."""
    if not key:
        return ""
    is_there = any(section.key == key and section.heading != document.title for section in document.sections)
    return key if is_there else ""


def _pairs(pairs: tuple[tuple[str, str], ...]) -> list[list[str]]:
    return [[printable(first), printable(second)] for first, second in pairs]


def _section(section: Section, document: Document, pictures: Mapping[str, str]) -> dict[str, Any]:
    shown = [item for item in section.blocks if not isinstance(item, TableBlock) or "pdf" in item.places]
    return {
        "key": section.key,
        "heading": printable(section.heading),
        "level": section.level,
        "page_break": section.page_break,
        "in_outline": section.in_outline,
        "blocks": [_block(item, document, pictures) for item in shown],
    }


def _block(item: Block, document: Document, pictures: Mapping[str, str]) -> dict[str, Any]:
    if isinstance(item, Paragraph):
        see = _place(item.see, document)
        return {"kind": "paragraph", "text": printable(item.text), "tone": item.tone, "see": see}
    if isinstance(item, ListBlock):
        entries = [
            {"text": printable(entry), "see": _place(see, document)}
            for entry, see in zip_longest(item.items, item.see[: len(item.items)], fillvalue="")
        ]
        return {"kind": "list", "items": entries, "numbered": item.numbered}
    if isinstance(item, FactsBlock):
        return {"kind": "facts", "items": _pairs(item.items)}
    if isinstance(item, TableBlock):
        return _table(item, document)
    return {
        "kind": "chart",
        "title": printable(item.title),
        "message": printable(item.message),
        "alt": item.alt,
        "file": pictures[item.key],
        "width": item.width_mm,
        "height": item.height_mm,
    }


def _table(table: TableBlock, document: Document) -> dict[str, Any]:
    sizes = read_theme().sizes
    wanted = (sizes["table_small"],) if table.small else (sizes["table"], sizes["table_small"])
    room = _room_for_pages(table, document)
    size, widths = fit_table(room, TEXT_WIDTH_MM, (*wanted, sizes["table_small"] - 0.5))
    marks = [mark for mark, _ in document.symbols]
    return {
        "kind": "table",
        "title": printable(table.title),
        "scope": printable(table.scope),
        "source": printable(table.source),
        "notes": [printable(note) for note in table.notes],
        "size": size,
        "total_rows": list(table.total_rows),
        "columns": [
            {"head": _head(column.header, width, size), "align": column.align, "width": width}
            for column, width in zip(table.columns, widths, strict=True)
        ],
        "groups": _groups(table, widths, size),
        "rows": [_with_places(row, _row(row, widths, size, marks), document) for row in table.rows],
    }


def _room_for_pages(table: TableBlock, document: Document) -> TableBlock:
    """Return a table to measure: each cell that names a page is as wide as with the number of a page."""
    page = "\u00a0" * 3 + read_texts(document.language).text("pdf.see_short", page="00")
    rows = (
        tuple(replace(cell, text=cell.text + page) if _place(cell.see, document) else cell for cell in row)
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _with_places(cells: Sequence[Cell], shown: list[dict[str, Any]], document: Document) -> list[dict[str, Any]]:
    for cell, entry in zip(cells, shown, strict=True):
        place = _place(cell.see, document)
        if place:
            entry["see"] = place
    return shown


def _row(cells: Sequence[Cell], widths: Sequence[float], size: float, marks: Sequence[str]) -> list[dict[str, Any]]:
    """Return a row's cells; the first carries the symbols of all, so that a page need not count every cell."""
    used = [mark for mark in marks if any(cell.shows(mark) for cell in cells)]
    return [
        {
            "text": _cell_text(cell, width, size),
            "hyphenate": longest_word_mm(printable(cell.text), size) > width - PADDING_MM,
            "emphasis": cell.emphasis,
            "symbols": used if index == 0 else [],
        }
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]


def _head(name: str, width_mm: float, size: float) -> dict[str, Any]:
    """Return a head's text; it is hyphenated only where a word is wider than the column."""
    text = printable(name)
    return {"name": text, "hyphenate": longest_word_mm(text, size, 600) > width_mm - PADDING_MM}


def _groups(table: TableBlock, widths: Sequence[float], size: float) -> list[dict[str, Any]]:
    """Return neighbouring columns of one group together; empty when no column has a group."""
    if not any(column.group for column in table.columns):
        return []
    groups: list[dict[str, Any]] = []
    first = 0
    for name, columns in groupby(table.columns, key=lambda column: column.group):
        count = len(list(columns))
        width = sum(widths[first : first + count])
        groups.append({**_head(name, width, size), "first": first, "count": count})
        first += count
    return groups


def _cell_text(cell: Cell, width_mm: float, size: float) -> str:
    text = printable(cell.text)
    return breakable(text, width_mm, size) if cell.kind == "text" else text
