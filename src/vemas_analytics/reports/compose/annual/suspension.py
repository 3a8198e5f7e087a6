"""Chapter 6: the suspension: order and notice, its cost, what was open, what came later, where firms turned."""

from collections import Counter

from vemas_analytics.model.document import Block, Cell, FactsBlock, Paragraph, TableBlock
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reference.regions import country_name
from vemas_analytics.reports.compose.annual.economy import euros, stated_amounts
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import SUSPENDED_MEASURES, ReportContext
from vemas_analytics.reports.compose.data_basis import stop_facts
from vemas_analytics.reports.compose.eve import CASE_MEASURES, open_table, outcome_table
from vemas_analytics.reports.compose.eve_words import eve_sentence
from vemas_analytics.reports.compose.readings import day, number, records, text, whole
from vemas_analytics.reports.compose.sentences import stop_sentence

_LATER: tuple[Measure, ...] = ("inquiries", "offers", "trips", "forums")


def suspension_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return the chapter; for a year before the suspension one sentence and what is known of other markets."""
    effective = ctx.stop.effective_from
    abroad = [block for block in (abroad_table(ctx, year),) if block is not None]
    if year < effective.year:
        before = ctx.texts.text("annual.suspension.before", year=year, stop=ctx.date(effective))
        return [Paragraph(before, tone="message"), *_abroad_words(ctx, abroad), *abroad]
    blocks: list[Block] = [Paragraph(stop_sentence(ctx), tone="message"), stop_facts(ctx), _cost_facts(ctx, year)]
    blocks.append(Paragraph(eve_sentence(ctx)))
    for measure in CASE_MEASURES:
        blocks += [table for table in (open_table(ctx, measure), outcome_table(ctx, measure)) if table is not None]
    blocks.append(Paragraph(_later_words(ctx)))
    later = later_table(ctx)
    if later is not None:
        blocks.append(later)
    return [*blocks, *_abroad_words(ctx, abroad), *abroad]


def _cost_facts(ctx: ReportContext, year: int) -> FactsBlock:
    """Return cancellation and wind-down cost as stated; withheld in the public edition."""
    items = []
    for kind in ("cancellation", "wind_down"):
        amount, documents = stated_amounts(ctx, year, kind)
        words = ctx.say("stop.not_stated")
        if ctx.public:
            words = ctx.say("withheld_word")
        elif amount is not None:
            key = "cost_source" if documents else "cost"
            words = ctx.texts.text(f"annual.suspension.{key}", amount=euros(ctx, amount), year=year, source=documents)
        items.append((ctx.texts.text(f"annual.economy.kind_{kind}"), words))
    return FactsBlock(tuple(items))


def _later_words(ctx: ReportContext) -> str:
    """Say how many records are dated after the stop, whatever the year."""
    counts = []
    for measure in _LATER:
        finding = ctx.finding("after_stop", measure, TOTAL)
        if finding is not None and finding.estimate is not None and finding.estimate.value is not None:
            n = format_integer(finding.estimate.value, ctx.language)
            counts.append(f"{ctx.measure_short(measure)} {n}")
    key = "annual.suspension.later" if counts else "annual.suspension.later_unknown"
    return ctx.texts.text(key, counts=", ".join(counts), date=ctx.date(ctx.panel.as_of))


def later_table(ctx: ReportContext) -> TableBlock | None:
    """Return the records dated after the stop by calendar year; none in the public edition."""
    counts = {
        measure: Counter(
            found.year
            for row in records(ctx.finding("after_stop", measure, TOTAL))
            for found in [day(row["date"])]
            if found is not None
        )
        for measure in _LATER
    }
    if not any(counts.values()):
        return None
    years = range(ctx.stop.effective_from.year, ctx.panel.as_of.year + 1)
    say = ctx.texts.text
    return TableBlock(
        key="annual_later",
        title=say("annual.suspension.later_title"),
        columns=(
            text_column("measure", ctx.say("column.measure"), 2.4),
            *(number_column(f"year_{item}", str(item)) for item in years),
            number_column("total", ctx.say("column.total")),
        ),
        rows=tuple(
            (
                text_cell(ctx.measure_label(measure)),
                *(_later_cell(ctx, measure, found[item]) for item in years),
                _later_cell(ctx, measure, sum(found.values())),
            )
            for measure, found in counts.items()
        ),
        scope=say(
            "annual.suspension.later_scope", stop=ctx.date(ctx.stop.effective_from), date=ctx.date(ctx.panel.as_of)
        ),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(say("annual.suspension.later_note"),),
        sheet_title=say("annual.sheet.later"),
        small=True,
    )


def _later_cell(ctx: ReportContext, measure: Measure, n: int) -> Cell:
    if n:
        return integer_cell(n, ctx.language, at_least=ctx.state(measure) == "partial")
    if ctx.state(measure) != "recorded":
        return symbol_cell("not_recorded", ctx.language)
    return symbol_cell("suspended", ctx.language) if measure in SUSPENDED_MEASURES else integer_cell(0, ctx.language)


def _abroad_words(ctx: ReportContext, tables: list[TableBlock]) -> list[Block]:
    key = "abroad_public" if ctx.public else "abroad" if tables else "abroad_none"
    return [Paragraph(ctx.texts.text(f"annual.suspension.{key}"))]


def abroad_table(ctx: ReportContext, year: int) -> TableBlock | None:
    """Return the rows about places outside the Russian Federation by country and year."""
    rows = list(records(ctx.finding("annual_abroad", "outside", TOTAL, str(year))))
    if not rows:
        return None
    known = sorted({found for row in rows for found in [whole(row["year"])] if found is not None})
    years = list(range(known[0], known[-1] + 1)) if known else []
    has_undated = any(row["year"] is None for row in rows)
    counts: Counter[tuple[str, int | None]] = Counter()
    for row in rows:
        counts[text(row["country"]), whole(row["year"])] += round(number(row["n"]) or 0)
    countries = sorted({country for country, _ in counts}, key=lambda code: country_name(code, ctx.language))
    columns = [*years, *([None] if has_undated else [])]
    say = ctx.texts.text
    return TableBlock(
        key="annual_abroad",
        title=say("annual.suspension.abroad_title"),
        columns=(
            text_column("country", say("annual.suspension.country"), 2.0),
            *(
                number_column(
                    "undated" if item is None else f"year_{item}",
                    say("annual.suspension.undated") if item is None else str(item),
                )
                for item in columns
            ),
        ),
        rows=tuple(
            (
                text_cell(country_name(country, ctx.language)),
                *(integer_cell(counts[country, item], ctx.language) for item in columns),
            )
            for country in countries
        ),
        scope=say("annual.suspension.abroad_scope", date=ctx.date(ctx.panel.as_of)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(say("annual.suspension.abroad_note"),),
        sheet_title=say("annual.sheet.abroad"),
        small=True,
    )
