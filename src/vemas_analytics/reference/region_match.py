"""From the text of a region cell to the federal subject it names - or to an honest "no"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_cells import Piece, is_prose, names_nothing, split_cell
from vemas_analytics.reference.region_names import Hit, Place, nearest, read_names
from vemas_analytics.reference.region_search import find, find_exactly
from vemas_analytics.reference.region_text import clean_text, has_role, plain_key, split_core
from vemas_analytics.reference.regions import country_name, read_regions

MatchStatus: TypeAlias = Literal[
    "exact", "alias", "city", "fuzzy", "ambiguous", "out_of_scope", "unknown", "several"
]  # fmt: skip
Candidate: TypeAlias = tuple[str, str, float]

_NO_ALIASES: Final[Mapping[str, str]] = MappingProxyType({})
_RESOLVED: Final = frozenset({"exact", "alias", "city", "fuzzy", "several"})
_MOST_CANDIDATES: Final = 3
_LONGEST_CELL: Final = 400
_NEAR_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """What a region text was found to mean.

    Parameters
    ----------
    text : str
        The text as it was given.
    code : str or None
        The one region (``RU-SVE``), ``RU`` for Russia without a region, or None.
    status : str
        How it was found: ``exact`` (a name of the region), ``alias`` (another name), ``city``, ``fuzzy`` (a typing
        error repaired), ``several`` (see ``parts``), or why not: ``ambiguous``, ``out_of_scope``, ``unknown``.
    candidates : tuple of (code, German name, score)
        The match itself, the meanings of an ambiguous text, the regions of a cell that names several, or the
        names nearest to an unknown one; scores from 0 to 1.
    country : str
        For ``out_of_scope``: CLDR territory code such as ``UA``; see `regions.country_name`.
    parts : tuple of RegionMatch
        Of a cell with several parts: each part's own match, unknown and foreign ones included.
    """

    text: str
    code: str | None
    status: MatchStatus
    candidates: tuple[Candidate, ...] = ()
    country: str = ""
    parts: tuple["RegionMatch", ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """All regions the text names, each once, in order; empty if none was recognised."""
        if self.status == "several":
            return tuple(code for code, _, _ in self.candidates)
        return (self.code,) if self.code else ()

    @property
    def unresolved(self) -> tuple["RegionMatch", ...]:
        """Parts of a mixed cell that gave no region; the other parts count all the same."""
        return tuple(part for part in self.parts if part.status not in _RESOLVED)

    @property
    def country_name(self) -> str:
        """German name of the country of a place abroad, or empty."""
        return country_name(self.country) if self.country else ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a cell with what was found for it."""

    piece: Piece
    match: RegionMatch
    hit: Hit | None = None


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
    pieces = split_cell(cleaned)
    if len(pieces) == 1 or is_prose(cleaned, pieces):
        return replace(_match_piece(pieces[0], own, whole=cleaned).match, text=text)
    parts = _settle(_join(cleaned, pieces, own))
    return replace(_combine(parts), text=text)


def _name(code: str) -> str:
    return read_regions().name(code, "de")


def _own(text: str, own: Mapping[str, str]) -> RegionMatch:
    """Return the match of a text for which the organisation has an alias of its own."""
    target = own[plain_key(text)]
    table = read_regions()
    code = target.strip().upper()
    if code not in table and code != RUSSIA:
        found = _match(target, ())
        return replace(found, text=text, status="alias" if found.code else found.status)
    return RegionMatch(text, code, "alias", ((code, _name(code), 1.0),))


def _from_hit(text: str, hit: Hit) -> RegionMatch:
    """Word a hit as a match."""
    identities = hit.identities
    regional = [place for place in hit.places if place.codes]
    if not hit.places:
        codes = tuple(dict.fromkeys(code for place in hit.others for code in place.codes))
        return RegionMatch(text, None, "ambiguous", tuple((code, _name(code), 0.5) for code in codes))
    if not regional:
        return RegionMatch(text, None, "out_of_scope", country=hit.places[0].country)
    if len(identities) > 1:
        codes = tuple(dict.fromkeys(code for place in regional for code in place.codes))
        score = round(hit.score / len(identities), 3)
        return RegionMatch(text, None, "ambiguous", tuple((code, _name(code), score) for code in codes))
    codes = regional[0].codes
    if len(codes) > 1:
        parts = tuple(RegionMatch(text, code, "alias", ((code, _name(code), 1.0),)) for code in codes)
        return RegionMatch(text, None, "several", tuple((code, _name(code), 1.0) for code in codes), parts=parts)
    status: MatchStatus = "fuzzy" if hit.fuzzy else regional[0].tier
    return RegionMatch(text, codes[0], status, ((codes[0], _name(codes[0]), hit.score),))


