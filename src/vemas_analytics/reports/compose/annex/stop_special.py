"""Is the stop special? False stops before it, and changes found without being told a date."""

from vemas_analytics.model.document import Cell, ChartRef, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_list, format_month
from vemas_analytics.reports.compose.answer_readings import Placebo, read_placebo
from vemas_analytics.reports.compose.answers import (
    Answer,
    change_range,
    count_cell,
    level_words,
    lines_of_measures,
    number_cell,
    p_cell,
    p_words,
    source_words,
    tell,
    tell_number,
    windows_words,
)
from vemas_analytics.reports.compose.cells import date_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change_words import bare_percent, change_percent
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import day, number, records, text


def placebo_sentence(ctx: ReportContext, measure: Measure, placebo: Placebo) -> str:
    """Say how the step at the stop compares with those at false stops, with interval, n and windows."""
    finding, estimate = placebo.finding, placebo.finding.estimate
    windows = windows_words(ctx, finding)
    if not placebo.ratio:
        effect = tell(ctx, "placebo.to_none", windows=windows)
    elif estimate is None or estimate.low is None or estimate.high is None:
        effect = tell(ctx, "placebo.no_interval", windows=windows)
    else:
        effect = tell(
            ctx,
            "placebo.percent",
            change=change_percent(placebo.ratio, ctx.language),
            low=bare_percent(estimate.low, ctx.language),
            high=change_percent(estimate.high, ctx.language),
            level=level_words(ctx),
            windows=windows,
        )
    key = {0: "first", 1: "one"}.get(placebo.n_as_strong, "some")
    return tell(
        ctx,
        f"placebo.{key}",
        measure=ctx.measure_label(measure),
        effect=effect,
        k=format_integer(placebo.n_as_strong, ctx.language),
        dates=format_integer(len(placebo.false_stops), ctx.language),
        p=p_words(ctx, placebo.p_value, with_name=True),
    )


def placebo_answer(ctx: ReportContext) -> Answer | None:
    """Return how special the stop is among the months before it; None where no model can be fitted."""
    found = {measure: read_placebo(ctx.finding("placebo", measure, TOTAL, "all_before")) for measure in RATE_MEASURES}
    known = {measure: placebo for measure, placebo in found.items() if placebo is not None}
    if not known:
        return None
    placebo = next(iter(known.values()))
    chart = chart_ref(
        ctx,
        "placebo_strip",
        "placebo_strip",
        [item.finding for item in known.values()],
        title=tell(ctx, "placebo.chart_title"),
        message=tell(ctx, "placebo.chart_message", n=format_integer(len(placebo.false_stops), ctx.language)),
        height_mm=20 + 17.0 * len(known),
        options={"labels": {item.finding.key: ctx.measure_label(m) for m, item in known.items()}},
    )
    return Answer(
        "placebo",
        tuple(placebo_sentence(ctx, measure, item) for measure, item in known.items()),
        tuple(item.finding for item in known.values()),
        (_placebo_table(ctx, known),),
        (lines_of_measures(ctx, "placebo", {m: _all_stops_table(ctx, m, item) for m, item in known.items()}),),
        (chart,),
    )


def _step_cell(ctx: ReportContext, ratio: float) -> Cell:
    if not ratio:
        return Cell(None, tell(ctx, "to_none"), "interval")
    return Cell(ratio - 1, change_percent(ratio, ctx.language), "percent")


def _placebo_table(ctx: ReportContext, known: dict[Measure, Placebo]) -> TableBlock:
    rows = []
    for measure, item in known.items():
        estimate, strongest = item.finding.estimate, item.strongest
        rows.append(
            (
                text_cell(ctx.measure_label(measure)),
                _step_cell(ctx, item.ratio),
                change_range(ctx, *((None, None) if estimate is None else (estimate.low, estimate.high))),
                count_cell(ctx, len(item.false_stops)),
                count_cell(ctx, item.n_as_strong),
                p_cell(ctx, item.p_value),
                _step_cell(ctx, strongest[1]),
                date_cell(strongest[0], ctx.language),
            )
        )
    return TableBlock(
        key="placebo",
        title=tell(ctx, "placebo.summary_title"),
        columns=(
            text_column("measure", tell(ctx, "column.measure"), 1.4),
            number_column("step", tell(ctx, "column.step")),
            number_column("interval", tell(ctx, "column.interval_percent"), 1.4),
            number_column("dates", tell(ctx, "column.dates")),
            number_column("as_strong", tell(ctx, "column.as_strong")),
            number_column("p", tell(ctx, "column.p")),
            number_column("strongest", tell(ctx, "column.strongest")),
            text_column("strongest_date", tell(ctx, "column.strongest_date"), 1.2),
        ),
        rows=tuple(rows),
        scope=tell(ctx, "placebo.scope"),
        source=source_words(ctx),
        small=True,
    )


