"""Russian names in Latin letters, and their case forms: the raw material for recognising any spelling of a place.

Offices write one Russian place in a dozen ways: by the Duden table, by BGN/PCGN, by the scholarly standards, by
passport rules, or in Cyrillic in whichever case the sentence wanted. The functions here produce those spellings
from the Russian nominative, so that tables hold each name once.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

Scheme: TypeAlias = Literal["duden", "bgn", "scientific", "iso9", "gost_b", "icao", "ala_lc", "french"]
SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)

_LETTERS: Final = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я".split()
_ROWS: Final[Mapping[Scheme, str]] = MappingProxyType(
    {
        "duden": "a b w g d e jo sch s i i k l m n o p r s t u f ch z tsch sch schtsch _ y _ e ju ja",
        "bgn": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya",
        "scientific": "a b v g d e ë ž z i j k l m n o p r s t u f x c č š šč ʺ y ʹ è ju ja",
        "iso9": "a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â",
        "gost_b": "a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh ʺ y ʹ e yu ya",
        "icao": "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia",
        "ala_lc": "a b v g d e ë zh z i ĭ k l m n o p r s t u f kh ts ch sh shch ʺ y ʹ ė iu ia",
        "french": "a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch _ y _ e iou ia",
    }
)
_TABLES: Final[Mapping[Scheme, Mapping[str, str]]] = MappingProxyType(
    {
        scheme: {letter: "" if latin == "_" else latin for letter, latin in zip(_LETTERS, row.split(), strict=True)}
        for scheme, row in _ROWS.items()
    }
)
_BY_LETTER: Final[Mapping[Scheme, Mapping[int, str]]] = MappingProxyType(
    {scheme: {ord(letter): latin for letter, latin in table.items()} for scheme, table in _TABLES.items()}
)
_BY_NEIGHBOURS: Final = frozenset({"duden", "bgn", "french"})
_VOWELS: Final = frozenset("аеёиоуыэюя")
_JOTATED_E: Final[Mapping[Scheme, str]] = MappingProxyType({"duden": "je", "bgn": "ye", "french": "ie"})


def _german_letter(before: str, letter: str, after: str) -> str | None:
    """Return what the Duden table prescribes for a letter by its neighbours, or None for the plain row."""
    if letter == "й" and after and after in _VOWELS:
        return "j"
    if letter == "й" and before in {"и", "ы"}:
        return "j" if after else ""
    if letter == "с" and before in _VOWELS and after in _VOWELS and after:
        return "ss"
    if letter == "ь" and after == "о":
        return "j"
    if letter == "и" and before == "ь":
        return "ji"
    if letter == "ё" and before in {"ж", "ч", "ш", "щ"}:
        return "o"
    return None


def _latin(word: str, index: int, scheme: Scheme) -> str:
    letter = word[index]
    before = word[index - 1] if index else ""
    after = word[index + 1] if index + 1 < len(word) else ""
    if scheme == "duden":
        special = _german_letter(before, letter, after)
        if special is not None:
            return special
    if scheme == "bgn" and letter == "й" and before in {"и", "ы"} and not after:
        return ""
    if letter == "е" and scheme in _JOTATED_E and (not before or before in _VOWELS or before in {"ъ", "ь", "й"}):
        return _JOTATED_E[scheme]
    return _TABLES[scheme].get(letter, letter)


@lru_cache(maxsize=1 << 14)
def _romanise_word(word: str, scheme: Scheme) -> str:
    lower = word.lower()
    if scheme in _BY_NEIGHBOURS:
        body = "".join([_latin(lower, index, scheme) for index in range(len(lower))])
    else:
        body = lower.translate(_BY_LETTER[scheme])
    if scheme == "bgn" and lower.endswith("ий"):
        body = body.removesuffix("i") + "y"
    if scheme == "duden":
        body = body.replace("aleks", "alex")
    return body[:1].upper() + body[1:] if word[:1].isupper() else body


def romanise(text: str, scheme: Scheme) -> str:
    """Return Russian text in Latin letters by one of the current standards.

    Parameters
    ----------
    text : str
        Text in Cyrillic letters; anything else passes through.
    scheme : {"duden", "bgn", "scientific", "iso9", "gost_b", "icao", "ala_lc", "french"}
        Duden (German press and public bodies), BGN/PCGN without apostrophes (English), scholarly (ISO/R 9:1968),
        ISO 9:1995, GOST 7.79-2000 system B, passports (ICAO Doc 9303), ALA-LC, French press.

    Examples
    --------
    >>> romanise("Челябинск", "duden")
    'Tscheljabinsk'
    >>> romanise("Нижний Новгород", "bgn")
    'Nizhny Novgorod'
    """
    words = text.replace("’", "").split()
    return " ".join(["-".join([_romanise_word(piece, scheme) for piece in word.split("-")]) for word in words])


_ADJECTIVES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ая": ("ой", "ую"),
        "яя": ("ей", "юю"),
        "ое": ("ого", "ому", "ым", "ом"),
        "ые": ("ых", "ым", "ыми"),
        "ие": ("их", "им", "ими"),
        "ый": ("ого", "ому", "ым", "ом"),
        "ий": ("ого", "его", "ому", "ему", "им", "ом", "ем"),
        "ой": ("ого", "ому", "ым", "ом"),
    }
)
_NOUNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ия": ("ии", "ию", "ией"),
        "ец": ("ца", "цу", "цом", "це", "ьца", "ьцу", "ьце"),
        "а": ("ы", "и", "е", "у", "ой", "ей"),
        "я": ("и", "е", "ю", "ей"),
        "ь": ("и", "ью", "я", "ю", "ем", "е"),
        "й": ("я", "ю", "ем", "е"),
        "о": ("а", "у", "ом", "е"),
        "ье": ("ья", "ью", "ьем"),
        "ы": ("", "ов", "ам", "ами", "ах"),
        "и": ("", "ей", "ов", "ам", "ами", "ах", "ям", "ях"),
    }
)
_FIXED: Final = frozenset(
    {"на", "дону", "амуре", "кубани", "эл", "удэ", "санкт", "и", "автономный", "сочи", "коми", "химки", "марий"}
)
_CONSONANT_ENDINGS: Final = ("а", "у", "ом", "ым", "е")


@lru_cache(maxsize=4096)
def _word_forms(word: str) -> tuple[str, ...]:
    if word in _FIXED:
        return (word,)
    for endings in (_ADJECTIVES, _NOUNS):
        for ending, others in endings.items():
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = word.removesuffix(ending)
                return (word, *(stem + other for other in others))
    if word[-1:] in _VOWELS:
        return (word,)
    return (word, *(word + ending for ending in _CONSONANT_ENDINGS))


def inflect(name: str) -> frozenset[str]:
    """Return the case forms of a Russian place name, lower case, the nominative included.

    The forms follow the regular declensions of adjectives and nouns; a few wrong forms arise too (a feminine
    ``-ь`` word also gets masculine endings). They do no harm as look-up keys. Hyphens are written as spaces.

    Examples
    --------
    >>> "нижнего новгорода" in inflect("Нижний Новгород")
    True
    >>> "свердловской" in inflect("Свердловская")
    True
    """
    words = name.lower().replace("ё", "е").replace("-", " ").split()
    choices = [_word_forms(word) for word in words]
    if len(words) > 1 and _ADJECTIVES.keys().isdisjoint({words[0][-2:]}) and "на" not in words:
        choices = [*((word,) for word in words[:-1]), _word_forms(words[-1])]
    return frozenset(" ".join(form) for form in product(*choices))
