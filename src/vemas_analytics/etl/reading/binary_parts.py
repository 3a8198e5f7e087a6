"""Hidden rows and columns of binary workbooks (.xls, .xlsb), by their records; runs in the child process only.

Sources: [MS-XLS] 2.4.28 BoundSheet8, 2.4.53 ColInfo, 2.4.221 Row; [MS-XLSB] 2.4.311 BrtBundleSh, 2.4.323 BrtColInfo,
2.4.741 BrtRowHdr, BrtWbProp; [MS-CFB] 2.2 to 2.6.
"""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Final

from vemas_analytics.etl.reading.workbook_parts import SheetParts, Span, read_part, sheet_targets, spans

_FREE: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks (end of chain, free), not places."""

_BOF, _EOF, _BOUND_SHEET, _ROW, _COLUMN_INFO, _DATE_MODE, _FILE_PASS = 0x809, 0x0A, 0x85, 0x208, 0x7D, 0x22, 0x2F
_FIRST_RECORDS: Final = 50
_BOOK_PROPERTIES, _BUNDLE_SHEET, _ROW_HEADER, _BINARY_COLUMN = 153, 156, 0, 60
_BOOK: Final = "xl/workbook.bin"
_NO_TEXT: Final = 0xFFFFFFFF


def xls_parts(content: bytes) -> Iterator[tuple[str, SheetParts]]:
    """Yield, for each sheet of an .xls, its name and its hidden rows and columns."""
    stream = _workbook_stream(content)
    early = False
    for kind, body in _records(stream, 0):
        if kind == _EOF:
            return
        if kind == _DATE_MODE:
            early = body[:1] == b"\x01"
        if kind == _BOUND_SHEET and len(body) > 8:
            size, wide = body[6], body[7] & 1
            text = body[8 : 8 + size * (2 if wide else 1)]
            name = text.decode("utf-16-le" if wide else "latin-1", "replace")
            yield name, _xls_sheet(stream, struct.unpack_from("<I", body)[0], early=early)


def is_locked_xls(content: bytes) -> bool:
    """Tell whether an .xls is protected by a password (a FilePass record, [MS-XLS] 2.4.117)."""
    try:
        stream = _workbook_stream(content)
    except (struct.error, IndexError, ValueError):
        return False
    for kind, _ in islice(_records(stream, 0), _FIRST_RECORDS):
        if kind == _FILE_PASS:
            return True
        if kind == _EOF:
            break
    return False


def _xls_sheet(stream: bytes, start: int, *, early: bool) -> SheetParts:
    rows: list[Span] = []
    columns: list[Span] = []
    depth, ended = 0, False
    for kind, body in _records(stream, start):
        if kind == _BOF:
            depth += 1  # charts stand inside a sheet as streams of their own
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                ended = True
                break
        elif kind == _ROW and len(body) >= 14 and depth == 1 and struct.unpack_from("<H", body, 12)[0] & 0x20:
            number = struct.unpack_from("<H", body)[0] + 1
            rows.append((number, number))
        elif kind == _COLUMN_INFO and len(body) >= 10 and depth == 1:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & 1 and first <= last:
                columns.append((first, last))
    return SheetParts((), spans(rows), spans(columns), early, cut_short=not ended)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    place = start
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream of the workbook out of its compound file; the oldest workbooks are the stream itself."""
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        return content
    power, small_power = struct.unpack_from("<HH", content, 30)
    if power not in {9, 12} or small_power > power:
        return b""
    sector, small_sector = 1 << power, 1 << small_power
    directory_start, _, cutoff, small_start = struct.unpack_from("<4I", content, 48)
    table, area = _sector_table(content, sector), content[sector:]
    directory = _chain(area, table, directory_start, sector)
    root, found = (0, 0), None
    for place in range(0, len(directory) - 127, 128):
        entry = directory[place : place + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", entry, 116)
        if entry[66] == 5:
            root = (start, size)
        elif name in {"Workbook", "Book"}:
            found = (start, size)
    if found is None:
        return b""
    start, size = found
    if size >= cutoff:
        return _chain(area, table, start, sector)[:size]
    small_bytes = _chain(area, table, small_start, sector)
    small_table = list(struct.unpack(f"<{len(small_bytes) // 4}I", small_bytes[: len(small_bytes) // 4 * 4]))
    return _chain(_chain(area, table, root[0], sector), small_table, start, small_sector)[:size]


def _sector_table(content: bytes, sector: int) -> list[int]:
    """Return which sector follows each sector."""
    places = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // sector)):
        if following >= _FREE:
            break
        more = struct.unpack_from(f"<{sector // 4}I", content, (following + 1) * sector)
        places += more[:-1]
        following = more[-1]
    table: list[int] = []
    for place in places:
        if place < _FREE and (place + 2) * sector <= len(content) + sector - 1:
            part = content[(place + 1) * sector : (place + 2) * sector]
            table += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
    return table


def _chain(area: bytes, table: list[int], start: int, sector: int) -> bytes:
    parts: list[bytes] = []
    current, longest = start, len(area) // sector + 1
    while current < min(_FREE, len(table)) and len(parts) < longest:
        parts.append(area[current * sector : (current + 1) * sector])
        current = table[current]
    return b"".join(parts)


def xlsb_parts(content: bytes) -> Iterator[tuple[str, SheetParts]]:
    """Yield, for each sheet of an .xlsb, its name and its hidden rows and columns."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        early = xlsb_is_early(package)
        for sheet in bundled_sheets(package):
            rows, columns = _xlsb_hidden(read_part(package, sheet.path))
            yield sheet.name, SheetParts((), rows, columns, early)


@dataclass(frozen=True, slots=True)
class BundledSheet:
    """A sheet as the workbook part of an .xlsb names it; ``path`` is empty where no part belongs to it."""

    name: str
    path: str
    hidden: bool


def bundled_sheets(package: zipfile.ZipFile) -> Iterator[BundledSheet]:
    """Yield the sheets of an .xlsb in the order of their tabs."""
    targets = sheet_targets(package, _BOOK)
    for kind, body in binary_records(read_part(package, _BOOK)):
        if kind == _BUNDLE_SHEET and len(body) >= 16:
            key, place = wide_text(body, 8)
            yield BundledSheet(wide_text(body, place)[0], targets.get(key, ""), body[0] & 3 != 0)


def xlsb_is_early(package: zipfile.ZipFile) -> bool:
    """Tell whether an .xlsb counts days from 1904."""
    records = binary_records(read_part(package, _BOOK))
    return any(kind == _BOOK_PROPERTIES and body[:1] and body[0] & 1 for kind, body in records)


def _xlsb_hidden(stream: bytes) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    rows: list[Span] = []
    columns: list[Span] = []
    for kind, body in binary_records(stream):
        if kind == _ROW_HEADER and len(body) >= 13:
            number = struct.unpack_from("<I", body)[0] + 1
            if body[11] & 0x10:
                rows.append((number, number))
        elif kind == _BINARY_COLUMN and len(body) >= 18:
            first, last = struct.unpack_from("<II", body)
            if body[16] & 1 and first <= last:
                columns.append((first, last))
    return spans(rows), spans(columns)


def wide_text(body: bytes, place: int) -> tuple[str, int]:
    """Return a text that stands at a place after its length, and the place behind it."""
    size = struct.unpack_from("<I", body, place)[0]
    end = place + 4 + 2 * size
    if size == _NO_TEXT:
        return "", place + 4
    if end > len(body):
        raise ValueError("a text longer than its record")
    return body[place + 4 : end].decode("utf-16-le", "replace"), end


def binary_records(stream: bytes, *, strict: bool = False) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each record of an .xlsb; kind and size are numbers of seven bits a byte.

    Parameters
    ----------
    strict : bool
        Refuse a last record that is cut short.

    Raises
    ------
    ValueError
    """
    place = 0
    while place < len(stream):
        kind = stream[place]
        place += 1
        if kind & 0x80 and place < len(stream):
            kind |= stream[place] << 8
            kind = (kind & 0x7F) | ((kind >> 8 & 0x7F) << 7)
            place += 1
        size = shift = 0
        while place < len(stream) and shift < 28:
            byte = stream[place]
            size |= (byte & 0x7F) << shift
            place, shift = place + 1, shift + 7
            if not byte & 0x80:
                break
        if strict and place + size > len(stream):
            raise ValueError("a record cut short")
        yield kind, stream[place : place + size]
        place += size
