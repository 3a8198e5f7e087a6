"""What a column with an unknown heading holds, told by its cells: days, regions, or words of one closed list."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from vemas_analytics.etl.parse.cells import is_missing
from vemas_analytics.etl.parse.dates import read_date
from vemas_analytics.etl.parse.regions import read_region
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.words import read_words

CellsOf: TypeAlias = Callable[[int], Sequence[CellValue]]
"""Returns a sample of the cells below a column's heading."""

_DAYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "inquiries": ("received_on",),
        "offers": ("offered_on",),
        "trips": ("period", "start_on"),
        "forums": ("held_on",),
    }
)
_CODED: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "inquiries": {"status": "inquiries.status", "channel": "channel", "subject_kind": "subject_kind"},
        "offers": {"status": "offers.status", "subject_kind": "subject_kind"},
        "trips": {"status": "trips.status", "kind": "trips.kind", "direction": "direction"},
        "attendance": {"side": "side", "attended": "attended"},
        "forums": {"forum_status": "forum_status"},
    }
)
_IDENTIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {"inquiries": "inquiry_id", "offers": "offer_id", "trips": "trip_id"}
)
MAY_BE_MISTAKEN: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"subject": frozenset(_IDENTIFIERS.values()), "organiser": frozenset({"status", "forum_status"})}
)
"""Fields whose heading has a second meaning (``Angebot``: its subject or its number): the cells decide between them."""

_CODE = re.compile(
    r"(?=\D*\d)(?=.*[^\d\s])[^\W\d_]{0,6}[\s./_-]?(?:[\dA-Z]{1,8}[./_-]){0,3}[\dA-Z]{1,8}", re.IGNORECASE
)
_WITH_REGION: Final = frozenset({"inquiries", "offers", "trips", "forums"})
_LEAST_CELLS = 3
_SURE = 0.9
_SHORTEST_WORD = 3
_LONGEST_REGION, _ENOUGH_REGIONS = 80, 40
"""Remarks are no regions, and looking each of hundreds up would cost more than it tells."""


def fields_by_content(layout: str, unknown: Sequence[int], taken: Collection[str], cells: CellsOf) -> dict[int, str]:
    """Return what columns with unknown headings hold, where their cells leave no doubt.

    Only what a list lacks is looked for: the day of its records, their region, its coded columns. A field goes to a
    column when this is the only one that fits it, and it the only field that fits the column.

    Parameters
    ----------
    layout : str
        One of the layouts of `headers.recognise`.
    unknown : sequence of int
        Indices of the columns whose heading no table knows.
    taken : collection of str
        Fields that other columns have already.
    cells : callable
        Column index -> a sample of its cells.
    """
    samples = {index: [value for value in cells(index) if not _is_empty(value)] for index in unknown}
    full = {index: sample for index, sample in samples.items() if len(sample) >= _LEAST_CELLS}
    fitting: dict[int, list[str]] = {index: _fitting(layout, sample, taken) for index, sample in full.items()}
    found: dict[int, str] = {}
    for index, fields in fitting.items():
        if len(fields) == 1 and sum(fields[0] in others for others in fitting.values()) == 1:
            found[index] = fields[0]
    return found


def _fitting(layout: str, sample: Sequence[CellValue], taken: Collection[str]) -> list[str]:
    days = _DAYS.get(layout, ())
    if _share(sample, _is_day) >= _SURE:
        return list(days[:1]) if not set(days) & set(taken) else []
    if _IDENTIFIERS.get(layout) and not {_IDENTIFIERS[layout], "number"} & set(taken) and _are_codes(sample):
        return [_IDENTIFIERS[layout]]
    texts = sorted({value.strip() for value in sample if isinstance(value, str)})
    if not texts or sum(isinstance(value, str) for value in sample) < _SURE * len(sample):
        return []
    if any(len(text) >= _SHORTEST_WORD for text in texts):
        coded = [
            field for field, words in _CODED.get(layout, {}).items() if field not in taken and _are_words(texts, words)
        ]
        if coded:
            return coded
    elif layout == "attendance" and "side" not in taken:
        return ["side"] if len(texts) > 1 and _are_words(texts, "side") else []
    wanted = layout in _WITH_REGION and "region" not in taken and len(texts) > 1
    short = max(map(len, texts)) <= _LONGEST_REGION
    return ["region"] if wanted and short and _share(texts[:_ENOUGH_REGIONS], _is_region) >= _SURE else []


def _are_codes(sample: Sequence[CellValue]) -> bool:
    """Tell whether cells are short marks of letters and digits, none twice: ``AG-7``, ``2013/12``."""
    texts = [value.strip() for value in sample if isinstance(value, str)]
    return len(texts) == len(sample) == len(set(texts)) and all(_CODE.fullmatch(text) for text in texts)


def _share(values: Sequence[CellValue], test: Callable[[CellValue], bool]) -> float:
    return sum(map(test, values)) / len(values)


def _is_empty(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and is_missing(value))


def _is_day(value: CellValue) -> bool:
    if isinstance(value, str):
        return any(sign.isdigit() for sign in value) and not value.strip().isdigit() and _names_day(value)
    return isinstance(value, (dt.date, dt.datetime))


@lru_cache(maxsize=4_000)
def _names_day(text: str) -> bool:
    return read_date(text, "day_first").start is not None


def _are_words(texts: Sequence[str], vocabulary: str) -> bool:
    words = read_words()[vocabulary]
    return all(words.code(text) is not None for text in texts)


def _is_region(value: CellValue) -> bool:
    if not isinstance(value, str) or len(value) < _SHORTEST_WORD:
        return False
    reading = read_region(value, {})
    return reading.recognised and not reading.faults
