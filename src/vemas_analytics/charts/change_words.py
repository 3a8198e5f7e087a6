"""A change before/after as few words as a chart has room for."""

from vemas_analytics.charts.canvas import Canvas
from vemas_analytics.model.finding import Finding
from vemas_analytics.reference.numbers import format_change, format_integer, format_percent

FEWEST_FOR_PERCENT = 5
"""Below this many events before the stop, a chart shows numbers and no percentage."""


def counts_text(canvas: Canvas, finding: Finding) -> str:
    """Return ``281 → 9``; empty where a side is unknown."""
    if finding.n_before is None or finding.n_after is None:
        return ""
    language = canvas.spec.language
    return canvas.texts.text(
        "chart.counts",
        before=format_integer(finding.n_before, language),
        after=format_integer(finding.n_after, language),
    )


def has_percent(finding: Finding) -> bool:
    """Tell whether a percentage may be shown: an estimate, and five events or more before the stop."""
    estimate = finding.estimate
    if estimate is None or (estimate.value is None and estimate.high is None):
        return False
    return finding.n_before is None or finding.n_before >= FEWEST_FOR_PERCENT


def change_text(canvas: Canvas, finding: Finding) -> str:
    """Return the change of a before/after finding, with its interval where there is one.

    None after the stop: "at least x % fewer", from the upper limit, never "-100 %". Too few events: it says so.
    """
    language, texts, estimate = canvas.spec.language, canvas.texts, finding.estimate
    if estimate is None or not has_percent(finding):
        return texts.text("chart.change_refused" if estimate is None else "chart.change_too_few")
    if not estimate.value:
        if estimate.high is None or estimate.high >= 1.0:
            return texts.text("chart.change_refused")
        return texts.text("chart.change_at_least", change=format_percent(1 - estimate.high, language))
    change = format_change(estimate.value, language)
    if estimate.low is None:
        return texts.text("chart.change_bare", change=change)
    low = format_change(estimate.low, language)
    if estimate.high is None:
        return texts.text("chart.change_open", change=change, low=low)
    high = format_change(estimate.high, language)
    return texts.text("chart.change", change=change, low=low, high=high)
