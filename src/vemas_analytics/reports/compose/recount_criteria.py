"""Criteria by which the records of the workbook's sheets are counted: region, time, what a measure takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from vemas_analytics.model.document import Criterion, RecordChoice
from vemas_analytics.model.names import OTHERS, TOTAL, TableName
from vemas_analytics.model.periods import FINE_PRECISIONS
from vemas_analytics.reference.measures import MeasureInfo
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.records import TableRecords, coded_words

Choices: TypeAlias = tuple[RecordChoice, ...]


@dataclass(frozen=True, slots=True)
class RecordCriteria:
    """Words the criteria of a figure in the columns of the records sheets."""

    ctx: ReportContext
    sheets: Mapping[TableName, TableRecords]

    def has_records(self, table: TableName) -> bool:
        """Tell whether the workbook holds the records of a table."""
        return table in self.sheets and not self.sheets[table].sheet.is_pointer

    def fine(self, info: MeasureInfo) -> list[Criterion]:
        """Leave out the dates coarser than a month, as far as the list has any."""
        column = f"{info.date_column}_precision"
        found = self.ctx.tables.frame(info.table)[column].dropna().astype("string").unique()
        coarse = sorted(set(map(str, found)) - set(FINE_PRECISIONS))
        return [Criterion(column, "<>", coded_words(self.ctx, column, word)) for word in coarse]

    def status(self, word: str) -> Criterion:
        """Return the criterion of a status; without a word that of none."""
        return Criterion("status", "=", coded_words(self.ctx, "status", word)) if word else Criterion("status", "empty")

    def meeting(self, info: MeasureInfo, code: str, criteria: Sequence[Criterion]) -> Choices:
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

    def region_name(self, code: str) -> str:
        """Return the region as its rows name it; empty for the regions that one line has together."""
        return self.ctx.region_short(code) if code != OTHERS else ""


def until_end(info: MeasureInfo) -> list[Criterion]:
    """Return the criteria of a date that lies before a line's last day, however late it may mean."""
    return [Criterion(info.date_column, "<=", own="end"), Criterion(f"{info.date_column}_until", "<=", own="end")]
