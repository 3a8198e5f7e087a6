"""Overview of regions: small multiples on one scale, and the phases of every measure."""

from vemas_analytics.model.document import Block, ChartRef, Paragraph, Section
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import MEASURES, RUSSIA, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.chart_refs import chart_ref, region_labels
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.sentences import phase_words
from vemas_analytics.reports.compose.tables import phase_table, shown_regions, yearly_table

_PAGE_MEASURES: tuple[Measure, ...] = ("inquiries", "offers", "trips", "forums")
_MULTIPLES = 9
"""Small multiples on one page; further regions stand in the table."""

_ROW_MM = 34.0


def known_measures(ctx: ReportContext) -> tuple[Measure, ...]:
    """Return the measures of which anything was counted in any phase."""
    return tuple(measure for measure in MEASURES if ctx.total_n(measure, TOTAL))


def small_multiples(ctx: ReportContext) -> ChartRef | None:
    """Return the yearly course of the lead measure in the regions with most records, on one scale."""
    measure = ctx.lead_measure
    codes = sorted(
        (code for code in ctx.regions if ctx.total_n(measure, code)), key=lambda code: -ctx.total_n(measure, code)
    )
    findings: list[Finding] = []
    for code in codes[:_MULTIPLES]:
        yearly = ctx.finding("yearly", measure, code)
        if yearly is not None and yearly.series:
            findings.append(yearly)
    if len(findings) < 2:
        return None
    top, second = findings[0].region, findings[1].region
    label = ctx.measure_label(measure)
    return chart_ref(
        ctx,
        "regions_small_multiples",
        "small_multiples",
        findings,
        title=ctx.say("overview.chart_title", measure=label),
        message=ctx.say(
            "overview.chart_message",
            measure=label,
            first=ctx.region_short(top),
            n_first=format_integer(ctx.total_n(measure, top), ctx.language),
            second=ctx.region_short(second),
            n_second=format_integer(ctx.total_n(measure, second), ctx.language),
            n=format_integer(ctx.total_n(measure, TOTAL), ctx.language),
            at_least=ctx.say("at_least_word") if ctx.state(measure) == "partial" else "",
        ),
        height_mm=_ROW_MM * ((len(findings) + 2) // 3),
        options={"labels": region_labels(ctx, findings)},
    )


def overview(ctx: ReportContext) -> Section:
    """Return the overview of regions."""
    blocks: list[Block] = [Paragraph(ctx.say("page_one.note_public") if ctx.public else overview_words(ctx))]
    chart = small_multiples(ctx)
    if chart is not None:
        blocks.append(chart)
    for measure in known_measures(ctx):
        blocks.append(phase_table(ctx, measure, in_pdf=measure in _PAGE_MEASURES))
    for measure in known_measures(ctx):
        table = yearly_table(ctx, measure)
        if table is not None:
            blocks.append(table)
    return Section("overview", ctx.say("overview.heading"), tuple(blocks), page_break=True)


def overview_words(ctx: ReportContext) -> str:
    """Say how many regions have records and which had the most in the last phase before the stop."""
    measure = ctx.lead_measure
    codes = [code for code in shown_regions(ctx, measure) if code not in {RUSSIA, TOTAL}]
    main = ctx.count("overview.regions", len(codes), measure=ctx.measure_label(measure))
    last = ctx.phases_before[-1:] if ctx.phases_before else ()
    if not last:
        return main
    key = last[0].key
    counts = {code: _phase_n(ctx, measure, code, key) for code in codes}
    best = max(codes, key=lambda code: (counts[code], code), default=None)
    if best is None or not counts[best]:
        return main
    return f"{main} " + ctx.count(
        f"overview.{'at_least' if ctx.state(measure) == 'partial' else 'most'}",
        counts[best],
        phase=phase_words(ctx, key),
        region=ctx.region_short(best),
        measure=ctx.measure_label(measure),
    )


def _phase_n(ctx: ReportContext, measure: Measure, code: str, key: str) -> float:
    return next((row.n or 0 for row in ctx.phase_rows(measure, code) if row.phase == key), 0)
