"""Recounts of the offers and inquiries open on the eve of the stop, by dates and status of each record."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, Literal, TypeAlias

from vemas_analytics.model.document import Cell, CellPlace, Criterion, RecountLine, TableBlock
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reports.compose.eve import CaseMeasure, open_codes
from vemas_analytics.reports.compose.readings import read_open_cases
from vemas_analytics.reports.compose.recount_criteria import RecordCriteria, until_end

EveFigure: TypeAlias = Literal["n_open", "value", "n_value_known", "n_unknown"]
_FIGURES: Final[tuple[EveFigure, ...]] = ("n_open", "value", "n_value_known", "n_unknown")
_UNDECIDED: Final = ("open", "negotiation", "suspended")
_DECIDED: Final = ("won", "lost", "withdrawn", "")
_UNANSWERED: Final = ("open", "answered")
_ENDED: Final = ("closed", "declined", "")
_AMOUNT: Final = "value_eur"

Alternatives: TypeAlias = list[tuple[Criterion, ...]]


@dataclass(frozen=True, slots=True)
class EveRecounts:
    """Words the criteria of what was open, or of which it is unknown whether it was."""

    criteria: RecordCriteria

    def table(self, table: TableBlock, measure: CaseMeasure) -> Iterator[RecountLine]:
        """Yield the figures of a table of open cases by region."""
        for row, (code, cells) in enumerate(zip(open_codes(self.criteria.ctx, measure), table.rows, strict=True)):
            for column, cell in zip(table.columns, cells, strict=True):
                figure = next((figure for figure in _FIGURES if figure == column.key), None)
                line = None
                if figure is not None:
                    line = self.line(CellPlace(table.key, row, column.key), cell, measure, code, figure)
                if line is not None:
                    yield line

    def line(
        self, place: CellPlace, cell: Cell, measure: CaseMeasure, code: str, figure: EveFigure
    ) -> RecountLine | None:
        """Return the recount of one figure; None where its records are elsewhere or nothing is known of the eve."""
        ctx, info = self.criteria.ctx, read_measures()[measure]
        cases = read_open_cases(ctx.finding("open_at_stop", measure, code))
        eve = ctx.stop.effective_from - dt.timedelta(days=1)
        if cases is None or not self.criteria.has_records(info.table) or ctx.panel.as_of < eve:
            return None
        dated = self.criteria.meeting(info, code, until_end(info))
        known = (Criterion(_AMOUNT, "filled"),) if figure == "n_value_known" else ()
        states = self._states(measure, is_unknown=figure == "n_unknown")
        return RecountLine(
            what=ctx.texts.text(f"workbook.reconciliation.eve_{measure}.{figure}"),
            region=self.criteria.region_name(code),
            window=ctx.texts.text("workbook.reconciliation.eve"),
            end=eve,
            reported=cell,
            place=place,
            choices=tuple(
                replace(base, criteria=(*base.criteria, *state, *known)) for base in dated for state in states
            ),
            amount=_AMOUNT if figure == "value" else "",
            unit="thousand" if figure == "value" else "one",
        )

    def _states(self, measure: CaseMeasure, *, is_unknown: bool) -> Alternatives:
        if measure == "offers":
            return self._unknown("decided_on", _DECIDED) if is_unknown else self._open("decided_on", _UNDECIDED)
        # No offer had been made: either none names the inquiry, or the first may be as late as the stop.
        stop = self.criteria.ctx.stop.effective_from
        without: Alternatives = [(Criterion("first_offer_until", "empty"),)]
        later: Alternatives = [(Criterion("first_offer_until", ">=", stop),)]
        offered = (Criterion("closed_on", "empty"), self.criteria.status("offered"))
        if not is_unknown:
            found = _joined(self._open("closed_on", _UNANSWERED), [*without, *later])
            return [*found, *_joined([(*offered, Criterion("last_offer_on", ">=", stop))], later)]
        found = _joined(self._unknown("closed_on", _ENDED), [*without, *later])
        found += _joined([(*offered, Criterion("last_offer_on", "empty"))], [*without, *later])
        eve = stop - dt.timedelta(days=1)
        return [*found, *_joined([(*offered, Criterion("last_offer_on", "<=", eve))], later)]

    def _open(self, end: str, statuses: tuple[str, ...]) -> Alternatives:
        """Return the cases that ended later, or have no date of an end and a status that is none."""
        later = (Criterion(end, ">=", self.criteria.ctx.stop.effective_from),)
        return [later, *((Criterion(end, "empty"), self.criteria.status(word)) for word in statuses)]

    def _unknown(self, end: str, statuses: tuple[str, ...]) -> Alternatives:
        """Return the cases whose end may lie on either side of the stop, and those that ended without a date."""
        stop = self.criteria.ctx.stop.effective_from
        cut = (Criterion(end, "<=", stop - dt.timedelta(days=1)), Criterion(f"{end}_until", ">=", stop))
        return [cut, *((Criterion(end, "empty"), self.criteria.status(word)) for word in statuses)]


def _joined(first: Alternatives, second: Alternatives) -> Alternatives:
    return [(*one, *other) for one, other in product(first, second)]
