"""Activities: trips, delegations, fairs and forums, by who organised them, as a list and on a time axis."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vemas_analytics.model.document import Block, Cell, Section, TableBlock
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reference.numbers import format_integer, format_month_name
from vemas_analytics.reports.compose.cells import (
    date_cell,
    date_text,
    integer_cell,
    number_column,
    symbol_cell,
    text_cell,
    text_column,
)
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import Activity, read_activities

KINDS = ("business_trip", "delegation", "trade_fair", "political", "forum")
GROUPS = ("own", "partner", "other")
_MOST_REGIONS = 4


def held(activities: Sequence[Activity]) -> list[Activity]:
    """Return the activities that took place."""
    return [item for item in activities if item.status == "held"]


def _kind_words(ctx: ReportContext, activity: Activity) -> str:
    return ctx.say(f"kind.{activity.kind}") if activity.kind in KINDS else ctx.say("kind.unknown")


def _bounded(ctx: ReportContext, n: int | None, *, at_least: bool) -> Cell:
    if n is None:
        return symbol_cell("withheld" if ctx.public else "not_recorded", ctx.language)
    return integer_cell(n, ctx.language, at_least=at_least)


def _when(ctx: ReportContext, activity: Activity) -> Cell:
    if activity.end is None or activity.end == activity.start or activity.precision != "day":
        return date_cell(activity.start, ctx.language, activity.precision)
    return Cell(activity.start, span_text(ctx, activity.start, activity.end), "date")


def span_text(ctx: ReportContext, start: dt.date, end: dt.date) -> str:
    """Return first and last day, saying month and year once where they are the same."""
    last = date_text(end, "day", ctx.language, ctx.texts)
    same = (
        "month" if (start.year, start.month) == (end.year, end.month) else "year" if start.year == end.year else "none"
    )
    first = date_text(start, "day", ctx.language, ctx.texts)
    month = format_month_name(start, ctx.language)
    return ctx.say(f"date.span_same_{same}", first=first, last=last, start=start, month=month)


def _region_list(ctx: ReportContext, activity: Activity) -> str:
    """Return the regions of an activity, the first ones by name where there are many."""
    names = [ctx.region_short(code) for code in activity.regions]
    if len(names) <= _MOST_REGIONS:
        return ", ".join(names)
    return ctx.say(
        "activities.more_regions", names=", ".join(names[: _MOST_REGIONS - 1]), n=len(names) - _MOST_REGIONS + 1
    )


def _group_words(ctx: ReportContext, activity: Activity) -> str:
    return ctx.say(f"group.is_{activity.organiser_group}") if activity.organiser_group in GROUPS else ""


def _status_words(ctx: ReportContext, activity: Activity) -> str:
    return ctx.say(f"status.{activity.status}") if activity.status else ""


def _full_row(ctx: ReportContext, activity: Activity) -> tuple[Cell, ...]:
    return (
        _when(ctx, activity),
        text_cell(_kind_words(ctx, activity)),
        text_cell(activity.title),
        text_cell(activity.place),
        text_cell(", ".join(ctx.region_short(code) for code in activity.regions)),
        text_cell(activity.organiser),
        text_cell(_group_words(ctx, activity)),
        _bounded(ctx, activity.companies, at_least=activity.companies_at_least),
        _bounded(ctx, activity.persons, at_least=activity.persons_at_least),
        text_cell(_status_words(ctx, activity)),
    )


def _page_row(ctx: ReportContext, activity: Activity) -> tuple[Cell, ...]:
    group = _group_words(ctx, activity)
    organiser = (
        ctx.say("activities.organiser", organiser=activity.organiser, group=group) if group else activity.organiser
    )
    what = ", ".join(part for part in (activity.title, activity.place) if part)
    return (
        _when(ctx, activity),
        text_cell(_kind_words(ctx, activity)),
        text_cell(what),
        text_cell(_region_list(ctx, activity)),
        text_cell(organiser if activity.organiser else group),
        _bounded(ctx, activity.companies, at_least=activity.companies_at_least),
        _bounded(ctx, activity.persons, at_least=activity.persons_at_least),
        text_cell(_status_words(ctx, activity)),
    )


def activity_tables(
    ctx: ReportContext, activities: Sequence[Activity], *, key: str, title: str, sheet_title: str
) -> tuple[TableBlock, TableBlock]:
    """Return a list of activities in order of time: a narrow one for the page, a full one for the workbook."""
    say = ctx.say
    page = (
        text_column("date", say("column.date"), 1.5),
        text_column("kind", say("column.kind"), 1.5),
        text_column("title", say("activities.what"), 3.4),
        text_column("regions", say("column.region"), 1.9),
        text_column("organiser", say("column.organiser"), 2.7),
        number_column("companies", say("column.companies"), 0.8),
        number_column("persons", say("column.persons"), 0.8),
        text_column("status", say("column.status"), 1.2),
    )
    full = (
        text_column("date", say("column.date")),
        text_column("kind", say("column.kind")),
        text_column("title", say("column.title"), 2.4),
        text_column("place", say("column.place")),
        text_column("regions", say("column.region"), 1.4),
        text_column("organiser", say("column.organiser"), 1.5),
        text_column("group", say("column.attribution")),
        number_column("companies", say("column.companies"), 0.7),
        number_column("persons", say("column.persons"), 0.7),
        text_column("status", say("column.status")),
    )
    on_page = TableBlock(
        key=f"{key}_page",
        title=title,
        columns=page,
        rows=tuple(_page_row(ctx, item) for item in activities),
        scope=say("activities.list_scope"),
        source=say("source.own", date=ctx.date(ctx.panel.as_of)),
        places=frozenset({"pdf"}),
        small=True,
    )
    in_book = replace(
        on_page,
        key=key,
        columns=full,
        rows=tuple(_full_row(ctx, item) for item in activities),
        sheet_title=sheet_title,
        places=frozenset({"xlsx"}),
    )
    return on_page, in_book


def _is_forum(activity: Activity) -> bool:
    return activity.kind == "forum"


def group_table(ctx: ReportContext, activities: Sequence[Activity]) -> TableBlock:
    """Return held activities by kind and by who organised them: a mayor's trip is not the programme's result."""
    counts = Counter((item.kind, item.organiser_group) for item in held(activities))
    kinds = [kind for kind in KINDS if any(counts[kind, group] for group in GROUPS)]
    at_least = {kind: ctx.state("forums" if kind == "forum" else "trips") == "partial" for kind in kinds}
    rows = [
        (
            text_cell(ctx.say(f"kind_plural.{kind}")),
            *(_group_cell(ctx, counts[kind, group], at_least=at_least[kind]) for group in GROUPS),
            _group_cell(ctx, sum(counts[kind, group] for group in GROUPS), at_least=at_least[kind]),
        )
        for kind in kinds
    ]
    return TableBlock(
        key="activities_by_organiser",
        title=ctx.say("activities.group_title"),
        columns=(
            text_column("kind", ctx.say("column.kind"), 2.0),
            *(number_column(f"group_{group}", ctx.say(f"group.is_{group}")) for group in GROUPS),
            number_column("total", ctx.say("region.ALL")),
        ),
        rows=tuple(rows),
        scope=ctx.say("activities.group_scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=(ctx.say("activities.group_note"),),
        sheet_title=ctx.say("sheet.by_organiser"),
        small=True,
    )


def _group_cell(ctx: ReportContext, n: int, *, at_least: bool) -> Cell:
    if at_least and not n:
        return symbol_cell("not_recorded", ctx.language)
    return integer_cell(n, ctx.language, at_least=at_least)


def activities_message(ctx: ReportContext, finding: Finding) -> str:
    """Say how many activities of each kind took place before and since the stop."""
    done = held(read_activities(finding))
    before = [item for item in done if item.start < ctx.stop.effective_from]
    n_forums = sum(_is_forum(item) for item in before)
    trips, forums = len(before) - n_forums, n_forums
    is_partial = "partial" in {ctx.state("trips"), ctx.state("forums")}
    n_after = len(done) - len(before)
    after_key = "activities.after_partial" if is_partial else "activities.after"
    return ctx.say(
        "activities.message_partial" if is_partial else "activities.message",
        trips=ctx.count("activities.trips", trips),
        forums=ctx.count("activities.forums", forums),
        after=ctx.count(after_key, n_after),
        own=format_integer(sum(item.organiser_group == "own" for item in before), ctx.language),
        n=format_integer(len(before), ctx.language),
    )


def activities_chapter(ctx: ReportContext) -> Section | None:
    """Return the chapter on activities; None when no list of trips or forums was there."""
    finding = ctx.finding("activities", "activities", TOTAL)
    activities = read_activities(finding)
    if finding is None or not activities:
        return None
    message = activities_message(ctx, finding)
    blocks: list[Block] = [
        chart_ref(
            ctx,
            "activities_strip",
            "activity_strip",
            [finding],
            title=ctx.say("activities.chart_title"),
            message=message,
            height_mm=60,
        ),
        group_table(ctx, activities),
        *activity_tables(
            ctx,
            activities,
            key="activities",
            title=ctx.say("activities.list_title"),
            sheet_title=ctx.say("sheet.activities"),
        ),
    ]
    return Section("activities", ctx.say("activities.heading"), tuple(blocks), page_break=True)
