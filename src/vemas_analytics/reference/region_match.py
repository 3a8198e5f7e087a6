"""From the text of a region cell to the federal subject it names - or to an honest "no"."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_cells import Piece, is_prose, iso_code, names_nothing, split_cell
from vemas_analytics.reference.region_neighbours import contradicts_itself, is_a_person, qualifying_state, settle
from vemas_analytics.reference.region_outcome import (
    MOST_CANDIDATES,
    MatchStatus,
    Part,
    RegionMatch,
    german_name,
    word_hit,
    word_unknown,
)
from vemas_analytics.reference.region_search import find, find_exactly
from vemas_analytics.reference.region_table import read_regions
from vemas_analytics.reference.region_text import clean_text, plain_key, split_core

__all__ = ["MatchStatus", "RegionMatch", "match_region", "region_match_json"]

_NO_ALIASES: Final[Mapping[str, str]] = MappingProxyType({})
_LONGEST_CELL: Final = 400


def match_region(text: str, aliases: Mapping[str, str] = _NO_ALIASES) -> RegionMatch:
    """Return what a region cell means, without ever guessing silently.

    Names go before aliases, aliases before towns, towns before careful repair of typing errors. A name of two
    regions is ``ambiguous``, prose is ``unknown``, a place abroad ``out_of_scope``. A cell may name several
    regions; what is unknown or foreign beside known ones stays visible in `RegionMatch.unresolved`.

    Parameters
    ----------
    text : str
        The cell as written, in German, English or Russian, any transcription.
    aliases : mapping of str to str, optional
        An organisation's own spellings: text to region code (or to any text that names a region); they go first.

    Examples
    --------
    >>> match_region("Sverdlovskaya obl.").code
    'RU-SVE'
    >>> match_region("Nowgorod").status
    'ambiguous'
    >>> match_region("Swerdlowsk / Tatarstan").codes
    ('RU-SVE', 'RU-TA')
    """
    return _match(text, tuple(sorted(aliases.items())) if aliases else ())


@lru_cache(maxsize=1 << 16)
def _match(text: str, aliases: tuple[tuple[str, str], ...]) -> RegionMatch:
    cleaned = clean_text(text[: _LONGEST_CELL + 1])
    own = {plain_key(name): target for name, target in aliases}
    if plain_key(cleaned) in own:
        return replace(_own(cleaned, own), text=text)
    if not cleaned or len(cleaned) > _LONGEST_CELL or names_nothing(cleaned):
        return RegionMatch(text, None, "unknown")
    pieces = (Piece(cleaned, "", 0, len(cleaned)),) if iso_code(cleaned) else split_cell(cleaned)
    if len(pieces) == 1 or is_prose(cleaned, pieces):
        return replace(_match_piece(pieces[0], own, whole=cleaned).match, text=text)
    parts = settle(_join(cleaned, pieces, own))
    return replace(_combine(parts), text=text)


def _own(text: str, own: Mapping[str, str]) -> RegionMatch:
    """Return the match of a text for which the organisation has an alias of its own."""
    target = own[plain_key(text)]
    table = read_regions()
    code = target.strip().upper()
    if code not in table and code != RUSSIA:
        found = _match(target, ())
        return replace(found, text=text, status="alias" if found.code else found.status)
    return RegionMatch(text, code, "alias", ((code, german_name(code), 1.0),))


def _match_piece(piece: Piece, own: Mapping[str, str], *, whole: str = "") -> Part:
    text = whole or piece.text
    if plain_key(text) in own:
        return Part(piece, _own(text, own))
    if names_nothing(text) or is_prose(text, (piece,)):
        return Part(piece, RegionMatch(text, None, "unknown"))
    hit = find(text)
    return Part(piece, word_hit(text, hit) if hit else word_unknown(text), hit)


def _join(cleaned: str, pieces: tuple[Piece, ...], own: Mapping[str, str]) -> list[Part]:
    """Match the pieces, longest joined run first, so that names holding a separator stay whole."""
    parts: list[Part] = []
    start = 0
    while start < len(pieces):
        for end in range(min(len(pieces), start + 4), start + 1, -1):
            run = pieces[start:end]
            joined = cleaned[run[0].start : run[-1].end]
            if plain_key(joined) in own:
                parts.append(Part(run[0], _own(joined, own)))
                break
            separators = {piece.separator for piece in run[1:]}
            listed = bool(separators - {",", "(", "-", "and"})
            if listed and any(not split_core(piece.text).key for piece in run):
                continue
            hit = find_exactly(joined, loose=separators <= {",", "(", "-"})
            if hit:
                parts.append(Part(run[0], word_hit(joined, hit), hit))
                break
        else:
            end = start + 1
            parts.append(_match_piece(pieces[start], own))
        start = end
    return parts


def _combine(parts: list[Part]) -> RegionMatch:
    """Sum up the parts of a cell."""
    matches = tuple(part.match for part in parts)
    if len(matches) == 1:
        return matches[0]
    if state := qualifying_state(parts):
        return RegionMatch("", None, "out_of_scope", country=state, parts=matches)
    if contradicts_itself(parts):
        return RegionMatch("", None, "ambiguous", matches[0].candidates, parts=matches)
    if is_a_person(parts):
        return RegionMatch("", None, "unknown", parts=matches)
    resolved = [match for match in matches if match.codes]
    codes = list(dict.fromkeys(code for match in resolved for code in match.codes))
    if len(codes) > 1 and RUSSIA in codes:
        codes.remove(RUSSIA)
    if not codes:
        return _all_unresolved(matches)
    scores = {
        code: max(score for match in resolved for found, _, score in match.candidates if found == code)
        for code in codes
    }
    candidates = tuple((code, german_name(code), scores[code]) for code in codes)
    if len(codes) > 1:
        return RegionMatch("", None, "several", candidates, parts=matches)
    order = ("exact", "alias", "city", "fuzzy", "several")
    statuses = [match.status for match in resolved if codes[0] in match.codes]
    return RegionMatch("", codes[0], min(statuses, key=order.index), candidates, parts=matches)


def _all_unresolved(matches: tuple[RegionMatch, ...]) -> RegionMatch:
    """Sum up a cell none of whose parts is a region."""
    ambiguous = [match for match in matches if match.status == "ambiguous"]
    abroad = [match for match in matches if match.status == "out_of_scope"]
    if ambiguous:
        candidates = tuple(dict.fromkeys(candidate for match in ambiguous for candidate in match.candidates))
        return RegionMatch("", None, "ambiguous", candidates, parts=matches)
    if abroad:
        return RegionMatch("", None, "out_of_scope", country=abroad[-1].country, parts=matches)
    candidates = tuple(dict.fromkeys(candidate for match in matches for candidate in match.candidates))
    return RegionMatch("", None, "unknown", candidates[:MOST_CANDIDATES], parts=matches)


def region_match_json(match: RegionMatch) -> dict[str, Any]:
    """Return a match in the shape of ``vemas regions --json``: text, code, status, candidates."""
    return {
        "text": match.text,
        "code": match.code,
        "status": match.status,
        "candidates": [{"code": code, "name": name, "score": score} for code, name, score in match.candidates],
    }
