"""Who organised what: own activities apart from those of others, by phase and by kind."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from vemas_analytics.model.document import Cell, TableBlock
from vemas_analytics.model.names import Measure
from vemas_analytics.model.settings import Phase
from vemas_analytics.reports.compose.cells import integer_cell, number_column, symbol_cell, text_cell, text_column
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import Activity

KINDS = ("business_trip", "delegation", "trade_fair", "political", "forum")
GROUPS = ("own", "partner", "other")
ALL_GROUPS = (*GROUPS, "unknown")
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12}
_COARSE = frozenset({"quarter", "season", "year"})


def held(activities: Sequence[Activity]) -> list[Activity]:
    """Return the activities that took place."""
    return [item for item in activities if item.status == "held"]


def is_forum(activity: Activity) -> bool:
    """Tell whether an activity is a forum; everything else is a trip."""
    return activity.kind == "forum"


def capitalised(words: str) -> str:
    """Return words as they stand at the head of a cell."""
    return words[:1].upper() + words[1:]


def period_end(activity: Activity) -> dt.date:
    """Return the day after the period in which an activity began, as precisely as its date is known."""
    months = _MONTHS.get(activity.precision)
    if months is None:
        return activity.start + dt.timedelta(days=1)
    ahead = activity.start.month - 1 + months
    return dt.date(activity.start.year + ahead // 12, ahead % 12 + 1, 1)


def phase_key(ctx: ReportContext, activity: Activity) -> str | None:
    """Return the phase in which an activity certainly began, as the counts by phase have it; None when unknown.

    Dates coarser than a month count only in a record with gaps, whose numbers say "at least".
    """
    measure: Measure = "forums" if activity.kind == "forum" else "trips"
    if activity.precision in _COARSE and ctx.state(measure) != "partial":
        return None
    for phase in ctx.panel.phases:
        begins = phase.start is None or activity.start >= phase.start
        ends = phase.end is None or period_end(activity) <= phase.end
        if begins and ends:
            return phase.key
    return None


def own_names(ctx: ReportContext, activities: Sequence[Activity]) -> tuple[str, ...]:
    """Return the publisher's own organisers that the activities name, each by its shortest name."""
    texts = [item.organiser.casefold() for item in activities if item.organiser_group == "own"]
    listed = [name for name in dict.fromkeys(ctx.panel.settings.organisation.own_organisers) if name.strip()]
    named = [name for name in listed if any(name.casefold() in text for text in texts)]
    return tuple(
        name for name in named if not any(other != name and other.casefold() in name.casefold() for other in named)
    )


def group_of(activity: Activity) -> str:
    """Return own, partner, other, or unknown where no organiser is stated."""
    return activity.organiser_group if activity.organiser_group in GROUPS else "unknown"


def kind_of(activity: Activity) -> str:
    """Return the kind of an activity, or unknown where the list does not state one of them."""
    return activity.kind if activity.kind in KINDS else "unknown"


def kind_table(ctx: ReportContext, activities: Sequence[Activity]) -> TableBlock:
    """Return held activities by kind, those of unknown kind last, and by who organised them."""
    counts = Counter((kind_of(item), group_of(item)) for item in held(activities))
    kinds = [kind for kind in (*KINDS, "unknown") if any(counts[kind, group] for group in ALL_GROUPS)]
    at_least = {kind: ctx.state("forums" if kind == "forum" else "trips") == "partial" for kind in kinds}
    groups = [group for group in ALL_GROUPS if group in GROUPS or any(counts[kind, group] for kind in kinds)]
    rows = [
        (
            text_cell(capitalised(ctx.say(f"kind_plural.{kind}"))),
            *(_group_cell(ctx, counts[kind, group], at_least=at_least[kind]) for group in groups),
            _group_cell(ctx, sum(counts[kind, group] for group in groups), at_least=at_least[kind]),
        )
        for kind in kinds
    ]
    return TableBlock(
        key="activities_by_kind",
        title=ctx.say("activities.kind_title"),
        columns=(
            text_column("kind", ctx.say("column.kind"), 2.0),
            *(number_column(f"group_{group}", ctx.say(f"group.is_{group}")) for group in groups),
            number_column("total", ctx.say("column.total")),
        ),
        rows=tuple(rows),
        scope=ctx.say("activities.kind_scope"),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        sheet_title=ctx.say("sheet.by_kind"),
        small=True,
    )


