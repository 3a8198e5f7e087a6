"""The chapter before and after: the change under each baseline, in total and by region."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from vemas_analytics.model.document import Block, Cell, ChartRef, Column, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.reference.numbers import MINUS
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
    interval_text,
    main_change,
    read_baselines,
)
from vemas_analytics.reports.compose.chart_refs import chart_ref, region_labels
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.data_words import recording_words
from vemas_analytics.reports.compose.page_one import lines_of_regions
from vemas_analytics.reports.compose.readings import Change, day, number, records, text, whole

_FOR_ANALYSTS = ("method",)
"""Columns that stand in the workbook only; the chapter on method says how the method is chosen."""


def change_cell(ctx: ReportContext, change: Change) -> Cell:
    """Return the change as a typed per cent, or the words or symbol that stand for it."""
    if change.kind in {"percent", "no_interval"} and change.ratio is not None:
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


def _regional(ctx: ReportContext, measure: Measure) -> list[tuple[str, str, Change]]:
    found: list[tuple[str, str, Change]] = []
    for code in (*ctx.regions, RUSSIA, TOTAL):
        chosen = main_change(read_baselines(ctx, measure, code))
        if chosen is not None and chosen[1].n_before + chosen[1].n_after:
            found.append((code, *chosen))
    return found


def _regional_scope(ctx: ReportContext, rows: Sequence[tuple[str, str, Change]]) -> str:
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
    rows = _regional(ctx, measure)
    if len(rows) < 2:
        return None
    common = common_caveats([change for _, _, change in rows])
    return TableBlock(
        key=f"change_{measure}",
        title=ctx.say("change.region_title", measure=ctx.measure_label(measure)),
        columns=(text_column("region", ctx.say("column.region"), 2.0), *_change_columns(ctx)),
        rows=tuple(
            (text_cell(ctx.region_short(code)), *_change_cells(ctx, change, common)) for code, _, change in rows
        ),
        scope=_regional_scope(ctx, rows),
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


def interval_chart(ctx: ReportContext, measure: Measure) -> ChartRef | None:
    """Return the changes by region as dots with their intervals."""
    shown = [(code, base, change) for code, base, change in _regional(ctx, measure) if change.kind == "percent"]
    if len(shown) < 2:
        return None
    findings: Sequence[Finding] = [change.finding for _, _, change in shown]
    return chart_ref(
        ctx,
        f"change_{measure}",
        "ratio_intervals",
        findings,
        title=ctx.say(
            "change.chart_title",
            measure=ctx.measure_label(measure),
            baseline=ctx.say(f"baseline.against.{shown[-1][1]}"),
        ),
        message=_interval_message(ctx, shown),
        height_mm=14 + 6.0 * len(findings),
        options={"labels": region_labels(ctx, findings)},
    )


def _interval_message(ctx: ReportContext, shown: Sequence[tuple[str, str, Change]]) -> str:
    """Say how far the changes of the regions differ, and whether by more than chance."""
    regional = [item for item in shown if item[0] not in {RUSSIA, TOTAL}] or list(shown)
    lowest = min(regional, key=lambda item: (item[2].ratio or 0, item[0]))
    highest = max(regional, key=lambda item: (item[2].ratio or 0, item[0]))
    low_change, high_change = (change_percent(item[2].ratio or 0, ctx.language) for item in (lowest, highest))
    key = "change.chart_message_plain"
    if highest[2].ratio is not None and highest[2].ratio < 1 and len(regional) > 1:
        overlap = max(item[2].low or 0 for item in regional) <= min(item[2].high or 0 for item in regional)
        key = "change.chart_message" if overlap else "change.chart_message_apart"
    main = ctx.say(
        key,
        low=ctx.region_short(lowest[0]),
        high=ctx.region_short(highest[0]),
        low_change=low_change,
        high_change=high_change,
        most=low_change.removeprefix(MINUS),
        least=high_change.removeprefix(MINUS),
    )
    open_ended = sum((item[2].high or 0) >= 1 for item in regional)
    return f"{main} {ctx.count('change.by_chance', open_ended)}" if open_ended else main


def sensitivity_sentence(ctx: ReportContext, measure: Measure) -> str:
    """Say in one line how far the change depends on the date taken for the stop; empty without figures."""
    rows = list(records(ctx.finding("stop_sensitivity", measure, TOTAL)))
    dates = [found for row in rows if (found := day(row["date"])) is not None]
    ratios = [ratio for row in rows if (ratio := number(row["ratio"])) is not None and whole(row["n_after"])]
    if len(dates) < 2 or len(ratios) < 2:
        return ""
    low, high = (change_percent(ratio, ctx.language) for ratio in (min(ratios), max(ratios)))
    return ctx.say(
        "sensitivity.sentence_same" if low == high else "sensitivity.sentence",
        measure=ctx.measure_label(measure),
        first=ctx.date(min(dates)),
        last=ctx.date(max(dates)),
        low=low,
        high=high,
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
        places=frozenset({"xlsx"}),
        small=True,
    )


def _count_or_x(ctx: ReportContext, n: int | None) -> Cell:
    return symbol_cell("no_sense", ctx.language) if n is None else integer_cell(n, ctx.language)


def _page_lines(ctx: ReportContext, table: TableBlock, codes: Sequence[str]) -> TableBlock:
    """Return a table of regions for the page: those with a line on page 1."""
    shown = {line.code for line in lines_of_regions(ctx)}
    kept = [index for index, code in enumerate(codes) if code in shown]
    page, _ = without_columns(table, (*_FOR_ANALYSTS, "months_before", "months_after"))
    left_out = (ctx.say("change.note_lines"),) if len(kept) < len(codes) else ()
    return replace(
        page,
        rows=tuple(page.rows[index] for index in kept),
        notes=(*page.notes, *left_out),
        total_rows=(len(kept) - 1,) if page.total_rows else (),
    )


def _measure_blocks(ctx: ReportContext, measure: Measure) -> Iterator[Block]:
    yield Paragraph(change_sentence(ctx, measure, TOTAL), tone="message")
    baselines = baseline_table(ctx, measure)
    if baselines is not None:
        yield from without_columns(baselines, _FOR_ANALYSTS)
    sensitivity = sensitivity_sentence(ctx, measure)
    if sensitivity:
        yield Paragraph(sensitivity)
    chart = interval_chart(ctx, measure)
    if chart is not None:
        yield chart
    regions = regional_table(ctx, measure)
    if regions is not None:
        yield _page_lines(ctx, regions, [code for code, _, _ in _regional(ctx, measure)])
        yield replace(regions, places=frozenset({"xlsx"}))
    dates = sensitivity_table(ctx, measure)
    if dates is not None:
        yield dates


def _has_fallen(ctx: ReportContext) -> bool:
    """Tell whether a total fell by more than chance allows and no other one rose."""
    chosen = (main_change(read_baselines(ctx, measure, TOTAL)) for measure in RATE_MEASURES)
    ratios = [
        (change.ratio, change.ratio if change.high is None else change.high)
        for _, change in filter(None, chosen)
        if change.kind != "few" and change.ratio is not None
    ]
    return any(high < 1 for _, high in ratios) and all(ratio <= 1 for ratio, _ in ratios)


def change_chapter(ctx: ReportContext) -> Section:
    """Return the chapter before and after; where nothing can be compared it says so plainly, and why."""
    heading = ctx.say("change.heading")
    if not any(main_change(read_baselines(ctx, measure, TOTAL)) for measure in RATE_MEASURES):
        return Section("change", heading, tuple(_not_estimable(ctx)))
    blocks = [block for measure in RATE_MEASURES for block in _measure_blocks(ctx, measure)]
    reading = "change.reading" if _has_fallen(ctx) else "change.reading_neutral"
    blocks += [Paragraph(ctx.say(reading)), Paragraph(ctx.say("change.decided"))]
    return Section("change", heading, tuple(blocks), page_break=True)


def _not_estimable(ctx: ReportContext) -> Iterator[Block]:
    yield Paragraph(ctx.say("change.not_estimable_chapter"), tone="message")
    yield Paragraph(ctx.say("change.not_estimable_reason", reasons=recording_words(ctx)))
    if ctx.finding("activities", "activities", TOTAL) is not None:
        yield Paragraph(ctx.say("change.not_estimable_counts"))
