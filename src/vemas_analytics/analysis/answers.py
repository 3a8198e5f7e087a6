"""Which questions a report asks, in which order."""

from collections.abc import Callable
from itertools import chain
from typing import Final

from vemas_analytics.analysis.activities import find_activities, find_annual_activities
from vemas_analytics.analysis.after_stop import find_after_stop
from vemas_analytics.analysis.agreements import find_agreements
from vemas_analytics.analysis.annual import find_annual, find_annual_months
from vemas_analytics.analysis.annual_abroad import find_annual_abroad
from vemas_analytics.analysis.annual_cohort import find_annual_cohort
from vemas_analytics.analysis.annual_costs import find_annual_costs
from vemas_analytics.analysis.annual_years import find_annual_years
from vemas_analytics.analysis.before_after import find_before_after
from vemas_analytics.analysis.change_points import find_change_points
from vemas_analytics.analysis.concentration import find_concentration
from vemas_analytics.analysis.conversion import find_conversion
from vemas_analytics.analysis.course import find_course
from vemas_analytics.analysis.event_response import find_event_response
from vemas_analytics.analysis.firms import find_annual_firms, find_firms
from vemas_analytics.analysis.last_activity import find_last_activity
from vemas_analytics.analysis.material import Material, gather_material
from vemas_analytics.analysis.offer_values import find_offer_values
from vemas_analytics.analysis.open_at_stop import find_open_at_stop
from vemas_analytics.analysis.other_regions import find_other_regions
from vemas_analytics.analysis.phases import find_phases
from vemas_analytics.analysis.placebo import find_placebo
from vemas_analytics.analysis.quality import find_quality
from vemas_analytics.analysis.regions_compared import find_regions_compared
from vemas_analytics.analysis.regions_differ import find_regions_differ
from vemas_analytics.analysis.revisions import find_revisions
from vemas_analytics.analysis.series import find_monthly, find_yearly
from vemas_analytics.analysis.stop_sensitivity import find_stop_sensitivity
from vemas_analytics.analysis.targets import find_targets
from vemas_analytics.analysis.timing import find_timing
from vemas_analytics.analysis.unit_costs import find_unit_costs
from vemas_analytics.model.earlier import EarlierReport
from vemas_analytics.model.finding import Finding, Findings
from vemas_analytics.model.panel import Panel
from vemas_analytics.model.tables import Tables

Question = Callable[[Material], list[Finding]]
YearQuestion = Callable[[Material, int], list[Finding]]

QUESTIONS: Final[tuple[Question, ...]] = (
    find_phases,
    find_before_after,
    find_yearly,
    find_monthly,
    find_open_at_stop,
    find_after_stop,
    find_last_activity,
    find_activities,
    find_firms,
    find_agreements,
    find_quality,
    find_stop_sensitivity,
    find_other_regions,
    find_course,
    find_placebo,
    find_change_points,
    find_regions_compared,
    find_regions_differ,
    find_offer_values,
    find_conversion,
    find_event_response,
    find_unit_costs,
    find_concentration,
    find_timing,
)
STANDING_QUESTIONS: Final[tuple[Question, ...]] = (
    find_phases,
    find_yearly,
    find_open_at_stop,
    find_after_stop,
    find_last_activity,
    find_activities,
    find_firms,
    find_agreements,
    find_quality,
)
"""What the annual review takes over from the main report: the course, the suspension, the data basis."""

YEAR_QUESTIONS: Final[tuple[YearQuestion, ...]] = (
    find_annual,
    find_annual_months,
    find_annual_years,
    find_annual_activities,
    find_targets,
    find_annual_cohort,
    find_annual_firms,
    find_annual_costs,
    find_annual_abroad,
)


def analyse(tables: Tables, panel: Panel) -> Findings:
    """Answer every question of the before-after report.

    Parameters
    ----------
    tables : Tables
    panel : Panel
        Built from the same tables.

    Returns
    -------
    Findings
        In a stable order; the regions of the panel, RU and ALL last, within each question; OTHERS, the small
        regions together, at the end.
    """
    material = gather_material(tables, panel)
    return Findings(tuple(chain.from_iterable(ask(material) for ask in QUESTIONS)))


def analyse_year(tables: Tables, panel: Panel, year: int, *, earlier: EarlierReport | None = None) -> Findings:
    """Answer the questions of the annual review of one year.

    Parameters
    ----------
    tables : Tables
    panel : Panel
        Built from the same tables.
    year : int
    earlier : EarlierReport, optional
        What an earlier report said; without one nothing is compared with it.

    Returns
    -------
    Findings
        The year's own findings first, then the course, the suspension and the data basis.
    """
    material = gather_material(tables, panel)
    own = chain.from_iterable(ask(material, year) for ask in YEAR_QUESTIONS)
    revised = find_revisions(material, year, earlier)
    standing = chain.from_iterable(ask(material) for ask in STANDING_QUESTIONS)
    return Findings((*own, *revised, *standing))
