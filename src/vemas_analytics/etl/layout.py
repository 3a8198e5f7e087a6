"""Lists in a sheet: where each begins, what stands above it, which rows are records and which are not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from vemas_analytics.etl.bands import split_bands
from vemas_analytics.etl.body_sample import Row, measured_columns
from vemas_analytics.etl.cell_kinds import find_day, kind_of
from vemas_analytics.etl.facts import Lead, read_lead
from vemas_analytics.etl.handed_down import Completed, hand_down
from vemas_analytics.etl.header_rows import Header, first_header, header_at
from vemas_analytics.etl.headers import Heading, Recognition, name_evidence, recognise
from vemas_analytics.etl.heading_words import is_known
from vemas_analytics.etl.merged_cells import spread_cells, with_spread
from vemas_analytics.etl.pick_lists import is_pick_list
from vemas_analytics.etl.row_kinds import (
    is_continued_title,
    is_marked_footnote,
    structural_rows,
    structural_rows_of_statistics,
)
from vemas_analytics.etl.sum_rows import is_sum
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import Fact, RawColumn, RawRow, RawSheet, RawTable, SpreadCell

_DIGIT = re.compile(r"\d")
_FEW, _LOOK_BACK = 3, 15
_SAMPLED_ROWS = 200
"""Rows looked at to tell what a column with an unknown heading holds."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A list before it is named: its header, the lines above it, its rows as indices ``[start, stop)``."""

    header: Header
    lead: tuple[int, int]
    body: tuple[int, int]
    repeats: frozenset[int]


def find_tables(sheet: RawSheet, file: str, settings: Settings) -> tuple[RawTable, ...]:
    """Find every list of a sheet and say which table it is.

    Structure decides where a list begins (a row of texts above numbers and days, as wide as what follows), known
    headings make sure. Rows that are no records are marked: sums and control totals, footnotes, repeated headers.

    Parameters
    ----------
    sheet : RawSheet
    file : str
        Path inside the source; its name helps to tell an inquiries list from an offers list.
    settings : Settings
        ``files`` and ``columns`` add the organisation's own names.

    Returns
    -------
    tuple of RawTable
        ``table`` is None for a list that is none of the package's. A sheet with a head count above no list (a forum
        of which only the number is known) gives a table without header whose one row holds that number alone.
    """
    if is_pick_list(sheet):
        return ()
    tables = _sharing_the_forum(
        _table(part, file, settings, item) for part in split_bands(sheet) for item in _find(part)
    )
    if any(table.table for table in tables):
        return tables
    counted = _head_count(sheet, file, settings)
    return (counted,) if counted is not None else tables


def _sharing_the_forum(tables: Iterable[RawTable]) -> tuple[RawTable, ...]:
    """Give a forum's further lists in the same sheet (the other side's participants) what stands above the first."""
    shared: list[RawTable] = []
    above: Mapping[str, Fact] = {}
    for table in tables:
        if table.table == "attendance" and not any(column.field == "held_on" for column in table.columns):
            own = {field: fact for field, fact in table.facts.items() if fact.label}
            if "held_on" not in table.facts and "held_on" in above:
                shared.append(replace(table, facts=MappingProxyType({**above, **own})))
                continue
            above = {field: fact for field, fact in table.facts.items() if field not in {"attendees", "note"}}
        shared.append(table)
    return tuple(shared)


def _filled(row: Row) -> int:
    return len(row) - row.count(None)


def _find(sheet: RawSheet) -> list[_Found]:
    found: list[_Found] = []
    header = first_header(sheet, 0)
    lead_start = 0
    while header is not None:
        following, repeats = _next_header(sheet, header)
        stop = following.first if following else len(sheet.rows)
        above = _lead_start(sheet, header, stop) if following else stop
        found.append(_Found(header, (lead_start, header.first), (header.last + 1, above), repeats))
        header, lead_start = following, above
    return found


