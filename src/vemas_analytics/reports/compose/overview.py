"""Overview of regions: small multiples on one scale, and the phases of every measure."""

from vemas_analytics.model.document import Block, ChartRef, Paragraph, Section
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import MEASURES, OTHERS, RUSSIA, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.change_words import main_change, read_baselines
from vemas_analytics.reports.compose.chart_refs import chart_ref, region_labels
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.page_one import lines_of_regions
from vemas_analytics.reports.compose.phase_pages import counts_page
from vemas_analytics.reports.compose.sentences import phase_words
from vemas_analytics.reports.compose.tables import phase_table, shown_regions, yearly_table
from vemas_analytics.reports.compose.yearly import yearly_sum, years_words

_MULTIPLES = 12
"""Small multiples on one page; further regions stand in the table."""

_ROW_MM = 26.0
_PAIR_ROW_MM = 4.4
_STEPS_MM = 50.0


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


def _phase_findings(ctx: ReportContext) -> list[Finding]:
    """Return the rates by phase of the regions with a line of their own on page 1 and any record."""
    measure = ctx.lead_measure
    lines = (line.code for line in lines_of_regions(ctx) if line.code not in {OTHERS, TOTAL})
    codes = (code for code in lines if ctx.total_n(measure, code))
    found = (ctx.finding("phases", measure, code) for code in codes)
    return [item for item in found if item is not None and item.table is not None]


def pairs_chart(ctx: ReportContext) -> ChartRef | None:
    """Return the rates per year of each region in phase II and since the stop, side by side on one line."""
    measure = ctx.lead_measure
    if ctx.state(measure) != "recorded" or len(ctx.panel.phases) < 2:
        return None
    findings = _phase_findings(ctx)
    before, after = _told_phases(ctx)
    rates = {item.region: _rates_of(ctx, measure, item.region) for item in findings}
    known = [code for code, row in rates.items() if row.get(before) is not None and row.get(after) is not None]
    if len(known) < 2:
        return None
    counted = [code for code in known if code != RUSSIA]
    fallen = [code for code in counted if (rates[code][after] or 0) < (rates[code][before] or 0)]
    return chart_ref(
        ctx,
        "regions_pairs",
        "dumbbell",
        findings,
        title=ctx.say("overview.pairs_title", measure=ctx.measure_label(measure), before=before, after=after),
        message=ctx.count(
            "overview.pairs",
            len(fallen),
            regions=format_integer(len(counted), ctx.language),
            none=ctx.count("overview.pairs_none", sum(not rates[code][after] for code in counted)),
        ),
        height_mm=12 + _PAIR_ROW_MM * len(findings),
        options={"labels": region_labels(ctx, findings)},
    )


def _told_phases(ctx: ReportContext) -> tuple[str, str]:
    keys = [phase.key for phase in ctx.panel.phases]
    return ("II" if "II" in keys[:-1] else keys[-2]), keys[-1]


def _rates_of(ctx: ReportContext, measure: Measure, code: str) -> dict[str, float | None]:
    return {row.phase: row.per_year for row in ctx.phase_rows(measure, code)}


def steps_chart(ctx: ReportContext) -> ChartRef | None:
    """Return from the total before to the total since, region by region; None where no region can be compared."""
    measure = ctx.lead_measure
    chosen = main_change(read_baselines(ctx, measure, TOTAL))
    if chosen is None or ctx.public:
        return None
    base = chosen[0]
    codes = [*ctx.regions, RUSSIA, TOTAL]
    found = (ctx.finding("before_after", measure, code, base) for code in codes)
    findings = [item for item in found if item is not None and (item.n_before or item.n_after)]
    regional = [item for item in findings if item.region not in {RUSSIA, TOTAL}]
    if len(regional) < 2:
        return None
    most = sorted(regional, key=lambda item: (-_loss(item), item.region))[:2]
    return chart_ref(
        ctx,
        "regions_steps",
        "waterfall",
        findings,
        title=ctx.say(
            "overview.steps_title", measure=ctx.measure_label(measure), baseline=ctx.say(f"baseline.label.{base}")
        ),
        message=ctx.say(
            "overview.steps_message",
            first=ctx.region_short(most[0].region),
            second=ctx.region_short(most[1].region),
        ),
        height_mm=_STEPS_MM,
        options={"labels": region_labels(ctx, findings)},
    )


def _loss(finding: Finding) -> float:
    before, after = finding.days_before or 0, finding.days_after or 0
    if not before or not after:
        return 0.0
    return (finding.n_before or 0) / before - (finding.n_after or 0) / after


def overview(ctx: ReportContext) -> Section:
    """Return the overview of regions."""
    blocks: list[Block] = [Paragraph(ctx.say("page_one.note_public") if ctx.public else overview_words(ctx))]
    known = known_measures(ctx)
    blocks += [item for item in (small_multiples(ctx), steps_chart(ctx), counts_page(ctx), pairs_chart(ctx)) if item]
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
