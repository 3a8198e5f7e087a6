"""The chart of the months of a year."""

from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reports.compose.annual.readings import read_year_figure
from vemas_analytics.reports.compose.annual.tables import month_table
from vemas_analytics.reports.compose.annual.words import is_suspended, year_sentence
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import ReportContext


def month_chart(ctx: ReportContext, measure: Measure, year: int) -> ChartRef | None:
    """Return the months of the year against the year before and the mean of five."""
    finding = ctx.finding("annual_months", measure, TOTAL, str(year))
    figure = read_year_figure(ctx, measure, TOTAL, year)
    is_empty = figure is not None and not figure.value and is_suspended(ctx, measure, year)
    if finding is None or is_empty or month_table(ctx, measure, year) is None:
        return None
    return chart_ref(
        ctx,
        f"annual_months_{measure}",
        "annual_months",
        [finding],
        title=ctx.texts.text("annual.table.months", measure=ctx.measure_label(measure), year=year),
        message=year_sentence(ctx, measure, year),
        height_mm=48,
    )
