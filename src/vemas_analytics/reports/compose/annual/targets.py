"""Chapter 3: what was set, what was reached, and what is on file about the difference."""

from vemas_analytics.model.document import Block, Cell, Paragraph, TableBlock
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.annual.readings import TargetLine, read_targets
from vemas_analytics.reports.compose.annual.tables import value_cell
from vemas_analytics.reports.compose.annual.words import is_share_refused, is_suspended, target_sentence
from vemas_analytics.reports.compose.cells import number_column, percent_cell, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.course import measure_line
from vemas_analytics.reports.compose.symbols import amount_cell


def target_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return target and actual, the reasons for deviations, and what is said of regions."""
    lines = read_targets(ctx, year)
    blocks: list[Block] = [Paragraph(target_sentence(ctx, year), tone="message")]
    if not lines:
        return blocks
    blocks.append(target_table(ctx, lines, year))
    reasons = reason_table(ctx, lines, year)
    if reasons is not None:
        blocks.append(reasons)
    regional = any(line.region != TOTAL for line in lines)
    key = "regions_set" if regional else "regions_none"
    blocks.append(Paragraph(ctx.texts.text(f"annual.targets.{key}", year=year)))
    return blocks


def target_table(ctx: ReportContext, lines: tuple[TargetLine, ...], year: int) -> TableBlock:
    """Return targets, what was reached, the share, and the document that set them with its date."""
    say = ctx.texts.text
    return TableBlock(
        key="annual_targets",
        title=say("annual.targets.title", year=year),
        columns=(
            text_column("measure", ctx.say("column.measure"), 2.2),
            text_column("region", ctx.say("column.region"), 1.2),
            number_column("target", say("annual.targets.target"), 0.8),
            number_column("value", say("annual.targets.actual"), 0.8),
            number_column("attainment", say("annual.targets.attainment"), 1.2),
            text_column("source", say("annual.targets.source"), 2.2),
        ),
        rows=tuple(_target_row(ctx, line, year) for line in lines),
        scope=say("annual.targets.scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(say("annual.targets.note_few"),),
        sheet_title=say("annual.sheet.targets"),
        small=True,
    )


def _target_row(ctx: ReportContext, line: TargetLine, year: int) -> tuple[Cell, ...]:
    value = symbol_cell("not_recorded", ctx.language)
    if line.value is not None:
        state = "partial" if line.is_partial else "recorded"
        value = value_cell(ctx, line.measure, line.value, state, year)
    return (
        text_cell(measure_line(ctx, line.measure)),
        text_cell(ctx.region_short(line.region)),
        amount_cell(ctx, line.measure, line.target),
        value,
        _attainment_cell(ctx, line),
        text_cell(line.source or ctx.say("stop.not_stated")),
    )


def _attainment_cell(ctx: ReportContext, line: TargetLine) -> Cell:
    if line.value is None:
        return symbol_cell("not_recorded", ctx.language)
    if line.attainment is None or is_share_refused(line):
        return symbol_cell("no_sense", ctx.language)
    return percent_cell(line.attainment, ctx.language)


def reason_table(ctx: ReportContext, lines: tuple[TargetLine, ...], year: int) -> TableBlock | None:
    """Return the reason on file for each target that was not met exactly; None where all were."""
    rows = [
        (
            text_cell(measure_line(ctx, line.measure)),
            text_cell(ctx.region_short(line.region)),
            text_cell(_difference(ctx, line)),
            *_reason_cells(ctx, line, year),
        )
        for line in lines
        if line.value is None or line.value != line.target
    ]
    if not rows:
        return None
    say = ctx.texts.text
    return TableBlock(
        key="annual_reasons",
        title=say("annual.targets.reason_title", year=year),
        columns=(
            text_column("measure", ctx.say("column.measure"), 1.8),
            text_column("region", ctx.say("column.region"), 1.1),
            text_column("difference", say("annual.targets.difference"), 1.3),
            text_column("reason", say("annual.targets.reason"), 3.2),
            text_column("source", say("annual.targets.whose"), 1.8),
        ),
        rows=tuple(rows),
        scope=say("annual.targets.reason_scope"),
        sheet_title=say("annual.sheet.reasons"),
        small=True,
    )


def _difference(ctx: ReportContext, line: TargetLine) -> str:
    if line.value is None:
        return ctx.say("not_recorded_word")
    key = "missed" if line.value < line.target else "passed"
    if line.is_partial and key == "missed":
        return ctx.texts.text("annual.targets.open")
    amount = abs(line.value - line.target)
    if read_measures()[line.measure].unit == "eur":
        return ctx.texts.text(f"annual.targets.{key}_amount", amount=amount_cell(ctx, line.measure, amount).text)
    return ctx.texts.text(f"annual.targets.{key}", n=format_integer(amount, ctx.language))


def find_reason(ctx: ReportContext, measure: Measure, region: str, year: int) -> tuple[str, str]:
    """Return the organisation's reason and its source; empty where none is on file."""
    for item in ctx.panel.settings.deviations:
        if (item.measure, item.region, item.year) == (measure, region, year):
            return item.reason, item.source
    return "", ""


def _reason_cells(ctx: ReportContext, line: TargetLine, year: int) -> tuple[Cell, Cell]:
    say = ctx.texts.text
    reason, source = find_reason(ctx, line.measure, line.region, year)
    if reason:
        return text_cell(reason), text_cell(source or say("annual.targets.own_word"))
    is_missed = line.value is not None and line.value < line.target
    if is_missed and is_suspended(ctx, line.measure, year):
        stop = say("annual.targets.reason_stop", stop=ctx.date(ctx.stop.effective_from))
        return text_cell(stop), text_cell(ctx.stop.document or ctx.say("stop.not_stated"))
    return text_cell(say("annual.targets.no_reason")), text_cell(ctx.say("stop.not_stated"))
