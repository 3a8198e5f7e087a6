"""Whether inquiries follow trips, fairs and forums: association in time, said as such."""

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import DAYS_PER_MONTH, TOTAL
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reports.compose.answers import (
    Answer,
    change_range,
    count_cell,
    level_words,
    months_words,
    number_cell,
    source_words,
    tell,
)
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change_words import bare_percent, change_percent
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS, number, records, text, whole

HORIZONS = (90, 180)


def response_sentences(ctx: ReportContext, finding: Finding, days: int) -> tuple[str, ...]:
    """Say how inquiries after activities compare with those before them, and how many cannot be attributed."""
    row = next((row for row in records(finding) if text(row["kind"]) == "all"), None)
    if row is None:
        return ()
    further = []
    low, high = number(row["low"]), number(row["high"])
    if low is not None and high is not None and low <= 1 <= high and _n(row) >= FEW_EVENTS:
        further.append(tell(ctx, "response.by_chance"))
    n, in_one, several = (whole(row[name]) or 0 for name in ("n_inquiries", "n_in_one", "n_in_several"))
    if n:
        words = {"n": n, "k": n - in_one, "neither": n - in_one - several, "several": several}
        shown = {name: format_integer(value, ctx.language) for name, value in words.items()}
        further.append(tell(ctx, "response.unattributable", **shown))
    return (_comparison(ctx, row, days), *([" ".join(further)] if further else []))


def _n(row: dict[str, Scalar]) -> int:
    return (whole(row["n_before"]) or 0) + (whole(row["n_after"]) or 0)


def _rate(row: dict[str, Scalar], side: str) -> float:
    days = number(row[f"days_{side}"]) or 0.0
    return (number(row[f"n_{side}"]) or 0.0) / days * DAYS_PER_MONTH if days else 0.0


def _comparison(ctx: ReportContext, row: dict[str, Scalar], days: int) -> str:
    words = {
        "days": format_integer(days, ctx.language),
        "before": format_decimal(_rate(row, "before"), ctx.language, 2),
        "after": format_decimal(_rate(row, "after"), ctx.language, 2),
        "n_before": format_integer(whole(row["n_before"]) or 0, ctx.language),
        "n_after": format_integer(whole(row["n_after"]) or 0, ctx.language),
        "months_before": months_words(ctx, number(row["days_before"])),
        "months_after": months_words(ctx, number(row["days_after"])),
        "level": level_words(ctx),
    }
    ratio, low, high = (number(row[name]) for name in ("ratio", "low", "high"))
    if _n(row) < FEW_EVENTS:
        return tell(ctx, "response.few", **words)
    if not ratio or low is None or high is None:
        return tell(ctx, "response.no_interval", **words)
    return tell(
        ctx,
        "response.percent",
        **words,
        change=change_percent(ratio, ctx.language),
        low=bare_percent(low, ctx.language),
        high=change_percent(high, ctx.language),
    )


def _response_row(ctx: ReportContext, row: dict[str, Scalar], days: int) -> tuple[Cell, ...]:
    ratio, is_few = number(row["ratio"]), _n(row) < FEW_EVENTS
    change, interval = symbol_cell("no_sense", ctx.language), symbol_cell("no_sense", ctx.language)
    if is_few:
        change = Cell(None, tell(ctx, "too_few"), "interval")
    elif ratio:
        change = Cell(ratio - 1, change_percent(ratio, ctx.language), "percent")
        interval = change_range(ctx, row["low"], row["high"])
    in_one, several, n = (whole(row[name]) or 0 for name in ("n_in_one", "n_in_several", "n_inquiries"))
    return (
        text_cell(tell(ctx, f"response.kind.{text(row['kind'])}")),
        integer_cell(days, ctx.language),
        count_cell(ctx, row["n_events"]),
        count_cell(ctx, row["n_before"]),
        number_cell(ctx, (number(row["days_before"]) or 0.0) / DAYS_PER_MONTH),
        count_cell(ctx, row["n_after"]),
        number_cell(ctx, (number(row["days_after"]) or 0.0) / DAYS_PER_MONTH),
        change,
        interval,
        integer_cell(in_one, ctx.language),
        integer_cell(several, ctx.language),
        integer_cell(n - in_one - several, ctx.language),
    )


def response_answer(ctx: ReportContext) -> Answer | None:
    """Return whether inquiries follow activities in time; None where days cannot be compared."""
    found = {days: ctx.finding("event_response", "inquiries", TOTAL, f"days_{days}") for days in HORIZONS}
    known = {d: item for d, item in found.items() if item is not None and item.table is not None and item.table.rows}
    if not known or all("not_estimable" in item.caveats for item in known.values()):
        return None
    days, finding = next(iter(known.items()))
    rows = tuple(_response_row(ctx, row, d) for d, item in known.items() for row in records(item))
    table = TableBlock(
        key="event_response",
        title=tell(ctx, "response.title"),
        columns=(
            text_column("kind", tell(ctx, "column.kind"), 1.8),
            number_column("days", tell(ctx, "column.days"), 0.6),
            number_column("n_events", tell(ctx, "column.n_events"), 0.9),
            number_column("n_before", tell(ctx, "column.n_inquiries"), 0.8, tell(ctx, "column.days_before")),
            number_column("months_before", tell(ctx, "column.region_months"), 0.9, tell(ctx, "column.days_before")),
            number_column("n_after", tell(ctx, "column.n_inquiries"), 0.8, tell(ctx, "column.days_after")),
            number_column("months_after", tell(ctx, "column.region_months"), 0.9, tell(ctx, "column.days_after")),
            number_column("change", tell(ctx, "column.change"), 0.9),
            number_column("interval", tell(ctx, "column.interval_percent"), 1.2),
            number_column("in_one", tell(ctx, "column.in_one"), 0.9, tell(ctx, "column.attribution")),
            number_column("in_several", tell(ctx, "column.in_several"), 0.9, tell(ctx, "column.attribution")),
            number_column("neither", tell(ctx, "column.neither"), 0.9, tell(ctx, "column.attribution")),
        ),
        rows=rows,
        scope=tell(ctx, "response.scope"),
        source=source_words(ctx),
        sheet_title=tell(ctx, "sheet.response"),
        small=True,
    )
    return Answer("response", response_sentences(ctx, finding, days), tuple(known.values()), (table,))
