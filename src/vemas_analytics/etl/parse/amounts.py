"""Amounts of money as offices write them: separators, units, currencies, ranges, bounds."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from vemas_analytics.etl.parse.cells import is_missing, tidy
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.words import alternatives, fold, read_words

DecimalMark: TypeAlias = Literal["comma", "point"]
AmountFault: TypeAlias = Literal["missing", "unreadable", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number in a column means: a scale (1000 for TEUR) and a currency code, or '' where none is stated."""

    scale: float = 1.0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class AmountReading:
    """What a cell says about money.

    Parameters
    ----------
    value : float or None
        In units of the currency; may be negative.
    currency : str
        Code stated by the cell itself, or ''.
    rules : tuple of str
        Problem codes of what was not a plain reading.
    fault : AmountFault or None
    """

    value: float | None = None
    currency: str = ""
    rules: tuple[str, ...] = ()
    fault: AmountFault | None = None


_MISSING = AmountReading(fault="missing")
_UNREADABLE = AmountReading(fault="unreadable")
_AMBIGUOUS = AmountReading(fault="ambiguous")

_NOTE = re.compile(r"\s*\([^()]*\)\s*$|\s*[;,]\s+[^\d]*$|\s+(?:netto|brutto|zzgl\.?.*|inkl\.?.*|p\. ?a\.?)$")
_ROUND = r"1[. ]?000(?:[. ]?000)?"
_NUMBER = r"\d+(?:[.,' ]\d+)*"
_PLAIN = re.compile(r"[1-9][0-9]{0,14}(?:[.,][0-9]{1,2})?")
"""Amounts that need no rule; most are, so they take the short way."""

