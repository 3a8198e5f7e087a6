"""Header words: which column heading means which field of which table, in German, English and Russian."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

_FOLDS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ё": "е", "№": " nr ", "#": " nr "})
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u00ad]\s*\n\s*(?=[a-zäöüßа-яё])")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_UNIT_AT_END = re.compile(
    r"(?<=\w)[\s,/:–-]+(?:in\s+)?(?:(?:mio|mrd|tsd|mill)\.?\s*)?"
    r"(?:eur|euro|€|t€|teur|keur|k€|t\s?eur|rub|rur|trub|₽|rubel|usd|us-\$|\$|руб\.?|евро)$"
)
_FOOTNOTE_MARK = re.compile(r"[*†¹²³⁴⁵⁶⁷⁸⁹⁰]+|\s*\b\d\)$")
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST_HEADING = 1_000
"""Characters that are compared; any cell of a sheet may be held against headings, and some are pages long."""


def fold_header(text: str, *, brackets: bool = False) -> str:
    """Return a heading in the form in which headings are compared: words in lower case, one space between.

    Umlauts are spelt out, words broken at a line end joined, remarks in brackets (unless ``brackets``) and a
    closing unit dropped, so that ``Wert (TEUR)`` and ``Wert in Mio. EUR`` both give ``wert``.
    """
    joined = _BROKEN_WORD.sub("", unicodedata.normalize("NFKC", _FOOTNOTE_MARK.sub("", text[:_LONGEST_HEADING])))
    lowered = _INVISIBLE.sub("", joined).casefold().strip()
    bare = _UNIT_AT_END.sub("", (lowered if brackets else _BRACKETS.sub(" ", lowered)).strip())
    words = _NOT_WORD.sub(" ", (bare or lowered).translate(_FOLDS)).strip()
    return words or _NOT_WORD.sub(" ", lowered.translate(_FOLDS)).strip()


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """What a heading means in one table: its ``field``, and its ``rank`` among that field's headings (0 first)."""

    field: str
    rank: int


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """All known headings.

    Parameters
    ----------
    tables : mapping of table to mapping of heading to HeaderWord
        Headings folded and without spaces. Beside the tables of the package there are ``forums`` (one row per
        forum) and ``facts`` (labels of lines above a list).
    texts : mapping of table to mapping of folded heading to field
        The same headings with their spaces, for comparing word by word.
    shares : mapping of table to mapping of heading to float
        How much a heading speaks for a table: one over the number of tables that know it.
    known : frozenset of str
        Every heading of every table, folded and without spaces.
    """

    tables: Mapping[str, Mapping[str, HeaderWord]]
    texts: Mapping[str, Mapping[str, str]]
    shares: Mapping[str, Mapping[str, float]]
    known: frozenset[str]


