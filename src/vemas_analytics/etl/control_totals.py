"""A list's own sums and head counts against what a recount of its rows gives."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from vemas_analytics.etl.clean.records import CleanedList
from vemas_analytics.etl.parse.amounts import DecimalMark, Unit, find_decimal_mark, read_amount, read_unit
from vemas_analytics.etl.parse.cells import as_text, tidy
from vemas_analytics.etl.parse.counts import read_count
from vemas_analytics.etl.total_spans import Spans
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import CellValue, RawColumn, RawRow, RawTable
from vemas_analytics.model.tables import CONTROL_COLUMNS
from vemas_analytics.reference.words import fold

_AMOUNT_FIELDS: Final = frozenset({"value", "cost_eur"})
_COUNT_FIELDS: Final[Mapping[str, str]] = {"companies": "companies", "persons": "persons", "attendees": "persons"}
_LONGEST_LABEL = 500
_NO_SUM = re.compile(
    r"(?<!\w)(?:durchschnitt\w*|mittelwert\w*|average|mean|среднее|davon|darunter|of which|thereof)(?!\w)"
)
_COUNTING = re.compile(
    r"(?<!\w)(?:anzahl|anz|zahl|gesamtzahl|\w*teilnehmerzahl|number|count|количество|кол во|число|datensätze|records|"
    r"(?:teilnehmer|teilnehmende|personen|anfragen|angebote|reisen|participants|inquiries|offers|trips)\s(?:gesamt|insgesamt|total))(?!\w)"
)
_PERSONS = re.compile(
    r"(?<!\w)(?:teilnehm\w*|person\w*|gäste|tn|besucher\w*|attend\w*|participants|участник\w*|человек)(?!\w)"
)
_UNIT_AFTER = re.compile(
    r"\d+\s+(?:teilnehm\w*|personen|gäste|anfragen|angebote|reisen|firmen|participants|inquiries|offers|trips|участник\w*)"
)
_FIRMS = re.compile(r"(?<!\w)(?:\w*firm\w*|\w*unternehmen|betriebe|compan\w*|компани\w*|предприят\w*)(?!\w)")
_FORUMS = re.compile(r"(?<!\w)(?:\w*foren|\w*forums?|veranstaltung\w*|events?|форум\w*|мероприят\w*)(?!\w)")
_NAMED = re.compile(
    rf"{_PERSONS.pattern}|{_FIRMS.pattern}|{_FORUMS.pattern}"
    r"|(?<!\w)(?:anfrag\w*|angebot\w*|\w*reisen|datensätze|records|inquir\w*|offers|trips|запрос\w*|предложен\w*|поезд\w*)(?!\w)"
)
"""What a row that counts says it counts; without such a word its numbers belong to the columns they stand in."""

_FOR_ALL = re.compile(r"(?<!\w)(?:gesamt\w*|insgesamt|total|grand total|overall|всего)(?!\w)")


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """One total that a list states, and the recount.

    Parameters
    ----------
    row : int
        Where it stands.
    column : str
        Header of the column it sums, or its label.
    stated, recounted : float
        Counts, or amounts in units of the currency.
    agrees : bool
    written : str
        The total as the list writes it.
    """

    row: int
    column: str
    stated: float
    recounted: float
    agrees: bool
    written: str = ""


def compare_totals(cleaned: CleanedList, repeated: Set[int] = frozenset()) -> tuple[ControlTotal, ...]:
    """Compare every total that a list states with the recount of the rows it stands for.

    A total agrees when it is the sum of all rows as they stand (that is what a formula adds up), of those without
    a negative amount, of those not rejected, or of those taken over. It may stand for all rows above it or for those
    since the subtotal before. Where nothing agrees the recount of all rows as they stand is given.

    Parameters
    ----------
    cleaned : CleanedList
    repeated : set of int
        Rows of this list set aside as duplicates.
    """
    raw = cleaned.raw
    stating = [raw.rows[at] for at, reason in sorted(raw.rows.reasons.items()) if reason in {"sum", "footnote"}]
    if not stating and "attendees" not in raw.facts:
        return ()
    cleaned = replace(cleaned, marks=_decimal_marks(raw))
    records = raw.rows.record_numbers()
    refused = {number for number, reason in cleaned.set_aside.items() if reason == "rejected"}
    negative = {number for rows in cleaned.numbers.values() for number, value in rows.items() if value < 0}
    left_out: tuple[Set[int], ...] = (frozenset(), negative, refused, {*cleaned.set_aside, *repeated})
    totals: list[ControlTotal] = []
    since = 0
    for row in stating:
        end = bisect_left(records, row.number)
        spans = Spans(records, (bisect_right(records, since, hi=end), end), left_out)
        found = _of_row(cleaned, row, spans) if end else []
        totals += found
        if row.structural == "sum" and any(total.column for total in found):
            since = row.number
    totals += _from_facts(cleaned, records)
    return tuple(totals)


def _decimal_marks(raw: RawTable) -> dict[int, DecimalMark | None]:
    return {
        column.index: find_decimal_mark(cells[column.index] for cells in raw.rows.cells if column.index < len(cells))
        for column in raw.columns
        if column.field in _AMOUNT_FIELDS
    }


def control_frame(cleaned: Sequence[tuple[CleanedList, tuple[ControlTotal, ...]]]) -> pd.DataFrame:
    """Return all control totals as a table (`CONTROL_COLUMNS`)."""
    rows = [
        (
            item.raw.table,
            item.raw.file,
            item.raw.place,
            total.row,
            total.column,
            total.stated,
            total.recounted,
            total.agrees,
        )
        for item, totals in cleaned
        for total in totals
    ]
    types = ("string", "string", "string", "Int64", "string", "Float64", "Float64", "boolean")
    frame = pd.DataFrame(rows, columns=list(CONTROL_COLUMNS))
    return frame.astype(dict(zip(CONTROL_COLUMNS, types, strict=True)))


def control_problems(cleaned: CleanedList, totals: Sequence[ControlTotal]) -> list[Problem]:
    """Return a note for every total that disagrees with the recount."""
    return [
        Problem(
            "control_total_differs",
            "note",
            cleaned.raw.table or "",
            cleaned.raw.file,
            cleaned.raw.place,
            total.row,
            total.column,
            total.written or _plain(total.stated),
            {"stated": _plain(total.stated), "recounted": _plain(total.recounted)},
        )
        for total in totals
        if not total.agrees
    ]


def _plain(number: float) -> str:
    return f"{number:.2f}"


def _of_row(cleaned: CleanedList, row: RawRow, spans: Sequence[Sequence[int]]) -> list[ControlTotal]:
    """Return the totals of one row; ``spans`` are the rows it may stand for, the likeliest first."""
    texts = [tidy(cell[:_LONGEST_LABEL]) for cell in row.cells if isinstance(cell, str)]
    label = fold(" ".join(texts))
    if _NO_SUM.search(label):
        return []
    counting = _COUNTING.search(label) or any(_UNIT_AFTER.search(text.casefold()) for text in texts)
    if counting and _NAMED.search(label):
        return _of_count(cleaned, row, label, spans)
    of_columns = _of_columns(cleaned, row, label, spans) if counting or row.structural == "sum" else []
    if of_columns:
        return of_columns
    if counting:
        return _of_count(cleaned, row, label, spans)
    return _of_text(cleaned, row, label, spans) if row.structural == "sum" else []


def _of_columns(cleaned: CleanedList, row: RawRow, label: str, spans: Sequence[Sequence[int]]) -> list[ControlTotal]:
    """Compare every number of a row that stands in a column of amounts, heads or firms with that column."""
    totals: list[ControlTotal] = []
    for column in cleaned.raw.columns:
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        stated = _stated(cleaned, column, cell)
        if stated is None:
            continue
        listed = _listed(cleaned, column)
        scale = read_unit(column.header).scale if column.field in _AMOUNT_FIELDS else 1.0
        sums = (sum(listed.get(number, 0.0) for number in rows) for rows in spans)
        total = _compared(row, column.header, stated, sums, label, tolerance=0.01 * scale)
        totals.append(replace(total, written=as_text(cell)))
    return totals


def _listed(cleaned: CleanedList, column: RawColumn) -> Mapping[int, float]:
    """Return a column's numbers by row; where two columns share a field (EUR and RUB) each has its own."""
    field = column.field or ""
    if sum(other.field == field for other in cleaned.raw.columns) == 1:
        return cleaned.numbers.get(_COUNT_FIELDS.get(field, field), {})
    own: dict[int, float] = {}
    for row in cleaned.raw.rows:
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        stated = _stated(cleaned, column, cell) if row.structural is None else None
        if stated is not None:
            own[row.number] = stated
    return own


