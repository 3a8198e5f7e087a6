"""Every name by which a place is known, and the look-up from a cleaned text to places."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from babel.core import Locale

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_table import read_regions, read_rows
from vemas_analytics.reference.region_text import plain_key, sound_key, split_core
from vemas_analytics.reference.transliteration import SCHEMES, Scheme, inflect, romanise

Tier: TypeAlias = Literal["exact", "alias", "city"]
_TIERS: Final[tuple[Tier, ...]] = ("exact", "alias", "city")

_WRITTEN, _ROMANISED, _INFLECTED = 0, 1, 2
_MIN_SOUND: Final = 6
"""Shorter sound keys are shared by too many words to mean anything."""
_FEDERAL_CITIES: Final = (("RU-MOW",), ("RU-SPE",))
_SUBJECTS: Final = frozenset({"oblast", "krai", "republic", "okrug"})
_ADJECTIVE: Final = re.compile(r"Sk(?:a|aa|o|oi|uiu|uu|u|i)$")
"""An adjective given for one kind of region (Свердловская) stands for that region without the kind word too."""


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for.

    ``codes`` holds one region code for a place in Russia (or RU itself), two for a name that means both
    ("Москва и область"), none for a place abroad, whose ``country`` is then a CLDR territory code.
    ``size`` of a town is capital, large (100,000 and more) or empty; small towns are never guessed at.
    ``rank`` 2 marks a town that is meant only where its own region stands beside it (Kirow in Kaluga).
    """

    codes: tuple[str, ...]
    tier: Tier
    country: str = ""
    foreign_kind: str = ""
    rank: int = 1
    size: str = ""
    quality: int = _WRITTEN

    @property
    def identity(self) -> tuple[str, ...]:
        """What two names of one place share."""
        return self.codes or (self.country,)


@dataclass(frozen=True, slots=True)
class Hit:
    """Places found for one name: ``places`` agree, unless the name is ambiguous; ``others`` are second meanings."""

    places: tuple[Place, ...]
    others: tuple[Place, ...] = ()
    kinds: frozenset[str] = frozenset()
    score: float = 1.0
    fuzzy: bool = False

    @property
    def identities(self) -> tuple[tuple[str, ...], ...]:
        """The distinct things the name may mean, in table order."""
        return tuple(dict.fromkeys(place.identity for place in self.places))


@dataclass(slots=True)
class _Builder:
    full: dict[str, list[Place]] = field(default_factory=dict)
    cores: dict[str, dict[str, list[Place]]] = field(default_factory=dict)

    def add(self, text: str, place: Place, kind: str = "") -> None:
        key = plain_key(text)
        core = split_core(text)
        if not kind:
            self._put(self.full.setdefault(key, []), place)
        if core.key and place.codes != (RUSSIA,):
            kinds = [kind] if kind else sorted(core.kinds) or [""]
            for one in kinds:
                self._put(self.cores.setdefault(core.key, {}).setdefault(one, []), place)

    @staticmethod
    def _put(places: list[Place], place: Place) -> None:
        if place not in places:
            places.append(place)

    def add_russian(self, text: str, place: Place, kind: str = "") -> None:
        """Add a Russian name with its standard transcriptions and its case forms; abbreviations as they are."""
        self.add(text, place, kind)
        core = split_core(text)
        if text.isupper() or place.codes == (RUSSIA,) or not core.key:
            return
        kinds = [kind] if kind else sorted(core.kinds) or [""]
        name = " ".join(word for word in text.lower().split() if plain_key(word) in core.key) or core.key
        well_known = place.codes and (place.tier != "city" or place.size)
        schemes: tuple[Scheme, ...] = SCHEMES if well_known else ("duden", "bgn", "scientific")
        romanised = _with_quality(place, _ROMANISED)
        for form in sorted({plain_key(romanise(name, scheme)) for scheme in schemes}):
            self._add_core(form, kinds, romanised)
        if kind and len(core.key) < _MIN_SOUND:
            return
        inflected = _with_quality(place, _INFLECTED)
        for form in sorted(inflect(core.key)):
            self._add_core(form, kinds, inflected)

    def _add_core(self, key: str, kinds: Iterable[str], place: Place) -> None:
        by_kind = self.cores.setdefault(key, {})
        for kind in kinds:
            self._put(by_kind.setdefault(kind, []), place)


