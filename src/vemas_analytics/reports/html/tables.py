"""A table of the document as a table of the page: caption, heads with scope, values to sort by."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from vemas_analytics.model.document import Cell, Column, TableBlock
from vemas_analytics.model.names import Language
from vemas_analytics.reports.html.markup import Markup, join, tag
from vemas_analytics.reports.html.notes import NoteLinks
from vemas_analytics.reports.html.region_words import region_column, regions_in

_WIDE = 10
_WHOLE = 22
"""Rows up to which a printed table is not broken between pages."""

_SORTED_FROM = 3
_NOTE_COLUMN = "notes"


@dataclass(frozen=True, slots=True)
class TableSetter:
    """What every table of a page needs to know."""

    language: Language
    symbols: Mapping[str, str]
    notes: NoteLinks
    places: frozenset[str] = frozenset()

    def table(self, table: TableBlock) -> Markup:
        """Return a table with everything its reader needs: title, scope, symbols, notes, source."""
        name = f"t-{table.key}"
        region = region_column(table)
        classes = ["wide"] if len(table.columns) >= _WIDE else []
        parts = (
            self._caption(table, name),
            _heads(table),
            tag("tbody", [self._row(table, index, name, region) for index in range(len(table.rows))]),
        )
        body = tag(
            "table",
            *parts,
            class_=" ".join(classes) or None,
            data_sortable=_is_sortable(table),
            data_regions=region is not None,
        )
        return tag(
            "div",
            tag("div", body, class_="scroll"),
            self._below(table, name),
            class_="table long" if len(table.rows) > _WHOLE else "table",
            id=name,
        )

    def _caption(self, table: TableBlock, name: str) -> Markup:
        title = tag("span", table.title, class_="title", id=f"{name}-title")
        scope = tag("span", self.notes.linked(table.scope, name, table.title), class_="scope") if table.scope else None
        return tag("caption", tag("span", title, scope, class_="held"))

    def _row(self, table: TableBlock, index: int, name: str, region: int | None) -> Markup:
        row = table.rows[index]
        is_total = index in table.total_rows
        codes = () if region is None or is_total else regions_in(row[region].text, self.language)
        cells = [
            self._cell(cell, column, name, table.title, is_head=number == 0 and cell.kind == "text")
            for number, (cell, column) in enumerate(zip(row, table.columns, strict=True))
        ]
        return tag("tr", cells, class_="total" if is_total else None, data_region=" ".join(codes) or None)

    def _cell(self, cell: Cell, column: Column, place: str, title: str, *, is_head: bool) -> Markup:
        if cell.kind == "symbol" and cell.text in self.symbols:
            content: Markup | str = tag("abbr", cell.text, title=self.symbols[cell.text])
        elif column.key == _NOTE_COLUMN:
            content = self.notes.numbers(cell.text, place, title)
        else:
            content = cell.text
        if cell.see in self.places:
            content = tag("a", content, href=f"#s-{cell.see}")
        classes = [_align(column), "num" if cell.kind != "text" else "", "strong" if cell.emphasis else ""]
        return tag(
            "th" if is_head else "td",
            content,
            scope="row" if is_head else None,
            class_=" ".join(part for part in classes if part) or None,
            data_value=sort_value(cell),
            data_symbol=cell.kind == "symbol",
        )

    def _below(self, table: TableBlock, name: str) -> Markup | None:
        used = [
            join(tag("b", mark), " ", meaning)
            for mark, meaning in self.symbols.items()
            if any(cell.shows(mark) for row in table.rows for cell in row)
        ]
        legend = tag("p", [part for item in used for part in (" · ", item)][1:], class_="legend") if used else None
        notes = [tag("p", self.notes.linked(note, name, table.title)) for note in table.notes]
        source = tag("p", self.notes.linked(table.source, name, table.title)) if table.source else None
        return tag("div", notes, source, legend, class_="below") if notes or source or legend else None


def sort_value(cell: Cell) -> str | None:
    """Return what a cell is sorted by where its text would not do: the number itself, the day as ISO date."""
    day = cell.value if isinstance(cell.value, dt.date) else cell.order
    if day is not None:
        return day.isoformat()
    if isinstance(cell.value, int | float) and cell.kind not in {"text", "symbol"}:
        return repr(cell.value)
    return None


def _align(column: Column) -> str:
    return {"right": "r", "center": "c", "left": ""}[column.align]


def _is_sortable(table: TableBlock) -> bool:
    """Tell whether rows may change places: sums must stand at the end, and there must be something to sort."""
    body = len(table.rows) - len(table.total_rows)
    return body >= _SORTED_FROM and all(index >= body for index in table.total_rows)


def _is_range(table: TableBlock, column: Column) -> bool:
    """Tell whether a column holds ranges only, which have no order of their own."""
    index = table.columns.index(column)
    kinds = {row[index].kind for row in table.rows}
    return "interval" in kinds and kinds <= {"interval", "symbol"}


def _head(table: TableBlock, column: Column, rows: int | None = None) -> Markup:
    return tag(
        "th",
        column.header,
        scope="col",
        class_=_align(column) or None,
        rowspan=rows,
        data_fixed=_is_range(table, column),
    )


def _heads(table: TableBlock) -> Markup:
    if not any(column.group for column in table.columns):
        return tag("thead", tag("tr", [_head(table, column) for column in table.columns]))
    upper: list[Markup] = []
    lower: list[Markup] = []
    for group, columns in _groups(table.columns):
        if group:
            upper.append(tag("th", group, scope="colgroup", colspan=len(columns), class_="group"))
            lower.extend(_head(table, column) for column in columns)
        else:
            upper.extend(_head(table, column, 2) for column in columns)
    spans = [
        tag("colgroup", span=count)
        for group, columns in _groups(table.columns)
        for count in ([len(columns)] if group else [1] * len(columns))
    ]
    return join(spans, tag("thead", tag("tr", upper), tag("tr", lower)))


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str, list[Column]]]:
    for group, members in groupby(columns, key=lambda column: column.group):
        yield group, list(members)
