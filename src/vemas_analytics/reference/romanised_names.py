"""Whether a name in Latin letters may be a name in Cyrillic letters, and whether two Latin spellings name one.

One Russian name has as many Latin spellings as there are standards, and office lists mix them. Three tests, from the
strictest to the loosest, all on names in lower case, words parted by single blanks, apostrophes left out:

- `readings`: the Cyrillic spellings that a Latin name may stand for by one standard throughout;
- `may_spell`: whether a Latin name may stand for one given Cyrillic name, letter by letter, standards mixed;
- `skeleton`: what all spellings of a name have in common, for looking up the few that are worth comparing.

Standards (``reference/romanised_letters.csv``): Duden with the ``sh`` for ж of Steinitz's table, used in the GDR;
BGN/PCGN; DIN 1460 (with the x of ISO/R 9:1968); ISO 9:1995; GOST 7.79-2000 system B; ICAO Doc 9303.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

_STANDARDS: Final = ("duden", "bgn", "din", "iso9", "gost_b", "icao")
_MOST_READINGS: Final = 512
_CYRILLIC: Final = re.compile(r"[а-яё]")
_ALIKE: Final = str.maketrans({"ё": "е", "э": "е", "й": "и", "ы": "и", "ъ": None, "ь": None})
_REPEATED_I: Final = re.compile("ии+")
_STABLE: Final = str.maketrans(
    {"б": "b", "в": "v", "w": "v", "г": "g", "д": "d", "л": "l", "м": "m", "н": "n", "п": "p", "р": "r", "ф": "f"}
    | dict.fromkeys("ьъ")
)
_VOWELS: Final = re.compile("[aeiouyjëèėûâаеёийоуыэюя]+")
_HISSING: Final = re.compile("[szchtkxšžčŝжзсткхцчшщ]+")


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Read standard -> letter -> its Latin spellings."""
    text = (files("vemas_analytics.reference") / "romanised_letters.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return MappingProxyType(
        {
            name: MappingProxyType(
                {
                    row["letter"]: tuple("" if item == "-" else item.replace("'", "") for item in row[name].split("|"))
                    for row in rows
                }
            )
            for name in _STANDARDS
        }
    )


def is_cyrillic(name: str) -> bool:
    """Tell whether a name in lower case has a Cyrillic letter."""
    return _CYRILLIC.search(name) is not None


def sound(name: str) -> str:
    """Return a Cyrillic name with the letters made alike that some standard does not tell apart."""
    return _REPEATED_I.sub("и", name.translate(_ALIKE))


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    """Return letter (or pair) -> pattern of all its Latin spellings, of any standard."""
    table = _letters()
    patterns: dict[str, str] = {}
    for letter in table["bgn"]:
        texts = {text for standard in _STANDARDS for text in table[standard][letter]}
        listed = sorted(texts, key=lambda text: (-len(text), text))
        patterns[letter] = "(?:" + "|".join(map(re.escape, listed)) + ")"
    return MappingProxyType(patterns)


@lru_cache(maxsize=1 << 14)
def _pattern(name: str) -> re.Pattern[str]:
    spellings = _spellings()
    parts: list[str] = []
    index = 0
    while index < len(name):
        pair = name[index : index + 2]
        if len(pair) == 2 and pair in spellings:
            singly = spellings[pair[0]] + spellings[pair[1]]
            parts.append(f"(?:{spellings[pair]}|{singly})")
            index += 2
            continue
        letter = name[index]
        parts.append(spellings.get(letter) or re.escape(letter))
        index += 1
    return re.compile("".join(parts))


def may_spell(latin: str, cyrillic: str) -> bool:
    """Tell whether every letter of a Cyrillic name is spelt by some standard, whichever, in a Latin name.

    Examples
    --------
    >>> may_spell("uralmaschzavod", "уралмашзавод")
    True
    >>> may_spell("rosa", "роса"), may_spell("uralmasch", "уралмед")
    (True, False)
    """
    return _pattern(cyrillic).fullmatch(latin) is not None


@lru_cache(maxsize=1)
def _tokens() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return standard -> Latin token -> what it may stand for, letters made alike."""
    found: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for standard, table in _letters().items():
        tokens: dict[str, dict[str, None]] = {}
        for letter, texts in table.items():
            for text in texts:
                if text and sound(letter):
                    tokens.setdefault(text, {})[sound(letter)] = None
        found[standard] = MappingProxyType({text: tuple(letters) for text, letters in tokens.items()})
    return MappingProxyType(found)


@lru_cache(maxsize=1 << 15)
def _word_readings(word: str) -> frozenset[str]:
    if word.isdigit() or word == "&":
        return frozenset({word})
    found: set[str] = set()
    for tokens in _tokens().values():
        found |= _read(word, tokens)
        if len(found) > _MOST_READINGS:
            return frozenset()
    return frozenset(found)


def _read(word: str, tokens: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the readings of a word by one standard; none where a sign is foreign to it or they are too many."""
    longest = max(map(len, tokens))
    ends: list[set[str]] = [{""}] + [set() for _ in word]
    for at in range(len(word)):
        if not ends[at]:
            continue
        for length in range(1, min(longest, len(word) - at) + 1):
            for letters in tokens.get(word[at : at + length], ()):
                ends[at + length].update(begun + letters for begun in ends[at])
        if len(ends[at]) > _MOST_READINGS:
            return set()
    return {sound(reading) for reading in ends[-1]}


def readings(latin: str) -> tuple[frozenset[str], ...]:
    """Return, word by word, the Cyrillic spellings that a Latin name may stand for; each word by one standard.

    Letters are made alike as by `sound`. A word is empty where no standard has such letters, or where its readings
    are too many to tell.
    """
    return tuple([_word_readings(word) for word in latin.split()])


def reads_as(latin: str, cyrillic: str) -> bool:
    """Tell whether a Latin name spells a Cyrillic one with each word by one standard throughout.

    Examples
    --------
    >>> reads_as("uralmaschsawod", "уралмашзавод"), reads_as("uralmaschzavod", "уралмашзавод")
    (True, False)
    """
    words, wanted = readings(latin), cyrillic.split()
    return len(words) == len(wanted) and all(sound(name) in word for word, name in zip(words, wanted, strict=True))


def share_reading(names: Iterable[str]) -> bool:
    """Tell whether Latin names may all be spellings of one Cyrillic name, each word by one standard throughout.

    Examples
    --------
    >>> share_reading(["uralmaschsawod", "uralmashzavod"]), share_reading(["rossa", "rosa", "roza"])
    (True, False)
    """
    read = [readings(name) for name in names]
    if len({len(words) for words in read}) != 1:
        return False
    return all(frozenset.intersection(*words) for words in zip(*read, strict=True))


def skeleton(name: str) -> str:
    """Return what all spellings of a name have in common: the letters that no standard spells in two ways.

    Each run of vowels becomes ``A``, each run of the rest ``S``. Two spellings for which `may_spell` or
    `share_reading` hold always have the same skeleton.

    Examples
    --------
    >>> skeleton("uralmaschsawod") == skeleton("uralmashzavod") == skeleton("уралмашзавод")
    True
    """
    return _HISSING.sub("S", _VOWELS.sub("A", name.translate(_STABLE)))
