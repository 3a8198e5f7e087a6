"""Recounts of the tables by phase: the table of page 1, and every measure by region and phase."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from vemas_analytics.model.document import Cell, CellPlace, Criterion, RecountLine, TableBlock
from vemas_analytics.model.names import OTHERS, Measure
from vemas_analytics.model.periods import Bounds
from vemas_analytics.model.settings import Phase
from vemas_analytics.reference.measures import MeasureInfo, read_measures
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.page_one import RegionLine, lines_of_regions
from vemas_analytics.reports.compose.readings import PhaseRow
from vemas_analytics.reports.compose.recount_criteria import Choices, RecordCriteria, until_end
from vemas_analytics.reports.compose.recount_eve import EveFigure, EveRecounts
from vemas_analytics.reports.compose.tables import shown_regions

_ACTIVITIES: Final[tuple[Measure, ...]] = ("trips", "forums")
_OPEN_OFFERS: Final[dict[str, EveFigure]] = {"open_n": "n_open", "open_value": "value"}


@dataclass(frozen=True, slots=True)
class PhaseRecounts:
    """Words the criteria of each figure of the tables by phase."""

    criteria: RecordCriteria

    @property
    def _ctx(self) -> ReportContext:
        return self.criteria.ctx

    def page_one(self, table: TableBlock) -> Iterator[RecountLine]:
        """Yield the figures of page 1, column by column."""
        ctx = self._ctx
        lines = lines_of_regions(ctx)
        for position, column in enumerate(table.columns):
            kind, phase_key = self._split(column.key)
            for row, (line, cells) in enumerate(zip(lines, table.rows, strict=True)):
                place, cell = CellPlace(table.key, row, column.key), cells[position]
                found: RecountLine | None = None
                if column.key in _OPEN_OFFERS:
                    found = EveRecounts(self.criteria).line(place, cell, "offers", line.code, _OPEN_OFFERS[column.key])
                elif column.key == "activities":
                    found = self._activities(place, cell, line.code)
                elif kind in {"rate", "n"}:
                    found = self._phase(place, cell, ctx.lead_measure, line.code, phase_key, is_rate=kind == "rate")
                elif kind in read_measures():
                    found = self._phase(place, cell, _measure(kind), line.code, phase_key, is_rate=False)
                if found is not None:
                    yield _named(found, ctx, line)

    def phases(self, table: TableBlock, measure: Measure) -> Iterator[RecountLine]:
        """Yield the figures of one measure by region and phase."""
        for row, (code, cells) in enumerate(zip(shown_regions(self._ctx, measure), table.rows, strict=True)):
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
        ctx, info = self._ctx, read_measures()[measure]
        row = next((row for row in ctx.phase_rows(measure, code) if row.phase == phase_key), None)
        phase = next(phase for phase in ctx.panel.phases if phase.key == phase_key)
        if not self.criteria.has_records(info.table) or row is None or row.state == "not_recorded":
            return None
        if is_rate and row.per_year is None:
            return None
        start, end = self._window(info, phase, row)
        if end is None:
            return None
        name = "rate" if is_rate else "value" if info.unit == "eur" else "count"
        return RecountLine(
            what=ctx.texts.text(f"workbook.reconciliation.what_{name}", measure=ctx.measure_label(measure)),
            region=self.criteria.region_name(code),
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
        for phase in self._ctx.panel.phases:
            if column.endswith(f"_{phase.key}"):
                return column.removesuffix(f"_{phase.key}"), phase.key
        return "", ""

    def _window(self, info: MeasureInfo, phase: Phase, row: PhaseRow) -> tuple[dt.date | None, dt.date | None]:
        """Return first and last day within which a record counts for a phase; no last day where there is none."""
        panel = self._ctx.panel
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
            *until_end(info),
            *([] if takes_coarse else self.criteria.fine(info)),
        ]
        return self.criteria.meeting(info, code, window)

    def _activities(self, place: CellPlace, cell: Cell, code: str) -> RecountLine | None:
        """Return trips and forums of the phases before the stop as one figure; each kind has a sheet of its own."""
        parts = [
            part
            for measure in _ACTIVITIES
            for phase in self._ctx.phases_before
            if (part := self._phase(place, cell, measure, code, phase.key, is_rate=False)) is not None
        ]
        known = [measure for measure in _ACTIVITIES if self._ctx.state(measure) != "not_recorded"]
        if not parts or not all(self.criteria.has_records(read_measures()[measure].table) for measure in known):
            return None
        choices = tuple(
            replace(choice, criteria=tuple(_fixed(criterion, part) for criterion in choice.criteria))
            for part in parts
            for choice in part.choices
        )
        first, last = self._ctx.phases_before[0].key, self._ctx.phases_before[-1].key
        return replace(
            parts[0],
            what=self._ctx.texts.text("workbook.reconciliation.what_activities"),
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


def _measure(key: str) -> Measure:
    return next(measure for measure in read_measures() if measure == key)


def _named(line: RecountLine, ctx: ReportContext, region: RegionLine) -> RecountLine:
    label = region.label if region.code == OTHERS else line.region
    return replace(line, region=label, what=ctx.texts.text("workbook.reconciliation.page_one", what=line.what))
