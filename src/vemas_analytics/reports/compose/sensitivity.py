"""How far the key figures depend on the day taken for the stop: one line on the page, the days in the workbook."""

from collections.abc import Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import DAYS_PER_MONTH, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer, format_percent
from vemas_analytics.reports.compose.answers import LEVEL
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change_words import bare_percent, change_percent
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS, day, number, records, text, whole


def sensitivity_sentence(ctx: ReportContext, measure: Measure) -> str:
    """Say in one line how far the change depends on the date taken for the stop; empty without figures."""
    rows = [row for row in records(ctx.finding("stop_sensitivity", measure, TOTAL)) if day(row["date"]) is not None]
    dates = [found for row in rows if (found := day(row["date"])) is not None]
    if len(dates) < 2:
        return ""
    words = {
        "measure": ctx.measure_label(measure),
        "first": ctx.date(min(dates)),
        "last": ctx.date(max(dates)),
        "counts": _counts(ctx, rows),
    }
    told = [_limits(row) for row in rows]
    known = [limits for limits in told if limits is not None]
    if len(known) < len(rows):
        return ctx.say("sensitivity.sentence_few", **words)
    low, high = (
        change_percent(ratio, ctx.language) for ratio in (min(v for v, *_ in known), max(v for v, *_ in known))
    )
    companions = ctx.say(
        "sensitivity.companions",
        level=format_percent(LEVEL, ctx.language),
        lowest=bare_percent(min(limits[1] for limits in known), ctx.language),
        highest=change_percent(max(limits[2] for limits in known), ctx.language),
        counts=words["counts"],
    )
    key = "sensitivity.sentence_same" if low == high else "sensitivity.sentence"
    return ctx.say(key, **words, low=low, high=high, companions=companions)


def _limits(row: dict[str, Scalar]) -> tuple[float, float, float] | None:
    """Return ratio and limits where a percentage may be given: from five events, some after, with an interval."""
    ratio, low, high = (number(row[name]) for name in ("ratio", "low", "high"))
    n_before, n_after = whole(row["n_before"]) or 0, whole(row["n_after"]) or 0
    if ratio is None or low is None or high is None or not n_after or n_before + n_after < FEW_EVENTS:
        return None
    return ratio, low, high


def _counts(ctx: ReportContext, rows: Sequence[dict[str, Scalar]]) -> str:
    """Return how many records in how many months each side has, from the least to the most over the dates."""
    spans = {}
    for side in ("before", "after"):
        for name, scale in (("n", 1.0), ("days", DAYS_PER_MONTH)):
            found = [round((number(row[f"{name}_{side}"]) or 0.0) / scale) for row in rows]
            spans[f"{name}_{side}"] = _span(ctx, min(found), max(found))
    return ctx.say("sensitivity.counts", **spans)


def _span(ctx: ReportContext, low: int, high: int) -> str:
    first, last = format_integer(low, ctx.language), format_integer(high, ctx.language)
    return first if low == high else ctx.say("sensitivity.span", low=first, high=last)


def sensitivity_table(ctx: ReportContext, measure: Measure) -> TableBlock | None:
    """Return how far the figures depend on the date taken for the stop."""
    rows = list(records(ctx.finding("stop_sensitivity", measure, TOTAL)))
    if not rows:
        return None
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        date, limits = day(row["date"]), _limits(row)
        n_before, n_after = whole(row["n_before"]), whole(row["n_after"])
        cells.append(
            (
                text_cell(ctx.say(f"sensitivity.{text(row['basis'])}")),
                symbol_cell("not_recorded", ctx.language) if date is None else Cell(date, ctx.date(date), "date"),
                _count_or_x(ctx, n_before),
                _count_or_x(ctx, n_after),
                symbol_cell("no_sense", ctx.language)
                if limits is None
                else Cell(limits[0] - 1, change_percent(limits[0], ctx.language), "percent"),
                symbol_cell("no_sense", ctx.language) if limits is None else _interval_cell(ctx, limits),
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
            number_column("interval", ctx.say("column.interval"), 1.3),
        ),
        rows=tuple(cells),
        scope=ctx.say("sensitivity.scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        sheet_title=ctx.say("sheet.sensitivity", measure=ctx.measure_short(measure)),
        places=frozenset({"xlsx"}),
        small=True,
    )


def _interval_cell(ctx: ReportContext, limits: tuple[float, float, float]) -> Cell:
    low, high = (bare_percent(limit, ctx.language) for limit in limits[1:])
    return Cell(None, ctx.say("change.interval_cell", low=low, high=high), "interval")


def _count_or_x(ctx: ReportContext, n: int | None) -> Cell:
    return symbol_cell("no_sense", ctx.language) if n is None else integer_cell(n, ctx.language)
