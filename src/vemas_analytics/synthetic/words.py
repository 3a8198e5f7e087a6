"""Invented names and the words that lists use, from the tables beside this file."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

NOTE: Final = "Synthetische Daten – frei erfunden"
"""Stands in every file of the demo."""


@dataclass(frozen=True, slots=True)
class RegionWords:
    """The usual spelling of a region in the lists, and the others that occur."""

    code: str
    usual: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RussianCompany:
    """An invented company: the usual Latin spelling and, for some, the Cyrillic one."""

    latin: str
    cyrillic: str


def _table(name: str) -> str:
    return (files("vemas_analytics.synthetic") / "tables" / name).read_text("utf-8")


@lru_cache(maxsize=1)
def read_names() -> Mapping[str, Any]:
    """Return the lists of names and words of names.toml."""
    return MappingProxyType(tomllib.loads(_table("names.toml")))


@lru_cache(maxsize=1)
def read_region_words() -> Mapping[str, RegionWords]:
    """Return the spellings of each region by code; RU stands for Russia without a region."""
    rows = csv.DictReader(_table("regions.csv").splitlines())
    return MappingProxyType(
        {row["code"]: RegionWords(row["code"], row["usual"], tuple(row["others"].split("|"))) for row in rows}
    )


@lru_cache(maxsize=1)
def read_russian_companies() -> tuple[RussianCompany, ...]:
    """Return the invented Russian companies."""
    pairs = (text.partition("|") for text in read_names()["russian"])
    return tuple(RussianCompany(latin, cyrillic) for latin, _, cyrillic in pairs)
