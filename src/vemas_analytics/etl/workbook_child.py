"""The child process that opens workbooks: a file that aborts its reader takes down no more than this process.

It is started by path, not as part of the package, so that it imports nothing but the reader itself. Protocol: each
request is one line of JSON (the path of a workbook); the answer is a sequence of frames, each eight bytes of
length and a pickle of plain values: ``("format", name)``, then for each sheet
``("sheet", name, hidden, first_row, merged, errors)`` and ``("rows", list of tuples)`` as often as needed, at
last ``("end",)`` or ``("error", reason)``.
"""

import datetime as dt
import json
import pickle
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

ROWS_A_FRAME = 4096
"""Rows sent at once: enough to share repeated texts, few enough to keep the memory of both sides small."""

_WIDEST = 16_384
_MOST_MERGED = 5_000
_MOST_ERRORS = 1_000
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\bname=\"([^\"]*)\"[^>]*?\b\w+:id=\"([^\"]+)\"")
_TARGET = re.compile(rb"<Relationship\s[^>]*>")
_ERROR_CELL = re.compile(rb"<c\s([^>]*\bt=\"e\"[^>]*)>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d+)\"")
_MEMO_SIZE = 50_000
_WHOLE = 1e15
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def main(memory_mib: int) -> None:
    """Answer requests until the pipe closes."""
    _limit_memory(memory_mib)
    answers = sys.stdout.buffer
    for line in sys.stdin.buffer:
        finished = _answer(json.loads(line), answers)
        answers.flush()
        if not finished:
            return


def _limit_memory(memory_mib: int) -> None:
    """Cap the address space where the system can; elsewhere the time limit alone protects."""
    try:
        import resource
    except ImportError:
        return
    size = memory_mib * 1024 * 1024
    for kind, limit in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(kind, (limit, limit))
        except (OSError, ValueError):
            continue


def _send(answers: BinaryIO, *message: object) -> None:
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    answers.write(len(body).to_bytes(8, "big"))
    answers.write(body)


def _answer(path: str, answers: BinaryIO) -> bool:
    """Send one workbook; False when this process should not be used again."""
    try:
        content = Path(path).read_bytes()
    except OSError:
        _send(answers, "error", "no_access")
        return True
    name = _format(content)
    if name in {"encrypted", "unknown"}:
        _send(answers, "error", "encrypted" if name == "encrypted" else "not_a_spreadsheet")
        return True
    try:
        _send(answers, "format", name)
        errors = _error_cells(content) if name in {"xlsx", "xlsm"} else []
        for frame in _frames(content, errors):
            _send(answers, *frame)
        _send(answers, "end")
    except MemoryError:
        _send(answers, "error", "too_large")
        return False
    except BrokenPipeError:
        return False
    except BaseException as error:  # a panic of the reader is no Exception
        reason = "encrypted" if "assword" in f"{type(error).__name__} {error}" else "damaged"
        _send(answers, "error", reason)
        return isinstance(error, Exception)
    return True


def _format(content: bytes) -> str:
    """Tell the kind of workbook by its content; names of parts stand uncompressed in a ZIP archive."""
    if content.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "xls"
    if content.startswith(b"PK"):
        if b"xl/workbook.bin" in content:
            return "xlsb"
        if b"opendocument.spreadsheet" in content[:400] or b"content.xml" in content:
            return "ods"
        return "xlsm" if b"xl/vbaProject.bin" in content else "xlsx"
    if content[:2] == b"\x09\x08" or content[:4] in {b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"}:
        return "xls"
    return "unknown"


def _error_cells(content: bytes) -> list[list[tuple[int, int, str]]]:
    """Return, for each sheet of a workbook in order, the cells with an error value, which the reader shows as empty."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            sheets = _SHEET.findall(package.read("xl/workbook.xml"))
            targets = {
                _attribute(relation, b"Id"): _attribute(relation, b"Target")
                for relation in _TARGET.findall(package.read("xl/_rels/workbook.xml.rels"))
            }
            return [_errors_of_part(package, targets.get(key.decode(), "")) for _, key in sheets]
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, NotImplementedError):
        return []  # the reader itself will say what is wrong


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\b" + name + rb"=\"([^\"]*)\"", tag)
    return match.group(1).decode("utf-8", "replace") if match else ""


def _errors_of_part(package: zipfile.ZipFile, target: str) -> list[tuple[int, int, str]]:
    part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    if part not in package.namelist():
        return []
    xml = package.read(part)
    found: list[tuple[int, int, str]] = []
    for match in _ERROR_CELL.finditer(xml) if b't="e"' in xml else ():
        place = _PLACE.search(match.group(1))
        if place is not None and len(found) < _MOST_ERRORS:
            column = 0
            for letter in place.group(1):
                column = column * 26 + letter - 64
            found.append((int(place.group(2)), column - 1, match.group(2).decode("utf-8", "replace")))
    return found


def _frames(content: bytes, errors: Sequence[Sequence[tuple[int, int, str]]]) -> Iterator[tuple[Any, ...]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        first = sheet.start or (0, 0)
        merged = [
            (top - first[0], left, bottom - first[0], right)
            for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())[:_MOST_MERGED]
        ]
        wrong = list(errors[index]) if index < len(errors) else []
        yield "sheet", meta.name, meta.visible != SheetVisibleEnum.Visible, first[0] + 1, merged, wrong
        if sheet.start is not None:
            yield from _row_frames(sheet.to_python(skip_empty_area=True), min(first[1], _WIDEST))


def _row_frames(rows: Sequence[Sequence[Any]], indent: int) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield the rows in portions, empty cells as None, whole numbers as int, equal texts and days shared."""
    lead = (None,) * indent
    memo: dict[Any, Any] = {}
    share = memo.setdefault
    for start in range(0, len(rows), ROWS_A_FRAME):
        portion = []
        for row in rows[start : start + ROWS_A_FRAME]:
            cells = [
                (share(v, v) if v and not v.isspace() else None)
                if (kind := type(v)) is str
                else (int(v) if v.is_integer() and -_WHOLE < v < _WHOLE else v)
                if kind is float
                else share(v, v)
                if kind is dt.date
                else v
                for v in row
            ]
            portion.append((*lead, *cells))
        if len(memo) > _MEMO_SIZE:
            memo.clear()
        yield "rows", portion


if __name__ == "__main__":
    main(int(sys.argv[1]))
