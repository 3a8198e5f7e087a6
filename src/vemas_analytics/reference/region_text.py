"""What a region cell looks like once its typing accidents are taken away."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from vemas_analytics.reference.region_table import read_rows
from vemas_analytics.reference.transliteration import SCHEMES, romanise

Role: TypeAlias = Literal[
    "oblast", "krai", "republic", "okrug", "autonomous", "region", "environs", "city", "district",
    "filler", "plural", "given_name", "nothing", "macro", "prose", "former", "tail",
]  # fmt: skip
KINDS: Final = frozenset({"oblast", "krai", "republic", "okrug", "region", "environs", "city", "district"})

_TO_CYRILLIC: Final = {ord(a): b for a, b in zip("ABCEHKMOPTXYaceopxyuk", "АВСЕНКМОРТХУасеорхуик", strict=True)}
_TO_LATIN: Final = {ord(b): a for a, b in zip("ABCEHKMOPTXYIaceopxyi", "АВСЕНКМОРТХУІасеорхуі", strict=True)}
_HAS_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]")
_HAS_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SUPERSCRIPT: Final = re.compile("[¹²³⁰-⁹ᵃ-ᶻ*†‡§#°º]+")
_FOOTNOTE: Final = re.compile(r"(?:(?<=\w)|\s)(?:\d{1,2}\)|\[\d{1,2}\]|\(\d{1,2}\))\s*$")
_GLUED_DIGIT: Final = re.compile(r"(?<=[^\W\d_]{4})\d{1,2}$")
_LETTERSPACED: Final = re.compile(r"[^\W\d_](?: [^\W\d_]){3,}")
_QUOTES: Final = re.compile("[\"„“”«»‹›‚‘]|''|(?<!\\w)['’`´]|['’`´](?!\\w)")
_DASHES: Final = re.compile("[‐‑‒–—―−]")
_IN_WORD_DIGITS: Final = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})
_MIXED: Final = re.compile(r"(?<!\w)(?=\w*[^\W\d_]{3})(?=\w*\d)[^\W_]+(?!\w)")
_SOFT: Final = re.compile("['’ʼʹʺ′″`´ʻ]")
_NUMERIC: Final = re.compile(r"(?:ru|d|de)?-?\d[\d.:]*\.?", re.IGNORECASE)


def fold_scripts(text: str) -> str:
    """Return the text with look-alike letters of the other script replaced, word by word.

    A word that mixes Latin and Cyrillic letters is written wholly in the script to which its unmistakable
    letters belong; without any, in Cyrillic. Halves of two scripts (Kazань) become Latin.
    """

    def fold(match: re.Match[str]) -> str:
        word = match.group()
        if not (_HAS_CYRILLIC.search(word) and _HAS_LATIN.search(word)):
            return word
        as_cyrillic, as_latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
        if not _HAS_LATIN.search(as_cyrillic):
            return as_cyrillic
        return romanise(word, "bgn") if _HAS_CYRILLIC.search(as_latin) else as_latin

    return _WORD.sub(fold, text)


def as_cyrillic(text: str) -> str | None:
    """Return Latin text read as Cyrillic capitals (MOCKBA), or None if a letter has no such double."""
    folded = text.translate(_TO_CYRILLIC)
    return None if _HAS_LATIN.search(folded) or folded == text else folded


def clean_text(text: str) -> str:
    """Return the cell without invisible characters, quotes, footnote marks and doubled blanks; one dash, no ё."""
    text = _INVISIBLE.sub("", text)
    text = _SUPERSCRIPT.sub(" ", text)
    text = unicodedata.normalize("NFKC", text)
    text = _QUOTES.sub(" ", _DASHES.sub("-", text)).replace("ё", "е").replace("Ё", "Е")
    text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    if _LETTERSPACED.fullmatch(text):
        text = text.replace(" ", "")
    text = _GLUED_DIGIT.sub("", _FOOTNOTE.sub("", text))
    return fold_scripts(text).strip(" \n.,;:!?/|&+-_=~")


def letters_for_digits(text: str) -> str:
    """Return the text with digits inside words read as the letters a scanner takes for them (Sverd1ovsk)."""
    return _MIXED.sub(lambda match: match.group().translate(_IN_WORD_DIGITS), text)


_ACCENTS: Final = re.compile("[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_STROKED: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae"})
_NO_WORD: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 15)
def plain_key(text: str) -> str:
    """Return the look-up key: lower case, no accents or soft signs, everything but letters and digits a blank."""
    text = _SOFT.sub("", text.casefold()).replace("ё", "е")
    kept = text.replace("й", "\0")
    decomposed = unicodedata.normalize("NFD", kept)
    bare = _ACCENTS.sub("", decomposed).replace("\0", "й").translate(_STROKED)
    return _NO_WORD.sub(" ", bare).strip()


_SOUND_STEPS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[oe])f$", "v"),
        (r"[ʹʺ'’`´\s-]", ""),
        ("č|ć", "ch"),
        ("š|ŝ", "sh"),
        ("ž", "zh"),
        ("â", "ia"),
        ("û", "iu"),
        ("ß", "ss"),
        ("x", "ks"),
        ("q|ck", "k"),
        ("w", "v"),
        ("ph", "f"),
        ("gh", "g"),
        ("th", "t"),
        ("ou", "u"),
    )
)
_SIBILANTS: Final = re.compile(r"(?:[szch]|t(?=[szc])|k(?=h))+")
_GLIDES: Final = re.compile(r"i+(?=[aeou])|(?<=[aeou])i+")
_NO_ASCII: Final = re.compile("[^0-9A-Za-z]+")
_DOUBLES: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 15)
def sound_key(text: str) -> str:
    """Return a key that all transcriptions of one Russian name share (and few other words).

    Cyrillic is romanised first; then hissing sounds and ch/h/kh are one letter ``S``, v and w one, j, y and i one,
    silent beside a vowel; doubled letters and blanks vanish. ``Tscheljabinsk``, ``Čeljabinsk``, ``Cheliabinsk``
    and ``Челябинск`` all give ``Selabinsk``-like keys.
    """
    text = text.casefold().replace("ё", "е")
    if _HAS_CYRILLIC.search(text):
        text = romanise(text, "ala_lc").replace("ĭ", "i").replace("ė", "e")
    for pattern, replacement in _SOUND_STEPS:
        text = pattern.sub(replacement, text)
    text = unicodedata.normalize("NFD", text)
    text = _NO_ASCII.sub("", text)
    text = _SIBILANTS.sub("S", text)
    text = _GLIDES.sub("", text.replace("y", "i").replace("j", "i"))
    return _DOUBLES.sub(r"\1", text)


@lru_cache(maxsize=1)
def read_words() -> dict[str, frozenset[str]]:
    """Read region_words.csv: plain text to its roles (kind words, fillers, "unknown" marks, prose ...)."""
    words: dict[str, set[str]] = {}
    for row in read_rows("region_words.csv"):
        words.setdefault(plain_key(row["text"]), set()).add(row["role"])
        if row["role"] in KINDS | {"autonomous"} and len(row["text"]) > 3:
            for scheme in SCHEMES:
                words.setdefault(plain_key(romanise(row["text"], scheme)), set()).add(row["role"])
    return {text: frozenset(roles) for text, roles in words.items()}


def has_role(key: str, role: Role) -> bool:
    """Tell whether a plain key stands in the word table with this role."""
    return role in read_words().get(key, frozenset())


_KIND_GLUE: Final = (
    (re.compile(r"\bр[-–]н[а-я]*\b", re.IGNORECASE), " район "),
    (re.compile(r"\b[гg]\.\s*", re.IGNORECASE), "г "),
    (re.compile(r"\bр[-–]к[а-я]\b", re.IGNORECASE), " республика "),
    (re.compile(r"(?<=\w{4})(gebiet|oblast|region|republik|krai|kraj)(es|s)?\b", re.IGNORECASE), r" \1"),
)


@dataclass(frozen=True, slots=True)
class Core:
    """A region text taken apart: the name itself and the kinds its kind words say (``Gebiet``, ``г.``, ``край``)."""

    key: str
    kinds: frozenset[str]


@lru_cache(maxsize=1 << 15)
def split_core(text: str) -> Core:
    """Take kind words, fillers and numbers out of one name."""
    for pattern, replacement in _KIND_GLUE:
        text = pattern.sub(replacement, text)
    kinds: set[str] = set()
    words: list[str] = []
    tokens = [token for piece in text.split() if not _NUMERIC.fullmatch(piece) for token in plain_key(piece).split()]
    table = read_words()
    for token in tokens:
        roles = table.get(token, frozenset())
        found = roles & KINDS
        if found:
            kinds |= found
        elif roles & {"autonomous", "filler"} or token.isdigit():
            continue
        else:
            words.append(token)
    return Core(" ".join(words), frozenset(kinds))
