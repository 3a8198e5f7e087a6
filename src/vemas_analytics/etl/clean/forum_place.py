"""Where a forum took place when no line says so: a place named in its title, its sheet's name or its file's name."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.layout.cell_kinds import find_day
from vemas_analytics.etl.parse.cells import as_text, tidy
from vemas_analytics.etl.parse.regions import RegionReading

_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_BREAK = re.compile(r"[,;:|()\"„“”«»]|\s[-–—]\s")
_MOST_WORDS = 3
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place found in a text: the place, the text, and the text's spreadsheet row where it has one."""

    place: str
    text: str
    row: int | None


def place_in_names(reader: RowReader) -> NamedPlace | None:
    """Return the one place that the title names, else the sheet's name, else the file's; None if none or several.

    A text names a place where some of its words, written with a capital, are a region or town of the reference, or a
    place abroad, exactly.

    Parameters
    ----------
    reader : RowReader
        Of a list of participants.
    """
    title = reader.fact("heading") or reader.fact("forum_title")
    stem = reader.raw.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    texts = [(as_text(title.value), title.row)] if title else []
    for text, row in [*texts, (reader.raw.sheet, None), (stem, None)]:
        found = place_in_text(tidy(text), reader.region_of_place)
        if found:
            return NamedPlace(found, text, row)
    return None


def place_in_text(text: str, read: Callable[[str], RegionReading]) -> str:
    """Return the words of a text that name its one place, '' where it names none or several.

    Parameters
    ----------
    text : str
    read : callable
        Words -> what they say about regions.
    """
    if len(text) > _LONGEST_TITLE:
        return ""
    day = find_day(text) or find_day(text, months=True)
    bare = text.replace(day, " | ") if day else text
    places: dict[tuple[str, ...], str] = {}
    for words in _groups(bare):
        reading = read(words)
        if (reading.recognised or reading.country) and not reading.faults:
            places.setdefault((reading.country, *reading.codes), words)
    return next(iter(places.values())) if len(places) == 1 else ""


def _groups(text: str) -> Iterator[str]:
    """Yield the groups of neighbouring words that may be a name, longer ones first."""
    for part in _BREAK.split(text):
        words = _WORD.findall(part)
        for length in range(min(_MOST_WORDS, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                group = words[start : start + length]
                if group[0][0].isupper() and group[-1][0].isupper():
                    yield " ".join(group)
