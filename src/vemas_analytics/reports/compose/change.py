"""The chapter before and after: the change under each baseline, in total and by region."""

from collections.abc import Sequence

from vemas_analytics.model.document import Block, Cell, ChartRef, Column, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Finding
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
from vemas_analytics.reports.compose.change_words import (
    change_percent,
    change_sentence,
    drop_percent,
    interval_text,
    main_change,
    read_baselines,
)
from vemas_analytics.reports.compose.chart_refs import chart_ref, region_labels
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import Change, day, number, records, text, whole


def change_cell(ctx: ReportContext, change: Change) -> Cell:
    """Return the change as a typed per cent, or the words or symbol that stand for it."""
    if change.kind in {"percent", "no_interval"} and change.ratio is not None:
        cell = percent_cell(change.ratio - 1, ctx.language, signed=True)
        return Cell(cell.value, change_percent(change.ratio, ctx.language), "percent")
    if change.kind == "zero_after":
        return Cell(None, ctx.say("change.at_least_cell", drop=drop_percent(change, ctx.language)), "interval")
    if change.kind == "zero_unbounded":
        return Cell(None, ctx.say("change.to_none_cell"), "interval")
    if change.kind == "few":
        return Cell(None, ctx.say("change.few_cell"), "interval")
    return symbol_cell("no_sense", ctx.language)


def interval_cell(ctx: ReportContext, change: Change) -> Cell:
    """Return the interval of the change; ``x`` where it makes no sense."""
    shown = interval_text(change, ctx) if change.kind == "percent" else ""
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
    return ", ".join(str(ctx.note_numbers[code]) for code in codes if code in ctx.note_numbers) or "–"


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


def _regional(ctx: ReportContext, measure: Measure) -> list[tuple[str, str, Change]]:
    found: list[tuple[str, str, Change]] = []
    for code in (*ctx.regions, RUSSIA, TOTAL):
        chosen = main_change(read_baselines(ctx, measure, code))
        if chosen is not None and chosen[1].n_before + chosen[1].n_after:
            found.append((code, *chosen))
    return found


def regional_table(ctx: ReportContext, measure: Measure) -> TableBlock | None:
    """Return the change by region against the baseline that sentences lead with."""
    rows = _regional(ctx, measure)
    if len(rows) < 2:
        return None
    base = rows[-1][1]
    common = common_caveats([change for _, _, change in rows])
    return TableBlock(
        key=f"change_{measure}",
        title=ctx.say("change.region_title", measure=ctx.measure_label(measure)),
        columns=(text_column("region", ctx.say("column.region"), 2.0), *_change_columns(ctx)),
        rows=tuple(
            (text_cell(ctx.region_short(code)), *_change_cells(ctx, change, common)) for code, _, change in rows
        ),
        scope=ctx.say("change.region_scope", baseline=ctx.say(f"baseline.label.{base}")),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("page_one.note_regions"), ctx.say("change.note_few"), *_common_note(ctx, common)),
        total_rows=(len(rows) - 1,) if rows[-1][0] == TOTAL else (),
        sheet_title=ctx.say("sheet.change", measure=ctx.measure_short(measure)),
        small=True,
    )


def interval_chart(ctx: ReportContext, measure: Measure) -> ChartRef | None:
    """Return the changes by region as dots with their intervals."""
    shown = [(code, base, change) for code, base, change in _regional(ctx, measure) if change.kind == "percent"]
    if len(shown) < 2:
        return None
    findings: Sequence[Finding] = [change.finding for _, _, change in shown]
    regional = [item for item in shown if item[0] not in {RUSSIA, TOTAL}] or shown
    lowest = min(regional, key=lambda item: (item[2].ratio or 0, item[0]))
    highest = max(regional, key=lambda item: (item[2].ratio or 0, item[0]))
    return chart_ref(
        ctx,
        f"change_{measure}",
        "ratio_intervals",
        findings,
        title=ctx.say("change.chart_title", measure=ctx.measure_label(measure)),
        message=ctx.say(
            "change.chart_message",
            measure=ctx.measure_label(measure),
            low=ctx.region_short(lowest[0]),
            low_change=change_percent(lowest[2].ratio or 0, ctx.language),
            high=ctx.region_short(highest[0]),
            high_change=change_percent(highest[2].ratio or 0, ctx.language),
        ),
        height_mm=16 + 7.0 * len(findings),
        options={"labels": region_labels(ctx, findings)},
    )


def sensitivity_table(ctx: ReportContext, measure: Measure) -> TableBlock | None:
    """Return how far the figures depend on the date taken for the stop."""
    rows = list(records(ctx.finding("stop_sensitivity", measure, TOTAL)))
    if not rows:
        return None
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        date, ratio = day(row["date"]), number(row["ratio"])
        n_before, n_after = whole(row["n_before"]), whole(row["n_after"])
        cells.append(
            (
                text_cell(ctx.say(f"sensitivity.{text(row['basis'])}")),
                symbol_cell("not_recorded", ctx.language) if date is None else Cell(date, ctx.date(date), "date"),
                _count_or_x(ctx, n_before),
                _count_or_x(ctx, n_after),
                symbol_cell("no_sense", ctx.language)
                if ratio is None or not n_after
                else Cell(ratio - 1, change_percent(ratio, ctx.language), "percent"),
            )
        )
    return TableBlock(
        key=f"sensitivity_{measure}",
        title=ctx.say("sensitivity.title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("basis", ctx.say("sensitivity.basis"), 2.4),
            text_column("date", ctx.say("column.date"), 1.2),
            number_column("n_before", ctx.say("column.n_before")),
            number_column("n_after", ctx.say("column.n_after")),
            number_column("change", ctx.say("column.change")),
        ),
        rows=tuple(cells),
        scope=ctx.say("sensitivity.scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        sheet_title=ctx.say("sheet.sensitivity", measure=ctx.measure_short(measure)),
        small=True,
    )


def _count_or_x(ctx: ReportContext, n: int | None) -> Cell:
    return symbol_cell("no_sense", ctx.language) if n is None else integer_cell(n, ctx.language)


def change_chapter(ctx: ReportContext) -> Section:
    """Return the chapter before and after; without recorded inquiries or offers it says why there is none."""
    blocks: list[Block] = []
    for measure in RATE_MEASURES:
        blocks.append(Paragraph(change_sentence(ctx, measure, TOTAL), tone="message"))
        for block in (
            baseline_table(ctx, measure),
            interval_chart(ctx, measure),
            regional_table(ctx, measure),
            sensitivity_table(ctx, measure),
        ):
            if block is not None:
                blocks.append(block)
    blocks.append(Paragraph(ctx.say("change.reading")))
    blocks.append(Paragraph(ctx.say("change.decided")))
    return Section("change", ctx.say("change.heading"), tuple(blocks), page_break=True)
