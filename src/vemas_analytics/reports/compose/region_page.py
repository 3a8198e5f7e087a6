"""Regionenblatt: one page per region that says what was, what became of it, and what cannot be concluded."""

from collections.abc import Sequence

from vemas_analytics.model.document import Block, Cell, ChartRef, FactsBlock, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import Measure
from vemas_analytics.reference.numbers import format_integer, format_keur
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reports.compose.activities import held
from vemas_analytics.reports.compose.cells import (
    date_cell,
    date_text,
    integer_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.change import change_cell, interval_cell
from vemas_analytics.reports.compose.change_words import change_sentence, main_change, read_baselines
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.course import measure_line, step_sentence
from vemas_analytics.reports.compose.page_one import LARGE_REGION, yearly_chart
from vemas_analytics.reports.compose.readings import (
    day,
    read_activities,
    read_last_activity,
    read_open_cases,
    records,
    text,
    whole,
)
from vemas_analytics.reports.compose.sentences import partial_words, recording_words
from vemas_analytics.reports.compose.symbols import missing_cell, phase_count_cell

_PAGE_MEASURES: tuple[Measure, ...] = (
    "inquiries",
    "offers",
    "offer_value_eur",
    "orders",
    "order_value_eur",
    "trips",
    "trip_companies",
    "forums",
    "forum_attendance",
)
_LAST_MEASURES: tuple[Measure, ...] = ("inquiries", "offers", "trips", "forums")
_SLUG_LENGTH = 31


def regions_with_page(ctx: ReportContext, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Return the regions that get a page: the wanted ones, else partner regions with data and larger regions."""
    if wanted is not None:
        return tuple(dict.fromkeys(wanted))
    partners = set(read_regions().partners)
    lead = ctx.lead_measure
    return tuple(
        code
        for code in ctx.regions
        if (code in partners and _has_anything(ctx, code)) or ctx.total_n(lead, code) >= LARGE_REGION
    )


def _has_anything(ctx: ReportContext, code: str) -> bool:
    agreements = any(True for _ in records(ctx.finding("agreements", "agreements", code)))
    return agreements or any(ctx.total_n(measure, code) for measure in _LAST_MEASURES)


def short_finding(ctx: ReportContext, code: str) -> list[str]:
    """Return the short finding of a region: inquiries and offers before and after, activities, what was open."""
    sentences: list[str] = []
    for measure in RATE_MEASURES:
        if ctx.state(measure) == "recorded":
            sentences.append(_course_or_change(ctx, measure, code))
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


def _course_or_change(ctx: ReportContext, measure: Measure, code: str) -> str:
    if ctx.public:
        return step_sentence(ctx, measure, code) if ctx.phase_rows(measure, code) else ""
    return change_sentence(ctx, measure, code)


def _open_words(ctx: ReportContext, code: str) -> str:
    cases = read_open_cases(ctx.finding("open_at_stop", "offers", code))
    if cases is None or ctx.state("offers") != "recorded":
        return ""
    value = ""
    if cases.value_eur is not None and cases.n_value_known:
        value = ctx.say("eve.value", value=ctx.say("keur", amount=format_keur(cases.value_eur, ctx.language)))
    return ctx.count("region_page.open", cases.n_open, value=value)


def _measure_row(ctx: ReportContext, measure: Measure, code: str) -> tuple[Cell, ...]:
    found = {row.phase: row for row in ctx.phase_rows(measure, code)}
    cells = [phase_count_cell(ctx, measure, found.get(phase.key), code) for phase in ctx.panel.phases]
    chosen = main_change(read_baselines(ctx, measure, code)) if measure in RATE_MEASURES else None
    nothing = symbol_cell("no_sense", ctx.language)
    change = (nothing, nothing) if chosen is None else (change_cell(ctx, chosen[1]), interval_cell(ctx, chosen[1]))
    return (text_cell(measure_line(ctx, measure)), *cells, *change)


def _fair_row(ctx: ReportContext, code: str) -> tuple[Cell, ...] | None:
    """Return the fairs among the trips, counted like these: held, dated to the day or month within the phase."""
    finding = ctx.finding("activities", "activities", code)
    fairs = [item for item in held(read_activities(finding)) if item.kind == "trade_fair"]
    fine = [item for item in fairs if item.precision in {"day", "week", "month"}]
    if not fine:
        return None
    at_least = ctx.state("trips") == "partial"
    cells = []
    for phase in ctx.panel.phases:
        n = sum(
            (phase.start is None or item.start >= phase.start) and (phase.end is None or item.start < phase.end)
            for item in fine
        )
        is_after = phase in ctx.phases_after
        if n:
            cells.append(integer_cell(n, ctx.language, at_least=at_least))
        else:
            cells.append(
                symbol_cell("not_recorded", ctx.language)
                if at_least
                else symbol_cell("suspended", ctx.language)
                if is_after
                else integer_cell(0, ctx.language)
            )
    nothing = symbol_cell("no_sense", ctx.language)
    return (text_cell(ctx.say("region_page.fairs")), *cells, nothing, nothing)


def _firm_rows(ctx: ReportContext, code: str) -> list[tuple[Cell, ...]]:
    """Return participating firms and first-timers by phase."""
    finding = ctx.finding("firms", "firms", code)
    found = {text(row["phase"]): row for row in records(finding)}
    if not found:
        return []
    nothing = symbol_cell("no_sense", ctx.language)
    lines: list[tuple[Cell, ...]] = []
    for name in ("n_firms", "n_first_timers"):
        cells = []
        for phase in ctx.panel.phases:
            n = whole(found[phase.key][name]) if phase.key in found else None
            cells.append(missing_cell(ctx, code) if n is None else integer_cell(n, ctx.language))
        lines.append((text_cell(ctx.say(f"region_page.{name}")), *cells, nothing, nothing))
    return lines


def measure_table(ctx: ReportContext, code: str) -> TableBlock:
    """Return the measures of a region by phase, with change and interval where there are any."""
    rows: list[tuple[Cell, ...]] = []
    for measure in _PAGE_MEASURES:
        if ctx.state(measure) == "not_recorded":
            continue
        rows.append(_measure_row(ctx, measure, code))
        if measure == "trips":
            fairs = _fair_row(ctx, code)
            if fairs is not None:
                rows.append(fairs)
    rows += _firm_rows(ctx, code)
    rows = [row for row in rows if _tells_something(ctx, row)]
    has_change = any(main_change(read_baselines(ctx, measure, code)) is not None for measure in RATE_MEASURES)
    columns = [
        text_column("measure", ctx.say("column.measure"), 2.8),
        *(number_column(f"n_{phase.key}", phase.key, 0.9) for phase in ctx.panel.phases),
    ]
    if has_change:
        columns += [
            number_column("change", ctx.say("column.change"), 1.2),
            number_column("interval", ctx.say("column.interval"), 1.4),
        ]
    name = ctx.region_short(code)
    return TableBlock(
        key=f"region_{_ascii(code)}",
        title=ctx.say("region_page.table_title", region=ctx.region_name(code)),
        columns=tuple(columns),
        rows=tuple(row[: len(columns)] for row in rows),
        scope=ctx.phase_periods(),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("region_page.note_change"),) if has_change else (),
        sheet_title=ctx.say("sheet.region", region=name)[:_SLUG_LENGTH],
        small=True,
    )


def _ascii(code: str) -> str:
    return code.replace("-", "_")


def _tells_something(ctx: ReportContext, row: tuple[Cell, ...]) -> bool:
    nothing = symbol_cell("not_recorded", ctx.language)
    return any(cell != nothing for cell in row[1 : len(ctx.panel.phases) + 1])


def agreement_table(ctx: ReportContext, code: str) -> TableBlock | None:
    """Return the agreements with a region: date, kind, partners, source."""
    rows = list(records(ctx.finding("agreements", "agreements", code)))
    if not rows:
        return None
    return TableBlock(
        key=f"agreements_{_ascii(code)}",
        title=ctx.say("agreements.title", region=ctx.region_name(code)),
        columns=(
            text_column("date", ctx.say("column.date"), 1.1),
            text_column("kind", ctx.say("column.kind"), 1.5),
            text_column("partner", ctx.say("agreements.partner"), 2.4),
            text_column("saxon_party", ctx.say("agreements.saxon_party"), 1.8),
            text_column("source", ctx.say("agreements.source"), 2.6),
        ),
        rows=tuple(
            (
                _agreement_date(ctx, row.get("date"), text(row["precision"])),
                text_cell(_agreement_kind(ctx, text(row["kind"]))),
                text_cell(text(row["partner"])),
                text_cell(text(row["saxon_party"])),
                text_cell(source_words(ctx, text(row["source"]))),
            )
            for row in rows
        ),
        scope=ctx.say("agreements.scope"),
        sheet_title=ctx.say("sheet.agreements", region=ctx.region_short(code))[:_SLUG_LENGTH],
        small=True,
    )


def source_words(ctx: ReportContext, source: str) -> str:
    """Return where a fact stands: web pages by the site's name, everything else as it is written."""
    parts = [part.strip() for part in source.split("|") if part.strip()]
    sites = [part.split("//", 1)[1].split("/", 1)[0].removeprefix("www.") if "://" in part else part for part in parts]
    return ", ".join(dict.fromkeys(sites)) or ctx.say("stop.not_stated")


def _agreement_date(ctx: ReportContext, value: Scalar, precision: str) -> Cell:
    found = day(value)
    if found is None:
        return text_cell(ctx.say("agreements.undated"))
    return date_cell(found, ctx.language, precision or "day")


def _agreement_kind(ctx: ReportContext, kind: str) -> str:
    key = "agreements.kind_" + kind.strip().lower().replace(" ", "_").replace("-", "_")
    return ctx.say(key) if f"report.{key}" in ctx.texts else kind


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
            parts.append(f"{ctx.measure_short(measure)} {format_integer(n, ctx.language)}")
    return ctx.say("region_page.after_listed", parts=", ".join(parts)) if parts else ctx.say("none_word")


def region_chart(ctx: ReportContext, code: str, y_max: float | None) -> ChartRef | None:
    """Return yearly inquiries on the scale of all region pages with the activities under them."""
    measure = ctx.lead_measure
    yearly = ctx.finding("yearly", measure, code)
    activities = ctx.finding("activities", "activities", code)
    base = yearly_chart(ctx, measure, code, f"region_{_ascii(code)}")
    if base is None or yearly is None:
        return None
    findings = [yearly] if activities is None else [yearly, activities]
    options: dict[str, object] = {} if y_max is None else {"y_max": y_max}
    return chart_ref(
        ctx,
        f"region_{_ascii(code)}",
        "region_page",
        findings,
        title=base.title,
        message=base.message,
        height_mm=62,
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
    sentences = short_finding(ctx, code) or [ctx.say("region_page.nothing")]
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
    return Section(f"region_{_ascii(code)}", heading, tuple(blocks), page_break=True)
