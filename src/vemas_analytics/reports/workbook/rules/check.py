"""Checking one workbook against all rules."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import openpyxl
from lxml import etree

from vemas_analytics.model.names import LANGUAGES, Language
from vemas_analytics.reference.texts import read_texts
from vemas_analytics.reports.workbook.rules.breach import Breach
from vemas_analytics.reports.workbook.rules.covering import check_covering
from vemas_analytics.reports.workbook.rules.package import check_package
from vemas_analytics.reports.workbook.rules.sheets import check_book, check_sheet, margin_text

_PREFIX: Final = "workbook.rule."
_UNREADABLE: Final = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
)


def read_rules(language: Language) -> Mapping[str, str]:
    """Return id and text of every rule, in the order of the list."""
    entries = read_texts(language).entries
    return {key.removeprefix(_PREFIX): str(text) for key, text in entries.items() if key.startswith(_PREFIX)}


def check_workbook(path: Path) -> tuple[Breach, ...]:
    """Return every breach of the rules in a workbook that `write_workbook` wrote.

    Language and banner are taken from the workbook itself: whether it is the right one, the comparison with the
    sources tells.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of Breach
        Rules on the package first; where a file cannot be read on, ``readable`` comes last.
    """
    found: list[Breach] = []
    try:
        with zipfile.ZipFile(path) as package:
            found += check_package(package)
        book = openpyxl.load_workbook(path)
    except _UNREADABLE as error:
        return (*found, Breach("readable", "", "", f"{type(error).__name__}: {error}"))
    written = (book.properties.language or "")[:2]
    language: Language = next((item for item in LANGUAGES if item == written), LANGUAGES[0])
    texts = read_texts(language)
    banner = margin_text(book.worksheets[0].oddHeader, "center")
    found += check_book(book, texts)
    for position, sheet in enumerate(book.worksheets):
        found += check_sheet(sheet, banner, texts, is_cover=position == 0)
        found += check_covering(sheet)
    return tuple(found)
