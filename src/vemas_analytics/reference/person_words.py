"""Words that tell persons: what stands before a name, and what stands above a column of names."""

import csv
from functools import lru_cache
from importlib.resources import files

from vemas_analytics.reference.words import fold


@lru_cache(maxsize=1)
def read_person_titles() -> tuple[str, ...]:
    """Read the titles and forms of address (``reference/person_titles.csv``), the longest first."""
    text = (files("vemas_analytics.reference") / "person_titles.csv").read_text("utf-8")
    titles = (row["title"] for row in csv.DictReader(text.splitlines()))
    return tuple(sorted(titles, key=lambda title: (-len(title), title)))


@lru_cache(maxsize=1)
def read_person_headings() -> frozenset[str]:
    """Read the headings of columns that name persons (``reference/person_headings.csv``), folded."""
    text = (files("vemas_analytics.reference") / "person_headings.csv").read_text("utf-8")
    return frozenset(fold(row["heading"]) for row in csv.DictReader(text.splitlines()))
