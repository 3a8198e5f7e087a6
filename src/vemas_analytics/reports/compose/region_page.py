"""Regionenblatt: one page per region that says what was, what became of it, and what cannot be concluded."""

from collections.abc import Sequence

from vemas_analytics.model.document import Block, ChartRef, FactsBlock, Paragraph, Section
from vemas_analytics.model.names import OTHERS, RUSSIA, TOTAL, Measure
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reports.compose.cells import (
    date_text,
)
from vemas_analytics.reports.compose.change_words import change_lead, second_baselines
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.course import step_sentence
from vemas_analytics.reports.compose.data_words import recording_words
from vemas_analytics.reports.compose.eve_words import value_words
from vemas_analytics.reports.compose.page_one import lines_of_regions
from vemas_analytics.reports.compose.places import ascii_key, region_place
from vemas_analytics.reports.compose.readings import (
    read_last_activity,
    read_open_cases,
    records,
)
from vemas_analytics.reports.compose.region_tables import agreement_table, measure_table
from vemas_analytics.reports.compose.sentences import partial_words
from vemas_analytics.reports.compose.yearly import yearly_chart

_LAST_MEASURES: tuple[Measure, ...] = ("inquiries", "offers", "trips", "forums")


def regions_with_page(ctx: ReportContext, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Return the regions that get a page: the wanted ones, else partner and larger regions in the order of page 1."""
    if wanted is not None:
        return tuple(dict.fromkeys(wanted))
    partners = set(read_regions().partners)
    return tuple(
        line.code
        for line in lines_of_regions(ctx)
        if line.code not in {RUSSIA, OTHERS, TOTAL} and (line.code not in partners or _has_anything(ctx, line.code))
    )


def _has_anything(ctx: ReportContext, code: str) -> bool:
    agreements = any(True for _ in records(ctx.finding("agreements", "agreements", code)))
    return agreements or any(ctx.total_n(measure, code) for measure in _LAST_MEASURES)


def short_finding(ctx: ReportContext, code: str) -> list[str]:
    """Return the short finding of a region: inquiries and offers before and after, activities, what was open."""
    sentences: list[str] = []
    for measure in RATE_MEASURES:
        if ctx.state(measure) == "recorded":
            sentences += _course_or_change(ctx, measure, code)
        elif ctx.state(measure) == "partial" and ctx.total_n(measure, code):
            sentences.append(partial_words(ctx, measure, code))
    for measure in ("trips", "forums"):
        if ctx.state(measure) == "partial":
            sentences.append(partial_words(ctx, measure, code))
    if ctx.state("inquiries") == "not_recorded" and ctx.state("offers") == "not_recorded":
        sentences.append(ctx.say("region_page.no_cases"))
    if not ctx.public:
        sentences.append(_open_words(ctx, code))
    return [sentence for sentence in sentences if sentence]


def _course_or_change(ctx: ReportContext, measure: Measure, code: str) -> tuple[str, ...]:
    if ctx.public:
        return (step_sentence(ctx, measure, code),) if ctx.phase_rows(measure, code) else ()
    return change_lead(ctx, measure, code), second_baselines(ctx, measure, code)


def _open_words(ctx: ReportContext, code: str) -> str:
    cases = read_open_cases(ctx.finding("open_at_stop", "offers", code))
    if cases is None or ctx.state("offers") != "recorded":
        return ""
    return ctx.count("region_page.open", cases.n_open, value=value_words(ctx, cases))


def last_facts(ctx: ReportContext, code: str) -> FactsBlock:
    """Return the last inquiry, offer, trip and forum, and what is dated after the stop."""
    items: list[tuple[str, str]] = []
    for measure in _LAST_MEASURES:
        if ctx.state(measure) == "not_recorded":
            items.append((ctx.say(f"last.{measure}.label"), ctx.say("not_recorded_word")))
            continue
        last = read_last_activity(ctx.finding("last_activity", measure, code))
        if last is None:
            withheld = ctx.public and measure in RATE_MEASURES
            items.append((ctx.say(f"last.{measure}.label"), ctx.say("withheld_word" if withheld else "none_word")))
            continue
        shown = date_text(last.date, last.precision, ctx.language, ctx.texts)
        is_titled = bool(last.title) and measure in {"trips", "forums"}
        items.append((ctx.say(f"last.{measure}.label"), f"{shown}, {last.title}" if is_titled else shown))
    if not ctx.public:
        items.append((ctx.say("region_page.after_stop"), _after_stop_words(ctx, code)))
    if agreement_table(ctx, code) is None:
        is_known = any(True for _ in records(ctx.finding("agreements", "agreements", TOTAL)))
        said = ctx.say("none_word" if is_known else "not_recorded_word")
        items.append((ctx.say("region_page.agreements"), said))
    items.append((ctx.say("region_page.recorded"), recording_words(ctx)))
    return FactsBlock(tuple(items))


def _after_stop_words(ctx: ReportContext, code: str) -> str:
    parts = []
    for measure in _LAST_MEASURES:
        finding = ctx.finding("after_stop", measure, code)
        if finding is None or ctx.state(measure) == "not_recorded":
            continue
        n = len(finding.table.rows) if finding.table is not None else 0
        if n:
            parts.append(ctx.count(f"region_page.after_{measure}", n))
    return ctx.say("region_page.after_listed", parts=", ".join(parts)) if parts else ctx.say("none_word")


def region_chart(ctx: ReportContext, code: str, y_max: float | None) -> ChartRef | None:
    """Return yearly inquiries on the scale of all region pages with the activities under them."""
    measure = ctx.lead_measure
    yearly = ctx.finding("yearly", measure, code)
    activities = ctx.finding("activities", "activities", code)
    base = yearly_chart(ctx, measure, code, f"region_{ascii_key(code)}")
    if base is None or yearly is None:
        return None
    findings = [yearly] if activities is None else [yearly, activities]
    options: dict[str, object] = {} if y_max is None else {"y_max": y_max}
    return chart_ref(
        ctx,
        f"region_{ascii_key(code)}",
        "region_page",
        findings,
        title=base.title,
        message=base.message,
        height_mm=58 if activities is not None and activities.table is not None and activities.table.rows else 44,
        options=options,
    )


def _highest(ctx: ReportContext, codes: Sequence[str]) -> float | None:
    values = [
        point.value
        for code in codes
        for finding in [ctx.finding("yearly", ctx.lead_measure, code)]
        if finding is not None
        for point in finding.series
        if point.value is not None
    ]
    return max(values, default=None)


def region_pages(ctx: ReportContext, wanted: Sequence[str] | None) -> tuple[Section, ...]:
    """Return a page per region, all charts on one scale."""
    codes = regions_with_page(ctx, wanted)
    y_max = _highest(ctx, codes)
    return tuple(region_page(ctx, code, y_max) for code in codes)


def region_page(ctx: ReportContext, code: str, y_max: float | None) -> Section:
    """Return the page of one region."""
    sentences = short_finding(ctx, code) or [ctx.say("region_page.withheld" if ctx.public else "region_page.nothing")]
    blocks: list[Block] = [Paragraph(sentences[0], tone="message")]
    if len(sentences) > 1:
        blocks.append(Paragraph(" ".join(sentences[1:])))
    blocks.append(measure_table(ctx, code))
    chart = region_chart(ctx, code, y_max)
    if chart is not None:
        blocks.append(chart)
    blocks.append(last_facts(ctx, code))
    agreements = agreement_table(ctx, code)
    if agreements is not None:
        blocks.append(agreements)
    partial = any(ctx.state(measure) == "partial" for measure in _LAST_MEASURES)
    blocks.append(Paragraph(ctx.say("region_page.limits_partial" if partial else "region_page.limits"), tone="muted"))
    heading = ctx.say("region_page.heading", region=ctx.region_name(code))
    return Section(region_place(code), heading, tuple(blocks), page_break=True)