def _of_text(cleaned: CleanedList, row: RawRow, label: str, spans: Sequence[Sequence[int]]) -> list[ControlTotal]:
    """Compare a sum written in one cell with its label, ``Summe: 1.234,50 EUR``, with the list's one amount column."""
    columns = [column for column in cleaned.raw.columns if column.field in _AMOUNT_FIELDS]
    shown = next((tidy(cell) for cell in row.cells if isinstance(cell, str)), "")
    name, mark, amount = shown.partition(":")
    if len(columns) != 1 or not mark:
        return []
    stated = _stated(cleaned, columns[0], amount)
    if stated is None:
        return []
    listed = _listed(cleaned, columns[0])
    sums = (sum(listed.get(number, 0.0) for number in rows) for rows in spans)
    total = _compared(row, columns[0].header or name, stated, sums, label, tolerance=0.01)
    return [replace(total, written=amount.strip())]


def _stated(cleaned: CleanedList, column: RawColumn, cell: CellValue) -> float | None:
    if cell is None or not as_text(cell):
        return None
    if column.field in _COUNT_FIELDS:
        count = read_count(cell).value
        return None if count is None else float(count)
    if column.field not in _AMOUNT_FIELDS:
        return None
    return read_amount(cell, Unit(read_unit(column.header).scale), cleaned.marks.get(column.index)).value