def _sides_of(activities: Sequence[Activity]) -> tuple[tuple[Measure, list[Activity]], ...]:
    return (
        ("trips", [item for item in activities if not is_forum(item)]),
        ("forums", [item for item in activities if is_forum(item)]),
    )


def count_cell(ctx: ReportContext, measure: Measure, n: int, phase: Phase) -> Cell:
    """Return a number of trips or forums in a phase: at least so many in a record with gaps, ``a`` after the stop."""
    at_least = ctx.state(measure) == "partial"
    if not n and not at_least and phase in ctx.phases_after:
        return symbol_cell("suspended", ctx.language)
    return _group_cell(ctx, n, at_least=at_least)


def _phase_cells(ctx: ReportContext, activities: Sequence[Activity]) -> list[Cell]:
    """Return the number of trips in each phase and in total, then the same of forums."""
    cells: list[Cell] = []
    for measure, items in _sides_of(activities):
        at_least = ctx.state(measure) == "partial"
        counts = Counter(phase_key(ctx, item) for item in items)
        cells += [count_cell(ctx, measure, counts[phase.key], phase) for phase in ctx.panel.phases]
        cells.append(_group_cell(ctx, len(items), at_least=at_least))
    return cells


def group_table(ctx: ReportContext, activities: Sequence[Activity]) -> TableBlock:
    """Return held activities by who organised them and by phase: a mayor's trip is not the programme's result."""
    done = held(activities)
    names = own_names(ctx, done)
    lines: list[tuple[str, list[Activity]]] = []
    for group in ALL_GROUPS:
        items = [item for item in done if group_of(item) == group]
        if items or group == "own":
            lines.append((capitalised(ctx.say(f"group.is_{group}")), items))
        if group == "own" and len(names) > 1:
            lines += [
                (
                    ctx.say("activities.named", name=name),
                    [item for item in items if name.casefold() in item.organiser.casefold()],
                )
                for name in names
            ]
    lines.append((ctx.say("region.ALL"), done))
    columns = [text_column("group", ctx.say("column.organiser"), 2.0)]
    for measure, _ in _sides_of(()):
        head = ctx.say(f"activities.group_{measure}")
        columns += [number_column(f"{measure}_{phase.key}", phase.key, 0.8, head) for phase in ctx.panel.phases]
        columns.append(number_column(f"{measure}_total", ctx.say("column.total"), 0.9, head))
    own = ", ".join(names) or ctx.panel.settings.organisation.name
    partners = ctx.say("activities.group_note")
    notes = [f"{ctx.say('activities.group_own', own=own)} {partners}" if own.strip() else partners]
    if any(phase_key(ctx, item) is None for item in done):
        notes.append(ctx.say("activities.group_unphased"))
    return TableBlock(
        key="activities_by_organiser",
        title=ctx.say("activities.group_title"),
        columns=tuple(columns),
        rows=tuple((text_cell(label), *_phase_cells(ctx, items)) for label, items in lines),
        scope=ctx.say("activities.group_scope", phases=ctx.phase_periods()),
        source=ctx.say("source.own", date=ctx.date(ctx.panel.as_of)),
        notes=tuple(notes),
        total_rows=(len(lines) - 1,),
        sheet_title=ctx.say("sheet.by_organiser"),
        small=True,
    )


def _group_cell(ctx: ReportContext, n: int, *, at_least: bool) -> Cell:
    if at_least and not n:
        return symbol_cell("not_recorded", ctx.language)
    return integer_cell(n, ctx.language, at_least=at_least)
