"""Every name by which a place is known, and the look-up from a cleaned text to places."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from babel.core import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_text import Core, plain_key, sound_key, split_core
from vemas_analytics.reference.regions import read_regions, read_rows
from vemas_analytics.reference.transliteration import SCHEMES, inflect, romanise

Tier: TypeAlias = Literal["exact", "alias", "city"]
_TIERS: Final[tuple[Tier, ...]] = ("exact", "alias", "city")

_WRITTEN, _ROMANISED, _INFLECTED = 0, 1, 2
_MIN_SOUND: Final = 5
"""Shorter sound keys are shared by too many words to mean anything."""
_MAX_TYPOS: Final = 3


@dataclass(frozen=True, slots=True)
class Place:
    """What a name stands for.

    ``codes`` holds one region code for a place in Russia (or RU itself), two for a name that means both
    ("Москва и область"), none for a place abroad, whose ``country`` is then a CLDR territory code.
    ``rank`` 2 marks a town that is meant only where its own region stands beside it (Kirow in Kaluga).
    """

    codes: tuple[str, ...]
    tier: Tier
    country: str = ""
    foreign_kind: str = ""
    rank: int = 1
    also_person: bool = False
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
        if core.key:
            kinds = [kind] if kind else sorted(core.kinds) or [""]
            for one in kinds:
                self._put(self.cores.setdefault(core.key, {}).setdefault(one, []), place)

    @staticmethod
    def _put(places: list[Place], place: Place) -> None:
        if place not in places:
            places.append(place)

    def add_russian(self, text: str, place: Place, kind: str = "") -> None:
        """Add a Russian name with its standard transcriptions and its case forms."""
        self.add(text, place, kind)
        romanised = _with_quality(place, _ROMANISED)
        for scheme in SCHEMES:
            self.add(romanise(text, scheme), romanised, kind)
        core = split_core(text.replace("ё", "е"))
        if len(core.key) >= 3 and core.key.isascii() is False:
            inflected = _with_quality(place, _INFLECTED)
            for form in inflect(core.key):
                for one in [kind] if kind else sorted(core.kinds) or [""]:
                    self._put(self.cores.setdefault(plain_key(form), {}).setdefault(one, []), inflected)


def _with_quality(place: Place, quality: int) -> Place:
    return Place(
        place.codes, place.tier, place.country, place.foreign_kind, place.rank, place.also_person, quality
    )


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
        tier: Tier = "exact" if codes == (RUSSIA,) else "alias"
        _add_any(builder, row["text"], Place(codes, tier), row["kind"])


def _add_cities(builder: _Builder) -> None:
    for row in read_rows("cities.csv"):
        place = Place((row["code"],), "city", rank=int(row["rank"]), also_person=bool(row["also_person"]))
        for language in ("de", "en", "ru"):
            _add_any(builder, row[f"city_{language}"], place)


def _add_foreign(builder: _Builder) -> None:
    for row in read_rows("foreign_places.csv"):
        tier: Tier = "city" if row["kind"] == "city" else "exact"
        place = Place((), tier, row["country"], row["kind"])
        for language in ("de", "en", "ru"):
            _add_any(builder, row[f"name_{language}"], place)
    for language in ("de", "en", "ru"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {RUSSIA, "ZZ", "XA", "XB", "EZ", "UN", "QO"}:
                _add_any(builder, name, Place((), "exact", code, "country"))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """All names, keyed three ways: as written, by sound, and by sound for typing errors."""

    full: Mapping[str, tuple[Place, ...]]
    cores: Mapping[str, Mapping[str, tuple[Place, ...]]]
    by_sound: Mapping[str, tuple[str, ...]]
    sounds: tuple[str, ...]
    typo_cores: Mapping[str, tuple[str, ...]]

    def places(self, core: str, kinds: Iterable[str]) -> tuple[Place, ...]:
        """Return the places of a core name, narrowed by kind words (``Gebiet Moskau`` is not ``Moskau``)."""
        by_kind = self.cores.get(core, {})
        narrowed = tuple(place for kind in sorted(kinds) for place in by_kind.get(kind, ()))
        if not narrowed:
            narrowed = by_kind.get("", ())
        return narrowed or tuple(place for places in by_kind.values() for place in places)

    def hit(self, cores: Iterable[str], kinds: frozenset[str]) -> Hit | None:
        """Return what the given core names mean together, best meaning first."""
        return choose([place for core in cores for place in self.places(core, kinds)], kinds)


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
    return Hit(tuple(chosen), others, kinds)


@lru_cache(maxsize=1)
def read_names() -> NameIndex:
    """Build the index from regions.csv, region_aliases.csv, cities.csv, foreign_places.csv and CLDR's countries."""
    builder = _Builder()
    for add in (_add_regions, _add_aliases, _add_cities, _add_foreign):
        add(builder)
    cores = {
        core: {kind: tuple(places) for kind, places in by_kind.items()} for core, by_kind in builder.cores.items()
    }
    sounds: dict[str, list[str]] = {}
    typo: dict[str, list[str]] = {}
    for core, by_kind in cores.items():
        sound = sound_key(core)
        places = [place for group in by_kind.values() for place in group]
        if len(sound) >= _MIN_SOUND:
            sounds.setdefault(sound, []).append(core)
        if len(sound) > _MIN_SOUND and any(place.quality < _INFLECTED and place.rank == 1 for place in places):
            typo.setdefault(sound, []).append(core)
    return NameIndex(
        full={key: tuple(places) for key, places in builder.full.items()},
        cores=cores,
        by_sound={sound: tuple(keys) for sound, keys in sounds.items()},
        sounds=tuple(typo),
        typo_cores={sound: tuple(keys) for sound, keys in typo.items()},
    )


