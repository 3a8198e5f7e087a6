"""Chapter 2: the grant, its purpose and targets, and whose activities count as the programme's own."""

from collections.abc import Sequence

from vemas_analytics.model.document import Block, Cell, Paragraph, TableBlock
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reference.numbers import format_list
from vemas_analytics.reports.compose.annual.readings import read_statement, target_sources
from vemas_analytics.reports.compose.annual.words import is_suspended
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.organisers import ALL_GROUPS, capitalised, group_of, held
from vemas_analytics.reports.compose.readings import Activity, read_activities

_MOST_NAMES = 6


def grant_facts(ctx: ReportContext, year: int) -> tuple[tuple[str, str], ...]:
    """Return grant notice, reference number, period, version and release; what is not stated says so."""
    organisation, statement = ctx.panel.settings.organisation, read_statement(ctx, year)
    say, unknown = ctx.texts.text, ctx.say("stop.not_stated")
    release = say("annual.basis.draft")
    if statement.released_on is not None:
        key = "annual.basis.released_by" if statement.released_by else "annual.basis.released"
        release = say(key, date=ctx.date(statement.released_on), by=statement.released_by)
    return (
        (say("annual.basis.notice"), organisation.grant_notice or unknown),
        (say("annual.basis.reference"), organisation.reference_number or unknown),
        (say("annual.basis.period"), say("annual.basis.period_text", year=year)),
        (say("annual.basis.version"), statement.version or unknown),
        (say("annual.basis.release"), release),
    )


def basis_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return purpose, targets and indicators with their source, and the delimitation from other organisers."""
    say = ctx.texts.text
    purpose = ctx.panel.settings.organisation.purpose
    blocks: list[Block] = [Paragraph(say("annual.basis.purpose"))]
    key = "annual.basis.purpose_stated" if purpose else "annual.basis.purpose_unknown"
    blocks.append(Paragraph(say(key, purpose=purpose)))
    sources = target_sources(ctx, year)
    if sources:
        named = say("annual.basis.targets", year=year, sources=format_list(sources, ctx.language))
        blocks.append(Paragraph(named))
    blocks += [Paragraph(say("annual.basis.indicators")), Paragraph(say("annual.basis.delimitation"))]
    names = [name for name in ctx.panel.settings.organisation.own_organisers if name.strip()]
    own = "annual.basis.own" if names else "annual.basis.own_unknown"
    blocks.append(Paragraph(say(own, names=format_list(names, ctx.language))))
    table = organiser_table(ctx, year)
    return [*blocks, table] if table is not None else blocks


def _activities(ctx: ReportContext, year: int) -> list[Activity]:
    found = held(read_activities(ctx.finding("activities", "activities", TOTAL)))
    return [item for item in found if item.start.year == year]


def organiser_table(ctx: ReportContext, year: int) -> TableBlock | None:
    """Return the activities held in the year and the year before by who organised them; None without any."""
    years = {item: _activities(ctx, item) for item in (year - 1, year)}
    if not any(years.values()):
        return None
    rows = []
    for group in ALL_GROUPS:
        parts = {item: [one for one in found if group_of(one) == group] for item, found in years.items()}
        if not any(parts.values()) and group not in {"own", "partner", "other"}:
            continue
        counts = [_count_cell(ctx, len(part), item) for item, part in parts.items()]
        rows.append(
            (
                text_cell(capitalised(ctx.say(f"group.is_{group}"))),
                text_cell(_names(ctx, [*parts[year], *parts[year - 1]])),
                *counts,
            )
        )
    return TableBlock(
        key="annual_organisers",
        title=ctx.texts.text("annual.basis.table_title", first=year - 1, year=year),
        columns=(
            text_column("group", ctx.say("column.attribution"), 1.3),
            text_column("organisers", ctx.say("column.organiser"), 3.6),
            number_column("previous", str(year - 1), 0.8),
            number_column("value", str(year), 0.8),
        ),
        rows=tuple(rows),
        scope=ctx.texts.text("annual.basis.table_scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        sheet_title=ctx.texts.text("annual.sheet.organisers"),
        small=True,
    )


def _count_cell(ctx: ReportContext, n: int, year: int) -> Cell:
    at_least = "partial" in {ctx.state("trips"), ctx.state("forums")}
    if n:
        return integer_cell(n, ctx.language, at_least=at_least)
    if at_least:
        return symbol_cell("not_recorded", ctx.language)
    return symbol_cell("suspended", ctx.language) if is_suspended(ctx, "trips", year) else integer_cell(0, ctx.language)


def _names(ctx: ReportContext, items: Sequence[Activity]) -> str:
    named = (part.strip() for item in items for part in item.organiser.split(";"))
    names = sorted({name for name in named if name})
    if not names:
        return ctx.say("column.not_stated" if items else "none_word")
    if len(names) <= _MOST_NAMES:
        return "; ".join(names)
    more = len(names) - _MOST_NAMES
    return ctx.texts.text("annual.basis.more_names", names="; ".join(names[:_MOST_NAMES]), n=more)
