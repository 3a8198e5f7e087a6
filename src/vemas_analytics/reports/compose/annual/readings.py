"""The year's figures as the annual review reads them: this year, the one before, the five before."""

from dataclasses import dataclass

from vemas_analytics.model.names import Measure
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import number, records, text, whole


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One measure of one region in a year; ``special`` names what made the year unlike others."""

    value: float | None
    state: str
    previous: float | None
    previous_state: str
    mean5: float | None
    min5: float | None
    max5: float | None
    n_years5: int
    special: tuple[str, ...]


def read_year_figure(ctx: ReportContext, measure: Measure, region: str, year: int) -> YearFigure | None:
    """Return the year's figure of a measure in a region; None where there is no finding."""
    for row in records(ctx.finding("annual", measure, region, str(year))):
        return YearFigure(
            value=number(row["value"]),
            state=text(row["state"]),
            previous=number(row["previous"]),
            previous_state=text(row["previous_state"]),
            mean5=number(row["mean5"]),
            min5=number(row["min5"]),
            max5=number(row["max5"]),
            n_years5=whole(row["n_years5"]) or 0,
            special=tuple(code for code in text(row["special"]).split(";") if code),
        )
    return None
