"""Spellings that may be one company, with a score: for a person to decide."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from vemas_analytics.model.tables import COMPANY_DECISION_COLUMNS, Tables
from vemas_analytics.reference.company_names import SIDES, CompanyName, Side, read_company_name
from vemas_analytics.reference.romanised_names import is_cyrillic, may_spell, share_reading
from vemas_analytics.reference.transliteration import romanise

FEWEST_POINTS: Final = 88
"""Score from which a pair is shown; below, names of one branch ("... Werkzeugmaschinen GmbH") begin to meet."""

_FEWEST_WORD_POINTS: Final = 70
_SHORTEST: Final = 5
_PREFIX: Final = 4
_LONGEST_BLOCK: Final = 400
_FORM_PENALTY: Final = 5
_DIGITS: Final = re.compile(r"\d+")
_SOUNDS: Final = (
    (re.compile("schtsch|shch|šč|ŝ|shh"), "sh"),
    (re.compile("tsch|č"), "ch"),
    (re.compile("sch|zh|ž|š"), "sh"),
    (re.compile("kh"), "ch"),
    (re.compile("ts|c(?=[eiz])z?|tz|z"), "s"),
    (re.compile("w"), "v"),
    (re.compile("je|ye|ë|è"), "e"),
    (re.compile("[yj]"), "i"),
    (re.compile("x"), "ks"),
    (re.compile(r"(\w)\1+"), r"\1"),
)
"""What a pair is compared by on the Russian side: standards of transliteration made alike, roughly."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A company's name: as written, taken apart, and as it is compared."""

    text: str
    name: CompanyName
    sound: str
    digits: tuple[str, ...]


def find_candidates(tables: Tables) -> pd.DataFrame:
    """Return the pairs of names that may be one company and were not decided, and the decisions made so far.

    Parameters
    ----------
    tables : Tables
        ``companies`` and ``company_decisions`` are looked at.

    Returns
    -------
    pandas.DataFrame
        Columns `COMPANY_DECISION_COLUMNS`: decided lines first, as they stand in companies.csv; then candidates by
        side, the highest score (0 to 100) first. ``n_a``, ``n_b`` are the records under each name; ``reason`` is a
        code of ``reference/company_rules.csv``.

    Notes
    -----
    Names proper are compared by the normalised indel distance (rapidfuzz ratio; Bard 2007, ACSW 68:117, on such
    measures), in their order and with their words sorted; only names that share the beginning of a word are compared
    at all, so that the effort grows with the number of names, not with its square.
    """
    decided = tables.company_decisions
    if not len(tables.companies):
        return decided
    pairs = (
        {frozenset(pair) for pair in decided[["name_a", "name_b"]].itertuples(index=False)} if len(decided) else set()
    )
    rows: list[tuple[object, ...]] = []
    for side in SIDES:
        part = tables.companies[tables.companies["side"] == side]
        counts = {str(name): int(n) for name, n in part.groupby("canonical")["n"].sum().items()}
        canonical = {str(row.spelling): str(row.canonical) for row in part.itertuples()}
        own = decided[decided["side"] == side] if len(decided) else decided
        settled = pairs | {
            frozenset(
                (canonical.get(str(row.name_a), str(row.name_a)), canonical.get(str(row.name_b), str(row.name_b)))
            )
            for row in own.itertuples()
        }
        found = [
            (min(first, second), max(first, second), score, reason)
            for first, second, score, reason in _pairs(sorted(counts), side)
            if frozenset((first, second)) not in settled
        ]
        found.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
        rows += [(side, a, b, counts[a], counts[b], score, reason, *[None] * 4) for a, b, score, reason in found]
    frame = pd.DataFrame(rows, columns=list(COMPANY_DECISION_COLUMNS))
    kinds = {"n_a": "Int64", "n_b": "Int64", "score": "Int64"}
    frame = frame.astype({name: kinds.get(name, "string") for name in COMPANY_DECISION_COLUMNS})
    return pd.concat([part for part in (decided, frame) if len(part)] or [frame], ignore_index=True)


