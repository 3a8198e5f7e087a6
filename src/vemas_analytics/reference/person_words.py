"""Words that tell persons: what stands before a name, and what stands above a column of names."""

import csv
from functools import lru_cache
from importlib.resources import files

from vemas_analytics.reference.words import fold


@lru_cache(maxsize=1)
def read_person_titles() -> tuple[str, ...]:
    """Read the titles and forms of address (``reference/person_titles.csv``), the longest first."""
    return _words_of("title")


@lru_cache(maxsize=1)
def read_name_particles() -> tuple[str, ...]:
    """Read the small words inside names, such as ``von`` (``reference/person_titles.csv``), the longest first."""
    return _words_of("particle")


def _words_of(kind: str) -> tuple[str, ...]:
    text = (files("vemas_analytics.reference") / "person_titles.csv").read_text("utf-8")
    words = (row["word"] for row in csv.DictReader(text.splitlines()) if row["kind"] == kind)
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def read_person_headings() -> frozenset[str]:
    """Read the headings of columns that name persons (``reference/person_headings.csv``), folded."""
    text = (files("vemas_analytics.reference") / "person_headings.csv").read_text("utf-8")
    return frozenset(fold(row["heading"]) for row in csv.DictReader(text.splitlines()))
