"""From problems and ledger to marks: which cell of which sheet is coloured, and what its comment says."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from vemas_analytics.marked.job import KINDS, CellMark, Front, ListItem, MarkKind, Remark, RowMark, SheetMarks
from vemas_analytics.model.names import SET_ASIDE_REASONS, Language
from vemas_analytics.model.sheets import place_in_sheet, sheet_of_place
from vemas_analytics.model.tables import ListPlace, Tables
from vemas_analytics.reference.texts import Catalogue, read_texts

_STRUCTURAL = frozenset({"sum", "footnote", "repeated_header"})
_ROW_KINDS: Mapping[str, MarkKind] = {"duplicate": "duplicate", "rejected": "rejected", "out_of_scope": "rejected"}
_WORDS = (
    "author", "legend", "lists", "no_lists", "list_line", "remarks", "items", "no_items", "hidden", "hidden_marks",
    "comments_left_out", "conversations", "kept", "table_name",
)  # fmt: skip
_COLUMN_WORDS = ("number", "severity", "sheet", "place", "heading", "value", "what", "why", "remedy")
_KEPT = ("charts", "images", "pivots", "slicers", "macros", "controls", "links")
_RECORDS_AT_ONCE = 5_000
MOST_ITEMS = 20_000
"""Lines of the list on the first sheet; beyond that problems.csv is the better place."""


@dataclass(frozen=True, slots=True)
class FileMarks:
    """All that a marked copy of one file needs to say; of its items no more than tell that there are too many."""

    sheets: tuple[SheetMarks, ...]
    items: tuple[ListItem, ...]
    counts: Mapping[MarkKind, int]
    lists: tuple[tuple[str, str, int, int, int, str], ...]


class ListPlaces:
    """The lists of one file, sorted once: a workbook can hold a thousand lists and a hundred thousand problems."""

    def __init__(self, places: Sequence[ListPlace]) -> None:
        self._sheets: dict[str, list[ListPlace]] = {}
        self._headed: dict[tuple[str, str], ListPlace] = {}
        for place in sorted(places, key=lambda place: place.last_row):
            self._sheets.setdefault(place.sheet, []).append(place)
            for column in place.columns:
                self._headed.setdefault((place.sheet, column.header), place)

    def about(self, sheet: str, row: int | None, heading: str) -> ListPlace | None:
        """Return the list a problem is about: the one its row lies in or above, or the first that has the heading."""
        if row is None:
            return self._headed.get((sheet, heading))
        here = self._sheets.get(sheet, [])
        found = bisect_left(here, row, key=lambda place: place.last_row)
        return here[min(found, len(here) - 1)] if here else None


class MarkBook:
    """Marks of all files, looked up by file.

    Parameters
    ----------
    tables : Tables
    problems : pandas.DataFrame
        The problems in words: columns `PROBLEM_COLUMNS`.
    language : {"de", "en"}
    """

    def __init__(self, tables: Tables, problems: pd.DataFrame, language: Language) -> None:
        self._texts = read_texts(language)
        self._tables = tables
        plain = problems.astype({"row": "object"})
        self._problems = {str(file): part for file, part in plain.groupby("file", sort=False, dropna=False)}
        self._places: dict[str, list[ListPlace]] = {}
        for place in tables.lists:
            self._places.setdefault(place.file, []).append(place)

    def concerns(self, file: str) -> bool:
        """Tell whether a file gave a list or a problem."""
        return file in self._problems or file in self._places

    def codes(self, file: str) -> set[str]:
        """Return the codes of the problems of a file."""
        return set(self._problems[file]["code"].astype(str)) if file in self._problems else set()

    def marks(self, file: str, names: Mapping[str, str] | None = None) -> FileMarks:
        """Return the marks of a file.

        Parameters
        ----------
        file : str
        names : mapping of str to str, optional
            Sheet as the problems name it -> sheet in the copy, where these differ.
        """
        collected = _Collected(self._texts)
        places = self._places.get(file, ())
        for place in places:
            collected.add_list(place)
        lists = ListPlaces(places)
        for problem in _records(self._problems.get(file)):
            collected.add_problem(problem, lists)
        return collected.finish(names or {}, tuple(self._ledger(file, names or {})))

    def _ledger(self, file: str, names: Mapping[str, str]) -> Iterator[tuple[str, str, int, int, int, str]]:
        ledger = self._tables.ledger
        for line in ledger[(ledger["file"] == file) & (ledger["table"] != "")].to_dict("records"):
            reasons = ", ".join(
                self._texts.plural(f"marked.reason.{reason}", int(line[reason]))
                for reason in SET_ASIDE_REASONS
                if int(line[reason])
            )
            table = self._texts.text(f"marked.table.{line['table']}")
            counts = (int(line["rows_read"]), int(line["rows_kept"]), int(line["rows_set_aside"]))
            yield _place_in_copy(str(line["sheet"]), names), table, *counts, reasons


class _Collected:
    """Marks of one file while they are being put together."""

    def __init__(self, texts: Catalogue) -> None:
        self._texts = texts
        self._cells: dict[tuple[str, int, int], list[tuple[MarkKind, Remark]]] = {}
        self._rows: dict[tuple[str, int], RowMark] = {}
        self._items: list[ListItem] = []
        self._counts: Counter[MarkKind] = Counter()
        self._said: dict[str, str] = {}

    def add_list(self, place: ListPlace) -> None:
        """Mark the rows of a list that were set aside, and say of the structural ones what they were taken for."""
        first, last = _span(place)
        for row, reason in place.set_aside.items():
            structural = reason in _STRUCTURAL
            kind: MarkKind = "structural" if structural else _ROW_KINDS[reason]
            self._rows[place.sheet, row] = RowMark(row, first, last, kind)
            if structural:
                title, text = self._texts.text(f"marked.row_mark.{reason}"), self._texts.text("marked.row_mark.text")
                self._cells.setdefault((place.sheet, row, first), []).append((kind, Remark(title, text)))
                self._counts[kind] += 1

    def add_problem(self, problem: Mapping[str, object], lists: ListPlaces) -> None:
        """Mark the cell a problem is about and list it."""
        sheet, heading = str(problem["sheet"]), _text(problem["column"])
        row = None if pd.isna(problem["row"]) else int(str(problem["row"]))  # type: ignore[call-overload]
        place = lists.about(sheet, row, heading)
        if row is None and place is not None and heading:
            row = place.header_rows[-1] if place.header_rows else None
        column = None if row is None else _column(place, heading)
        kind = self._kind(problem, sheet, row)
        what = self._texts.text(f"faults.{problem['code']}")
        what = what[:1].upper() + what[1:]
        why, remedy, value = (self._shared(_text(problem[name])) for name in ("message", "remedy", "value"))
        self._items.append(ListItem(kind, sheet, row, column, heading, value, what, why, remedy))
        self._counts[kind] += 1
        if row is not None and column is not None:
            title = f"{self._texts.text(f'marked.kind.{kind}')}: {what}"
            text = "\n".join((why, self._texts.text("marked.remedy", remedy=remedy)))
            remark = Remark(self._shared(title[:1].upper() + title[1:]), self._shared(text))
            self._cells.setdefault((sheet, row, column), []).append((kind, remark))

    def _shared(self, text: str) -> str:
        return self._said.setdefault(text, text)

    def _kind(self, problem: Mapping[str, object], sheet: str, row: int | None) -> MarkKind:
        severity = str(problem["severity"])
        if severity == "rejected":
            return "rejected"
        if severity == "repaired":
            return "repaired"
        mark = self._rows.get((sheet, row)) if row is not None else None
        return "duplicate" if mark is not None and mark.kind == "duplicate" else "note"

    def finish(self, names: Mapping[str, str], lists: tuple[tuple[str, str, int, int, int, str], ...]) -> FileMarks:
        """Return the marks by sheet, each cell once, and the list with what was not taken over first."""
        cells: dict[str, list[CellMark]] = {}
        for (place, row, column), found in sorted(self._cells.items()):
            found.sort(key=lambda item: KINDS.index(item[0]))
            mark = CellMark(row, column, found[0][0], tuple(dict.fromkeys(remark for _, remark in found)))
            cells.setdefault(_sheet_in_copy(place, names), []).append(mark)
        rows: dict[str, list[RowMark]] = {}
        for (place, _), row_mark in sorted(self._rows.items()):
            rows.setdefault(_sheet_in_copy(place, names), []).append(row_mark)
        sheets = tuple(
            SheetMarks(sheet, tuple(cells.get(sheet, ())), tuple(rows.get(sheet, ())))
            for sheet in sorted({*cells, *rows})
        )
        items = [
            replace(item, sheet=_sheet_in_copy(item.sheet, names))
            for item in sorted(self._items, key=lambda item: KINDS.index(item.kind))[: MOST_ITEMS + 1]
        ]
        return FileMarks(sheets, tuple(items), dict(self._counts), lists)


def _records(problems: pd.DataFrame | None) -> Iterator[dict[str, object]]:
    """Yield the problems of a file, few at a time: of a hundred thousand not all are held at once."""
    for start in range(0, 0 if problems is None else len(problems), _RECORDS_AT_ONCE):
        part = problems.iloc[start : start + _RECORDS_AT_ONCE]  # type: ignore[union-attr]
        for record in part.to_dict("records"):
            yield {str(key): value for key, value in record.items()}


def _sheet_in_copy(place: str, names: Mapping[str, str]) -> str:
    sheet = sheet_of_place(place)
    return names.get(sheet, sheet)


def _place_in_copy(place: str, names: Mapping[str, str]) -> str:
    sheet = sheet_of_place(place)
    return place_in_sheet(names.get(sheet, sheet), place.removeprefix(sheet).removeprefix("!"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _span(place: ListPlace) -> tuple[int, int]:
    columns = [column.index for column in place.columns]
    return min(columns, default=0), max(columns, default=0)


def _column(place: ListPlace | None, heading: str) -> int:
    if place is None:
        return 0
    named = (column.index for column in place.columns if heading and column.header == heading)
    return next(named, _span(place)[0])


def build_front(
    subject: str, marks: FileMarks, paragraphs: Sequence[tuple[str, tuple[str, ...]]], language: Language
) -> Front:
    """Return the first sheet of a copy in the words of a language."""
    texts = read_texts(language)
    words = {name: str(texts.entries[f"marked.{name}"]) for name in _WORDS}
    words |= {f"column.{name}": texts.text(f"marked.column.{name}") for name in _COLUMN_WORDS}
    words |= {f"kind.{kind}": texts.text(f"marked.kind.{kind}") for kind in KINDS}
    words |= {f"meaning.{kind}": texts.text(f"marked.meaning.{kind}") for kind in KINDS}
    words |= {f"kept.{kind}": texts.text(f"marked.kept_names.{kind}") for kind in _KEPT}
    return Front(
        name=texts.text("marked.sheet"),
        title=texts.text("marked.title"),
        subject=texts.text("marked.subject", file=subject),
        paragraphs=tuple(paragraphs),
        counts=marks.counts,
        lists=marks.lists,
        items=marks.items[:MOST_ITEMS],
        words=words,
        language=language,
    )
