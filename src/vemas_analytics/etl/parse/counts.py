"""Head counts as offices write them: plain, approximate, lower bounds, sums, words."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from vemas_analytics.etl.parse.cells import is_missing, tidy
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.words import alternatives, fold, read_words

Bound: TypeAlias = Literal["exact", "at_least"]
CountFault: TypeAlias = Literal["missing", "unreadable"]


@dataclass(frozen=True, slots=True)
class CountReading:
    """What a cell says about a number of heads or firms; ``bound`` tells whether it may be more."""

    value: int | None = None
    bound: Bound = "exact"
    rules: tuple[str, ...] = ()
    fault: CountFault | None = None


_MISSING = CountReading(fault="missing")
_UNREADABLE = CountReading(fault="unreadable")


def read_count(value: CellValue) -> CountReading:
    """Read one count cell of any type.

    Notes
    -----
    Words for a lower bound (``über 30``, ``mind. 12``, ``20+``) give ``at_least``; an upper bound says too little
    and is refused. A range gives its lower end as ``at_least``.
    """
    if isinstance(value, str):
        return _read_text(tidy(value).casefold())
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return _MISSING
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return _UNREADABLE
    if value < 0 or value > 1_000_000 or not float(value).is_integer():
        return _UNREADABLE
    return CountReading(int(value))


_PLAIN = re.compile(r"\d{1,6}(?:[.,]0+)?|\d{1,3}(?:[. ]\d{3})+")
_RANGE = re.compile(r"(\d{1,6})\s?(?:-|bis|to|до|/)\s?(\d{1,6})")
_SUM = re.compile(r"\d{1,6}(?:\s?(?:\+|und|and|и)\s?\d{1,6})+")
_NOTE = re.compile(r"\s*(?:\([^()]*\)|[,;:]\s*[^\d]*)$")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    unit = alternatives("count_unit")
    return (
        re.compile(rf"(?:~|≈|(?:{alternatives('approximate')})(?!\w)\.?)\s?"),
        re.compile(rf"(?:>=?|≥|(?:{alternatives('at_least')})(?!\w)\.?)\s?"),
        re.compile(rf"(?:<=?|≤|(?:{alternatives('at_most')})(?!\w)\.?)\s?"),
        re.compile(rf"\s?(?<!\w)(?:sächsische\s|russische\s|weitere\s)?(?:{unit})(?!\w)\.?"),
    )


@lru_cache(maxsize=50_000)
def _read_text(text: str) -> CountReading:
    approximate, at_least, at_most, unit = _patterns()
    number = read_words()["number"].exact.get(fold(text))
    if number is not None:
        return CountReading(int(number), rules=("count_from_word",))
    if is_missing(text):
        return _MISSING
    rules: list[str] = []
    bare = _NOTE.sub("", text)
    if bare != text:
        rules.append("count_note_dropped")
    bare = unit.sub("", bare).strip()
    bound: Bound = "exact"
    for _ in range(2):
        if at_most.match(bare):
            return _UNREADABLE
        match = at_least.match(bare)
        if match:
            bare, bound = bare[match.end() :], "at_least"
        match = approximate.match(bare)
        if match:
            bare = bare[match.end() :]
            rules.append("count_approximate")
    if re.fullmatch(r"\d+\s?\+", bare):
        bare, bound = bare.rstrip("+ "), "at_least"
    return _finish(bare.strip(), bound, rules)


def _finish(bare: str, bound: Bound, rules: list[str]) -> CountReading:
    if _PLAIN.fullmatch(bare):
        whole = re.sub(r"[.,]0{1,2}$", "", bare)
        return CountReading(int(re.sub(r"[., ]", "", whole)), bound, tuple(rules))
    if _SUM.fullmatch(bare):
        total = sum(int(part) for part in re.findall(r"\d+", bare))
        return CountReading(total, bound, (*rules, "count_sum"))
    match = _RANGE.fullmatch(bare)
    if match and int(match[1]) <= int(match[2]):
        return CountReading(int(match[1]), "at_least", (*rules, "count_range_low"))
    number = read_words()["number"].exact.get(fold(bare))
    if number is not None:
        return CountReading(int(number), bound, (*rules, "count_from_word"))
    return _UNREADABLE
