"""Limits, method and definitions: what the figures can and cannot say, and how they were made."""

from vemas_analytics.model.document import Block, ListBlock, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import CAVEATS
from vemas_analytics.model.names import MEASURES
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.compose.cells import text_cell, text_column
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext

_LIMITS = ("attribution", "cause", "regions", "windows", "values", "firms")
_METHOD_RATES = ("windows", "exposure", "interval", "overdispersion", "few", "baselines")
_ANNUAL_TERMS = ("reporting_year", "target", "comparison", "outputs", "outcomes")
_COURSE_TERMS = ("interval", "phase", "baseline", "region_page", "break", "special_event", "reference_date")
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


def _has_rates(ctx: ReportContext) -> bool:
    return any(ctx.state(measure) == "recorded" for measure in RATE_MEASURES)


def method_chapter(ctx: ReportContext) -> Section:
    """Return how the figures were made."""
    keys = (*(_METHOD_RATES if _has_rates(ctx) else ()), *_METHOD_ALWAYS)
    sentences = {key: ctx.say(f"method_text.{key}") for key in keys}
    if any(ctx.state(measure) == "partial" for measure in MEASURES):
        sentences["dates"] += f" {ctx.say('method_text.dates_partial')}"
    blocks: list[Block] = [Paragraph(text) for text in sentences.values()]
    return Section("method", ctx.say("method_text.heading"), tuple(blocks))


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
