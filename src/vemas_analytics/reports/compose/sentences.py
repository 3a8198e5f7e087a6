"""The five sentences of page 1, composed by rule from findings; every word stands in the text catalogue."""

import datetime as dt
import itertools

from vemas_analytics.model.names import DAYS_PER_YEAR, TOTAL, Measure
from vemas_analytics.reference.measures import LEAD_MEASURES, read_measures
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_list
from vemas_analytics.reports.compose.cells import date_text
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.data_words import data_sentence
from vemas_analytics.reports.compose.eve_words import eve_sentence
from vemas_analytics.reports.compose.organisers import held, own_names, phase_key
from vemas_analytics.reports.compose.readings import PhaseRow, read_activities, read_last_activity
from vemas_analytics.reports.compose.regional_words import where_after, where_documented, where_fallen

_STEP = 0.10
"""Rates of two phases count as different from this relative difference on."""

_FEWEST_FOR_DIRECTION = 20
"""From this many records before the stop a direction is named; fewer rise and fall by chance."""

_FEWEST_FOR_RATE = 5
"""From this many records since the stop on their rate per year is named beside their number."""


def five_sentences(ctx: ReportContext) -> tuple[str, ...]:
    """Return the five sentences of page 1 in their fixed order."""
    level = " ".join(part for part in (level_sentence(ctx), where_after(ctx), where_documented(ctx)) if part)
    trend = f"{trend_sentence(ctx)} {where_fallen(ctx)}".strip()
    return (stop_sentence(ctx), level, trend, eve_sentence(ctx), data_sentence(ctx))


def stop_sentence(ctx: ReportContext) -> str:
    """Say since when cooperation has been suspended, by whom, and on what document."""
    stop = ctx.stop
    if stop.until is not None and stop.until <= ctx.panel.as_of:
        main = ctx.say("stop.ended", start=ctx.date(stop.effective_from), end=ctx.date(stop.until))
    else:
        main = ctx.say("stop.since", start=ctx.date(stop.effective_from))
    if not stop.authority and not stop.document and stop.ordered_on is None:
        return f"{main} {ctx.say('stop.order_unknown')}"
    document = ctx.say("stop.order_document", document=stop.document) if stop.document else ""
    parts = "; ".join(part for part in (stop.authority, document) if part)
    if stop.ordered_on is None:
        return f"{main} {ctx.say('stop.order', parts=parts)}"
    date = ctx.date(stop.ordered_on)
    if not parts:
        return f"{main} {ctx.say('stop.order_day_only', date=date)}"
    key = "stop.order_since" if stop.ordered_on > stop.effective_from else "stop.order_dated"
    return f"{main} {ctx.say(key, date=date, start=ctx.date(stop.effective_from), parts=parts)}"


def _sides(ctx: ReportContext, measure: Measure, region: str) -> tuple[list[PhaseRow], list[PhaseRow]]:
    after_keys = {phase.key for phase in ctx.phases_after}
    rows = ctx.phase_rows(measure, region)
    return [row for row in rows if row.phase not in after_keys], [row for row in rows if row.phase in after_keys]


def phase_words(ctx: ReportContext, key: str) -> str:
    """Return a phase with its period, such as ``Phase II (August 2014 bis Februar 2020)``."""
    for phase in ctx.panel.phases:
        if phase.key == key:
            return ctx.say("phase.named", key=key, period=ctx.period(phase.start, phase.end))
    return key


def _missing_words(ctx: ReportContext) -> str:
    """Say that inquiries, offers or both were not recorded; empty when both were."""
    missing = [measure for measure in RATE_MEASURES if ctx.state(measure) == "not_recorded"]
    if not missing:
        return ""
    return ctx.say("level.missing_both" if len(missing) > 1 else f"level.missing_{missing[0]}")


