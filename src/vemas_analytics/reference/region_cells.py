"""A region cell taken apart: separators, brackets, tails like "u. a.", and prose."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vemas_analytics.reference.region_text import has_role, plain_key

_TAIL: Final = re.compile(
    r"[\s,;(]+(?P<tail>(?:u\.?\s?a\.?(?:\s?m\.?)?|u\.?\s?v\.?\s?m\.?|usw\.?|etc\.?|et al\.?|и др(?:угие)?\.?"
    r"|и т\.?\s?д\.?|и прочее|and others|and more|und andere|und weitere)(?:\s*\(?\d+\s+\w+\)?)?\)?)$",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"(?<!\w)(RU|UA)\s?[-_]\s?([A-Z]{2,3}|\d{2})(?!\w)", re.IGNORECASE)
_SPACED_ISO: Final = re.compile(r"(RU|UA) ([A-Z]{2,3}|\d{2})")
_SEPARATOR: Final = re.compile(
    r"\s*(?P<mark>[;/|&+\n\\,()\[\]{}•·]|\s-\s|(?<=\s)u\.?(?=\s)"
    r"|(?<=\s)(?:und|and|и|sowie|bzw\.?|resp\.|plus|as well as)(?=\s)|\s->\s|\s>\s)\s*",
    re.IGNORECASE,
)
_STRONG: Final = frozenset({";", "|", "\n"})
_MARKS: Final = {"[": "(", "{": "(", "]": ")", "}": ")", "\\": "/", "•": ";", "·": ";"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the cell between separators; ``separator`` stands before it; ``start`` and ``end`` are offsets."""

    text: str
    separator: str
    start: int
    end: int


def _mark(raw: str) -> str:
    mark = raw.strip(" ") or raw
    mark = _MARKS.get(mark, mark)
    if mark in {"-", "->", ">"}:
        return "-"
    return mark if len(mark) == 1 and not mark.isalpha() else "and"


@lru_cache(maxsize=1 << 12)
def split_cell(text: str) -> tuple[Piece, ...]:
    """Split a cleaned cell at ``/ ; , | & +``, line breaks, brackets, spaced dashes and the words for "and".

    A closing "u. a." becomes a piece of its own, so that it is reported and not matched. A cell without any
    separator gives one piece.
    """
    tail = _TAIL.search(text)
    body = text[: tail.start()] if tail and tail.start() else text
    pieces: list[Piece] = []
    position, before = 0, ""
    for match in _SEPARATOR.finditer(body):
        _append(pieces, body, position, match.start(), before)
        mark = _mark(match.group("mark"))
        if mark == ")":
            # What follows a bracket is a new item; what stood in it belonged to the one before.
            mark = ","
        before = mark if pieces else ""
        position = match.end()
    _append(pieces, body, position, len(body), before)
    if tail and tail.start() and pieces:
        pieces.append(Piece(tail.group("tail"), ",", tail.start("tail"), len(text)))
    return tuple(pieces) or (Piece(text, "", 0, len(text)),)


def _append(pieces: list[Piece], body: str, start: int, end: int, before: str) -> None:
    text = body[start:end].strip(" .,:;-")
    if text:
        pieces.append(Piece(text, before if pieces else "", start, end))


def names_nothing(text: str) -> bool:
    """Tell whether a text is one of the ways to leave a cell empty (k. A., unbekannt, diverse, online ...)."""
    key = plain_key(text)
    return not key or key.isdigit() or has_role(key, "nothing") or has_role(key, "tail")


def is_prose(text: str, pieces: tuple[Piece, ...]) -> bool:
    """Tell whether a text is a sentence or a note rather than a list of places.

    Four words of which one belongs to sentences are prose. Behind ``;``, ``|`` or a line break prose is only a
    remark on the places before it, so such a cell is judged piece by piece.
    """
    if any(piece.separator in _STRONG for piece in pieces[1:]):
        return False
    words = plain_key(text).split()
    return len(words) >= 4 and any(has_role(word, "prose") for word in words)


def iso_code(text: str) -> tuple[str, str] | None:
    """Return country and subdivision of a text that is nothing but an ISO 3166-2 code, or None."""
    match = _ISO.fullmatch(text.strip()) or _SPACED_ISO.fullmatch(text.strip())
    return (match.group(1).upper(), match.group(2).upper()) if match else None


def strip_iso_code(text: str) -> tuple[str, str] | None:
    """Return (code text, rest) where an ISO code stands beside a name (``RU-SVE Swerdlowsk``), or None."""
    match = _ISO.search(text)
    if not match or not match.group(2).isupper():
        return None
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" -:,()")
    return (match.group(), rest) if rest else None
