"""The result of a region look-up, and how hits are worded as one."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_cells import Piece
from vemas_analytics.reference.region_names import Hit, read_names
from vemas_analytics.reference.region_table import country_name, read_regions
from vemas_analytics.reference.region_text import has_role, plain_key, split_core
from vemas_analytics.reference.region_typos import nearest

MatchStatus: TypeAlias = Literal["exact", "alias", "city", "fuzzy", "ambiguous", "out_of_scope", "unknown", "several"]
Candidate: TypeAlias = tuple[str, str, float]

RESOLVED: Final = frozenset({"exact", "alias", "city", "fuzzy", "several"})
MOST_CANDIDATES: Final = 3
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
        For ``out_of_scope``: CLDR territory code such as ``UA``; see `country_name`.
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
        return tuple(part for part in self.parts if part.status not in RESOLVED)

    @property
    def country_name(self) -> str:
        """German name of the country of a place abroad, or empty."""
        return country_name(self.country) if self.country else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell with what was found for it."""

    piece: Piece
    match: RegionMatch
    hit: Hit | None = None


def german_name(code: str) -> str:
    """Return the name that candidates carry."""
    return read_regions().name(code, "de")


def word_hit(text: str, hit: Hit) -> RegionMatch:
    """Word a hit as a match."""
    identities = hit.identities
    regional = [place for place in hit.places if place.codes]
    if not hit.places:
        codes = tuple(dict.fromkeys(code for place in hit.others for code in place.codes))
        return RegionMatch(text, None, "ambiguous", tuple((code, german_name(code), 0.5) for code in codes))
    if not regional:
        return RegionMatch(text, None, "out_of_scope", country=hit.places[0].country)
    if len(identities) > 1:
        codes = tuple(dict.fromkeys(code for place in regional for code in place.codes))
        score = round(hit.score / len(identities), 3)
        return RegionMatch(text, None, "ambiguous", tuple((code, german_name(code), score) for code in codes))
    codes = regional[0].codes
    if len(codes) > 1:
        parts = tuple(RegionMatch(text, code, "alias", ((code, german_name(code), 1.0),)) for code in codes)
        return RegionMatch(text, None, "several", tuple((code, german_name(code), 1.0) for code in codes), parts=parts)
    status: MatchStatus = "fuzzy" if hit.fuzzy else regional[0].tier
    return RegionMatch(text, codes[0], status, ((codes[0], german_name(codes[0]), hit.score),))


def word_unknown(text: str) -> RegionMatch:
    """Word an unknown text, with the names nearest to it."""
    core = split_core(text)
    best: dict[str, float] = {}
    if len(core.key) >= 4 and not has_role(plain_key(text), "macro"):
        for name, _, score in nearest(core):
            for place in read_names().places(name, core.kinds):
                for code in place.codes:
                    if code != RUSSIA and score >= _NEAR_ENOUGH:
                        best[code] = max(score, best.get(code, 0.0))
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:MOST_CANDIDATES]
    return RegionMatch(text, None, "unknown", tuple((code, german_name(code), score) for code, score in ranked))
