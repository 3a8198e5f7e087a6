"""Where it happened: the regions that page 1 names in its sentences, chosen by rule."""

from collections.abc import Sequence

from vemas_analytics.model.names import Measure
from vemas_analytics.model.settings import Phase
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_list
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import PhaseRow

_FEWEST = 20
"""From this many records in the two phases compared a region is named; fewer rise and fall by chance."""

_FEWEST_LEADING = 5
"""The region that leads a phase is named from this many of its records on."""

_NAMED = 2
"""So many regions with the largest decline are named."""

_MOST = 3
"""So many regions of a list with gaps are named."""


def where_after(ctx: ReportContext) -> str:
    """Say from how many regions records came since the stop, and from which most of them.

    Empty in the public edition, whose small numbers are withheld, and where nothing came.
    """
    measure = ctx.lead_measure
    if not _may_name(ctx, measure):
        return ""
    known = {code: n for code, n in _counts(ctx, measure, ctx.phases_after).items() if n}
    if not known:
        return ""
    most = [code for code, n in known.items() if n == max(known.values())]
    if len(known) == 1:
        return ctx.say("where.after_one", region=ctx.region_short(most[0]))
    if len(most) > 1:
        return ctx.say("where.after", regions=format_integer(len(known), ctx.language))
    return ctx.say(
        "where.after_most",
        regions=format_integer(len(known), ctx.language),
        region=ctx.region_short(most[0]),
        n=format_integer(known[most[0]], ctx.language),
    )


def where_fallen(ctx: ReportContext) -> str:
    """Say in which regions the rate fell most from the first phase to the last before the stop, and which then led.

    Only regions with enough records are named; empty where no two phases have rates, and in the public edition.
    """
    measure, phases = ctx.lead_measure, ctx.phases_before
    if not _may_name(ctx, measure) or len(phases) < 2:
        return ""
    first, last = phases[0].key, phases[-1].key
    pairs = {code: _pair(ctx.phase_rows(measure, code), first, last) for code in ctx.regions}
    known = {code: pair for code, pair in pairs.items() if pair is not None}
    fallen = sorted(known, key=lambda code: (-_fall(known[code]), code))
    named = [code for code in fallen if _fall(known[code]) > 0 and _records(known[code]) >= _FEWEST][:_NAMED]
    parts = [_fallen_part(ctx, measure, code, known[code], is_first=code == named[0]) for code in named]
    words = format_list(parts, ctx.language)
    sentences = [
        ctx.say(f"where.{measure}.fallen", first=first, last=last, parts=words) if parts else "",
        _leading(ctx, measure, {code: pair[1] for code, pair in known.items()}, last),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def where_documented(ctx: ReportContext) -> str:
    """Say for which regions a list with gaps has most before the stop; empty for other lists and in public."""
    measure = ctx.lead_measure
    if ctx.state(measure) != "partial" or ctx.public:
        return ""
    counts = _counts(ctx, measure, ctx.phases_before)
    most = sorted((code for code, n in counts.items() if n > 1), key=lambda code: (-counts[code], code))[:_MOST]
    if len(most) < 2:
        return ""
    parts = [
        ctx.say(
            "where.documented_first" if code == most[0] else "where.documented_part",
            region=ctx.region_short(code),
            n=format_integer(counts[code], ctx.language),
        )
        for code in most
    ]
    return ctx.say(f"where.{measure}.documented", parts=format_list(parts, ctx.language))


def _counts(ctx: ReportContext, measure: Measure, phases: Sequence[Phase]) -> dict[str, float]:
    """Return the records of each region in these phases."""
    keys = {phase.key for phase in phases}
    return {code: sum(row.n or 0 for row in ctx.phase_rows(measure, code) if row.phase in keys) for code in ctx.regions}


def _may_name(ctx: ReportContext, measure: Measure) -> bool:
    return measure in RATE_MEASURES and ctx.state(measure) == "recorded" and not ctx.public


def _pair(rows: tuple[PhaseRow, ...], first: str, last: str) -> tuple[PhaseRow, PhaseRow] | None:
    found = {row.phase: row for row in rows if row.per_year is not None}
    return (found[first], found[last]) if first in found and last in found else None


def _fall(pair: tuple[PhaseRow, PhaseRow]) -> float:
    return (pair[0].per_year or 0.0) - (pair[1].per_year or 0.0)


def _records(pair: tuple[PhaseRow, PhaseRow]) -> float:
    return (pair[0].n or 0) + (pair[1].n or 0)


def _place(ctx: ReportContext, measure: Measure, code: str) -> str:
    return ctx.region_to(code) if measure == "offers" else ctx.region_from(code)


def _fallen_part(
    ctx: ReportContext, measure: Measure, code: str, pair: tuple[PhaseRow, PhaseRow], *, is_first: bool
) -> str:
    return ctx.say(
        "where.fallen_first" if is_first else "where.fallen_part",
        place=_place(ctx, measure, code),
        before=format_decimal(pair[0].per_year or 0.0, ctx.language),
        after=format_decimal(pair[1].per_year or 0.0, ctx.language),
    )


def _leading(ctx: ReportContext, measure: Measure, rows: dict[str, PhaseRow], key: str) -> str:
    """Name the region with most records in a phase; empty where two share that place or the numbers are small."""
    highest = max((row.n or 0 for row in rows.values()), default=0)
    leaders = [code for code, row in rows.items() if (row.n or 0) == highest]
    if highest < _FEWEST_LEADING or len(leaders) > 1:
        return ""
    return ctx.say(
        f"where.{measure}.leading",
        phase=key,
        place=_place(ctx, measure, leaders[0]),
        rate=format_decimal(rows[leaders[0]].per_year or 0.0, ctx.language),
    )
