"""Which figures of the workbook's tables are recounted from its records, and by which criteria."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from vemas_analytics.model.document import (
    Cell,
    CellPlace,
    Criterion,
    Reconciliation,
    RecordChoice,
    RecountLine,
    Section,
    TableBlock,
)
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL, Measure, TableName
from vemas_analytics.model.periods import FINE_PRECISIONS, Bounds
from vemas_analytics.model.settings import Phase
from vemas_analytics.reference.measures import MeasureInfo, read_measures
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.page_one import RegionLine, lines_of_regions
from vemas_analytics.reports.compose.readings import PhaseRow, read_open_cases
from vemas_analytics.reports.compose.records import MOST_RECORDS, TableRecords, coded_words
from vemas_analytics.reports.compose.tables import shown_regions

_ACTIVITIES: Final[tuple[Measure, ...]] = ("trips", "forums")
_UNDECIDED: Final = ("open", "negotiation", "suspended")
_OTHERS_KEY: Final = "regions"
_PHASES_KEY: Final = "phases_"

Choices: TypeAlias = tuple[RecordChoice, ...]


def small_regions(ctx: ReportContext) -> frozenset[str]:
    """Return the regions that page 1 has in one line together."""
    codes = {line.code for line in lines_of_regions(ctx)}
    return frozenset(ctx.regions) - codes - {RUSSIA, TOTAL} if OTHERS in codes else frozenset()


def reconciliation(
    ctx: ReportContext, sections: Sequence[Section], records: Sequence[TableRecords]
) -> Reconciliation | None:
    """Return the figures to be recounted: the table of page 1, and every measure by region and phase.

    Parameters
    ----------
    ctx : ReportContext
    sections : sequence of Section
        The document's; of their tables only those with a sheet are linked to.
    records : sequence of TableRecords
        What the workbook holds.

    Returns
    -------
    Reconciliation or None
        None where there are no records or no such table; without lines where all records are elsewhere.
    """
    sheets = {item.table: item for item in records}
    tables = {
        block.key: block
        for section in sections
        for block in section.blocks
        if isinstance(block, TableBlock) and "xlsx" in block.places
    }
    if not sheets or not any(key == _OTHERS_KEY or key.startswith(_PHASES_KEY) for key in tables):
        return None
    recounter = _Recounter(ctx, sheets)
    lines: list[RecountLine] = []
    for key, table in tables.items():
        if key == _OTHERS_KEY:
            lines += recounter.page_one(table)
        elif key.startswith(_PHASES_KEY):
            lines += recounter.phases(table)
    say = ctx.texts.text
    return Reconciliation(
        title=say("workbook.reconciliation.title"),
        sheet_title=say("workbook.reconciliation.sheet"),
        lines=tuple(lines),
        notes=tuple(_notes(ctx, sheets)),
    )


def _notes(ctx: ReportContext, sheets: Mapping[TableName, TableRecords]) -> Iterator[str]:
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
        for name in ("how", "criteria", "once", "open", "symbols", "not_here"):
            yield say(f"workbook.reconciliation.{name}", eve=ctx.date(ctx.stop.effective_from - dt.timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class _Recounter:
    """Words the criteria of each figure in the columns of the records sheets."""

    ctx: ReportContext
    sheets: Mapping[TableName, TableRecords]

    def page_one(self, table: TableBlock) -> Iterator[RecountLine]:
        """Yield the figures of page 1, column by column."""
        ctx = self.ctx
        lines = lines_of_regions(ctx)
        for position, column in enumerate(table.columns):
            kind, phase_key = self._split(column.key)
            for row, (line, cells) in enumerate(zip(lines, table.rows, strict=True)):
                place, cell = CellPlace(table.key, row, column.key), cells[position]
                found: RecountLine | None = None
                if column.key in {"open_n", "open_value"}:
                    found = self._open(place, cell, line.code, is_value=column.key == "open_value")
                elif column.key == "activities":
                    found = self._activities(place, cell, line.code)
                elif kind in {"rate", "n"}:
                    found = self._phase(place, cell, ctx.lead_measure, line.code, phase_key, is_rate=kind == "rate")
                elif kind in read_measures():
                    found = self._phase(place, cell, _measure(kind), line.code, phase_key, is_rate=False)
                if found is not None:
                    yield _named(found, ctx, line)

    def phases(self, table: TableBlock) -> Iterator[RecountLine]:
        """Yield the figures of one measure by region and phase."""
        measure = _measure(table.key.removeprefix(_PHASES_KEY))
        for row, (code, cells) in enumerate(zip(shown_regions(self.ctx, measure), table.rows, strict=True)):
            for column, cell in zip(table.columns, cells, strict=True):
                kind, phase_key = self._split(column.key)
                if kind in {"n", "rate"}:
                    place = CellPlace(table.key, row, column.key)
                    found = self._phase(place, cell, measure, code, phase_key, is_rate=kind == "rate")
                    if found is not None:
                        yield found

    def _phase(
        self, place: CellPlace, cell: Cell, measure: Measure, code: str, phase_key: str, *, is_rate: bool
    ) -> RecountLine | None:
        ctx, info = self.ctx, read_measures()[measure]
        row = next((row for row in ctx.phase_rows(measure, code) if row.phase == phase_key), None)
        phase = next(phase for phase in ctx.panel.phases if phase.key == phase_key)
        if not self._has_records(info.table) or row is None or row.state == "not_recorded":
            return None
        if is_rate and row.per_year is None:
            return None
        start, end = self._window(info, phase, row)
        if end is None:
            return None
        name = "rate" if is_rate else "value" if info.unit == "eur" else "count"
        return RecountLine(
            what=ctx.texts.text(f"workbook.reconciliation.what_{name}", measure=ctx.measure_label(measure)),
            region=ctx.region_short(code) if code != OTHERS else "",
            window=phase_key,
            start=start,
            end=end,
            reported=cell,
            place=place,
            choices=self._in_window(info, code, row, has_start=start is not None),
            amount=info.amount,
            unit="per_year" if is_rate else "thousand" if info.unit == "eur" else "one",
        )

    def _split(self, column: str) -> tuple[str, str]:
        """Return what a column shows and of which phase; empty for columns of something else."""
        for phase in self.ctx.panel.phases:
            if column.endswith(f"_{phase.key}"):
                return column.removesuffix(f"_{phase.key}"), phase.key
        return "", ""

    def _has_records(self, table: TableName) -> bool:
        return table in self.sheets and not self.sheets[table].sheet.is_pointer

    def _window(self, info: MeasureInfo, phase: Phase, row: PhaseRow) -> tuple[dt.date | None, dt.date | None]:
        """Return first and last day within which a record counts for a phase; no last day where there is none."""
        panel = self.ctx.panel
        limit = panel.as_of + dt.timedelta(days=1)
        bounds: Bounds = (phase.start, phase.end)
        limits: Bounds = (None, limit)
        coverage = panel.coverage[info.table]
        if coverage.state == "recorded" and row.days:
            limits = (coverage.start, min(coverage.end or limit, limit))
        start = max((day for day in (bounds[0], limits[0]) if day is not None), default=None)
        end = min(day for day in (bounds[1], limits[1]) if day is not None)
        if start is not None and start >= end:
            return None, None
        return start, end - dt.timedelta(days=1)

    def _in_window(self, info: MeasureInfo, code: str, row: PhaseRow, *, has_start: bool) -> Choices:
        """Return the criteria of a phase: the whole span of what a date can mean lies in it, and it is fine enough."""
        takes_coarse = row.state == "partial" and not info.is_value
        window = [
            *([Criterion(info.date_column, ">=", own="start")] if has_start else []),
            *_until_end(info),
            *([] if takes_coarse else self._fine(info)),
        ]
        return self._meeting(info, code, window)

    def _fine(self, info: MeasureInfo) -> list[Criterion]:
        """Leave out the dates coarser than a month, as far as the list has any."""
        column = f"{info.date_column}_precision"
        found = self.ctx.tables.frame(info.table)[column].dropna().astype("string").unique()
        coarse = sorted(set(map(str, found)) - set(FINE_PRECISIONS))
        return [Criterion(column, "<>", coded_words(self.ctx, column, word)) for word in coarse]

    def _meeting(self, info: MeasureInfo, code: str, criteria: Sequence[Criterion]) -> Choices:
        """Return criteria for a region joined with the measure's own; several allowed values give several choices."""
        alternatives: list[tuple[Criterion, ...]] = [(*self._of_region(info, code), *criteria)]
        for column, allowed in info.where:
            words = [coded_words(self.ctx, column, value) for value in allowed]
            alternatives = [(*one, Criterion(column, "=", word)) for one in alternatives for word in words]
        return tuple(RecordChoice(self.sheets[info.table].sheet.key, one) for one in alternatives)

    def _of_region(self, info: MeasureInfo, code: str) -> list[Criterion]:
        flags = self.sheets[info.table].flags
        scope: Literal["region", "total", "others"] = "region"
        criteria: list[Criterion] = []
        if code == TOTAL:
            scope = "total"
        elif code == OTHERS:
            scope = "others"
        else:
            criteria.append(Criterion("region", "=", own="region"))
        mark = flags.get((info.key, scope))
        return [*criteria, *([Criterion(mark, "=", 1)] if mark is not None else [])]

    def _open(self, place: CellPlace, cell: Cell, code: str, *, is_value: bool) -> RecountLine | None:
        """Return the offers open on the eve: dated before it, decided later or neither decided nor at an end."""
        ctx, info = self.ctx, read_measures()["offers"]
        cases = read_open_cases(ctx.finding("open_at_stop", "offers", code))
        eve = ctx.stop.effective_from - dt.timedelta(days=1)
        if cases is None or not self._has_records(info.table) or ctx.panel.as_of < eve:
            return None
        dated = self._meeting(info, code, _until_end(info))
        words = [coded_words(ctx, "status", status) for status in _UNDECIDED]
        undecided: list[tuple[Criterion, ...]] = [(Criterion("decided_on", ">=", ctx.stop.effective_from),)]
        undecided += [(Criterion("decided_on", "empty"), Criterion("status", "=", word)) for word in words]
        name = "open_value" if is_value else "open_n"
        return RecountLine(
            what=ctx.texts.text(f"workbook.reconciliation.what_{name}"),
            region=ctx.region_short(code) if code != OTHERS else "",
            window=ctx.texts.text("workbook.reconciliation.eve"),
            end=eve,
            reported=cell,
            place=place,
            choices=tuple(replace(base, criteria=(*base.criteria, *more)) for base in dated for more in undecided),
            amount="value_eur" if is_value else "",
            unit="thousand" if is_value else "one",
        )

    def _activities(self, place: CellPlace, cell: Cell, code: str) -> RecountLine | None:
        """Return trips and forums of the phases before the stop as one figure; each kind has a sheet of its own."""
        parts = [
            part
            for measure in _ACTIVITIES
            for phase in self.ctx.phases_before
            if (part := self._phase(place, cell, measure, code, phase.key, is_rate=False)) is not None
        ]
        known = [measure for measure in _ACTIVITIES if self.ctx.state(measure) != "not_recorded"]
        if not parts or not all(self._has_records(read_measures()[measure].table) for measure in known):
            return None
        choices = tuple(
            replace(choice, criteria=tuple(_fixed(criterion, part) for criterion in choice.criteria))
            for part in parts
            for choice in part.choices
        )
        first, last = self.ctx.phases_before[0].key, self.ctx.phases_before[-1].key
        return replace(
            parts[0],
            what=self.ctx.texts.text("workbook.reconciliation.what_activities"),
            window=first if first == last else f"{first}\u2013{last}",
            start=parts[0].start,
            end=max(part.end for part in parts if part.end is not None),
            choices=choices,
        )


def _fixed(criterion: Criterion, part: RecountLine) -> Criterion:
    """Return a criterion with the day itself instead of a line's own cell."""
    if criterion.own in {"start", "end"}:
        return replace(criterion, operand=part.start if criterion.own == "start" else part.end, own="")
    return criterion


def _until_end(info: MeasureInfo) -> list[Criterion]:
    """Return the criteria of a date that lies before a line's last day, however late it may mean."""
    return [Criterion(info.date_column, "<=", own="end"), Criterion(f"{info.date_column}_until", "<=", own="end")]


def _measure(key: str) -> Measure:
    return next(measure for measure in read_measures() if measure == key)


def _named(line: RecountLine, ctx: ReportContext, region: RegionLine) -> RecountLine:
    label = region.label if region.code == OTHERS else line.region
    return replace(line, region=label, what=ctx.texts.text("workbook.reconciliation.page_one", what=line.what))
