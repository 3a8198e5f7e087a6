"""What a column of a table is called when a person is told about it."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vemas_analytics.model.names import Language

_OVERVIEW_OF = {"attendance": "forums"}
"""A list of forums with head counts has headings that a list of attendees has not."""


@lru_cache(maxsize=1)
def _german_headings() -> Mapping[tuple[str, str], str]:
    text = (files("vemas_analytics.reference") / "columns.csv").read_text("utf-8")
    labels: dict[tuple[str, str], str] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["language"] == "de":
            labels.setdefault((row["table"], row["field"]), row["synonym"])
    return MappingProxyType(labels)


def column_label(table: str, column: str, language: Language) -> str:
    """Return what to call a column: its first German heading, or its own name with spaces in English."""
    plain = column.replace("_", " ")
    if language != "de":
        return plain
    headings = _german_headings()
    return headings.get((table, column)) or headings.get((_OVERVIEW_OF.get(table, table), column), plain)
