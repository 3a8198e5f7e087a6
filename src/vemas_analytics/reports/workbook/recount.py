"""Recounts as formulas over the records, and the values these formulas give."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.model.document import Criterion, RecordChoice, RecordsSheet, RecountLine
from vemas_analytics.model.names import DAYS_PER_YEAR

TOLERANCE: Final = 0.0005
"""Difference up to which two figures agree: sums of amounts in different order are not equal to the last bit."""

_PREFIX = "records_"
_BEYOND_ASCII = re.compile(r"\W", re.ASCII)

Mask: TypeAlias = NDArray[np.bool_]
Plain: TypeAlias = str | int | float | dt.date | None


def range_name(records: str, column: str) -> str:
    """Return the workbook's name for a column of a records sheet, such as ``inquiries_received_on``."""
    return _BEYOND_ASCII.sub("_", f"{records.removeprefix(_PREFIX)}_{column}")


def used_columns(lines: Sequence[RecountLine]) -> frozenset[tuple[str, str]]:
    """Return sheet key and column key of all columns that the recounts look at."""
    found = {(choice.records, item.column) for line in lines for choice in line.choices for item in choice.criteria}
    found |= {(choice.records, line.amount) for line in lines if line.amount for choice in line.choices}
    return frozenset(found)


def recount_formula(line: RecountLine, own: Mapping[str, str]) -> str:
    """Return the formula that recounts a figure in the unit of its reported cell.

    Parameters
    ----------
    line : RecountLine
    own : mapping of str to str
        References of the line's own cells: region, start, end.
    """
    total = "+".join(_choice_formula(choice, line.amount, own) for choice in line.choices)
    if line.unit == "thousand":
        return f"=({total})/1000"
    if line.unit == "per_year":
        return f"=({total})*{DAYS_PER_YEAR}/({own['end']}-{own['start']}+1)"
    return f"={total}"


def _choice_formula(choice: RecordChoice, amount: str, own: Mapping[str, str]) -> str:
    parts = [range_name(choice.records, amount)] if amount else []
    for item in choice.criteria:
        parts += [range_name(choice.records, item.column), _criterion_text(item, own)]
    return f"{'SUMIFS' if amount else 'COUNTIFS'}({','.join(parts)})"


def _criterion_text(item: Criterion, own: Mapping[str, str]) -> str:
    if item.operator in {"empty", "filled"}:
        return '"="' if item.operator == "empty" else '"<>"'
    if item.own:
        return own[item.own] if item.operator == "=" else f'"{item.operator}"&{own[item.own]}'
    if isinstance(item.operand, dt.date):
        day = item.operand
        return f'"{item.operator}"&DATE({day.year},{day.month},{day.day})'
    if isinstance(item.operand, int):
        return str(item.operand) if item.operator == "=" else f'"{item.operator}{item.operand}"'
    sign = "" if item.operator == "=" else item.operator
    return '"' + (sign + str(item.operand)).replace('"', '""') + '"'


class Recounter:
    """Gives the value of each recount, as a spreadsheet program would: by the criteria, from the written records."""

    def __init__(self, sheets: Sequence[RecordsSheet]) -> None:
        self._columns: dict[tuple[str, str], list[Plain]] = {}
        self._sizes: dict[str, int] = {}
        for sheet in sheets:
            self._sizes[sheet.key] = len(sheet.rows)
            for column, cells in zip(sheet.columns, zip(*sheet.rows, strict=True), strict=False):
                self._columns[sheet.key, column.key] = [cell.value for cell in cells]
        self._masks: dict[tuple[str, str, str, Plain], Mask] = {}

    def value(self, line: RecountLine) -> float:
        """Return the recounted figure in the unit of its reported cell."""
        total = sum(self._choice_value(choice, line) for choice in line.choices)
        if line.unit == "thousand":
            return total / 1000
        if line.unit == "per_year" and line.start is not None and line.end is not None:
            return total * DAYS_PER_YEAR / ((line.end - line.start).days + 1)
        return total

    def _choice_value(self, choice: RecordChoice, line: RecountLine) -> float:
        own: Mapping[str, Plain] = {"region": line.region, "start": line.start, "end": line.end}
        mask = np.ones(self._sizes[choice.records], dtype=bool)
        for item in choice.criteria:
            mask &= self._mask(choice.records, item, own[item.own] if item.own else item.operand)
        if not line.amount:
            return int(mask.sum())
        values = self._columns[choice.records, line.amount]
        amounts = (values[index] for index in np.flatnonzero(mask))
        return float(sum(value for value in amounts if isinstance(value, int | float)))

    def _mask(self, records: str, item: Criterion, operand: Plain) -> Mask:
        key = (records, item.column, item.operator, operand)
        if key not in self._masks:
            column = self._columns[records, item.column]
            self._masks[key] = np.fromiter((_meets(value, item, operand) for value in column), bool, len(column))
        return self._masks[key]


def _meets(value: Plain, item: Criterion, operand: Plain) -> bool:
    if item.operator in {"empty", "filled"}:
        return (value is None) is (item.operator == "empty")
    if item.operator in {"=", "<>"}:
        return _same(value, operand) is (item.operator == "=")
    if not isinstance(value, dt.date) or not isinstance(operand, dt.date):
        return False
    return value >= operand if item.operator == ">=" else value <= operand


def _same(value: Plain, operand: Plain) -> bool:
    if isinstance(value, str) and isinstance(operand, str):
        return value.casefold() == operand.casefold()
    return value == operand
