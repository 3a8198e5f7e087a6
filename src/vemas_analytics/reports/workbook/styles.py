"""How the workbook looks: one font, named styles from the theme that a reader can change, each made when first used."""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from vemas_analytics.model.document import CellKind
from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reference.theme import read_theme

FONT_NAME = "Arial"
"""On every office computer, and Liberation Sans has its exact widths: what is measured here is what they see."""

BODY_SIZE = 10
LINE_HEIGHT, ROW_HEIGHT = 12.6, 15.0
"""Points a line of text takes, and a row of one line."""

Face: TypeAlias = Literal["title", "body", "strong", "small", "small_strong", "warning", "link", "header"]
Ground: TypeAlias = Literal["", "header", "total"]
Across: TypeAlias = Literal["left", "right", "center"]
Sign: TypeAlias = Literal["", "signed", "at_least"]

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel takes."""

_ILLEGAL = dict.fromkeys((*({*range(32)} - {9, 10, 13}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# Excel shows the built-in date format 14 in the reader's own locale.
_DATE = "mm-dd-yy"
_FORMATS: Mapping[CellKind, str] = {
    "integer": "#,##0",
    "decimal": "#,##0{decimals}",
    "percent": "0{decimals}%",
    "eur": '#,##0 "€"',
    "keur": "#,##0",
    "date": _DATE,
}
_SIGNED_PERCENT = "+0{decimals}%;\u22120{decimals}%;0{decimals}%"
_DIGITS: Mapping[CellKind, int] = {"decimal": 1, "percent": 0}
_FACE_STYLES: Mapping[Face, str] = {"body": "text", "strong": "heading", "small": "note", "small_strong": "note_strong"}


@dataclass(frozen=True, slots=True)
class Look:
    """What makes a cell's look; equal looks share one style of the workbook.

    ``kind``, ``digits``, ``sign``, ``mark`` and ``instead`` give the number format: a change shows its sign, a lower
    bound that it is one, a provisional or revised number the symbol behind it, and a number too small for its
    decimals the words that stand instead.
    """

    face: Face = "body"
    ground: Ground = ""
    kind: CellKind = "text"
    sign: Sign = ""
    mark: str = ""
    digits: int | None = None
    instead: str = ""
    across: Across = "left"
    wrap: bool = False
    ruled: bool = False
    indent: int = 0
    quoted: bool = False
    low: bool = False

    @property
    def number_format(self) -> str:
        """Excel's number format; ``General`` for texts and symbols."""
        if self.instead:
            return f'"{self.instead}"'
        digits = _DIGITS.get(self.kind, 0) if self.digits is None else self.digits
        decimals = f".{'0' * digits}" if digits else ""
        plain = _FORMATS.get(self.kind, "General").replace("{decimals}", decimals)
        if self.sign == "signed":
            return _SIGNED_PERCENT.replace("{decimals}", decimals)
        bound = f'"\u2265 "{plain}' if self.sign == "at_least" else plain
        return f'{bound}"\u00a0{self.mark}"' if self.mark else bound

    @property
    def style_words(self) -> tuple[str, ...]:
        """Keys of the words that name the style: everything but how a cell is aligned."""
        if self.face == "link":
            return ("entry",) if self.ruled else ("link",)
        if not self.ruled:
            return (_FACE_STYLES.get(self.face, self.face),)
        weight = "total" if self.ground else "strong" if self.face == "strong" else ""
        return tuple(word for word in (f"cell_{self.kind}", self.sign, weight) if word)


class Styler:
    """Gives cells their look by named styles of the workbook; each is made once and then only pointed to."""

    def __init__(self, workbook: Workbook, accent: str, texts: Catalogue) -> None:
        self._workbook = workbook
        self._texts = texts
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
        self._styles: dict[str, NamedStyle] = {}
        _set_default_font(workbook)

    def apply(self, cell: SheetCell | MergedCell, look: Look) -> None:
        """Give a cell its look."""
        ready = self._ready.get(look)
        if ready is None:
            self._build(cell, look)
            self._ready[look] = copy(cell._style)  # type: ignore[union-attr]
            return
        cell._style = copy(ready)  # type: ignore[union-attr]

    def number(self, look: Look) -> int:
        """Return the number by which a cell written as markup points to its look."""
        cell = SheetCell(self._workbook.worksheets[0], row=1, column=1)
        self.apply(cell, look)
        return int(cell.style_id)

    def _build(self, cell: SheetCell | MergedCell, look: Look) -> None:
        named = self._named(look)
        cell._style = copy(named.as_tuple())  # type: ignore[union-attr]
        alignment = Alignment(
            horizontal=look.across,
            vertical="bottom" if look.low else "top",
            wrap_text=look.wrap or None,
            indent=look.indent,
        )
        if alignment != named.alignment:
            cell.alignment = alignment
        if look.quoted:
            cell.quotePrefix = True

    def _named(self, look: Look) -> NamedStyle:
        """Return the named style of a look: font, ground, rule and number format, which its cells take from it."""
        words = look.style_words
        parts = [self._texts.text(f"workbook.style.{word}") for word in ("report", *words)]
        if look.digits is not None and look.digits != _DIGITS.get(look.kind):
            parts.append(self._texts.plural("workbook.style.digits", look.digits, n=look.digits))
        name = " ".join(part for part in (*parts, look.mark, look.instead) if part)
        if name not in self._styles:
            self._styles[name] = NamedStyle(
                name=name,
                font=self._faces[look.face],
                fill=self._grounds[look.ground] if look.ground else None,
                border=self._rule if look.ruled else None,
                alignment=Alignment(horizontal=look.across, vertical="bottom" if look.low else "top"),
                number_format=look.number_format,
            )
            self._workbook.add_named_style(self._styles[name])
        return self._styles[name]


def put_text(cell: SheetCell | MergedCell, text: str) -> bool:
    """Write text as text, whatever it begins with; return whether it begins like a formula and needs that look."""
    if isinstance(cell, MergedCell):
        message = f"cell {cell.coordinate} is merged; the workbook merges no cells"
        raise TypeError(message)
    cleaned, quoted = clean_text(text)
    # Cleaned and cut already; going through `value` would look at every character again.
    cell._value = cleaned  # type: ignore[attr-defined]
    cell.data_type = "s"
    return quoted


def clean_text(text: str) -> tuple[str, bool]:
    """Return a text as a cell takes it, and whether it begins like a formula.

    Control characters that Excel refuses are dropped, and what is too long for a cell is cut.
    """
    cleaned = text if text.isprintable() else text.translate(_ILLEGAL)
    if "_x" in cleaned:
        # Excel would read "_x000D_" as a control character.
        cleaned = _ESCAPE.sub("_x005F_", cleaned)
    return cleaned[:LONGEST_TEXT], cleaned[:1] in {"=", "+", "-", "@", "\t", "\r"}


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


def words_instead(text: str) -> str:
    """Return what the page shows instead of a number too small for its decimals, such as ``< 0,001``; or nothing."""
    return text if text.startswith("<") else ""


def sign_of(kind: CellKind, text: str) -> Sign:
    """Return whether the page shows a number with its sign, or as a lower bound; Excel then shows it so too."""
    if kind == "percent" and text[:1] in {"+", "\u2212"}:
        return "signed"
    return "at_least" if text.startswith("\u2265") else ""
