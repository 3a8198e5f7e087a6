"""Chapter 5: what the year cost, as far as it is on file, and what that makes per firm, inquiry and order."""

from dataclasses import dataclass

from vemas_analytics.model.document import Block, Cell, Paragraph, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import TOTAL
from vemas_analytics.model.settings import EXPENDITURE_KINDS
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reports.compose.annual.readings import read_statement
from vemas_analytics.reports.compose.annual.words import is_suspended
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS, number, records, text, whole


@dataclass(frozen=True, slots=True)
class UnitCost:
    """One quotient: amount and divisor, or the key of the reason why there is none."""

    key: str
    amount: float | None
    n: int | None
    reason: str


def cost_rows(ctx: ReportContext, year: int) -> dict[int, dict[str, Scalar]]:
    """Return costs and amounts by year; empty in the public edition."""
    found = records(ctx.finding("annual_costs", "trips", TOTAL, str(year)))
    return {whole(row["year"]) or 0: row for row in found}


def economy_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return expenditure and contributions, the key of their allocation, and the quotients that can be formed."""
    say = ctx.texts.text
    rows = cost_rows(ctx, year)
    if ctx.public or year not in rows:
        return [Paragraph(say("annual.economy.public" if ctx.public else "annual.economy.nothing"))]
    blocks: list[Block] = [Paragraph(sentence, tone="message") for sentence in (economy_sentence(ctx, year),)]
    if _is_anything_known(rows):
        blocks.append(amount_table(ctx, rows, year))
    key = read_statement(ctx, year).allocation_key
    words = say("annual.economy.key", key=key) if key else say("annual.economy.no_key")
    return [*blocks, Paragraph(words), unit_table(ctx, unit_costs(ctx, year), year)]


def _is_anything_known(rows: dict[int, dict[str, Scalar]]) -> bool:
    names = ("cost_eur", *(f"{kind}_eur" for kind in EXPENDITURE_KINDS))
    return any(row[name] is not None for row in rows.values() for name in names)


def economy_sentence(ctx: ReportContext, year: int) -> str:
    """Say what of expenditure and contributions is on file for the year."""
    row = cost_rows(ctx, year)[year]
    say = ctx.texts.text
    parts = []
    for kind in ("programme", "contributions"):
        amount = number(row[f"{kind}_eur"])
        key = f"annual.economy.{kind}_sentence" if amount is not None else f"annual.economy.{kind}_unknown"
        parts.append(say(key, year=year, amount="" if amount is None else euros(ctx, amount)))
    is_partial = text(row["state"]) != "recorded"
    n, known, cost = whole(row["n_trips"]), whole(row["n_cost_known"]) or 0, number(row["cost_eur"])
    if n is None:
        parts.append(say("annual.economy.trips_not_recorded"))
    elif not n:
        parts.append(say("annual.economy.trips_none", year=year))
    elif cost is None:
        parts.append(say("annual.economy.trips_unknown", n=integer_cell(n, ctx.language, at_least=is_partial).text))
    else:
        counts = {
            "n": integer_cell(n, ctx.language, at_least=is_partial).text,
            "known": format_integer(known, ctx.language),
        }
        parts.append(say("annual.economy.trips_sentence", amount=euros(ctx, cost), **counts))
    return " ".join(parts)


def euros(ctx: ReportContext, amount: float) -> str:
    """Return an amount in full euros."""
    return ctx.texts.text("annual.economy.euros", amount=format_integer(amount, ctx.language))


def _euro_cell(ctx: ReportContext, amount: float | None, *, at_least: bool = False) -> Cell:
    if amount is None:
        return symbol_cell("not_recorded", ctx.language)
    return integer_cell(amount, ctx.language, at_least=at_least)


def _trip_cost_cell(ctx: ReportContext, row: dict[str, Scalar], year: int) -> Cell:
    if row["n_trips"] == 0 and row["state"] == "recorded":
        return symbol_cell("suspended", ctx.language) if is_suspended(ctx, "trips", year) else _euro_cell(ctx, 0)
    return _euro_cell(ctx, number(row["cost_eur"]), at_least=row["n_cost_known"] != row["n_trips"])


def amount_table(ctx: ReportContext, rows: dict[int, dict[str, Scalar]], year: int) -> TableBlock:
    """Return what is on file, the year before first, with where it stands."""
    say, years = ctx.texts.text, (year - 1, year)
    lines: list[tuple[Cell, ...]] = []
    for kind in EXPENDITURE_KINDS:
        amounts = [number(rows[item][f"{kind}_eur"]) for item in years]
        cells = [_euro_cell(ctx, amount) for amount in amounts]
        lines.append((text_cell(say(f"annual.economy.kind_{kind}")), *cells, text_cell(_sources(ctx, kind, year))))
    costs = [_trip_cost_cell(ctx, rows[item], item) for item in years]
    lines.append((text_cell(say("annual.economy.kind_trips")), *costs, text_cell(say("annual.economy.source_trips"))))
    return TableBlock(
        key="annual_amounts",
        title=say("annual.economy.amount_title", first=year - 1, year=year),
        columns=(
            text_column("what", say("annual.economy.what"), 2.6),
            number_column("previous", str(year - 1), 1.0),
            number_column("value", str(year), 1.0),
            text_column("source", say("annual.targets.source"), 3.0),
        ),
        rows=tuple(lines),
        scope=say("annual.economy.amount_scope"),
        notes=(say("annual.economy.note_trips"),),
        sheet_title=say("annual.sheet.amounts"),
        small=True,
    )


def _sources(ctx: ReportContext, kind: str, year: int) -> str:
    items = [item for item in ctx.panel.settings.expenditure if item.kind == kind and item.year in {year - 1, year}]
    words = dict.fromkeys(", ".join(part for part in (item.what, item.source) if part) for item in items)
    return "; ".join(word for word in words if word) or ctx.say("stop.not_stated")


def unit_costs(ctx: ReportContext, year: int) -> tuple[UnitCost, ...]:
    """Return every quotient of the year, or why it cannot be formed."""
    row = cost_rows(ctx, year)[year]
    n_trips, n_known, n_met = (whole(row[name]) for name in ("n_trips", "n_cost_known", "n_met"))
    cost = number(row["cost_eur"])
    no_cost = "no_trips" if not n_trips else "no_cost"
    trips = (
        UnitCost("trip", cost, n_known, "" if cost is not None else no_cost),
        UnitCost(
            "contact",
            number(row["cost_met_eur"]),
            whole(row["n_contacts"]),
            "" if n_met and row["n_contacts"] else no_cost,
        ),
    )
    amount = number(row["programme_eur"])
    has_key = bool(read_statement(ctx, year).allocation_key)
    results = []
    for key, name in (("firm", "n_firms"), ("inquiry", "n_inquiries"), ("order", "n_orders")):
        n = whole(row[name])
        reason = "no_expenditure" if amount is None else "not_kept" if n is None else "few" if n < FEW_EVENTS else ""
        if not reason and not has_key:
            reason = "no_key"
        results.append(UnitCost(key, amount, n, reason))
    return (*trips, *results)


def unit_table(ctx: ReportContext, units: tuple[UnitCost, ...], year: int) -> TableBlock:
    """Return amount, divisor and quotient side by side; where there is none, the reason."""
    say = ctx.texts.text
    unknown = say("annual.economy.not_determinable")
    lines = []
    for item in units:
        quotient = None if item.reason or item.amount is None or not item.n else item.amount / item.n
        why = say(f"annual.economy.reason_{item.reason}") if item.reason else ""
        lines.append(
            (
                text_cell(say(f"annual.economy.per_{item.key}")),
                _euro_cell(ctx, item.amount),
                symbol_cell("not_recorded", ctx.language) if item.n is None else integer_cell(item.n, ctx.language),
                text_cell(unknown)
                if quotient is None
                else Cell(quotient, format_decimal(quotient, ctx.language, 0), "decimal", digits=0),
                text_cell(why or say(f"annual.economy.rule_{item.key}")),
            )
        )
    return TableBlock(
        key="annual_unit_costs",
        title=say("annual.economy.unit_title", year=year),
        columns=(
            text_column("what", say("annual.economy.per"), 1.9),
            number_column("amount", say("annual.economy.amount"), 1.0),
            number_column("n", ctx.say("column.n"), 0.8),
            number_column("quotient", say("annual.economy.quotient"), 1.5),
            text_column("remark", say("annual.economy.remark"), 3.6),
        ),
        rows=tuple(lines),
        scope=say("annual.economy.unit_scope", year=year),
        notes=(say("annual.economy.note_average"),),
        sheet_title=say("annual.sheet.unit_costs"),
        small=True,
    )


def missing_amounts(ctx: ReportContext, year: int) -> bool:
    """Tell whether own expenditure of the year is not on file."""
    row = cost_rows(ctx, year).get(year)
    return row is not None and row["programme_eur"] is None


def stated_amounts(ctx: ReportContext, year: int, kind: str) -> tuple[float | None, str]:
    """Return the sum stated of one kind up to the year under review, and the documents that show it."""
    items = [item for item in ctx.panel.settings.expenditure if item.kind == kind and item.year <= year]
    documents = dict.fromkeys(text(item.source) for item in items if item.source)
    return (sum(item.amount_eur for item in items) if items else None), "; ".join(documents)
