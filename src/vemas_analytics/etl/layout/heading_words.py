"""What a heading means: exact spellings first, then shortened words, and last a slip of the pen."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from vemas_analytics.reference.columns import HeaderWord, fold_header, read_column_words, read_layout_words

_COMPANY_OF_SIDE: Mapping[str, str] = {"ru": "russian_company", "sachsen": "saxon_company"}
_FILLERS = frozenset(
    {"der", "des", "die", "das", "am", "vom", "von", "in", "im", "bei", "und", "the", "of", "on", "and"}
)
_PARTS = re.compile(r"\s*(?:/|\bbzw\.?|\boder\b|\bund\b|&|\n)\s*")
_PART_OF_IT = re.compile(
    r"\s*[,;/(\[–-]?\s*\b(?:davon|darunter|of which|thereof|в\s?т\.?\s?ч\b\.?|из них)\b", re.IGNORECASE
)
_CONFIDENCE = 90
_SHORTEST_TYPO = 8
_WORST_RANK = 900


def is_known(text: str) -> bool:
    """Tell whether a text is a heading that some table knows, exactly."""
    return bool(_keys(text) & read_column_words().known)


@lru_cache(maxsize=20_000)
def _keys(text: str) -> frozenset[str]:
    """Return the spellings under which a heading is looked up: with its brackets and without."""
    if len(text) > 200:
        return frozenset()
    with_brackets = fold_header(text, brackets=True)
    return frozenset({with_brackets.replace(" ", ""), fold_header(text).replace(" ", ""), _sided(with_brackets)} - {""})


def _sided(folded: str) -> str:
    """Return a heading whose last word names a side (``firma rus``) with the side's usual word."""
    words = folded.split()
    side = read_layout_words().sides.get(words[-1]) if len(words) > 1 else None
    return "".join((*words[:-1], side)) if side else ""


def resolve(layout: str, text: str, extra: Mapping[str, str] | None = None) -> tuple[HeaderWord, float] | None:
    """Return what a heading means in a layout and how much it speaks for it, or None.

    Exact spellings come first (the organisation's own before all), then two headings in one (``Firma/Einrichtung``),
    shortened words (``Eing.-Dat.``), and last a slip of the pen; each only when a single field is meant.

    Parameters
    ----------
    layout : str
        One of `LAYOUTS`, or ``facts``.
    text : str
        The heading as written.
    extra : mapping of str to str, optional
        Heading -> field, as the organisation states in its configuration.
    """
    if extra:
        own = {fold_header(heading, brackets=True).replace(" ", ""): field for heading, field in extra.items()}
        for key in (fold_header(text, brackets=True).replace(" ", ""), fold_header(text).replace(" ", "")):
            if key in own:
                return HeaderWord(own[key], -1), 1.0
    return _resolve(layout, text)


@lru_cache(maxsize=20_000)
def _resolve(layout: str, text: str) -> tuple[HeaderWord, float] | None:
    if len(text) > 200:
        return None
    exact = _exact(layout, text)
    if exact is not None:
        return exact
    found = [_exact(layout, part) for part in _PARTS.split(text.strip()) if part]
    if len(found) > 1 and found[0] is not None and len({item[0].field for item in found if item is not None}) == 1:
        return found[0][0], 0.5 * found[0][1]
    whole = _PART_OF_IT.split(text, maxsplit=1)[0].strip()
    if whole and whole != text.strip():
        return _resolve(layout, whole)
    folded = fold_header(text)
    field = _by_shortened_words(layout, folded) or _by_slip(layout, folded)
    return (HeaderWord(field, _WORST_RANK), 0.3) if field else None


def _exact(layout: str, text: str) -> tuple[HeaderWord, float] | None:
    words = read_column_words()
    table, shares = words.tables[layout], words.shares.get(layout, {})
    with_brackets = fold_header(text, brackets=True)
    for key in (with_brackets.replace(" ", ""), _sided(with_brackets)):
        if key in table:
            return table[key], shares.get(key, 1.0)
    by_side = _company_of_side(layout, with_brackets)
    if by_side is not None:
        return HeaderWord(by_side, 0), 0.5
    key = fold_header(text).replace(" ", "")
    return (table[key], shares.get(key, 1.0)) if key in table else None


def _company_of_side(layout: str, folded: str) -> str | None:
    """Return whose company ``Partner Sachsen`` or ``Kunde (RUS)`` means: the side at the end outweighs the word."""
    *words, last = folded.split() or [""]
    side = read_layout_words().sides.get(last)
    base = read_column_words().tables[layout].get("".join(words))
    if side is None or base is None or base.field not in _COMPANY_OF_SIDE.values():
        return None
    return _COMPANY_OF_SIDE.get(side)


def _by_shortened_words(layout: str, folded: str) -> str | None:
    """Match word for word in any order, each word a beginning (three letters or more) of its counterpart."""
    words = [word for word in folded.split() if word not in _FILLERS]
    if not words or any(len(word) < 3 for word in words) or len(words) < 2:
        return None
    fields = set()
    for known, field in read_column_words().texts[layout].items():
        counterparts = [word for word in known.split() if word not in _FILLERS]
        if len(counterparts) == len(words) and _pair_up(words, counterparts):
            fields.add(field)
    return fields.pop() if len(fields) == 1 else None


def _pair_up(words: Sequence[str], counterparts: Sequence[str]) -> bool:
    left = list(counterparts)
    for word in sorted(words, key=len, reverse=True):
        match = next((other for other in left if other.startswith(word)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _by_slip(layout: str, folded: str) -> str | None:
    compact = folded.replace(" ", "")
    if len(compact) < _SHORTEST_TYPO or any(sign.isdigit() for sign in compact):
        return None
    table = read_column_words().tables[layout]
    near = process.extract(compact, table.keys(), scorer=fuzz.ratio, score_cutoff=_CONFIDENCE, limit=5)
    fields = {table[key].field for key, _, _ in near}
    return fields.pop() if len(fields) == 1 else None
