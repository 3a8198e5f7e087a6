"""What is asked of the process that marks one workbook: plain nouns that travel through a pipe."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

MarkKind: TypeAlias = Literal["rejected", "repaired", "duplicate", "note", "structural"]
KINDS: tuple[MarkKind, ...] = ("rejected", "repaired", "duplicate", "note", "structural")
"""What a mark says, the gravest first: a cell with several marks takes the look of the first."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One paragraph of a comment: what is the matter, and the sentences below it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell to be coloured and commented; ``row`` as the spreadsheet program counts, ``column`` from 0."""

    row: int
    column: int
    kind: MarkKind
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class RowMark:
    """A row to be coloured from column ``first`` to ``last`` (both from 0, inclusive)."""

    row: int
    first: int
    last: int
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """All marks of one sheet."""

    sheet: str
    cells: tuple[CellMark, ...]
    rows: tuple[RowMark, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One line of the list on the first sheet; ``column`` from 0, None where the whole row or sheet is meant."""

    kind: MarkKind
    sheet: str
    row: int | None
    column: int | None
    heading: str
    value: str
    what: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Front:
    """The first sheet.

    Parameters
    ----------
    name, title, subject : str
        Name of the sheet, its heading, and the file it is about.
    paragraphs : tuple of (heading, tuple of sentences)
    counts : mapping of MarkKind to int
    lists : tuple of (sheet, table, read, kept, set aside, how many for which reason)
    items : tuple of ListItem
    words : mapping of str to str
        Fixed words by key, with ``{n}`` or ``{names}`` where the marking fills in what it found.
    language : str
    """

    name: str
    title: str
    subject: str
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]
    counts: Mapping[MarkKind, int]
    lists: tuple[tuple[str, str, int, int, int, str], ...]
    items: tuple[ListItem, ...]
    words: Mapping[str, str]
    language: str


@dataclass(frozen=True, slots=True)
class Job:
    """Mark the workbook ``source`` and write it to ``target``; ``colours`` maps a kind to (cell, row) as RRGGBB."""

    source: Path
    target: Path
    sheets: tuple[SheetMarks, ...]
    front: Front
    colours: Mapping[MarkKind, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job.

    Parameters
    ----------
    failure : str
        Empty when the copy stands, else a code of ``texts/<language>/marked.toml`` under ``failure``.
    macros : bool
        The workbook holds macros and needs a file name that says so.
    """

    failure: str = ""
    macros: bool = False
