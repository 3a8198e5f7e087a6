"""Cumulative incidence: how many inquiries and offers got where within 90, 180 and 365 days."""

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reports.compose.answer_readings import read_incidence
from vemas_analytics.reports.compose.answers import Answer, count_cell, source_words, tell
from vemas_analytics.reports.compose.cells import integer_cell, number_column, text_cell, text_column
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.funnel import (
    SIDES,
    conversion_findings,
    conversion_sentence,
    has_conversion,
    share_with_range,
    told_incidence,
)


def horizon_table(ctx: ReportContext) -> TableBlock:
    """Return the share with an offer, or an order, at each horizon on either side."""
    rows = []
    for measure in RATE_MEASURES:
        sides = conversion_findings(ctx, measure)
        first = [row for item in sides.values() for row in read_incidence(item)][:1]
        outcome = first[0].outcome if first else ""
        horizons = list(dict.fromkeys(row.days for item in sides.values() for row in read_incidence(item)))
        for days in horizons:
            cells: list[Cell] = []
            for side in SIDES:
                row = told_incidence(sides[side], outcome, days) if side in sides else None
                cells += [count_cell(ctx, None if row is None else row.n_cases), *share_with_range(ctx, row)]
            label = tell(ctx, f"conversion.step_{measure}")
            rows.append((text_cell(label), integer_cell(days, ctx.language), *cells))
    columns = [text_column("step", tell(ctx, "column.outcome"), 2.2)]
    columns.append(number_column("days", tell(ctx, "column.days"), 0.7))
    for side in SIDES:
        group = tell(ctx, f"column.group_{side}")
        columns += [
            number_column(f"n_cases_{side}", tell(ctx, "column.n_cases"), 0.9, group),
            number_column(f"share_{side}", tell(ctx, "column.share"), 0.9, group),
            number_column(f"interval_{side}", tell(ctx, "column.interval_percent"), 1.2, group),
        ]
    return TableBlock(
        key="incidence",
        title=tell(ctx, "conversion.title"),
        columns=tuple(columns),
        rows=tuple(rows),
        scope=tell(ctx, "conversion.scope"),
        source=source_words(ctx),
        sheet_title=tell(ctx, "sheet.incidence"),
        small=True,
    )


def _curves(ctx: ReportContext, measure: Measure) -> list[Finding]:
    """Return the curves step by step where they were kept, one for each side."""
    found = (ctx.finding("conversion_curve", measure, TOTAL, side) for side in SIDES)
    return [item for item in found if item is not None]


def conversion_answer(ctx: ReportContext) -> Answer | None:
    """Return conversion in time; None where neither inquiries nor offers can be followed."""
    known = [measure for measure in RATE_MEASURES if has_conversion(ctx, measure)]
    if not known:
        return None
    findings = {m: [item for item in conversion_findings(ctx, m).values() if read_incidence(item)] for m in known}
    charts = tuple(
        chart_ref(
            ctx,
            f"incidence_{measure}",
            "cumulative_incidence",
            [*_curves(ctx, measure), *findings[measure]],
            title=tell(ctx, "conversion.chart_title", measure=ctx.measure_label(measure)),
            message=conversion_sentence(ctx, measure),
            height_mm=46,
        )
        for measure in known
    )
    sentences = tuple(conversion_sentence(ctx, measure) for measure in known)
    return Answer(
        "conversion",
        sentences,
        tuple(item for items in findings.values() for item in items),
        (horizon_table(ctx),),
        (),
        charts,
    )
