"""From inquiry to offer to order: counts by phase, and what became of cases before the stop and since."""

from vemas_analytics.model.document import Block, Cell, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_list, format_percent
from vemas_analytics.reports.compose.answer_readings import Incidence, read_incidence
from vemas_analytics.reports.compose.answers import (
    count_cell,
    level_words,
    months_words,
    share_range,
    source_words,
    tell,
    tell_number,
)
from vemas_analytics.reports.compose.cells import number_column, percent_cell, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS
from vemas_analytics.reports.compose.symbols import phase_count_cell

STEPS: tuple[Measure, ...] = ("inquiries", "offers", "orders")
SIDES = ("before", "after")
TOLD_DAYS = 365
OPEN = "open"
"""What has no outcome yet: counted, but no share with an interval."""


def counts_sentence(ctx: ReportContext) -> str:
    """Say how many inquiries, offers and orders there were before the stop and since; empty without any."""
    sides: dict[str, list[str]] = {"before": [], "after": []}
    after = {phase.key for phase in ctx.phases_after}
    for measure in STEPS:
        rows = ctx.phase_rows(measure, TOTAL)
        if ctx.state(measure) != "recorded" or all(row.n is None for row in rows):
            continue
        for side in SIDES:
            known = [row.n or 0 for row in rows if (row.phase in after) == (side == "after") and row.n is not None]
            if known:
                sides[side].append(tell_number(ctx, f"funnel.n_{measure}", sum(known)))
    if not sides["before"] or not sides["after"]:
        return ""
    parts = {side: format_list(words, ctx.language) for side, words in sides.items()}
    return tell(ctx, "funnel.counts", **parts)


def counts_table(ctx: ReportContext) -> TableBlock | None:
    """Return inquiries, offers and orders by phase; None where neither inquiries nor offers were recorded."""
    known = [measure for measure in STEPS if ctx.state(measure) != "not_recorded"]
    if not known:
        return None
    rows = []
    for measure in known:
        found = {row.phase: row for row in ctx.phase_rows(measure, TOTAL)}
        cells = (phase_count_cell(ctx, measure, found.get(phase.key)) for phase in ctx.panel.phases)
        rows.append((text_cell(ctx.measure_label(measure)), *cells))
    columns = [text_column("measure", ctx.say("column.measure"), 2.2)]
    columns += [number_column(f"n_{phase.key}", phase.key) for phase in ctx.panel.phases]
    return TableBlock(
        key="funnel_counts",
        title=tell(ctx, "funnel.counts_title"),
        columns=tuple(columns),
        rows=tuple(rows),
        scope=ctx.phase_periods(),
        source=source_words(ctx),
        notes=(tell(ctx, "funnel.note_orders"),),
        places=frozenset({"pdf"}),
        small=True,
    )


def conversion_findings(ctx: ReportContext, measure: Measure) -> dict[str, Finding]:
    """Return the conversion of the total by side, as far as there are cases."""
    found = {side: ctx.finding("conversion", measure, TOTAL, side) for side in SIDES}
    return {side: item for side, item in found.items() if item is not None and "not_recorded" not in item.caveats}


def has_conversion(ctx: ReportContext, measure: Measure) -> bool:
    """Tell whether a conversion is known for either side."""
    return any(read_incidence(item) for item in conversion_findings(ctx, measure).values())


def told_incidence(finding: Finding, outcome: str, days: int = TOLD_DAYS) -> Incidence | None:
    """Return one outcome of a conversion at one horizon."""
    return next((row for row in read_incidence(finding) if (row.outcome, row.days) == (outcome, days)), None)


def conversion_sentence(ctx: ReportContext, measure: Measure) -> str:
    """Say what share of inquiries got an offer, or of offers an order, within a year, on either side."""
    parts = []
    for side, finding in conversion_findings(ctx, measure).items():
        rows = read_incidence(finding)
        months = months_words(ctx, finding.days_before if side == "before" else finding.days_after)
        n = finding.n_before if side == "before" else finding.n_after
        words = {"side": tell(ctx, f"side_{side}"), "months": months, "level": level_words(ctx)}
        if not rows:
            if n == 0:
                parts.append(tell(ctx, "funnel.none", **words))
            continue
        first = told_incidence(finding, rows[0].outcome)
        if first is not None:
            parts.append(_part(ctx, first, words))
    return tell(ctx, f"funnel.{measure}", parts=", ".join(parts)) if parts else ""