def _pairs(names: Sequence[str], side: Side) -> Iterator[tuple[str, str, int, str]]:
    """Yield first, second, score and reason of every pair worth a look."""
    from rapidfuzz import fuzz, process

    known = [_compared(text, side) for text in names]
    told: set[tuple[int, int]] = set()
    for block in _blocks(known):
        sounds = [known[at].sound for at in block]
        ordered = [" ".join(sorted(sound.split())) for sound in sounds]
        straight = process.cdist(sounds, sounds, scorer=fuzz.ratio, score_cutoff=FEWEST_POINTS)
        by_words = process.cdist(ordered, ordered, scorer=fuzz.ratio, score_cutoff=FEWEST_POINTS)
        best = straight.clip(min=by_words)
        for i, j in zip(*best.nonzero(), strict=True):
            pair = (block[i], block[j])
            if i < j and pair not in told:
                told.add(pair)
                first, second = known[pair[0]], known[pair[1]]
                judged = _judge(first, second, float(best[i, j]), side)
                if judged is not None:
                    yield first.text, second.text, *judged


def _compared(text: str, side: Side) -> _Name:
    name = read_company_name(text, side)
    sound = name.core
    if side == "russian":
        sound = romanise(sound, "bgn") if is_cyrillic(sound) else sound
        for pattern, alike in _SOUNDS:
            sound = pattern.sub(alike, sound)
    return _Name(text, name, sound, tuple(sorted(_DIGITS.findall(name.core))))


def _blocks(known: Sequence[_Name]) -> Iterator[list[int]]:
    """Yield the positions of names that share the beginning of a word, or all of their letters but the blanks."""
    blocks: dict[str, list[int]] = {}
    for at, item in enumerate(known):
        keys = {word[:_PREFIX] for word in item.sound.split() if len(word) >= _PREFIX}
        keys.add("=" + item.sound.replace(" ", "")[: _PREFIX + 2])
        for key in sorted(keys):
            blocks.setdefault(key, []).append(at)
    for key in sorted(blocks):
        yield from _narrowed(blocks[key], known)


def _narrowed(block: list[int], known: Sequence[_Name]) -> Iterator[list[int]]:
    """Yield a block, or where it is large, stretches of it in the order of the names, each overlapping the next."""
    if len(block) <= _LONGEST_BLOCK:
        if len(block) > 1:
            yield block
        return
    ordered = sorted(block, key=lambda at: known[at].sound)
    for start in range(0, len(ordered), _LONGEST_BLOCK // 2):
        yield ordered[start : start + _LONGEST_BLOCK]


def _judge(first: _Name, second: _Name, points: float, side: Side) -> tuple[int, str] | None:
    """Return score and reason of a pair, or None where a number tells the two apart."""
    if first.digits != second.digits:
        return None
    forms = {first.name.form, second.name.form} - {""}
    penalty = _FORM_PENALTY if len(forms) > 1 else 0
    one, other = first.name.core, second.name.core
    if one == other:
        return 100 - penalty, "legal_forms_differ" if len(forms) > 1 else "form_open"
    if side == "russian" and _same_in_cyrillic(one, other):
        return round(min(points, 99)) - penalty, "transliteration_open"
    if one.replace(" ", "") == other.replace(" ", ""):
        return 98 - penalty, "spacing"
    if min(len(first.sound), len(second.sound)) < _SHORTEST:
        return None
    if not _words_alike(first.sound, second.sound):
        return None
    score = round(min(points, 97)) - penalty
    return (score, "similar") if score >= FEWEST_POINTS else None


def _words_alike(one: str, other: str) -> bool:
    """Tell whether no word of one name has another word in its place: a long name in common proves little then."""
    from rapidfuzz import fuzz

    words = list(zip(sorted(one.split()), sorted(other.split()), strict=False))
    if len(one.split()) != len(other.split()):
        return True
    return all(fuzz.ratio(a, b) >= _FEWEST_WORD_POINTS for a, b in words)


def _same_in_cyrillic(one: str, other: str) -> bool:
    if is_cyrillic(one) and is_cyrillic(other):
        return False
    if is_cyrillic(one) or is_cyrillic(other):
        latin, cyrillic = (other, one) if is_cyrillic(one) else (one, other)
        return may_spell(latin, cyrillic)
    return share_reading((one, other))
