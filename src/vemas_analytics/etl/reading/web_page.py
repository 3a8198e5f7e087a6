"""The tables of a web page as one sheet; in the child process only."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final

from vemas_analytics.etl.reading.markup_sheet import MOST_COLUMNS, MarkupSheet, whole_number
from vemas_analytics.etl.reading.text_encoding import find_encoding

_QUIET: Final = frozenset({"script", "style", "title"})
_BLOCKS: Final = frozenset({"br", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "hr", "center", "body"})


class _TableReader(HTMLParser):
    """Collects the tables of a web page into one sheet, stacked as Excel shows them; a table in a cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = MarkupSheet()
        self.tables = 0
        self._depth = 0
        self._cells: dict[int, Any] | None = None
        self._text: list[str] | None = None
        self._column = 0
        self._held: dict[int, int] = {}
        self._quiet = 0
        self._start = 0
        self._loose: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _QUIET:
            self._quiet += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.end_text()
                if self.tables:
                    self.sheet.place({})
                self.tables += 1
                self._held = {}
        elif self._depth == 1 and tag == "tr":
            self.end_row()
            self._cells, self._column = {}, 0
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
            self._begin_cell({name: value or "" for name, value in attrs})
        elif tag in _BLOCKS:
            if self._depth == 0:
                self.end_text()
            elif self._text:
                self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _QUIET:
            self._quiet = max(0, self._quiet - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self.end_row()
            self._depth -= 1
        elif self._depth == 1 and tag == "tr":
            self.end_row()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()
        elif self._depth == 0 and tag in _BLOCKS:
            self.end_text()

    def handle_data(self, data: str) -> None:
        if self._quiet:
            return
        if self._text is not None:
            self._text.append(data)
        elif self._depth == 0:
            self._loose.append(data)

    def end_text(self) -> None:
        """Take a text outside all tables as a row of its own: a title, or a forum's day and place."""
        text = " ".join("".join(self._loose).split())
        self._loose = []
        if text:
            self.sheet.place({0: text})

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self._cells is None:
            self._cells, self._column = {}, 0
        while self._held.get(self._column, 0) > 0:
            self._column += 1
        right = min(whole_number(attributes.get("colspan")), MOST_COLUMNS)
        down = whole_number(attributes.get("rowspan"))
        row = len(self.sheet.rows)
        if right > 1 or down > 1:
            self.sheet.merged.append((row, self._column, row + down - 1, self._column + right - 1))
        if down > 1:
            self._held |= dict.fromkeys(range(self._column, self._column + right), down)
        self._text, self._start = [], self._column
        self._column += max(1, right)

    def _end_cell(self) -> None:
        if self._text is not None and self._cells is not None and self._start < MOST_COLUMNS:
            lines = [" ".join(line.split()) for line in "".join(self._text).split("\n")]
            text = "\n".join(line for line in lines if line)
            if text:
                self._cells[self._start] = text
        self._text = None

    def end_row(self) -> None:
        """Take the row that was open to its end, closed by its tag or not."""
        self._end_cell()
        if self._cells is not None:
            self.sheet.place(self._cells)
            self._held = {column: left - 1 for column, left in self._held.items() if left > 1}
        self._cells = None


def read_web_page(content: bytes) -> Iterator[MarkupSheet]:
    """Yield the one sheet that the tables of a web page and the texts between them make; nothing without a table."""
    reader = _TableReader()
    reader.feed(content.decode(find_encoding(content).name, "replace").removeprefix("\ufeff"))
    reader.close()
    reader.end_row()
    reader.end_text()
    if reader.tables:
        yield reader.sheet