def level_sentence(ctx: ReportContext, region: str = TOTAL) -> str:
    """Say how many inquiries there were per year until the stop, and how many since, in how many months.

    Where inquiries were not recorded it says so and speaks of what was; where a list has gaps it says ``at least``.
    """
    measure = ctx.lead_measure
    before, after = _sides(ctx, measure, region)
    missing = _missing_words(ctx) if measure != LEAD_MEASURES[0] else ""
    if ctx.state(measure) == "recorded":
        main = _rate_words(ctx, measure, before, after)
    elif ctx.state(measure) == "partial":
        main = f"{partial_words(ctx, measure, region)} {own_words(ctx, measure)}".strip()
    else:
        main = ctx.say("level.nothing")
    return f"{missing} {main}".strip()


def _rate_words(ctx: ReportContext, measure: Measure, before: list[PhaseRow], after: list[PhaseRow]) -> str:
    known = [row for row in before if row.n is not None and row.days > 0]
    days = sum(row.days for row in known)
    if not days:
        return ctx.say("level.no_before", measure=ctx.measure_label(measure))
    n_before = sum(row.n or 0 for row in known)
    after_words = _after_words(ctx, measure, after)
    if all(row.per_year is None for row in known):
        return ctx.count(
            "level.too_short",
            days,
            measure=ctx.measure_label(measure),
            count=format_integer(n_before, ctx.language),
            after=after_words,
        )
    rate = format_decimal(n_before / days * DAYS_PER_YEAR, ctx.language)
    return ctx.say(
        f"level.{measure}.rate",
        rate=rate,
        n=format_integer(n_before, ctx.language),
        recent=_recent_words(ctx, known),
        after=after_words,
    )


def _recent_words(ctx: ReportContext, known: list[PhaseRow]) -> str:
    """Return the rate of the last phase before the stop, nearer to it than the mean; empty for few records."""
    last = known[-1]
    if len(known) < 2 or last.per_year is None or (last.n or 0) < _FEWEST_FOR_RATE:
        return ""
    return ctx.say("level.recent", phase=last.phase, rate=format_decimal(last.per_year, ctx.language))


def _after_words(ctx: ReportContext, measure: Measure, after: list[PhaseRow]) -> str:
    known = [row for row in after if row.n is not None and row.days > 0]
    days = sum(row.days for row in known)
    if not days:
        return ctx.say("level.no_after")
    months = ctx.count("in_months", max(1, round(days / DAYS_PER_YEAR * 12)))
    n = sum(row.n or 0 for row in known)
    words = ctx.count(f"level.{measure}.after", n, months=months)
    remarks = [_after_rate(ctx, n, days), _after_remark(ctx, measure)]
    remark = "; ".join(part for part in remarks if part)
    return ctx.say("level.after_remark", after=words, remark=remark) if remark else words


def _after_rate(ctx: ReportContext, n: float, days: float) -> str:
    """Return the rate per year since the stop, to be held against the one before; empty for too few or too short."""
    if n < _FEWEST_FOR_RATE or days < DAYS_PER_YEAR:
        return ""
    return ctx.say("level.after_rate", rate=format_decimal(n / days * DAYS_PER_YEAR, ctx.language))


def _after_remark(ctx: ReportContext, measure: Measure) -> str:
    """Say where the count of the time since ends early: with the list, or with the suspension itself."""
    coverage = ctx.panel.coverage.get(read_measures()[measure].table)
    last_known, until = ctx.panel.as_of, ctx.stop.until
    if until is not None and until <= last_known:
        last_known = until - dt.timedelta(days=1)
    if coverage is not None and coverage.end is not None and coverage.end <= last_known:
        return ctx.say("level.kept_until", date=ctx.date(coverage.end - dt.timedelta(days=1)))
    return ctx.say("level.until_end", date=ctx.date(until)) if until is not None and until <= ctx.panel.as_of else ""