def _allowed_typos(length: int, foreign: bool) -> int:
    """Return how many letters may be wrong in a sound key of this length."""
    if foreign:
        return 0 if length < 7 else 1 if length < 11 else 2
    return 0 if length < 6 else 1 if length < 9 else 2 if length < 13 else _MAX_TYPOS


def _words_agree(query: str, name: str) -> bool:
    """Tell whether two texts agree word by word, each within a quarter of its letters."""
    left, right = query.split(), name.split()
    if len(left) != len(right):
        return sound_key(query)[:3] == sound_key(name)[:3] and abs(len(left) - len(right)) == 1
    pairs = [(sound_key(one), sound_key(other)) for one, other in zip(left, right, strict=True)]
    return all(OSA.distance(one, other) <= max(1, (len(other) + 1) // 4) for one, other in pairs)


_ADJECTIVE_ENDINGS: Final = ("Ski", "Ska", "Sko", "Skaa", "ov", "ova", "in", "ina", "ovi", "er")


def _is_derived(query: str, name: str) -> bool:
    """Tell whether a word is a name plus a suffix (Rybinski, Saratower): a surname or an adjective, no typing error."""
    return query != name and any(
        query == name + ending or (ending.startswith("S") and query == name.removesuffix("Sk") + ending)
        for ending in (*_ADJECTIVE_ENDINGS, "i", "a", "o", "e", "S")
    )


def nearest(core: Core, limit: int = 40) -> list[tuple[str, int, float]]:
    """Return (core name, distance in letters, score 0 to 1) of the names nearest by sound, best first."""
    index = read_names()
    query = sound_key(core.key)
    found = process.extract(query, index.sounds, scorer=OSA.distance, score_cutoff=_MAX_TYPOS + 1, limit=limit)
    result = [
        (name, int(distance), round(1 - distance / max(len(query), len(sound), 1), 3))
        for sound, distance, _ in found
        for name in index.typo_cores[sound]
    ]
    return sorted(result, key=lambda item: (item[1], item[0]))


def find_typo(core: Core) -> Hit | None:
    """Return the place whose name the text misspells, or None.

    Careful on purpose: names under six sounds are never guessed, the first sound must be right, words must agree
    one by one, and any second place nearly as near makes the text ambiguous.
    """
    index = read_names()
    query = sound_key(core.key)
    near = nearest(core)
    accepted: list[tuple[int, float, str]] = []
    for name, distance, score in near:
        sound = sound_key(name)
        foreign = all(not place.codes for place in index.places(name, core.kinds))
        allowed = _allowed_typos(min(len(query), len(sound)), foreign)
        if distance <= allowed and query[0] == sound[0] and not _is_derived(query, sound):
            if _words_agree(core.key, name):
                accepted.append((distance, score, name))
    if not accepted:
        return None
    best, score, _ = min(accepted)
    rivals = [name for name, distance, _ in near if distance <= best + 1]
    hit = index.hit([name for distance, _, name in accepted if distance == best], core.kinds)
    rival_hits = [index.hit([name], core.kinds) for name in rivals]
    rival_places = [place for one in rival_hits if one for place in one.places]
    if hit is None:
        return None
    if {place.identity for place in rival_places} - set(hit.identities):
        return Hit(tuple(dict.fromkeys([*hit.places, *rival_places])), (), core.kinds, score, fuzzy=True)
    return Hit(hit.places, hit.others, core.kinds, score, fuzzy=True)
