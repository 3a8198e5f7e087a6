"""Texts that are spelt almost alike: one number for all spellings of a name, found without comparing all with all."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from vemas_analytics.reference.words import fold

_SHORT_WORD: Final = 3
_ONE_SLIP, _TWO_SLIPS = 6, 14
"""Length from which one, and from which two letters may differ."""

_NEIGHBOURS: Final = (1, 2)
_FIXED = re.compile(rf"\w*\d\w*|\b\w{{1,{_SHORT_WORD}}}\b")


def number_spellings(texts: Iterable[str]) -> dict[str, int]:
    """Return a number for each text; texts spelt almost alike share it.

    Texts are sorted, forwards and backwards, and compared with their nearest neighbours only (the sorted
    neighbourhood method), so that the effort grows with their number, not with its square. One letter may differ,
    be missing or change places, two in longer texts; figures and short words must be the same, as they tell
    ``Werk 1`` from ``Werk 2`` and one legal form from another.

    Parameters
    ----------
    texts : iterable of str

    Notes
    -----
    Hernández and Stolfo (1995), The merge/purge problem for large databases.
    """
    given = sorted(set(texts))
    folded = {text: fold(text) for text in given}
    names = sorted(set(folded.values()))
    roots = list(range(len(names)))
    for order in (range(len(names)), sorted(range(len(names)), key=lambda at: names[at][::-1])):
        for first, second in _alike(names, list(order)):
            one, other = sorted((_root(roots, first), _root(roots, second)))
            roots[other] = one
    numbers = {name: _root(roots, at) for at, name in enumerate(names)}
    return {text: numbers[folded[text]] for text in given}


def slips_allowed(length: int) -> int:
    """Return how many letters two texts of this length may differ in."""
    return 0 if length < _ONE_SLIP else 1 if length < _TWO_SLIPS else 2


def _alike(names: Sequence[str], order: Sequence[int]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for step in _NEIGHBOURS:
        left, right = order[:-step], order[step:]
        if not left:
            continue
        one, other = [names[at] for at in left], [names[at] for at in right]
        distances = cpdist(one, other, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        for at in np.flatnonzero(distances <= 2).tolist():
            shorter = min(len(one[at]), len(other[at]))
            if distances[at] <= slips_allowed(shorter) and _FIXED.findall(one[at]) == _FIXED.findall(other[at]):
                pairs.append((left[at], right[at]))
    return pairs


def _root(roots: list[int], at: int) -> int:
    while roots[at] != at:
        roots[at] = roots[roots[at]]
        at = roots[at]
    return at