def _next_header(sheet: RawSheet, header: Header) -> tuple[Header | None, frozenset[int]]:
    """Return the next list's header below this one, and the rows in between that repeat this one's."""
    rows = sheet.rows
    heads = [rows[index] for index in range(header.first, header.last + 1)]
    key = header.headings[0].index
    key_texts = {head[key] for head in heads if key < len(head) and head[key] is not None}
    repeats: set[int] = set()
    gap, narrow = False, False
    index = header.last + 1
    while index < len(rows):
        row = rows[index]
        filled = _filled(row)
        if filled == 0:
            gap = True
            index += 1
            continue
        first = row[key] if key < len(row) else None
        again = first in key_texts and _repeats(heads[0], row)
        if again or ((gap or narrow or (isinstance(first, str) and _may_be_heading(first))) and filled >= 2):
            before = _before(rows, header.last, index)
            # After a blank row the same header is a page break, unless a sum or a title has closed the list.
            if again and not (narrow and not before.noted) and not (gap and before.closed):
                for offset, head in enumerate(heads):
                    if index + offset < len(rows) and (offset == 0 or _repeats(head, rows[index + offset])):
                        repeats.add(index + offset)
                index = max(repeats) + 1
                continue
            candidate = _candidate(sheet, index, header, after_gap=gap or narrow, fresh=before.closed)
            if candidate is not None:
                return candidate, frozenset(repeats)
        gap = False
        narrow = filled <= max(2, 0.5 * len(header.headings))
        index += 1
    return None, frozenset(repeats)


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands above a row: a list closed by a sum, a title or a source; a footnote right above the row."""

    closed: bool
    noted: bool


def _before(rows: Sequence[Row], first: int, index: int) -> _Before:
    """Look back from a row over blanks, footnotes and lone texts to the last full row."""
    gap, alone, noted, nearest = False, False, False, True
    beside = False
    for at in range(index - 1, max(first, index - 1 - _LOOK_BACK), -1):
        row = rows[at]
        filled = _filled(row)
        if filled == 0:
            gap = True
            continue
        if filled <= _FEW and (is_marked_footnote(row) or is_continued_title(row)):
            noted, beside = True, beside or nearest
        elif filled == 1 and isinstance(next(value for value in row if value is not None), str):
            alone = True
        else:
            return _Before(is_sum(row) or (gap and (alone or noted)), beside)
        nearest = False
    return _Before(gap and (alone or noted), beside)


def _may_be_heading(text: str) -> bool:
    """Tell whether a text is a heading that some table knows; numbers of records, which are none, are told cheaply."""
    return not _DIGIT.search(text) and is_known(text)


def _repeats(head: Row, row: Row) -> bool:
    """Tell whether a row shows a header row's texts again (four in five of them)."""
    texts = [(index, value) for index, value in enumerate(head) if value is not None]
    same = sum(index < len(row) and row[index] == value for index, value in texts)
    return len(texts) >= 1 and same >= 0.8 * len(texts) and _filled(row) <= len(texts) + 1


def _candidate(sheet: RawSheet, index: int, current: Header, *, after_gap: bool, fresh: bool) -> Header | None:
    """Return the header of a further list at a row, or None where it is but a record of the current list.

    ``fresh`` says that the current list is closed: by a sum, or by a title or a source with a blank row.
    """
    row = sheet.rows[index]
    header = header_at(sheet, index)
    if header is None:
        return None
    if header.strength == "named":
        return header if header.known >= 2 and header.known >= 0.5 * len(header.headings) else None
    if not after_gap or header.strength != "shaped" or len(header.headings) < 2:
        return None
    if current.strength == "named":
        alike = measured_columns(sheet.rows, header.last + 1, current.measured)
        if len(alike) >= 0.7 * len(current.measured):
            return None  # what follows looks as before: a record without its day or number
    elif fresh:
        return header
    texts_among_numbers = sum(
        column >= len(row) or (isinstance(row[column], str) and kind_of(row[column]) == "label")
        for column in current.measured
    )
    foreign = {heading.index for heading in header.headings} - {heading.index for heading in current.headings}
    if current.measured and texts_among_numbers == 0 and not foreign:
        return None
    return header


def _lead_start(sheet: RawSheet, previous: Header, stop: int) -> int:
    """Return where the lines above a further list begin: title and facts down to its header, past one blank row."""
    rows = sheet.rows
    index = stop
    crossed = 0
    taken = 0
    while index - 1 > previous.last:
        row = rows[index - 1]
        filled = _filled(row)
        if filled == 0:
            if taken and crossed:
                break
            crossed += bool(taken) or crossed
            index -= 1
            continue
        if filled > 4 or is_sum(row) or is_marked_footnote(row) or not _is_lead_line(row, adjacent=not crossed):
            break
        if crossed and taken and not _speaks_of_event(row):
            break
        taken += 1
        index -= 1
    return index


def _is_lead_line(row: Row, *, adjacent: bool) -> bool:
    """Tell whether a row may stand above a list: a text alone, or labels with their values.

    A value without a label is no fact here: a short record also holds a date or a place. Two texts side by side
    are a title only where no blank row parts them from the header.
    """
    cells = [value for value in row if value is not None]
    if len(cells) == 1:
        return isinstance(cells[0], str)
    if len(cells) == 2 and adjacent and all(isinstance(value, str) for value in cells):
        return True
    return any(fact.label for fact in read_lead([(0, row)]).facts.values())


