"""The kinds of nothing, kept apart: counted none, suspended, not recorded, at least, withheld, senseless."""

from vemas_analytics.model.document import Cell
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.texts import Catalogue
from vemas_analytics.reports.compose.cells import decimal_cell, integer_cell, keur_cell, symbol_cell
from vemas_analytics.reports.compose.context import SUSPENDED_MEASURES, ReportContext
from vemas_analytics.reports.compose.publication_totals import WITHHELD
from vemas_analytics.reports.compose.readings import OpenCases, PhaseRow

LEGEND = ("zero", "suspended", "not_recorded", "at_least", "withheld", "no_sense")
YEAR_LEGEND = (*LEGEND, "provisional", "revised")
"""Of a review, whose years may not be over yet, and may have stood otherwise in an earlier one."""


def symbol_legend(texts: Catalogue, *, of_years: bool = False) -> tuple[tuple[str, str], ...]:
    """Return mark and meaning of every symbol that a kind of report uses, for the legend."""
    keys = YEAR_LEGEND if of_years else LEGEND
    return tuple((texts.text(f"symbols.mark.{key}"), texts.text(f"symbols.meaning.{key}")) for key in keys)


def missing_cell(ctx: ReportContext, region: str) -> Cell:
    """Return what stands where there is no finding: withheld in the public edition's regions, else not recorded."""
    is_withheld = ctx.public and region != TOTAL
    return symbol_cell("withheld" if is_withheld else "not_recorded", ctx.language)


def amount_cell(ctx: ReportContext, measure: Measure, value: float, *, at_least: bool = False) -> Cell:
    """Return a count, or an amount in thousand euros for a measure of value."""
    if read_measures()[measure].unit == "eur":
        return keur_cell(value, ctx.language, at_least=at_least)
    return integer_cell(value, ctx.language, at_least=at_least)


def _is_suspended(ctx: ReportContext, measure: Measure, row: PhaseRow) -> bool:
    return measure in SUSPENDED_MEASURES and row.phase in {phase.key for phase in ctx.phases_after}


def phase_count_cell(ctx: ReportContext, measure: Measure, row: PhaseRow | None, region: str = TOTAL) -> Cell:
    """Return the count of a phase, or the symbol that explains why there is none.

    A list with gaps gives ``≥ n`` and never a nought; an activity that was suspended gives ``a``, not 0.
    """
    if row is None:
        return missing_cell(ctx, region)
    if row.state == WITHHELD:
        return symbol_cell("withheld", ctx.language)
    is_partial = row.state == "partial"
    if row.state in {"not_recorded", "outside"} or row.n is None or (is_partial and not row.n):
        return symbol_cell("not_recorded", ctx.language)
    if not row.n and _is_suspended(ctx, measure, row):
        return symbol_cell("suspended", ctx.language)
    return amount_cell(ctx, measure, row.n, at_least=is_partial)


def phase_rate_cell(ctx: ReportContext, row: PhaseRow | None, region: str = TOTAL) -> Cell:
    """Return the rate per year of a phase, or the symbol that explains why there is none."""
    if row is None:
        return missing_cell(ctx, region)
    if row.per_year is not None:
        return decimal_cell(row.per_year, ctx.language)
    if row.state == WITHHELD:
        return symbol_cell("withheld", ctx.language)
    is_known = row.n is not None and row.state == "recorded"
    return symbol_cell("no_sense" if is_known else "not_recorded", ctx.language)


def open_value_cell(ctx: ReportContext, cases: OpenCases, *, at_least: bool = False) -> Cell:
    """Return the value of open cases: at least that much where some values are missing, withheld in public."""
    if ctx.public:
        return symbol_cell("withheld", ctx.language)
    if cases.n_open and (cases.value_eur is None or not cases.n_value_known):
        return symbol_cell("not_recorded", ctx.language)
    return keur_cell(cases.value_eur or 0, ctx.language, at_least=at_least or cases.n_value_known < cases.n_open)
