"""Text lists: encoding and delimiter found by evidence, records counted as a spreadsheet program counts rows."""

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from vemas_analytics.etl.reading.sandbox import ROW_COST, UnreadableFileError
from vemas_analytics.etl.reading.text_encoding import MIXED, Encoding, find_encoding
from vemas_analytics.model.sheets import RawSheet

DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_CHARACTERS: Final = 200_000
_SAMPLE_RECORDS: Final = 200
_SEPARATOR_LINE = re.compile(r'"?sep=([^\w\s"]|\t)"?\r?\n?', re.IGNORECASE)
_LONGEST_CELL: Final = 1_000_000
_LONGEST_LINE: Final = 16_000_000
"""Characters of one record, or of the records taken at once; nobody writes lists with cells of such length."""

_WIDEST_ROW: Final = 100_000
_PORTION: Final = 512
_CONTROL_SHARE: Final = 0.01
_PAD_SHARE: Final = 0.4
_MEMO_SIZE: Final = 50_000
_MARKUP = re.compile(r"\s*(<[a-z!?/][^<>]{0,2000}>|\{\\rtf|%pdf|mime-version:|-----begin|#!/|id;p[a-z])", re.IGNORECASE)
_CHUNK: Final = 1 << 20
_CONTROL_BYTES: Final = bytes([*range(9), *range(14, 27), *range(28, 32)])
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class TextList:
    """A text file as a sheet, with the encoding and delimiter it was read by.

    ``quotes_ignored`` says that an opening quote is never closed, so that quotes counted as plain signs;
    ``strays`` that some bytes are no UTF-8 and were read as cp1252; ``controls_dropped`` that control characters
    were left out.
    """

    sheet: RawSheet
    encoding: str
    delimiter: str
    quotes_ignored: bool = False
    strays: bool = False
    controls_dropped: bool = False


def read_text_list(content: bytes | Path, memory_mib: float = 512) -> TextList:
    """Return the records of a CSV or TSV file; a record is one row, however many lines a quoted cell spans.

    Parameters
    ----------
    content : bytes or Path
        The file; read in portions, so that the memory it takes is that of its rows. Encodings: UTF-8 (with or
        without mark), UTF-16, and the single-byte code pages of German and Russian offices, told apart by which
        letters stand beside each other.
    memory_mib : float
        What the rows may take in MiB, with what they come to take as records.

    Raises
    ------
    UnreadableFileError
        When the content is no text list, or too large.
    """
    with _opened(content) as stream:
        encoding = find_encoding(stream)
    text = _Text(content, encoding)
    sample = text.sample()
    if _is_binary(sample) or _MARKUP.match(sample):
        raise UnreadableFileError("not_a_spreadsheet")
    stated = _SEPARATOR_LINE.match(sample)
    if stated:
        text.skipped = stated.end()
    delimiter = stated.group(1) if stated else find_delimiter(sample)
    rows, quotes_ignored = _records(text, delimiter, memory_mib * 1024 * 1024)
    while rows and rows[-1].count(None) == len(rows[-1]):
        rows.pop()
    sheet = RawSheet("", tuple(rows))
    return TextList(sheet, encoding.name, delimiter, quotes_ignored, encoding.strays, text.has_controls)


def _is_binary(sample: str) -> bool:
    """Tell whether a text holds more control characters than a faulty export leaves; NUL pads fields in some."""
    pads = sample.count("\0")
    others = len(_CONTROL.findall(sample)) - pads
    return others > _CONTROL_SHARE * len(sample) or (pads > _PAD_SHARE * len(sample) or (pads > 0 and others > 0))


def _opened(content: bytes | Path) -> BinaryIO:
    return io.BytesIO(content) if isinstance(content, bytes) else content.open("rb")


