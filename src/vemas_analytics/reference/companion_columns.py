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
    text = (files("vemas_analytics.reference") / "companion_columns.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({fold(row["heading"]): row["field"] for row in rows if row["file"] == file})