_SPACED_GROUPS = re.compile(r"(?<=\d)[' \u2019](?=\d{3}(?!\d))")
_POINT_DECIMAL = re.compile(r"(?:^|[^\d.,])(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+)(?![\d.,])")
_COMMA_DECIMAL = re.compile(r"(?:^|[^\d.,])(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)(?![\d.,])|\d,-")
_POINT_GROUPS = re.compile(r"(?:^|[^\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
_COMMA_GROUPS = re.compile(r"(?:^|[^\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")


def read_amount(value: CellValue, unit: Unit = Unit(), mark: DecimalMark | None = None) -> AmountReading:
    """Read one amount cell of any type.

    Parameters
    ----------
    value : CellValue
    unit : Unit
        Scale of the column, used where the cell states neither scale nor currency itself.
    mark : {"comma", "point"}, optional
        What the other amounts of the column say about the decimal mark.

    Notes
    -----
    Without other evidence a point before exactly three digits separates thousands: sums of money have two decimals.
    A comma before three digits is then ambiguous and refused. Ranges give their midpoint.
    """
    if isinstance(value, str):
        if _PLAIN.fullmatch(value):
            return AmountReading(float(value.replace(",", ".")) * unit.scale)
        return _read_text(tidy(value).casefold(), unit.scale, mark)
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return _MISSING
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return _UNREADABLE
    return AmountReading(float(value) * unit.scale)


def find_decimal_mark(values: Iterable[CellValue]) -> DecimalMark | None:
    """Return which decimal mark the unmistakable amounts of a column use, or None if none or both."""
    marks: set[DecimalMark] = set()
    for value in values:
        if not isinstance(value, str) or not ("." in value or "," in value):
            continue
        text = tidy(value)
        if _COMMA_DECIMAL.search(text) or _POINT_GROUPS.search(text):
            marks.add("comma")
        if _POINT_DECIMAL.search(text) or _COMMA_GROUPS.search(text):
            marks.add("point")
    return marks.pop() if len(marks) == 1 else None


@lru_cache(maxsize=1_000)
def read_unit(text: str) -> Unit:
    """Return the unit named in a column header or a currency cell: ``Wert (TEUR)``, ``Betrag in Mio. €``, ``RUB``.

    A lone letter counts as a scale only before a currency, so that ``T`` in other words means nothing.
    """
    match = _unit_pattern().search(tidy(text.replace("_", " ")).casefold())
    if match is None:
        return Unit()
    scale = (
        "1000" if match["zeros"] else next((match[name] for name in ("scale", "behind", "bare") if match[name]), None)
    )
    return Unit(_scale(scale), _currency(match["currency"] or match["first"] or match["alone"]))


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    scale, currency = alternatives("scale"), alternatives("currency")
    long_scale = "|".join(word for word in scale.split("|") if len(word) > 1)
    return re.compile(
        rf"(?<!\w)(?:(?P<scale>{scale}|{_ROUND})\.?\s?(?:of\s)?(?P<currency>{currency})"
        rf"|(?P<first>{currency})(?:\s?[,(]?\s?(?:in\s)?(?P<behind>{long_scale}|{_ROUND}|k)|'?(?P<zeros>000))"
        rf"|(?P<alone>{currency})|(?P<bare>{long_scale}))(?!\w)"
    )


def _scale(word: str | None) -> float:
    if not word:
        return 1.0
    digits = re.sub(r"\D", "", word)
    return float(digits) if digits else float(read_words()["scale"].exact[fold(word)])


def _currency(word: str | None) -> str:
    return read_words()["currency"].exact.get(fold(word), "") if word else ""


@lru_cache(maxsize=1)
def _amount_pattern() -> re.Pattern[str]:
    scale, currency = alternatives("scale"), alternatives("currency")
    return re.compile(
        rf"(?P<before>{currency})?\.?\s?(?P<sign>[-+])?\s?(?P<low>{_NUMBER})(?:,--?)?\s?"
        + rf"(?:(?P<scale1>{scale})\.?\s?)??(?P<currency1>{currency})?\.?\s?"
        + rf"(?:(?:-|bis|to|до|und|and)\s?(?P<high>{_NUMBER})(?:,--?)?\s?)?"
        + rf"(?:(?P<scale2>{scale})\.?\s?)??(?P<after>{currency})?\.?(?P<trailing>-)?"
    )


@lru_cache(maxsize=100_000)
def _read_text(text: str, column_scale: float, mark: DecimalMark | None) -> AmountReading:
    if is_missing(text, "value"):
        return _MISSING
    bare, rules = _without_vagueness(text)
    negative = bool(re.fullmatch(r"\(.*\d.*\)", bare))
    reading = _read_plain(bare.strip("()") if negative else bare, column_scale, mark)
    if reading.fault == "unreadable":
        without_note = _NOTE.sub("", bare)
        if without_note != bare and without_note:
            reading = _read_plain(without_note, column_scale, mark)
            rules = (*rules, "amount_note_dropped")
    if reading.value is None:
        return reading
    value = -reading.value if negative else reading.value
    return replace(reading, value=value, rules=(*reading.rules, *rules))


def _without_vagueness(text: str) -> tuple[str, tuple[str, ...]]:
    rules: tuple[str, ...] = ()
    for field, symbols, rule in (
        ("approximate", "~≈", "amount_approximate"),
        ("at_least", ">≥", "amount_bound"),
        ("at_most", "<≤", "amount_bound"),
    ):
        match = _vague(field, symbols).match(text)
        if match:
            text, rules = text[match.end() :], (*rules, rule)
    if re.match(r"(?:zwischen|von|between|from|от)\s", text):
        text = text.split(" ", 1)[1]
    return text.strip(), rules


@lru_cache(maxsize=8)
def _vague(field: str, symbols: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[{symbols}]=?\s?|(?:{alternatives(field)})(?!\w)\.?\s?)+")


def _read_plain(text: str, column_scale: float, mark: DecimalMark | None) -> AmountReading:
    match = _amount_pattern().fullmatch(text)
    if match is None:
        return _UNREADABLE
    stated = [match[name] for name in ("before", "currency1", "after") if match[name]]
    currencies = {_currency(word) for word in stated}
    scales = {_scale(match[name]) for name in ("scale1", "scale2") if match[name]}
    if len(currencies) > 1 or len(scales) > 1:
        return _UNREADABLE
    # a cell that states its own unit is not scaled by the header
    scale = scales.pop() if scales else 1.0 if currencies else column_scale
    small_unit = scale < 1_000_000
    low, rule = _number(match["low"], mark, in_plain_units=small_unit)
    if low is None:
        return _AMBIGUOUS if rule else _UNREADABLE
    rules = (rule,) if rule else ()
    if match["high"]:
        high, rule = _number(match["high"], mark, in_plain_units=small_unit)
        if high is None or high < low:
            return _AMBIGUOUS if rule else _UNREADABLE
        low, rules = (low + high) / 2, ("amount_range_midpoint",)
    sign = -1.0 if match["sign"] == "-" or match["trailing"] else 1.0
    return AmountReading(sign * low * scale, currencies.pop() if currencies else "", rules)


def _number(text: str, mark: DecimalMark | None, *, in_plain_units: bool) -> tuple[float | None, str]:
    """Return the number, or None with a rule if two readings remain; the rule names a default that was needed."""
    digits = _SPACED_GROUPS.sub("", text)
    if " " in digits or "'" in digits:
        return None, ""
    separators = re.findall(r"[.,]", digits)
    if not separators:
        return float(digits), ""
    last = separators[-1]
    whole, _, fraction = digits.rpartition(last)
    if len(set(separators)) == 2:
        groups = re.split(r"[.,]", whole)
        if separators.count(last) > 1 or not _are_groups(groups):
            return None, ""
        return float("".join(groups) + "." + fraction), ""
    if len(separators) > 1:
        groups = digits.split(last)
        return (float("".join(groups)), "") if _are_groups(groups) else (None, "")
    if len(fraction) != 3 or len(whole) > 3 or whole.startswith("0"):
        return float(whole + "." + fraction), ""
    return _three_digits(whole, fraction, last, mark, in_plain_units=in_plain_units)


def _are_groups(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _three_digits(
    whole: str, fraction: str, separator: str, mark: DecimalMark | None, *, in_plain_units: bool
) -> tuple[float | None, str]:
    thousands, decimal = float(whole + fraction), float(f"{whole}.{fraction}")
    is_mark = mark == ("comma" if separator == "," else "point")
    if mark is not None:
        if not is_mark:
            return thousands, ""
        return (None, "ambiguous") if in_plain_units else (decimal, "")
    if not in_plain_units:
        return (decimal, "") if separator == "," else (None, "ambiguous")
    return (thousands, "amount_thousands_assumed") if separator == "." else (None, "ambiguous")
