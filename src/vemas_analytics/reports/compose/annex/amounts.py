"""Amounts: whether offers became smaller, and what trips, contacts, inquiries and orders cost."""

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reference.numbers import format_integer, format_list
from vemas_analytics.reports.compose.answers import (
    Answer,
    change_range,
    count_cell,
    euro_cell,
    keur_words,
    level_words,
    share_cell,
    source_words,
    tell,
    windows_words,
)
from vemas_analytics.reports.compose.cells import number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change_words import bare_percent, change_percent
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS, number, records, text, whole

_COSTS = ("cost_per_trip", "cost_per_contact", "cost_per_inquiry", "cost_per_order")


def _is_few(finding: Finding) -> bool:
    return min(finding.n_before or 0, finding.n_after or 0) < FEW_EVENTS


def values_sentence(ctx: ReportContext, finding: Finding) -> str:
    """Say how typical offer values compare; below five values on a side there is no comparison."""
    row = next(iter(records(finding)))
    before, after = number(row["typical_before"]), number(row["typical_after"])
    words = {"windows": windows_words(ctx, finding), "level": level_words(ctx)}
    if before is not None:
        words["before"] = keur_words(ctx, before)
    if before is None or after is None or _is_few(finding):
        is_known = before is not None and (finding.n_before or 0) >= FEW_EVENTS
        return tell(ctx, "values.few" if is_known else "values.few_before", **words)
    words["after"] = keur_words(ctx, after)
    estimate = finding.estimate
    if estimate is None or estimate.value is None or estimate.low is None or estimate.high is None:
        return tell(ctx, "values.no_interval", **words)
    return tell(
        ctx,
        "values.percent",
        **words,
        change=change_percent(estimate.value, ctx.language),
        low=bare_percent(estimate.low, ctx.language),
        high=change_percent(estimate.high, ctx.language),
    )


def _values_row(ctx: ReportContext, finding: Finding, row: dict[str, Scalar]) -> tuple[Cell, ...]:
    ratio = number(row["ratio"])
    change, interval = symbol_cell("no_sense", ctx.language), symbol_cell("no_sense", ctx.language)
    if _is_few(finding):
        change = Cell(None, tell(ctx, "too_few"), "interval")
    elif ratio:
        change = Cell(ratio - 1, change_percent(ratio, ctx.language), "percent")
        interval = change_range(ctx, row["ratio_low"], row["ratio_high"])
    return (
        text_cell(tell(ctx, f"values.{text(row['statistic'])}")),
        count_cell(ctx, row["n_before"]),
        euro_cell(ctx, row["typical_before"]),
        count_cell(ctx, row["n_after"]),
        euro_cell(ctx, row["typical_after"]),
        change,
        interval,
        share_cell(ctx, row["top3_share_before"]),
        share_cell(ctx, row["top3_share_after"]),
    )


def values_answer(ctx: ReportContext) -> Answer | None:
    """Return whether offers became smaller; None without values."""
    finding = ctx.finding("offer_values", "offer_value_eur", TOTAL, "all_before")
    if finding is None or finding.table is None or not finding.table.rows:
        return None
    table = TableBlock(
        key="offer_values",
        title=tell(ctx, "values.title"),
        columns=(
            text_column("statistic", tell(ctx, "column.statistic"), 1.6),
            number_column("n_before", tell(ctx, "column.known_before"), 0.9),
            number_column("before", tell(ctx, "column.value_before")),
            number_column("n_after", tell(ctx, "column.known_after"), 0.9),
            number_column("after", tell(ctx, "column.value_after")),
            number_column("change", tell(ctx, "column.change")),
            number_column("interval", tell(ctx, "column.interval_percent"), 1.3),
            number_column("top_before", tell(ctx, "column.top_before")),
            number_column("top_after", tell(ctx, "column.top_after")),
        ),
        rows=tuple(_values_row(ctx, finding, row) for row in records(finding)),
        scope=tell(ctx, "values.scope"),
        source=source_words(ctx),
        sheet_title=tell(ctx, "sheet.values"),
        small=True,
    )
    return Answer("values", (values_sentence(ctx, finding),), (finding,), (table,))


def costs_sentence(ctx: ReportContext, finding: Finding) -> str:
    """Say what a trip cost on average in each phase, with the number of trips whose cost is known."""
    parts = [
        tell(
            ctx,
            "costs.part",
            cost=keur_words(ctx, number(row["cost_per_trip"]) or 0.0),
            phase=text(row["phase"]),
            n=format_integer(whole(row["n_cost_known"]) or 0, ctx.language),
        )
        for row in records(finding)
    ]
    return tell(ctx, "costs.sentence", parts=format_list(parts, ctx.language))


def costs_answer(ctx: ReportContext) -> Answer | None:
    """Return cost per trip, contact, inquiry and order; None where no cost is given."""
    finding = ctx.finding("unit_costs", "trips", TOTAL)
    if finding is None or finding.table is None or not finding.table.rows:
        return None
    counted = ("n_trips", "n_cost_known", "n_contacts", "n_inquiries", "n_orders")
    table = TableBlock(
        key="unit_costs",
        title=tell(ctx, "costs.title"),
        columns=(
            text_column("phase", tell(ctx, "column.phase"), 0.8),
            number_column("n_trips", tell(ctx, "column.n_trips")),
            number_column("n_cost_known", tell(ctx, "column.n_cost_known")),
            number_column("n_contacts", tell(ctx, "column.n_contacts")),
            number_column("n_inquiries", tell(ctx, "column.n_inquiries")),
            number_column("n_orders", tell(ctx, "column.n_orders")),
            number_column("cost", tell(ctx, "column.cost")),
            *(number_column(name, tell(ctx, f"column.{name.removeprefix('cost_')}")) for name in _COSTS),
        ),
        rows=tuple(
            (
                text_cell(text(row["phase"])),
                *(count_cell(ctx, row[name]) for name in counted),
                *(euro_cell(ctx, row[name]) for name in ("cost_eur", *_COSTS)),
            )
            for row in records(finding)
        ),
        scope=tell(ctx, "costs.scope"),
        source=source_words(ctx),
        sheet_title=tell(ctx, "sheet.costs"),
        small=True,
    )
    return Answer("costs", (costs_sentence(ctx, finding),), (finding,), (table,))
