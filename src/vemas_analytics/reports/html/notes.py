"""Numbered notes linked both ways: from each number to its note, from each note to the places that use it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.html.markup import Markup, join, tag

_MARK = "\x00"
_NUMBER = re.compile(r"(\d+)")


@dataclass(slots=True)
class NoteLinks:
    """Collects, while a page is written, who refers to which note.

    ``count`` is the number of notes; a number beyond it stays text.
    """

    texts: Catalogue
    count: int
    places: dict[int, dict[str, str]] = field(default_factory=dict)
    _pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Take the form of a reference from the catalogue, such as ``[Anm. 1, 3]``."""
        before, after = self.texts.text("report.note.reference", numbers=_MARK).split(_MARK)
        self._pattern = re.compile(f"({re.escape(before)}[\\d, ]+{re.escape(after)})")

    def linked(self, text: str, place: str, title: str) -> Markup:
        """Return ``text`` with the numbers of its references linked; ``place`` is the id of what holds it."""
        parts = self._pattern.split(text)
        return join(*(self.numbers(part, place, title) if index % 2 else part for index, part in enumerate(parts)))

    def numbers(self, text: str, place: str, title: str) -> Markup:
        """Return ``text`` with every number in it linked to the note of that number."""
        return join(*self._parts(text, place, title))

    def _parts(self, text: str, place: str, title: str) -> Iterator[str]:
        for part in _NUMBER.split(text):
            if part.isascii() and part.isdigit() and 1 <= int(part) <= self.count:
                number = int(part)
                self.places.setdefault(number, {}).setdefault(place, title)
                name = self.texts.text("html.note", number=number)
                yield tag("a", part, href=f"#note-{number}", class_="note", aria_label=name)
            else:
                yield part

    def back(self, number: int) -> Markup:
        """Return links to the places that use a note; those of one title are named once."""
        titles: dict[str, str] = {}
        for place, title in self.places.get(number, {}).items():
            titles.setdefault(title, place)
        if not titles:
            return Markup("")
        links = [tag("a", title, href=f"#{place}") for title, place in titles.items()]
        listed = [item for link in links for item in ("; ", link)][1:]
        return tag("p", self.texts.text("html.used_in"), " ", *listed, class_="back")
