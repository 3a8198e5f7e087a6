"""Annexes: list of activities, figures to source rows, definitions, method."""

from vemas_analytics.model.document import Block, Paragraph
from vemas_analytics.model.names import MEASURES, TOTAL
from vemas_analytics.reports.compose.activities import activity_tables
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.organisers import held
from vemas_analytics.reports.compose.readings import read_activities

_METHOD = ("year", "mean", "change", "cohort", "economy", "revisions", "conclusions")
_SHARED = ("regions", "decided", "currency")


def activity_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return the list of the year's activities, whatever became of them."""
    activities = read_activities(ctx.finding("annual_activities", "activities", TOTAL, str(year)))
    if not activities:
        return [Paragraph(ctx.texts.text("annual.activities.none", year=year))]
    n = len(held(activities))
    return [
        Paragraph(ctx.texts.plural("annual.activities.sentence", n, n=n, year=year), tone="message"),
        *activity_tables(
            ctx,
            activities,
            key="annual_activities",
            title=ctx.texts.text("annual.activities.title", year=year),
            sheet_title=ctx.say("sheet.activities"),
        ),
    ]


def method_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return how the figures of the review were made."""
    words = [ctx.texts.text(f"annual.method.{key}", first=year - 5, last=year - 1) for key in _METHOD]
    words += [ctx.say(f"method_text.{key}") for key in _SHARED]
    if any(ctx.state(measure) == "partial" for measure in MEASURES):
        words.append(ctx.say("method_text.dates_partial"))
    return [Paragraph(text) for text in words]
