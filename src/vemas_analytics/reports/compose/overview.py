"""Overview of regions: small multiples on one scale, and the phases of every measure."""

from vemas_analytics.model.document import Block, ChartRef, Paragraph, Section
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import MEASURES, RUSSIA, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.chart_refs import chart_ref, region_labels
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.page_one import yearly_sum, years_words
from vemas_analytics.reports.compose.phase_pages import activity_page, case_page
from vemas_analytics.reports.compose.sentences import phase_words
from vemas_analytics.reports.compose.tables import phase_table, shown_regions, yearly_table

_MULTIPLES = 12
"""Small multiples on one page; further regions stand in the table."""

_ROW_MM = 28.0


def known_measures(ctx: ReportContext) -> tuple[Measure, ...]:
    """Return the measures of which anything was counted in any phase."""
    return tuple(measure for measure in MEASURES if ctx.total_n(measure, TOTAL))


def small_multiples(ctx: ReportContext) -> ChartRef | None:
    """Return the yearly course of the lead measure in the regions with most records, on one scale."""
    measure = ctx.lead_measure
    codes = sorted(
        (code for code in ctx.regions if ctx.total_n(measure, code)), key=lambda code: -yearly_sum(ctx, measure, code)
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
        title=ctx.say("overview.chart_title", measure=label, years=years_words(ctx, measure)),
        message=ctx.say(
            "overview.chart_message",
            first=_mention(ctx, measure, top),
            n_first=format_integer(yearly_sum(ctx, measure, top), ctx.language),
            second=_mention(ctx, measure, second),
            n_second=format_integer(yearly_sum(ctx, measure, second), ctx.language),
            n=format_integer(yearly_sum(ctx, measure, TOTAL), ctx.language),
            at_least=ctx.say("at_least_word") if ctx.state(measure) == "partial" else "",
        ),
        height_mm=_ROW_MM * ((len(findings) + 3) // 4),
        options={"labels": region_labels(ctx, findings)},
    )


def _mention(ctx: ReportContext, measure: Measure, code: str) -> str:
    if measure == "inquiries":
        return ctx.region_from(code)
    return (
        ctx.region_to(code)
        if measure == "offers"
        else ctx.say("overview.region_mention", region=ctx.region_short(code))
    )


def overview(ctx: ReportContext) -> Section:
    """Return the overview of regions."""
    blocks: list[Block] = [Paragraph(ctx.say("page_one.note_public") if ctx.public else overview_words(ctx))]
    chart = small_multiples(ctx)
    if chart is not None:
        blocks.append(chart)
    known = known_measures(ctx)
    activities = activity_page(ctx)
    if activities is not None:
        blocks.append(activities)
    blocks += [case_page(ctx, measure) for measure in RATE_MEASURES if measure in known]
    blocks += [phase_table(ctx, measure, in_pdf=False) for measure in known]
    for measure in known:
        table = yearly_table(ctx, measure)
        if table is not None:
            blocks.append(table)
    return Section("overview", ctx.say("overview.heading"), tuple(blocks), page_break=True)


def overview_words(ctx: ReportContext) -> str:
    """Say how many regions have records and which had the most in the last phase before the stop."""
    measure = ctx.lead_measure
    codes = [code for code in shown_regions(ctx, measure) if code not in {RUSSIA, TOTAL}]
    main = ctx.count(f"overview.regions_{measure}", len(codes))
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
