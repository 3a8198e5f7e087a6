"""Limits, method and definitions: what the figures can and cannot say, and how they were made."""

from collections.abc import Iterator

from vemas_analytics.model.document import Block, ChartRef, ListBlock, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import CAVEATS, Finding
from vemas_analytics.model.names import MEASURES, TOTAL
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.compose.answers import level_words, tell
from vemas_analytics.reports.compose.cells import text_cell, text_column
from vemas_analytics.reports.compose.change_words import bare_percent, change_percent, main_change, read_baselines
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext

_LIMITS = ("attribution", "cause", "regions", "windows", "values", "firms")
_METHOD_RATES = ("windows", "exposure", "interval", "overdispersion", "level", "few", "baselines")
_ANNUAL_TERMS = ("reporting_year", "target", "comparison", "outputs", "outcomes")
_COURSE_TERMS = ("interval", "phase", "baseline", "region_page", "break", "special_event", "reference_date")
_ANNEX_WORDS = {
    "annex_model": ("course", "inquiries", TOTAL, "all_before"),
    "annex_regions": ("regions_compared", "inquiries", TOTAL, "all_before"),
    "annex_conversion": ("conversion", "inquiries", TOTAL, "before"),
}
"""What the annex adds to the method, each with the finding it belongs to."""
_METHOD_ALWAYS = ("regions", "dates", "decided", "currency")


def caveat_notes(ctx: ReportContext) -> tuple[str, ...]:
    """Return the numbered notes: each caveat in use, worded once."""
    codes = sorted(ctx.note_numbers, key=lambda code: ctx.note_numbers[code])
    return tuple(ctx.texts.text(f"caveats.{code}") for code in codes if code in CAVEATS)


def limits_chapter(ctx: ReportContext) -> Section:
    """Return what cannot be concluded."""
    keys = [key for key in _LIMITS if key != "windows" or _has_rates(ctx)]
    items = [ctx.say(f"limits.{key}") for key in keys]
    if any(ctx.state(measure) == "partial" for measure in MEASURES):
        items.insert(0, ctx.say("limits.partial"))
    if ctx.public:
        items.append(ctx.say("limits.public"))
    return Section("limits", ctx.say("limits.heading"), (ListBlock(tuple(items)),), page_break=True)


def _has_rows(finding: Finding | None) -> bool:
    return finding is not None and finding.table is not None and bool(finding.table.rows)


def _has_rates(ctx: ReportContext) -> bool:
    return any(ctx.state(measure) == "recorded" for measure in RATE_MEASURES)


def method_chapter(ctx: ReportContext) -> Section:
    """Return how the figures were made."""
    keys = (*(_METHOD_RATES if _has_rates(ctx) else ()), *_METHOD_ALWAYS)
    sentences = {key: ctx.say(f"method_text.{key}") for key in keys}
    if any(ctx.state(measure) == "partial" for measure in MEASURES):
        sentences["dates"] += f" {ctx.say('method_text.dates_partial')}"
    blocks: list[Block] = list(_explained(ctx)) if _has_rates(ctx) else []
    blocks += [Paragraph(text) for text in sentences.values()]
    blocks += [
        Paragraph(tell(ctx, f"method.{key}")) for key, parts in _ANNEX_WORDS.items() if _has_rows(ctx.finding(*parts))
    ]
    return Section("method", ctx.say("method_text.heading"), tuple(blocks))


def _explained(ctx: ReportContext) -> Iterator[Block]:
    """Yield how counts become a change, for a reader who knows no statistics: three sentences and a picture."""
    chart = _steps_chart(ctx)
    yield Paragraph(tell(ctx, "method.first"))
    if chart is not None:
        yield chart
    yield Paragraph(tell(ctx, "method.second"))
    yield Paragraph(tell(ctx, "method.third"))


def _steps_chart(ctx: ReportContext) -> ChartRef | None:
    """Return the picture of the comparison that the report leads with; None where it has no percentage."""
    for measure in RATE_MEASURES:
        chosen = main_change(read_baselines(ctx, measure, TOTAL))
        if chosen is None or chosen[1].kind != "percent":
            continue
        base, change = chosen
        if change.ratio is None or change.low is None or change.high is None:
            continue
        rates = (change.n_before / change.months_before, change.n_after / change.months_after)
        shown = [format_decimal(rate, ctx.language, 2 if 0 < rate < 0.1 else 1) for rate in rates]
        return chart_ref(
            ctx,
            "window_steps",
            "window_steps",
            [change.finding],
            title=tell(
                ctx,
                "method.chart_title",
                measure=ctx.measure_label(measure),
                baseline=ctx.say(f"baseline.label.{base}"),
            ),
            message=tell(
                ctx,
                "method.chart_message",
                n_before=format_integer(change.n_before, ctx.language),
                n_after=format_integer(change.n_after, ctx.language),
                months_before=ctx.count("in_months", max(1, round(change.months_before))),
                months_after=ctx.count("in_months", max(1, round(change.months_after))),
                rate_before=shown[0],
                rate_after=shown[1],
                change=change_percent(change.ratio, ctx.language),
                low=bare_percent(change.low, ctx.language),
                high=change_percent(change.high, ctx.language),
                level=level_words(ctx),
            ),
            height_mm=34,
        )
    return None


def definitions_chapter(ctx: ReportContext) -> Section:
    """Return the definition of every measure."""
    infos = read_measures()
    table = TableBlock(
        key="definitions",
        title=ctx.say("definitions.title"),
        columns=(
            text_column("measure", ctx.say("column.measure"), 1.4),
            text_column("definition", ctx.say("definitions.definition"), 3.6),
            text_column("table", ctx.say("column.table"), 1.0),
        ),
        rows=tuple(
            (
                text_cell(infos[measure].label[ctx.language]),
                text_cell(infos[measure].definition[ctx.language]),
                text_cell(ctx.say(f"table.{infos[measure].table}")),
            )
            for measure in MEASURES
        ),
        sheet_title=ctx.say("sheet.definitions"),
        small=True,
    )
    return Section("definitions", ctx.say("definitions.heading"), (table,))


def glossary(texts: Catalogue, *, is_annual: bool) -> tuple[tuple[str, str], ...]:
    """Return the words of the report with their meaning, in alphabetical order of the language."""
    left_out = _COURSE_TERMS if is_annual else _ANNUAL_TERMS
    keys = sorted(
        key
        for key in texts.entries
        if key.startswith("glossary.") and key.endswith(".term") and key.split(".")[1] not in left_out
    )
    pairs = [(texts.text(key), texts.text(key.removesuffix("term") + "meaning")) for key in keys]
    return tuple(sorted(pairs, key=lambda pair: _collation(pair[0])))


def _collation(term: str) -> str:
    """Return a sort key by DIN 5007-1: umlauts like their base letters."""
    return term.casefold().translate(str.maketrans("äöüß", "aous"))
