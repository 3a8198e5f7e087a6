"""One sheet: the rows with marks are opened and their cells coloured, all other bytes stay as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from vemas_analytics.marked.job import CellMark, MarkKind, RowMark, SheetMarks
from vemas_analytics.marked.package import MAIN, OFFICE, UnfitError, parse_xml
from vemas_analytics.marked.styles_part import Styles
from vemas_analytics.model.sheets import column_letters, column_number

_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
_DATA = re.compile(rb"<(\w+:)?sheetData\s*(/?)>")
_ROW = re.compile(rb"<(\w+:)?row(?=[\s/>])([^>]*?)(/?)>")
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d+)["']""")
_EMPTY_DATA = re.compile(rb"<(?:\w+:)?sheetData\s*/>")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_AFTER_LEGACY = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
_WIDEST_MERGE = 200_000


@dataclass(slots=True)
class MarkedSheet:
    """A sheet while it is being marked.

    ``notes`` holds the cell marks where they came to stand (a merged cell shows its first cell only);
    ``hidden`` the numbers of those that nobody sees without unhiding a row or column.
    """

    shell: Any
    rows: bytes
    notes: list[CellMark] = field(default_factory=list)
    hidden: set[tuple[int, int]] = field(default_factory=set)

    def content(self) -> bytes:
        """Return the part."""
        shell: bytes = etree.tostring(self.shell, xml_declaration=True, encoding="UTF-8", standalone=True)
        return _EMPTY_DATA.sub(lambda _: self.rows, shell, count=1)

    @property
    def drawing(self) -> str:
        """Identifier of the drawing that holds the boxes of comments and controls; empty where there is none."""
        element = self.shell.find(f"{{{MAIN}}}legacyDrawing")
        return "" if element is None else str(element.get(f"{{{OFFICE}}}id"))

    def refer_to_drawing(self, identifier: str) -> None:
        """Name the drawing that holds the boxes of the comments."""
        element = etree.Element(f"{{{MAIN}}}legacyDrawing")
        element.set(f"{{{OFFICE}}}id", identifier)
        for child in self.shell:
            names = {etree.QName(item).localname for item in child.iter() if isinstance(item.tag, str)}
            first = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if first in _AFTER_LEGACY or (first == "AlternateContent" and names & _AFTER_LEGACY):
                child.addprevious(element)
                return
        self.shell.append(element)


def mark_sheet(content: bytes, marks: SheetMarks, styles: Styles) -> MarkedSheet:
    """Colour the cells of one sheet."""
    root, data = _ROOT.search(content), _DATA.search(content)
    if root is None or data is None:
        message = "a sheet without rows"
        raise UnfitError(message)
    end = data.end() if data.group(2) else _closing(content, data)
    shell = parse_xml(content[: data.start()] + b"<" + (data.group(1) or b"") + b"sheetData/>" + content[end:])
    if shell.tag != f"{{{MAIN}}}worksheet":
        message = "a sheet in another form of the format"
        raise UnfitError(message)
    sheet = MarkedSheet(shell, content[data.start() : end])
    anchors = dict(_covered(shell))
    placed = _placed(marks.cells, anchors)
    painter = _Painter(sheet, styles, _grounds(placed, marks.rows), root.group(), _columns(shell))
    sheet.rows = painter.paint(sheet.rows)
    sheet.notes = [mark for mark in placed if mark.row in painter.seen]
    sheet.hidden = {
        (mark.row, mark.column) for mark in sheet.notes if mark.row in painter.unseen or painter.is_hidden(mark.column)
    }
    return sheet


def _closing(content: bytes, data: re.Match[bytes]) -> int:
    tag = b"</" + (data.group(1) or b"") + b"sheetData>"
    found = content.rfind(tag)
    if found < 0:
        message = "rows without an end"
        raise UnfitError(message)
    return found + len(tag)


def _placed(cells: tuple[CellMark, ...], anchors: dict[tuple[int, int], tuple[int, int]]) -> list[CellMark]:
    """Return the marks by row and column, those inside a merged cell moved to its first cell and joined there."""
    found: dict[tuple[int, int], CellMark] = {}
    for mark in cells:
        row, column = anchors.get((mark.row, mark.column), (mark.row, mark.column))
        there = found.get((row, column))
        remarks = mark.remarks if there is None else (*there.remarks, *mark.remarks)
        found[row, column] = CellMark(row, column, mark.kind if there is None else there.kind, remarks)
    return [found[place] for place in sorted(found)]


def _grounds(cells: list[CellMark], rows: tuple[RowMark, ...]) -> dict[int, dict[int, str]]:
    grounds: dict[int, dict[int, str]] = {}
    for row in rows:
        for column in range(row.first, row.last + 1):
            grounds.setdefault(row.row, {})[column] = ground_of_row(row.kind)
    for cell in cells:
        grounds.setdefault(cell.row, {})[cell.column] = ground_of_cell(cell.kind)
    return grounds


