"""What a cell says as text, and whether it says anything."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.words import fold, read_words

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(r"(?=[A-Za-z /._-]*[0-9])[A-Za-z0-9]+(?:[ /._-][A-Za-z0-9]+)*")
"""Marks such as ``A-000123``: already tidy, and no word for nothing holds a figure. Each is new, so no cache helps."""

_ERROR_VALUES = frozenset(
    {"#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#wert!", "#bezug!", "#nv"}
)


@lru_cache(maxsize=1 << 16)
def tidy(text: str) -> str:
    """Return ``text`` on one line, with plain spaces and plain hyphens."""
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    return _SPACES.sub(" ", _DASHES.sub("-", plain)).strip()


def as_text(value: CellValue) -> str:
    """Return what a cell shows: whole numbers without decimals, dates as ISO text, nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - not a number
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def said(text: str) -> str | None:
    """Return a text on one line, or None where it stands for nothing."""
    return text if _PLAIN.fullmatch(text) else _said(text)


@lru_cache(maxsize=1 << 16)
def _said(text: str) -> str | None:
    bare = tidy(text)
    return None if not bare or is_missing(bare) else bare


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell shows nothing at all."""
    return value is None or value != value or (isinstance(value, str) and not value.strip())  # noqa: PLR0124 - NaN


@lru_cache(maxsize=50_000)
def is_missing(text: str, field: str = "") -> bool:
    """Tell whether a text stands for nothing: blank, a dash, ``k. A.`` or an error value of the spreadsheet.

    Parameters
    ----------
    field : str
        Also know the words that mean nothing in this field only, such as ``value`` or ``date``.
    """
    folded = fold(text)
    if not folded or text.strip().casefold() in _ERROR_VALUES:
        return True
    words = read_words()
    if words["missing"].exact.get(folded):
        return True
    special = words.get(f"missing.{field}") if field else None
    return special is not None and folded in special.exact
