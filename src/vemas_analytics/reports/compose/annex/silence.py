"""Timing: when each region went quiet, and what is still dated after the stop."""

from collections.abc import Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.reference.measures import LEAD_MEASURES
from vemas_analytics.reference.numbers import format_integer, format_list
from vemas_analytics.reports.compose.answers import (
    Answer,
    count_cell,
    lines_of_measures,
    source_words,
    tell,
    tell_number,
)
from vemas_analytics.reports.compose.cells import date_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import day, records, text, whole

Row = dict[str, Scalar]


def _regional(finding: Finding) -> list[Row]:
    return [row for row in records(finding) if text(row["region"]) not in {RUSSIA, TOTAL}]


def _names(ctx: ReportContext, rows: Sequence[Row]) -> str:
    return format_list([ctx.region_short(text(row["region"])) for row in rows], ctx.language)


def timing_sentences(ctx: ReportContext, measure: Measure, finding: Finding) -> tuple[str, ...]:
    """Say where it was quiet for longer than ever before the stop, and where something came after it."""
    rows = _regional(finding)
    rated = [row for row in rows if row["quiet_already"] is not None]
    quiet = [row for row in rated if row["quiet_already"]]
    after = [row for row in rows if whole(row["n_after"])]
    return (
        tell_number(
            ctx,
            "timing.quiet",
            len(quiet),
            measure=ctx.measure_label(measure),
            regions=format_integer(len(rated), ctx.language),
            names=_names(ctx, quiet),
        ),
        tell_number(ctx, "timing.after", len(after), names=_names(ctx, after)),
    )


def _date(ctx: ReportContext, value: Scalar) -> Cell:
    found = day(value)
    return symbol_cell("no_sense", ctx.language) if found is None else date_cell(found, ctx.language)


def _timing_row(ctx: ReportContext, row: Row) -> tuple[Cell, ...]:
    quiet = row["quiet_already"]
    return (
        text_cell(ctx.region_short(text(row["region"]))),
        count_cell(ctx, row["n_before"]),
        _date(ctx, row["last_before"]),
        count_cell(ctx, row["silence_days"]),
        count_cell(ctx, row["longest_gap_days"]),
        symbol_cell("no_sense", ctx.language) if quiet is None else text_cell(ctx.say("yes" if quiet else "no")),
        count_cell(ctx, row["n_after"]),
        _date(ctx, row["last"]),
        count_cell(ctx, row["days_from_stop"]),
    )


def timing_table(ctx: ReportContext, measure: Measure, finding: Finding) -> TableBlock:
    """Return last records and silences by region, those silent the longest first, total last."""
    regional = sorted(_regional(finding), key=lambda row: (whole(row["days_from_stop"]) or 0, text(row["region"])))
    ends = [row for code in (RUSSIA, TOTAL) for row in records(finding) if text(row["region"]) == code]
    rows = [*regional, *ends]
    return TableBlock(
        key=f"timing_{measure}",
        title=tell(ctx, "timing.title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("region", tell(ctx, "column.region"), 1.8),
            number_column("n_before", tell(ctx, "column.n_before"), 0.8),
            text_column("last_before", tell(ctx, "column.last_before"), 1.1),
            number_column("silence", tell(ctx, "column.silence"), 1.1),
            number_column("gap", tell(ctx, "column.gap"), 1.1),
            text_column("quiet", tell(ctx, "column.quiet"), 0.8),
            number_column("n_after", tell(ctx, "column.n_after"), 0.8),
            text_column("last", tell(ctx, "column.last"), 1.1),
            number_column("from_stop", tell(ctx, "column.from_stop"), 1.0),
        ),
        rows=tuple(_timing_row(ctx, row) for row in rows),
        scope=tell(ctx, "timing.scope"),
        source=source_words(ctx),
        total_rows=(len(rows) - 1,) if rows and text(rows[-1]["region"]) == TOTAL else (),
        small=True,
    )


def timing_answer(ctx: ReportContext) -> Answer | None:
    """Return when it went quiet, for every list kept without gaps; None where there is none."""
    found = {measure: ctx.finding("timing", measure, TOTAL) for measure in LEAD_MEASURES}
    known = {
        measure: item
        for measure, item in found.items()
        if item is not None and ctx.state(measure) == "recorded" and _regional(item)
    }
    if not known:
        return None
    first, finding = next(iter(known.items()))
    tables = {measure: timing_table(ctx, measure, item) for measure, item in known.items()}
    return Answer(
        "timing",
        timing_sentences(ctx, first, finding),
        (finding,),
        (tables[first],),
        (lines_of_measures(ctx, "timing", tables),),
    )
