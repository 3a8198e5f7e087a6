"""Head counts as offices write them: plain, approximate, lower bounds, sums, words, two counts in one cell."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from vemas_analytics.etl.parse.cells import is_missing, tidy
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.words import alternatives, fold, read_words

Bound: TypeAlias = Literal["exact", "at_least"]
CountKind: TypeAlias = Literal["companies", "persons"]
CountFault: TypeAlias = Literal["missing", "unreadable"]

MOST_HEADS: Final = 1_000_000
_LONGEST_COUNT = 120


@dataclass(frozen=True, slots=True)
class CountReading:
    """What a cell says about a number of heads or firms; ``bound`` tells whether it may be more."""

    value: int | None = None
    bound: Bound = "exact"
    rules: tuple[str, ...] = ()
    fault: CountFault | None = None


_MISSING = CountReading(fault="missing")
_UNREADABLE = CountReading(fault="unreadable")


def read_count(value: CellValue, kind: CountKind | None = None, header: str = "") -> CountReading:
    """Read one count cell of any type.

    Parameters
    ----------
    value : CellValue
    kind : {"companies", "persons"}, optional
        What is counted; of a cell with both counts (``12 Firmen / 18 Personen``) this one is taken.
    header : str
        Heading of the column; one that names both (``Firmen / Personen``) says the order of two bare numbers.

    Notes
    -----
    Words for a lower bound (``über 30``, ``mind. 12``, ``20+``) give ``at_least``; so does an approximate number,
    with a rule that says so. An upper bound says too little and is refused. A range gives its lower end.
    """
    if isinstance(value, str):
        return _read_text(tidy(value).casefold(), kind, tidy(header).casefold() if kind else "")
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return _MISSING
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return _UNREADABLE
    if value < 0 or value > MOST_HEADS or not float(value).is_integer():
        return _UNREADABLE
    return CountReading(int(value))


def count_beside(value: CellValue, kind: CountKind, header: str) -> CountReading | None:
    """Return the count of ``kind`` that a cell in the column of the other count holds; None where it holds none."""
    if not isinstance(value, str):
        return None
    text = tidy(value).casefold()
    if _both(text, tidy(header).casefold()) is None and _kinds_of(text) != (kind,):
        return None
    reading = read_count(value, kind, header)
    if reading.value is None:
        return None
    return reading if "count_split" in reading.rules else replace(reading, rules=(*reading.rules, "count_split"))


_PLAIN = re.compile(r"\d{1,7}(?:[.,]0+)?|\d{1,3}(?:[. ']\d{3})+")
_RANGE = re.compile(r"(\d{1,6})\s?(?:-|bis|to|до|/)\s?(\d{1,6})")
_SUM = re.compile(r"\d{1,6}(?:\s?(?:\+|und|and|и|plus)\s?\d{1,6})+")
_NOTE = re.compile(r"\s*(?:\([^()]*\)|[,;:]\s*[^\d]*)$")
_AND_MORE = re.compile(r"\s?(?:u\. ?a\.|и др\.|et al\.)$")
_BETWEEN = r"\s*(?:/|,|;|\+|-|:|und|and|и|mit|with|с|aus|from|von|of|из|\()\s*"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    companies, persons = alternatives("count.companies"), alternatives("count.persons")
    unit, side = alternatives("count_unit"), alternatives("count.side")
    vague = "|".join(alternatives(field) for field in ("approximate", "at_least"))
    number = rf"(?:(?:~|≈|>=?|≥|(?:{vague})(?!\w)\.?)\s?)*\d{{1,6}}\+?"
    return {
        "approximate": re.compile(rf"(?:~|≈|(?:{alternatives('approximate')})(?!\w)\.?)\s?"),
        "at_least": re.compile(rf"(?:>=?|≥|(?:{alternatives('at_least')})(?!\w)\.?)\s?"),
        "at_most": re.compile(rf"(?:<=?|≤|(?:{alternatives('at_most')})(?!\w)\.?)\s?"),
        "unit": re.compile(rf"\s?(?<!\w)(?:(?:{side})\s)?(?:{persons}|{companies}|{unit})(?!\w)\.?"),
        "companies_first": re.compile(
            rf"({number})\s?(?:(?:{side})\s)?(?:{companies})(?!\w)\.?{_BETWEEN}(?:je\s)?({number})\s?(?:(?:{side})\s)?(?:{persons})(?!\w)\.?\)?"
        ),
        "persons_first": re.compile(
            rf"({number})\s?(?:(?:{side})\s)?(?:{persons})(?!\w)\.?{_BETWEEN}({number})\s?(?:(?:{side})\s)?(?:{companies})(?!\w)\.?\)?"
        ),
        "labelled": re.compile(rf"(?:{companies})\s?[:=]?\s?({number}){_BETWEEN}(?:{persons})\s?[:=]?\s?({number})"),
        "sides": re.compile(
            rf"(\d{{1,6}})\s?(?:{side})(?!\w)\.?\s?(?:\+|und|and|и|,|/)\s?(\d{{1,6}})\s?(?:{side})(?!\w)\.?"
        ),
        "of_which": re.compile(rf"\s*[(,;:/-]?\s*(?:{alternatives('count.of_which')})(?!\w).*$"),
        "bare_pair": re.compile(rf"({number})\s?(?:/|\||;|,|\()\s?({number})\)?"),
        "heads": re.compile(rf"(?<!\w)(?:(?P<companies>{companies})|(?P<persons>{persons}))(?!\w)"),
    }


@lru_cache(maxsize=2_000)
def _kinds_of(header: str) -> tuple[CountKind, ...]:
    """Return what a heading counts, in its order: ``Firmen / Personen`` gives both."""
    found = (match.lastgroup for match in _patterns()["heads"].finditer(header))
    kinds: dict[CountKind, None] = {"companies" if name == "companies" else "persons": None for name in found}
    return tuple(kinds)


def _both(text: str, header: str) -> dict[CountKind, str] | None:
    """Return the texts of both counts of a cell, or None where it does not hold two."""
    patterns = _patterns()
    order: tuple[CountKind, CountKind]
    for name, order in (
        ("companies_first", ("companies", "persons")),
        ("persons_first", ("persons", "companies")),
        ("labelled", ("companies", "persons")),
    ):
        match = patterns[name].fullmatch(text)
        if match:
            return {order[0]: match[1], order[1]: match[2]}
    kinds = _kinds_of(header) if header else ()
    match = patterns["bare_pair"].fullmatch(text) if len(kinds) == 2 else None
    return {kinds[0]: match[1], kinds[1]: match[2]} if match else None


@lru_cache(maxsize=50_000)
def _read_text(text: str, kind: CountKind | None, header: str) -> CountReading:
    if len(text) > _LONGEST_COUNT:
        return _UNREADABLE
    number = read_words()["number"].exact.get(fold(text))
    if number is not None:
        return CountReading(int(number), rules=("count_from_word",))
    if is_missing(text):
        return _MISSING
    both = _both(text, header)
    if both is not None:
        if kind is None:
            return _UNREADABLE
        reading = _read_one(both[kind])
        return replace(reading, rules=(*reading.rules, "count_split")) if reading.value is not None else reading
    if kind is not None and _kinds_of(text) not in {(), (kind,)}:
        return _UNREADABLE
    return _read_one(text)


def _read_one(text: str) -> CountReading:
    patterns = _patterns()
    match = patterns["sides"].fullmatch(text)
    if match:
        return CountReading(int(match[1]) + int(match[2]), rules=("count_sum",))
    rules: list[str] = []
    bare = patterns["of_which"].sub("", text) if text[:1].isdigit() else text
    bare = _NOTE.sub("", bare)
    if bare != text:
        rules.append("count_note_dropped")
    bound: Bound = "exact"
    if bare.endswith("?"):
        bare, bound = bare.rstrip("? "), "at_least"
        rules.append("count_approximate")
    if _AND_MORE.search(bare):
        bare, bound = _AND_MORE.sub("", bare), "at_least"
    bare = patterns["unit"].sub("", bare).strip()
    for _ in range(2):
        if patterns["at_most"].match(bare):
            return _UNREADABLE
        match = patterns["at_least"].match(bare)
        if match:
            bare, bound = bare[match.end() :], "at_least"
        match = patterns["approximate"].match(bare)
        if match:
            bare, bound = bare[match.end() :], "at_least"
            rules.append("count_approximate")
    if re.fullmatch(r"\d+\s?\+", bare):
        bare, bound = bare.rstrip("+ "), "at_least"
    return _finish(bare.strip(), bound, tuple(dict.fromkeys(rules)))


def _finish(bare: str, bound: Bound, rules: tuple[str, ...]) -> CountReading:
    if _PLAIN.fullmatch(bare):
        whole = re.sub(r"[.,]0{1,2}$", "", bare)
        return _within(int(re.sub(r"[., ']", "", whole)), bound, rules)
    if _SUM.fullmatch(bare):
        return _within(sum(int(part) for part in re.findall(r"\d+", bare)), bound, (*rules, "count_sum"))
    match = _RANGE.fullmatch(bare)
    if match and int(match[1]) <= int(match[2]):
        return CountReading(int(match[1]), "at_least", (*rules, "count_range_low"))
    number = read_words()["number"].exact.get(fold(bare))
    if number is not None:
        return CountReading(int(number), bound, (*rules, "count_from_word"))
    return _UNREADABLE


def _within(value: int, bound: Bound, rules: tuple[str, ...]) -> CountReading:
    return CountReading(value, bound, rules) if value <= MOST_HEADS else _UNREADABLE
