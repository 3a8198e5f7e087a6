"""How the workbook looks: one font, few styles from the theme, each resolved once per workbook."""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from vemas_analytics.model.document import CellKind
from vemas_analytics.reference.theme import read_theme

FONT_NAME = "Arial"
"""On every office computer, and Liberation Sans has its exact widths: what is measured here is what they see."""

BODY_SIZE = 10
LINE_HEIGHT, ROW_HEIGHT = 12.6, 15.0
"""Points a line of text takes, and a row of one line."""

Face: TypeAlias = Literal["title", "body", "strong", "small", "small_strong", "warning", "link", "header"]
Ground: TypeAlias = Literal["", "header", "total"]
Across: TypeAlias = Literal["left", "right", "center"]

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel takes."""

_ILLEGAL = dict.fromkeys((*({*range(32)} - {9, 10, 13}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# Excel shows the built-in date format 14 in the reader's own locale.
_DATE = "mm-dd-yy"
_FORMATS: Mapping[CellKind, str] = {
    "integer": "#,##0",
    "decimal": "#,##0.0",
    "percent": "0%",
    "eur": '#,##0 "€"',
    "keur": "#,##0",
    "date": _DATE,
}


@dataclass(frozen=True, slots=True)
class Look:
    """What makes a cell's look; equal looks share one style of the workbook."""

    face: Face = "body"
    ground: Ground = ""
    across: Across = "left"
    wrap: bool = False
    ruled: bool = False
    indent: int = 0
    number_format: str = "General"
    quoted: bool = False
    low: bool = False


class Styler:
    """Gives cells their look; a style is built once and then only copied."""

    def __init__(self, workbook: Workbook, accent: str) -> None:
        theme = read_theme(accent)
        colour = {role: value.lstrip("#") for role, value in theme.colours.items()}
        self._faces: dict[Face, Font] = {
            "title": _font(13, colour["accent_text"], bold=True),
            "body": _font(BODY_SIZE, colour["ink"]),
            "strong": _font(BODY_SIZE, colour["ink"], bold=True),
            "small": _font(BODY_SIZE, colour["ink_soft"]),
            "small_strong": _font(BODY_SIZE, colour["ink_soft"], bold=True),
            "warning": _font(BODY_SIZE, colour["stop"], bold=True),
            "link": Font(name=FONT_NAME, size=BODY_SIZE, color=colour["accent_text"], underline="single"),
            "header": _font(BODY_SIZE, colour["paper"], bold=True),
        }
        self._grounds: dict[Ground, PatternFill] = {
            "header": _fill(colour["accent_text"]),
            "total": _fill(colour["accent_pale"]),
        }
        self._rule = Border(bottom=Side(style="thin", color=colour["rule"]))
        self._ready: dict[Look, Any] = {}
        _set_default_font(workbook)

    def apply(self, cell: SheetCell | MergedCell, look: Look) -> None:
        """Give a cell its look."""
        ready = self._ready.get(look)
        if ready is None:
            self._build(cell, look)
            self._ready[look] = copy(cell._style)  # type: ignore[union-attr]
            return
        cell._style = copy(ready)  # type: ignore[union-attr]

    def _build(self, cell: SheetCell | MergedCell, look: Look) -> None:
        cell.font = self._faces[look.face]
        if look.ground:
            cell.fill = self._grounds[look.ground]
        if look.ruled:
            cell.border = self._rule
        cell.alignment = Alignment(
            horizontal=look.across,
            vertical="bottom" if look.low else "top",
            wrap_text=look.wrap or None,
            indent=look.indent,
        )
        cell.number_format = look.number_format
        if look.quoted:
            cell.quotePrefix = True


def put_text(cell: SheetCell | MergedCell, text: str) -> bool:
    """Write text as text, whatever it begins with; control characters Excel refuses are dropped.

    Returns
    -------
    bool
        Whether the text begins like a formula and needs the quoted look.
    """
    if isinstance(cell, MergedCell):
        message = f"cell {cell.coordinate} is merged; the workbook merges no cells"
        raise TypeError(message)
    cleaned = text if text.isprintable() else text.translate(_ILLEGAL)
    if "_x" in cleaned:
        # Excel would read "_x000D_" as a control character.
        cleaned = _ESCAPE.sub("_x005F_", cleaned)
    # Cleaned and cut here; going through `value` would look at every character again.
    cell._value = cleaned[:LONGEST_TEXT]  # type: ignore[attr-defined]
    cell.data_type = "s"
    return cleaned[:1] in {"=", "+", "-", "@", "\t", "\r"}


def _font(size: int, colour: str, *, bold: bool = False) -> Font:
    return Font(name=FONT_NAME, size=size, bold=bold, color=colour)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def _set_default_font(workbook: Workbook) -> None:
    # The default font sets the unit of column widths and the look of cells a reader adds.
    default = Font(name=FONT_NAME, size=BODY_SIZE)
    workbook._fonts = IndexedList([default])  # type: ignore[attr-defined]
    normal = workbook._named_styles["Normal"]  # type: ignore[attr-defined]
    normal.font = copy(default)
    normal.bind(workbook)


def number_format(kind: CellKind, text: str) -> str:
    """Return the Excel number format of a cell kind; ``General`` for texts and symbols.

    Parameters
    ----------
    kind : CellKind
    text : str
        What the page shows: a sign or an "at least" in front of the number is shown by Excel too.
    """
    if kind == "percent" and text[:1] in {"+", "\u2212"}:
        return "+0%;\u22120%;0%"
    plain = _FORMATS.get(kind, "General")
    return f'"\u2265 "{plain}' if text.startswith("\u2265") else plain
