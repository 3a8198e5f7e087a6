"""What the answers of the annex share: their words, the companions of a percentage, the frame of a section."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vemas_analytics.model.document import Block, Cell, ChartRef, Paragraph, Section, TableBlock
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import DAYS_PER_MONTH, TOTAL, Measure
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_list, format_percent
from vemas_analytics.reports.compose.cells import (
    decimal_cell,
    integer_cell,
    keur_cell,
    percent_cell,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.change_words import bare_percent
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import number, whole

LEVEL = 0.95
BEYOND_CHANCE = 0.05
"""Below this p-value a difference goes beyond chance."""
LEAST_P = 0.001
_LINES_IN_BOOK = 9
"""Lines of words above a table; more would leave no room for the table on the screen."""
_LINE_IN_BOOK = 95
"""Characters of such a line, at the least."""


def tell(ctx: ReportContext, key: str, /, **params: object) -> str:
    """Return a text of the annex's catalogue."""
    return ctx.texts.text(f"annex.{key}", **params)


def tell_number(ctx: ReportContext, key: str, n: float, /, **params: object) -> str:
    """Return the plural form of a text of the annex's catalogue, the number written in full."""
    return ctx.texts.plural(f"annex.{key}", round(n), **{"n": format_integer(n, ctx.language), **params})


def level_words(ctx: ReportContext) -> str:
    """Return the level of the intervals as a sentence names it."""
    return format_percent(LEVEL, ctx.language)


def months_words(ctx: ReportContext, days: float | None) -> str:
    """Return a length of time as sentences name it, such as ``34 Monaten`` or ``einem Monat``."""
    return ctx.count("in_months", max(1, round((days or 0.0) / DAYS_PER_MONTH)))


def windows_words(ctx: ReportContext, finding: Finding) -> str:
    """Return number and length of both sides, the companions of every percentage."""
    return tell(
        ctx,
        "counted_windows",
        n_before=format_integer(finding.n_before or 0, ctx.language),
        n_after=format_integer(finding.n_after or 0, ctx.language),
        months_before=months_words(ctx, finding.days_before),
        months_after=months_words(ctx, finding.days_after),
    )


def differ_p_value(ctx: ReportContext, measure: Measure, baseline: str) -> float | None:
    """Return the p-value of the test that all regions share one change; None where it could not be made."""
    finding = ctx.finding("regions_differ", measure, TOTAL, baseline)
    return None if finding is None or finding.estimate is None else finding.estimate.p_value


def p_words(ctx: ReportContext, p_value: float, *, with_name: bool = False) -> str:
    """Return a p-value to three decimals, never as nought; ``with_name`` as sentences have it: ``p = 0,012``."""
    is_least = p_value < LEAST_P
    shown = format_decimal(max(p_value, LEAST_P), ctx.language, 3)
    if with_name:
        return f"p\u00a0{'<' if is_least else '='}\u00a0{shown}"
    return f"<\u00a0{shown}" if is_least else shown


def p_cell(ctx: ReportContext, value: Scalar) -> Cell:
    """Return a p-value as a cell; ``x`` where there is none."""
    found = number(value)
    if found is None:
        return symbol_cell("no_sense", ctx.language)
    return Cell(found, p_words(ctx, found), "decimal", digits=3)


def count_cell(ctx: ReportContext, value: Scalar) -> Cell:
    """Return a count as a cell; ``x`` where there is none."""
    found = whole(value)
    return symbol_cell("no_sense", ctx.language) if found is None else integer_cell(found, ctx.language)


def number_cell(ctx: ReportContext, value: Scalar, digits: int = 1) -> Cell:
    """Return a number with decimals as a cell; ``x`` where there is none."""
    found = number(value)
    return symbol_cell("no_sense", ctx.language) if found is None else decimal_cell(found, ctx.language, digits)


def euro_cell(ctx: ReportContext, value: Scalar) -> Cell:
    """Return an amount in thousand euros as a cell, with a decimal below ten; ``x`` where there is none."""
    found = number(value)
    if found is None:
        return symbol_cell("no_sense", ctx.language)
    return Cell(found, keur_words(ctx, found), "keur") if found < 10_000 else keur_cell(found, ctx.language)


def keur_words(ctx: ReportContext, value: float) -> str:
    """Return an amount in thousand euros without unit, with a decimal below ten."""
    return format_decimal(value / 1000, ctx.language, 1 if value < 10_000 else 0)


def share_cell(ctx: ReportContext, value: Scalar) -> Cell:
    """Return a share as per cent; ``x`` where there is none."""
    found = number(value)
    return symbol_cell("no_sense", ctx.language) if found is None else percent_cell(found, ctx.language)


def range_cell(ctx: ReportContext, low: str, high: str) -> Cell:
    """Return two limits in words as one cell."""
    return Cell(None, tell(ctx, "range", low=low, high=high), "interval")


