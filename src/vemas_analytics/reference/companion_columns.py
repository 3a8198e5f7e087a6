"""Headings of the files that lie beside vemas.toml, in German and English."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vemas_analytics.reference.words import fold


@lru_cache(maxsize=4)
def read_companion_columns(file: str) -> Mapping[str, str]:
    """Read which heading stands for which field of a companion file (``reference/companion_columns.csv``).

    Parameters
    ----------
    file : str
        ``corrections`` or ``companies``.

    Returns
    -------
    mapping of str to str
        Folded heading -> field, in the order of the table.
    """
    return MappingProxyType({fold(heading): field for field, heading in _headings(file)})


def german_heading(file: str, field: str) -> str:
    """Return what a German file calls a field: ``Grund`` for ``reason``; the field itself where it has no other name.

    Parameters
    ----------
    file : str
        ``corrections`` or ``companies``.
    field : str
    """
    return next((heading for name, heading in _headings(file) if name == field and heading != field), field)


def _headings(file: str) -> list[tuple[str, str]]:
    text = (files("vemas_analytics.reference") / "companion_columns.csv").read_text("utf-8")
    return [(row["field"], row["heading"]) for row in csv.DictReader(text.splitlines()) if row["file"] == file]
