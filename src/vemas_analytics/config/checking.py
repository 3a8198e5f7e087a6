"""Raw TOML against its shape: unknown keys and wrong types are refused, dates become dates."""

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from vemas_analytics.config.shape import Node, Pairs, Records, Value
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.names import RUSSIA, TOTAL
from vemas_analytics.reference.regions import read_regions

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_ONE_DAY = dt.timedelta(days=1)
_EXPECTED = {
    "text": 'a text in quotes, such as "..."',
    "flag": "true or false, without quotes",
    "integer": "a whole number",
    "number": "a number",
    "day": "a date such as 2022-02-24",
    "first_day": 'a date such as 2012-01-01 or a month such as "2012-01"',
    "last_day": 'a date such as 2024-12-31 or a month such as "2024-12"',
    "texts": 'a list of texts such as ["...", "..."]',
    "text_or_texts": 'a text or a list of texts such as ["de", "en"]',
}


def refuse(file: str, key: str, what: str, remedy: str) -> ConfigError:
    """Return the error for one place of a settings file: where, what, and what to do."""
    return ConfigError(f"{file}: {key}: {what}; {remedy}" if key else f"{file}: {what}; {remedy}")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the advice for an unknown name: the nearest known one, or all of them."""
    options = list(known)
    found = difflib.get_close_matches(name.casefold(), [item.casefold() for item in options], n=1, cutoff=0.6)
    if found:
        match = next(item for item in options if item.casefold() == found[0])
        return f"did you mean {match!r}?"
    return "known are " + ", ".join(options)


def refuse_unknown_region(code: str, file: str, key: str) -> None:
    """Refuse a code that looks like a region's and is none.

    Raises
    ------
    ConfigError
        Naming the nearest code.
    """
    if code not in {TOTAL, RUSSIA} and code not in read_regions():
        found = difflib.get_close_matches(code, read_regions().codes, n=1, cutoff=0.6)
        remedy = f"did you mean {found[0]!r}?" if found else "'vemas regions NAME' finds the code of a name"
        raise refuse(file, key, f"{code!r} is no region", remedy)


def check_node(node: Node, raw: object, file: str, key: str) -> Any:
    """Return ``raw`` checked against ``node``; dates parsed, exclusive ends made from inclusive last days.

    Parameters
    ----------
    node : Node
        The shape that holds at this place.
    raw : object
        What the TOML parser gave.
    file, key : str
        For the message: the file, and the dotted key of this place (empty at the top).

    Raises
    ------
    ConfigError
        For an unknown key, a wrong type, a value outside its closed list, a missing key.
    """
    if isinstance(node, Value):
        return _check_value(node, raw, file, key)
    if isinstance(node, Records):
        if not isinstance(raw, list):
            raise refuse(file, key, f"is {_kind_of(raw)}, not a list of tables", f"write [[{key}]] above each entry")
        return [_check_keys(node.keys, item, file, f"{key}[{number}]") for number, item in enumerate(raw, 1)]
    if isinstance(node, Pairs):
        return _check_pairs(node, raw, file, key)
    return _check_keys(node.keys, raw, file, key)


def _check_keys(keys: Mapping[str, Node], raw: object, file: str, key: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise refuse(file, key, f"is {_kind_of(raw)}, not a section", f"write [{key}] and its keys below it")
    checked: dict[str, Any] = {}
    for name, value in raw.items():
        place = f"{key}.{name}" if key else name
        if name not in keys:
            kind = "section" if not key or isinstance(value, dict) else "key"
            raise refuse(file, place, f"unknown {kind}", nearest(name, keys))
        checked[name] = check_node(keys[name], value, file, place)
    for name, child in keys.items():
        if isinstance(child, Value) and child.required and name not in checked:
            raise refuse(file, f"{key}.{name}", "is missing", f"add {name} = {_EXPECTED[child.kind]}")
    return checked


def _check_pairs(node: Pairs, raw: object, file: str, key: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise refuse(file, key, f"is {_kind_of(raw)}, not a section", f"write [{key}] and its pairs below it")
    checked: dict[str, Any] = {}
    text = Value("text", node.note, node.choices, node.pattern)
    for name, value in raw.items():
        checked[name] = _check_value(node.keys.get(name, text), value, file, f'{key}."{name}"')
    return checked


def _check_value(value: Value, raw: object, file: str, key: str) -> Any:
    if value.kind == "texts" or (value.kind == "text_or_texts" and isinstance(raw, list)):
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise _wrong_type(value, raw, file, key)
        return tuple(_check_text(value, item, file, key) for item in raw)
    if value.kind == "text_or_texts" and isinstance(raw, str):
        return (_check_text(value, raw, file, key),)
    if value.kind == "text" and isinstance(raw, str):
        return _check_text(value, raw, file, key)
    if value.kind == "flag" and isinstance(raw, bool):
        return raw
    if value.kind in {"integer", "number"}:
        return _check_number(value, raw, file, key)
    if value.kind in {"day", "first_day", "last_day"}:
        return _check_date(value, raw, file, key)
    raise _wrong_type(value, raw, file, key)


def _check_text(value: Value, raw: str, file: str, key: str) -> str:
    text = raw.strip()
    if value.choices and text not in value.choices:
        raise refuse(file, key, f"{text!r} is not allowed here", nearest(text, value.choices))
    if value.pattern and re.match(value.pattern, text) is None:
        raise refuse(file, key, f"{text!r} is not allowed here", value.note)
    return text


def _check_number(value: Value, raw: object, file: str, key: str) -> int | float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise _wrong_type(value, raw, file, key)
    if value.kind == "integer" and not isinstance(raw, int):
        raise _wrong_type(value, raw, file, key)
    # "not (raw >= minimum)" refuses nan too, which TOML can write
    if value.minimum is not None and not (raw >= value.minimum and raw < float("inf")):
        raise refuse(file, key, f"{raw} is out of range", f"give a number from {value.minimum:g}")
    return raw


def _check_date(value: Value, raw: object, file: str, key: str) -> dt.date:
    if isinstance(raw, str):
        month = _MONTH.match(raw.strip())
        if month and value.kind != "day":
            return _edge_of_month(value, int(month[1]), int(month[2]), file, key)
        try:
            raw = dt.date.fromisoformat(raw.strip())
        except ValueError:
            raise _wrong_type(value, raw, file, key) from None
    if not isinstance(raw, dt.date) or isinstance(raw, dt.datetime):
        raise _wrong_type(value, raw, file, key)
    return raw + _ONE_DAY if value.kind == "last_day" else raw


def _edge_of_month(value: Value, year: int, month: int, file: str, key: str) -> dt.date:
    if not (1 <= month <= 12 and year >= 1900):
        raise _wrong_type(value, f"{year:04d}-{month:02d}", file, key)
    first = dt.date(year, month, 1)
    return first if value.kind == "first_day" else first + dt.timedelta(days=calendar.monthrange(year, month)[1])


def _wrong_type(value: Value, raw: object, file: str, key: str) -> ConfigError:
    return refuse(file, key, f"is {_kind_of(raw)}", f"write {_EXPECTED[value.kind]}")


def _kind_of(raw: object) -> str:
    if isinstance(raw, bool):
        return "true/false"
    if isinstance(raw, str):
        return f"the text {raw!r}"
    if isinstance(raw, int | float):
        return f"the number {raw}"
    if isinstance(raw, dt.datetime):
        return f"the time {raw.isoformat()}"
    if isinstance(raw, dt.date):
        return f"the date {raw.isoformat()}"
    return "a list" if isinstance(raw, list) else "a section"
