"""Tables of the change before and after: by baseline for the total, by region for one baseline."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from vemas_analytics.model.document import Cell, Column, TableBlock
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.reports.compose.cells import (
    decimal_cell,
    integer_cell,
    number_column,
    percent_cell,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.change_words import change_percent, interval_text, main_change, read_baselines
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.page_one import lines_of_regions
from vemas_analytics.reports.compose.places import region_place
from vemas_analytics.reports.compose.readings import Change

FOR_ANALYSTS = ("method",)
"""Columns that stand in the workbook only; the chapter on method says how the method is chosen."""


def change_cell(ctx: ReportContext, change: Change) -> Cell:
    """Return the change as a typed per cent; without an interval the words or symbol that stand for it."""
    if change.kind == "percent" and change.ratio is not None:
        cell = percent_cell(change.ratio - 1, ctx.language, signed=True)
        return Cell(cell.value, change_percent(change.ratio, ctx.language), "percent")
    if change.kind in {"zero_after", "zero_unbounded"}:
        return Cell(None, ctx.say("change.to_none_cell"), "interval")
    if change.kind == "few":
        return Cell(None, ctx.say("change.few_cell"), "interval")
    return symbol_cell("no_sense", ctx.language)


def interval_cell(ctx: ReportContext, change: Change) -> Cell:
    """Return the interval of the change, from -100 where nothing is left; ``x`` where it makes no sense."""
    shown = interval_text(change, ctx)
    return Cell(None, shown, "interval") if shown else symbol_cell("no_sense", ctx.language)


def _change_columns(ctx: ReportContext) -> tuple[Column, ...]:
    before, after = ctx.say("column.group_before"), ctx.say("column.group_after")
    months, n, rate = ctx.say("column.months"), ctx.say("column.n"), ctx.say("column.per_month")
    return (
        number_column("months_before", months, 0.9, before),
        number_column("n_before", n, 0.7, before),
        number_column("rate_before", rate, 0.9, before),
        number_column("months_after", months, 0.9, after),
        number_column("n_after", n, 0.7, after),
        number_column("rate_after", rate, 0.9, after),
        number_column("change", ctx.say("column.change"), 1.3),
        number_column("interval", ctx.say("column.interval"), 1.3),
        text_column("method", ctx.say("column.method"), 1.5),
        text_column("notes", ctx.say("column.notes"), 1.0),
    )


def common_caveats(changes: Sequence[Change]) -> tuple[str, ...]:
    """Return the caveats that every line of a table carries, so that they are said once below it."""
    first, *others = [change.finding.caveats for change in changes]
    return tuple(code for code in first if all(code in caveats for caveats in others))


def _own_notes(ctx: ReportContext, change: Change, common: Sequence[str]) -> str:
    codes = (code for code in change.finding.caveats if code not in common)
    return ", ".join(str(ctx.note_numbers[code]) for code in codes if code in ctx.note_numbers)


def _common_note(ctx: ReportContext, common: tuple[str, ...]) -> tuple[str, ...]:
    reference = ctx.note_reference(common)
    return (ctx.say("change.note_common", reference=reference),) if reference else ()


def _change_cells(ctx: ReportContext, change: Change, common: Sequence[str]) -> tuple[Cell, ...]:
    language = ctx.language
    rate_before = (
        change.per_month_before if change.per_month_before is not None else change.n_before / change.months_before
    )
    rate_after = change.per_month_after if change.per_month_after is not None else change.n_after / change.months_after
    return (
        decimal_cell(change.months_before, language),
        integer_cell(change.n_before, language),
        decimal_cell(rate_before, language, 2),
        decimal_cell(change.months_after, language),
        integer_cell(change.n_after, language),
        decimal_cell(rate_after, language, 2),
        change_cell(ctx, change),
        interval_cell(ctx, change),
        text_cell(ctx.say(f"method.{'none' if change.finding.method == '-' else change.finding.method}")),
        text_cell(_own_notes(ctx, change, common)),
    )


def without_columns(table: TableBlock, left_out: Collection[str]) -> tuple[TableBlock, TableBlock]:
    """Return a table twice: for the page without the columns ``left_out``, for the workbook in full."""
    at = [index for index, column in enumerate(table.columns) if column.key not in left_out]
    page = replace(
        table,
        key=f"{table.key}_page",
        columns=tuple(table.columns[index] for index in at),
        rows=tuple(tuple(row[index] for index in at) for row in table.rows),
        places=frozenset({"pdf"}),
    )
    return page, replace(table, places=frozenset({"xlsx"}))


def baseline_table(ctx: ReportContext, measure: Measure) -> TableBlock | None:
    """Return the change of the total under each baseline, side by side."""
    changes = read_baselines(ctx, measure, TOTAL)
    if not changes:
        return None
    common = common_caveats(list(changes.values()))
    return TableBlock(
        key=f"baselines_{measure}",
        title=ctx.say("change.baseline_title", measure=ctx.measure_label(measure)),
        columns=(text_column("baseline", ctx.say("column.baseline"), 2.0), *_change_columns(ctx)),
        rows=tuple(
            (text_cell(ctx.say(f"baseline.label.{base}")), *_change_cells(ctx, change, common))
            for base, change in changes.items()
        ),
        scope=ctx.say("change.scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("change.note_interval"), *_common_note(ctx, common)),
        sheet_title=ctx.say("sheet.baselines", measure=ctx.measure_short(measure)),
        small=True,
    )


def changes_by_region(ctx: ReportContext, measure: Measure) -> list[tuple[str, str, Change]]:
    """Return region, baseline and change for each region with any record, RU and the total last."""
    found: list[tuple[str, str, Change]] = []
    for code in (*ctx.regions, RUSSIA, TOTAL):
        chosen = main_change(read_baselines(ctx, measure, code))
        if chosen is not None and chosen[1].n_before + chosen[1].n_after:
            found.append((code, *chosen))
    return found


def _region_scope(ctx: ReportContext, rows: Sequence[tuple[str, str, Change]]) -> str:
    """Name the baseline, with the length of both sides where all lines share them."""
    _, base, change = rows[-1]
    label = ctx.say(f"baseline.label.{base}")
    if any(
        (other, item.months_before, item.months_after) != (base, change.months_before, change.months_after)
        for _, other, item in rows
    ):
        return ctx.say("change.region_scope_mixed", baseline=label)
    before, after = (
        ctx.count("change.months", max(1, round(months))) for months in (change.months_before, change.months_after)
    )
    return ctx.say("change.region_scope", baseline=label, before=before, after=after)


def regional_table(ctx: ReportContext, measure: Measure) -> TableBlock | None:
    """Return the change by region against the baseline that sentences lead with."""
    rows = changes_by_region(ctx, measure)
    if len(rows) < 2:
        return None
    common = common_caveats([change for _, _, change in rows])
    return TableBlock(
        key=f"change_{measure}",
        title=ctx.say("change.region_title", measure=ctx.measure_label(measure)),
        columns=(text_column("region", ctx.say("column.region"), 2.0), *_change_columns(ctx)),
        rows=tuple(
            (text_cell(ctx.region_short(code), see=region_place(code)), *_change_cells(ctx, change, common))
            for code, _, change in rows
        ),
        scope=_region_scope(ctx, rows),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(
            ctx.say("page_one.note_regions"),
            ctx.say("change.note_zero"),
            ctx.say("change.note_few"),
            *_common_note(ctx, common),
        ),
        total_rows=(len(rows) - 1,) if rows[-1][0] == TOTAL else (),
        sheet_title=ctx.say("sheet.change", measure=ctx.measure_short(measure)),
        small=True,
    )


def page_lines(ctx: ReportContext, table: TableBlock, codes: Sequence[str]) -> TableBlock:
    """Return a table of regions for the page: those with a line on page 1."""
    shown = {line.code for line in lines_of_regions(ctx)}
    kept = [index for index, code in enumerate(codes) if code in shown]
    page, _ = without_columns(table, (*FOR_ANALYSTS, "months_before", "months_after"))
    left_out = (ctx.say("change.note_lines"),) if len(kept) < len(codes) else ()
    return replace(
        page,
        rows=tuple(page.rows[index] for index in kept),
        notes=(*page.notes, *left_out),
        total_rows=(len(kept) - 1,) if page.total_rows else (),
    )
