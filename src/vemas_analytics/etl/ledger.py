"""The account of every row: read, kept, or set aside for a reason."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from vemas_analytics.etl.clean.records import CleanedList, Place
from vemas_analytics.model.names import SET_ASIDE_REASONS, SetAsideReason
from vemas_analytics.model.sheets import RawColumn, RawTable, ReadFile
from vemas_analytics.model.tables import LEDGER_COLUMNS, ListPlace

_TEXTS = frozenset({"file", "sheet", "table", "sha256"})


def build_ledger(
    files: Sequence[ReadFile], cleaned: Iterable[CleanedList], duplicates: Mapping[str, Iterable[Place]]
) -> pd.DataFrame:
    """Return the ledger: a line per list found, and one line of zeros for each file or sheet that gave none.

    Parameters
    ----------
    files : sequence of ReadFile
    cleaned : iterable of CleanedList
        One per recognised list.
    duplicates : mapping of str to iterable of Place
        Table -> rows set aside as duplicates.

    Returns
    -------
    pandas.DataFrame
        Columns `LEDGER_COLUMNS`; ``rows_read = rows_kept + rows_set_aside`` on every line. ``sheet`` is the
        ``source_sheet`` of the list's records.
    """
    by_list = {id(item.raw): item for item in cleaned}
    repeated = _by_sheet(duplicates)
    lines: list[dict[str, object]] = []
    for read in files:
        found = [table for table in read.tables if id(table) in by_list]
        for raw in found:
            item = by_list[id(raw)]
            lines.append(_line(read, raw, _reasons(item, repeated.get(raw.table or "", {}))))
        sheets = {table.sheet for table in found}
        without = [sheet.sheet for sheet in read.sheets if sheet.sheet not in sheets]
        if not found and not without:
            without = [""]
        lines += [_empty_line(read, sheet) for sheet in without]
    frame = pd.DataFrame(lines, columns=list(LEDGER_COLUMNS))
    return frame.astype({column: "string" if column in _TEXTS else "Int64" for column in LEDGER_COLUMNS})


def list_places(cleaned: Iterable[CleanedList], duplicates: Mapping[str, Iterable[Place]]) -> tuple[ListPlace, ...]:
    """Return where each list stands and which of its rows were set aside, by the same account as the ledger."""
    repeated = _by_sheet(duplicates)
    return tuple(
        ListPlace(
            item.raw.file,
            item.raw.place,
            item.raw.table or "",
            item.raw.header_rows,
            _columns_there(item.raw),
            item.raw.rows.numbers[-1] if item.raw.rows else max(item.raw.header_rows, default=0),
            _reasons(item, repeated.get(item.raw.table or "", {})),
        )
        for item in cleaned
    )


def _columns_there(raw: RawTable) -> tuple[RawColumn, ...]:
    """Return the columns of a list without those that only titles of parts fill: they are not in the sheet."""
    handed = {cell.column for cell in raw.handed_down if cell.rule == "part_title"}
    return tuple(column for column in raw.columns if column.header or column.index not in handed)


def _reasons(item: CleanedList, duplicates: Mapping[tuple[str, str], set[int]]) -> dict[int, SetAsideReason]:
    rows = item.raw.rows
    reasons: dict[int, SetAsideReason] = {rows.numbers[at]: reason for at, reason in rows.reasons.items()}
    reasons |= item.set_aside
    repeated = duplicates.get((item.raw.file, item.raw.place))
    if repeated:
        reasons |= {number: "duplicate" for number in rows.numbers if number in repeated}
    return reasons


def _by_sheet(duplicates: Mapping[str, Iterable[Place]]) -> dict[str, dict[tuple[str, str], set[int]]]:
    """Return table -> (file, sheet) -> rows set aside as duplicates."""
    found: dict[str, dict[tuple[str, str], set[int]]] = {}
    for table, places in duplicates.items():
        for place in places:
            found.setdefault(table, {}).setdefault((place.file, place.sheet), set()).add(place.row)
    return found


def _line(read: ReadFile, raw: RawTable, reasons: Mapping[int, SetAsideReason]) -> dict[str, object]:
    counts = Counter(reasons.values())
    return {
        "file": read.source.name,
        "sheet": raw.place,
        "table": raw.table,
        "header_row": raw.header_rows[-1] if raw.header_rows else None,
        "rows_read": len(raw.rows),
        "rows_kept": len(raw.rows) - len(reasons),
        "rows_set_aside": len(reasons),
        **{reason: counts[reason] for reason in SET_ASIDE_REASONS},
        "sha256": read.source.sha256,
    }


def _empty_line(read: ReadFile, sheet: str) -> dict[str, object]:
    zeros = ("rows_read", "rows_kept", "rows_set_aside", *SET_ASIDE_REASONS)
    return {
        "file": read.source.name,
        "sheet": sheet,
        "table": "",
        "header_row": None,
        **dict.fromkeys(zeros, 0),
        "sha256": read.source.sha256,
    }
