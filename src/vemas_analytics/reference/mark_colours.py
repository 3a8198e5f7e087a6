"""Colours of marked cells and rows in the copies that go back to the user."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@lru_cache(maxsize=1)
def read_mark_colours() -> Mapping[str, tuple[str, str]]:
    """Read the colours: kind of mark -> (colour of the cell, colour of the rest of its row) as RRGGBB."""
    text = (files("vemas_analytics.reference") / "mark_colours.csv").read_text("utf-8")
    return MappingProxyType({row["kind"]: (row["cell"], row["row"]) for row in csv.DictReader(text.splitlines())})
