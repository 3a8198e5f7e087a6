"""Sheets out of markup: flat OpenDocument (.fods), Excel's XML of 2003, tables of a web page; in the child process.

Offices get them as .xls from web portals: Excel opens them, so they count as lists. Values of the two XML forms keep
their type; a web page has only texts, which stay as they are written.
"""

import datetime as dt
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import IO, Any, Final
from xml.etree import ElementTree

from vemas_analytics.etl.text_encoding import find_encoding
from vemas_analytics.etl.workbook_format import Format
from vemas_analytics.etl.workbook_parts import Span, spans
from vemas_analytics.etl.workbook_sheets import Frame, row_frames

_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
_MOST_COPIES: Final = 1_000
"""Copies of one filled cell or row that a repeat count may ask for: real lists repeat blanks, not records."""

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"


class MarkupError(Exception):
    """The markup holds no table."""

    reason_code = "not_a_spreadsheet"


@dataclass(slots=True)
class _Sheet:
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
            "merged": tuple(self.merged[:_MOST_COPIES]),
            "errors": tuple(self.errors[:_MOST_COPIES]),
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
        """Append a row; blank rows may be many, filled ones are copied a bounded number of times."""
        first = len(self.rows) + 1
        width = max(cells, default=-1) + 1
        row = tuple(cells.get(column) for column in range(width))
        count = min(repeated, _MOST_COPIES if row else _MOST_ROWS - len(self.rows))
        self.rows.extend([row] * max(0, count))
        if hidden:
            self.hidden_rows.append((first, first + repeated - 1))


def markup_frames(content: bytes, kind: Format) -> Iterator[Frame]:
    """Yield the frames of every sheet of an OpenDocument, an Excel XML or a web page.

    Parameters
    ----------
    content : bytes
    kind : {"fods", "xml", "html", "ods"}
        ``ods`` for one that the usual reader does not understand.

    Raises
    ------
    MarkupError
        When there is no table.
    """
    if kind == "ods":
        with zipfile.ZipFile(BytesIO(content)) as package, package.open("content.xml") as part:
            yield from _frames(_open_document(part))
    elif kind == "html":
        yield from _frames(_web_page(content))
    else:
        yield from _frames((_open_document if kind == "fods" else _excel_xml)(BytesIO(content)))


def _frames(sheets: Iterator[_Sheet]) -> Iterator[Frame]:
    found = False
    for sheet in sheets:
        found = True
        yield from sheet.frames()
    if not found:
        raise MarkupError


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 1


def _open_document(stream: IO[bytes]) -> Iterator[_Sheet]:
    hidden_styles: set[str] = set()
    sheet, depth, style = _Sheet(), 0, ""
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif tag == f"{_TABLE}table":
                depth += 1
                if depth == 1:
                    hidden = element.get(f"{_TABLE}style-name", "") in hidden_styles
                    sheet = _Sheet(element.get(f"{_TABLE}name", ""), hidden)
        elif tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
            hidden_styles.add(style)
        elif tag == f"{_TABLE}table":
            depth -= 1
            if depth == 0:
                while sheet.rows and not sheet.rows[-1]:
                    sheet.rows.pop()
                yield sheet
                element.clear()
        elif depth == 1 and tag == f"{_TABLE}table-column":
            count = _number(element.get(f"{_TABLE}number-columns-repeated"))
            sheet.add_hidden_columns(count, hidden=element.get(f"{_TABLE}visibility") in {"collapse", "filter"})
        elif depth == 1 and tag == f"{_TABLE}table-row":
            _place_open_row(sheet, element)
            element.clear()


def _place_open_row(sheet: _Sheet, element: ElementTree.Element) -> None:
    cells: dict[int, Any] = {}
    column = 0
    for cell in element:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        count = _number(cell.get(f"{_TABLE}number-columns-repeated"))
        value = _open_value(cell)
        if value is not None:
            cells |= dict.fromkeys(range(column, min(column + count, column + _MOST_COPIES, _MOST_COLUMNS)), value)
        down, right = (_number(cell.get(f"{_TABLE}number-{part}-spanned")) for part in ("rows", "columns"))
        if down > 1 or right > 1:
            sheet.merged.append((len(sheet.rows), column, len(sheet.rows) + down - 1, column + right - 1))
        column += count
    hidden = element.get(f"{_TABLE}visibility") in {"collapse", "filter"}
    sheet.place(cells, _number(element.get(f"{_TABLE}number-rows-repeated")), hidden=hidden)


def _open_value(cell: ElementTree.Element) -> Any:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in {"float", "percentage", "currency"}:
        return _float(cell.get(f"{_OFFICE}value"))
    if kind == "date":
        return _day(cell.get(f"{_OFFICE}date-value", ""))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    lines = ["".join(line.itertext()) for line in cell.findall(f"{_TEXT}p")]
    return "\n".join(lines) or None