def _of_count(cleaned: CleanedList, row: RawRow, label: str, spans: Sequence[Sequence[int]]) -> list[ControlTotal]:
    """Compare ``Anzahl Anfragen: 35`` with the rows, ``Anzahl Teilnehmer: 45`` with the heads, firms with firms."""
    stated = next((number for cell in row.cells if (number := _first_number(cell)) is not None), None)
    counts = _recounts(cleaned, label, spans)
    if stated is None or not counts:
        return []
    shown = next((tidy(cell) for cell in row.cells if isinstance(cell, str)), "")
    return [_compared(row, re.sub(r"\s*[:=]?\s*\d+.*$", "", shown) or shown, stated, counts, label, tolerance=0.0)]


def _recounts(cleaned: CleanedList, label: str, spans: Sequence[Sequence[int]]) -> list[float]:
    """Return how many of what a label names there are in each span; nothing where the list cannot tell."""
    heads, firms = (cleaned.numbers.get(name, {}) for name in ("persons", "companies"))
    attendance = cleaned.raw.table == "attendance"
    if _FIRMS.search(label):
        if firms:
            return [sum(firms.get(number, 0.0) for number in rows) for rows in spans]
        return _distinct(cleaned, "organisation", spans) if attendance else []
    if attendance and _FORUMS.search(label) and not _PERSONS.search(label):
        return _distinct(cleaned, "forum_id", spans)
    if attendance or (_PERSONS.search(label) and cleaned.raw.table == "trips"):
        counts = [sum(heads.get(number, 0.0) for number in rows) for rows in spans]
        came = {record.place.row for record in cleaned.records if record.values.get("attended") == "attended"}
        counts += [sum(heads.get(number, 0.0) for number in spans[1] if number in came)] if came else []
        return counts
    return [] if _PERSONS.search(label) else [float(len(rows)) for rows in spans]


def _distinct(cleaned: CleanedList, column: str, spans: Sequence[Sequence[int]]) -> list[float]:
    named = {record.place.row: fold(str(record.values.get(column) or "")) for record in cleaned.records}
    return [float(len({named[number] for number in rows if named.get(number)})) for rows in spans]


def _first_number(cell: CellValue) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    match = (
        re.search(r"(?<![\d.,/])\d{1,3}(?:\.\d{3})+(?!\d)|(?<![\d.,/])\d+(?![\d.,/]\d)", cell)
        if isinstance(cell, str)
        else None
    )
    if match is None or re.fullmatch(r"(?:19|20)\d{2}", match.group()):
        later = re.search(r"[:=]\s*(\d+)", cell) if isinstance(cell, str) else None
        return float(later.group(1)) if later else None
    return float(match.group().replace(".", ""))


def _compared(
    row: RawRow, column: str, stated: float, sums: Iterable[float], label: str, *, tolerance: float
) -> ControlTotal:
    """Take the recount that agrees, else the one the label speaks of: all rows for a grand total, else the block."""
    tried: list[float] = []
    for recounted in sums:
        if abs(recounted - stated) <= tolerance + 1e-9 * abs(stated):
            return ControlTotal(row.number, column, stated, recounted, agrees=True)
        tried.append(recounted)
    recounted = tried[1] if _FOR_ALL.search(label) else tried[0]
    return ControlTotal(row.number, column, stated, recounted, agrees=False)


def _from_facts(cleaned: CleanedList, records: Sequence[int]) -> list[ControlTotal]:
    """Compare a head count above a list of participants with the list."""
    fact = cleaned.raw.facts.get("attendees")
    if fact is None or cleaned.raw.table != "attendance" or not cleaned.raw.header_rows or not records:
        return []
    reading = read_count(fact.value)
    if reading.value is None:
        return []
    recounted = sum(cleaned.numbers.get("persons", {}).values())
    agrees = recounted == reading.value or (reading.bound == "at_least" and recounted >= reading.value)
    return [ControlTotal(fact.row, fact.label, float(reading.value), float(recounted), agrees)]
