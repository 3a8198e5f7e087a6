"""Which figures of the workbook's tables are recounted from its records, and what is said about it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vemas_analytics.model.document import Reconciliation, RecountLine, Section, TableBlock
from vemas_analytics.model.names import MEASURES, OTHERS, RUSSIA, TOTAL, TableName
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.eve import CASE_MEASURES
from vemas_analytics.reports.compose.page_one import lines_of_regions
from vemas_analytics.reports.compose.records import MOST_RECORDS, TableRecords
from vemas_analytics.reports.compose.recount_criteria import RecordCriteria
from vemas_analytics.reports.compose.recount_eve import EveRecounts
from vemas_analytics.reports.compose.recount_phases import PhaseRecounts

_REGIONS_KEY: Final = "regions"


@dataclass(frozen=True, slots=True)
class Recount:
    """What a kind of report recounts: the lines of each table, and the texts that say how."""

    lines: Callable[[RecordCriteria, TableBlock], Iterator[RecountLine]]
    notes: tuple[str, ...]


def small_regions(ctx: ReportContext) -> frozenset[str]:
    """Return the regions that page 1 has in one line together."""
    codes = {line.code for line in lines_of_regions(ctx)}
    return frozenset(ctx.regions) - codes - {RUSSIA, TOTAL} if OTHERS in codes else frozenset()


def reconciliation(
    ctx: ReportContext, sections: Sequence[Section], records: Sequence[TableRecords], recount: Recount
) -> Reconciliation | None:
    """Return the figures to be recounted.

    Parameters
    ----------
    ctx : ReportContext
    sections : sequence of Section
        The document's; of their tables only those with a sheet are linked to.
    records : sequence of TableRecords
        What the workbook holds.
    recount : Recount
        Of the kind of report.

    Returns
    -------
    Reconciliation or None
        None where there are no records or no such table; without lines where all records are elsewhere.
    """
    sheets = {item.table: item for item in records}
    tables = [
        block
        for section in sections
        for block in section.blocks
        if isinstance(block, TableBlock) and "xlsx" in block.places
    ]
    if not sheets or not tables:
        return None
    criteria = RecordCriteria(ctx, sheets)
    lines = [line for table in tables for line in recount.lines(criteria, table)]
    if not lines and any(criteria.has_records(table) for table in sheets):
        return None
    say = ctx.texts.text
    return Reconciliation(
        title=say("workbook.reconciliation.title"),
        sheet_title=say("workbook.reconciliation.sheet"),
        lines=tuple(lines),
        notes=tuple(_notes(ctx, sheets, recount.notes)),
    )


def _main_lines(criteria: RecordCriteria, table: TableBlock) -> Iterator[RecountLine]:
    """Yield the recounts of a table of the main report."""
    if table.key == _REGIONS_KEY:
        yield from PhaseRecounts(criteria).page_one(table)
    for measure in MEASURES:
        if table.key == f"phases_{measure}":
            yield from PhaseRecounts(criteria).phases(table, measure)
    for case in CASE_MEASURES:
        if table.key == f"open_{case}":
            yield from EveRecounts(criteria).table(table, case)


MAIN_RECOUNT: Final = Recount(
    _main_lines, ("how", "criteria", "once", "open", "open_inquiries", "unknown", "symbols", "not_here")
)
"""The table of page 1, every measure by region and phase, and what was open on the eve."""


def _notes(ctx: ReportContext, sheets: Mapping[TableName, TableRecords], names: Sequence[str]) -> Iterator[str]:
    say = ctx.texts.text
    far = [item for item in sheets.values() if item.sheet.is_pointer]
    for item in far:
        yield say(
            "workbook.reconciliation.impossible",
            table=ctx.say(f"table.{item.table}"),
            n=format_integer(item.n, ctx.language),
            most=format_integer(MOST_RECORDS, ctx.language),
        )
    if len(far) < len(sheets):
        days = {"eve": ctx.stop.effective_from - dt.timedelta(days=1), "as_of": ctx.panel.as_of}
        for name in names:
            yield say(f"workbook.reconciliation.{name}", **{key: ctx.date(day) for key, day in days.items()})
