"""What a workbook says beside its cells: error values, hidden rows and columns; runs in the child process only.

Read from the parts themselves, as the reader of the cells does not tell. Nothing here refuses a file: where a part
cannot be understood, the answer is empty, and the reader of the cells says what is wrong.
"""

import re
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Final, TypeAlias

from vemas_analytics.etl.reading.workbook_format import Format

Span: TypeAlias = tuple[int, int]
Area: TypeAlias = tuple[int, int, int, int]

_MOST: Final = 1_000
_WIDEST_AREA: Final = 1 << 20
_LARGEST_PART: Final = 400 * 1024 * 1024
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ERROR_CELL = re.compile(rb"<c\s([^>]*\bt=\"e\"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>")
_EARLY_EPOCH = re.compile(rb"<(?:\w+:)?workbookPr\s[^>]*\bdate1904=\"(?:1|true)\"")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d+)\"")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-column)(?=[\s/>])([^>]*)>")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])([^<>]*)>")
_ODS_SPANNED = re.compile(rb"<table:table-cell\s[^<>]*number-(?:columns|rows)-spanned[^<>]*>")
_UNREADABLE = (
    KeyError, ValueError, OSError, IndexError, struct.error, zipfile.BadZipFile, zlib.error, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetParts:
    """Beside the cells of one sheet: ``errors`` as (spreadsheet row, column, text); spans of rows and columns.

    Rows count from 1 as the spreadsheet program does, columns from 0; both ends of a span belong to it.
    ``epoch_1904`` says that the workbook counts days from 1904, ``cut_short`` that the sheet has no end. ``merged``
    holds areas as (top, left, bottom, right), rows from 0 as well; the reader of an OpenDocument does not tell them.
    """

    errors: tuple[tuple[int, int, str], ...] = ()
    hidden_rows: tuple[Span, ...] = ()
    hidden_columns: tuple[Span, ...] = ()
    epoch_1904: bool = False
    cut_short: bool = False
    merged: tuple[Area, ...] = ()


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
    """Yield what the sheets of an open document say of hidden rows, hidden columns and merged cells."""
    spanned = [match.span() for match in _ODS_SPANNED.finditer(xml)][:_MOST]
    if not spanned and b'visibility="collapse"' not in xml and b'visibility="filter"' not in xml:
        return
    sheet: _OpenSheet | None = None
    for match in _ODS_TAG.finditer(xml):
        kind, tag = match.groups()
        if sheet is not None:
            spanned = sheet.take_merged(xml, spanned, match.start())
        if kind == b"table":
            if sheet is not None:
                yield sheet.name, sheet.parts()
            sheet = _OpenSheet(attribute(tag, b"name"))
        elif sheet is not None:
            sheet.take(kind, tag, match.end())
    if sheet is not None:
        sheet.take_merged(xml, spanned, len(xml))
        yield sheet.name, sheet.parts()


@dataclass(slots=True)
class _OpenSheet:
    """A sheet of an open document while its tags are walked through; ``begun`` is where its latest row begins."""

    name: str
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    row: int = 0
    column: int = 0
    begun: int = 0
    latest: int = 0

    def take(self, kind: bytes, tag: bytes, end: int) -> None:
        hidden = attribute(tag, b"visibility") in {"collapse", "filter"}  # a filter hides rows too
        if kind == b"table-row":
            repeated = _number(tag, b"number-rows-repeated")
            self.hidden_rows += [(self.row + 1, self.row + repeated)] if hidden else []
            self.begun, self.latest = end, self.row
            self.row += repeated
        else:
            repeated = _number(tag, b"number-columns-repeated")
            self.hidden_columns += [(self.column, self.column + repeated - 1)] if hidden else []
            self.column += repeated

    def take_merged(self, xml: bytes, spanned: list[Span], stop: int) -> list[Span]:
        """Take the merged cells that stand before ``stop``, all of them in the latest row; return the others."""
        taken = bisect_left(spanned, (stop, 0))
        for start, end in spanned[:taken]:
            cells = _ODS_CELL.findall(xml, self.begun, start)
            left = sum(_number(cell, b"number-columns-repeated") for cell in cells)
            tag = xml[start:end]
            down, right = _number(tag, b"number-rows-spanned"), _number(tag, b"number-columns-spanned")
            if 1 < max(down, right) <= _WIDEST_AREA:
                self.merged.append((self.latest, left, self.latest + down - 1, left + right - 1))
        return spanned[taken:]

    def parts(self) -> SheetParts:
        return SheetParts((), spans(self.hidden_rows), spans(self.hidden_columns), merged=tuple(self.merged))


def _number(tag: bytes, name: bytes) -> int:
    stated = attribute(tag, name)
    return int(stated) if stated.isdigit() else 1
