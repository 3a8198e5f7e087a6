"""What a company's name says beside its spelling: its name proper and its legal form.

The tables ``reference/legal_forms.csv`` (forms of Germany, Austria, Switzerland, Russia and the English-speaking
countries, and parts of names that are abbreviated) hold the judgements.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

Side: TypeAlias = Literal["saxon", "russian"]
SIDES: Final[tuple[Side, ...]] = get_args(Side)

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ё": "е", "æ": "ae", "ø": "o", "ł": "l"})
_APOSTROPHES: Final = re.compile("['’‘‛`´ʹʺʼ\u2032]")
_DOTTED: Final = re.compile(r"(?<![\w.])(?:\w\.){2,}(?!\w)|(?<![\w.])(?:\w\.)+\w(?![\w.])")
_TOKENS: Final = re.compile(r"[^\W_]+|[&+]")
_LOOKALIKES: Final = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_LATIN: Final = re.compile(r"[a-z]")
_CYRILLIC: Final = re.compile(r"[а-я]")
_LONGEST_FORM: Final = 6


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name taken apart.

    Parameters
    ----------
    core : str
        The name proper in lower case, words parted by blanks, without quotes, punctuation, diacritics; ``ae`` for
        ``ä``, ``ss`` for ``ß``, ``&`` for "und". In its own alphabet.
    form : str
        Code of the legal form, such as GMBH or OOO; several joined by ``+``; '' where the name states none.
    """

    core: str
    form: str


@dataclass(frozen=True, slots=True)
class _Forms:
    """Token sequences of one side: legal forms by where they may stand, and parts to be abbreviated."""

    end: Mapping[tuple[str, ...], str]
    start: Mapping[tuple[str, ...], str]
    anywhere: Mapping[tuple[str, ...], str]
    parts: Mapping[tuple[str, ...], str]
    inside: frozenset[str]


@lru_cache(maxsize=2)
def _forms(side: Side) -> _Forms:
    text = (files("vemas_analytics.reference") / "legal_forms.csv").read_text("utf-8")
    found: dict[str, dict[tuple[str, ...], str]] = {"end": {}, "start": {}, "anywhere": {}, "parts": {}}
    for row in csv.DictReader(text.splitlines()):
        if side not in row["sides"].split("|"):
            continue
        words = tuple(row["text"].split())
        if row["kind"] == "part":
            found["parts"][words] = row["code"]
            continue
        found["end"][words] = row["code"]
        if row["position"] != "end":
            found["start"][words] = row["code"]
        if row["position"] == "anywhere":
            found["anywhere"][words] = row["code"]
    inside = frozenset(words[0] for name in ("anywhere", "parts") for words in found[name])
    end, start, anywhere, parts = (MappingProxyType(found[name]) for name in ("end", "start", "anywhere", "parts"))
    return _Forms(end, start, anywhere, parts, inside)


@lru_cache(maxsize=1 << 17)
def read_company_name(text: str, side: Side) -> CompanyName:
    """Return the name proper and the legal form of a company.

    Parameters
    ----------
    text : str
        As a list spells it.
    side : {"saxon", "russian"}
        Russian legal forms are known on the Russian side only, where Latin letters keep their diacritics, as the
        scholarly transliterations need them.

    Examples
    --------
    >>> read_company_name("„Müller & Söhne“ G.m.b.H.", "saxon")
    CompanyName(core='mueller & soehne', form='GMBH')
    >>> read_company_name("ОАО «НПО Автоматика»", "russian")
    CompanyName(core='нпо автоматика', form='OAO')
    """
    forms = _forms(side)
    tokens = _tokens(text, side)
    if not forms.inside.isdisjoint(tokens):
        tokens = _abbreviated(tokens, forms.parts)
    found: list[str] = []
    rest = _without_forms(tokens, forms, found)
    return CompanyName(" ".join(rest), "+".join(sorted(set(found))))


def _tokens(text: str, side: Side) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    if not plain.isascii():
        plain = _APOSTROPHES.sub("", plain)
        if side == "saxon" and _CYRILLIC.search(plain) is None:
            marks = unicodedata.normalize("NFD", plain)
            plain = "".join([sign for sign in marks if not unicodedata.combining(sign)])
    plain = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", plain.replace("'", "").replace("`", ""))
    return [
        token.translate(_LOOKALIKES) if _LATIN.search(token) and _CYRILLIC.search(token) else token
        for token in _TOKENS.findall(plain)
    ]


def _abbreviated(tokens: Sequence[str], parts: Mapping[tuple[str, ...], str]) -> list[str]:
    shortened: list[str] = []
    at = 0
    while at < len(tokens):
        length = next((n for n in range(_LONGEST_FORM, 0, -1) if tuple(tokens[at : at + n]) in parts), 0)
        shortened.append(parts[tuple(tokens[at : at + length])] if length else tokens[at])
        at += length or 1
    return shortened


def _without_forms(tokens: list[str], forms: _Forms, found: list[str]) -> list[str]:
    """Return the tokens without legal forms; a name that is nothing but a form keeps it."""
    rest = tokens
    while True:
        shorter = _at_edge(rest, forms, found) or _inside(rest, forms, found)
        if shorter is None:
            return rest
        rest = shorter


def _at_edge(tokens: list[str], forms: _Forms, found: list[str]) -> list[str] | None:
    for length in range(min(_LONGEST_FORM, len(tokens) - 1), 0, -1):
        code = forms.end.get(tuple(tokens[-length:]))
        if code is not None:
            found.append(code)
            return tokens[:-length]
        code = forms.start.get(tuple(tokens[:length]))
        if code is not None:
            found.append(code)
            return tokens[length:]
    return None


def _inside(tokens: list[str], forms: _Forms, found: list[str]) -> list[str] | None:
    if forms.inside.isdisjoint(tokens):
        return None
    for at, token in enumerate(tokens):
        if token not in forms.inside:
            continue
        for length in range(min(_LONGEST_FORM, len(tokens) - 1), 0, -1):
            code = forms.anywhere.get(tuple(tokens[at : at + length]))
            if code is not None:
                found.append(code)
                return [*tokens[:at], *tokens[at + length :]]
    return None