class _Text:
    """A text that can be read from its beginning more than once, line by line.

    ``pending`` counts the characters given out since it was last set to zero.
    """

    def __init__(self, content: bytes | Path, encoding: Encoding) -> None:
        self._content = content
        self._encoding = encoding
        self.skipped = 0
        self.pending = 0
        self.has_controls = self._holds_controls()

    def _stream(self) -> io.TextIOWrapper:
        errors = MIXED if self._encoding.strays else "replace"
        return io.TextIOWrapper(_opened(self._content), self._encoding.name, errors=errors, newline="")

    def _holds_controls(self) -> bool:
        with _opened(self._content) as stream:
            if self._encoding.name.startswith("utf-16"):
                text = io.TextIOWrapper(stream, self._encoding.name, errors="replace", newline="")
                return any(_CONTROL.search(portion) for portion in iter(lambda: text.read(_CHUNK), ""))
            portions = iter(lambda: stream.read(_CHUNK), b"")
            return any(len(portion.translate(None, _CONTROL_BYTES)) < len(portion) for portion in portions)

    def sample(self) -> str:
        """Return the beginning, without a byte order mark."""
        with self._stream() as stream:
            return stream.read(_SAMPLE_CHARACTERS).removeprefix("\ufeff")

    def lines(self) -> Iterator[str]:
        """Yield the lines with their ends, from behind the line that names the separator."""
        self.pending = 0
        with self._stream() as stream:
            read, has_controls = stream.readline, self.has_controls
            line = read(_LONGEST_LINE).removeprefix("\ufeff")
            line = line[self.skipped :] or read(_LONGEST_LINE)
            while line:
                self.pending += len(line)
                if self.pending >= _LONGEST_LINE:
                    raise UnreadableFileError("too_large")
                yield _CONTROL.sub("", line) if has_controls else line
                line = read(_LONGEST_LINE)


def find_delimiter(text: str) -> str:
    """Return the delimiter under which most records have the same number of cells; the semicolon when none has two."""
    sample = text[:_SAMPLE_CHARACTERS]
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        widths: Counter[int] = Counter()
        total = 0
        for record in _sampled(sample, delimiter):
            total += 1
            widths[len(record)] += 1
        wide = {width: count for width, count in widths.items() if width > 1}
        if not wide:
            continue
        width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
        near = sum(n for w, n in wide.items() if abs(w - width) <= 1)
        score = (0.7 * count + 0.3 * near) / total * min(width, 12) ** 0.5
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _sampled(sample: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(record):
                records.append(record)
            if len(records) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        return [line.split(delimiter) for line in sample.splitlines()[:_SAMPLE_RECORDS] if line]
    return records


def _records(text: _Text, delimiter: str, budget: float) -> tuple[list[tuple[str | None, ...]], bool]:
    """Return the rows; quotes count as plain signs where one is never closed, which would swallow the rest."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        try:
            return _rows(text, csv.reader(text.lines(), delimiter=delimiter, strict=True), budget), False
        except csv.Error as error:
            unclosed = "unexpected end of data" in str(error) or "field larger" in str(error)
        if unclosed:
            plain = csv.reader(text.lines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
            return _rows(text, ([cell.strip('"') for cell in record] for record in plain), budget), True
        return _rows(text, csv.reader(text.lines(), delimiter=delimiter), budget), False
    except csv.Error as error:
        raise UnreadableFileError("bad_text") from error
    finally:
        csv.field_size_limit(limit)


def _rows(text: _Text, records: Iterable[list[str]], budget: float) -> list[tuple[str | None, ...]]:
    """Return the records as rows of shared texts, as long as they fit the memory allowed."""
    rows: list[tuple[str | None, ...]] = []
    memo = _Shown()
    source = iter(records)
    while portion := list(islice(source, _PORTION)):
        budget -= _take(portion, rows, memo, budget)
        text.pending = 0
    return rows


def _take(portion: list[list[str]], rows: list[tuple[str | None, ...]], memo: "_Shown", budget: float) -> int:
    """Move a portion to the rows; return the bytes it takes there."""
    if max(map(len, portion), default=0) > _WIDEST_ROW:
        raise UnreadableFileError("too_large")
    known = len(memo)
    taken = [tuple(map(memo.__getitem__, row)) for row in portion]
    spent = (
        sum(map(sys.getsizeof, taken))
        + (8 + ROW_COST) * len(taken)
        + sum(map(sys.getsizeof, islice(memo, known, None)))
    )
    if spent > budget:
        raise UnreadableFileError("too_large")
    rows += taken
    if len(memo) > _MEMO_SIZE:
        memo.clear()
    return spent


class _Shown(dict[str, str | None]):
    """What each cell shows: its text, one object for all cells that hold it, or nothing where it is blank."""

    def __missing__(self, cell: str) -> str | None:
        shown = self[cell] = cell if cell and not cell.isspace() else None
        return shown