def _unknown(text: str) -> RegionMatch:
    """Word an unknown text, with the names nearest to it."""
    core = split_core(text)
    best: dict[str, float] = {}
    if len(core.key) >= 4 and not has_role(plain_key(text), "macro"):
        for name, _, score in nearest(core):
            for place in read_names().places(name, core.kinds):
                for code in place.codes:
                    if code != RUSSIA and score >= _NEAR_ENOUGH:
                        best[code] = max(score, best.get(code, 0.0))
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:_MOST_CANDIDATES]
    return RegionMatch(text, None, "unknown", tuple((code, _name(code), score) for code, score in ranked))


def _match_piece(piece: Piece, own: Mapping[str, str], *, whole: str = "") -> _Part:
    text = whole or piece.text
    if plain_key(text) in own:
        return _Part(piece, _own(text, own))
    if names_nothing(text) or is_prose(text, (piece,)):
        return _Part(piece, RegionMatch(text, None, "unknown"))
    hit = find(text)
    return _Part(piece, _from_hit(text, hit) if hit else _unknown(text), hit)


def _join(cleaned: str, pieces: tuple[Piece, ...], own: Mapping[str, str]) -> list[_Part]:
    """Match the pieces, longest joined run first, so that names holding a separator stay whole."""
    parts: list[_Part] = []
    start = 0
    while start < len(pieces):
        for end in range(min(len(pieces), start + 4), start + 1, -1):
            run = pieces[start:end]
            joined = cleaned[run[0].start : run[-1].end]
            if plain_key(joined) in own:
                parts.append(_Part(run[0], _own(joined, own)))
                break
            hit = find_exactly(joined, loose=all(piece.separator in {",", "(", "-"} for piece in run[1:]))
            if hit:
                parts.append(_Part(run[0], _from_hit(joined, hit), hit))
                break
        else:
            end = start + 1
            parts.append(_match_piece(pieces[start], own))
        start = end
    return parts


def _settle(parts: list[_Part]) -> list[_Part]:
    """Let neighbours explain each other: bare kind words, shared kinds, qualifiers, former names."""
    parts = _spread_kinds(_explain_bare_kinds(parts))
    return _drop_former(_resolve_by_neighbours(parts))


def _rematch(part: _Part, text: str, kinds: frozenset[str]) -> _Part:
    hit = read_names().hit([split_core(text).key], kinds)
    return _Part(part.piece, _from_hit(part.match.text, hit), hit) if hit else part


def _explain_bare_kinds(parts: list[_Part]) -> list[_Part]:
    """Read "Moskau und Gebiet" and "Stadt und Gebiet Moskau": a bare kind word borrows its neighbour's name."""
    result = list(parts)
    for index, part in enumerate(parts):
        core = split_core(part.piece.text)
        if core.key or not core.kinds or part.match.status in _RESOLVED:
            continue
        neighbour = parts[index - 1] if index else parts[1] if len(parts) > 1 else None
        if neighbour is not None and neighbour.match.code:
            kinds = core.kinds - {"region"} | ({"oblast"} if "region" in core.kinds else set())
            name = split_core(neighbour.piece.text).key
            if name == split_core("St. Petersburg").key or neighbour.match.code == "RU-SPE":
                name = "leningrad" if kinds & {"oblast"} else name
            result[index] = _rematch(part, name, frozenset(kinds))
    return result


