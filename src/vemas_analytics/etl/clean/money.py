"""Amounts of one list: value, currency and value in euros, with everything said that was assumed."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vemas_analytics.etl.clean.columns import ColumnCells, distinct, read_each
from vemas_analytics.etl.clean.rows import RowReader
from vemas_analytics.etl.parse.amounts import (
    AmountReading,
    DecimalMark,
    Unit,
    find_decimal_mark,
    plain_amount,
    read_amount,
    read_unit,
)
from vemas_analytics.etl.parse.cells import as_text, is_missing
from vemas_analytics.model.sheets import CellValue, RawRow
from vemas_analytics.reference.exchange_rates import ExchangeRates, rates_with

_CODE = re.compile(r"[A-Za-z]{3}")
_FOREIGN = re.compile(r"(.*\d)\s?([A-Z]{3})")
"""An amount in a currency without a known name or rate: ``5.000 SEK``."""
_ASSUMED = "EUR"


@dataclass(frozen=True, slots=True)
class Money:
    """The amounts of a list, row by row, in their currency and in euros; None where unknown."""

    values: list[float | None]
    currencies: list[str | None]
    values_eur: list[float | None]


def read_money(reader: RowReader, field: str, days: Sequence[dt.date | None]) -> Money:
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
    column, size = reader.cells(field), len(reader.rows)
    money = Money([None] * size, [None] * size, [None] * size)
    if not column:
        return money
    above = reader.fact("currency")
    of_line = read_unit(as_text(above.value)).currency if above else ""
    units, stated = _units_by_header(column), _stated_units(reader, column)
    assumed: Counter[str] = Counter()
    rates = rates_with(reader.rules.settings.exchange_rates)
    own_rates: Counter[tuple[str, str]] = Counter()
    for at, value in enumerate(column.values):
        if value is None:
            continue
        header, unit = column.headers[at], stated[at]
        named, mark = units[header]
        scale = unit.scale if unit.scale != 1.0 else named.scale
        amount, own = plain_amount(value, scale), ""
        if amount is None:
            reading = _read_closely(reader, reader.rows[at], header, value, Unit(scale), mark)
            if not _account(reader, reader.rows[at], header, value, reading):
                continue
            amount, own = reading.value, reading.currency
        currency = own or unit.currency or named.currency or of_line
        if not currency:
            currency = _ASSUMED
            assumed[header] += 1
        money.values[at] = amount
        if currency == "?":
            continue
        day = days[at]
        if rates.own and day is not None and rates.is_own(currency, day):
            own_rates[header, currency] += 1
        money.currencies[at] = currency
        money.values_eur[at] = _in_euros(reader, reader.rows[at], header, amount, rates, currency, day)
    for (header, currency), number in own_rates.items():
        reader.note("rate_own", None, header, currency, n=str(number))
    if field != "cost_eur":
        for header, number in assumed.items():
            first_row = reader.raw.header_rows[-1] if reader.raw.header_rows else None
            reader.note("currency_assumed", first_row, header, n=str(number))
    return money


def _units_by_header(column: ColumnCells) -> dict[str, tuple[Unit, DecimalMark | None]]:
    """Return what each heading says of the unit, and what its amounts say of the decimal mark."""
    headings = column.headings
    if len(headings) == 1:
        return {heading: (read_unit(heading), find_decimal_mark(distinct(column.values))) for heading in headings}
    pairs = list(zip(column.values, column.headers, strict=True))
    return {
        heading: (read_unit(heading), find_decimal_mark(cell for cell, head in pairs if head == heading))
        for heading in headings
    }


def _stated_units(reader: RowReader, amounts: ColumnCells) -> list[Unit]:
    """Return the unit that each row's currency cell states; an unknown one is kept by its code, and told."""
    column = reader.cells("currency")
    stated = read_each(column.values, _stated_unit)
    for at, (_, known) in enumerate(stated):
        if not known and amounts.values[at] is not None:
            reader.note("currency_unknown", reader.rows[at].number, column.headers[at], as_text(column.values[at]))
    return [unit for unit, _ in stated]


def _stated_unit(cell: CellValue) -> tuple[Unit, bool]:
    """Return the unit of a currency cell and whether it is a known one."""
    text = as_text(cell)
    if not text or is_missing(text):
        return Unit(), True
    unit = read_unit(text)
    if unit.currency or unit.scale != 1.0:
        return unit, True
    return Unit(currency=text.upper() if _CODE.fullmatch(text) else "?"), False


def _read_closely(
    reader: RowReader, row: RawRow, header: str, value: CellValue, unit: Unit, mark: DecimalMark | None
) -> AmountReading:
    """Read an amount by all rules; one in a currency that is not known keeps its code, and says so."""
    reading = read_amount(value, unit, mark)
    foreign = _FOREIGN.fullmatch(value.strip()) if reading.fault == "unreadable" and isinstance(value, str) else None
    if foreign is None:
        return reading
    reader.note("currency_unknown", row.number, header, value)
    return replace(read_amount(foreign[1], Unit(), mark), currency=foreign[2])


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
    reader: RowReader,
    row: RawRow,
    header: str,
    value: float | None,
    rates: ExchangeRates,
    currency: str,
    day: dt.date | None,
) -> float | None:
    if value is None or currency == _ASSUMED:
        return None if value is None else round(value, 2)
    in_euros = None if day is None else rates.in_eur(value, currency, day)
    if in_euros is None and day is not None and row.number not in reader.set_aside:
        reader.note("rate_missing", row.number, header, f"{currency}", day=day.isoformat())
    return None if in_euros is None else round(in_euros, 2)
