"""The year's figures as the annual review reads them: this year, the one before, the five before."""

from dataclasses import dataclass

from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import MEASURES, TOTAL, Measure
from vemas_analytics.model.settings import AnnualStatement
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


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of the year and what was reached; ``is_partial`` where the year is not fully recorded."""

    measure: Measure
    region: str
    target: float
    value: float | None
    attainment: float | None
    source: str
    is_partial: bool


def read_targets(ctx: ReportContext, year: int) -> tuple[TargetLine, ...]:
    """Return the targets of the year in the order given."""
    found: list[TargetLine] = []
    for finding in ctx.findings.select("targets", baseline=str(year)):
        measure = next((item for item in MEASURES if item == finding.measure), None)
        for row in records(finding):
            target = number(row["target"])
            if measure is None or target is None:
                continue
            found.append(
                TargetLine(
                    measure=measure,
                    region=finding.region,
                    target=target,
                    value=number(row["value"]),
                    attainment=number(row["attainment"]),
                    source=text(row["source"]),
                    is_partial="coverage_partial" in finding.caveats,
                )
            )
    return tuple(found)


def target_sources(ctx: ReportContext, year: int) -> list[str]:
    """Return the documents that set the targets of the year, each once."""
    return [name for name in dict.fromkeys(line.source for line in read_targets(ctx, year)) if name]


def read_statement(ctx: ReportContext, year: int) -> AnnualStatement:
    """Return what the organisation states about the review of the year; empty where it states nothing."""
    for item in ctx.panel.settings.annual:
        if item.year == year:
            return item
    return AnnualStatement(year)


def read_cohort(ctx: ReportContext, measure: Measure, year: int) -> dict[str, Scalar] | None:
    """Return what became of the cases of the year itself."""
    for row in records(ctx.finding("annual_cohort", measure, TOTAL, str(year))):
        if whole(row["year"]) == year:
            return row
    return None
