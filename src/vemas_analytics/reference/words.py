"""Words that stand for codes: status, kind, side, month, unit, in German, English and Russian."""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

_NOT_A_WORD = re.compile(r"(?:[^\w+%&✓✔☑✅☒✗✘€$£¥₽]|_)+")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return ``text`` in the form in which words are compared: folded case, one space between words, no punctuation."""
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one field.

    Parameters
    ----------
    exact : mapping of str to str
        Folded text -> code.
    contained : re.Pattern or None
        Finds the longest known phrase inside a folded text; None where only whole texts are known.
    phrases : mapping of str to str
        Folded phrase -> code, for those that may stand inside a longer text.
    """

    exact: Mapping[str, str]
    contained: re.Pattern[str] | None
    phrases: Mapping[str, str]

    def code(self, text: str) -> str | None:
        """Return the code of a whole text, or None."""
        return self.exact.get(fold(text))

    def code_within(self, text: str) -> str | None:
        """Return the code of the first phrase inside a text (whole words, the longest where several begin), or None."""
        match = self.contained.search(fold(text)) if self.contained is not None else None
        return self.phrases[match.group(1)] if match else None

    def code_at_start(self, text: str) -> str | None:
        """Return the code of the longest known text that ``text`` begins with (whole words), or None."""
        words = fold(text).split()
        longest = max(map(len, self.exact), default=0)
        most = min(len(words) - 1, (longest + 1) // 2)  # a word of one letter and a space take two characters
        for length in range(most, 0, -1):
            code = self.exact.get(" ".join(words[:length]))
            if code is not None:
                return code
        return None


@lru_cache(maxsize=1)
def read_words() -> Mapping[str, Vocabulary]:
    """Read all vocabularies: field name -> words (``reference/words.csv``).

    A field used differently by two tables is named ``table.column``, such as ``offers.status``.
    """
    text = (files("vemas_analytics.reference") / "words.csv").read_text("utf-8")
    exact: dict[str, dict[str, str]] = {}
    phrases: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(text.splitlines()):
        folded = fold(row["text"])
        exact.setdefault(row["field"], {}).setdefault(folded, row["code"])
        if row["match"] == "contains":
            phrases.setdefault(row["field"], {}).setdefault(folded, row["code"])
    return MappingProxyType(
        {
            field: Vocabulary(MappingProxyType(words), _any_phrase(phrases.get(field, {})), phrases.get(field, {}))
            for field, words in exact.items()
        }
    )


def _any_phrase(phrases: Mapping[str, str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?=(" + "|".join(map(re.escape, longest_first)) + r")(?!\w))")


@lru_cache(maxsize=64)
def alternatives(field: str) -> str:
    """Return a regular expression that matches any word of a field as written, longest first (no group)."""
    text = (files("vemas_analytics.reference") / "words.csv").read_text("utf-8")
    words = {row["text"].casefold() for row in csv.DictReader(text.splitlines()) if row["field"] == field}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def _first_words() -> Mapping[tuple[str, str, str], str]:
    text = (files("vemas_analytics.reference") / "words.csv").read_text("utf-8")
    first: dict[tuple[str, str, str], str] = {}
    for row in csv.DictReader(text.splitlines()):
        first.setdefault((row["field"], row["code"], row["language"]), row["text"])
    return MappingProxyType(first)


def word_of(field: str, code: str, language: str) -> str:
    """Return the first word that ``words.csv`` gives for a code of a field, or the code where it gives none."""
    return _first_words().get((field, code, language), code.replace("_", " "))
