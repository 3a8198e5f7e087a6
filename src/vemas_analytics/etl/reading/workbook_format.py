"""What kind of file lies there, told by its content: names lie, and the reader must not be asked to guess."""

import re
import zipfile
from io import BytesIO
from typing import Final, Literal, TypeAlias

Format: TypeAlias = Literal[
    "xlsx", "xlsm", "xls", "xlsb", "ods", "fods", "xml", "html", "parquet", "encrypted", "unknown"
]
"""Kinds of workbook; ``xml`` is Excel's older form in XML, ``html`` a web page saved under a workbook's name."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF: Final = (b"\x09\x08", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_PARQUET: Final = (b"PAR1", b"PARE")
_WORKBOOK_STARTS: Final = (b"PK", *_PARQUET, _OLE[:4], *_BIFF)
_MARKUP: Final = re.compile(
    r"\s*(?:<\?xml\b[^>]*>|<!--.*?-->|<\?[^>]*>|<!doctype[^>\[]*>|\s)*"
    r"(?P<tag><(?:\w+:)?(?:workbook|document|html|head|body|table|meta|div|style)\b)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD: Final = 8_192


def is_workbook(start: bytes) -> bool:
    """Tell whether the first bytes of a file are a workbook's or markup that may hold one; else it is a text list."""
    return start.startswith(_WORKBOOK_STARTS) or _markup_kind(start) is not None


def find_format(content: bytes) -> Format:
    """Tell the kind of a workbook; names of parts stand uncompressed in a ZIP archive.

    Parameters
    ----------
    content : bytes
        The whole file.
    """
    if content.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in content else "xls"
    if content.startswith(b"PK"):
        return _archive_kind(content)
    if content.startswith(_PARQUET):
        return "encrypted" if content.startswith(b"PARE") else "parquet"
    if content.startswith(_BIFF):
        return "xls"
    return _markup_kind(content[:_HEAD]) or "unknown"


def _archive_kind(content: bytes) -> Format:
    if b"xl/workbook.bin" in content:
        return "xlsb"
    if b"content.xml" in content and b"xl/" not in content:
        head = content[:400]
        if b"mimetype" in head and b"opendocument.spreadsheet" not in head:
            return "unknown"  # text documents and drawings have the same parts
        return "encrypted" if _is_locked_document(content) else "ods"
    if b"word/document.xml" in content or b"ppt/presentation.xml" in content:
        return "unknown"
    return "xlsm" if b"xl/vbaProject.bin" in content else "xlsx"


def _is_locked_document(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return b"manifest:encryption-data" in package.read("META-INF/manifest.xml")
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def _markup_kind(start: bytes) -> Format | None:
    text = _decoded(start)
    match = _MARKUP.match(text)
    if match is None:
        return None
    tag = match.group("tag").casefold()
    if tag.endswith(":document") or tag == "<document":
        return "fods" if "opendocument:xmlns:office" in text else None
    if tag.endswith("workbook"):
        return "xml"
    return "html"


def _decoded(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", "replace").removeprefix("\ufeff")
    return start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
