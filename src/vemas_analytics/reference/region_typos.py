"""Careful repair of typing errors in place names."""

import re
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vemas_analytics.reference.region_names import Hit, Place, read_names, read_sounds
from vemas_analytics.reference.region_text import Core, sound_key

_OTHER_GENDER: Final = re.compile(r"Sk(?:i|o|oe|im|ogo|om|omu|ie|ik)$")
_SIMILAR: Final = 0.74
"""Share of letters that must agree as written before a typing error is repaired."""
_RIVAL: Final = 0.1
"""A second place this little less alike, and one letter farther, makes the text ambiguous."""
_SHORT: Final = 8
_VOWELS: Final = frozenset("aeiou")
_SUFFIXES: Final = ("Ski", "Ska", "Sko", "Skaa", "ov", "ova", "in", "ina", "ovi", "er", "i", "a", "o", "e", "S")
_MAX_TYPOS: Final = 3


def _allowed_typos(length: int, places: tuple[Place, ...], kinds: frozenset[str]) -> int:
    """Return how many letters may be wrong in a sound key of this length; least in towns and places abroad."""
    if any(place.codes and (place.tier != "city" or place.size == "capital") for place in places):
        bounds = (6, 9, 13)
    elif any(place.codes for place in places):
        bounds = (7, 11, 15)
    elif kinds & {"oblast", "krai", "okrug"}:
        return 0
    else:
        bounds = (7, 12, 99)
    return sum(length >= bound for bound in bounds)


def _words_agree(query: str, name: str) -> bool:
    """Tell whether two texts agree word by word, each within a quarter of its letters."""
    left, right = query.split(), name.split()
    if len(left) != len(right):
        return abs(len(left) - len(right)) == 1 and OSA.normalized_similarity("".join(left), "".join(right)) >= 0.9
    pairs = [(sound_key(one), sound_key(other)) for one, other in zip(left, right, strict=True)]
    return all(OSA.distance(one, other) <= max(1, (len(other) + 1) // 4) for one, other in pairs)


def _is_derived(query: str, name: str, kinds: frozenset[str]) -> bool:
    """Tell whether a word is a name plus a suffix (Rybinski, Ryazansky): a surname, a street, no typing error.

    Beside a kind word such as ``Gebiet`` an adjective of the wrong gender is a slip after all.
    """
    if kinds & {"oblast", "krai", "okrug", "republic", "region"}:
        return False
    if _OTHER_GENDER.search(query) and not _OTHER_GENDER.search(name):
        return True
    return any(query == name + ending or query == name.removesuffix("Sk") + ending for ending in _SUFFIXES)


def nearest(core: Core, limit: int = 40) -> list[tuple[str, int, float]]:
    """Return (core name, distance in sounds, likeness as written from 0 to 1) of the nearest names, best first."""
    index = read_sounds()
    query = sound_key(core.key)
    found = process.extract(query, index.sounds, scorer=OSA.distance, score_cutoff=_MAX_TYPOS + 1, limit=limit)
    result = [
        (name, int(distance), round(OSA.normalized_similarity(core.key, name), 3))
        for sound, distance, _ in found
        for name in index.typo_cores[sound]
    ]
    return sorted(result, key=lambda item: (item[1], -item[2], item[0]))


def find_typo(core: Core) -> Hit | None:
    """Return the place whose name the text misspells, or None.

    Careful on purpose: names under six sounds are never guessed, the first sound must be right, words must agree
    one by one, the spelling as written too, and a second place as near makes the text ambiguous.
    """
    index = read_names()
    query = sound_key(core.key)
    near = [item for item in nearest(core) if item[2] >= _SIMILAR - 0.1]
    accepted = [
        (distance, -likeness, name)
        for name, distance, likeness in near
        if likeness >= _SIMILAR and _is_slip(query, name, distance, core)
    ]
    if not accepted:
        return None
    best, unlikeness, _ = min(accepted)
    hit = index.hit([name for distance, _, name in accepted if distance == best], core.kinds)
    if hit is None:
        return None
    rivals = [
        place
        for name, distance, likeness in near
        if distance <= best or (distance == best + 1 and likeness >= -unlikeness - _RIVAL)
        for place in index.places(name, core.kinds)
        if place.identity not in hit.identities
    ]
    places = (*hit.places, *dict.fromkeys(rivals))
    return Hit(places, hit.others, core.kinds, round(-unlikeness, 3), fuzzy=True)


def _swaps_a_consonant(query: str, name: str) -> bool:
    """Tell whether a short name differs in one consonant: more often another place (Agadyr) than a slip (Anadyr)."""
    if len(query) != len(name) or len(name) >= _SHORT:
        return False
    differing = [(one, other) for one, other in zip(query, name, strict=True) if one != other]
    return len(differing) == 1 and not set(differing[0]) <= _VOWELS


def _is_slip(query: str, name: str, distance: int, core: Core) -> bool:
    """Tell whether ``query`` is near enough to a name to be a typing error of it."""
    sound = sound_key(name)
    allowed = _allowed_typos(min(len(query), len(sound)), read_names().places(name, core.kinds), core.kinds)
    return (
        distance <= allowed
        and query[0] == sound[0]
        and not _is_derived(query, sound, core.kinds)
        and not _swaps_a_consonant(query, sound)
        and _words_agree(core.key, name)
    )
