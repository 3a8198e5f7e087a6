"""Problems in words: what stands where, what became of it, what to do."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from vemas_analytics.errors import OptionError
from vemas_analytics.model.names import LANGUAGES, Language
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.tables import PROBLEM_COLUMNS
from vemas_analytics.reference.column_labels import column_label
from vemas_analytics.reference.numbers import format_date, format_decimal, format_integer, format_month
from vemas_analytics.reference.problems import read_problem_texts
from vemas_analytics.reference.regions import country_name, read_regions
from vemas_analytics.reference.texts import read_texts
from vemas_analytics.reference.words import word_of

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_QUARTER_OR_WEEK = re.compile(r"(\d{4})-([QW])(\d{1,2})")
_DATED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?|-[QW]\d{1,2})?")
_AMOUNT = re.compile(r"\d+\.\d{2}")
_NEAREST: Mapping[Language, str] = {"de": "Am nächsten liegen: {names}.", "en": "Nearest names: {names}."}
_PLACE = re.compile(r"(?P<file>.+?)(?: \[(?P<sheet>.+)\])?:(?P<row>\d+)")
_LONGEST_VALUE = 200


def problems_frame(problems: Iterable[Problem], language: Language = "de") -> pd.DataFrame:
    """Word problems in one language.

    Parameters
    ----------
    problems : iterable of Problem
    language : {"de", "en"}

    Returns
    -------
    pandas.DataFrame
        Columns `PROBLEM_COLUMNS`: code, severity, table, file, sheet, row, column, value, message, remedy.

    Raises
    ------
    OptionError
        For a language other than these.
    """
    if language not in LANGUAGES:
        message = f"language {language!r} is not one of {', '.join(LANGUAGES)}"
        raise OptionError(message)
    texts = read_problem_texts()
    rows = []
    for problem in problems:
        words = _words(problem, language)
        wording = texts[problem.code]
        rows.append(
            (
                problem.code,
                problem.severity,
                problem.table,
                problem.file,
                problem.sheet,
                problem.row,
                problem.column,
                problem.value,
                wording.message[language].format_map(words).strip(),
                wording.remedy[language].format_map(words).strip(),
            )
        )
    frame = pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS))
    return frame.astype({column: "Int64" if column == "row" else "string" for column in PROBLEM_COLUMNS})


class _Words(dict[str, str]):
    """What fills the places of a template; a place without a word stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _words(problem: Problem, language: Language) -> _Words:
    """Return the words for a template: params worded, values shortened, names of regions and countries looked up."""
    words = _Words(
        value=problem.value[:_LONGEST_VALUE] + ("..." if len(problem.value) > _LONGEST_VALUE else ""),
        column=problem.column,
        file=problem.file,
        sheet=problem.sheet,
        row="" if problem.row is None else str(problem.row),
    )
    for key, text in problem.params.items():
        own = problem.params.get(f"{key}_{language}")
        words[key] = own if own is not None else text
    for key in ("taken", "start", "day", "stated", "recounted"):
        if key in words:
            words[key] = _shown(words[key], language)
    if "field" in words:
        for key in ("taken", "earlier"):
            if words.get(key):
                words[key] = word_of(words["field"], words[key], language)
    if "filled" in words:
        words["filled"] = ", ".join(column_label(problem.table, name, language) for name in words["filled"].split(" "))
    if "region" in words:
        words["taken"] = _region(words["region"], language)
    if "country" in words:
        words["country"] = ", ".join(_country(code, language) for code in words["country"].split(", "))
    if "twin" in words:
        words["twin"] = _place(words["twin"], language)
    if words.get("nearest"):
        names = ", ".join(_region(code, language) for code in words["nearest"].split())
        words["candidates"] = _NEAREST[language].format(names=names)
    return words


def _place(text: str, language: Language) -> str:
    """Return a place such as ``list.xlsx [2019]:5`` as a person would look it up."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return text
    key = "place_in_sheet" if found["sheet"] else "place"
    return read_texts(language).text(f"check.{key}", **{name: part or "" for name, part in found.groupdict().items()})


def _shown(text: str, language: Language) -> str:
    if _DAY.fullmatch(text):
        return format_date(dt.date.fromisoformat(text), language)
    if _MONTH.fullmatch(text):
        return format_month(dt.date.fromisoformat(f"{text}-01"), language)
    if _AMOUNT.fullmatch(text):
        number = float(text)
        return format_integer(number, language) if number.is_integer() else format_decimal(number, language, 2)
    part_of_year = _QUARTER_OR_WEEK.fullmatch(text)
    if part_of_year:
        year, kind, which = part_of_year.groups()
        word = word_of("date.quarter", "quarter", language) if kind == "Q" else word_of("date.week", "week", language)
        return f"{int(which)}. {word} {year}" if language == "de" else f"{word} {int(which)} of {year}"
    if "/" in text and all(_DATED.fullmatch(part) for part in text.split("/")):
        return " - ".join(_shown(part, language) for part in text.split("/"))
    return text


def _region(code: str, language: Language) -> str:
    return f"{read_regions().name(code, language)} ({code})"


def _country(code: str, language: Language) -> str:
    return country_name(code, language) if len(code) == 2 and code.isalpha() else code
