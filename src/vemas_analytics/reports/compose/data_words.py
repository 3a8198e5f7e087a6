"""How far the data carry, in words: each list's keeping, the shares that are missing, and what follows from that."""

from collections.abc import Iterator

from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TABLES, TOTAL, TableName
from vemas_analytics.reference.numbers import format_list, format_percent
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import number, records

_SOUND_SET_ASIDE = 0.05
_SOUND_WITHOUT_REGION = 0.10


def coverage_words(ctx: ReportContext, table: TableName) -> str:
    """Say how far one list was kept and on whose word."""
    label = ctx.say(f"table.{table}")
    coverage = ctx.panel.coverage.get(table)
    if coverage is None or coverage.state == "not_recorded":
        return ctx.say("coverage.not_recorded", table=label)
    period = ctx.period(coverage.start, coverage.end)
    if coverage.state == "partial":
        return ctx.say("coverage.partial", table=label, period=period)
    if coverage.confirmed_by:
        return ctx.say("coverage.confirmed", table=label, period=period, by=coverage.confirmed_by)
    return ctx.say("coverage.declared" if coverage.declared else "coverage.inferred", table=label, period=period)


def recording_words(ctx: ReportContext) -> str:
    """Return how far the lists were kept, lists of one period together."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for table in TABLES:
        coverage = ctx.panel.coverage.get(table)
        if coverage is None:
            continue
        period = "" if coverage.state == "not_recorded" else ctx.period(coverage.start, coverage.end)
        grouped.setdefault((coverage.state, period), []).append(ctx.say(f"table.{table}"))
    return "; ".join(
        ctx.say(f"coverage.group_{state}", tables=format_list(tables, ctx.language), period=period)
        for (state, period), tables in grouped.items()
    )


def _share(finding: Finding | None) -> float | None:
    if finding is None:
        return None
    if finding.estimate is not None:
        return number(finding.estimate.value)
    return next((number(row.get("share")) for row in records(finding)), None)


def quality_share(ctx: ReportContext, name: str) -> float | None:
    """Return ``share_set_aside`` or ``share_without_region``; None where it was not worked out."""
    return _share(ctx.finding("quality", name, TOTAL))


def data_grade(ctx: ReportContext) -> str:
    """Return how far the data carry a comparison: sound, limited or none.

    Sound: inquiries and offers recorded, declared and kept to the reference date, few rows set aside, few without
    region. None: neither inquiries nor offers recorded.
    """
    recorded = [m for m in RATE_MEASURES if ctx.state(m) == "recorded"]
    if not recorded:
        return "none"
    coverages = [ctx.panel.coverage[m] for m in ("inquiries", "offers") if m in ctx.panel.coverage]
    full = len(recorded) == len(RATE_MEASURES) and all(c.declared for c in coverages)
    to_the_end = all(c.end is not None and c.end >= ctx.panel.as_of for c in coverages)
    few_lost = (quality_share(ctx, "share_set_aside") or 0.0) <= _SOUND_SET_ASIDE
    few_unplaced = (quality_share(ctx, "share_without_region") or 0.0) <= _SOUND_WITHOUT_REGION
    return "sound" if full and to_the_end and few_lost and few_unplaced else "limited"


def _grade_tables(ctx: ReportContext) -> Iterator[TableName]:
    yield "inquiries"
    yield "offers"
    if ctx.lead_measure not in RATE_MEASURES:
        yield "trips"
        yield "attendance"


def data_sentence(ctx: ReportContext) -> str:
    """Say how far the data carry, how long the lists were kept, what is not in them, and that cause is not proven."""
    lists = "; ".join(coverage_words(ctx, table) for table in _grade_tables(ctx))
    parts = [ctx.say(f"data.{data_grade(ctx)}", lists=lists)]
    set_aside, unplaced = quality_share(ctx, "share_set_aside"), quality_share(ctx, "share_without_region")
    if set_aside is not None and unplaced is not None:
        parts.append(
            ctx.say(
                "data.shares",
                set_aside=format_percent(set_aside, ctx.language, 1),
                unplaced=format_percent(unplaced, ctx.language, 1),
            )
        )
    parts.append(ctx.say("data.not_causal"))
    return " ".join(parts)
