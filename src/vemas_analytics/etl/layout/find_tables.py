"""Lists in a sheet: where each begins, what stands above it, which rows are records and which are not."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from vemas_analytics.etl.layout.bands import split_bands
from vemas_analytics.etl.layout.body_sample import Row, filled
from vemas_analytics.etl.layout.cell_kinds import find_day
from vemas_analytics.etl.layout.facts import Lead, read_lead
from vemas_analytics.etl.layout.handed_down import Completed, hand_down
from vemas_analytics.etl.layout.headers import Recognition, name_evidence, recognise
from vemas_analytics.etl.layout.merged_cells import spread_cells, with_spread
from vemas_analytics.etl.layout.pick_lists import is_pick_list
from vemas_analytics.etl.layout.row_kinds import (
    structural_rows,
    structural_rows_of_statistics,
)
from vemas_analytics.etl.layout.stacked_lists import FoundList, stacked_lists, titled_list
from vemas_analytics.etl.layout.without_header import list_without_header
from vemas_analytics.model.names import SetAsideReason
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import Fact, ListRows, RawColumn, RawRow, RawSheet, RawTable, SpreadCell

_SAMPLED_ROWS = 200
"""Rows looked at to tell what a column with an unknown heading holds."""

_WIDEST_TITLE = 2
"""Cells of a row that may repeat a line above the list."""


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
    if sheet.titled:
        return tuple(_table(sheet, file, settings, item) for item in titled_list(sheet))
    if is_pick_list(sheet):
        return ()
    bands = split_bands(sheet)
    tables = _sharing_the_forum(
        replace(_table(band.sheet, file, settings, item), band=band.columns if at else "")
        for at, band in enumerate(bands)
        for item in stacked_lists(band.sheet)
    )
    if any(table.table for table in tables):
        return tables
    counted = _head_count(sheet, file) or (None if tables else list_without_header(sheet, file))
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


def _table(sheet: RawSheet, file: str, settings: Settings, found: FoundList) -> RawTable:
    first_row = sheet.first_row
    lines = [(first_row + i, sheet.rows[i]) for i in range(*found.lead) if filled(sheet.rows[i])]
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
    done = hand_down(recognition.table, columns, rows, lines) if recognition.table else Completed(columns, rows)
    return RawTable(
        file=file,
        sheet=sheet.sheet,
        table=recognition.table,
        header_rows=tuple(
            first_row + index for index in range(found.header.first, found.header.last + 1) if filled(sheet.rows[index])
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
    found: FoundList,
    recognition: Recognition,
    lines: Sequence[tuple[int, Row]],
    spread: Sequence[SpreadCell],
) -> ListRows:
    """Return every non-empty row of the body, each marked if it is no record."""
    start, stop = found.body
    titles = {row for _, row in lines}
    columns = {heading.index for heading in found.header.headings}
    if recognition.table is None:
        reasons = structural_rows_of_statistics(
            sheet.rows, found.body, found.repeats, columns, found.header.measured, sheet.merged
        )
    else:
        banners = {top for top, first, _, last in sheet.merged if last - first + 1 >= max(3, 0.6 * len(columns))}
        reasons = structural_rows(sheet.rows, found.body, found.repeats, columns, recognition.fields, banners)
    blank: list[int] = []
    for index in range(start, stop):
        row = sheet.rows[index]
        width = filled(row)
        if not width:
            blank.append(index)
        elif width <= _WIDEST_TITLE and row in titles:
            reasons.setdefault(index, "footnote")
    return with_spread(_without_blanks(sheet, found.body, reasons, blank), spread)


def _without_blanks(
    sheet: RawSheet, body: tuple[int, int], reasons: Mapping[int, SetAsideReason], blank: Sequence[int]
) -> ListRows:
    start, stop = body
    if not blank:
        numbers = range(sheet.first_row + start, sheet.first_row + stop)
        return ListRows(numbers, sheet.rows[start:stop], {index - start: reason for index, reason in reasons.items()})
    empty = set(blank)
    kept = array("q", (index for index in range(start, stop) if index not in empty))
    marked = {at: reasons[index] for at, index in enumerate(kept) if index in reasons}
    cells = [sheet.rows[index] for index in kept]
    return ListRows(array("q", (sheet.first_row + index for index in kept)), cells, marked)


def _head_count(sheet: RawSheet, file: str) -> RawTable | None:
    """Return the one-row table of a forum of which only the number of participants is known."""
    lines = [(sheet.first_row + i, row) for i, row in enumerate(sheet.rows[:60]) if filled(row)]
    lead = read_lead(lines)
    count = lead.facts.get("attendees")
    names = name_evidence(file, sheet.sheet, lead.title)
    about_a_forum = names.get("forums", 0.0) > 0 or names.get("attendance", 0.0) > 0
    if count is None or not any(sign.isdigit() for sign in str(count.value)):
        return None
    if "held_on" not in lead.facts or not (about_a_forum or "forum_title" in lead.facts):
        return None
    recognition = Recognition("attendance", {0: "attendees"})
    return RawTable(
        file=file,
        sheet=sheet.sheet,
        table="attendance",
        header_rows=(),
        columns=(RawColumn(0, count.label, "attendees"),),
        rows=ListRows.of([RawRow(count.row, (count.value,))]),
        facts=_facts_for(recognition, lead, sheet, file),
        hidden=sheet.hidden,
    )
