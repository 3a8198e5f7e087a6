"""The encoding of a text, found by evidence: its mark, its form, or the letters it would give."""

import codecs
import io
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

MIXED: Final = "vemas-cp1252"
"""Name of the error handler that reads what is no UTF-8 as cp1252: lists put together from two sources."""

_CHUNK: Final = 1 << 20
_SAMPLE_CHARACTERS: Final = 200_000
_HEAD: Final = 4_000
_GERMAN: Final = frozenset("äöüÄÖÜß")
_TYPOGRAPHIC: Final = frozenset("éèáàóíçñ€§°–—„“”‚‘’«»…²³½·´×\u00a0®©")
_WESTERN: Final = ("cp1252", "mac_roman", "cp850")
_CYRILLIC: Final = ("cp1251", "koi8_r", "cp866")
_HIGH_BYTES_OF_WIDE: Final = (0x00, 0x04, 0x20)
"""High halves of UTF-16 in German and Russian lists: Latin letters, Cyrillic letters, typographic signs."""

_STRAY_SHARE: Final = 0.1
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_MULTIBYTE: Final = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(MIXED, _as_cp1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A name for `codecs`; ``strays`` says that some bytes do not fit it and are to be read as cp1252 (`MIXED`)."""

    name: str
    strays: bool = False


def find_encoding(content: bytes | BinaryIO) -> Encoding:
    """Return the encoding of a text by its byte order mark, its form, or the letters it would give.

    Parameters
    ----------
    content : bytes or binary stream
        A stream is read to its end in portions and left there.

    Returns
    -------
    Encoding
        utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be or a code page. UTF-8 is also returned for a text with a
        few stray bytes.
    """
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    start = stream.read(_CHUNK)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Encoding("utf-16")
    marked = start.startswith(b"\xef\xbb\xbf")
    wide = None if marked else _wide_without_mark(start[:_HEAD])
    if wide:
        return Encoding(wide)
    sample = _not_utf8(stream, start)
    if sample is None:
        return Encoding("utf-8-sig" if marked else "utf-8")
    strays = len(_HIGH.findall(_MULTIBYTE.sub(b"", sample)))
    if marked or (strays < _STRAY_SHARE * len(_MULTIBYTE.findall(sample)) and _reads_as_words(sample)):
        return Encoding("utf-8-sig" if marked else "utf-8", strays=True)
    return Encoding(_find_code_page(sample))


def _wide_without_mark(head: bytes) -> str | None:
    """Tell UTF-16 without a mark: every second byte is one of very few, and zeros stand there only."""
    size = len(head) // 2
    if size < 2:
        return None
    low, high = head[0 : 2 * size : 2], head[1 : 2 * size : 2]
    for name, wide, other in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        few = sum(wide.count(byte) for byte in _HIGH_BYTES_OF_WIDE)
        if few > 0.9 * size and wide.count(0) > 0 and wide.count(0x20) < 0.5 * size and other.count(0) < 0.1 * size:
            return name
    return None


def _not_utf8(stream: BinaryIO, start: bytes) -> bytes | None:
    """Return the lines with high bytes of the first portion that is no UTF-8, or None when all of it is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    portion, before = start, b""
    while portion:
        try:
            decoder.decode(portion)
        except UnicodeDecodeError:
            return _high_lines(before + portion)
        before = portion[-64:]
        portion = stream.read(_CHUNK)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _high_lines(before)
    return None


def _high_lines(portion: bytes) -> bytes:
    lines = [line for line in portion.splitlines() if not line.isascii()]
    return b"\n".join(lines)[:_SAMPLE_CHARACTERS]


def _reads_as_words(sample: bytes) -> bool:
    """Tell whether the multi-byte sequences of a sample give letters of words: chance gives rare signs."""
    text = sample.decode("utf-8", "ignore")
    return _german_score(text) + _cyrillic_score(text) > 0


def _find_code_page(sample: bytes) -> str:
    """Choose the single-byte code page whose letters make words.

    Cyrillic words are runs of high bytes; German words hold single ones between plain letters.
    """
    scores = {name: _german_score(sample.decode(name, "replace")) for name in _WESTERN}
    scores |= {name: _cyrillic_score(sample.decode(name, "replace")) for name in _CYRILLIC}
    best = max(scores.values())
    return next(name for name in scores if scores[name] == best)


def _german_score(text: str) -> float:
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]+", text):
        run = match.group()
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if len(run) <= 2 and (before.isalpha() or after.isalpha()) and all(sign in _GERMAN for sign in run):
            score += len(run)
            if (before.islower() and run[0].isupper()) or (after.islower() and before in _CELL_EDGE and run.islower()):
                score -= 0.6  # a capital inside a word, a small letter at the start of a cell: another code page's
        elif all(sign in _TYPOGRAPHIC or sign in _GERMAN for sign in run) and len(run) <= 2:
            score += 0.25 * len(run)
        else:
            score -= len(run)
    return score


_CELL_EDGE: Final = frozenset({"", ";", ",", "\t", "|", '"', "\n"})


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
