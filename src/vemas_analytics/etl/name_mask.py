"""Names of persons taken out of what is said about the data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from vemas_analytics.etl.parse.persons import MASK, normalise_name, titled_name
from vemas_analytics.etl.person_columns import names_persons
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import RawTable
from vemas_analytics.reference.company_names import SIDES, read_company_name
from vemas_analytics.reference.words import fold, read_words

_WORD: Final = re.compile(r"[^\W\d_]+")
_LETTERS: Final = re.compile(r"[^\W\d_]{3}")
_SHORTEST: Final = 3
_OF_COMPANIES: Final = frozenset({"company_spelling", "company_decision_unused"})
_OF_PLACES: Final = ("region_", "place_", "out_of_scope")
_FREE_PARAMS: Final = frozenset({"taken", "part", "reason"})


class NameMask:
    """Masks the names that columns of persons hold, and what stands after a title, wherever else they turn up.

    Parameters
    ----------
    tables : iterable of RawTable
        Whose columns of persons are searched, in all their rows.
    companies : iterable of str
        Names of companies: a word that is part of one is no secret, though somebody is called so too.
    """

    def __init__(self, tables: Iterable[RawTable], companies: Iterable[str] = ()) -> None:
        names = {word for cell in _person_cells(tables) for word in _words_of_name(cell)}
        known = {word for name in companies for side in SIDES for word in read_company_name(name, side).core.split()}
        self._names = names - known - _common_words() if names else names
        self._told: dict[tuple[str, bool], str] = {}

    def masked(self, text: str, *, titles_only: bool = False) -> str:
        """Return a text with ``***`` in the place of names.

        Parameters
        ----------
        titles_only : bool
            Mask no more than what stands after a title: for places, which may be called like persons.
        """
        key = (text, titles_only)
        found = self._told.get(key)
        if found is None:
            found = text
            if _LETTERS.search(text):
                found = titled_name().sub(lambda match: match["title"] + MASK, text)
                if self._names and not titles_only:
                    found = _WORD.sub(self._mask_word, found)
            self._told[key] = found
        return found

    def _mask_word(self, match: re.Match[str]) -> str:
        return MASK if match[0].casefold() in self._names else match[0]

    def problem(self, problem: Problem) -> Problem:
        """Return a problem whose value and wording name nobody."""
        params: Mapping[str, str] = problem.params
        is_free = "field" not in params and not _FREE_PARAMS.isdisjoint(params)
        if problem.code in _OF_COMPANIES or not (is_free or _LETTERS.search(problem.value)):
            return problem
        titles_only = problem.code.startswith(_OF_PLACES)
        value = self.masked(problem.value, titles_only=titles_only)
        if is_free:
            params = self._params(params, titles_only=titles_only)
        if value == problem.value and params is problem.params:
            return problem
        return replace(problem, value=value, params=params)

    def _params(self, params: Mapping[str, str], *, titles_only: bool) -> Mapping[str, str]:
        masked = {
            name: self.masked(text, titles_only=titles_only) if name in _FREE_PARAMS else text
            for name, text in params.items()
        }
        return params if masked == params else masked


def _person_cells(tables: Iterable[RawTable]) -> set[str]:
    cells: set[str] = set()
    for table in tables:
        for column in table.columns:
            if names_persons(column):
                at = column.index
                cells.update(str(row[at]) for row in table.rows.cells if at < len(row) and row[at] is not None)
    return cells


def _words_of_name(cell: str) -> Iterator[str]:
    return (word for word in normalise_name(cell).split() if len(word) >= _SHORTEST)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return words that lists are made of: months, statuses, kinds; somebody may be called August or Held."""
    return frozenset(
        word for vocabulary in read_words().values() for text in vocabulary.exact for word in fold(text).split()
    )