def _with_quality(place: Place, quality: int) -> Place:
    return Place(place.codes, place.tier, place.country, place.foreign_kind, place.rank, place.size, quality)


def _is_cyrillic(text: str) -> bool:
    return any("Ѐ" <= letter <= "ӿ" for letter in text)


def _umlaut_spellings(text: str) -> Iterator[str]:
    """Yield the name and, where it has umlauts, its spelling with ae, oe, ue."""
    yield text
    spelt = text
    for letter, digraph in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
        spelt = spelt.replace(letter, digraph)
    if spelt != text:
        yield spelt


def _add_any(builder: _Builder, text: str, place: Place, kind: str = "") -> None:
    if _is_cyrillic(text):
        builder.add_russian(text, place, kind)
    else:
        for spelling in _umlaut_spellings(text):
            builder.add(spelling, place, kind)


def _add_regions(builder: _Builder) -> None:
    for code, region in read_regions().regions.items():
        place = Place((code,), "exact")
        for names in (region.names, region.short_names):
            for text in names.values():
                _add_any(builder, text, place)


def _add_aliases(builder: _Builder) -> None:
    for row in read_rows("region_aliases.csv"):
        codes = tuple(row["code"].split("+"))
        tier: Tier = "exact" if codes == (RUSSIA,) else "city" if row["kind"] == "town" else "alias"
        _add_any(builder, row["text"], Place(codes, tier, size="large"), row["kind"].replace("town", ""))


def _add_cities(builder: _Builder) -> None:
    for row in read_rows("cities.csv"):
        place = Place((row["code"],), "city", rank=int(row["rank"]), size=row["size"])
        for language in ("de", "en", "ru"):
            _add_any(builder, row[f"city_{language}"], place)


