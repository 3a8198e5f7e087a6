"""From each figure back to its rows: a line for every figure and source row, and the rows of the totals in print."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from vemas_analytics.model.document import Block, Cell, Paragraph, RecordsSheet, TableBlock
from vemas_analytics.model.finding import SourceRef
from vemas_analytics.model.names import MEASURES, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.annual.readings import read_year_figure
from vemas_analytics.reports.compose.annual.tables import known_in_year, value_cell
from vemas_analytics.reports.compose.cells import number_column, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.course import measure_line

MOST_LINES = 50_000
"""Lines of the sheet; beyond them it is cut, and says so."""

_MOST_SPANS = 10
_N_YEARS = 5
_OTHER = (
    ("annual_firms", "firms", True),
    ("annual_abroad", "outside", True),
    ("open_at_stop", "inquiries", False),
    ("open_at_stop", "offers", False),
    ("after_stop", "inquiries", False),
    ("after_stop", "offers", False),
)
"""Figures beyond the measures of a year: question, measure, and whether the year is its baseline."""


def sources_sheet(ctx: ReportContext, year: int) -> RecordsSheet | None:
    """Return a line for each figure of the six years and each of its source rows; none in the public edition.

    The lines of one measure, region and year are the records its figure counts: their number, or for amounts the sum
    of the column of amounts, is the figure.
    """
    if ctx.public:
        return None
    lines = [*_year_lines(ctx, year), *_other_lines(ctx, year)]
    if not lines:
        return None
    say = ctx.texts.text
    note = say("annual.sources.note_cut" if len(lines) > MOST_LINES else "annual.sources.note")
    return RecordsSheet(
        key="annual_sources",
        title=say("annual.sources.sheet", year=year),
        columns=(
            text_column("figure", say("annual.sources.figure"), 2.4),
            text_column("region", ctx.say("column.region"), 1.4),
            text_column("year", ctx.say("column.year"), 0.8),
            number_column("amount", say("annual.sources.amount"), 1.0),
            text_column("file", ctx.say("column.file"), 2.0),
            text_column("sheet", ctx.say("column.sheet"), 1.2),
            number_column("row", ctx.say("column.row"), 0.7),
        ),
        rows=tuple(lines[:MOST_LINES]),
        note=note,
    )


def counted_rows(ctx: ReportContext, measure: Measure, first: int, last: int) -> pd.DataFrame:
    """Return what a measure counts in calendar years: rows of `Panel.records` with a column ``year``.

    As everywhere in the review: a record counts in the year in which its date lies wholly, up to the reference date.
    """
    frame = ctx.panel.records.get(measure)
    if frame is None or frame.empty:
        return pd.DataFrame(columns=["region", "record", "amount", "source_file", "source_sheet", "source_row", "year"])
    starts, ends = frame["date"].dt.year, (frame["until"] - pd.Timedelta(days=1)).dt.year
    inside = starts.between(first, last) & (starts == ends) & (frame["date"] <= pd.Timestamp(ctx.panel.as_of))
    chosen: pd.DataFrame = frame[inside.fillna(False)]
    years: pd.DataFrame = chosen.assign(year=chosen["date"].dt.year.astype("int64"))
    return years


def _year_lines(ctx: ReportContext, year: int) -> Iterator[tuple[Cell, ...]]:
    for measure in MEASURES:
        frame = counted_rows(ctx, measure, year - _N_YEARS, year)
        if frame.empty or ctx.state(measure) == "not_recorded":
            continue
        label = text_cell(ctx.measure_label(measure))
        is_total = frame["region"].astype(str) == TOTAL
        ordered = frame.assign(rank=(~is_total).astype(int)).sort_values(
            ["year", "rank", "region", "source_file", "source_sheet", "source_row"],
            ascending=[False, True, True, True, True, True],
            kind="stable",
        )
        names = ("region", "year", "amount", "source_file", "source_sheet", "source_row")
        columns = [ordered[name].astype("object").where(ordered[name].notna(), None).tolist() for name in names]
        for region, item, amount, file, sheet, row in zip(*columns, strict=True):
            yield (
                label,
                text_cell(ctx.region_short(str(region))),
                text_cell(str(item)),
                _amount(ctx, amount),
                text_cell(str(file or "")),
                text_cell(str(sheet or "")),
                _row(ctx, row),
            )


def _amount(ctx: ReportContext, value: object) -> Cell:
    if not isinstance(value, int | float):
        return Cell(None, "", "text")
    if float(value).is_integer():
        return Cell(int(value), format_integer(value, ctx.language), "integer")
    return Cell(float(value), f"{value:.2f}", "decimal", digits=2)


def _row(ctx: ReportContext, value: object) -> Cell:
    return Cell(int(value), str(int(value)), "integer") if isinstance(value, int | float) else Cell(None, "", "text")


def _other_lines(ctx: ReportContext, year: int) -> Iterator[tuple[Cell, ...]]:
    total = text_cell(ctx.region_short(TOTAL))
    for question, measure, by_year in _OTHER:
        finding = ctx.finding(question, measure, TOTAL, str(year) if by_year else "-")
        if finding is None:
            continue
        label = text_cell(ctx.texts.text(f"annual.sources.{question}_{measure}"))
        for source in finding.sources:
            place = (text_cell(source.file), text_cell(source.sheet))
            shown = text_cell(str(year) if by_year else "")
            for row in source.rows:
                yield (label, total, shown, Cell(None, "", "text"), *place, _row(ctx, row))


def source_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return where each figure comes from: how to follow it, and the rows of the year's totals."""
    if ctx.public:
        return [Paragraph(ctx.texts.text("annual.sources.public"))]
    say = ctx.texts.text
    blocks: list[Block] = [Paragraph(say("annual.sources.how", sheet=say("annual.sources.sheet", year=year)))]
    rows = []
    for measure in known_in_year(ctx, year):
        finding = ctx.finding("annual", measure, TOTAL, str(year))
        figure = read_year_figure(ctx, measure, TOTAL, year)
        if finding is None or figure is None or not finding.sources:
            continue
        n = len(counted_rows(ctx, measure, year, year).query("region == @TOTAL"))
        rows.append(
            (
                text_cell(measure_line(ctx, measure)),
                value_cell(ctx, measure, figure.value, figure.state, year),
                Cell(n, format_integer(n, ctx.language), "integer"),
                text_cell(_places(ctx, finding.sources)),
            )
        )
    if not rows:
        return [*blocks, Paragraph(say("annual.sources.none", year=year))]
    table = TableBlock(
        key="annual_source_rows",
        title=say("annual.sources.title", year=year),
        columns=(
            text_column("measure", ctx.say("column.measure"), 2.0),
            number_column("value", str(year), 0.7),
            number_column("n", say("annual.sources.n"), 0.8),
            text_column("places", say("annual.sources.places"), 4.5),
        ),
        rows=tuple(rows),
        scope=say("annual.sources.scope"),
        sheet_title=say("annual.sheet.source_rows"),
        small=True,
    )
    return [*blocks, table]


def _places(ctx: ReportContext, sources: Sequence[SourceRef]) -> str:
    parts = []
    for source in sources:
        spans = row_spans(source.rows)
        shown = ", ".join(spans[:_MOST_SPANS])
        if len(spans) > _MOST_SPANS:
            shown = ctx.texts.text("annual.sources.more", rows=shown)
        key = "annual.sources.place" if source.sheet else "annual.sources.place_csv"
        parts.append(ctx.texts.text(key, file=source.file, sheet=source.sheet, rows=shown))
    return "; ".join(parts)


def row_spans(rows: Sequence[int]) -> list[str]:
    """Return rows as spans, such as ``5–7`` and ``9``."""
    spans = []
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        found = [row for _, row in group]
        spans.append(str(found[0]) if len(found) == 1 else f"{found[0]}–{found[-1]}")
    return spans
