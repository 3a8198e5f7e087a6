"""The sheets of a workbook as frames for the parent process; runs in the child process only."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any, Final, TypeAlias

from vemas_analytics.etl.reading.workbook_format import Format
from vemas_analytics.etl.reading.workbook_parts import SheetParts, sheet_parts

Frame: TypeAlias = tuple[Any, ...]

ROWS_A_FRAME: Final = 4096
"""Rows sent at once: enough to share repeated texts, few enough to keep the memory of both sides small."""

_WIDEST: Final = 16_384
_LONGEST: Final = 1_048_576
_MOST_MERGED: Final = 5_000
_MEMO_SIZE: Final = 50_000
_WHOLE: Final = 1e15
_CELLS_A_FRAME: Final = 400_000
_REMEMBERED: Final = re.compile(r"'\w+:.*'#", re.DOTALL)
_ERROR_VALUES: Final = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
"""What stands in a cell whose formula failed; the sheet's own XML tells where, the cell counts as empty."""


def workbook_frames(content: bytes, kind: Format) -> Iterator[Frame]:
    """Yield the frames of a workbook's sheets, hidden ones too, each led by what its parts say beside the cells."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    parts = sheet_parts(content, kind)
    if any(part.cut_short for part in parts.values()):
        message = "a sheet without an end"  # the fast reader would take the rows that are left for all of them
        raise ValueError(message)
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet or (kind == "ods" and is_remembered(meta.name)):
            continue
        sheet = workbook.get_sheet_by_index(index)
        first = sheet.start or (0, 0)
        part = parts.get(meta.name)
        areas = [(*start, *end) for start, end in sheet.merged_cell_ranges or ()] or (part.merged if part else ())
        merged = tuple(
            (top - first[0], left, bottom - first[0], right) for top, left, bottom, right in areas[:_MOST_MERGED]
        )
        hidden = meta.visible != SheetVisibleEnum.Visible
        yield sheet_frame(meta.name, part, first_row=first[0] + 1, hidden=hidden, merged=merged)
        if sheet.start is not None:
            yield from row_frames(sheet.to_python(skip_empty_area=True), min(first[1], _WIDEST))


def sparse_frames(content: bytes) -> Iterator[Frame]:
    """Yield the frames of an .xlsx row by row: for sheets whose few cells lie so far apart that no grid holds them."""
    from openpyxl import load_workbook

    workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    parts = sheet_parts(content, "xlsx")
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()
        yield sheet_frame(sheet.title, parts.get(sheet.title), hidden=sheet.sheet_state != "visible")
        rows = islice(sheet.iter_rows(values_only=True, max_row=_LONGEST, max_col=None), _LONGEST)
        yield from row_frames((_without_tail(row[:_WIDEST]) for row in rows), 0)


def is_remembered(name: str) -> bool:
    """Tell whether a sheet of an OpenDocument is what it remembers of another file it refers to.

    Such cells stand under ``'file:///.../liste.ods'#Tabelle1`` and no program shows them; read as a sheet, the records
    of the other file would count twice.
    """
    return _REMEMBERED.match(name) is not None


def sheet_frame(name: str, parts: SheetParts | None = None, **more: Any) -> Frame:
    """Return the frame that opens a sheet: the fields of a `RawSheet` but its rows."""
    fields: dict[str, Any] = {"sheet": name, **more}
    if parts is not None:
        fields |= {
            "errors": tuple(parts.errors),
            "hidden_rows": tuple(parts.hidden_rows),
            "hidden_columns": tuple(parts.hidden_columns),
            "epoch_1904": parts.epoch_1904,
        }
    return "sheet", fields


def row_frames(rows: Iterable[Sequence[Any]], indent: int) -> Iterator[Frame]:
    """Yield rows in portions, empty cells as None, whole numbers as int, infinite ones as text, equal values shared.

    An empty row takes no room: two cells in opposite corners make a million of them, as wide as a sheet can be.
    """
    lead = (None,) * indent
    memo: dict[Any, Any] = {}
    share = memo.setdefault
    for taken in _portions(rows, indent):
        portion: list[tuple[Any, ...]] = []
        for row in taken:
            cells = [
                (share(v, v) if v and not v.isspace() else None)
                if (kind := type(v)) is str
                else (int(v) if v.is_integer() and -_WHOLE < v < _WHOLE else v if v - v == 0.0 else str(v))
                if kind is float
                else share(v, v)
                if kind is dt.date
                else v
                for v in row
            ]
            portion.append((*lead, *cells) if cells.count(None) < len(cells) else ())
        if len(memo) > _MEMO_SIZE:
            memo.clear()
        yield "rows", portion


def _portions(rows: Iterable[Sequence[Any]], indent: int) -> Iterator[list[Sequence[Any]]]:
    """Yield rows in portions of few enough cells, those before the first column of the sheet included."""
    taken: list[Sequence[Any]] = []
    cells = 0
    for row in rows:
        taken.append(row)
        cells += indent + len(row)
        if len(taken) == ROWS_A_FRAME or cells >= _CELLS_A_FRAME:
            yield taken
            taken, cells = [], 0
    if taken:
        yield taken


def _without_tail(row: Sequence[Any]) -> Sequence[Any]:
    """Return a row without the empty cells at its end, days without a time of day."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return [_plain(value) for value in row[:end]]


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return None if value in _ERROR_VALUES else value
