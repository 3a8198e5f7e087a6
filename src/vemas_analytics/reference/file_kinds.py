"""Which files are lists, which only accompany them, and how both are called."""

import csv
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

FileKind: TypeAlias = Literal["system", "companion", "lock_file", "document", "archive", "database", "access"]
"""Why a file is no list: ``system`` and ``companion`` are nobody's question, the others are worth a note."""


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("vemas_analytics.reference") / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, FileKind], ...]:
    kinds: dict[str, FileKind] = {kind: kind for kind in get_args(FileKind)}
    return tuple((row["pattern"], kinds[row["kind"]]) for row in _rows("file_kinds.csv"))


def file_kind(name: str) -> FileKind | None:
    """Return why a file of this bare name is no list (``reference/file_kinds.csv``), None where nothing says so."""
    folded = name.casefold()
    return next((kind for pattern, kind in _patterns() if fnmatchcase(folded, pattern)), None)


@lru_cache(maxsize=1)
def passed_over_words() -> Mapping[str, Mapping[str, str]]:
    """Read why a file was passed over: reason -> language -> words (``reference/passed_over.csv``)."""
    return MappingProxyType(
        {row["reason"]: MappingProxyType({"de": row["de"], "en": row["en"]}) for row in _rows("passed_over.csv")}
    )


@lru_cache(maxsize=1)
def format_words() -> Mapping[str, Mapping[str, str]]:
    """Read how formats are called: format -> language -> words (``reference/file_formats.csv``)."""
    return MappingProxyType(
        {row["format"]: MappingProxyType({"de": row["de"], "en": row["en"]}) for row in _rows("file_formats.csv")}
    )


@lru_cache(maxsize=1)
def promised_formats() -> Mapping[str, frozenset[str]]:
    """Read which formats a suffix promises: suffix -> formats (``reference/file_formats.csv``)."""
    found: dict[str, set[str]] = {}
    for row in _rows("file_formats.csv"):
        for suffix in row["suffixes"].split():
            found.setdefault(suffix, set()).add(row["format"])
    return MappingProxyType({suffix: frozenset(formats) for suffix, formats in found.items()})
