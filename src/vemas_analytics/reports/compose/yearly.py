"""The course of a measure year by year: its chart with a message, its span, its sum."""

import datetime as dt

from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import ReportContext

_CHART_MM = 46


def years_words(ctx: ReportContext, measure: Measure) -> str:
    """Return the years that the yearly series of a measure spans, such as ``2012–2024``."""
    yearly = ctx.finding("yearly", measure, TOTAL)
    if yearly is None or not yearly.series:
        return ""
    first, last = yearly.series[0].start.year, (yearly.series[-1].end - dt.timedelta(days=1)).year
    return str(last) if first == last else f"{first}–{last}"


def yearly_sum(ctx: ReportContext, measure: Measure, region: str) -> float:
    """Return the sum of a yearly series: what its chart shows, records dated to the year included."""
    yearly = ctx.finding("yearly", measure, region)
    return 0 if yearly is None else sum(point.value or 0 for point in yearly.series)


def yearly_chart(ctx: ReportContext, measure: Measure, region: str, key: str) -> ChartRef | None:
    """Return the chart of yearly counts of a measure, the year of the stop cut at the day."""
    yearly = ctx.finding("yearly", measure, region)
    if yearly is None or not yearly.series:
        return None
    phases = ctx.finding("phases", measure, region)
    best = max((point for point in yearly.series if point.value is not None), key=lambda p: p.value or 0, default=None)
    if best is None:
        return None
    n_best = format_integer(best.value or 0, ctx.language)
    title = ctx.say(
        "chart.yearly_title",
        measure=ctx.measure_label(measure),
        years=years_words(ctx, measure),
        region=ctx.say("chart.total") if region == TOTAL else ctx.region_name(region),
    )
    last = [row for row in ctx.phase_rows(measure, region) if row.per_year is not None]
    if not best.value:
        message = ctx.say("chart.yearly_all_zero")
    elif ctx.state(measure) == "recorded" and len(last) > 1:
        message = ctx.say(
            "chart.yearly_message",
            year=best.start.year,
            n=n_best,
            first=last[0].phase,
            first_rate=format_decimal(last[0].per_year or 0, ctx.language),
            last=last[-1].phase,
            last_rate=format_decimal(last[-1].per_year or 0, ctx.language),
        )
    else:
        message = ctx.say(
            "chart.yearly_partial",
            total=format_integer(yearly_sum(ctx, measure, region), ctx.language),
            year=best.start.year,
            n=n_best,
        )
    if any(point.start.year < (point.end - dt.timedelta(days=1)).year for point in yearly.series):
        message = f"{message} {ctx.say('chart.yearly_joined')}"
    findings = [yearly] if phases is None else [yearly, phases]
    return chart_ref(ctx, key, "yearly_columns", findings, title=title, message=message, height_mm=_CHART_MM)
