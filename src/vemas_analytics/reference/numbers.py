"""Numbers, dates and lists as a reader of the language writes them (CLDR, by Babel)."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from babel import dates, lists, numbers

from vemas_analytics.model.names import Language

MINUS = "\u2212"


@lru_cache(maxsize=65536)
def _format(value: float, pattern: str, language: Language) -> str:
    """Return a number by a pattern of CLDR with a true minus; a report writes the same numbers again and again."""
    return numbers.format_decimal(value, format=pattern, locale=language).replace("-", MINUS)


def format_integer(value: float, language: Language) -> str:
    """Return a whole number with thousands separators and a true minus."""
    return _format(round(value), "#,##0", language)


def format_decimal(value: float, language: Language, digits: int = 1) -> str:
    """Return a number with a fixed count of decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    # minus nought equals nought as a key and must not be remembered for it
    return _format(value + 0.0, pattern, language)


def format_percent(share: float, language: Language, digits: int = 0, *, signed: bool = False) -> str:
    """Return a share as per cent (0.12 gives 12 %); ``signed`` writes + before an increase."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    body = _format(abs(share) * 100, pattern, language)
    is_zero = not any(sign in body for sign in "123456789")
    sign = "" if is_zero else (MINUS if share < 0 else "+" if signed else "")
    return f"{sign}{body}\u00a0%" if language == "de" else f"{sign}{body}%"


def format_change(ratio: float, language: Language) -> str:
    """Return after / before as a signed per cent, never ``−100 %`` for something that did not vanish."""
    share = ratio - 1
    digits = 1 if ratio > 0 and share <= -0.995 else 0
    if ratio > 0 and share < -0.9995:
        share = -0.999
    return format_percent(share, language, digits, signed=True)


def format_eur(value: float, language: Language) -> str:
    """Return an amount in euros without cents."""
    body = format_integer(value, language)
    return f"{body}\u00a0€" if language == "de" else f"€{body}"


def format_keur(value: float, language: Language) -> str:
    """Return an amount in thousand euros, without unit."""
    return format_integer(value / 1000, language)


def format_date(value: dt.date, language: Language) -> str:
    """Return a day: ``24.02.2022`` in German, ``24 February 2022`` in English."""
    return value.strftime("%d.%m.%Y") if language == "de" else str(dates.format_date(value, "d MMMM yyyy", locale="en"))


def format_day(value: dt.date, language: Language) -> str:
    """Return a day without its year: ``24.02.`` in German, ``24 Feb`` in English."""
    return value.strftime("%d.%m.") if language == "de" else str(dates.format_date(value, "d MMM", locale="en"))


def format_month_name(value: dt.date, language: Language) -> str:
    """Return the month's full name."""
    return str(dates.format_date(value, "LLLL", locale=language))


def format_month(value: dt.date, language: Language) -> str:
    """Return month and year: ``Februar 2022``."""
    return str(dates.format_date(value, "LLLL yyyy", locale=language))


def format_list(items: Sequence[str], language: Language) -> str:
    """Return ``A, B und C``."""
    return lists.format_list(list(items), style="standard", locale="en_GB" if language == "en" else language)
