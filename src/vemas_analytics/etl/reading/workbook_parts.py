"""What a workbook says beside its cells: error values, hidden rows and columns; runs in the child process only.

Read from the parts themselves, as the reader of the cells does not tell. Nothing here refuses a file: where a part
cannot be understood, the answer is empty, and the reader of the cells says what is wrong.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Final, TypeAlias

from vemas_analytics.etl.reading.workbook_format import Format

Span: TypeAlias = tuple[int, int]

_MOST: Final = 1_000
_LARGEST_PART: Final = 400 * 1024 * 1024
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ERROR_CELL = re.compile(rb"<c\s([^>]*\bt=\"e\"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>")
_EARLY_EPOCH = re.compile(rb"<(?:\w+:)?workbookPr\s[^>]*\bdate1904=\"(?:1|true)\"")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d+)\"")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-column)(?=[\s/>])([^>]*)>")
_UNREADABLE = (
    KeyError, ValueError, OSError, IndexError, struct.error, zipfile.BadZipFile, zlib.error, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetParts:
    """Beside the cells of one sheet: ``errors`` as (spreadsheet row, column, text); spans of rows and columns.

    Rows count from 1 as the spreadsheet program does, columns from 0; both ends of a span belong to it.
    ``epoch_1904`` says that the workbook counts days from 1904, ``cut_short`` that the sheet has no end.
    """

    errors: tuple[tuple[int, int, str], ...] = ()
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    epoch_1904: bool = False
    cut_short: bool = False


def sheet_parts(content: bytes, kind: Format) -> Mapping[str, SheetParts]:
    """Return what each sheet, by name, says beside its cells.

    Parameters
    ----------
    content : bytes
        The whole workbook.
    kind : {"xlsx", "xlsm", "xlsb", "xls", "ods"}
    """
    from vemas_analytics.etl.reading.binary_parts import xls_parts, xlsb_parts

    try:
        if kind in {"xlsx", "xlsm"}:
            return dict(_xlsx_parts(content))
        if kind == "ods":
            return dict(_ods_parts(content))
        if kind == "xlsb":
            return dict(xlsb_parts(content))
        return dict(xls_parts(content)) if kind == "xls" else {}
    except _UNREADABLE:
        return {}


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a package, nothing where it is missing or too large to be looked through."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    return package.read(info) if info.file_size <= _LARGEST_PART else b""


def sheet_targets(package: zipfile.ZipFile, book: str) -> Mapping[str, str]:
    """Return the path of each part that a workbook's part refers to, by the key of the relation."""
    folder, _, name = book.rpartition("/")
    relations = _RELATION.findall(read_part(package, f"{folder}/_rels/{name}.rels"))
    paths: dict[str, str] = {}
    for relation in relations:
        target = attribute(relation, b"Target")
        paths[attribute(relation, b"Id")] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return paths


def attribute(tag: bytes, name: bytes) -> str:
    """Return the value of an attribute of a tag, empty where it has none."""
    match = re.search(rb"(?<![\w:])(?:\w+:)?" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return unescape((match.group(1) or match.group(2) or b"").decode("utf-8", "replace")) if match else ""


def spans(numbers: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, neighbours joined; no more than a note can use."""
    joined: list[Span] = []
    for first, last in sorted(numbers):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        elif len(joined) < _MOST:
            joined.append((first, last))
    return tuple(joined)


def _xlsx_parts(content: bytes) -> Iterator[tuple[str, SheetParts]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        targets = sheet_targets(package, "xl/workbook.xml")
        book = read_part(package, "xl/workbook.xml")
        early = _EARLY_EPOCH.search(book) is not None
        for tag in _SHEET.findall(book):
            xml = read_part(package, targets.get(attribute(tag, b"id"), ""))
            hides = b"hidden=" in xml
            yield (
                attribute(tag, b"name"),
                SheetParts(
                    tuple(_errors(xml)) if b't="e"' in xml else (),
                    spans(_hidden_rows(xml)) if hides else (),
                    spans(_hidden_columns(xml)) if hides else (),
                    early,
                ),
            )


def _errors(xml: bytes) -> Iterator[tuple[int, int, str]]:
    found = 0
    for match in _ERROR_CELL.finditer(xml):
        place = _PLACE.search(match.group(1))
        if place is not None and found < _MOST:
            found += 1
            column = 0
            for letter in place.group(1):
                column = column * 26 + letter - 64
            yield int(place.group(2)), column - 1, match.group(2).decode("utf-8", "replace")


def _is_hidden(tag: bytes) -> bool:
    return attribute(tag, b"hidden") in {"1", "true"}


def _hidden_rows(xml: bytes) -> Iterator[Span]:
    number = 0
    for match in _ROW.finditer(xml):
        tag = match.group(1)
        stated = attribute(tag, b"r") if b"hidden" in tag else ""
        if not stated and (place := re.search(rb"(?<![\w:])r=\"(\d+)\"", tag)):
            stated = place.group(1).decode()
        number = int(stated) if stated.isdigit() else number + 1
        if b"hidden" in tag and _is_hidden(tag):
            yield number, number


def _hidden_columns(xml: bytes) -> Iterator[Span]:
    for match in _COLUMN.finditer(xml):
        tag = match.group(1)
        first, last = attribute(tag, b"min"), attribute(tag, b"max")
        if _is_hidden(tag) and first.isdigit() and last.isdigit():
            yield int(first) - 1, int(last) - 1


def _ods_parts(content: bytes) -> Iterator[tuple[str, SheetParts]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        yield from open_document_parts(read_part(package, "content.xml"))


def open_document_parts(xml: bytes) -> Iterator[tuple[str, SheetParts]]:
    """Yield what the sheets of an open document say of hidden rows and columns; a filter hides rows too."""
    if b'visibility="collapse"' not in xml and b'visibility="filter"' not in xml:
        return
    name: str | None = None
    rows: list[Span] = []
    columns: list[Span] = []
    row = column = 0
    for match in _ODS_TAG.finditer(xml):
        kind, tag = match.groups()
        if kind == b"table":
            if name is not None:
                yield name, SheetParts((), spans(rows), spans(columns))
            name, rows, columns, row, column = attribute(tag, b"name"), [], [], 0, 0
            continue
        hidden = attribute(tag, b"visibility") in {"collapse", "filter"}
        stated = attribute(tag, b"number-rows-repeated" if kind == b"table-row" else b"number-columns-repeated")
        repeated = int(stated) if stated.isdigit() else 1
        if kind == b"table-row":
            rows += [(row + 1, row + repeated)] if hidden else []
            row += repeated
        else:
            columns += [(column, column + repeated - 1)] if hidden else []
            column += repeated
    if name is not None:
        yield name, SheetParts((), spans(rows), spans(columns))
