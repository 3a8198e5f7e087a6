"""Region cells: one text to the regions it names, or to what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from vemas_analytics.model.names import RUSSIA
from vemas_analytics.reference.region_match import RegionMatch, match_region
from vemas_analytics.reference.regions import read_regions


@dataclass(frozen=True, slots=True)
class RegionFault:
    """A problem code and what its wording needs."""

    code: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegionReading:
    """What a cell says about regions.

    Parameters
    ----------
    codes : tuple of str
        Never empty; ``("RU",)`` where Russia is meant but no region is recognised.
    country : str
        Country code when the whole cell lies outside the federal subjects, else ''.
    recognised : bool
        Whether a federal subject was named.
    faults : tuple of RegionFault
    """

    codes: tuple[str, ...]
    country: str = ""
    recognised: bool = False
    faults: tuple[RegionFault, ...] = ()


NO_REGION = RegionReading((RUSSIA,))


def read_region(text: str, aliases: Mapping[str, str]) -> RegionReading:
    """Read a region cell, which may name several regions.

    Parameters
    ----------
    aliases : mapping of str to str
        The organisation's own spellings.
    """
    return _read(text, tuple(sorted(aliases.items()))) if text else NO_REGION


@lru_cache(maxsize=20_000)
def _read(text: str, aliases: tuple[tuple[str, str], ...]) -> RegionReading:
    match = match_region(text, dict(aliases))
    if match.status == "out_of_scope":
        abroad = _beside_russia(text, dict(aliases))
        if abroad:
            return RegionReading((RUSSIA,), faults=tuple(_part(part) for part in abroad))
        return RegionReading((RUSSIA,), country=match.country or "??")
    if not match.codes:
        code = "region_ambiguous" if match.status == "ambiguous" else "region_unknown"
        return RegionReading((RUSSIA,), faults=(RegionFault(code, _nearest(match)),))
    regions = tuple(code for code in match.codes if code != RUSSIA)
    named = match.parts or (match,)
    faults = [_fuzzy(code) for part in named if part.status == "fuzzy" for code in part.codes]
    faults += [_part(part) for part in match.unresolved]
    return RegionReading(regions or (RUSSIA,), recognised=bool(regions), faults=tuple(faults))


def _part(match: RegionMatch) -> RegionFault:
    """Return the fault of a part that names no region; ``abroad`` is the country where it lies in another one."""
    abroad = {"abroad": match.country or "??"} if match.status == "out_of_scope" else {}
    return RegionFault("region_part_unknown", {"part": match.text, **_nearest(match), **abroad})


def _beside_russia(text: str, aliases: Mapping[str, str]) -> tuple[RegionMatch, ...]:
    """Return the parts abroad of a text that also names Russia as such: ``Russland, Belarus`` is not out of scope."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) < 2:
        return ()
    matches = [match_region(part, aliases) for part in parts]
    if not any(match.codes == (RUSSIA,) for match in matches):
        return ()
    return tuple(match for match in matches if match.status == "out_of_scope")


def _fuzzy(code: str) -> RegionFault:
    return RegionFault("region_fuzzy", {"region": code})


def _nearest(match: RegionMatch) -> dict[str, str]:
    """Return the nearest regions as codes; they are named in the reader's language when worded."""
    known = read_regions()
    return {"nearest": " ".join(code for code, _, _ in match.candidates if code in known)}