@lru_cache(maxsize=1)
def read_column_words() -> ColumnWords:
    """Read the headings (``reference/columns.csv``: table, field, language, synonym; the order is the rank)."""
    tables: dict[str, dict[str, HeaderWord]] = {}
    texts: dict[str, dict[str, str]] = {}
    ranks: dict[tuple[str, str], int] = {}
    for row in _rows("columns.csv"):
        table, field = row["table"], row["field"]
        folded = fold_header(row["synonym"], brackets=True)
        compact = folded.replace(" ", "")
        rank = ranks.get((table, field), 0)
        ranks[table, field] = rank + 1
        tables.setdefault(table, {}).setdefault(compact, HeaderWord(field, rank))
        texts.setdefault(table, {}).setdefault(folded, field)
    counts: dict[str, int] = {}
    for table, words in tables.items():
        for compact in words if table != "facts" else ():
            counts[compact] = counts.get(compact, 0) + 1
    shares = {
        table: MappingProxyType({compact: 1 / counts[compact] for compact in words})
        for table, words in tables.items()
        if table != "facts"
    }
    known = frozenset(compact for table, words in tables.items() if table != "facts" for compact in words)
    return ColumnWords(
        MappingProxyType({table: MappingProxyType(words) for table, words in tables.items()}),
        MappingProxyType({table: MappingProxyType(words) for table, words in texts.items()}),
        MappingProxyType(shares),
        known,
    )


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """Words that tell what a row or a sheet is.

    Parameters
    ----------
    sums, footnotes, controls, records, sections, continuations : tuple of str
        Beginnings of rows that are sums, footnotes, counts, records of several persons, titles of a part, or the
        title of a table carried on from the page before.
    remarks : tuple of str
        Beginnings of lines above a list that say how old it is or where it comes from.
    sum_ends : tuple of str
        Last words of the label of a sum; with a hyphen in front, how its last word ends.
    sum_signs : frozenset of str
        Whole first cells of sums in lists of booking systems: ``*``, and ``**`` for the sum of sums.
    carries : tuple of str
        Beginnings of sums that are carried over to the next page, and so close no list.
    balances : frozenset of str
        Whole labels of a row reckoned from sums, such as ``Saldo``.
    periods : tuple of str
        What sums up months: ``Quartal``, ``Jahr``.
    units, symbols : frozenset of str
        Whole texts: units of measurement, and signs for "none" or "not known".
    series : frozenset of str
        Whole texts before what describes each series of a time series file, such as ``Einheit``.
    sides : mapping of str to str
        Folded word -> the word headings use for that side (``ru``, ``sachsen``).
    tables : mapping of table to tuple of str
        Parts of a file name, sheet name or title that speak for a table; key ``none`` for sheets that are no list.
    picklists : frozenset of str
        Names of sheets that hold the values of drop-down fields.
    """

    sums: tuple[str, ...]
    footnotes: tuple[str, ...]
    controls: tuple[str, ...]
    records: tuple[str, ...]
    sections: tuple[str, ...]
    continuations: tuple[str, ...]
    remarks: tuple[str, ...]
    sum_ends: tuple[str, ...]
    sum_signs: frozenset[str]
    carries: tuple[str, ...]
    balances: frozenset[str]
    periods: tuple[str, ...]
    units: frozenset[str]
    symbols: frozenset[str]
    series: frozenset[str]
    sides: Mapping[str, str]
    tables: Mapping[str, tuple[str, ...]]
    picklists: frozenset[str]


@lru_cache(maxsize=1)
def read_layout_words() -> LayoutWords:
    """Read the words that tell sums, footnotes, units and kinds of list (``reference/layout_words.csv``)."""
    words: dict[str, list[str]] = {}
    for row in _rows("layout_words.csv"):
        words.setdefault(row["kind"], []).append(row["word"].casefold())
    tables = {kind.removeprefix("table."): tuple(found) for kind, found in words.items() if kind.startswith("table.")}
    return LayoutWords(
        sums=tuple(words["sum"]),
        footnotes=tuple(words["footnote"]),
        controls=tuple(words["control"]),
        records=tuple(words["record"]),
        sections=tuple(words["section"]),
        continuations=tuple(words["continuation"]),
        remarks=tuple(words["remark"]),
        sum_ends=tuple(words["sum_end"]),
        sum_signs=frozenset(words["sum_sign"]),
        carries=tuple(words["carry"]),
        balances=frozenset(words["balance"]),
        periods=tuple(words["period"]),
        units=frozenset(words["unit"]),
        symbols=frozenset(words["symbol"]),
        series=frozenset(words["series"]),
        sides=MappingProxyType({word: kind[5:] for kind in words if kind.startswith("side.") for word in words[kind]}),
        tables=MappingProxyType(tables),
        picklists=frozenset(words["picklist"]),
    )


@lru_cache(maxsize=1)
def read_failure_words() -> Mapping[str, Mapping[str, str]]:
    """Read why a file cannot be read: reason code -> language -> words (``reference/read_failures.csv``)."""
    return MappingProxyType(
        {row["reason"]: MappingProxyType({"de": row["de"], "en": row["en"]}) for row in _rows("read_failures.csv")}
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("vemas_analytics.reference") / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
