"""Tiny .xls and .xlsb workbooks made record by record, as the documents of their formats say."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cell = str | float | bool | None
DAY_STYLE = 1
"""Style of a number that is a day, in both formats."""


@dataclass(frozen=True)
class Day:
    """A number of days in the clothes of a date."""

    serial: float


@dataclass(frozen=True)
class Sheet:
    """Rows by number from 0; what is hidden is counted from 0 too."""

    name: str
    rows: Mapping[int, Sequence[Cell | Day]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[int, int] | None = None
    state: int = 0


def _biff(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls_stream(*sheets: Sheet, early: bool = False) -> bytes:
    """Return the stream of a BIFF8 workbook, which oldest programs saved as the file itself."""
    parts = [_xls_sheet(sheet) for sheet in sheets]
    plain = struct.pack("<HHH", 0, 0, 0xFFF5) + bytes(14)
    day = struct.pack("<HHH", 0, 14, 1) + bytes(14)
    head = [
        _biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)),
        _biff(0x42, struct.pack("<H", 1200)),
        _biff(0x22, struct.pack("<H", early)),
        _biff(0xE0, plain),
        _biff(0xE0, day),
    ]
    bounds = [struct.pack("<IBBBB", 0, sheet.state, 0, len(sheet.name), 1) + _wide(sheet.name) for sheet in sheets]
    start = sum(map(len, head)) + sum(len(_biff(0x85, bound)) for bound in bounds) + len(_biff(0x0A))
    for number, (bound, part) in enumerate(zip(bounds, parts, strict=True)):
        bounds[number] = struct.pack("<I", start) + bound[4:]
        start += len(part)
    return b"".join([*head, *(_biff(0x85, bound) for bound in bounds), _biff(0x0A), *parts])


def _xls_sheet(sheet: Sheet) -> bytes:
    parts = [_biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    if sheet.hidden_columns:
        parts.append(_biff(0x7D, struct.pack("<6H", *sheet.hidden_columns, 2560, 0, 1, 0)))
    for number, cells in sheet.rows.items():
        flags = 0x120 if number in sheet.hidden_rows else 0x100
        parts.append(_biff(0x208, struct.pack("<8H", number, 0, len(cells), 255, 0, 0, flags, 0)))
    for number, cells in sheet.rows.items():
        for column, value in enumerate(cells):
            parts.append(_xls_cell(number, column, value))
    return b"".join([*parts, _biff(0x0A)])


def _xls_cell(row: int, column: int, value: Cell | Day) -> bytes:
    place = struct.pack("<HHH", row, column, DAY_STYLE if isinstance(value, Day) else 0)
    if value is None:
        return b""
    if isinstance(value, str):
        return _biff(0x204, place + struct.pack("<HB", len(value), 1) + _wide(value))
    if isinstance(value, bool):
        return _biff(0x205, place + struct.pack("<BB", value, 0))
    return _biff(0x203, place + struct.pack("<d", value.serial if isinstance(value, Day) else value))


def xls(*sheets: Sheet, early: bool = False) -> bytes:
    """Return a workbook in its compound file: header, one sector of places, one of names, then the stream."""
    stream = xls_stream(*sheets, early=early)
    stream += bytes(max(4096, -(-len(stream) // 512) * 512) - len(stream))
    count = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    assert len(chain) <= 128
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    names = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, -1, 2, len(stream)) + bytes(256)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108) + table + names + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = _wide(name) + bytes(2)
    head = text + bytes(64 - len(text)) + struct.pack("<HBB3i", len(text), kind, 1, -1, -1, child)
    return head + bytes(36) + struct.pack("<II", start, size) + bytes(4)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def record(kind: int, body: bytes = b"") -> bytes:
    """Return a record of an .xlsb: kind and size in seven bits a byte."""
    size, length = b"", len(body)
    while True:
        length, low = length >> 7, length & 0x7F
        size += bytes([low | (0x80 if length else 0)])
        if not length:
            break
    return (bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])) + size + body


def text(value: str) -> bytes:
    """Return a text as records of an .xlsb hold it."""
    return struct.pack("<I", len(value)) + _wide(value)


def xlsb(*sheets: Sheet, early: bool = False, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return an .xlsb; ``more`` adds parts or puts others in their place."""
    relations = "".join(
        f'<Relationship Id="r{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        f' Target="worksheets/sheet{i}.bin"/>'
        for i in range(1, len(sheets) + 1)
    )
    bundle = b"".join(
        record(156, struct.pack("<II", sheet.state, i) + text(f"r{i}") + text(sheet.name))
        for i, sheet in enumerate(sheets, 1)
    )
    book = record(131) + record(153, struct.pack("<I", early) + bytes(8)) + record(143) + bundle
    styles = record(278) + record(617, struct.pack("<I", 2)) + _style(0) + _style(14) + record(618) + record(279)
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "xl/_rels/workbook.bin.rels": f"<Relationships>{relations}</Relationships>".encode(),
        "xl/workbook.bin": book + record(144) + record(132),
        "xl/styles.bin": styles,
        **{f"xl/worksheets/sheet{i}.bin": xlsb_sheet(sheet) for i, sheet in enumerate(sheets, 1)},
        **(more or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return target.getvalue()


def _style(number_format: int) -> bytes:
    return record(47, struct.pack("<HH", 0, number_format) + bytes(12))


def xlsb_sheet(sheet: Sheet) -> bytes:
    """Return the part of one sheet."""
    width = max((len(cells) for cells in sheet.rows.values()), default=1)
    parts = [record(129), record(148, struct.pack("<4I", 0, max(sheet.rows, default=0), 0, max(0, width - 1)))]
    if sheet.hidden_columns:
        columns = struct.pack("<IIIIH", *sheet.hidden_columns, 2560, 0, 1)
        parts += [record(390), record(60, columns), record(391)]
    parts.append(record(145))
    for number, cells in sheet.rows.items():
        flags = 0x10 if number in sheet.hidden_rows else 0
        parts.append(record(0, struct.pack("<IIHBBB", number, 0, 300, 0, flags, 0) + struct.pack("<I", 0)))
        parts += [_xlsb_cell(column, value) for column, value in enumerate(cells) if value is not None]
    return b"".join([*parts, record(146), record(130)])


def _xlsb_cell(column: int, value: Cell | Day) -> bytes:
    place = struct.pack("<II", column, DAY_STYLE if isinstance(value, Day) else 0)
    if isinstance(value, str):
        return record(6, place + text(value))
    if isinstance(value, bool):
        return record(4, place + bytes([value]))
    number = float(value.serial if isinstance(value, Day) else value or 0)
    (bits,) = struct.unpack("<Q", struct.pack("<d", number))
    if number.is_integer() and abs(number) < 1 << 28 and not isinstance(value, Day):
        return record(2, place + struct.pack("<i", int(number) << 2 | 2))
    if bits & 0x3FFFFFFFF == 0:  # a number short enough for half its size, as days are
        return record(2, place + struct.pack("<I", bits >> 32))
    return record(5, place + struct.pack("<d", number))
