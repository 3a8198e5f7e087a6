"""Concentration: how many firms and regions carry the activity, and how much of it the largest."""

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.answers import (
    Answer,
    count_cell,
    lines_of_measures,
    number_cell,
    share_cell,
    source_words,
    tell,
)
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import number, records, text, whole

ALL_BEFORE = "all_before"
CARRIERS = ("saxon_firm", "russian_firm", "region")


def carriers_sentence(ctx: ReportContext, measure: Measure, finding: Finding) -> str:
    """Say how many firms and regions carry the activity before the stop, the largest three in numbers."""
    parts = []
    for row in records(finding):
        share, named = number(row["top3_share"]), whole(row["n_named"]) or 0
        if text(row["window"]) != ALL_BEFORE or share is None:
            continue
        parts.append(
            tell(
                ctx,
                f"carriers.part_{text(row['carrier'])}",
                n=format_integer(whole(row["n_carriers"]) or 0, ctx.language),
                k=format_integer(share * named, ctx.language),
                named=format_integer(named, ctx.language),
            )
        )
    if not parts:
        return ""
    return tell(ctx, "carriers.sentence", measure=ctx.measure_label(measure), parts="; ".join(parts))


def _carriers_row(ctx: ReportContext, row: dict[str, Scalar]) -> tuple[Cell, ...]:
    window = text(row["window"])
    period = "carriers.all_before" if window == ALL_BEFORE else "carriers.in_phase"
    return (
        text_cell(tell(ctx, f"carriers.{text(row['carrier'])}")),
        text_cell(tell(ctx, period, phase=window)),
        count_cell(ctx, row["n"]),
        count_cell(ctx, row["n_named"]),
        count_cell(ctx, row["n_carriers"]),
        share_cell(ctx, row["top3_share"]),
        share_cell(ctx, row["top5_share"]),
        number_cell(ctx, row["n_effective"]),
    )


def carriers_table(ctx: ReportContext, measure: Measure, finding: Finding) -> TableBlock:
    """Return number and shares of the largest by kind of carrier, before the stop and per phase."""
    rows = sorted(records(finding), key=lambda row: CARRIERS.index(text(row["carrier"])))
    return TableBlock(
        key=f"concentration_{measure}",
        title=tell(ctx, "carriers.title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("carrier", tell(ctx, "column.carrier"), 1.8),
            text_column("window", tell(ctx, "column.window"), 1.6),
            number_column("n", tell(ctx, "column.n_records")),
            number_column("n_named", tell(ctx, "column.n_named")),
            number_column("n_carriers", tell(ctx, "column.n_carriers")),
            number_column("top3", tell(ctx, "column.top3")),
            number_column("top5", tell(ctx, "column.top5")),
            number_column("n_effective", tell(ctx, "column.n_effective"), 1.2),
        ),
        rows=tuple(_carriers_row(ctx, row) for row in rows),
        scope=tell(ctx, "carriers.scope"),
        source=source_words(ctx),
        small=True,
    )


def carriers_answer(ctx: ReportContext) -> Answer | None:
    """Return who carries inquiries and offers; None where fewer than five name a carrier."""
    found = {measure: ctx.finding("concentration", measure, TOTAL, ALL_BEFORE) for measure in RATE_MEASURES}
    told = {m: (item, carriers_sentence(ctx, m, item)) for m, item in found.items() if item is not None}
    known = {measure: pair for measure, pair in told.items() if pair[1]}
    if not known:
        return None
    first = next(iter(known))
    tables = {measure: carriers_table(ctx, measure, item) for measure, (item, _) in known.items()}
    return Answer(
        "carriers",
        tuple(sentence for _, sentence in known.values()),
        tuple(item for item, _ in known.values()),
        (tables[first],),
        (lines_of_measures(ctx, "carriers", tables),),
    )
