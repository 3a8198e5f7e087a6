"""Text lists: encoding and delimiter found by evidence, records counted as a spreadsheet program counts rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vemas_analytics.etl.sandbox import UnreadableFileError
from vemas_analytics.model.sheets import RawSheet

DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_RECORDS = 200
_SEPARATOR_LINE = re.compile(r'"?sep=([;,|\t])"?\r?\n?', re.IGNORECASE)
_LONGEST_CELL = 1_000_000
_MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|\{\\rtf|%pdf)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GERMAN = frozenset("äöüÄÖÜß")
_TYPOGRAPHIC = frozenset("éèáàóíçñ€§°–—„“”‚‘’«»…²³½·´×\u00a0®©")


@dataclass(frozen=True, slots=True)
class TextList:
    """A text file as a sheet, with the encoding and delimiter it was read by."""

    sheet: RawSheet
    encoding: str
    delimiter: str
    quotes_ignored: bool = False


def read_text_list(content: bytes) -> TextList:
    """Return the records of a CSV or TSV file; a record is one row, however many lines a quoted cell spans.

    Parameters
    ----------
    content : bytes
        The file. Encodings: UTF-8 (with or without mark), UTF-16, and the single-byte code pages of German and
        Russian offices, told apart by which letters stand beside each other.

    Raises
    ------
    UnreadableFileError
        When the content is no text list.
    """
    encoding = find_encoding(content)
    try:
        text = content.decode(encoding, errors="strict" if encoding.startswith("utf") else "replace")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("bad_text") from error
    text = text.removeprefix("\ufeff")
    if _CONTROL.search(text, 0, _SAMPLE_CHARACTERS) or _MARKUP.match(text):
        raise UnreadableFileError("not_a_spreadsheet")
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        text = text[stated.end() :]
    delimiter = stated.group(1) if stated else find_delimiter(text)
    rows, quotes_ignored = _records(text, delimiter)
    while rows and rows[-1].count(None) == len(rows[-1]):
        rows.pop()
    return TextList(RawSheet("", tuple(rows)), encoding, delimiter, quotes_ignored)


def find_encoding(content: bytes) -> str:
    """Return the encoding of a text by its byte order mark, its form, or the letters it would give."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:4000]
    if head and head.count(0) > len(head) // 5:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _find_code_page(content)
    return "utf-8"


def _find_code_page(content: bytes) -> str:
    """Choose the single-byte code page whose letters make words.

    Cyrillic words are runs of high bytes; German words hold single ones between plain letters.
    """
    lines = [line for line in content[:2_000_000].splitlines() if any(byte > 127 for byte in line)]
    sample = b"\n".join(lines)[:_SAMPLE_CHARACTERS]
    scores = {name: _german_score(sample.decode(name, "replace")) for name in ("cp1252", "mac_roman", "cp850")}
    scores |= {name: _cyrillic_score(sample.decode(name, "replace")) for name in ("cp1251", "koi8_r", "cp866")}
    best = max(scores.values())
    return next(name for name in scores if scores[name] == best)


def _german_score(text: str) -> float:
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]+", text):
        run = match.group()
        beside = text[match.start() - 1 : match.start()].isalpha() or text[match.end() : match.end() + 1].isalpha()
        if len(run) <= 2 and beside and all(sign in _GERMAN for sign in run):
            score += len(run)
        elif all(sign in _TYPOGRAPHIC or sign in _GERMAN for sign in run) and len(run) <= 2:
            score += 0.25 * len(run)
        else:
            score -= len(run)
    return score


def _cyrillic_score(text: str) -> float:
    score = 0.0
    for run in re.findall(r"[^\x00-\x7f]+", text):
        letters = sum("а" <= sign <= "я" or "А" <= sign <= "Я" or sign in "ёЁ" for sign in run)
        if letters < len(run) - 1 or not letters:
            score -= len(run) - letters if letters else 0.25 * len(run)
        elif letters == 1:
            score -= 0.5
        else:
            # words are written small after the first letter; the wrong Cyrillic code page mixes the cases
            small = sum(first.islower() or not first.isalpha() for first in run[1:])
            capitals = run.isupper()
            score += letters if capitals else small - (len(run) - 1 - small)
    return score


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


def _records(text: str, delimiter: str) -> tuple[list[tuple[str | None, ...]], bool]:
    """Return the rows; quotes count as plain signs where one is never closed, which would swallow the rest."""
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        return [_cells(record) for record in _reader(text, delimiter, strict=True)], False
    except csv.Error as error:
        unclosed = "unexpected end of data" in str(error)
    try:
        if unclosed:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE)
            return [_cells([cell.strip('"') for cell in record]) for record in reader], True
        return [_cells(record) for record in _reader(text, delimiter, strict=False)], False
    except csv.Error as error:
        raise UnreadableFileError("bad_text") from error
    finally:
        csv.field_size_limit(limit)


def _reader(text: str, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _cells(record: list[str]) -> tuple[str | None, ...]:
    return tuple([cell if cell and not cell.isspace() else None for cell in record])
