"""A workbook of bare values for sources that are none, such as CSV: every cell as it was read, nothing a formula."""

import datetime as dt
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from vemas_analytics.marked.package import MAIN, OFFICE, RELATIONS, TYPES
from vemas_analytics.model.sheets import CellValue, RawSheet, column_letters
from vemas_analytics.model.tables import ListPlace

MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 3_000_000, 1_048_576, 16_384
_EPOCH = dt.datetime(1899, 12, 30)
_FIRST_DAY = dt.date(1900, 3, 1)
_LONGEST = 32_767
_BEYOND_DOUBT = 2
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_TEXT, _QUOTED, _DAY, _MOMENT, _CLOCK, _SPAN = 1, 2, 3, 4, 5, 6
_FORMATS = {_TEXT: 49, _QUOTED: 49, _DAY: 14, _MOMENT: 22, _CLOCK: 21, _SPAN: 46}
_HIDDEN = ' hidden="1"'
_STAMP = (1980, 1, 1, 0, 0, 0)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "application/vnd.openxmlformats-package.relationships+xml"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def fits_a_workbook(sheets: Sequence[RawSheet]) -> bool:
    """Tell whether the sheets are small enough for a workbook that can be opened with comfort."""
    cells = sum(len(row) for sheet in sheets for row in sheet.rows)
    tallest = max((sheet.first_row + len(sheet.rows) for sheet in sheets), default=0)
    return cells <= MOST_CELLS and tallest <= MOST_ROWS


def outgrows_a_workbook(places: Iterable[ListPlace]) -> bool:
    """Tell whether the lists of a file are so long that nobody need look at its cells to know they do not fit."""
    cells = sum(place.last_row * len(place.columns) for place in places)
    return cells > _BEYOND_DOUBT * MOST_CELLS


def sheet_names(sheets: Sequence[RawSheet], unnamed: str) -> dict[str, str]:
    """Return name in the source -> name in the workbook: at most 31 signs, none of the forbidden ones, each once."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        wanted = _FORBIDDEN.sub("_", _ILLEGAL.sub("_", sheet.sheet)).strip("'")[:31] or unnamed
        name, number = wanted, 2
        while name.casefold() in taken:
            name, number = f"{wanted[:27]} ({number})", number + 1
        taken.add(name.casefold())
        names[sheet.sheet] = name
    return names


def write_plain_workbook(sheets: Sequence[RawSheet], names: Mapping[str, str], path: Path, *, as_text: bool) -> None:
    """Write sheets of values as .xlsx.

    Parameters
    ----------
    sheets : sequence of RawSheet
    names : mapping of str to str
        As `sheet_names` gives them.
    path : Path
    as_text : bool
        Show texts in the text format, so that a program does not change them when they are edited.
    """
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _frame(numbers, [names[sheet.sheet] for sheet in sheets], sheets):
            archive.writestr(_entry(name), content)
        for number, sheet in zip(numbers, sheets, strict=True):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
                for text in _sheet(sheet, as_text=as_text):
                    part.write(text.encode("utf-8"))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _frame(numbers: range, names: Sequence[str], sheets: Sequence[RawSheet]) -> Iterator[tuple[str, str]]:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_BOOK}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{_DECLARATION}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="{_PACKAGE}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_BOOK}.styles+xml"/>{parts}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*related, ("styles", "styles.xml")])
    states = {True: ' state="hidden"', False: ""}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}"{states[sheet.hidden]} r:id="rId{number}"/>'
        for number, name, sheet in zip(numbers, names, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'{_DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets></workbook>",
    )
    yield "xl/styles.xml", _styles()


def _relations(items: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(items, 1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def _styles() -> str:
    quoted = {True: ' quotePrefix="1"', False: ""}
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
        f"{quoted[style == _QUOTED]}/>"
        for style, number in _FORMATS.items()
    )
    return (
        f'{_DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="10"/><name val="Arial"/></font>'
        '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
        '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="{len(_FORMATS) + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
        f'xfId="0"/>{formats}</cellXfs><cellStyles count="1"><cellStyle name="Standard" xfId="0" builtinId="0"/>'
        "</cellStyles></styleSheet>"
    )


def _sheet(sheet: RawSheet, *, as_text: bool) -> Iterator[str]:
    yield f'{_DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    widths = _widths(sheet)
    if widths:
        yield "<cols>"
        for number, width in enumerate(widths, 1):
            unseen = _HIDDEN if _within(number - 1, sheet.hidden_columns) else ""
            yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"{unseen}/>'
        yield "</cols>"
    yield "<sheetData>"
    errors = {(row, column): text for row, column, text in sheet.errors}
    for number, row in enumerate(sheet.rows, sheet.first_row):
        cells = []
        for column, value in enumerate(row[:MOST_COLUMNS]):
            place = f"{column_letters(column)}{number}"
            if (number, column) in errors:
                cells.append(f'<c r="{place}" t="e"><v>{escape(errors[number, column])}</v></c>')
            elif value is not None:
                cells.append(_cell(place, value, as_text=as_text))
        if cells:
            unseen = _HIDDEN if _within(number, sheet.hidden_rows) else ""
            yield f'<row r="{number}"{unseen}>{"".join(cells)}</row>'
    yield "</sheetData>"
    yield from _merged(sheet)
    if as_text and widths:
        area = f"A1:{column_letters(len(widths) - 1)}{sheet.first_row + len(sheet.rows) - 1}"
        yield f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
    yield "</worksheet>"


def _within(number: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a number lies in one of the spans, which stand in order."""
    at = bisect_right(spans, number, key=lambda span: span[0]) - 1
    return at >= 0 and number <= spans[at][1]


