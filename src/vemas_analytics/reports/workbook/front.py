"""What the cover, the contents and the notes say, as rows; the summary's lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vemas_analytics.model.document import (
    Cell,
    Document,
    FactsBlock,
    ListBlock,
    Paragraph,
    Section,
    TableBlock,
)
from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.workbook.grid import NO_ENTRY

_REGION_PAGE = "region_"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents sheet."""

    chapter: str
    sheet: str
    title: str


def workbook_tables(section: Section) -> Iterator[TableBlock]:
    """Yield the tables of a section that get a sheet: those that say anything."""
    for block in section.blocks:
        if isinstance(block, TableBlock) and "xlsx" in block.places and tells_something(block):
            yield block


def tells_something(table: TableBlock) -> bool:
    """Tell whether beside its first column a table holds a text or a number other than nought."""
    return any(
        (cell.kind == "text" and bool(cell.text)) or (cell.kind != "symbol" and bool(cell.value))
        for row in table.rows
        for cell in row[1:]
    )


def text_lines(block: object) -> list[str]:
    """Return the lines of a block of text; none for tables and charts."""
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, ListBlock):
        marks = (f"{number}. " if block.numbered else "" for number in range(1, len(block.items) + 1))
        return [mark + item for mark, item in zip(marks, block.items, strict=True)]
    if isinstance(block, FactsBlock):
        return [f"{label}: {value}" for label, value in block.items]
    return []


def note_rows(document: Document, texts: Catalogue) -> list[tuple[Cell, ...]]:
    """Return the notes sheet: part, place or term, explanation.

    Numbered notes and symbols come first, then the chapters that are text throughout (limits, method) and the facts
    of the other chapters, the glossary last. What is said of a single region stands on its page of the report only.
    """
    note = texts.text("workbook.note")
    rows = [
        (texts.text("workbook.part_notes"), f"{note} {number}", text)
        for number, text in enumerate(document.notes, start=1)
    ]
    rows += [(texts.text("workbook.symbol"), mark, meaning) for mark, meaning in document.symbols]
    rows.append((texts.text("workbook.symbol"), NO_ENTRY, texts.text("workbook.no_entry")))
    for section in document.sections[1:]:
        if not section.key.startswith(_REGION_PAGE):
            rows += _section_rows(section)
    rows += [(texts.text("workbook.term"), word, meaning) for word, meaning in document.glossary]
    return [tuple(Cell(text, text) for text in row) for row in rows]


def _section_rows(section: Section) -> list[tuple[str, str, str]]:
    facts = [item for block in section.blocks if isinstance(block, FactsBlock) for item in block.items]
    rows = [(section.heading, label, value) for label, value in facts]
    if any(isinstance(block, TableBlock) for block in section.blocks):
        return rows
    texts = [line for block in section.blocks if isinstance(block, Paragraph | ListBlock) for line in text_lines(block)]
    return rows + [(section.heading, f"({number})", line) for number, line in enumerate(texts, start=1)]


def symbols_used(table: TableBlock, symbols: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the symbols, with their meaning, that the cells of a table use; nought only beside another."""
    cells = [cell for row in table.rows for cell in row]
    words = [cell.text for cell in cells if cell.kind == "text"]
    found = {mark for mark, _ in symbols if mark != "0" and any(cell.shows(mark) for cell in cells)}
    found |= {mark for mark, _ in symbols if not mark.isalnum() and any(text.startswith(mark) for text in words)}
    if found and any(cell.kind != "text" and cell.value == 0 for cell in cells):
        found.add("0")
    return [(mark, meaning) for mark, meaning in symbols if mark in found]
