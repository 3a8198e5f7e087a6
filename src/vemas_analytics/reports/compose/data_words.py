"""How far the data carry, in words: each list's keeping, the shares that are missing, and what follows from that."""

from collections.abc import Iterable, Iterator, Sequence

from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TABLES, TOTAL, TableName
from vemas_analytics.reference.numbers import format_integer, format_list, format_percent
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import number, records

_SOUND_LOST = 0.05
_SOUND_WITHOUT_REGION = 0.10
_FEW_TO_COMPARE = 20
"""Below this many records in all, good lists alone do not make a comparison sound."""


def coverage_words(ctx: ReportContext, tables: Iterable[TableName]) -> str:
    """Say how far lists were kept and on whose word; lists of which the same is true together."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for table in tables:
        grouped.setdefault(_keeping(ctx, table), []).append(ctx.say(f"table.{table}"))
    return "; ".join(
        ctx.say(f"coverage.{key}", tables=_named(ctx, labels, is_first=not index), period=period, by=by)
        for index, ((key, period, by), labels) in enumerate(grouped.items())
    )


def _named(ctx: ReportContext, labels: Sequence[str], *, is_first: bool) -> str:
    """Return names of lists as a sentence has them: in English only the very first with a capital."""
    capitals = len(labels) if ctx.language == "de" else int(is_first)
    names = [name if index < capitals else name.lower() for index, name in enumerate(labels)]
    return format_list(names, ctx.language)


def _keeping(ctx: ReportContext, table: TableName) -> tuple[str, str, str]:
    """Return how a list was kept: the text that says so, its period, who confirmed it."""
    coverage = ctx.panel.coverage.get(table)
    if coverage is None or coverage.state == "not_recorded":
        return "not_recorded", "", ""
    period = ctx.period(coverage.start, coverage.end)
    if coverage.state == "partial":
        return "partial", period, ""
    if coverage.confirmed_by:
        return "confirmed", period, coverage.confirmed_by
    return "declared" if coverage.declared else "inferred", period, ""


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
        ctx.say(f"coverage.group_{state}", tables=_named(ctx, tables, is_first=not index), period=period)
        for index, ((state, period), tables) in enumerate(grouped.items())
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


def rejected_share(ctx: ReportContext) -> float | None:
    """Return rejected rows of rows read; sums, footnotes and duplicates are no loss. None without a ledger."""
    ledger = ctx.tables.ledger
    rows_read = int(ledger["rows_read"].sum()) if len(ledger) else 0
    return int(ledger["rejected"].sum()) / rows_read if rows_read else None


def _are_mostly_sums(ctx: ReportContext) -> bool:
    """Return whether more than half of the rows set aside are sums, footnotes and headers, which are no loss."""
    ledger = ctx.tables.ledger
    harmless = sum(int(ledger[reason].sum()) for reason in ("sum", "footnote", "repeated_header"))
    return 2 * harmless > int(ledger["rows_set_aside"].sum())


def data_grade(ctx: ReportContext) -> str:
    """Return how far the data carry a comparison: sound, limited or none.

    Sound: inquiries and offers recorded, declared and kept to the reference date, few rows rejected (without a
    ledger: set aside), few records without region. None: neither inquiries nor offers recorded.
    """
    recorded = [m for m in RATE_MEASURES if ctx.state(m) == "recorded"]
    if not recorded:
        return "none"
    coverages = [ctx.panel.coverage[m] for m in ("inquiries", "offers") if m in ctx.panel.coverage]
    full = len(recorded) == len(RATE_MEASURES) and all(c.declared for c in coverages)
    to_the_end = all(c.end is not None and c.end >= ctx.panel.as_of for c in coverages)
    rejected = rejected_share(ctx)
    lost = (quality_share(ctx, "share_set_aside") or 0.0) if rejected is None else rejected
    few_lost = lost <= _SOUND_LOST
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
    grade = data_grade(ctx)
    n = ctx.total_n(ctx.lead_measure, TOTAL) if grade == "sound" else 0
    key = "sound_few" if 0 < n < _FEW_TO_COMPARE else grade
    main = ctx.say(f"data.{key}", lists=coverage_words(ctx, _grade_tables(ctx)), n=format_integer(n, ctx.language))
    cause = ctx.say("data.no_cause" if grade == "none" else "data.not_causal")
    return " ".join(part for part in (main, _share_words(ctx), cause) if part)


def _share_words(ctx: ReportContext) -> str:
    set_aside, unplaced = quality_share(ctx, "share_set_aside"), quality_share(ctx, "share_without_region")
    if set_aside is None or unplaced is None:
        return ""
    rejected = rejected_share(ctx)
    key = "shares_all_kept" if not set_aside else "shares" if rejected is None else "shares_rejected"
    return ctx.say(
        f"data.{key}",
        set_aside=format_percent(set_aside, ctx.language, 1),
        mostly=ctx.say("data.mostly_sums") if _are_mostly_sums(ctx) else "",
        rejected=format_percent(rejected or 0.0, ctx.language, 1),
        unplaced=ctx.say("data.unplaced", share=format_percent(unplaced, ctx.language, 1))
        if unplaced
        else ctx.say("data.all_placed"),
    )
