"""Amounts of money as offices write them: separators, units, currencies, ranges, bounds."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, TypeAlias

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

_LARGEST: Final = 1e15
_LONGEST_AMOUNT = 120
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"))
_EXPONENT = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,15})?e[-+]?\d{1,2}")
_ROUND = r"1[. ]?000(?:[. ]?000)?"
_NUMBER = r"\d+(?:[.,' ]\d+)*"
_PLAIN = re.compile(r"[1-9][0-9]{0,14}(?:[.,][0-9]{1,2})?")
"""Amounts that need no rule; most are, so they take the short way."""

_PLAIN_MARK = re.compile(r"\d+([.,])\d{1,2}")
"""Amounts that show their decimal mark at first sight."""

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
        return _read_text(tidy(value).casefold().translate(_APOSTROPHES), unit.scale, mark)
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return _MISSING
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        return _UNREADABLE
    if abs(value) > _LARGEST:
        return _UNREADABLE
    return AmountReading(float(value) * unit.scale)


def plain_amount(value: CellValue, scale: float) -> float | None:
    """Return an amount that needs no rule, as most are; None where `read_amount` must look closer.

    Parameters
    ----------
    scale : float
        Of the column.
    """
    if isinstance(value, str):
        return float(value.replace(",", ".")) * scale if _PLAIN.fullmatch(value) else None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LARGEST:
        return float(value) * scale
    return None


def find_decimal_mark(values: Iterable[CellValue]) -> DecimalMark | None:
    """Return which decimal mark the unmistakable amounts of a column use, or None if none or both."""
    marks: set[DecimalMark] = set()
    for value in values:
        if not isinstance(value, str) or not ("." in value or "," in value):
            continue
        plain = _PLAIN_MARK.fullmatch(value)
        if plain:
            marks.add("comma" if plain[1] == "," else "point")
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
        rf"(?P<sign>[-+]|minus\s)?\s?(?:(?P<scale0>{scale}|{_ROUND})\.?\s?(?={currency}))?(?P<before>{currency})?\.?\s?"
        + rf"(?P<inner>[-+])?\s?(?P<low>{_NUMBER})(?:,--?|\.-)?(?P<minus>-(?!\s?\d))?\s?"
        + rf"(?:(?P<scale1>{scale})\.?\s?)??(?P<currency1>{currency})?\.?\s?"
        + rf"(?:(?:-|bis|to|до|und|and|и)\s?(?P<high>{_NUMBER})(?:,--?)?\s?)?"
        + rf"(?:(?P<scale2>{scale})\.?\s?)??(?P<after>{currency})?\.?(?P<trailing>-)?"
    )


@lru_cache(maxsize=1)
def _note() -> re.Pattern[str]:
    return re.compile(
        rf"\s*\([^()]*\)\s*$|\s*[;,]\s+[^\d]*$|\s?[*\u2020]+$|\s+(?:{alternatives('amount.note')})(?!\w).*$|\s+\+\s[^\d]*$"
    )


@lru_cache(maxsize=1)
def _sum_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<parts>{_NUMBER}(?:\s?\+\s?{_NUMBER})+)(?P<unit>[^\d+]*)")


@lru_cache(maxsize=100_000)
def _read_text(text: str, column_scale: float, mark: DecimalMark | None) -> AmountReading:
    if is_missing(text, "value"):
        return _MISSING
    if len(text) > _LONGEST_AMOUNT:
        return _UNREADABLE
    bare, rules = _without_vagueness(text)
    negative = bool(re.fullmatch(r"\([^()]*\d[^()]*\)", bare))
    reading = _read_plain(bare.strip("()") if negative else bare, column_scale, mark)
    if reading.fault == "unreadable":
        reading, dropped = _without_note(bare, column_scale, mark)
        rules = (*rules, *dropped)
    if reading.value is None:
        return reading
    value = -reading.value if negative else reading.value
    if abs(value) > _LARGEST:
        return _UNREADABLE
    return replace(reading, value=value, rules=tuple(dict.fromkeys((*reading.rules, *rules))))


def _without_note(text: str, column_scale: float, mark: DecimalMark | None) -> tuple[AmountReading, tuple[str, ...]]:
    """Read an amount with something behind it: a remark, the same in another currency, further amounts to add."""
    without = _note().sub("", text)
    if without != text and without:
        reading = _read_plain(without, column_scale, mark)
        if reading.fault != "unreadable":
            return reading, ("amount_note_dropped",)
    first, _, second = text.partition("/")
    readings = [_read_plain(part.strip(), column_scale, mark) for part in (first, second) if part]
    if len({item.currency for item in readings if item.value is not None and item.currency}) == 2:
        return readings[0], ("amount_note_dropped",)
    return _read_sum(text, column_scale, mark), ()


def _read_sum(text: str, column_scale: float, mark: DecimalMark | None) -> AmountReading:
    match = _sum_pattern().fullmatch(text)
    if match is None:
        return _UNREADABLE
    parts = [_read_plain(f"{part.strip()}{match['unit']}", column_scale, mark) for part in match["parts"].split("+")]
    values = [part.value for part in parts if part.value is not None]
    if len(values) < len(parts):
        return next(part for part in parts if part.value is None)
    rules = tuple(dict.fromkeys(rule for part in parts for rule in part.rules))
    return AmountReading(sum(values), parts[0].currency, (*rules, "amount_sum"))


def _without_vagueness(text: str) -> tuple[str, tuple[str, ...]]:
    rules: tuple[str, ...] = ()
    text = re.sub(r"^\((\w+\.?)\)\s", r"\1 ", text)
    if re.search(r"\d.*\?$", text):
        text, rules = text.rstrip("? "), ("amount_approximate",)
    for field, symbols, rule in (
        ("approximate", "~≈", "amount_approximate"),
        ("at_least", ">≥", "amount_bound"),
        ("at_most", "<≤", "amount_bound"),
    ):
        match = _vague(field, symbols).match(text)
        if match:
            text, rules = text[match.end() :], (*rules, rule)
    if re.match(r"(?:zwischen|zw\.|von|between|from|от)\s", text):
        text = text.split(" ", 1)[1]
    return text.strip(), rules


@lru_cache(maxsize=8)
def _vague(field: str, symbols: str) -> re.Pattern[str]:
    return re.compile(rf"(?:[{symbols}]=?\s?|(?:{alternatives(field)})(?!\w)\.?\s?)+")


def _read_plain(text: str, column_scale: float, mark: DecimalMark | None) -> AmountReading:
    if _EXPONENT.fullmatch(text):
        return AmountReading(float(text.replace(",", ".")) * column_scale)
    match = _amount_pattern().fullmatch(text)
    if match is None:
        return _UNREADABLE
    currencies = {_currency(match[name]) for name in ("before", "currency1", "after") if match[name]}
    stated = [match[name] for name in ("scale0", "scale1", "scale2") if match[name]]
    if len(currencies) > 1 or (match["sign"] and match["inner"]) or (len(stated) > 1 and not match["high"]):
        return _UNREADABLE
    # a cell that states its own unit is not scaled by the header
    otherwise = 1.0 if currencies else column_scale
    first = match["scale0"] or match["scale1"] or match["scale2"]
    low_scale = _scale(first) if first else otherwise
    low, rule = _number(match["low"], mark, in_plain_units=low_scale < 1_000_000)
    if low is None:
        return _AMBIGUOUS if rule else _UNREADABLE
    value, rules = low * low_scale, (rule,) if rule else ()
    if match["high"]:
        high_scale = _scale(match["scale2"]) if match["scale2"] else low_scale
        high, rule = _number(match["high"], mark, in_plain_units=high_scale < 1_000_000)
        if high is None or high * high_scale < value:
            return _AMBIGUOUS if rule else _UNREADABLE
        value, rules = (value + high * high_scale) / 2, ("amount_range_midpoint",)
    negative = "-" in (match["inner"] or "") or (match["sign"] or "+") != "+" or match["minus"] or match["trailing"]
    return AmountReading(-value if negative else value, currencies.pop() if currencies else "", rules)


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