def ground_of_row(kind: MarkKind) -> str:
    """Return the name of the ground of a whole row."""
    return f"{kind}/row"


def ground_of_cell(kind: MarkKind) -> str:
    """Return the name of the ground of a single cell."""
    return f"{kind}/cell"


@dataclass(slots=True)
class _Column:
    first: int
    last: int
    style: int
    hidden: bool


def _columns(shell: Any) -> list[_Column]:
    found = []
    for item in shell.iterfind(f"{{{MAIN}}}cols/{{{MAIN}}}col"):
        first, last = int(item.get("min")) - 1, int(item.get("max")) - 1
        found.append(_Column(first, last, int(item.get("style", "0")), _is_true(item.get("hidden"))))
    return found


def _covered(shell: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield (place, first place) for every cell inside a merged one."""
    budget = _WIDEST_MERGE
    for item in shell.iterfind(f"{{{MAIN}}}mergeCells/{{{MAIN}}}mergeCell"):
        corners = _REFERENCE.findall(str(item.get("ref")))
        if len(corners) != 2:
            continue
        (left, top), (right, bottom) = ((column_number(letters), int(row)) for letters, row in corners)
        budget -= (bottom - top + 1) * (right - left + 1)
        if budget < 0:
            return
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield (row, column), (top, left)


class _Painter:
    """Goes through the rows once and opens only those with marks."""

    def __init__(
        self,
        sheet: MarkedSheet,
        styles: Styles,
        grounds: dict[int, dict[int, str]],
        root: bytes,
        columns: list[_Column],
    ) -> None:
        self.seen: set[int] = set()
        self.unseen: set[int] = set()
        self._styles, self._grounds, self._root, self._columns = styles, grounds, root, columns
        name = re.match(rb"<((?:\w+:)?worksheet)", root)
        self._end = b"</" + (name.group(1) if name else b"worksheet") + b">"
        self._known = dict(sheet.shell.nsmap.items())

    def is_hidden(self, column: int) -> bool:
        return any(item.hidden and item.first <= column <= item.last for item in self._columns)

    def paint(self, data: bytes) -> bytes:
        parts: list[bytes] = []
        position, number = 0, 0
        for row in _ROW.finditer(data):
            if row.start() < position:
                continue
            stated = _NUMBER.search(row.group(2))
            number = int(stated.group(1)) if stated else number + 1
            if number not in self._grounds or number in self.seen:
                continue
            end = row.end()
            if not row.group(3):
                tag = b"</" + (row.group(1) or b"") + b"row>"
                found = data.find(tag, end)
                if found < 0:
                    message = f"row {number} without an end"
                    raise UnfitError(message)
                end = found + len(tag)
            parts += [data[position : row.start()], self._open(number, data[row.start() : end])]
            position = end
        return b"".join([*parts, data[position:]])

    def _open(self, number: int, fragment: bytes) -> bytes:
        row = parse_xml(self._root + fragment + self._end)[0]
        self.seen.add(number)
        if _is_true(row.get("hidden")):
            self.unseen.add(number)
        own = int(row.get("s", "0")) if _is_true(row.get("customFormat")) else None
        wanted = dict(sorted(self._grounds[number].items()))
        column = -1
        cells = row.findall(f"{{{MAIN}}}c")
        for cell in cells:
            stated = _REFERENCE.fullmatch(str(cell.get("r", "")))
            column = column_number(stated.group(1)) if stated else column + 1
            for missing in [place for place in wanted if place < column]:
                cell.addprevious(self._new(number, missing, own, wanted.pop(missing)))
            ground = wanted.pop(column, "")
            if ground:
                cell.set("s", str(self._styles.marked(int(cell.get("s", "0")), ground)))
                cell.set("r", f"{column_letters(column)}{number}")
        row[len(row.findall(f"{{{MAIN}}}c")) : 0] = [
            self._new(number, missing, own, ground) for missing, ground in wanted.items()
        ]
        row.attrib.pop("spans", None)
        text: bytes = etree.tostring(row, with_tail=False)
        for prefix, uri in self._known.items():
            name = f"xmlns:{prefix}" if prefix else "xmlns"
            text = text.replace(f' {name}="{uri}"'.encode(), b"", 1)
        return text

    def _new(self, row: int, column: int, own: int | None, ground: str) -> Any:
        base = own
        if base is None:
            base = next((item.style for item in self._columns if item.first <= column <= item.last), 0)
        style = str(self._styles.marked(base, ground))
        return etree.Element(f"{{{MAIN}}}c", r=f"{column_letters(column)}{row}", s=style)


def _is_true(text: str | None) -> bool:
    return text in {"1", "true"}
