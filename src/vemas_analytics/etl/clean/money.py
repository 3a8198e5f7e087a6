"""Amounts of one list: value, currency and value in euros, with everything said that was assumed."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.parse.amounts import (
    AmountReading,
    DecimalMark,
    Unit,
    find_decimal_mark,
    read_amount,
    read_unit,
)
from vemas_analytics.etl.parse.cells import as_text, is_missing
from vemas_analytics.model.sheets import CellValue, RawRow
from vemas_analytics.reference.exchange_rates import rates_with

_CODE = re.compile(r"[A-Za-z]{3}")
_FOREIGN = re.compile(r"(.*\d)\s?([A-Z]{3})")
"""An amount in a currency without a known name or rate: ``5.000 SEK``."""

_ASSUMED = "EUR"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in its currency and in euros; None where unknown."""

    value: float | None = None
    currency: str | None = None
    value_eur: float | None = None


def read_money(reader: RowReader, field: str, days: Sequence[dt.date | None]) -> list[Money]:
    """Read an amount column together with its currency.

    The cell's own currency comes first, then the currency column, the header, a line above the list; where none
    of them says anything the amount is taken as euros, which one note per column says.

    Parameters
    ----------
    field : str
        ``value`` or ``cost_eur``.
    days : sequence of date or None
        The day whose exchange rate applies, row by row.
    """
    column, currencies = reader.cells(field), reader.cells("currency")
    above = reader.fact("currency")
    marks: dict[str, DecimalMark | None] = {}
    money: list[Money] = []
    assumed: dict[str, int] = {}
    own: Counter[tuple[str, str]] = Counter()
    for at, row in enumerate(reader.rows):
        value = column.values[at]
        if not as_text(value):
            money.append(Money())
            continue
        header = column.headers[at]
        if header not in marks:
            same = [cell for cell, head in zip(column.values, column.headers, strict=True) if head == header]
            marks[header] = find_decimal_mark(same)
        named = read_unit(header)
        stated = _stated(reader, row, currencies.values[at], currencies.headers[at] if currencies else "")
        scale = stated.scale if stated.scale != 1.0 else named.scale
        reading = read_amount(value, Unit(scale), marks[header])
        foreign = (
            _FOREIGN.fullmatch(value.strip()) if reading.fault == "unreadable" and isinstance(value, str) else None
        )
        if foreign:
            reader.note("currency_unknown", row.number, header, value)
            reading = replace(read_amount(foreign[1], Unit(), marks[header]), currency=foreign[2])
        if not _account(reader, row, header, value, reading):
            money.append(Money())
            continue
        currency = reading.currency or stated.currency or named.currency
        currency = currency or (read_unit(as_text(above.value)).currency if above else "")
        if not currency:
            currency = _ASSUMED
            assumed[header] = assumed.get(header, 0) + 1
        day = days[at]
        if day is not None and rates_with(reader.rules.settings.exchange_rates).is_own(currency, day):
            own[header, currency] += 1
        money.append(_in_euros(reader, row, header, reading.value, currency, day))
    for (header, currency), number in own.items():
        reader.note("rate_own", None, header, currency, n=str(number))
    if field != "cost_eur":
        for header, number in assumed.items():
            first_row = reader.raw.header_rows[-1] if reader.raw.header_rows else None
            reader.note("currency_assumed", first_row, header, n=str(number))
    return money


def _stated(reader: RowReader, row: RawRow, value: CellValue, header: str) -> Unit:
    """Return the unit that a currency cell states; an unknown one is kept by its code."""
    text = as_text(value)
    if not text or is_missing(text):
        return Unit()
    unit = read_unit(text)
    if unit.currency or unit.scale != 1.0:
        return unit
    reader.note("currency_unknown", row.number, header, text)
    return Unit(currency=text.upper() if _CODE.fullmatch(text) else "?")


def _account(reader: RowReader, row: RawRow, header: str, value: CellValue, reading: AmountReading) -> bool:
    """Write down how an amount was read; return whether there is one. A negative amount rejects the row."""
    if reading.value is None:
        if reading.fault != "missing":
            reader.note(f"amount_{reading.fault}", row.number, header, value)
        return False
    if reading.value < 0:
        reader.reject("amount_negative", row, header, value)
        return True
    for rule in reading.rules:
        reader.note(rule, row.number, header, value, taken=f"{reading.value:.2f}")
    return True


def _in_euros(
    reader: RowReader, row: RawRow, header: str, value: float | None, currency: str, day: dt.date | None
) -> Money:
    if currency == "?":
        return Money(value, None, None)
    rates = rates_with(reader.rules.settings.exchange_rates)
    in_euros = rates.in_eur(value, currency, day) if value is not None and day is not None else None
    if currency == _ASSUMED:
        in_euros = value
    if in_euros is None and day is not None and row.number not in reader.set_aside:
        reader.note("rate_missing", row.number, header, f"{currency}", day=day.isoformat())
    return Money(value, currency, None if in_euros is None else round(in_euros, 2))
