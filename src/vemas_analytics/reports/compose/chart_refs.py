"""The charts a report asks for: which drawing, of which findings, with which marks of time, saying what."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from vemas_analytics.model.document import ChartRef
from vemas_analytics.model.finding import Finding
from vemas_analytics.reference.chart_alt import alternative_text
from vemas_analytics.reports.compose.context import ReportContext


def time_options(ctx: ReportContext) -> dict[str, object]:
    """Return stop, breaks and phases as the drawings expect them: ISO dates and words of the language."""
    settings = ctx.panel.settings
    return {
        "stop": ctx.stop.effective_from.isoformat(),
        "breaks": [
            {
                "label": item.label.get(ctx.language, item.key),
                "start": item.start.isoformat(),
                "end": None if item.end is None else item.end.isoformat(),
            }
            for item in settings.breaks
        ],
        "phases": [
            {
                "key": phase.key,
                "label": phase.label.get(ctx.language, phase.key),
                "start": None if phase.start is None else phase.start.isoformat(),
                "end": None if phase.end is None else phase.end.isoformat(),
            }
            for phase in ctx.panel.phases
        ],
    }


def region_labels(ctx: ReportContext, findings: Sequence[Finding]) -> dict[str, str]:
    """Return the short region name for each finding key."""
    return {item.key: ctx.region_short(item.region) for item in findings}


def chart_ref(
    ctx: ReportContext,
    key: str,
    drawing: str,
    findings: Sequence[Finding],
    *,
    title: str,
    message: str,
    alt: str = "",
    height_mm: float = 60.0,
    options: Mapping[str, object] | None = None,
) -> ChartRef:
    """Return a chart of the report; without ``alt`` the alternative text is the title and what the numbers say.

    Parameters
    ----------
    ctx : ReportContext
    key : str
        ASCII, unique in the document.
    drawing : str
        Name of a drawing of `charts`.
    findings : sequence of Finding
        What it draws, in order.
    title, message : str
        What is shown; what it says, with its numbers.
    alt : str
        Alternative text.
    height_mm : float
    options : mapping, optional
        More options than the marks of time.
    """
    return ChartRef(
        key=key,
        drawing=drawing,
        finding_keys=tuple(item.key for item in findings),
        title=title,
        message=message,
        alt=alt or _alternative(ctx, drawing, findings, title, options or {}),
        height_mm=height_mm,
        options=MappingProxyType({**time_options(ctx), **(options or {})}),
    )


def _alternative(
    ctx: ReportContext,
    drawing: str,
    findings: Sequence[Finding],
    title: str,
    options: Mapping[str, object],
) -> str:
    labels = cast("Mapping[str, str]", options.get("labels") or {})
    said = alternative_text(drawing, findings, ctx.language, labels=labels)
    return ctx.say("chart.alt", title=title, message=said)
