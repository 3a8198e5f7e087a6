"""Texts for fuzzing: pieces of what offices write, put together at random, cut, doubled and soiled."""

import csv
import random
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

_SIGNS = list(" .,;:/-–—()[]'\"+*?~<>=&%€$£₽№#_\\|\n\t\u00a0\u202f\u2009\u200b\u00ad")
_NUMBERS = ["0", "1", "3", "7", "12", "13", "27", "31", "32", "99", "50", "1990", "2012", "2022", "12345", "1.234",
            "1,234", "41098", "20120708", "2.500,00", "0,5", "9" * 30, "٣", "²", "½", "1e9", "-5", "00"]  # fmt: skip
_SOIL = ["", "\ufeff", "\x00", "\x07", "\ud7ff", "\U0001f600", "e\u0301", "\u0130", "ß", "Ǆ", "﷽", "\u2028", "#WERT!",
         "=1+1", "NaN", "inf", "None", "1" * 500, "ä" * 300]  # fmt: skip


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """Return every word and spelling that the reference knows."""
    found: set[str] = set()
    for name, column in (
        ("words.csv", "text"),
        ("columns.csv", "synonym"),
        ("layout_words.csv", "word"),
        ("cities.csv", "name"),
        ("foreign_cities.csv", "name"),
        ("region_aliases.csv", "alias"),
    ):
        rows = list(csv.DictReader((files("vemas_analytics.reference") / name).read_text("utf-8").splitlines()))
        found |= {row.get(column) or next(iter(row.values())) for row in rows}
    return tuple(sorted(found))


def office_texts(seed: int, number: int) -> Iterator[str]:
    """Yield texts, the same for the same seed."""
    chance = random.Random(seed)
    known = words()
    for _ in range(number):
        parts: list[str] = []
        for _ in range(chance.randint(1, 7)):
            kind = chance.random()
            parts.append(
                chance.choice(known)
                if kind < 0.35
                else chance.choice(_NUMBERS)
                if kind < 0.7
                else chance.choice(_SIGNS)
                if kind < 0.95
                else chance.choice(_SOIL)
            )
        text = chance.choice(("", " ", "", ".")).join(parts)
        if chance.random() < 0.2 and text:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(("", text[at] * 2, chr(chance.randrange(32, 0x2FF)))) + text[at + 1 :]
        yield text
