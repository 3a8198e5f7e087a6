"""Regions compared: drawn together by shrinkage, p-values adjusted, ranks with their uncertainty."""

from vemas_analytics.model.document import Cell, ChartRef, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer, format_list
from vemas_analytics.reports.compose.answers import (
    BEYOND_CHANCE,
    Answer,
    change_range,
    count_cell,
    count_range,
    differ_p_value,
    lines_of_measures,
    number_cell,
    p_cell,
    p_words,
    source_words,
    tell,
    tell_number,
)
from vemas_analytics.reports.compose.cells import number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change_words import change_percent
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS, number, records, text, whole

Row = dict[str, Scalar]
_ROW_MM = 3.7
_HEAD_MM = 20.0


def _n(row: Row) -> int:
    return (whole(row["n_before"]) or 0) + (whole(row["n_after"]) or 0)


def _p_adjusted(row: Row) -> float:
    found = number(row["p_adjusted"])
    return 1.0 if found is None else found


def beyond_chance(rows: list[Row]) -> list[Row]:
    """Return the regions whose fall stands by itself after adjustment, the surest first."""
    found = [
        row
        for row in rows
        if _p_adjusted(row) < BEYOND_CHANCE and (number(row["ratio"]) or 0.0) < 1 and _n(row) >= FEW_EVENTS
    ]
    return sorted(found, key=lambda row: (_p_adjusted(row), text(row["region"])))


def _is_common(rows: list[Row]) -> bool:
    """Tell whether chance explains all differences: every region then has the same change."""
    return len({number(row["ratio_shrunk"]) for row in rows}) == 1


def regions_sentences(ctx: ReportContext, measure: Measure, finding: Finding) -> tuple[str, str]:
    """Say who leads and how surely; then whether changes differ, and which falls stand by themselves."""
    rows = list(records(finding))
    n = format_integer(len(rows), ctx.language)
    leader = min(rows, key=lambda row: (whole(row["rank_before"]) or len(rows), text(row["region"])))
    low, high = whole(leader["rank_before_low"]) or 1, whole(leader["rank_before_high"]) or len(rows)
    lead = tell(
        ctx,
        "regions.lead_sure" if low == high else "regions.lead",
        measure=ctx.measure_label(measure),
        region=ctx.region_short(text(leader["region"])),
        n=n,
        low=format_integer(low, ctx.language),
        high=format_integer(high, ctx.language),
    )
    if not any(whole(row["n_after"]) for row in rows):
        return lead, tell(ctx, "regions.none_after")
    found = beyond_chance(rows)
    beyond = tell_number(
        ctx,
        "regions.beyond",
        len(found),
        regions=n,
        names=format_list([ctx.region_short(text(row["region"])) for row in found], ctx.language),
    )
    return lead, f"{_difference(ctx, measure, rows)} {beyond}"


def _difference(ctx: ReportContext, measure: Measure, rows: list[Row]) -> str:
    """Say whether the changes differ by more than chance, by one test over all regions."""
    p_value = differ_p_value(ctx, measure, "all_before")
    if p_value is not None and p_value < BEYOND_CHANCE:
        return tell(ctx, "regions.differ", p=p_words(ctx, p_value, with_name=True))
    if all(row["ratio_shrunk"] is None for row in rows):
        return tell(ctx, "regions.apart")
    if _is_common(rows):
        return tell(ctx, "regions.common")
    return "" if p_value is None else tell(ctx, "regions.not_shown", p=p_words(ctx, p_value, with_name=True))


def _change_cells(ctx: ReportContext, row: Row) -> tuple[Cell, Cell, Cell]:
    """Return the raw change, the shrunken one and its interval; words below five cases."""
    no_sense = symbol_cell("no_sense", ctx.language)
    ratio, shrunk = number(row["ratio"]), number(row["ratio_shrunk"])
    if _n(row) < FEW_EVENTS:
        few = Cell(None, tell(ctx, "too_few"), "interval")
        return few, few, no_sense
    raw = no_sense if ratio is None else Cell(ratio - 1, change_percent(ratio, ctx.language), "percent")
    if ratio == 0:
        raw = Cell(None, tell(ctx, "to_none"), "interval")
    if shrunk is None:
        return raw, no_sense, no_sense
    together = Cell(shrunk - 1, change_percent(shrunk, ctx.language), "percent")
    return raw, together, change_range(ctx, row["ratio_low"], row["ratio_high"])


