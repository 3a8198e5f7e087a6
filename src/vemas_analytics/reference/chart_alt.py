"""Alternative texts: what a chart says, built by rule from the findings it draws."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import Language
from vemas_analytics.reference import chart_alt_regions as by_region
from vemas_analytics.reference import chart_alt_time as over_time
from vemas_analytics.reference.chart_alt_words import AltWords

Rule = Callable[[AltWords, Sequence[Finding]], str]

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "yearly_columns": over_time.say_yearly,
        "region_page": over_time.say_yearly,
        "monthly_columns": over_time.say_monthly,
        "phase_columns": over_time.say_phases,
        "annual_months": over_time.say_annual_months,
        "activity_strip": over_time.say_activities,
        "event_calendar": over_time.say_activities,
        "coverage_bars": over_time.say_coverage,
        "counterfactual": over_time.say_counterfactual,
        "cumulative_incidence": over_time.say_incidence,
        "placebo_strip": over_time.say_placebo,
        "placebo_dates": over_time.say_placebo,
        "change_points": over_time.say_change_points,
        "small_multiples": by_region.say_multiples,
        "ratio_intervals": by_region.say_changes,
        "window_steps": by_region.say_changes,
        "tile_map": by_region.say_map,
        "rank_intervals": by_region.say_ranks,
        "dumbbell": by_region.say_rates,
        "waterfall": by_region.say_waterfall,
    }
)
"""One rule for every drawing; each returns the message, or nothing where nothing is known."""


def alternative_text(
    drawing: str, findings: Sequence[Finding], language: Language, *, labels: Mapping[str, str] | None = None
) -> str:
    """Return the alternative text of a chart: what it is and, with numbers, what it says.

    Parameters
    ----------
    drawing : str
        Name of a drawing, as in `ChartRef.drawing`.
    findings : sequence of Finding
        Those that are drawn, in order.
    language : {"de", "en"}
    labels : mapping of str, optional
        Names to use instead of the usual ones, by finding key or region code, as in ``ChartRef.options``.

    Returns
    -------
    str
        One to three sentences. Without any number known it says that there are no data.

    Raises
    ------
    KeyError
        For a drawing without a rule.
    """
    words = AltWords(language, labels or {})
    message = RULES[drawing](words, findings)
    kind = words.kind(drawing, findings)
    return f"{kind} {message[0].upper()}{message[1:]}" if message else words.say("nothing", kind=kind)
