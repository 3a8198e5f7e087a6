"""Rows named by a longer period among months: titles of parts of a year, and the sums of the months above them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from vemas_analytics.etl.layout.cell_kinds import MONTH_NAME
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import read_layout_words

Row: TypeAlias = tuple[CellValue, ...]

_MONTH: Final = re.compile(rf"{MONTH_NAME}(?:\s(?:19|20)\d\d)?", re.IGNORECASE)
_LEAST_MONTHS: Final = 2


@lru_cache(maxsize=1)
def _period() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(read_layout_words().periods, key=len, reverse=True)))
    return re.compile(rf"(?:(?:[1-4]|I{{1,3}}|IV)\.?\s?)?(?:{words})(?:\s(?:19|20)\d\d)?", re.IGNORECASE)


def names_period(text: str) -> bool:
    """Tell whether a text is a part of a year, or the year, and nothing else: ``2. Halbjahr``, ``IV. Quartal 2019``."""
    return _period().fullmatch(text.strip(" :")) is not None


def sums_of_months(rows: Mapping[int, Row]) -> set[int]:
    """Return the rows that a list of months closes with: ``Jahr``, ``1. Quartal``, right below at least two months.

    Parameters
    ----------
    rows : mapping of int to row
        The records of one table, in order.

    Notes
    -----
    Years above the months they begin (``2019``, ``2020``, then single months) are values of their own: no word
    says that they sum up what stands above.
    """
    found: set[int] = set()
    months: dict[int, int] = {}
    for index, row in rows.items():
        texts = {column: value.strip() for column, value in enumerate(row) if isinstance(value, str)}
        if any(months.get(column, 0) >= _LEAST_MONTHS and names_period(text) for column, text in texts.items()):
            found.add(index)
            continue
        months = {column: months.get(column, 0) + 1 for column, text in texts.items() if _MONTH.fullmatch(text)}
    return found