def _spread_kinds(parts: list[_Part]) -> list[_Part]:
    """Apply a plural kind word to the whole list ("Gebiete Moskau und Kaluga"), a last one to bare adjectives."""
    kinds_of = [split_core(part.piece.text).kinds for part in parts]
    plural = [
        any(has_role(token, "plural") for token in plain_key(part.piece.text).split()) for part in parts
    ]
    result = list(parts)
    for index, part in enumerate(parts):
        if kinds_of[index]:
            continue
        source: frozenset[str] = frozenset()
        if plural[0]:
            source = kinds_of[0]
        elif plural[-1]:
            source = kinds_of[-1]
        elif part.match.status == "ambiguous" and part.piece.text.endswith(("er", "ий", "ий", "ij", "y")):
            source = next((kinds for kinds in kinds_of[index + 1 :] if kinds), frozenset())
        if source:
            result[index] = _rematch(part, part.piece.text, source)
    return result


def _alternatives(part: _Part) -> frozenset[str]:
    """Return the second meanings of a part: other regions of an ambiguous name, a lesser namesake town's region."""
    if part.hit is None:
        return frozenset()
    places: tuple[Place, ...] = part.hit.others
    if part.match.status == "ambiguous":
        places = part.hit.places + part.hit.others
    return frozenset(code for place in places for code in place.codes)


def _resolve_by_neighbours(parts: list[_Part]) -> list[_Part]:
    """Drop a part that a neighbour makes plain: ``Altai (Barnaul)``, ``Kirow, Gebiet Kaluga``."""
    result: list[_Part] = []
    for index, part in enumerate(parts):
        alternatives = _alternatives(part)
        drop = False
        for other_index, other in enumerate(parts):
            if other_index == index or other.match.code not in alternatives:
                continue
            separator = parts[max(index, other_index)].piece.separator
            qualifies = abs(index - other_index) == 1 and separator in {",", "("}
            stated = separator == "(" or bool(split_core(other.piece.text).kinds)
            drop = drop or (qualifies and stated) or (
                part.match.status == "ambiguous" and separator in {",", "(", "/", "-"}
            )
        if not drop:
            result.append(part)
    return result or parts


def _drop_former(parts: list[_Part]) -> list[_Part]:
    """Leave out a bracket that only gives a former name, where the place itself was recognised."""
    if not any(part.match.status in _RESOLVED for part in parts):
        return parts

    def former(part: _Part) -> bool:
        words = plain_key(part.piece.text).split()
        return bool(words) and has_role(words[0], "former")

    return [part for part in parts if not former(part)]


def _combine(parts: list[_Part]) -> RegionMatch:
    """Sum up the parts of a cell."""
    matches = tuple(part.match for part in parts)
    if len(matches) == 1:
        return matches[0]
    if _is_abroad(parts) or _is_a_person(parts):
        country = next((match.country for match in matches if match.country), "")
        return RegionMatch("", None, "out_of_scope" if country else "unknown", country=country, parts=matches)
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
    candidates = tuple((code, _name(code), scores[code]) for code in codes)
    if len(codes) > 1:
        return RegionMatch("", None, "several", candidates, parts=matches)
    order = ("exact", "alias", "city", "fuzzy", "several")
    statuses = [match.status for match in resolved if codes[0] in match.codes]
    return RegionMatch("", codes[0], min(statuses, key=order.index), candidates, parts=matches)


def _is_abroad(parts: list[_Part]) -> bool:
    """Tell whether a state abroad qualifies the place before it: St. Petersburg, Florida."""
    return any(
        part.piece.separator in {",", "("}
        and part.hit is not None
        and any(place.foreign_kind == "state" for place in part.hit.places)
        for part in parts[1:]
    )


def _is_a_person(parts: list[_Part]) -> bool:
    """Tell whether the cell may be a person's name in index form: Petrow, Wladimir."""
    flagged = [
        part for part in parts if part.hit and any(place.also_person for place in part.hit.places + part.hit.others)
    ]
    unknown = [part for part in parts if part.match.status == "unknown" and len(part.piece.text.split()) == 1]
    return bool(flagged and unknown) and len(parts) == len(flagged) + len(unknown)


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
    return RegionMatch("", None, "unknown", candidates[:_MOST_CANDIDATES], parts=matches)


def region_match_json(match: RegionMatch) -> dict[str, Any]:
    """Return a match in the shape of ``vemas regions --json``: text, code, status, candidates."""
    return {
        "text": match.text,
        "code": match.code,
        "status": match.status,
        "candidates": [{"code": code, "name": name, "score": score} for code, name, score in match.candidates],
    }
