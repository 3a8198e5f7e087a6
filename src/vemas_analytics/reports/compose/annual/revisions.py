"""Chapter 8: figures that differ from the earlier report, with old value, new value and reason."""

from vemas_analytics.model.document import Block, Cell, Paragraph, TableBlock
from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import MEASURES, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.annual.readings import read_statement
from vemas_analytics.reports.compose.annual.tables import value_cell
from vemas_analytics.reports.compose.cells import number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.course import measure_line
from vemas_analytics.reports.compose.readings import number, records, text, whole


def revision_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return what differs from the earlier report; without one, that none was given."""
    name = read_statement(ctx, year).earlier_report
    say = ctx.texts.text
    if not name:
        return [Paragraph(say("annual.revisions.not_given"), tone="message")]
    finding = ctx.finding("revisions", "figures", TOTAL, str(year))
    if ctx.public or finding is None:
        return [Paragraph(say("annual.revisions.public"))]
    compared = format_integer(finding.n_before or 0, ctx.language)
    n = finding.n_after or 0
    sentence = ctx.texts.plural(
        "annual.revisions.sentence", n, n=format_integer(n, ctx.language), name=name, compared=compared
    )
    blocks: list[Block] = [Paragraph(sentence, tone="message")]
    table = revision_table(ctx, year, name)
    return [*blocks, table] if table is not None else blocks


def revision_table(ctx: ReportContext, year: int, name: str) -> TableBlock | None:
    """Return each figure that differs: old, new, reason."""
    rows = list(records(ctx.finding("revisions", "figures", TOTAL, str(year))))
    if not rows:
        return None
    say = ctx.texts.text
    return TableBlock(
        key="annual_revisions",
        title=say("annual.revisions.title"),
        columns=(
            text_column("measure", ctx.say("column.measure"), 2.2),
            text_column("region", ctx.say("column.region"), 1.3),
            text_column("year", ctx.say("column.year"), 0.6),
            number_column("old", say("annual.revisions.old"), 0.9),
            number_column("new", say("annual.revisions.new"), 0.9),
            text_column("reason", say("annual.revisions.reason"), 3.4),
        ),
        rows=tuple(cells for row in rows if (cells := _row(ctx, row)) is not None),
        scope=say("annual.revisions.scope", name=name),
        notes=(say("annual.revisions.note"),),
        sheet_title=say("annual.sheet.revisions"),
        small=True,
    )


def _row(ctx: ReportContext, row: dict[str, Scalar]) -> tuple[Cell, ...] | None:
    measure = next((item for item in MEASURES if item == row["measure"]), None)
    item = whole(row["year"])
    if measure is None or item is None:
        return None
    return (
        text_cell(measure_line(ctx, measure)),
        text_cell(ctx.region_short(text(row["region"]))),
        text_cell(str(item)),
        _value(ctx, measure, number(row["old"]), text(row["old_state"]), item),
        _value(ctx, measure, number(row["new"]), text(row["new_state"]), item),
        text_cell(_reason(ctx, row)),
    )


def _value(ctx: ReportContext, measure: Measure, value: float | None, state: str, year: int) -> Cell:
    if value is None:
        return symbol_cell("not_recorded", ctx.language)
    return value_cell(ctx, measure, value, state, year)


def _reason(ctx: ReportContext, row: dict[str, Scalar]) -> str:
    n = whole(row["n_corrections"]) or 0
    if text(row["reason"]) == "correction":
        words = ctx.texts.plural("annual.revisions.correction", n, n=format_integer(n, ctx.language))
        detail = text(row["detail"])
        return f"{words}: {detail}" if detail else words
    return ctx.texts.text(f"annual.revisions.{text(row['reason'])}")