def partial_words(ctx: ReportContext, measure: Measure, region: str) -> str:
    """Say what is documented at least, phase by phase, for a list with gaps."""
    before, after = _sides(ctx, measure, region)
    known = [row for row in before if row.n]
    n_after = sum(row.n or 0 for row in after)
    if not known and not n_after:
        return ctx.say(f"level.{measure}.partial_none")
    parts = [
        ctx.count(f"level.{measure}.partial_part", row.n or 0, phase=phase_words(ctx, row.phase))
        if position == 0
        else ctx.say(
            "level.partial_part", n=format_integer(row.n or 0, ctx.language), phase=phase_words(ctx, row.phase)
        )
        for position, row in enumerate(known)
    ]
    tail = ctx.count(f"level.{measure}.partial_after", n_after)
    if not parts:
        return ctx.say("level.partial_only_after", after=tail)
    total = sum(row.n or 0 for row in known)
    return ctx.count("level.partial", total, parts=format_list(parts, ctx.language), after=tail)


def own_words(ctx: ReportContext, measure: Measure) -> str:
    """Say of how many documented trips or forums the publisher's own organisers are named; empty without any."""
    before = {phase.key for phase in ctx.phases_before}
    done = held(read_activities(ctx.finding("activities", "activities", TOTAL)))
    counted = [item for item in done if (item.kind == "forum") == (measure == "forums")]
    counted = [item for item in counted if phase_key(ctx, item) in before]
    names = own_names(ctx, counted)
    if measure not in {"trips", "forums"} or not names:
        return ""
    own = sum(item.organiser_group == "own" for item in counted)
    return ctx.say(
        "level.own",
        names=", ".join(names),
        own=format_integer(own, ctx.language),
        n=format_integer(len(counted), ctx.language),
    )


def trend_sentence(ctx: ReportContext, region: str = TOTAL) -> str:
    """Say whether it was falling before the stop already: the rate per year in each phase."""
    measure = ctx.lead_measure
    state = ctx.state(measure)
    if state == "not_recorded":
        return ctx.say("trend.nothing")
    if state == "partial":
        return f"{ctx.say('trend.partial')} {last_words(ctx, measure, region)}".strip()
    before, _ = _sides(ctx, measure, region)
    rated = [row for row in before if row.per_year is not None]
    if len(rated) < 2:
        return ctx.say("trend.too_short")
    n = sum(row.n or 0 for row in rated)
    direction = _direction(rated) if n >= _FEWEST_FOR_DIRECTION else "few"
    return ctx.say(f"trend.{direction}", rates=_rates(ctx, measure, rated), n=format_integer(n, ctx.language))


def _rates(ctx: ReportContext, measure: Measure, rated: list[PhaseRow]) -> str:
    parts = [
        ctx.say(
            f"trend.{measure}.first" if position == 0 else "trend.part",
            rate=format_decimal(row.per_year or 0, ctx.language),
            phase=phase_words(ctx, row.phase),
        )
        for position, row in enumerate(rated)
    ]
    return format_list(parts, ctx.language)


def _direction(rated: list[PhaseRow]) -> str:
    """Return fell, rose, mixed or level from the steps between phases; small steps do not count."""
    rates = [row.per_year or 0.0 for row in rated]
    steps = set()
    for earlier, later in itertools.pairwise(rates):
        if later < earlier * (1 - _STEP):
            steps.add("fell")
        elif later > earlier * (1 + _STEP):
            steps.add("rose")
    if len(steps) == 2:
        return "mixed"
    return steps.pop() if steps else "level"


def last_words(ctx: ReportContext, measure: Measure, region: str) -> str:
    """Say what the last known record is and when; empty when there is none."""
    last = read_last_activity(ctx.finding("last_activity", measure, region))
    if last is None:
        return ""
    date = date_text(last.date, last.precision, ctx.language, ctx.texts)
    if last.title:
        return ctx.say(f"last.{measure}.titled", title=last.title.strip(), date=date)
    return ctx.say(f"last.{measure}.untitled", date=date)
