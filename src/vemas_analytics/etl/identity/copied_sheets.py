"""Sheets that repeat a sheet of another file from first to last: a copied file adds nothing."""

from collections.abc import Sequence
from typing import Any

from vemas_analytics.etl.clean.records import Records

_NAMED_FOR_THE_FILE = frozenset({"forum_id"})
"""Columns that may hold the file's own name where the list gives none."""


def copied_rows(records: Records) -> dict[int, int]:
    """Return row -> the row of an earlier file that it copies, for sheets that agree in every row.

    A sheet is a copy where sheet name, row numbers and all that was read are the same. Single rows of lists that name
    nobody may well repeat each other; a whole sheet does not.

    Parameters
    ----------
    records : Records
        In (file, sheet, row) order.
    """
    sheets: dict[tuple[str, str], list[int]] = {}
    for at, place in enumerate(zip(records.files, records.sheets, strict=True)):
        sheets.setdefault(place, []).append(at)
    alike: dict[tuple[str, tuple[int, ...]], list[list[int]]] = {}
    copied: dict[int, int] = {}
    for (_, sheet), rows in sheets.items():
        originals = alike.setdefault((sheet, tuple(records.rows[at] for at in rows)), [])
        original = next((other for other in originals if _agree(records, other, rows)), None)
        if original is None:
            originals.append(rows)
        else:
            copied |= dict(zip(rows, original, strict=True))
    return copied


def _agree(records: Records, first: Sequence[int], second: Sequence[int]) -> bool:
    columns: list[Sequence[Any]] = [
        column for name, column in records.values.items() if name not in _NAMED_FOR_THE_FILE
    ]
    columns += [records.persons, records.notes]
    return all(column[one] == column[other] for column in columns for one, other in zip(first, second, strict=True))