def _float(text: str | None) -> float | str | None:
    try:
        return float(text) if text else None
    except ValueError:
        return text


def _day(text: str) -> dt.date | dt.datetime | str | None:
    """Return a day, with its time of day where it has one; a text that is no day stays as it stands."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text or None
    return moment.date() if moment.time() == dt.time() else moment.replace(tzinfo=None)


def _excel_xml(stream: IO[bytes]) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == f"{_EXCEL}Worksheet":
                sheet = _Sheet(element.get(f"{_EXCEL}Name", ""))
        elif sheet is None:
            continue
        elif tag == f"{_EXCEL}Column":
            sheet.column = _number(element.get(f"{_EXCEL}Index")) - 1 if element.get(f"{_EXCEL}Index") else sheet.column
            count = 1 + (_number(element.get(f"{_EXCEL}Span")) if element.get(f"{_EXCEL}Span") else 0)
            sheet.add_hidden_columns(count, hidden=element.get(f"{_EXCEL}Hidden") == "1")
        elif tag == f"{_EXCEL}Row":
            _place_excel_row(sheet, element)
            element.clear()
        elif tag.rpartition("}")[2] == "Visible":
            sheet.hidden = element.text in {"SheetHidden", "SheetVeryHidden"}
        elif tag == f"{_EXCEL}Worksheet":
            yield sheet
            sheet = None
            element.clear()


def _place_excel_row(sheet: _Sheet, element: ElementTree.Element) -> None:
    stated = element.get(f"{_EXCEL}Index")
    if stated is not None and (gap := min(_number(stated), _MOST_ROWS) - 1 - len(sheet.rows)) > 0:
        sheet.place({}, gap)
    number = len(sheet.rows)
    cells: dict[int, Any] = {}
    column = 0
    for cell in element.findall(f"{_EXCEL}Cell"):
        column = _number(cell.get(f"{_EXCEL}Index")) - 1 if cell.get(f"{_EXCEL}Index") else column
        right, down = (
            int(text) if (text := cell.get(f"{_EXCEL}Merge{way}", "")).isdigit() else 0 for way in ("Across", "Down")
        )
        data = cell.find(f"{_EXCEL}Data")
        if data is not None and column < _MOST_COLUMNS:
            kind, text = data.get(f"{_EXCEL}Type", "String"), "".join(data.itertext())
            if kind == "Error":
                sheet.errors.append((number + 1, column, text))
            else:
                cells[column] = _excel_value(kind, text)
        if right or down:
            sheet.merged.append((number, column, number + down, column + right))
        column += 1 + right
    sheet.place(cells, 1, hidden=element.get(f"{_EXCEL}Hidden") == "1")
    span = element.get(f"{_EXCEL}Span")
    if span is not None:
        sheet.place({}, _number(span))


def _excel_value(kind: str, text: str) -> Any:
    if kind == "Number":
        return _float(text)
    if kind == "DateTime":
        return _day(text)
    return text == "1" if kind == "Boolean" else text


class _TableReader(HTMLParser):
    """Collects the tables of a web page into one sheet, stacked as Excel shows them; a table in a cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = _Sheet()
        self.tables = 0
        self._depth = 0
        self._cells: dict[int, Any] | None = None
        self._text: list[str] | None = None
        self._column = 0
        self._held: dict[int, int] = {}
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._quiet += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
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
        elif tag in {"br", "p", "div"} and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._quiet = max(0, self._quiet - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self.end_row()
            self._depth -= 1
        elif self._depth == 1 and tag == "tr":
            self.end_row()
        elif self._depth == 1 and tag in {"td", "th"}:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._quiet:
            self._text.append(data)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self._cells is None:
            self._cells, self._column = {}, 0
        while self._held.get(self._column, 0) > 0:
            self._column += 1
        right = min(_number(attributes.get("colspan")), _MOST_COLUMNS)
        down = _number(attributes.get("rowspan"))
        row = len(self.sheet.rows)
        if right > 1 or down > 1:
            self.sheet.merged.append((row, self._column, row + down - 1, self._column + right - 1))
        if down > 1:
            self._held |= dict.fromkeys(range(self._column, self._column + right), down)
        self._text, self._start = [], self._column
        self._column += max(1, right)

    def _end_cell(self) -> None:
        if self._text is not None and self._cells is not None and self._start < _MOST_COLUMNS:
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


def _web_page(content: bytes) -> Iterator[_Sheet]:
    reader = _TableReader()
    reader.feed(content.decode(find_encoding(content).name, "replace").removeprefix("\ufeff"))
    reader.close()
    reader.end_row()
    if reader.tables:
        yield reader.sheet
