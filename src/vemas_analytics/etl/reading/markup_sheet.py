"""A sheet while it is read from markup; in the child process only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from vemas_analytics.etl.reading.workbook_parts import Span, spans
from vemas_analytics.etl.reading.workbook_sheets import Frame, row_frames

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_NOTED: Final = 1_000
"""Merged areas and failed formulas that are passed on."""


@dataclass(slots=True)
class MarkupSheet:
    """A sheet while it is read."""

    name: str = ""
    hidden: bool = False
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    column: int = 0

    def frames(self) -> Iterator[Frame]:
        """Yield what the parent process is to know."""
        fields = {
            "sheet": self.name,
            "hidden": self.hidden,
            "merged": tuple(self.merged[:MOST_NOTED]),
            "errors": tuple(self.errors[:MOST_NOTED]),
            "hidden_rows": spans(self.hidden_rows),
            "hidden_columns": spans(self.hidden_columns),
        }
        yield "sheet", fields
        yield from row_frames(self.rows, 0)

    def add_hidden_columns(self, count: int, *, hidden: bool) -> None:
        """Take note of columns in the order the file describes them."""
        if hidden:
            self.hidden_columns.append((self.column, self.column + count - 1))
        self.column += count

    def place(self, cells: dict[int, Any], repeated: int = 1, *, hidden: bool = False) -> None:
        """Append a row as often as it is repeated, as far as a sheet reaches."""
        first = len(self.rows) + 1
        width = max(cells, default=-1) + 1
        row = tuple(cells.get(column) for column in range(width))
        count = min(repeated, MOST_ROWS - len(self.rows))
        self.rows.extend([row] * max(0, count))
        if hidden:
            self.hidden_rows.append((first, first + repeated - 1))


def whole_number(text: str | None) -> int:
    """Return the number an attribute states, 1 where it states none."""
    return int(text) if text and text.isdigit() and len(text) < 9 else 1