def _all_stops_table(ctx: ReportContext, measure: Measure, placebo: Placebo) -> TableBlock:
    lines = [*placebo.false_stops, (ctx.stop.effective_from, placebo.ratio)]
    last = len(lines) - 1
    return TableBlock(
        key=f"placebo_{measure}",
        title=tell(ctx, "placebo.title", measure=ctx.measure_label(measure)),
        columns=(
            text_column("date", tell(ctx, "column.date"), 1.4),
            number_column("step", tell(ctx, "column.step")),
            text_column("is_stop", tell(ctx, "column.is_stop")),
        ),
        rows=tuple(
            (
                date_cell(date, ctx.language),
                _step_cell(ctx, ratio),
                text_cell(ctx.say("yes" if position == last else "no")),
            )
            for position, (date, ratio) in enumerate(lines)
        ),
        scope=tell(ctx, "placebo.scope"),
        source=source_words(ctx),
        small=True,
    )


def break_name(ctx: ReportContext, key: str) -> str:
    """Return the name of an edge of a known break, or of the stop."""
    if key == "stop":
        return tell(ctx, "change_points.stop")
    for item in ctx.panel.settings.breaks:
        label = item.label.get(ctx.language, item.key)
        if key == item.key:
            return label
        if key in {f"{item.key}_start", f"{item.key}_end"}:
            side = "break_start" if key.endswith("_start") else "break_end"
            return tell(ctx, f"change_points.{side}", label=label)
    return key


def change_points_sentence(ctx: ReportContext, measure: Measure, finding: Finding) -> str:
    """Say which changes of level the counts themselves show, with the rates on either side."""
    rows = list(records(finding))
    parts = []
    for row in rows:
        month = day(row["date"])
        before, after = number(row["per_month_before"]), number(row["per_month_after"])
        if month is not None and before is not None and after is not None:
            parts.append(
                tell(
                    ctx,
                    "change_points.part",
                    month=format_month(month, ctx.language),
                    before=format_decimal(before, ctx.language),
                    after=format_decimal(after, ctx.language),
                )
            )
    return tell_number(
        ctx,
        "change_points.found",
        len(parts),
        measure=ctx.measure_label(measure),
        parts=format_list(parts, ctx.language),
        count=format_integer((finding.n_before or 0) + (finding.n_after or 0), ctx.language),
    )


def change_points_answer(ctx: ReportContext) -> Answer | None:
    """Return where the counts change by themselves; None where the lists do not carry the search."""
    found = {measure: ctx.finding("change_points", measure, TOTAL) for measure in RATE_MEASURES}
    known = {m: item for m, item in found.items() if item is not None and "not_estimable" not in item.caveats}
    if not known:
        return None
    rows = tuple(_change_row(ctx, measure, row) for measure, item in known.items() for row in records(item))
    table = TableBlock(
        key="change_points",
        title=tell(ctx, "change_points.title"),
        columns=(
            text_column("measure", tell(ctx, "column.measure"), 1.2),
            text_column("month", tell(ctx, "column.month"), 1.2),
            number_column("before", tell(ctx, "column.level_before")),
            number_column("after", tell(ctx, "column.level_after")),
            text_column("nearest", tell(ctx, "column.nearest"), 2.0),
            number_column("distance", tell(ctx, "column.distance")),
        ),
        rows=rows,
        scope=tell(ctx, "change_points.scope"),
        source=source_words(ctx),
        sheet_title=tell(ctx, "sheet.change_points"),
        small=True,
    )
    return Answer(
        "change_points",
        tuple(change_points_sentence(ctx, measure, item) for measure, item in known.items()),
        tuple(known.values()),
        (table,) if rows else (),
        (),
        tuple(_change_points_chart(ctx, measure, item) for measure, item in list(known.items())[:1]),
    )


def _change_points_chart(ctx: ReportContext, measure: Measure, finding: Finding) -> ChartRef:
    monthly = ctx.finding("monthly", measure, TOTAL)
    return chart_ref(
        ctx,
        "change_points",
        "change_points",
        [finding] if monthly is None else [finding, monthly],
        title=tell(ctx, "change_points.chart_title", measure=ctx.measure_label(measure)),
        message=tell(ctx, "change_points.chart_message"),
        height_mm=46,
    )


def _change_row(ctx: ReportContext, measure: Measure, row: dict[str, Scalar]) -> tuple[Cell, ...]:
    month = day(row["date"])
    return (
        text_cell(ctx.measure_label(measure)),
        symbol_cell("no_sense", ctx.language) if month is None else text_cell(format_month(month, ctx.language)),
        number_cell(ctx, row["per_month_before"]),
        number_cell(ctx, row["per_month_after"]),
        text_cell(break_name(ctx, text(row["nearest_break"]))),
        count_cell(ctx, row["days_from_break"]),
    )