def count_range(ctx: ReportContext, low: Scalar, high: Scalar) -> Cell:
    """Return two counts as limits; ``x`` where there are none."""
    first, last = number(low), number(high)
    if first is None or last is None:
        return symbol_cell("no_sense", ctx.language)
    return range_cell(ctx, format_integer(first, ctx.language), format_integer(last, ctx.language))


def change_range(ctx: ReportContext, low: Scalar, high: Scalar) -> Cell:
    """Return two ratios as limits of a change in per cent, without the sign; ``x`` where there are none."""
    first, last = number(low), number(high)
    if first is None or last is None:
        return symbol_cell("no_sense", ctx.language)
    return range_cell(ctx, bare_percent(first, ctx.language), bare_percent(last, ctx.language))


def share_range(ctx: ReportContext, low: Scalar, high: Scalar) -> Cell:
    """Return two shares as limits in per cent, without the sign; ``x`` where there are none."""
    first, last = number(low), number(high)
    if first is None or last is None:
        return symbol_cell("no_sense", ctx.language)
    return range_cell(ctx, *(format_decimal(100 * value, ctx.language, 0) for value in (first, last)))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: sentences, pictures, tables, and the findings whose caveats belong to it.

    ``key`` names its texts (heading, meaning, assumes, name). ``for_book`` are the tables of the workbook, where
    they differ from those of the page.
    """

    key: str
    sentences: tuple[str, ...]
    findings: tuple[Finding, ...]
    tables: tuple[TableBlock, ...]
    for_book: tuple[TableBlock, ...] = ()
    charts: tuple[ChartRef, ...] = ()


def explain(ctx: ReportContext, key: str, findings: Sequence[Finding]) -> tuple[str, str]:
    """Return what a table means and what it assumes, with the numbers of the notes."""
    codes = {code for item in findings for code in item.caveats}
    notes = ctx.note_reference(tuple(codes))
    assumption = tell(ctx, "assumption", text=tell(ctx, f"{key}.assumes"), notes=notes).strip()
    return tell(ctx, "meaning", text=tell(ctx, f"{key}.meaning")), assumption


def answer_section(ctx: ReportContext, answer: Answer) -> Section:
    """Return the section of an answer: sentence, pictures, tables, meaning and assumption."""
    notes = explain(ctx, answer.key, answer.findings)
    first, *others = answer.sentences
    blocks: list[Block] = [Paragraph(first, tone="message")]
    blocks += [Paragraph(sentence) for sentence in others]
    blocks += answer.charts
    blocks += [
        replace(table, key=f"{table.key}_page", notes=(*table.notes, *notes), places=frozenset({"pdf"}))
        for table in answer.tables
    ]
    blocks += [_for_book(table, answer.sentences, notes) for table in answer.for_book or answer.tables]
    if not answer.tables:
        blocks += [Paragraph(note, tone="muted") for note in notes]
    return Section(f"annex_{answer.key}", tell(ctx, f"{answer.key}.heading"), tuple(blocks), level=2, in_outline=False)


def _for_book(table: TableBlock, sentences: Sequence[str], notes: Sequence[str]) -> TableBlock:
    """Return a table as the workbook shows it: of the answer what there is room for, then all that explains it."""
    explained = (*table.notes, *notes)
    room = _LINES_IN_BOOK - sum(-(-len(note) // _LINE_IN_BOOK) for note in explained)
    told = list(sentences[:1])
    for sentence in sentences[1:]:
        if sum(-(-len(text) // _LINE_IN_BOOK) for text in (*told, sentence)) > room:
            break
        told.append(sentence)
    return replace(table, notes=(*told, *explained), places=frozenset({"xlsx"}))


def lines_of_measures(ctx: ReportContext, key: str, tables: Mapping[Measure, TableBlock]) -> TableBlock:
    """Return the tables of several measures as one, with a first column that names the measure.

    ``key`` has a ``title`` with a place for the measures, and a name of the sheet.
    """
    first = next(iter(tables.values()))
    measures = format_list([ctx.measure_label(measure) for measure in tables], ctx.language)
    return replace(
        first,
        key=f"annex_{key}",
        title=tell(ctx, f"{key}.title", measure=measures),
        sheet_title=tell(ctx, f"sheet.{key}"),
        columns=(text_column("measure", ctx.say("column.measure"), 1.4), *first.columns),
        rows=tuple(
            (text_cell(ctx.measure_label(measure)), *row) for measure, table in tables.items() for row in table.rows
        ),
        total_rows=(),
    )


def source_words(ctx: ReportContext) -> str:
    """Return the line of source that every table has."""
    return ctx.say("source.own", date=ctx.date(ctx.panel.as_of))