def _speaks_of_event(row: Row) -> bool:
    text = next((value for value in row if isinstance(value, str)), "")
    return bool(name_evidence("", "", text)) or text.rstrip().endswith(":") or ":" in text


def _table(sheet: RawSheet, file: str, settings: Settings, found: _Found) -> RawTable:
    first_row = sheet.first_row
    lines = [(first_row + i, sheet.rows[i]) for i in range(*found.lead) if _filled(sheet.rows[i])]
    lead = read_lead(lines)
    headings = found.header.headings
    body = sheet.rows[found.body[0] : found.body[1]][:_SAMPLED_ROWS]
    recognition = recognise(
        headings,
        file=file,
        sheet=sheet.sheet,
        title=lead.title,
        facts=lead.facts,
        settings=settings,
        cells=lambda column: [row[column] for row in body if column < len(row)],
    )
    columns = tuple(
        RawColumn(
            heading.index,
            heading.text,
            recognition.fields.get(heading.index),
            heading.index in recognition.by_content,
        )
        for heading in headings
    )
    spread = spread_cells(sheet, found.body, recognition.fields)
    rows = _rows(sheet, found, recognition, lines, spread)
    done = hand_down(recognition.table, columns, rows) if recognition.table else Completed(columns, rows)
    return RawTable(
        file=file,
        sheet=sheet.sheet,
        table=recognition.table,
        header_rows=tuple(
            first_row + index
            for index in range(found.header.first, found.header.last + 1)
            if _filled(sheet.rows[index])
        ),
        columns=done.columns,
        rows=done.rows,
        facts=_facts_for(recognition, lead, sheet, file),
        hidden=sheet.hidden,
        spread=spread,
        handed_down=done.handed_down,
    )


def _facts_for(recognition: Recognition, lead: Lead, sheet: RawSheet, file: str) -> Mapping[str, Fact]:
    """Return the facts that belong to a list; for a forum a missing day may stand in the sheet's or file's name."""
    columns = set(recognition.fields.values())
    facts = {
        field: fact
        for field, fact in lead.facts.items()
        if fact.label or field == "heading" or (recognition.table == "attendance" and field not in columns)
    }
    if recognition.table != "attendance":
        return MappingProxyType(facts)
    if "held_on" not in facts and "held_on" not in columns:
        for name in (sheet.sheet, file.rpartition("/")[2].rpartition(".")[0]):
            day = find_day(name) or find_day(name, months=True)
            if day:
                facts["held_on"] = Fact("", day, sheet.first_row)
                break
    return MappingProxyType(facts)


def _rows(
    sheet: RawSheet,
    found: _Found,
    recognition: Recognition,
    lines: Sequence[tuple[int, Row]],
    spread: Sequence[SpreadCell],
) -> tuple[RawRow, ...]:
    """Return every non-empty row of the body, each marked if it is no record."""
    start, stop = found.body
    titles = {row for _, row in lines}
    columns = {heading.index for heading in found.header.headings}
    if recognition.table is None:
        reasons = structural_rows_of_statistics(sheet.rows, found.body, found.repeats, columns, found.header.measured)
    else:
        reasons = structural_rows(sheet.rows, found.body, found.repeats, columns, recognition.fields)
    rows = []
    for index in range(start, stop):
        row = sheet.rows[index]
        if row.count(None) == len(row):
            continue
        reason = reasons.get(index)
        if reason is None and _filled(row) <= 2 and row in titles:
            reason = "footnote"
        rows.append(RawRow(sheet.first_row + index, row, reason))
    return with_spread(rows, spread) if spread else tuple(rows)


def _head_count(sheet: RawSheet, file: str, settings: Settings) -> RawTable | None:
    """Return the one-row table of a forum of which only the number of participants is known."""
    lines = [(sheet.first_row + i, row) for i, row in enumerate(sheet.rows[:60]) if _filled(row)]
    lead = read_lead(lines)
    count = lead.facts.get("attendees")
    names = name_evidence(file, sheet.sheet, lead.title)
    about_a_forum = names.get("forums", 0.0) > 0 or names.get("attendance", 0.0) > 0
    if count is None or "held_on" not in lead.facts or not (about_a_forum or "forum_title" in lead.facts):
        return None
    recognition = Recognition("attendance", {0: "attendees"})
    heading = Heading(0, count.label)
    return RawTable(
        file=file,
        sheet=sheet.sheet,
        table="attendance",
        header_rows=(),
        columns=(RawColumn(heading.index, heading.text, "attendees"),),
        rows=(RawRow(count.row, (count.value,)),),
        facts=_facts_for(recognition, lead, sheet, file),
        hidden=sheet.hidden,
    )