def _regions_row(ctx: ReportContext, row: Row) -> tuple[Cell, ...]:
    raw, shrunk, interval = _change_cells(ctx, row)
    return (
        text_cell(ctx.region_short(text(row["region"]))),
        count_cell(ctx, row["n_before"]),
        count_cell(ctx, row["n_after"]),
        number_cell(ctx, row["per_month_before"], 2),
        number_cell(ctx, row["shrunk_before"], 2),
        count_range(ctx, row["rank_before_low"], row["rank_before_high"]),
        raw,
        shrunk,
        interval,
        count_range(ctx, row["rank_fall_low"], row["rank_fall_high"]),
        p_cell(ctx, row["p_value"]),
        p_cell(ctx, row["p_adjusted"]),
    )


def regions_table(ctx: ReportContext, measure: Measure, finding: Finding) -> TableBlock:
    """Return every region with raw and shrunken rate and change, ranks, and adjusted p."""
    rows = sorted(records(finding), key=lambda row: (whole(row["rank_before"]) or 0, text(row["region"])))
    rate, change = tell(ctx, "column.rate"), tell(ctx, "column.change_whole")
    return TableBlock(
        key=f"regions_compared_{measure}",
        title=tell(ctx, "regions.title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("region", tell(ctx, "column.region"), 1.8),
            number_column("n_before", tell(ctx, "column.n_before"), 0.8),
            number_column("n_after", tell(ctx, "column.n_after"), 0.8),
            number_column("rate", tell(ctx, "column.counted"), 0.9, rate),
            number_column("shrunk", tell(ctx, "column.shrunk"), 0.9, rate),
            number_column("rank", tell(ctx, "column.rank_range"), 0.9, rate),
            number_column("change", tell(ctx, "column.counted"), 0.9, change),
            number_column("change_shrunk", tell(ctx, "column.shrunk"), 0.9, change),
            number_column("interval", tell(ctx, "column.interval_percent"), 1.3, change),
            number_column("rank_fall", tell(ctx, "column.rank_range"), 0.9, change),
            number_column("p", tell(ctx, "column.p_single"), 0.8, "p"),
            number_column("p_adjusted", tell(ctx, "column.p_adjusted"), 0.8, "p"),
        ),
        rows=tuple(_regions_row(ctx, row) for row in rows),
        scope=tell(
            ctx,
            "regions.scope",
            before=ctx.count("change.months", round((finding.days_before or 0) / 30.4375)),
            after=ctx.count("change.months", round((finding.days_after or 0) / 30.4375)),
        ),
        source=source_words(ctx),
        small=True,
    )


def _charts(ctx: ReportContext, measure: Measure, finding: Finding) -> tuple[ChartRef, ...]:
    n_rows = sum(1 for _ in records(finding))
    label = ctx.measure_label(measure)
    ranks = chart_ref(
        ctx,
        "rank_intervals",
        "rank_intervals",
        [finding],
        title=tell(ctx, "regions.rank_title", measure=label),
        message=tell(ctx, "regions.rank_message"),
        height_mm=_HEAD_MM + _ROW_MM * n_rows,
    )
    tiles = chart_ref(
        ctx,
        "tile_map",
        "tile_map",
        [finding],
        title=tell(ctx, "regions.tile_title", measure=label),
        message=tell(ctx, "regions.tile_message"),
        height_mm=92,
    )
    return ranks, tiles


def _sentences(ctx: ReportContext, known: dict[Measure, Finding]) -> tuple[str, ...]:
    """Return the lead of the first measure, its other sentences, and the other measure in one paragraph."""
    first, *others = [regions_sentences(ctx, measure, item) for measure, item in known.items()]
    return (*first, *(" ".join(sentences) for sentences in others))


def regions_answer(ctx: ReportContext) -> Answer | None:
    """Return how the regions compare; None where there are too few or no two windows."""
    found = {measure: ctx.finding("regions_compared", measure, TOTAL, "all_before") for measure in RATE_MEASURES}
    known = {m: item for m, item in found.items() if item is not None and item.table is not None and item.table.rows}
    if not known:
        return None
    first, finding = next(iter(known.items()))
    tables = {measure: regions_table(ctx, measure, item) for measure, item in known.items()}
    return Answer(
        "regions",
        _sentences(ctx, known),
        tuple(known.values()),
        (tables[first],),
        (lines_of_measures(ctx, "regions", tables),),
        _charts(ctx, first, finding),
    )
