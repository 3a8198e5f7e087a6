"""What the columns of the phases cannot show: phases kept only in part, and records in none of them."""

import datetime as dt
from collections.abc import Sequence

from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.settings import Phase
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import records, text, whole

_BY_PRECISION = {"recorded": ("coarser_than_month", "month_cut_by_edge"), "partial": ("across_phases",)}
"""Why a record is too coarsely dated for a phase: a list with gaps counts coarser dates that lie within one."""


def limit_notes(ctx: ReportContext, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the notes under a table that has the phases of these measures as columns."""
    counts = {"unphased": count_unphased(ctx, measures), "outside_coverage": 0, "outside_phases": 0}
    for measure in measures:
        reasons = _reasons(ctx, measure)
        counts["outside_coverage"] += reasons.get("outside_coverage", 0)
        counts["outside_phases"] += reasons.get("outside_phases", 0)
    said = (ctx.count(f"page_one.note_{reason}", n) for reason, n in counts.items() if n)
    return (*(note for measure in measures for note in kept_notes(ctx, measure)), *said)


def count_unphased(ctx: ReportContext, measures: Sequence[Measure]) -> int:
    """Return how many records are dated too coarsely for any phase; yearly tables and charts have them."""
    return sum(
        _reasons(ctx, measure).get(reason, 0)
        for measure in measures
        for reason in _BY_PRECISION.get(ctx.state(measure), ())
    )


def _reasons(ctx: ReportContext, measure: Measure) -> dict[str, int]:
    table = read_measures()[measure].table
    rows = records(ctx.finding("outside_totals", "outside", TOTAL))
    return {text(row["reason"]): whole(row["n"]) or 0 for row in rows if text(row["table"]) == table}


def kept_notes(ctx: ReportContext, measure: Measure) -> list[str]:
    """Say of each phase where the keeping of the list begins or ends within it."""
    coverage = ctx.panel.coverage.get(read_measures()[measure].table)
    if coverage is None or coverage.state != "recorded" or coverage.start is None or coverage.end is None:
        return []
    label, notes = ctx.measure_label(measure), []
    for phase in ctx.panel.phases:
        if phase.start is not None and phase.start < coverage.start < _end(ctx, phase):
            date = ctx.date(coverage.start)
            notes.append(ctx.say("page_one.note_kept_from", measure=label, phase=phase.key, date=date))
        if (phase.start is None or phase.start < coverage.end) and coverage.end < _end(ctx, phase):
            date = ctx.date(coverage.end - dt.timedelta(days=1))
            notes.append(ctx.say("page_one.note_kept_until", measure=label, phase=phase.key, date=date))
    return notes


def _end(ctx: ReportContext, phase: Phase) -> dt.date:
    """Return the day after the last one of a phase that a report can know of."""
    end = ctx.panel.as_of + dt.timedelta(days=1)
    return end if phase.end is None else min(phase.end, end)
