"""Lists below each other in one sheet: where each ends, and what above the next one belongs to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vemas_analytics.etl.layout.body_sample import Row, filled, measured_columns
from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.etl.layout.facts import read_lead
from vemas_analytics.etl.layout.header_rows import Header, first_header, header_at
from vemas_analytics.etl.layout.headers import Heading, name_evidence
from vemas_analytics.etl.layout.heading_words import is_known
from vemas_analytics.etl.layout.row_kinds import is_continued_title, is_marked_footnote
from vemas_analytics.etl.layout.sum_rows import is_carried_over, is_sum
from vemas_analytics.model.sheets import RawSheet

_DIGIT = re.compile(r"\d")
_FEW, _LOOK_BACK = 3, 15


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list before it is named: its header, the lines above it, its rows as indices ``[start, stop)``."""

    header: Header
    lead: tuple[int, int]
    body: tuple[int, int]
    repeats: frozenset[int]


def stacked_lists(sheet: RawSheet) -> list[FoundList]:
    """Find the lists of a sheet, or of a part of its columns, from top to bottom."""
    found: list[FoundList] = []
    header = first_header(sheet, 0)
    lead_start = 0
    while header is not None:
        following, repeats = _next_header(sheet, header)
        stop = following.first if following else len(sheet.rows)
        above = _lead_start(sheet, header, stop) if following else stop
        found.append(FoundList(header, (lead_start, header.first), (header.last + 1, above), repeats))
        header, lead_start = following, above
    return found


def titled_list(sheet: RawSheet) -> list[FoundList]:
    """Return the one list of a sheet whose first row holds the names of its columns for certain."""
    if not sheet.rows:
        return []
    headings = tuple(Heading(column, str(name)) for column, name in enumerate(sheet.rows[0]) if name is not None)
    if not headings:
        return []
    known = sum(is_known(heading.text) for heading in headings)
    measured = measured_columns(sheet.rows, 1, (heading.index for heading in headings))
    header = Header(0, 0, headings, known, measured, "named")
    return [FoundList(header, (0, 0), (1, len(sheet.rows)), frozenset())]


def _next_header(sheet: RawSheet, header: Header) -> tuple[Header | None, frozenset[int]]:
    """Return the next list's header below this one, and the rows in between that repeat this one's."""
    rows = sheet.rows
    heads = [rows[index] for index in range(header.first, header.last + 1)]
    key = next((heading.index for heading in header.headings if heading.text), header.headings[0].index)
    key_texts = {head[key] for head in heads if key < len(head) and head[key] is not None}
    repeats: set[int] = set()
    gap, narrow = False, False
    index = header.last + 1
    while index < len(rows):
        row = rows[index]
        width = filled(row)
        if width == 0:
            gap = True
            index += 1
            continue
        first = row[key] if key < len(row) else None
        shown = _shown_head(heads, row) if first in key_texts else None
        again = shown is not None
        if again or ((gap or narrow or (isinstance(first, str) and _may_be_heading(first))) and width >= 2):
            before = _before(rows, header.last, index)
            # After a blank row the same header is a page break, unless a sum or a title has closed the list.
            if shown is not None and not (narrow and not before.noted) and not (gap and before.closed):
                for offset, head in enumerate(heads[shown:]):
                    if index + offset < len(rows) and (offset == 0 or _repeats(head, rows[index + offset])):
                        repeats.add(index + offset)
                index = max(repeats) + 1
                continue
            candidate = _candidate(sheet, index, header, after_gap=gap or narrow, fresh=before.closed)
            if candidate is not None:
                return candidate, frozenset(repeats)
        gap = False
        narrow = width <= max(2, 0.5 * len(header.headings)) and not is_carried_over(row)
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
        width = filled(row)
        if width == 0:
            gap = True
            continue
        if width <= _FEW and (is_marked_footnote(row) or is_continued_title(row)):
            noted, beside = True, beside or nearest
        elif width == 1 and isinstance(next(value for value in row if value is not None), str):
            alone = True
        else:
            return _Before((is_sum(row) and not is_carried_over(row)) or (gap and (alone or noted)), beside)
        nearest = False
    return _Before(gap and (alone or noted), beside)


def _may_be_heading(text: str) -> bool:
    """Tell whether a text is a heading that some table knows; numbers of records, which are none, are told cheaply."""
    return not _DIGIT.search(text) and is_known(text)


def _shown_head(heads: Sequence[Row], row: Row) -> int | None:
    """Return which row of a header a row shows again, if any."""
    return next((at for at, head in enumerate(heads) if (at == 0 or filled(head) > _FEW) and _repeats(head, row)), None)


def _repeats(head: Row, row: Row) -> bool:
    """Tell whether a row shows a header row's texts again (four in five of them)."""
    texts = [(index, value) for index, value in enumerate(head) if value is not None]
    same = sum(index < len(row) and row[index] == value for index, value in texts)
    return len(texts) >= 1 and same >= 0.8 * len(texts) and filled(row) <= len(texts) + 1


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
    if _says_what_records_say(sheet.rows[max(current.last + 1, index - _LOOK_BACK) : index], row):
        return None
    if current.strength == "named":
        if any(column < len(row) and kind_of(row[column]) == "date" for column in current.measured):
            return None  # a day where the list holds days or numbers is a record's
        if is_sum(sheet.rows[index - 1]):
            return None  # right below a sum a list goes on, unless words it knows begin another
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


def _says_what_records_say(above: Sequence[Row], row: Row) -> bool:
    """Tell whether at least two texts of a row, and half of its cells, stand in the same columns of the rows above."""
    texts = [(column, value) for column, value in enumerate(row) if isinstance(value, str)]
    said = sum(any(column < len(other) and other[column] == value for other in above) for column, value in texts)
    return said > 1 and 2 * said >= filled(row)


def _lead_start(sheet: RawSheet, previous: Header, stop: int) -> int:
    """Return where the lines above a further list begin: title and facts down to its header, past one blank row."""
    rows = sheet.rows
    index = stop
    crossed = 0
    taken = 0
    while index - 1 > previous.last:
        row = rows[index - 1]
        width = filled(row)
        if width == 0:
            if taken and crossed:
                break
            crossed += bool(taken) or crossed
            index -= 1
            continue
        if width > 4 or is_sum(row) or is_marked_footnote(row) or not _is_lead_line(row, adjacent=not crossed):
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
