"""Activities: trips, delegations, fairs and forums, by who organised them, as a list and on a time axis."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vemas_analytics.model.document import Block, Cell, ChartRef, Section, TableBlock
from vemas_analytics.model.finding import Finding
from vemas_analytics.model.names import LANGUAGES, RUSSIA, TOTAL
from vemas_analytics.reference.numbers import format_integer, format_list, format_month_name
from vemas_analytics.reference.texts import read_texts
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
from vemas_analytics.reports.compose.organisers import (
    GROUPS,
    KINDS,
    capitalised,
    group_table,
    held,
    is_forum,
    kind_table,
)
from vemas_analytics.reports.compose.readings import Activity, read_activities

_MOST_REGIONS = 3
_CALENDAR_HEAD_MM = 24.0
_CALENDAR_ROW_MM = 3.6
_MOST_CALENDAR_ROWS = 22
"""Regions with fewer activities beyond these stand in the list only."""


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
    names = [ctx.region_short(code) for code in activity.regions if code != RUSSIA]
    if not names:
        return ctx.say("column.not_stated")
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


def _kind_in_any_language(activity: Activity) -> list[str]:
    """Return the words for a kind: titles stay in the language of the list, whatever the report's."""
    if activity.kind not in KINDS:
        return []
    return [read_texts(language).text(f"report.kind.{activity.kind}").casefold() for language in LANGUAGES]


def _what(ctx: ReportContext, activity: Activity) -> str:
    """Return kind, title and place of an activity, nothing twice, and its status unless it was held."""
    kind, title = _kind_words(ctx, activity), activity.title.strip()
    says_kind = any(word in title.casefold() for word in _kind_in_any_language(activity))
    named = title if title and says_kind else ctx.say("activities.titled", kind=kind, title=title) if title else kind
    place = activity.place.strip()
    known = f"{named} {' '.join(ctx.region_short(code) for code in activity.regions)}".casefold()
    what = f"{named}, {place}" if place and place.casefold() not in known else named
    if activity.status in {"", "held"}:
        return capitalised(what)
    return capitalised(ctx.say("activities.remark", what=what, status=_status_words(ctx, activity)))


def _organiser_words(ctx: ReportContext, activity: Activity) -> str:
    if not activity.organiser:
        return ctx.say("column.not_stated")
    if activity.organiser_group not in GROUPS:
        return activity.organiser
    mark = ctx.say(f"group.is_{activity.organiser_group}_short")
    is_publisher = activity.organiser == ctx.panel.settings.organisation.name
    organiser = ctx.say("activities.publisher") if is_publisher else activity.organiser
    return ctx.say("activities.organised", organiser=organiser, mark=mark)


def _page_row(ctx: ReportContext, activity: Activity) -> tuple[Cell, ...]:
    return (
        _when(ctx, activity),
        text_cell(_what(ctx, activity)),
        text_cell(_region_list(ctx, activity)),
        text_cell(_organiser_words(ctx, activity)),
        _bounded(ctx, activity.companies, at_least=activity.companies_at_least),
        _bounded(ctx, activity.persons, at_least=activity.persons_at_least),
    )


def activity_tables(
    ctx: ReportContext, activities: Sequence[Activity], *, key: str, title: str, sheet_title: str
) -> tuple[TableBlock, TableBlock]:
    """Return a list of activities in order of time: a narrow one for the page, a full one for the workbook."""
    say = ctx.say
    page = (
        text_column("date", say("column.date"), 1.5),
        text_column("title", say("activities.what"), 3.8),
        text_column("regions", say("column.region"), 1.9),
        text_column("organiser", say("column.organiser"), 2.7),
        number_column("companies", say("column.companies"), 0.8),
        number_column("persons", say("column.persons"), 0.8),
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
    # publicly heads are withheld for every activity: two columns of nothing but the symbol
    n_columns = len(page) - 2 if ctx.public else len(page)
    on_page = TableBlock(
        key=f"{key}_page",
        title=title,
        columns=page[:n_columns],
        rows=tuple(_page_row(ctx, item)[:n_columns] for item in activities),
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


def activities_message(ctx: ReportContext, finding: Finding) -> str:
    """Say how many activities of each kind took place before and since the stop."""
    done = held(read_activities(finding))
    before = [item for item in done if item.start < ctx.stop.effective_from]
    n_forums = sum(is_forum(item) for item in before)
    trips, forums = len(before) - n_forums, n_forums
    is_partial = "partial" in {ctx.state("trips"), ctx.state("forums")}
    n_after = len(done) - len(before)
    own = sum(item.organiser_group == "own" for item in before)
    organisation = ctx.panel.settings.organisation
    is_named = any(name.strip() for name in (organisation.name, *organisation.own_organisers))
    key = "activities.message_partial" if is_partial else "activities.message"
    after_key = "activities.after_partial" if is_partial else "activities.after"
    return ctx.say(
        key if own or is_named else f"{key}_without_own",
        trips=ctx.count("activities.trips", trips),
        forums=ctx.count("activities.forums", forums),
        after=ctx.count(after_key, n_after),
        own=format_integer(own, ctx.language),
        n=format_integer(len(before), ctx.language),
    )


def calendar_chart(ctx: ReportContext, finding: Finding, activities: Sequence[Activity]) -> ChartRef:
    """Return the calendar: a line of time for each region with a mark for each activity."""
    counts = Counter(code for item in held(activities) for code in item.regions if code != RUSSIA)
    most = sorted(counts, key=lambda code: (-counts[code], code))[:2]
    names = [ctx.region_short(code) for code in most]
    return chart_ref(
        ctx,
        "activities_calendar",
        "event_calendar",
        [finding],
        title=ctx.say("activities.calendar_title"),
        message=ctx.count("activities.calendar", len(counts), names=format_list(names, ctx.language)),
        height_mm=_CALENDAR_HEAD_MM + _CALENDAR_ROW_MM * min(len(counts), _MOST_CALENDAR_ROWS),
        options={"until": ctx.panel.as_of.isoformat()},
    )


def _all_activities(ctx: ReportContext, activities: Sequence[Activity]) -> tuple[TableBlock, TableBlock]:
    return activity_tables(
        ctx,
        activities,
        key="activities",
        title=ctx.say("activities.list_title"),
        sheet_title=ctx.say("sheet.activities"),
    )


def activity_list_page(ctx: ReportContext) -> TableBlock | None:
    """Return the list of all activities as it stands in the annex of the PDF; None without any."""
    activities = read_activities(ctx.finding("activities", "activities", TOTAL))
    return _all_activities(ctx, activities)[0] if activities else None


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
            options={"until": ctx.panel.as_of.isoformat()},
        ),
        group_table(ctx, activities),
        kind_table(ctx, activities),
        calendar_chart(ctx, finding, activities),
        _all_activities(ctx, activities)[1],
    ]
    return Section("activities", ctx.say("activities.heading"), tuple(blocks), page_break=True)
