"""Titles of parts that name the status of the rows below them: ``Offen``, ``Beantwortete Anfragen (4)``."""

import re
from typing import Final

from vemas_analytics.reference.columns import read_layout_words
from vemas_analytics.reference.words import read_words

_COUNT: Final = re.compile(r"\s*\(\s*\d+\s*\)$")
_ENDINGS: Final = ("", "e", "en", "er", "es")
_LONGEST: Final = 40


def status_named(table: str, text: str) -> str | None:
    """Return the word of status that a title consists of, or None.

    A number of rows in brackets and a colon may follow. Before the name of what is listed the word may be inflected:
    ``Offene Anfragen``.

    Parameters
    ----------
    table : str
        One of the package's tables.
    text : str
        The only text of a row.
    """
    words = read_words().get(f"{table}.status")
    bare = _COUNT.sub("", text.strip(" :")).rstrip(" :")
    if words is None or not bare or len(bare) > _LONGEST:
        return None
    if words.code(bare):
        return bare
    first, _, noun = bare.partition(" ")
    if not noun.casefold().startswith(read_layout_words().tables.get(table, ("\0",))):
        return None
    stems = (first[: len(first) - len(ending)] for ending in _ENDINGS if first.endswith(ending))
    return next((stem for stem in stems if words.code(stem)), None)
