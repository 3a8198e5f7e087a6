"""Recounts of the annual review: its measures by region, by year and by month, and what became of the year's offers."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vemas_analytics.model.document import Cell, CellPlace, Column, Criterion, RecordChoice, RecountLine, TableBlock
from vemas_analytics.model.names import MEASURES, TOTAL, Measure
from vemas_analytics.model.periods import shift_months
from vemas_analytics.reference.measures import MeasureInfo, read_measures
from vemas_analytics.reference.numbers import format_month
from vemas_analytics.reports.compose.annual.comparison import compared_measures
from vemas_analytics.reports.compose.annual.tables import known_in_year, year_regions
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.reconciliation import Recount
from vemas_analytics.reports.compose.recount_criteria import Choices, RecordCriteria, until_end

_MEASURES_KEY: Final = "annual_measures"
_YEARS_KEY: Final = "annual_years"
_MONTHS_KEY: Final = "annual_months_"
_OFFERS_KEY: Final = "annual_cohort_offers"
_INQUIRIES_KEY: Final = "annual_cohort_inquiries"
_REGIONS_KEY: Final = "annual_"
_DECIDED: Final = ("won", "lost", "withdrawn", "suspended")


@dataclass(frozen=True, slots=True)
class YearRecounts:
    """Words the criteria of each figure of the review of one year."""

    criteria: RecordCriteria
    year: int

    @property
    def _ctx(self) -> ReportContext:
        return self.criteria.ctx

    def lines(self, table: TableBlock) -> Iterator[RecountLine]:
        """Yield the figures of a table of the review; none of a table that holds no counts of records."""
        key, ctx = table.key, self._ctx
        measure = next((item for item in MEASURES if key in {f"{_REGIONS_KEY}{item}", f"{_MONTHS_KEY}{item}"}), None)
        if key == _MEASURES_KEY:
            yield from self._rows(table, [(item, TOTAL) for item in known_in_year(ctx, self.year)])
        elif key == _YEARS_KEY:
            yield from self._rows(table, [(item, TOTAL) for item in compared_measures(ctx, self.year)])
        elif measure is not None and key.startswith(_MONTHS_KEY):
            yield from self._months(table, measure)
        elif measure is not None:
            yield from self._rows(table, [(measure, code) for code in year_regions(ctx, measure, self.year)])
        elif key in {_OFFERS_KEY, _INQUIRIES_KEY}:
            yield from self._cohort(table, "offers" if key == _OFFERS_KEY else "inquiries")

    def _year_of(self, column: Column) -> int | None:
        """Return the year whose figures stand in a column; None for means, ranges and changes."""
        if column.key in {"value", "previous"}:
            return self.year if column.key == "value" else self.year - 1
        number = column.key.removeprefix("year_")
        return int(number) if number != column.key and number.isdigit() else None

    def _rows(self, table: TableBlock, rows: Sequence[tuple[Measure, str]]) -> Iterator[RecountLine]:
        for index, ((measure, code), cells) in enumerate(zip(rows, table.rows, strict=True)):
            for column, cell in zip(table.columns, cells, strict=True):
                year = self._year_of(column)
                if year is not None and self._is_counted(measure):
                    place = CellPlace(table.key, index, column.key)
                    choices = self._in_year(read_measures()[measure], code, year)
                    yield self._line(place, cell, measure, code, str(year), _year_days(year), choices)

    def _months(self, table: TableBlock, measure: Measure) -> Iterator[RecountLine]:
        info = read_measures()[measure]
        for index, cells in enumerate(table.rows):
            for column, cell in zip(table.columns, cells, strict=True):
                year = self._year_of(column)
                if year is None or not self._is_counted(measure):
                    continue
                first = dt.date(year, index + 1, 1)
                days = (first, shift_months(first, 1) - dt.timedelta(days=1))
                # A week counts in the month it begins in.
                within = [
                    Criterion(info.date_column, ">=", own="start"),
                    Criterion(info.date_column, "<=", own="end"),
                    *self._known(info, days[1]),
                    *self.criteria.fine(info),
                ]
                choices = self.criteria.meeting(info, TOTAL, within)
                month = format_month(first, self._ctx.language)
                yield self._line(CellPlace(table.key, index, column.key), cell, measure, TOTAL, month, days, choices)

    def _cohort(self, table: TableBlock, measure: Measure) -> Iterator[RecountLine]:
        """Yield how many cases each year has, and what became of its offers up to the reference date."""
        info = read_measures()[measure]
        for index, cells in enumerate(table.rows):
            year = cells[0].value
            for column, cell in zip(table.columns, cells, strict=True):
                if not isinstance(year, int) or not self._is_counted(measure) or column.key == "year":
                    continue
                base = self._in_year(info, TOTAL, year)
                states = [()] if column.key == "n" else self._outcome(column.key) if measure == "offers" else []
                choices = tuple(
                    RecordChoice(choice.records, (*choice.criteria, *state)) for choice in base for state in states
                )
                if choices:
                    place = CellPlace(table.key, index, column.key)
                    line = self._line(place, cell, measure, TOTAL, str(year), _year_days(year), choices)
                    what = self._ctx.texts.text(
                        "workbook.reconciliation.what_cohort",
                        measure=info.label[self._ctx.language],
                        state=column.header,
                    )
                    yield line if column.key == "n" else replace(line, what=what)

    def _outcome(self, key: str) -> list[tuple[Criterion, ...]]:
        """Return the criteria of an offer's state at the reference date: a later decision is not known yet."""
        known = [(Criterion("decided_on", "empty"),), (Criterion("decided_on", "<=", self._ctx.panel.as_of),)]
        tomorrow = self._ctx.panel.as_of + dt.timedelta(days=1)
        words = {"open": ("open", "negotiation"), "unknown": ("",)}.get(key, (key,) if key in _DECIDED else ())
        found: list[tuple[Criterion, ...]] = [(*one, self.criteria.status(word)) for word in words for one in known]
        return [*found, (Criterion("decided_on", ">=", tomorrow),)] if key == "open" else found

    def _is_counted(self, measure: Measure) -> bool:
        info = read_measures()[measure]
        return self.criteria.has_records(info.table) and self._ctx.state(measure) != "not_recorded"

    def _known(self, info: MeasureInfo, last: dt.date) -> list[Criterion]:
        """Leave out what is dated after the reference date, where that lies before the last day."""
        as_of = self._ctx.panel.as_of
        return [Criterion(info.date_column, "<=", as_of)] if as_of < last else []

    def _in_year(self, info: MeasureInfo, code: str, year: int) -> Choices:
        """Return the criteria of a calendar year: all that a date can mean lies in it, however coarse it is."""
        own = [Criterion(info.date_column, ">=", own="start"), *until_end(info)]
        return self.criteria.meeting(info, code, [*own, *self._known(info, dt.date(year, 12, 31))])

    def _line(
        self,
        place: CellPlace,
        cell: Cell,
        measure: Measure,
        code: str,
        window: str,
        days: tuple[dt.date, dt.date],
        choices: Choices,
    ) -> RecountLine:
        ctx, info = self._ctx, read_measures()[measure]
        name = "value" if info.unit == "eur" else "count"
        return RecountLine(
            what=ctx.texts.text(f"workbook.reconciliation.what_{name}", measure=ctx.measure_label(measure)),
            region=self.criteria.region_name(code),
            window=window,
            start=days[0],
            end=days[1],
            reported=cell,
            place=place,
            choices=choices,
            amount=info.amount,
            unit="thousand" if info.unit == "eur" else "one",
        )


def _year_days(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def year_recount(year: int) -> Recount:
    """Return what the review of a year recounts."""

    def lines(criteria: RecordCriteria, table: TableBlock) -> Iterator[RecountLine]:
        return YearRecounts(criteria, year).lines(table)

    return Recount(lines, ("how", "criteria_year", "once_year", "cohort", "symbols", "not_here_year"))
