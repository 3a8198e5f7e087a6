"""From one cleaned name to places, in order of trust: code, name, adjective, sound, typing error."""

import re
from typing import Final

from rapidfuzz.distance import OSA

from vemas_analytics.reference.region_cells import iso_code, strip_iso_code
from vemas_analytics.reference.region_names import Hit, Place, choose, read_names, read_sounds
from vemas_analytics.reference.region_table import read_regions
from vemas_analytics.reference.region_text import (
    Core,
    as_cyrillic,
    has_role,
    letters_for_digits,
    plain_key,
    sound_key,
    split_core,
)
from vemas_analytics.reference.region_typos import find_typo

_OCCUPIED: Final = frozenset({"RU-CR", "RU-SEV", "RU-DON", "RU-LUG", "RU-ZP", "RU-KHE"})
"""Codes that some software uses for Ukrainian regions; ISO 3166-2:RU has no such codes."""
_ISCH: Final = re.compile(r"isch(?:er|es|en|em)\b")
_MOST_WORDS: Final = 6
_SOUND_SCORE: Final = 0.95
_FIRST_WORD_SWAP: Final = 2
_LONG_ENOUGH: Final = 4
_LONG_SOUND: Final = 8
"""A name this long may be run together or torn apart (Nischninowgorod)."""


def _by_code(text: str) -> Hit | None:
    found = iso_code(text)
    if found is None:
        return None
    code = "-".join(found)
    if found[0] == "UA" or code in _OCCUPIED:
        return Hit((Place((), "exact", "UA", "region"),))
    return Hit((Place((code,), "exact"),)) if code in read_regions() else None


def _full(text: str) -> Hit | None:
    """Find a text that stands in a table just so, kind words and all."""
    names = read_names()
    places = names.full.get(plain_key(text), ())
    if not places:
        return None
    core = split_core(text)
    return choose([*places, *names.places(core.key, core.kinds)], core.kinds)


def _is_macro(text: str, core: Core) -> bool:
    return has_role(plain_key(text), "macro") or has_role(core.key, "macro")


def _by_core(core: Core) -> Hit | None:
    if not core.key:
        return None
    hit = read_names().hit([core.key], core.kinds)
    if hit is None and len(core.key) >= _LONG_ENOUGH and (folded := as_cyrillic(core.key.upper())):
        hit = read_names().hit([plain_key(folded)], core.kinds)
    return hit


def _german_adjective(core: Core) -> Hit | None:
    """Find the name in a German adjective: Swerdlowsker, Kalugaer, Tatarischen."""
    key = _ISCH.sub("ische", core.key)
    if key != core.key and (hit := read_names().hit([key], core.kinds)):
        return hit
    if not core.key.endswith("er") or len(core.key) < 6:
        return None
    for stem in (core.key.removesuffix("er"), core.key.removesuffix("r")):
        hit = read_names().hit([stem], core.kinds)
        if hit and all(place.quality < 2 for place in hit.places):
            return Hit(tuple(_as_alias(place) for place in hit.places), hit.others, core.kinds)
    return None


def _as_alias(place: Place) -> Place:
    if place.tier != "exact":
        return place
    return Place(place.codes, "alias", place.country, place.foreign_kind, place.rank, place.size)


def _by_sound(core: Core) -> Hit | None:
    names = read_names()
    sound = sound_key(core.key)
    words = len(core.key.split())
    same = [
        name
        for name in read_sounds().by_sound.get(sound, ())
        if len(name.split()) == words or len(sound) >= _LONG_SOUND
    ]
    written = [core_key for core_key in same if any(p.quality < 2 for p in names.places(core_key, core.kinds))]
    hit = names.hit(written or same, core.kinds)
    if hit is None or (core.kinds & {"oblast", "krai", "okrug"} and not all(place.codes for place in hit.places)):
        return None
    return Hit(tuple(_as_alias(place) for place in hit.places), hit.others, core.kinds, _SOUND_SCORE)


