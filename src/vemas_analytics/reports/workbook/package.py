"""What openpyxl leaves out, put into the saved file: alternative texts, own formats of labels, fixed time stamps."""

import datetime as dt
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

_STAMP = (1980, 1, 1, 0, 0, 0)
_DRAWING = re.compile(r"xl/drawings/drawing(\d+)\.xml")
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FORMULA = re.compile(r'<c r="(?P<place>[A-Z]+\d+)"(?P<rest>[^>]*)><f>(?P<formula>[^<]*)</f><v\s*(?:/>|></v>)</c>')
_FRAME = re.compile(r'(?P<frame><(?:\w+:)?cNvPr id="\d+" name="[^"]*")(?: descr="[^"]*")?')
_AREA = re.compile(rb'<dimension ref="(?P<area>[A-Z0-9:]+)"')
_DIGITS = re.compile(rb"<t(?: [^>]*)?>[\d.,]+</t>")
# What ECMA-376 has behind the errors to ignore; one of them stands on every sheet with a table.
_BEHIND_ERRORS = re.compile(rb"<(?:drawing|legacyDrawing|tableParts)\b|</worksheet>")
_UNLINKED = re.compile(rb'<(?:\w+:)?numFmt formatCode="[^"]*"(?! sourceLinked)')
# Excel itself writes the columns to repeat before the rows.
_TITLES = re.compile(rb"(?<=>)(?P<rows>'[^<>]*?'!\$\d+:\$\d+),(?P<columns>'[^<>]*?'!\$[A-Z]+:\$[A-Z]+)(?=</)")
_DATES = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")


def finish_package(
    source: IO[bytes],
    target: Path,
    alternatives: Sequence[Sequence[str]],
    as_of: dt.date,
    cached: Mapping[int, Mapping[str, str | float]],
    rows: Mapping[int, bytes],
) -> None:
    """Rewrite a saved workbook so that it is accessible and the same bytes on every run.

    Parameters
    ----------
    source : binary stream
        What openpyxl wrote.
    target : Path
        Where the finished file goes; overwritten.
    alternatives : sequence of sequence of str
        For each sheet with drawings, in sheet order, the alternative text of each drawing in order.
    as_of : datetime.date
        Stands as creation date in the properties.
    cached : mapping of int to mapping of str to text or number
        For each sheet with formulas, by its number, the value each formula gives; shown until a program recalculates.
    rows : mapping of int to bytes
        For each sheet with rows written as markup, by its number, these rows.
    """
    stamp = f"{as_of.isoformat()}T00:00:00Z"
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as finished:
        for name in package.namelist():
            content = package.read(name)
            sheet = _SHEET.fullmatch(name)
            number = int(sheet.group(1)) if sheet is not None else 0
            if sheet is not None:
                content = _let_digits_be_text(_with_rows(content, rows.get(number, b"")))
            drawing = _DRAWING.fullmatch(name)
            if drawing:
                content = _describe(content, alternatives[int(drawing.group(1)) - 1])
            elif number in cached:
                content = _show_values(content, cached[number])
            elif name == "xl/workbook.xml":
                content = _TITLES.sub(rb"\g<columns>,\g<rows>", content)
            elif name.startswith("xl/charts/"):
                content = _UNLINKED.sub(rb'\g<0> sourceLinked="0"', content)
            elif name == "docProps/core.xml":
                text = content.decode("utf-8")
                content = _DATES.sub(rf"\g<1>{stamp}\g<3>", text).encode("utf-8")
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            finished.writestr(entry, content)


def _with_rows(content: bytes, rows: bytes) -> bytes:
    """Put rows behind the last one of a sheet, and say how far the sheet now reaches."""
    if not rows:
        return content
    last = rows[rows.rindex(b'<row r="') + 8 :].split(b'"', 1)[0]
    longer = _AREA.sub(lambda match: match.group().rstrip(b'0123456789"') + last + b'"', content, count=1)
    return longer.replace(b"</sheetData>", rows + b"</sheetData>", 1)


def _let_digits_be_text(content: bytes) -> bytes:
    """Keep Excel from warning of identifiers, years as labels and sheet names that consist of digits."""
    if _DIGITS.search(content) is None:
        return content
    area = _AREA.search(content)
    place = area["area"] if area is not None else b"A1"
    ignored = b'<ignoredErrors><ignoredError sqref="' + place + b'" numberStoredAsText="1"/></ignoredErrors>'
    return _BEHIND_ERRORS.sub(lambda match: ignored + match.group(), content, count=1)


def _describe(content: bytes, texts: Sequence[str]) -> bytes:
    remaining = iter(texts)

    def add(match: re.Match[str]) -> str:
        text = next(remaining, "")
        return f"{match['frame']} descr={quoteattr(text)}"

    return _FRAME.sub(add, content.decode("utf-8")).encode("utf-8")


def _show_values(content: bytes, values: Mapping[str, str | float]) -> bytes:
    def add(match: re.Match[str]) -> str:
        value = values[match["place"]]
        kind, shown = (' t="str"', escape(value)) if isinstance(value, str) else ("", repr(value))
        return f'<c r="{match["place"]}"{match["rest"]}{kind}><f>{match["formula"]}</f><v>{shown}</v></c>'

    return _FORMULA.sub(add, content.decode("utf-8")).encode("utf-8")
