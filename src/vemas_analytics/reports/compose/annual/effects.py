"""Chapter 4: outputs, outcomes, and what may be said of cause and effect."""

from vemas_analytics.model.document import Block, Cell, ListBlock, Paragraph, TableBlock
from vemas_analytics.model.names import MEASURES, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.annual.readings import read_cohort
from vemas_analytics.reports.compose.annual.tables import is_unfinished, known_in_year, tables_of
from vemas_analytics.reports.compose.cells import (
    integer_cell,
    marked_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import number, records, text, whole

_OUTPUTS: tuple[Measure, ...] = ("trips", "trip_companies", "forums", "forum_attendance")
_OUTCOMES: tuple[Measure, ...] = ("inquiries", "offers", "offer_value_eur", "orders", "order_value_eur")
_COHORT_COLUMNS: dict[Measure, tuple[str, ...]] = {
    "inquiries": ("n", "offered", "ordered", "ended_without_offer", "open", "unknown"),
    "offers": ("n", "won", "lost", "withdrawn", "suspended", "open", "unknown"),
}


def output_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return what was carried out: trips, forums, participations, firms."""
    known = [measure for measure in known_in_year(ctx, year) if measure in _OUTPUTS]
    say = ctx.texts.text
    if not known:
        return [Paragraph(say("annual.effects.no_outputs", year=year))]
    blocks: list[Block] = [Paragraph(say("annual.effects.outputs"), tone="message")]
    blocks += tables_of(known, ctx, year)
    firms = firm_table(ctx, year)
    if firms is not None:
        blocks.append(firms)
    return [*blocks, Paragraph(say("annual.effects.further"), tone="muted")]


def outcome_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return inquiries, offers and orders: of the year by region, and what became of them."""
    known = [measure for measure in known_in_year(ctx, year) if measure in _OUTCOMES]
    say = ctx.texts.text
    if not known:
        return [Paragraph(say("annual.effects.no_outcomes"))]
    blocks: list[Block] = [Paragraph(say("annual.effects.outcomes"), tone="message")]
    blocks += [Paragraph(sentence) for sentence in cohort_sentences(ctx, year)]
    cohorts = (cohort_table(ctx, measure, year) for measure in _COHORT_COLUMNS)
    blocks += [table for table in cohorts if table is not None]
    for measure in known:
        blocks += tables_of([measure], ctx, year)
    return blocks


def cause_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return what the figures cannot say about cause and effect."""
    items = [ctx.texts.text("annual.effects.cause")]
    if year >= ctx.stop.effective_from.year:
        items.append(ctx.say("limits.cause"))
    if any(ctx.state(measure) == "partial" for measure in MEASURES):
        items.append(ctx.say("limits.partial"))
    items += [ctx.say(f"limits.{key}") for key in ("attribution", "regions", "values", "firms")]
    if ctx.public:
        items.append(ctx.say("limits.public"))
    return [ListBlock(tuple(items))]


def cohort_sentences(ctx: ReportContext, year: int) -> list[str]:
    """Say how many inquiries of the year led to an offer and an order, and how many of its offers were won."""
    found = []
    for measure, names in _COHORT_COLUMNS.items():
        row = read_cohort(ctx, measure, year)
        n = None if row is None else whole(row["n"])
        if row is None or n is None:
            continue
        counts = {name: format_integer(whole(row[name]) or 0, ctx.language) for name in names}
        key = "none" if not n else "partial" if text(row["state"]) != "recorded" else "sentence"
        found.append(
            ctx.texts.text(f"annual.cohort.{measure}.{key}", year=year, date=ctx.date(ctx.panel.as_of), **counts)
        )
    return found


def cohort_table(ctx: ReportContext, measure: Measure, year: int) -> TableBlock | None:
    """Return what became of the cases of each year up to the reference date; None without such a finding."""
    rows = [row for row in records(ctx.finding("annual_cohort", measure, TOTAL, str(year))) if row["n"] is not None]
    if not rows:
        return None
    say, names = ctx.texts.text, _COHORT_COLUMNS[measure]
    return TableBlock(
        key=f"annual_cohort_{measure}",
        title=say(f"annual.cohort.{measure}.title"),
        columns=(
            text_column("year", say("annual.cohort.year"), 1.0),
            *(number_column(name, say(f"annual.cohort.{measure}.{name}")) for name in names),
        ),
        rows=tuple(
            (
                Cell(whole(row["year"]), str(whole(row["year"])), "text"),
                *(_count_cell(ctx, number(row[name]), text(row["state"]), whole(row["year"])) for name in names),
            )
            for row in rows
        ),
        scope=say("annual.cohort.scope", date=ctx.date(ctx.panel.as_of)),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(say(f"annual.cohort.{measure}.note"), say("annual.cohort.note")),
        sheet_title=say("annual.sheet.cohort", measure=ctx.measure_short(measure)),
        small=True,
    )


def _count_cell(ctx: ReportContext, value: float | None, state: str, year: int | None) -> Cell:
    if value is None or (state != "recorded" and not value):
        return symbol_cell("not_recorded", ctx.language)
    cell = integer_cell(value, ctx.language, at_least=state != "recorded")
    is_open = year is not None and is_unfinished(ctx, year)
    return marked_cell(cell, "provisional", ctx.language) if is_open else cell


def firm_table(ctx: ReportContext, year: int) -> TableBlock | None:
    """Return how many firms took part in the year and the year before, and how many for the first time."""
    rows = list(records(ctx.finding("annual_firms", "firms", TOTAL, str(year))))
    if all(row["n_firms"] is None for row in rows):
        return None
    say = ctx.texts.text
    cells = {
        name: [
            symbol_cell("not_recorded", ctx.language)
            if row[name] is None
            else _count_cell(ctx, number(row[name]) or 0, "recorded", whole(row["year"]))
            for row in reversed(rows)
        ]
        for name in ("n_firms", "n_first_timers")
    }
    return TableBlock(
        key="annual_firms",
        title=say("annual.firms.title"),
        columns=(
            text_column("measure", ctx.say("column.measure"), 3.0),
            *(number_column(f"year_{row['year']}", str(row["year"])) for row in reversed(rows)),
        ),
        rows=tuple((text_cell(say(f"annual.firms.{name}")), *found) for name, found in cells.items()),
        scope=say("annual.firms.scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(say("annual.firms.note"),),
        sheet_title=say("annual.sheet.firms"),
        small=True,
    )
