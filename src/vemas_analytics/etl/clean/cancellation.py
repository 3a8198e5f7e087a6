"""Cancelled or postponed: what a title, a kind or a remark says where nobody gave a status."""

import re
from functools import lru_cache

from vemas_analytics.reference.words import fold, read_words

_ONLY_AN_ANSWER = frozenset({"nein", "n", "no", "нет"})
"""Words that mean cancelled in a column of statuses and nothing of the kind in a sentence."""

_PART = re.compile(r"[()\[\],;:/]|\s[-–—]+\s|[.!]\s")
_OF_A_PART = re.compile(
    r"(?<!\w)(?:hat|hatte|haben|has|have|(?:\w+)?(?:firm|teilnehm)\w*|tn|unternehmen|gast|gäste?|person\w*|besuch\w*|"
    r"besichtigung|rückreise|hinreise|rückflug|hinflug|flug|treffen|gespräch\w*|participants?|compan\w+|visit|meeting|"
    r"flight|участник\w*|компани\w*|встреч\w*|визит)(?!\w)"
)
"""Words of a remark after which not the whole event need have been called off."""


def says_cancelled(text: str | None) -> bool:
    """Tell whether a title or a kind holds a whole word for cancelled or postponed that is not denied."""
    return bool(text) and _cancelled().search(fold(text or "")) is not None


def remark_says_cancelled(text: str | None) -> bool:
    """Tell whether a remark says so of the whole event: a part of it begins with the word, or names nothing else."""
    if not says_cancelled(text):
        return False
    if any(_cancelled().match(fold(part)) for part in _PART.split(text or "")):
        return True
    return _OF_A_PART.search(fold(text or "")) is None


@lru_cache(maxsize=1)
def _cancelled() -> re.Pattern[str]:
    words = {
        word
        for field in ("trips.status", "forum_status")
        for word, code in read_words()[field].exact.items()
        if code == "cancelled" and word not in _ONLY_AN_ANSWER
    }
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(r"(?<!\w)(?<!nicht )(?<!not )(?<!не )(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
