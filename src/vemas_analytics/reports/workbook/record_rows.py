"""The rows of a long list as the workbook's own markup: objects for a million cells would take too long."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from vemas_analytics.model.document import Cell, CellKind
from vemas_analytics.reports.workbook.grid import SIDES, Grid, is_number, is_typed, look_of, number_of
from vemas_analytics.reports.workbook.styles import LINE_HEIGHT, ROW_HEIGHT, Sign, Styler, clean_text, sign_of
from vemas_analytics.reports.workbook.text_width import count_lines, text_width

_WRAPS: Final = 3.0
"""Points that a row of several lines has more than its lines."""


class RecordRows:
    """Turns the rows of a grid into markup, one look for each column and kind of content.

    Attributes
    ----------
    height : float
        Of the rows so far, in points.
    """

    def __init__(self, grid: Grid, widths: Sequence[float], styler: Styler) -> None:
        self._grid = grid
        self._rooms = [width - SIDES for width in widths]
        self._letters = [get_column_letter(index) for index in range(1, len(widths) + 1)]
        self._styler = styler
        self._styles: dict[tuple[int, CellKind, int | None, Sign, bool, bool, bool], int] = {}
        self.height = 0.0

    def markup(self, first_row: int) -> Iterator[str]:
        """Yield the markup of each row, the first of which has this number."""
        for number, row in enumerate(self._grid.rows, start=first_row):
            lines, cells = 1, []
            for index, content in enumerate(row):
                text, attributes, taken = self._cell(index, content)
                lines = max(lines, taken)
                cells.append(f'<c r="{self._letters[index]}{number}"{attributes}{text}')
            if lines > 1:
                height = lines * LINE_HEIGHT + _WRAPS
                opening = f'<row r="{number}" ht="{height:g}" customHeight="1">'
            else:
                height, opening = ROW_HEIGHT, f'<row r="{number}">'
            self.height += height
            yield f"{opening}{''.join(cells)}</row>"

    def _cell(self, index: int, content: Cell) -> tuple[str, str, int]:
        """Return what a cell holds, its attributes, and how many lines it takes."""
        value = content.value
        if is_typed(content) and not isinstance(value, str):
            shown = repr(to_excel(value) if isinstance(value, dt.date) else number_of(content))  # type: ignore[no-untyped-call]
            style = self._style(index, content, wraps=False, quoted=False)
            return f"<v>{shown}</v></c>", f' s="{style}" t="n">', 1
        text = str(value) if value is not None else content.text
        if not text:
            return "", f' s="{self._style(index, content, wraps=False, quoted=False)}"/>', 1
        markup, quoted, width = _inline(text)
        wraps = width > self._rooms[index]
        style = self._style(index, content, wraps=wraps, quoted=quoted)
        return markup, f' s="{style}" t="inlineStr">', count_lines(text, self._rooms[index]) if wraps else 1

    def _style(self, index: int, content: Cell, *, wraps: bool, quoted: bool) -> int:
        sign = sign_of(content.kind, content.text) if is_typed(content) else ""
        key = (index, content.kind, content.digits, sign, is_number(content), wraps, quoted)
        if key not in self._styles:
            look = look_of(self._grid.columns, index, content, wraps=wraps)
            self._styles[key] = self._styler.number(replace(look, quoted=quoted))
        return self._styles[key]


@lru_cache(maxsize=65_536)
def _inline(text: str) -> tuple[str, bool, float]:
    """Return the markup of a text, whether it begins like a formula, and its width."""
    cleaned, quoted = clean_text(text)
    space = ' xml:space="preserve"' if cleaned != cleaned.strip() or "\n" in cleaned else ""
    return f"<is><t{space}>{escape(cleaned)}</t></is></c>", quoted, text_width(text)