def _by_words(core: Core) -> Hit | None:
    """Find one place named twice without a separator: Kasan Tatarstan, Swerdlowsk Nischni Tagil."""
    words = core.key.split()
    found: list[Place] = []
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            hit = read_names().hit([" ".join(words[start:end])], frozenset())
            if hit and len(hit.identities) == 1 and all(place.quality < 2 for place in hit.places):
                found += hit.places
                break
        else:
            return None
        start = end
    hit = choose(found)
    same = hit is not None and len({place.identity for place in found}) == 1
    return hit if same and len(words) > 1 and found[0].codes else None


def find_exactly(text: str, *, loose: bool) -> Hit | None:
    """Return the place of a text that holds separators, or None; nothing is repaired here.

    ``loose`` allows the parts to be a name and its kind in any order (``Altai, Republik``, ``Nowgorod, Nischni``);
    otherwise only a name that the tables give with its separator counts.
    """
    hit = _full(text)
    if hit or not loose:
        return hit
    core = split_core(text)
    if _is_macro(text, core):
        return None
    hit = _by_core(core) or _german_adjective(core)
    words = core.key.split()
    if hit is None and len(words) == _FIRST_WORD_SWAP and not core.kinds:
        hit = _by_core(Core(" ".join(reversed(words)), core.kinds))
    return hit


def find(text: str) -> Hit | None:
    """Return the place or places that one name means, or None.

    The tests go from sure to careful; the first that answers decides, so that a written name always goes before a
    like-sounding one, and that before a repaired typing error.
    """
    hit = _by_code(text) or _full(text)
    if hit:
        return hit
    if beside := strip_iso_code(text):
        coded, named = _by_code(beside[0]), find(beside[1])
        return coded if coded and (named is None or named.identities == coded.identities) else None
    core = split_core(text)
    if not core.key or _is_macro(text, core) or len(core.key.split()) > _MOST_WORDS:
        return None
    hit = _by_core(core) or _german_adjective(core) or _by_sound(core) or _by_words(core)
    if hit:
        return hit
    hit = _without_misspelt_kind(core) or find_typo(core)
    scanned = letters_for_digits(text)
    if hit is None and scanned != text and (hit := _by_core(split_core(scanned))):
        hit = Hit(hit.places, hit.others, hit.kinds, 0.9, fuzzy=True)
    return hit or _by_hyphens(text)


def _by_hyphens(text: str) -> Hit | None:
    """Find several places written with bare hyphens (``Moskau-Kasan``); each must be a known name."""
    words = text.split("-")
    if not 2 <= len(words) <= _MOST_WORDS:
        return None
    hits = [_full(word) or _by_core(split_core(word)) for word in words]
    codes: list[str] = []
    for hit in hits:
        if hit is None or len(hit.identities) != 1 or not hit.places[0].codes:
            return None
        codes += hit.places[0].codes
    return Hit((Place(tuple(dict.fromkeys(codes)), "city"),))


_LONG_KINDS: Final = ("gebiet", "oblast", "region", "republik", "republic", "respublika", "область", "республика")


def misspelt_kind(word: str) -> frozenset[str]:
    """Return the kinds that a misspelt kind word means (Gebeit), or none."""
    if len(word) < _LONG_ENOUGH:
        return frozenset()
    kind = min(_LONG_KINDS, key=lambda one: OSA.distance(word, one))
    return split_core(kind).kinds if OSA.distance(word, kind) <= len(kind) // 3 else frozenset()


def _without_misspelt_kind(core: Core) -> Hit | None:
    """Find the name beside a misspelt kind word: Gebeit Swerdlowsk, Respulik Tatarstan."""
    words = core.key.split()
    meant = [misspelt_kind(word) for word in words]
    kept = [word for word, kinds in zip(words, meant, strict=True) if not kinds]
    if len(kept) != len(words) - 1 or not kept:
        return None
    hit = read_names().hit([" ".join(kept)], core.kinds.union(*meant))
    return Hit(hit.places, hit.others, hit.kinds, 0.9, fuzzy=True) if hit else None