def _add_foreign(builder: _Builder) -> None:
    for row in read_rows("foreign_places.csv"):
        tier: Tier = "city" if row["kind"] == "city" else "exact"
        place = Place((), tier, row["country"], row["kind"])
        for language in ("de", "en", "ru"):
            _add_any(builder, row[f"name_{language}"], place)
    for row in read_rows("foreign_cities.csv"):
        place = Place((), "city", row["country"], "city")
        for text in (row["name"], row["name_ru"], romanise(row["name_ru"], "duden")):
            if text:
                for spelling in _umlaut_spellings(text):
                    builder.add(spelling, place)
    for language in ("de", "en", "ru"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {RUSSIA, "ZZ", "XA", "XB", "EZ", "UN", "QO"}:
                _add_any(builder, name, Place((), "exact", code, "country"))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names as written: whole, and without the words that say what kind of place it is."""

    full: Mapping[str, tuple[Place, ...]]
    cores: Mapping[str, Mapping[str, tuple[Place, ...]]]

    def places(self, core: str, kinds: Iterable[str]) -> tuple[Place, ...]:
        """Return the places of a core name, narrowed by kind words (``Gebiet Moskau`` is not ``Moskau``)."""
        return self._of_kind(core, kinds) or self._of_any_kind(core, kinds)

    def _of_kind(self, core: str, kinds: Iterable[str]) -> tuple[Place, ...]:
        by_kind = self.cores.get(core, {})
        return tuple(place for kind in sorted(kinds) for place in by_kind.get(kind, ()))

    def _of_any_kind(self, core: str, kinds: Iterable[str]) -> tuple[Place, ...]:
        by_kind = self.cores.get(core, {})
        plain = by_kind.get("", ())
        if _SUBJECTS & frozenset(kinds):
            plain = tuple(place for place in plain if _may_be_a_subject(place))
        if plain or not _ADJECTIVE.search(sound_key(core)):
            return plain
        return tuple(place for places in by_kind.values() for place in places)

    def hit(self, cores: Iterable[str], kinds: frozenset[str]) -> Hit | None:
        """Return what the given spellings mean together; those that the kind words single out go first."""
        names = tuple(cores)
        narrowed = [place for core in names for place in self._of_kind(core, kinds)]
        return choose(narrowed or [place for core in names for place in self._of_any_kind(core, kinds)], kinds)


def _may_be_a_subject(place: Place) -> bool:
    """Tell whether a place can bear a kind word such as Gebiet that the tables do not give it.

    A town stands for its region then (Gebiet Jekaterinburg); a federal city does not (Gebiet Moskau is another
    region), nor does a town in an oblique case (Амурска область is a slip for Амурская).
    """
    if place.tier == "city":
        return place.quality < _INFLECTED
    return place.codes not in _FEDERAL_CITIES


def choose(places: Iterable[Place], kinds: frozenset[str] = frozenset()) -> Hit | None:
    """Pick the meaning among places of one name.

    A spelling from the tables goes before a transcription, that before a case form; first meanings before second;
    a region before an alias before a town. What remains may still be several things: then it is ambiguous.
    """
    found = list(dict.fromkeys(places))
    if not found:
        return None
    first = [place for place in found if place.rank == 1]
    others = tuple(place for place in found if place.rank > 1)
    if not first:
        return Hit(others, (), kinds) if len({place.identity for place in others}) > 1 else Hit((), others, kinds)
    written = [place for place in first if place.quality < _INFLECTED] or first
    best = min(_TIERS.index(place.tier) for place in written)
    chosen = [place for place in written if _TIERS.index(place.tier) == best]
    if len({place.identity for place in chosen}) > 1:
        nearest = min(place.quality for place in chosen)
        chosen = [place for place in chosen if place.quality == nearest]
    return Hit(tuple(chosen), others, kinds)


@lru_cache(maxsize=1)
def read_names() -> NameIndex:
    """Build the index from regions.csv, region_aliases.csv, cities.csv, foreign_places.csv and CLDR's countries."""
    builder = _Builder()
    for add in (_add_regions, _add_aliases, _add_cities, _add_foreign):
        add(builder)
    cores = {core: {kind: tuple(places) for kind, places in by_kind.items()} for core, by_kind in builder.cores.items()}
    return NameIndex(full={key: tuple(places) for key, places in builder.full.items()}, cores=cores)


@dataclass(frozen=True, slots=True)
class SoundIndex:
    """The same names keyed by sound, and by sound for typing errors; needed only for what is not found as written."""

    by_sound: Mapping[str, tuple[str, ...]]
    sounds: tuple[str, ...]
    typo_cores: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def read_sounds() -> SoundIndex:
    """Build the index by sound from that of the names."""
    sounds: dict[str, list[str]] = {}
    typo: dict[str, list[str]] = {}
    for core, by_kind in read_names().cores.items():
        places = [place for group in by_kind.values() for place in group]
        if all(place.quality == _INFLECTED and place.tier != "exact" for place in places):
            continue
        sound = sound_key(core)
        if len(sound) >= _MIN_SOUND:
            sounds.setdefault(sound, []).append(core)
            if any(_may_be_misspelt(place) for place in places):
                typo.setdefault(sound, []).append(core)
    return SoundIndex(
        by_sound={sound: tuple(keys) for sound, keys in sounds.items()},
        sounds=tuple(typo),
        typo_cores={sound: tuple(keys) for sound, keys in typo.items()},
    )


def _may_be_misspelt(place: Place) -> bool:
    return place.quality < _INFLECTED and place.rank == 1 and bool(place.tier != "city" or place.size or place.country)