def _merged(sheet: RawSheet) -> Iterator[str]:
    if sheet.merged:
        yield f'<mergeCells count="{len(sheet.merged)}">'
        for top, left, bottom, right in sheet.merged:
            first = f"{column_letters(left)}{sheet.first_row + top}"
            yield f'<mergeCell ref="{first}:{column_letters(right)}{sheet.first_row + bottom}"/>'
        yield "</mergeCells>"


def _widths(sheet: RawSheet) -> list[int]:
    widths: list[int] = []
    for row in sheet.rows[:500]:
        for column, value in enumerate(row[:MOST_COLUMNS]):
            if column == len(widths):
                widths.append(9)
            if value is not None:
                widths[column] = max(widths[column], min(45, len(str(value)) + 2))
    return widths


def _cell(place: str, value: CellValue, *, as_text: bool) -> str:
    if isinstance(value, str):
        style = _QUOTED if value[:1] in {"=", "+", "-", "@"} else _TEXT if as_text else 0
        shown = escape(_ILLEGAL.sub(" ", value[:_LONGEST]))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return _time(place, value)


def _time(place: str, value: dt.date | dt.time | dt.timedelta | None) -> str:
    if isinstance(value, dt.timedelta):
        return f'<c r="{place}" s="{_SPAN}"><v>{value / dt.timedelta(days=1)!r}</v></c>'
    if isinstance(value, dt.time):
        moment = dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
        return f'<c r="{place}" s="{_CLOCK}"><v>{moment / dt.timedelta(days=1)!r}</v></c>'
    day = value.date() if isinstance(value, dt.datetime) else value
    if day is None or value is None or day < _FIRST_DAY:  # earlier days have no agreed number
        return f'<c r="{place}" s="{_TEXT}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
    if isinstance(value, dt.datetime):
        serial = (value.replace(tzinfo=None) - _EPOCH) / dt.timedelta(days=1)
        return f'<c r="{place}" s="{_MOMENT}"><v>{serial!r}</v></c>'
    serial = (value - _EPOCH.date()).days
    return f'<c r="{place}" s="{_DAY}"><v>{serial}</v></c>'
