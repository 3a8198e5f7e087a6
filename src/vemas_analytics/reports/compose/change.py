"""The chapter before and after: the change under each baseline, in total and by region."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vemas_analytics.model.document import Block, ChartRef, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.reports.compose.answers import BEYOND_CHANCE, differ_p_value, p_words
from vemas_analytics.reports.compose.change_tables import (
    FOR_ANALYSTS,
    baseline_table,
    changes_by_region,
    page_lines,
    regional_table,
    without_columns,
)
from vemas_analytics.reports.compose.change_words import change_lead, main_change, read_baselines, second_baselines
from vemas_analytics.reports.compose.chart_refs import chart_ref, region_labels
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.data_words import recording_words
from vemas_analytics.reports.compose.readings import Change
from vemas_analytics.reports.compose.sensitivity import sensitivity_sentence, sensitivity_table

NEAR = "months_24"
"""The baseline just before the stop."""
_ZERO = ("zero_after", "zero_unbounded")


def interval_chart(ctx: ReportContext, measure: Measure) -> ChartRef | None:
    """Return the changes by region as dots with their intervals."""
    shown = [(code, base, change) for code, base, change in changes_by_region(ctx, measure) if change.kind == "percent"]
    if len(shown) < 2:
        return None
    findings: Sequence[Finding] = [change.finding for _, _, change in shown]
    return chart_ref(
        ctx,
        f"change_{measure}",
        "ratio_intervals",
        findings,
        title=ctx.say(
            "change.chart_title",
            measure=ctx.measure_label(measure),
            baseline=ctx.say(f"baseline.against.{shown[-1][1]}"),
        ),
        message=_interval_message(ctx, measure, shown),
        height_mm=14 + 6.0 * len(findings),
        options={"labels": region_labels(ctx, findings)},
    )


def _interval_message(ctx: ReportContext, measure: Measure, shown: Sequence[tuple[str, str, Change]]) -> str:
    """Say in which region it changed most and least, and whether the regions differ by more than chance.

    That is told by one test over all regions: neither do overlapping intervals make two regions alike, nor do the
    first and the last of many differ because theirs lie apart. No percentages: they stand in the chart itself.
    """
    regional = [item for item in shown if item[0] not in {RUSSIA, TOTAL}] or list(shown)
    lowest = min(regional, key=lambda item: (item[2].ratio or 0, item[0]))
    highest = max(regional, key=lambda item: (item[2].ratio or 0, item[0]))
    has_fallen = highest[2].ratio is not None and highest[2].ratio < 1
    names = {"low": ctx.region_short(lowest[0]), "high": ctx.region_short(highest[0])}
    main = ctx.say("change.chart_message_fall" if has_fallen else "change.chart_message_plain", **names)
    p_value = differ_p_value(ctx, measure, shown[-1][1])
    if p_value is not None and len(regional) > 1:
        key = "change.regions_differ" if p_value < BEYOND_CHANCE else "change.regions_alike"
        main = f"{main} {ctx.say(key, p=p_words(ctx, p_value, with_name=True))}"
    open_ended = sum((item[2].high or 0) >= 1 for item in regional)
    return f"{main} {ctx.count('change.by_chance', open_ended)}" if open_ended else main


def _measure_blocks(ctx: ReportContext, measure: Measure) -> Iterator[Block]:
    yield Paragraph(change_lead(ctx, measure, TOTAL), tone="message")
    others = second_baselines(ctx, measure, TOTAL)
    if others:
        yield Paragraph(others)
    baselines = baseline_table(ctx, measure)
    if baselines is not None:
        yield from without_columns(baselines, FOR_ANALYSTS)
    if measure == next(iter(compared_measures(ctx)), None):
        sensitivity = sensitivity_sentence(ctx, measure)
        if sensitivity:
            yield Paragraph(sensitivity, tone="muted")
        chart = interval_chart(ctx, measure)
        if chart is not None:
            yield chart
    regions = regional_table(ctx, measure)
    if regions is not None:
        yield replace(regions, places=frozenset({"xlsx"}))
    dates = sensitivity_table(ctx, measure)
    if dates is not None:
        yield dates


def compared_measures(ctx: ReportContext) -> tuple[Measure, ...]:
    """Return the measures whose total can be compared before and after."""
    return tuple(measure for measure in RATE_MEASURES if main_change(read_baselines(ctx, measure, TOTAL)))


def regional_pages(ctx: ReportContext) -> Iterator[ChartRef | TableBlock]:
    """Yield the change by region of each measure as it stands in the annex of the PDF, with charts not shown before."""
    for position, measure in enumerate(compared_measures(ctx)):
        chart = interval_chart(ctx, measure) if position else None
        if chart is not None:
            yield chart
        regions = regional_table(ctx, measure)
        if regions is not None:
            yield page_lines(ctx, regions, [code for code, _, _ in changes_by_region(ctx, measure)])


def _has_fallen(ctx: ReportContext) -> bool:
    """Tell whether a total fell by more than chance allows and no other one rose."""
    chosen = (main_change(read_baselines(ctx, measure, TOTAL)) for measure in RATE_MEASURES)
    ratios = [
        (change.ratio, change.ratio if change.high is None else change.high)
        for _, change in filter(None, chosen)
        if change.kind != "few" and change.ratio is not None
    ]
    return any(high < 1 for _, high in ratios) and all(ratio <= 1 for ratio, _ in ratios)


def _reading(ctx: ReportContext) -> str:
    """Return how the fall may be read: as one at the stop, as one that may have come earlier, or not at all.

    A series that fell for years is lower after the stop than before it, whatever happened there; the months just
    before tell the two apart.
    """
    if not _has_fallen(ctx):
        return "reading_neutral"
    near = [read_baselines(ctx, measure, TOTAL).get(NEAR) for measure in RATE_MEASURES]
    highs = [change.high for change in near if change is not None and change.kind in {"percent", *_ZERO}]
    return "reading_earlier" if highs and all(high is None or high >= 1 for high in highs) else "reading"


def change_chapter(ctx: ReportContext) -> Section:
    """Return the chapter before and after; where nothing can be compared it says so plainly, and why."""
    heading = ctx.say("change.heading")
    if not compared_measures(ctx):
        return Section("change", heading, tuple(_not_estimable(ctx)))
    blocks = [block for measure in RATE_MEASURES for block in _measure_blocks(ctx, measure)]
    blocks += [Paragraph(ctx.say(f"change.{_reading(ctx)}")), Paragraph(ctx.say("change.decided"))]
    return Section("change", heading, tuple(blocks), page_break=True)


def _not_estimable(ctx: ReportContext) -> Iterator[Block]:
    yield Paragraph(ctx.say("change.not_estimable_chapter"), tone="message")
    yield Paragraph(ctx.say("change.not_estimable_reason", reasons=recording_words(ctx)))
    if ctx.finding("activities", "activities", TOTAL) is not None:
        yield Paragraph(ctx.say("change.not_estimable_counts"), see="activities")
