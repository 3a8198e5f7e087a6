"""What a single cell looks like: a label, a number, a day; read from its form alone."""

import datetime as dt
import re
from functools import lru_cache
from typing import Literal, TypeAlias

from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import read_layout_words

Kind: TypeAlias = Literal["empty", "label", "colon", "long", "year", "number", "date", "symbol"]

LONGEST_LABEL = 200
_YEAR_TEXT = re.compile(
    r"(?:(?:[qQ]\s?[1-4]|[1-4]\.\s?Q(?:uartal)?|[01]?\d)\s?[/. ]\s?)?(?:19|20)\d\d(?:\s?[/–-]\s?(?:\d\d){1,2})?"
    r"(?:\s?(?:\d{1,2}\)|[*†¹²³⁴⁵]|[prs])){0,2}"
)
_BASE_YEAR = re.compile(r"(?:19|20)\d\d\s?=\s?100\s?%?")
_WITH_PART = re.compile(
    r"\d[\d .]*\s?[(,;]?\s?(?:davon|darunter|of which|incl\.?|inkl\.?|в т\.?\s?ч\.?|из них)\b.*", re.IGNORECASE
)
_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}\.?(?:\s?\d{1,2}\.)?(?:\s?\d{2,4})?\s?(?:[-–/+]|und|bis)\s?)?"
    r"(?:\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)?\d\d|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:19|20)\d\d)(?!\d)"
)
MONTH_NAME = (
    r"(?:jan|feb|mär|maer|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec"
    r"|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек)[a-zäа-я]*\.?"
)
_DAY_IN_WORDS = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}\.?\s?(?:[-–/]|und|bis|and|to|по|и)\s?)?\d{{1,2}}\.?\s(?:of\s)?{MONTH_NAME}\s(?:19|20)\d\d(?!\d)",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(rf"(?<!\w){MONTH_NAME}\s(?:19|20)\d\d(?!\d)", re.IGNORECASE)


def find_day(text: str, *, months: bool = False) -> str | None:
    """Return the part of a text that is a day or a span of days, as written; with ``months`` also a month."""
    for pattern in (_DAY, _DAY_IN_WORDS, *((_MONTH_AND_YEAR,) if months else ())):
        match = pattern.search(text)
        if match:
            return str(match.group())
    return None


def kind_of(value: CellValue) -> Kind:
    """Return what a cell looks like."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return text_kind(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return "year" if 1900 <= value <= 2100 else "number"
    return "date" if isinstance(value, (dt.date, dt.datetime)) else "number"


@lru_cache(maxsize=20_000)
def text_kind(text: str) -> Kind:
    """Return what a text looks like: more digits than letters make a number, a colon at the end a line's label."""
    bare = text.strip()
    if len(bare) > LONGEST_LABEL:
        return "long"
    if bare.casefold() in read_layout_words().symbols:
        return "symbol"
    if _YEAR_TEXT.fullmatch(bare):
        return "year"
    if _BASE_YEAR.fullmatch(bare):
        return "label"
    if bare[:1].isdigit() and _WITH_PART.fullmatch(bare):
        return "number"
    if _MONTH_AND_YEAR.fullmatch(bare):
        return "date"
    digits = sum(sign.isdigit() for sign in bare)
    letters = sum(sign.isalpha() for sign in bare)
    if digits and (digits >= letters or (bare[0].isdigit() and letters <= 4 and digits >= 2)):
        return "date" if find_day(bare) else "number"
    if not letters and not digits:
        return "symbol"
    if digits and find_day(bare, months=True) and letters < 16:
        return "date"
    return "colon" if bare.endswith(":") else "label"


def is_amount(value: CellValue) -> bool:
    """Tell whether a cell is a number, an amount with its unit, or a sign for none; days are not."""
    kind = kind_of(value)
    if kind in {"number", "year", "symbol", "empty"}:
        return True
    return isinstance(value, str) and value.strip().casefold() in read_layout_words().units
