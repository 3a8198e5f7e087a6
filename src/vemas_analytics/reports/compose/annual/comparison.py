"""Chapter 7: the year against the year before and the five before it, special years marked."""

from vemas_analytics.model.document import Block, Cell, Paragraph, TableBlock
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reports.compose.annual.charts import month_chart
from vemas_analytics.reports.compose.annual.tables import MONTHLY, is_revised, known_in_year, mean_cell, value_cell
from vemas_analytics.reports.compose.annual.words import special_sentence, special_words
from vemas_analytics.reports.compose.cells import integer_cell, number_column, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.course import measure_line
from vemas_analytics.reports.compose.readings import number, records, text, whole


def comparison_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return the six years side by side, what made some of them special, and the months."""
    table = six_years_table(ctx, year)
    charts = [chart for chart in (month_chart(ctx, measure, year) for measure in MONTHLY) if chart is not None]
    if table is None and not charts:
        return [Paragraph(ctx.texts.text("annual.comparison.nothing", first=year - 5, year=year))]
    blocks: list[Block] = [Paragraph(ctx.texts.text("annual.comparison.reading", first=year - 5, last=year - 1))]
    special = special_sentence(ctx, year)
    if special:
        blocks.append(Paragraph(special, tone="warning"))
    return [*blocks, *([table] if table is not None else []), *charts]


def compared_measures(ctx: ReportContext, year: int) -> tuple[Measure, ...]:
    """Return the measures with a line in the table of six years."""
    found = ((measure, ctx.finding("annual_years", measure, TOTAL, str(year))) for measure in known_in_year(ctx, year))
    return tuple(measure for measure, finding in found if list(records(finding)))


def six_years_table(ctx: ReportContext, year: int) -> TableBlock | None:
    """Return every measure in the year and the five before, with the mean of the ordinary ones among these."""
    rows: list[tuple[Cell, ...]] = []
    special: dict[int, str] = {}
    for measure in compared_measures(ctx, year):
        finding = ctx.finding("annual_years", measure, TOTAL, str(year))
        cells = []
        for row in records(finding):
            item = whole(row["year"]) or 0
            special[item] = text(row["special"])
            revised = is_revised(ctx, measure, TOTAL, item, year)
            cells.append(value_cell(ctx, measure, number(row["value"]), text(row["state"]), item, revised=revised))
        mean = finding.estimate.value if finding is not None and finding.estimate is not None else None
        n = finding.n_before or 0 if finding is not None else 0
        rows.append(
            (
                text_cell(measure_line(ctx, measure)),
                *cells,
                mean_cell(ctx, measure, mean),
                integer_cell(n, ctx.language),
            )
        )
    if not rows:
        return None
    say = ctx.texts.text
    return TableBlock(
        key="annual_years",
        title=say("annual.comparison.title", first=year - 5, year=year),
        columns=(
            text_column("measure", ctx.say("column.measure"), 2.6),
            *(number_column(f"year_{item}", f"{item}{'*' if codes else ''}", 0.8) for item, codes in special.items()),
            number_column("mean_ordinary", say("annual.comparison.mean_ordinary"), 1.1),
            number_column("n_ordinary", say("annual.comparison.n_ordinary"), 0.7),
        ),
        rows=tuple(rows),
        scope=say("annual.comparison.scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=_special_notes(ctx, special),
        sheet_title=say("annual.sheet.years"),
        small=True,
    )


def _special_notes(ctx: ReportContext, special: dict[int, str]) -> tuple[str, ...]:
    marked = "; ".join(
        ctx.texts.text("annual.comparison.special_year", year=item, words=special_words(ctx, codes.split(";")))
        for item, codes in special.items()
        if codes
    )
    notes = [ctx.texts.text("annual.comparison.special", years=marked)] if marked else []
    return (*notes, ctx.texts.text("annual.comparison.note_ordinary"))
