"""Rules on formulas: only our own recounts, in functions that every spreadsheet program knows, with their values."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from lxml import etree

from vemas_analytics.reports.workbook.rules.breach import Breach

KNOWN_FUNCTIONS: Final = frozenset({"ABS", "COUNTIF", "COUNTIFS", "DATE", "IF", "ISNUMBER", "ROWS", "SUMIFS"})
MOST_FORMULA: Final = 8192
MOST_LITERAL: Final = 255
_TABLE: Final = "t_reconciliation"
_STRING = re.compile(r'"((?:[^"]|"")*)"')
_QUOTED_SHEET = re.compile(r"'((?:[^']|'')+)'!")
_FUNCTION = re.compile(r"([A-Za-z_.][\w.]*)\(")
_NAME = re.compile(r"(?<![\w$.!])([A-Za-z_][\w.]*)(?![\w(!])")
_CELL = re.compile(r"\$?[A-Z]{1,3}\$?\d+")


def check_formulas(
    sheet: str,
    cells: Iterator[etree._Element],
    tables: Collection[str],
    sheets: Collection[str],
    names: Collection[str],
) -> Iterator[Breach]:
    """Yield breaches of rules on the formulas of a sheet.

    Parameters
    ----------
    sheet : str
        Its name.
    cells : iterator of elements
        The cells that hold a formula.
    tables, sheets, names : collection of str
        Names of the tables on the sheet, of all sheets, of the ranges of the workbook.
    """
    for cell in cells:
        place = cell.get("r", "")
        formula = cell.findtext("{*}f") or ""
        value = cell.findtext("{*}v") or ""
        if _TABLE not in tables:
            yield Breach("formula", sheet, place, formula)
        if not value:
            yield Breach("formula-value", sheet, place, "no value beside the formula")
        elif cell.get("t") == "e" or value.startswith("#"):
            yield Breach("error-value", sheet, place, value)
        yield from _check_text(sheet, place, formula, sheets, names)


def _check_text(
    sheet: str, place: str, formula: str, sheets: Collection[str], names: Collection[str]
) -> Iterator[Breach]:
    literals = [text.replace('""', '"') for text in _STRING.findall(formula)]
    if len(formula) > MOST_FORMULA or any(len(text) > MOST_LITERAL for text in literals):
        yield Breach("formula-length", sheet, place, f"{len(formula)} characters")
    bare = _STRING.sub('""', formula)
    named = [name.replace("''", "'") for name in _QUOTED_SHEET.findall(bare)]
    if missing := [name for name in named if name not in sheets]:
        yield Breach("formula-reference", sheet, place, f"no sheet {missing[0]}")
    bare = _QUOTED_SHEET.sub("", bare)
    if "#REF!" in bare or bare.count("(") != bare.count(")") or bare.count('"') % 2:
        yield Breach("formula-syntax", sheet, place, formula)
    if unknown := sorted(set(_FUNCTION.findall(bare)) - KNOWN_FUNCTIONS):
        yield Breach("formula-function", sheet, place, ", ".join(unknown))
    words = {word for word in _NAME.findall(bare) if not _CELL.fullmatch(word)}
    if strange := sorted(words - set(names)):
        yield Breach("formula-reference", sheet, place, f"no name {strange[0]}")
