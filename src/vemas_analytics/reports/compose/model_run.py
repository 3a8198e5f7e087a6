"""Modellrechnung: what was to be expected without the stop, what was counted, and how much did not come."""

from collections.abc import Iterator

from vemas_analytics.model.document import Block, Cell, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.numbers import format_decimal, format_integer
from vemas_analytics.reports.compose.answers import (
    change_range,
    count_cell,
    count_range,
    level_words,
    months_words,
    source_words,
    tell,
    tell_number,
)
from vemas_analytics.reports.compose.cells import number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.change_words import change_percent
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import number, records, text


def read_courses(ctx: ReportContext) -> dict[Measure, tuple[Finding, Estimate]]:
    """Return the courses of the total that carry a model, by measure."""
    found: dict[Measure, tuple[Finding, Estimate]] = {}
    for measure in RATE_MEASURES:
        finding = ctx.finding("course", measure, TOTAL, "all_before")
        if finding is not None and finding.estimate is not None and finding.estimate.value is not None:
            found[measure] = (finding, finding.estimate)
    return found


def shortfall_sentence(ctx: ReportContext, measure: Measure, region: str = TOTAL) -> str:
    """Say how many did not come by calculation, with interval, expectation, count and windows.

    Empty without a model. Where the interval holds nought the sentence says that it is open.
    """
    finding = ctx.finding("course", measure, region, "all_before")
    estimate = None if finding is None else finding.estimate
    if finding is None or estimate is None or estimate.value is None:
        return ""
    if estimate.low is None or estimate.high is None:
        return ""
    counted, is_surplus = finding.n_after or 0, estimate.value < 0
    limits = (-estimate.high, -estimate.low) if is_surplus else (estimate.low, estimate.high)
    is_open = estimate.low <= 0 <= estimate.high
    low, high = (estimate.low, estimate.high) if is_open else limits
    words = {
        "level": level_words(ctx),
        "low": _limit(ctx, low),
        "high": _limit(ctx, high),
        "months": months_words(ctx, finding.days_after),
        "months_before": months_words(ctx, finding.days_before),
        "n_before": format_integer(finding.n_before or 0, ctx.language),
        "expected": format_integer(estimate.value + counted, ctx.language),
        "counted": format_integer(counted, ctx.language),
    }
    if is_open:
        return tell(ctx, f"model.{measure}.open", **words)
    key = "surplus" if is_surplus else "shortfall"
    return tell_number(ctx, f"model.{measure}.{key}", abs(estimate.value), **words)


def _limit(ctx: ReportContext, value: float) -> str:
    """Return a limit in whole cases, with a decimal below ten."""
    return format_decimal(value, ctx.language) if abs(value) < 10 else format_integer(value, ctx.language)


def model_table(ctx: ReportContext) -> TableBlock:
    """Return expectation, count and shortfall by measure and model; the step with its limits in the workbook."""
    courses = read_courses(ctx)
    rows = [_model_row(ctx, measure, row) for measure, (finding, _) in courses.items() for row in records(finding)]
    days = next(iter(courses.values()))[0].days_after
    return TableBlock(
        key="model_run",
        title=tell(ctx, "model.table_title"),
        columns=(
            text_column("measure", tell(ctx, "column.measure"), 1.2),
            text_column("model", tell(ctx, "column.model"), 1.6),
            number_column("expected", tell(ctx, "column.expected")),
            number_column("counted", tell(ctx, "column.counted")),
            number_column("shortfall", tell(ctx, "column.shortfall")),
            number_column("interval", tell(ctx, "column.interval"), 1.3),
            number_column("step", tell(ctx, "column.step")),
            number_column("step_interval", tell(ctx, "column.interval_percent"), 1.3),
        ),
        rows=tuple(rows),
        scope=tell(ctx, "model.table_scope", months=months_words(ctx, days)),
        source=source_words(ctx),
        notes=(tell(ctx, "model.note"), tell(ctx, "model.note_interval")),
        sheet_title=tell(ctx, "sheet.model"),
        small=True,
    )


def _model_row(ctx: ReportContext, measure: Measure, row: dict[str, Scalar]) -> tuple[Cell, ...]:
    ratio = number(row["level_ratio"])
    step = Cell(None, tell(ctx, "to_none"), "interval") if ratio == 0 else symbol_cell("no_sense", ctx.language)
    if ratio:
        step = Cell(ratio - 1, change_percent(ratio, ctx.language), "percent")
    return (
        text_cell(ctx.measure_label(measure)),
        text_cell(tell(ctx, f"model.{text(row['model'])}")),
        count_cell(ctx, row["expected_after"]),
        count_cell(ctx, row["n_after"]),
        count_cell(ctx, row["shortfall"]),
        count_range(ctx, row["shortfall_low"], row["shortfall_high"]),
        step,
        change_range(ctx, row["level_low"], row["level_high"]),
    )


def _blocks(ctx: ReportContext) -> Iterator[Block]:
    courses = read_courses(ctx)
    lead = next(iter(courses))
    for measure in RATE_MEASURES:
        sentence = shortfall_sentence(ctx, measure)
        if sentence:
            yield Paragraph(sentence, tone="message" if measure == lead else "normal")
        elif ctx.state(measure) == "recorded":
            yield Paragraph(tell(ctx, "model.not_estimable", measure=ctx.measure_label(measure)))
    yield Paragraph(tell(ctx, "model.what"), tone="warning")
    for measure, (finding, _) in courses.items():
        monthly = ctx.finding("monthly", measure, TOTAL)
        yield chart_ref(
            ctx,
            f"counterfactual_{measure}",
            "counterfactual",
            [finding] if monthly is None else [finding, monthly],
            title=tell(ctx, "model.chart_title", measure=ctx.measure_label(measure)),
            message=tell(ctx, "model.chart_message"),
            height_mm=62 if measure == lead else 50,
        )
    yield model_table(ctx)
    codes = tuple({code for finding, _ in courses.values() for code in finding.caveats})
    yield Paragraph(tell(ctx, "model.not_cause", notes=ctx.note_reference(codes)).strip(), tone="muted")


def model_chapter(ctx: ReportContext) -> Section | None:
    """Return the page of the model calculation; None where no list carries one."""
    if not read_courses(ctx):
        return None
    return Section("model_run", tell(ctx, "model.heading"), tuple(_blocks(ctx)), page_break=True)
