"""Table cells: the typed value for the workbook and, beside it, the text as the language writes it."""

import datetime as dt
from dataclasses import replace
from typing import Literal, TypeAlias

from vemas_analytics.model.document import Cell, Column
from vemas_analytics.model.names import Language
from vemas_analytics.reference.numbers import (
    format_date,
    format_decimal,
    format_integer,
    format_keur,
    format_month,
    format_percent,
)
from vemas_analytics.reference.texts import Catalogue, read_texts

Symbol: TypeAlias = Literal["not_recorded", "suspended", "no_sense", "withheld", "at_least", "zero"]

AT_LEAST = "≥"
_SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}


def symbol_cell(symbol: Symbol, language: Language) -> Cell:
    """Return one of the kinds of nothing: not recorded, suspended, senseless, withheld."""
    return Cell(None, read_texts(language).text(f"symbols.mark.{symbol}"), "symbol")


def marked_cell(cell: Cell, symbol: Literal["provisional", "revised"], language: Language) -> Cell:
    """Return a number with the symbol behind it; a cell that has no number stays as it is."""
    mark = read_texts(language).text(f"symbols.mark.{symbol}")
    return cell if cell.value is None else replace(cell, text=f"{cell.text}\u00a0{mark}", mark=mark)


def text_cell(text: str, *, emphasis: bool = False, see: str = "") -> Cell:
    """Return a cell of plain text; ``see`` is the key of a section that says more."""
    return Cell(text or None, text, "text", emphasis, see=see)


def integer_cell(value: float, language: Language, *, at_least: bool = False) -> Cell:
    """Return a count; ``at_least`` marks a lower bound, whose value stays a number."""
    shown = format_integer(value, language)
    return Cell(round(value), f"{AT_LEAST}\u00a0{shown}" if at_least else shown, "integer")


def decimal_cell(value: float, language: Language, digits: int = 1) -> Cell:
    """Return a rate or another number with decimals."""
    return Cell(value, format_decimal(value, language, digits), "decimal", digits=digits)


def percent_cell(share: float, language: Language, *, digits: int = 0, signed: bool = False) -> Cell:
    """Return a share (0.12 is 12 %), with its sign where it is a change."""
    return Cell(share, format_percent(share, language, digits, signed=signed), "percent", digits=digits)


def keur_cell(value: float, language: Language, *, at_least: bool = False) -> Cell:
    """Return an amount in euros, shown in thousands."""
    shown = format_keur(value, language)
    return Cell(value, f"{AT_LEAST}\u00a0{shown}" if at_least else shown, "keur")


def date_text(date: dt.date, precision: str, language: Language, texts: Catalogue) -> str:
    """Return a date as precisely as it is known, no more."""
    if precision == "month":
        return format_month(date, language)
    if precision == "year":
        return str(date.year)
    if precision == "quarter":
        return texts.text("report.date.quarter", quarter=(date.month + 2) // 3, year=date.year)
    if precision == "season":
        return texts.text(f"report.date.{_SEASONS.get(date.month, 'season')}", year=date.year)
    if precision == "week":
        return texts.text("report.date.week", day=format_date(date, language))
    return format_date(date, language)


def date_cell(date: dt.date, language: Language, precision: str = "day") -> Cell:
    """Return a date; a date known less than to the day is text, so that nobody reads a day into it."""
    shown = date_text(date, precision, language, read_texts(language))
    return Cell(date, shown, "date") if precision == "day" else Cell(shown, shown, "text", order=date)


def text_column(key: str, header: str, width: float = 1.0, group: str = "") -> Column:
    """Return a column of text, set left."""
    return Column(key, header, "left", width, group)


def number_column(key: str, header: str, width: float = 1.0, group: str = "") -> Column:
    """Return a column of numbers, set right."""
    return Column(key, header, "right", width, group)
