"""A marked copy of every workbook that gave a list or a problem, each made at arm's length."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from vemas_analytics.marked.job import Done, Job, MarkKind
from vemas_analytics.marked.marks import MOST_ITEMS, FileMarks, MarkBook, build_front
from vemas_analytics.marked.plain_workbook import (
    fits_a_workbook,
    outgrows_a_workbook,
    sheet_names,
    write_plain_workbook,
)
from vemas_analytics.marked.process import MarkingProcess
from vemas_analytics.model.names import Language
from vemas_analytics.model.settings import Limits
from vemas_analytics.model.sheets import ReadFile, SourceFile
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.mark_colours import read_mark_colours
from vemas_analytics.reference.texts import read_texts

_NOTHING_TO_COPY = frozenset({"unreadable_file", "unreadable_database", "empty_file"})
_UNMARKABLE = frozenset({"unfit", "damaged"})
_RISKY = re.compile(r'[<>:"|?*\\\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """What became of the copy of one file.

    Parameters
    ----------
    file : str
        The source, as the problems name it.
    path : str
        The copy, relative to the folder of the copies, with ``/``; empty when there is none.
    reason : str
        Why there is none, in words.
    """

    file: str
    path: str
    reason: str = ""


def write_marked_copies(
    tables: Tables,
    problems: pd.DataFrame,
    folder: Path,
    read: Callable[[SourceFile], ReadFile],
    *,
    limits: Limits,
    language: Language = "de",
    progress: Callable[[str], None] | None = None,
) -> tuple[MarkedCopy, ...]:
    """Write a copy of each file with every set-aside or repaired cell coloured and commented.

    Parameters
    ----------
    tables : Tables
    problems : pandas.DataFrame
        The problems in words of ``language``: columns `PROBLEM_COLUMNS`.
    folder : Path
        Made if it does not exist. A copy keeps the path of its source inside it.
    read : callable
        Gives the sheets of a source that is no .xlsx or .xlsm; of such a copy holds the values.
    limits : Limits
        Memory and time for each workbook.
    language : {"de", "en"}
    progress : callable, optional
        Called with the name of each file.

    Returns
    -------
    tuple of MarkedCopy
        One for each file that gave a list or a problem and could be read.
    """
    book = MarkBook(tables, problems, language)
    copies: list[MarkedCopy] = []
    taken: set[str] = set()
    with MarkingProcess(limits) as process:
        for source in tables.inputs:
            if not book.concerns(source.name) or book.codes(source.name) & _NOTHING_TO_COPY:
                continue
            if progress is not None:
                progress(source.name)
            maker = _Maker(book, source, folder, process, language)
            places = [place for place in tables.lists if place.file == source.name]
            copy = maker.make(read, taken, outgrows=outgrows_a_workbook(places))
            taken.add(copy.path.casefold())
            copies.append(copy)
    return tuple(copies)


class _Maker:
    """Makes the copy of one file."""

    def __init__(
        self, book: MarkBook, source: SourceFile, folder: Path, process: MarkingProcess, language: Language
    ) -> None:
        self._book, self._source, self._folder, self._process = book, source, folder, process
        self._language = language
        self._texts = read_texts(language)
        *parents, name = _safe_parts(source.name)
        self._parents = "/".join(parents)
        self._name = name
        self._part = folder.joinpath(*parents) / f".{name}.part"

    def make(self, read: Callable[[SourceFile], ReadFile], taken: set[str], *, outgrows: bool) -> MarkedCopy:
        """Mark the workbook itself where that can be done, else a workbook of its values, unless it outgrows one."""
        try:
            self._part.parent.mkdir(parents=True, exist_ok=True)
            done = Done("unfit")
            if _is_archive(self._source.path):
                done = self._mark(self._source.path, self._book.marks(self._source.name), ())
            if done.failure in _UNMARKABLE and outgrows:
                done = Done("too_long")
            elif done.failure in _UNMARKABLE:
                done = self._mark_values(read(self._source))
            if done.failure:
                return MarkedCopy(self._source.name, "", self._texts.text(f"marked.failure.{done.failure}"))
            path = self._free_path(taken, macros=done.macros)
            self._part.replace(self._folder / path)
            return MarkedCopy(self._source.name, path)
        except OSError:
            return MarkedCopy(self._source.name, "", self._texts.text("marked.failure.not_written"))
        finally:
            self._part.unlink(missing_ok=True)

    def _mark_values(self, found: ReadFile) -> Done:
        if not found.sheets:
            return Done("damaged")
        if not fits_a_workbook(found.sheets):
            return Done("too_long")
        names = sheet_names(found.sheets, self._texts.text("marked.unnamed_sheet"))
        key = "twin_csv" if found.format == "csv" else "twin_values"
        explained = self._texts.text(f"marked.paragraph.{key}").replace("{format}", found.format)
        plain = self._part.with_name(f".{self._name}.values.part")
        try:
            write_plain_workbook(found.sheets, names, plain, as_text=found.format == "csv")
            return self._mark(
                plain,
                self._book.marks(self._source.name, names),
                ((self._texts.text("marked.paragraph.twin"), (explained,)),),
            )
        finally:
            plain.unlink(missing_ok=True)

    def _mark(self, source: Path, marks: FileMarks, more: Sequence[tuple[str, tuple[str, ...]]]) -> Done:
        steps = tuple(self._texts.text(f"marked.paragraph.next_{number}") for number in range(1, 5))
        paragraphs = [(self._texts.text("marked.paragraph.next"), steps), *more]
        if len(marks.items) > MOST_ITEMS:
            left_out = self._texts.text("marked.items_left_out", n=MOST_ITEMS)
            paragraphs.append((self._texts.text("marked.remarks"), (left_out,)))
        front = build_front(self._source.name, marks, paragraphs, self._language)
        return self._process.mark(Job(source.resolve(), self._part.resolve(), marks.sheets, front, _colours()))

    def _free_path(self, taken: set[str], *, macros: bool) -> str:
        suffix = ".xlsm" if macros else ".xlsx"
        stem = self._name[: -len(suffix)] if self._name.casefold().endswith(suffix) else self._name
        lead = f"{self._parents}/" if self._parents else ""
        path, number = f"{lead}{stem}{suffix}", 2
        while path.casefold() in taken:
            path, number = f"{lead}{stem} ({number}){suffix}", number + 1
        return path


def _colours() -> Mapping[MarkKind, tuple[str, str]]:
    from vemas_analytics.marked.job import KINDS

    colours = read_mark_colours()
    return {kind: colours[kind] for kind in KINDS}


def _safe_parts(name: str) -> list[str]:
    """Return the parts of a source's name as parts of a path that stays inside the folder."""
    parts = [_RISKY.sub("_", part) for part in name.split("/") if part not in {"", ".", ".."}]
    return parts or ["_"]


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError:
        return False