def _part(ctx: ReportContext, row: Incidence, words: dict[str, str]) -> str:
    k, n = (format_integer(value, ctx.language) for value in (row.n_outcome, row.n_cases))
    if row.n_outcome < FEW_EVENTS:
        return tell(ctx, "funnel.few", **words, k=k, n=n)
    if row.share is None or row.low is None or row.high is None:
        key = "all" if row.n_outcome == row.n_cases else "numbers"
        return tell(ctx, f"funnel.{key}", **words, k=k, n=n)
    low, high = format_decimal(100 * row.low, ctx.language, 0), format_percent(row.high, ctx.language)
    return tell(ctx, "funnel.share", **words, share=format_percent(row.share, ctx.language), low=low, high=high, n=n)


def share_with_range(ctx: ReportContext, row: Incidence | None) -> tuple[Cell, Cell]:
    """Return a share and its interval; words where there are fewer than five cases, ``x`` where none is known."""
    no_sense = symbol_cell("no_sense", ctx.language)
    if row is None or not row.n_cases or row.outcome == OPEN:
        return no_sense, no_sense
    if row.n_outcome < FEW_EVENTS:
        return Cell(None, tell(ctx, "too_few"), "interval"), no_sense
    if row.share is None or row.low is None or row.high is None:
        return no_sense, no_sense
    return percent_cell(row.share, ctx.language), share_range(ctx, row.low, row.high)


def _references(ctx: ReportContext) -> str:
    codes = {code for m in RATE_MEASURES for item in conversion_findings(ctx, m).values() for code in item.caveats}
    return ctx.note_reference(tuple(codes))


def outcome_table(ctx: ReportContext) -> TableBlock | None:
    """Return what became of inquiries and offers on either side, with shares within a year; None without any."""
    rows = []
    for measure in RATE_MEASURES:
        sides = conversion_findings(ctx, measure)
        names = list(dict.fromkeys(row.outcome for item in sides.values() for row in read_incidence(item)))
        for name in names:
            cells: list[Cell] = []
            for side in SIDES:
                row = told_incidence(sides[side], name) if side in sides else None
                counts = (None, None) if row is None else (row.n_cases, row.n_outcome)
                cells += [*(count_cell(ctx, value) for value in counts), *share_with_range(ctx, row)]
            rows.append((text_cell(tell(ctx, f"funnel.outcome.{measure}.{name}")), *cells))
    if not rows:
        return None
    columns = [text_column("outcome", tell(ctx, "column.outcome"), 2.4)]
    for side in SIDES:
        group = tell(ctx, f"column.group_{side}")
        columns += [
            number_column(f"n_cases_{side}", tell(ctx, "column.n_cases"), 0.9, group),
            number_column(f"n_{side}", tell(ctx, "column.n"), 0.8, group),
            number_column(f"share_{side}", tell(ctx, "column.share"), 0.9, group),
            number_column(f"interval_{side}", tell(ctx, "column.interval_percent"), 1.1, group),
        ]
    return TableBlock(
        key="funnel_outcomes",
        title=tell(ctx, "funnel.title"),
        columns=tuple(columns),
        rows=tuple(rows),
        scope=tell(ctx, "funnel.scope"),
        source=source_words(ctx),
        notes=(tell(ctx, "funnel.note", notes=_references(ctx)).strip(),),
        sheet_title=tell(ctx, "sheet.conversion"),
        small=True,
    )


def funnel_chapter(ctx: ReportContext) -> Section | None:
    """Return the chapter on the way from inquiry to order; None where nothing of it was recorded."""
    counts = counts_table(ctx)
    if counts is None:
        return None
    sentences = [conversion_sentence(ctx, measure) for measure in RATE_MEASURES if has_conversion(ctx, measure)]
    blocks: list[Block] = []
    lead = counts_sentence(ctx)
    if lead:
        blocks.append(Paragraph(lead, tone="message"))
    blocks += [Paragraph(sentence) for sentence in sentences if sentence]
    blocks.append(counts)
    outcomes = outcome_table(ctx)
    if outcomes is not None:
        blocks.append(outcomes)
    return Section("funnel", tell(ctx, "funnel.heading"), tuple(blocks), page_break=True)
