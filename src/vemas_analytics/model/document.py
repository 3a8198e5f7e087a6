"""What a report contains, decided once; writers only set it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from vemas_analytics.model.names import Edition, Language

CellKind: TypeAlias = Literal["text", "integer", "decimal", "percent", "eur", "keur", "date", "symbol", "interval"]
Tone: TypeAlias = Literal["normal", "message", "warning", "muted"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a typed ``value`` for the workbook and the localised ``text`` for the page.

    Symbols (n. e., a, >=, g, x) have ``kind="symbol"`` and no value. ``kind="percent"``: value 0.12 shows 12 %.
    ``order`` is the day that a text such as ``Mai 2014`` sorts by; ``see`` is the key of a section that says more.
    ``mark`` is the symbol (p, r) that ``text`` has behind the number. ``digits`` are its decimals where they are not
    those of its kind: one of a decimal, none of a percentage.
    """

    value: str | int | float | dt.date | None
    text: str
    kind: CellKind = "text"
    emphasis: bool = False
    order: dt.date | None = field(default=None, compare=False)
    see: str = field(default="", compare=False)
    mark: str = ""
    digits: int | None = None

    def shows(self, symbol: str) -> bool:
        """Tell whether the cell shows a symbol: as its whole text, before a number as in ``≥ 12``, or behind it."""
        if self.kind == "text":
            return False
        return symbol in {self.text, self.mark} or self.text.startswith((f"{symbol} ", f"{symbol}\u00a0"))


@dataclass(frozen=True, slots=True)
class Column:
    """A table column. ``width`` is a relative weight; ``group`` puts columns under a common head on the page."""

    key: str
    header: str
    align: Literal["left", "right", "center"] = "left"
    width: float = 1.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class NativeChart:
    """An Excel chart to be drawn from a table's own cells.

    Without ``row`` each key of ``series`` is a series down its column and ``category`` the column of labels. With
    ``row`` there is one series along that row, over the columns of ``series``; their headers are the categories.
    ``dark`` names the keys of ``series`` in the dark colour, the others are lighter; empty: all dark.
    """

    kind: Literal["column", "stacked_column", "bar", "line"]
    title: str
    category: str
    series: tuple[str, ...]
    alt: str
    y_title: str = ""
    row: int | None = None
    dark: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with everything a reader needs to trust it.

    ``key`` is ASCII (sheet and Excel table name derive from it); ``scope`` says measure, window, region, unit;
    ``total_rows`` are indices of rows shown as totals; ``places`` says which writers show it.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    scope: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    total_rows: tuple[int, ...] = ()
    chart: NativeChart | None = None
    sheet_title: str = ""
    places: frozenset[Literal["pdf", "xlsx"]] = frozenset({"pdf", "xlsx"})
    small: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text; no markup in it is ever interpreted. ``see``: key of a section that says more."""

    text: str
    tone: Tone = "normal"
    see: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list of short paragraphs; ``numbered`` for the five sentences of page 1.

    ``see`` names the section that says more of each item (``""`` for none); a shorter one leaves the rest without.
    """

    items: tuple[str, ...]
    numbered: bool = False
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactsBlock:
    """Pairs of label and value, such as the four dates of the stop."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChartRef:
    """A chart that the document wants: which drawing, of which findings, and what it says.

    ``drawing`` names a function of `charts`; ``finding_keys`` are passed to it in order; ``options`` are its
    keyword arguments (plain values). ``height_mm``/``width_mm`` fix the drawn size, so that text is not scaled.
    """

    key: str
    drawing: str
    finding_keys: tuple[str, ...]
    title: str
    message: str
    alt: str
    width_mm: float = 170.0
    height_mm: float = 60.0
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


Block: TypeAlias = Paragraph | ListBlock | FactsBlock | TableBlock | ChartRef


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the document; level 1 starts a bookmark, ``page_break`` a new page."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    level: int = 1
    page_break: bool = False
    in_outline: bool = True


@dataclass(frozen=True, slots=True)
class RecordsSheet:
    """Records for the workbook's traceable sheets: header texts, rows of plain values, ready to filter.

    ``is_pointer`` tells that there are too many: the sheet says where they are instead.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    is_pointer: bool = False


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of a table in the document: the table's key, the row's index, the column's key."""

    table: str
    row: int
    column: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a column of a records sheet must hold for a record to be counted.

    ``operand`` is the value, or, with ``own``, stands in the line's own cell: its region, first or last day. The
    operators ``empty`` and ``filled`` take no operand.
    """

    column: str
    operator: Literal["=", "<>", ">=", "<=", "empty", "filled"]
    operand: str | int | dt.date | None = None
    own: Literal["", "region", "start", "end"] = ""


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """The records of one sheet, by its key, that meet all criteria."""

    records: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class RecountLine:
    """One figure of the report and how the records give it again.

    Records of all ``choices``, which exclude each other, are counted, or their ``amount`` is added up. ``unit`` is
    what the reported cell shows: the number itself, thousands of it, or the number per year of the days from
    ``start`` to ``end``, both inclusive.
    """

    what: str
    region: str
    window: str
    reported: Cell
    place: CellPlace
    choices: tuple[RecordChoice, ...]
    start: dt.date | None = None
    end: dt.date | None = None
    amount: str = ""
    unit: Literal["one", "thousand", "per_year"] = "one"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Figures of the report to be recounted by live formulas; ``notes`` say by which criteria, and what is not."""

    title: str
    sheet_title: str
    lines: tuple[RecountLine, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one language and edition.

    ``banner`` (synthetic data) is shown on every page and sheet. ``cover`` pairs go to the workbook's cover and
    the PDF's head; ``cover_see`` gives, by label, the section that says more of a pair. ``notes`` are the numbered
    notes; ``symbols`` the legend; ``glossary`` word and meaning. ``reconciliation`` recounts figures of the tables
    from ``records``; None without records.
    """

    kind: Literal["before-after", "annual"]
    language: Language
    edition: Edition
    title: str
    subtitle: str
    banner: str
    organisation: str
    as_of: dt.date
    sections: tuple[Section, ...]
    cover: tuple[tuple[str, str], ...] = ()
    cover_see: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    symbols: tuple[tuple[str, str], ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    records: tuple[RecordsSheet, ...] = ()
    accent: str = ""
    logo: Path | None = None
    reconciliation: Reconciliation | None = None
