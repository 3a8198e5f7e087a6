"""Sections and their blocks as markup, long ones behind a switch that works without a script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from vemas_analytics.model.document import (
    Block,
    ChartRef,
    Document,
    FactsBlock,
    ListBlock,
    Paragraph,
    Section,
    TableBlock,
)
from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.html.chart_svg import chart_svg
from vemas_analytics.reports.html.markup import Markup, join, tag
from vemas_analytics.reports.html.notes import NoteLinks
from vemas_analytics.reports.html.region_words import page_region
from vemas_analytics.reports.html.tables import TableSetter

_LONG = 15
"""Lines beyond which a part after the region pages is shown on demand; a chart counts as twelve."""

_CHART_LINES = 12


@dataclass(frozen=True, slots=True)
class BlockSetter:
    """Sets the sections of one document."""

    document: Document
    texts: Catalogue
    charts: Mapping[str, bytes]
    roles: Mapping[str, str]
    notes: NoteLinks
    tables: TableSetter

    def sections(self) -> list[Markup]:
        """Return all sections in the document's order, parts of level 2 inside the part before them."""
        closed = closed_sections(self.document.sections)
        chapters: list[Markup] = []
        for chapter in nested(self.document.sections):
            parts = [self._section(part, is_closed=part.key in closed) for part in chapter[1:]]
            chapters.append(self._section(chapter[0], parts, is_closed=chapter[0].key in closed))
        return chapters

    def _section(self, section: Section, parts: Sequence[Markup] = (), *, is_closed: bool) -> Markup:
        name = f"s-{section.key}"
        is_opening = section.heading == self.document.title
        heading = None if is_opening else tag(f"h{section.level + 1}", section.heading, id=f"{name}-title")
        shown = [item for item in section.blocks if not isinstance(item, TableBlock) or "pdf" in item.places]
        lead = shown[:1] if shown and isinstance(shown[0], Paragraph) and is_closed else []
        rest = join(self._blocks(shown[len(lead) :], name, section.heading), self._more(section, name))
        if is_closed and rest:
            label = tag("span", self.texts.text("html.details"), tag("span", f": {section.heading}", class_="unseen"))
            rest = tag("details", tag("summary", label), rest, class_="fold")
        return tag(
            "section",
            heading,
            self._blocks(lead, name, section.heading),
            rest,
            parts,
            id=name,
            class_=f"level{section.level}{' leaf' if section.page_break else ''}",
            aria_labelledby=None if is_opening else f"{name}-title",
            aria_label=self.texts.text("html.at_a_glance") if is_opening else None,
            data_page=page_region(section),
        )

    def _more(self, section: Section, name: str) -> Markup | None:
        """Return the tables that the page view of a section leaves to the workbook, on demand."""
        tables = [item for item in section.blocks if isinstance(item, TableBlock)]
        pages = {item.key.removesuffix("_page"): item for item in tables if "pdf" in item.places}
        extra = [item for item in tables if "pdf" not in item.places and not _says_the_same(item, pages.get(item.key))]
        if not extra:
            return None
        label = self.texts.plural("html.more", len(extra))
        where = tag("span", f": {section.heading}", class_="unseen")
        return tag("details", tag("summary", label, where), self._blocks(extra, name, section.heading), class_="more")

    def _blocks(self, blocks: Sequence[Block], place: str, title: str) -> list[Markup]:
        return [self._block(item, place, title) for item in blocks]

    def _block(self, item: Block, place: str, title: str) -> Markup:
        if isinstance(item, Paragraph):
            tone = item.tone if item.tone != "normal" else None
            return tag("p", self.notes.linked(item.text, place, title), self._see(item.see), class_=tone)
        if isinstance(item, ListBlock):
            entries = [
                tag("li", self.notes.linked(entry, place, title), self._see(see))
                for entry, see in zip_longest(item.items, item.see[: len(item.items)], fillvalue="")
            ]
            return tag("ol" if item.numbered else "ul", entries)
        if isinstance(item, FactsBlock):
            return facts(item.items)
        if isinstance(item, TableBlock):
            return self.tables.table(item)
        return self._chart(item)

    def _see(self, key: str) -> Markup | None:
        """Return a link to the section that says more, named by its heading."""
        heading = next((part.heading for part in self.document.sections if part.key == key), "")
        if not heading or heading == self.document.title:
            return None
        words = self.texts.text("html.see", heading=heading)
        return join(" ", tag("a", words, href=f"#s-{key}", class_="see"))

    def _chart(self, ref: ChartRef) -> Markup:
        message = tag("span", ref.message, class_="message") if ref.message else None
        title = tag("span", ref.title, class_="title", id=f"c-{ref.key}-title")
        picture = chart_svg(ref, self.charts[ref.key], self.roles)
        words = tag(
            "details",
            tag("summary", self.texts.text("html.chart_words"), tag("span", f": {ref.title}", class_="unseen")),
            tag("p", ref.alt),
            class_="words",
        )
        return tag(
            "figure",
            tag("figcaption", title, message),
            tag("div", picture, class_="scroll"),
            words,
            id=f"c-{ref.key}",
            class_="chart",
            aria_labelledby=f"c-{ref.key}-title",
        )


def _says_the_same(table: TableBlock, page: TableBlock | None) -> bool:
    """Tell whether the page view of a table shows all that its longer version does."""
    return page is not None and (page.columns, page.rows) == (table.columns, table.rows)


def facts(items: Sequence[tuple[str, str]]) -> Markup:
    """Return pairs of label and value as a description list."""
    return tag("dl", [tag("div", tag("dt", label), tag("dd", value)) for label, value in items], class_="facts")


def nested(sections: Sequence[Section]) -> list[list[Section]]:
    """Return each section of level 1 with the sections of level 2 that follow it."""
    chapters: list[list[Section]] = []
    for section in sections:
        if section.level > 1 and chapters:
            chapters[-1].append(section)
        else:
            chapters.append([section])
    return chapters


def closed_sections(sections: Sequence[Section]) -> frozenset[str]:
    """Return the keys of the sections shown on demand: region pages, and what is long after them."""
    pages = [index for index, section in enumerate(sections) if page_region(section) is not None]
    first = pages[0] if pages else len(sections)
    return frozenset(
        section.key
        for index, section in enumerate(sections)
        if index >= first and (index in pages or _lines(section) > _LONG)
    )


def _lines(section: Section) -> int:
    def lines(item: Block) -> int:
        if isinstance(item, TableBlock):
            return len(item.rows) + 2
        if isinstance(item, ChartRef):
            return _CHART_LINES
        return 2 if isinstance(item, Paragraph) else len(item.items)

    return sum(lines(item) for item in section.blocks)
