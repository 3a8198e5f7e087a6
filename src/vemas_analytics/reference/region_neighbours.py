"""What the parts of one region cell tell about each other."""

from typing import Final

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_names import Place, read_names
from vemas_analytics.reference.region_outcome import RESOLVED, Part, word_hit
from vemas_analytics.reference.region_search import misspelt_kind
from vemas_analytics.reference.region_table import read_regions
from vemas_analytics.reference.region_text import has_role, plain_key, split_core

_AROUND: Final = frozenset({"oblast", "region", "environs", "district"})


def settle(parts: list[Part]) -> list[Part]:
    """Let neighbours explain each other: bare kind words, shared kinds, qualifiers, former names."""
    parts = _spread_kinds(_explain_bare_kinds(parts))
    return _drop_former(_resolve_by_neighbours(parts))


def _rematch(part: Part, text: str, kinds: frozenset[str]) -> Part:
    hit = read_names().hit([split_core(text).key], kinds)
    return Part(part.piece, word_hit(part.match.text, hit), hit) if hit else part


def _bare_kinds(part: Part) -> frozenset[str]:
    """Return the kinds of a piece that is nothing but a kind word, be it misspelt."""
    core = split_core(part.piece.text)
    if part.match.status in RESOLVED:
        return frozenset()
    return core.kinds if not core.key else misspelt_kind(core.key)


def _explain_bare_kinds(parts: list[Part]) -> list[Part]:
    """Let a bare kind word borrow its neighbour's name.

    Behind a comma or in brackets it belongs to the name before (Moskau (Gebiet)); joined by "and" it is a place of
    its own beside it (Moskau und Gebiet, Stadt und Gebiet Moskau).
    """
    result: list[Part] = []
    for index, part in enumerate(parts):
        kinds = _bare_kinds(part)
        neighbour = parts[index - 1] if index else parts[1] if len(parts) > 1 else None
        if not kinds or neighbour is None or not neighbour.match.code or neighbour.match.code == RUSSIA:
            result.append(part)
            continue
        name = read_regions().short(neighbour.match.code, "de").split(" (")[0]
        if index and part.piece.separator in {",", "("}:
            result[-1] = _rematch(result[-1], name, kinds)
        else:
            result.append(_rematch(part, name, frozenset({"environs"}) if kinds & _AROUND else kinds))
    return result


def _spread_kinds(parts: list[Part]) -> list[Part]:
    """Apply a plural kind word to the whole list ("Gebiete Moskau und Kaluga"), a last one to bare adjectives."""
    kinds_of = [split_core(part.piece.text).kinds for part in parts]
    plural = [
        core.key != "" and any(has_role(token, "plural") for token in plain_key(part.piece.text).split())
        for part, core in ((part, split_core(part.piece.text)) for part in parts)
        if not has_role(plain_key(part.piece.text), "tail") and part.match.status in RESOLVED
    ] or [False]
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


def _alternatives(part: Part) -> frozenset[str]:
    """Return the second meanings of a part: other regions of an ambiguous name, a lesser namesake town's region."""
    if part.hit is None:
        return frozenset()
    places: tuple[Place, ...] = part.hit.others
    if part.match.status == "ambiguous":
        places = part.hit.places + part.hit.others
    return frozenset(name for place in places for name in place.identity)


def _resolve_by_neighbours(parts: list[Part]) -> list[Part]:
    """Drop a part that a neighbour makes plain: ``Altai (Barnaul)``, ``Kirow, Gebiet Kaluga``."""
    result: list[Part] = []
    for index, part in enumerate(parts):
        alternatives = _alternatives(part)
        drop = False
        for other_index, other in enumerate(parts):
            if other_index == index or not ({other.match.code, other.match.country} & alternatives):
                continue
            separator = parts[max(index, other_index)].piece.separator
            qualifies = abs(index - other_index) == 1 and separator in {",", "("}
            stated = separator == "(" or bool(split_core(other.piece.text).kinds)
            drop = (
                drop
                or (qualifies and stated)
                or (part.match.status == "ambiguous" and separator in {",", "(", "/", "-"})
            )
        if not drop:
            result.append(part)
    return result or parts


def _drop_former(parts: list[Part]) -> list[Part]:
    """Leave out a bracket that only gives a former name, where the place itself was recognised."""
    if not any(part.match.status in RESOLVED for part in parts):
        return parts

    def former(part: Part) -> bool:
        words = plain_key(part.piece.text).split()
        return bool(words) and has_role(words[0], "former")

    return [part for part in parts if not former(part)]


def qualifying_state(parts: list[Part]) -> str:
    """Return the country of a state abroad that qualifies the place before it (St. Petersburg, Florida), or ""."""
    for part in parts[1:]:
        if part.piece.separator in {",", "("} and part.hit is not None:
            for place in part.hit.places:
                if place.foreign_kind == "state":
                    return place.country
    return ""


def contradicts_itself(parts: list[Part]) -> bool:
    """Tell whether a country abroad stands in brackets behind a single place in Russia: Swerdlowsk (Ukraine)."""
    if len(parts) != 2 or parts[1].piece.separator != "(" or not parts[0].match.code or parts[1].hit is None:
        return False
    return any(place.foreign_kind == "country" for place in parts[1].hit.places)


def is_a_person(parts: list[Part]) -> bool:
    """Tell whether the cell may be a person's name in index form: Petrow, Wladimir."""
    named = [part for part in parts if has_role(plain_key(part.piece.text), "given_name")]
    unknown = [part for part in parts if part.match.status == "unknown" and len(part.piece.text.split()) == 1]
    return bool(named and unknown) and all(part in named or part in unknown for part in parts)
