"""The 83 federal subjects of ISO 3166-2:RU: names, partners, and their place on the tile grid."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

from babel.core import Locale

from vemas_analytics.errors import OptionError
from vemas_analytics.model.names import RUSSIA, TOTAL, Language

RegionLanguage: TypeAlias = Literal["de", "en", "ru"]
RegionKind: TypeAlias = Literal["oblast", "krai", "republic", "okrug", "federal_city", "autonomous_oblast"]

_PACKAGE: Final = "vemas_analytics.reference"
_SPECIAL: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        RUSSIA: {"de": "ohne Regionsangabe", "en": "region not stated", "ru": "регион не указан"},
        TOTAL: {"de": "insgesamt", "en": "total", "ru": "всего"},
    }
)


def read_rows(name: str) -> list[dict[str, str]]:
    """Read one of the reference tables as a list of rows, each a mapping of column to text."""
    text = (files(_PACKAGE) / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@dataclass(frozen=True, slots=True)
class Region:
    """One federal subject.

    Parameters
    ----------
    code : str
        ISO 3166-2:RU, such as ``RU-SVE``.
    kind : {"oblast", "krai", "republic", "okrug", "federal_city", "autonomous_oblast"}
    names, short_names, capital : mapping of language to str
        Languages de, en, ru. Short names stand in table rows: ``Swerdlowsk`` for ``Gebiet Swerdlowsk``.
    federal_district : str
        Key of federal_districts.csv.
    partner_rank : int or None
        1 to 5 for the regions with agreements or working groups, in the order in which reports list them.
    tile : tuple of int
        (row, column) on the tile grid, north at the top, west at the left.
    """

    code: str
    kind: RegionKind
    names: Mapping[str, str]
    short_names: Mapping[str, str]
    capital: Mapping[str, str]
    federal_district: str
    partner_rank: int | None
    tile: tuple[int, int]

    @property
    def partner(self) -> bool:
        """Tell whether the network had agreements or a working group with this region."""
        return self.partner_rank is not None


@dataclass(frozen=True, slots=True)
class RegionTable:
    """All federal subjects, in the order of their codes."""

    regions: Mapping[str, Region]

    def __contains__(self, code: object) -> bool:
        """Tell whether ``code`` is one of the 83 subjects (not RU or ALL)."""
        return code in self.regions

    def __getitem__(self, code: str) -> Region:
        """Return the subject of this code; KeyError if there is none."""
        return self.regions[code]

    @property
    def codes(self) -> tuple[str, ...]:
        """The 83 codes, sorted."""
        return tuple(self.regions)

    @property
    def partners(self) -> tuple[str, ...]:
        """Codes of the partner regions, in report order."""
        ranked = [(region.partner_rank, code) for code, region in self.regions.items() if region.partner_rank]
        return tuple(code for _, code in sorted(ranked))

    @property
    def tiles(self) -> Mapping[str, tuple[int, int]]:
        """Code to (row, column) on the tile grid, both from 1."""
        return MappingProxyType({code: region.tile for code, region in self.regions.items()})

    def name(self, code: str, language: RegionLanguage = "de") -> str:
        """Return the full name; RU and ALL are named too ("ohne Regionsangabe", "insgesamt").

        Raises
        ------
        OptionError
            For a code that is none of ours.
        """
        return self._pick(code, language, "names")

    def short(self, code: str, language: RegionLanguage = "de") -> str:
        """Return the name as table rows give it, such as ``Swerdlowsk`` or ``Moskau (Gebiet)``."""
        return self._pick(code, language, "short_names")

    def _pick(self, code: str, language: str, field: str) -> str:
        if code in _SPECIAL:
            return _SPECIAL[code][language]
        if code not in self.regions:
            message = f"{code!r} is no region: expected a code of ISO 3166-2:RU such as RU-SVE, or RU, or ALL"
            raise OptionError(message)
        names: Mapping[str, str] = getattr(self.regions[code], field)
        return names[language]


def _kind(text: str) -> RegionKind:
    for kind in get_args(RegionKind):
        if kind == text:
            return kind  # type: ignore[no-any-return]
    message = f"regions.csv: {text!r} is no kind of region"
    raise ValueError(message)


def _by_language(row: Mapping[str, str], prefix: str) -> Mapping[str, str]:
    return MappingProxyType({language: row[f"{prefix}_{language}"] for language in get_args(RegionLanguage)})


@lru_cache(maxsize=1)
def read_regions() -> RegionTable:
    """Read regions.csv and tile_grid.csv.

    Examples
    --------
    >>> read_regions().name("RU-SVE", "de")
    'Gebiet Swerdlowsk'
    """
    tiles = {row["iso_code"]: (int(row["row"]), int(row["col"])) for row in read_rows("tile_grid.csv")}
    regions = {
        row["code"]: Region(
            code=row["code"],
            kind=_kind(row["kind"]),
            names=_by_language(row, "name"),
            short_names=_by_language(row, "short"),
            capital=_by_language(row, "capital"),
            federal_district=row["federal_district"],
            partner_rank=int(row["partner_rank"]) if row["partner_rank"] else None,
            tile=tiles[row["code"]],
        )
        for row in read_rows("regions.csv")
    }
    return RegionTable(MappingProxyType(dict(sorted(regions.items()))))


@lru_cache(maxsize=1)
def read_federal_districts() -> Mapping[str, Mapping[str, str]]:
    """Read the names of the federal districts: key to {language: name}."""
    rows = read_rows("federal_districts.csv")
    return MappingProxyType({row["key"]: _by_language(row, "name") for row in rows})


def country_name(country: str, language: Language = "de") -> str:
    """Return the name of an out-of-scope place's country (CLDR territory code: ``UA``, ``BY``, ``143``)."""
    name = Locale(language).territories.get(country)
    return str(name) if name else country
