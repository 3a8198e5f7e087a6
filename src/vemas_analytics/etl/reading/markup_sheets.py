"""Sheets out of markup: flat OpenDocument (.fods), Excel's XML of 2003, tables of a web page; in the child process.

Offices get them as .xls from web portals: Excel opens them, so they count as lists. Values of the two XML forms keep
their type; a web page has only texts, which stay as they are written.
"""

import datetime as dt
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any
from xml.etree import ElementTree

from vemas_analytics.etl.reading.markup_sheet import MOST_COLUMNS, MOST_ROWS, MarkupSheet, whole_number
from vemas_analytics.etl.reading.web_page import read_web_page
from vemas_analytics.etl.reading.workbook_format import Format
from vemas_analytics.etl.reading.workbook_sheets import Frame, is_remembered

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"


class MarkupError(Exception):
    """The markup holds no table."""

    reason_code = "not_a_spreadsheet"


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
        yield from _frames(read_web_page(content))
    else:
        yield from _frames((_open_document if kind == "fods" else _excel_xml)(BytesIO(content)))


def _frames(sheets: Iterator[MarkupSheet]) -> Iterator[Frame]:
    found = False
    for sheet in sheets:
        found = True
        yield from sheet.frames()
    if not found:
        raise MarkupError


def _open_document(stream: IO[bytes]) -> Iterator[MarkupSheet]:
    hidden_styles: set[str] = set()
    sheet, depth, style = MarkupSheet(), 0, ""
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif tag == f"{_TABLE}table":
                depth += 1
                if depth == 1:
                    hidden = element.get(f"{_TABLE}style-name", "") in hidden_styles
                    sheet = MarkupSheet(element.get(f"{_TABLE}name", ""), hidden)
        elif tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
            hidden_styles.add(style)
        elif tag == f"{_TABLE}table":
            depth -= 1
            if depth == 0:
                while sheet.rows and not sheet.rows[-1]:
                    sheet.rows.pop()
                if not is_remembered(sheet.name):
                    yield sheet
                element.clear()
        elif depth == 1 and tag == f"{_TABLE}table-column":
            count = whole_number(element.get(f"{_TABLE}number-columns-repeated"))
            sheet.add_hidden_columns(count, hidden=element.get(f"{_TABLE}visibility") in {"collapse", "filter"})
        elif depth == 1 and tag == f"{_TABLE}table-row":
            _place_open_row(sheet, element)
            element.clear()


def _place_open_row(sheet: MarkupSheet, element: ElementTree.Element) -> None:
    cells: dict[int, Any] = {}
    column = 0
    for cell in element:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        count = whole_number(cell.get(f"{_TABLE}number-columns-repeated"))
        value = _open_value(cell)
        if value is not None:
            cells |= dict.fromkeys(range(column, min(column + count, MOST_COLUMNS)), value)
        down, right = (whole_number(cell.get(f"{_TABLE}number-{part}-spanned")) for part in ("rows", "columns"))
        if down > 1 or right > 1:
            sheet.merged.append((len(sheet.rows), column, len(sheet.rows) + down - 1, column + right - 1))
        column += count
    hidden = element.get(f"{_TABLE}visibility") in {"collapse", "filter"}
    sheet.place(cells, whole_number(element.get(f"{_TABLE}number-rows-repeated")), hidden=hidden)


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


def _excel_xml(stream: IO[bytes]) -> Iterator[MarkupSheet]:
    sheet: MarkupSheet | None = None
    for event, element in ElementTree.iterparse(stream, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag == f"{_EXCEL}Worksheet":
                sheet = MarkupSheet(element.get(f"{_EXCEL}Name", ""))
        elif sheet is None:
            continue
        elif tag == f"{_EXCEL}Column":
            sheet.column = (
                whole_number(element.get(f"{_EXCEL}Index")) - 1 if element.get(f"{_EXCEL}Index") else sheet.column
            )
            count = 1 + (whole_number(element.get(f"{_EXCEL}Span")) if element.get(f"{_EXCEL}Span") else 0)
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


def _place_excel_row(sheet: MarkupSheet, element: ElementTree.Element) -> None:
    stated = element.get(f"{_EXCEL}Index")
    if stated is not None and (gap := min(whole_number(stated), MOST_ROWS) - 1 - len(sheet.rows)) > 0:
        sheet.place({}, gap)
    number = len(sheet.rows)
    cells: dict[int, Any] = {}
    column = 0
    for cell in element.findall(f"{_EXCEL}Cell"):
        column = whole_number(cell.get(f"{_EXCEL}Index")) - 1 if cell.get(f"{_EXCEL}Index") else column
        right, down = (
            int(text) if (text := cell.get(f"{_EXCEL}Merge{way}", "")).isdigit() else 0 for way in ("Across", "Down")
        )
        data = cell.find(f"{_EXCEL}Data")
        if data is not None and column < MOST_COLUMNS:
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
        sheet.place({}, whole_number(span))


def _excel_value(kind: str, text: str) -> Any:
    if kind == "Number":
        return _float(text)
    if kind == "DateTime":
        return _day(text)
    return text == "1" if kind == "Boolean" else text
