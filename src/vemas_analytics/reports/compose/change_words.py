"""Before and after in one sentence: effect, range, window, n, caveat - in that order."""

from collections.abc import Sequence

from vemas_analytics.model.names import RUSSIA, TOTAL, Language, Measure
from vemas_analytics.reference.numbers import MINUS, format_change, format_decimal, format_integer, format_percent
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import Change, read_change

BASELINES = ("phase_II", "all_before", "months_24", "y2015_2019", "without_covid")
"""Comparison periods in the order of the tables; the first is the one named in sentences."""

_SECOND_BASELINES = ("all_before", "y2015_2019")

_SAID_IN_SENTENCE = frozenset(
    {
        "windows_unequal",
        "partial_month",
        "few_events",
        "zero_after",
        "zero_before",
        "interval_refused",
        "late_entries",
        "dates_imprecise",
        "not_causal",
    }
)
"""Caveats that the sentence itself or the page around it words; their numbers would only clutter it."""


def change_percent(ratio: float, language: Language) -> str:
    """Return after / before as a signed per cent, never ``-100 %`` for something that did not vanish."""
    return format_change(ratio, language)


def bare_percent(ratio: float, language: Language) -> str:
    """Return the same without the sign of per cent, for the ends of an interval."""
    return change_percent(ratio, language).removesuffix("%").rstrip("\u00a0")


def interval_text(change: Change, ctx: ReportContext) -> str:
    """Return an interval of the change for a table cell; empty where there is none."""
    if change.low is None or change.high is None or change.kind in {"few", "not_estimable"}:
        return ""
    low, high = bare_percent(change.low, ctx.language), bare_percent(change.high, ctx.language)
    return ctx.say("change.interval_cell", low=low, high=high)


def drop_percent(change: Change, language: Language) -> str:
    """Return by how much a rate fell at least, from the upper end of its interval."""
    high = 1.0 if change.high is None else change.high
    share = 1 - high
    digits = 1 if share >= 0.995 else 0
    return format_percent(min(share, 0.999), language, digits).removeprefix(MINUS)


def subject(ctx: ReportContext, measure: Measure, region: str) -> str:
    """Return what a sentence is about, such as ``Anfragen aus Swerdlowsk``."""
    if region == TOTAL:
        return ctx.say(f"change.subject.{measure}_total")
    if region == RUSSIA:
        return ctx.say(f"change.subject.{measure}_without_region")
    return ctx.say(f"change.subject.{measure}", origin=ctx.region_from(region), destination=ctx.region_to(region))


def _level(change: Change, ctx: ReportContext) -> str:
    estimate = change.finding.estimate
    level = 0.95 if estimate is None or estimate.level is None else estimate.level
    return format_percent(level, ctx.language)


def _sides(change: Change, ctx: ReportContext) -> dict[str, str]:
    """Return number and length of both sides, as sentences name them."""
    return {
        "n_before": format_integer(change.n_before, ctx.language),
        "n_after": format_integer(change.n_after, ctx.language),
        "months_before": ctx.count("in_months", max(1, round(change.months_before))),
        "months_after": ctx.count("in_months", max(1, round(change.months_after))),
    }


def _rate(value: float | None, n: int, months: float, language: Language) -> str:
    rate = value if value is not None else n / months
    return format_decimal(rate, language, 2 if 0 < rate < 0.1 else 1)


def _effect(change: Change, ctx: ReportContext, base: str) -> str:
    language = ctx.language
    before = _rate(change.per_month_before, change.n_before, change.months_before, language)
    after = _rate(change.per_month_after, change.n_after, change.months_after, language)
    sides = _sides(change, ctx)
    common = {
        "before": before,
        "after": after,
        "baseline": ctx.say(f"baseline.window.{base}"),
        "windows": ctx.say("change.windows", **sides),
        "level": _level(change, ctx),
    }
    if change.kind == "zero_unbounded" and change.high is not None:
        return ctx.say("change.zero_by_chance", **common, high=change_percent(change.high, language))
    if change.kind == "zero_after":
        return ctx.say("change.zero_after", **common, drop=drop_percent(change, language))
    if change.kind == "no_interval" and change.ratio is not None:
        return ctx.say("change.no_interval", **common)
    if change.kind == "percent" and change.ratio is not None and change.low is not None and change.high is not None:
        return ctx.say(
            "change.percent",
            **common,
            change=change_percent(change.ratio, language),
            low=bare_percent(change.low, language),
            high=change_percent(change.high, language),
        )
    if change.kind in {"zero_before", "zero_unbounded"}:
        return ctx.say(f"change.{change.kind}", **common)
    if not change.n_before and not change.n_after:
        return ctx.say("change.none", **common)
    return ctx.say("change.few", **common, **sides)


def read_baselines(ctx: ReportContext, measure: Measure, region: str) -> dict[str, Change]:
    """Return the changes of a measure by baseline, in table order, as far as there are any."""
    found = {base: read_change(ctx.finding("before_after", measure, region, base)) for base in BASELINES}
    return {base: change for base, change in found.items() if change is not None}


def main_change(changes: dict[str, Change]) -> tuple[str, Change] | None:
    """Return the change that a sentence leads with: against phase II, else against the first there is."""
    usable = {base: change for base, change in changes.items() if change.kind != "not_estimable"}
    return next(iter(usable.items()), None)


def _seconds(ctx: ReportContext, changes: dict[str, Change], main: str, region: str) -> str:
    """Return other baselines with their companions; of a region the last only, so that its page stays one page."""
    usable = [
        base for base in _SECOND_BASELINES if base != main and base in changes and changes[base].kind == "percent"
    ]
    usable = usable if region == TOTAL else usable[-1:]
    # Where the first comparison has no percentage, no interval has been named yet.
    first = "change.second_first" if changes[main].kind == "percent" else "change.second_alone"
    parts = [
        ctx.say(
            first if position == 0 else "change.second_next",
            baseline=ctx.say(f"baseline.against.{base}"),
            change=change_percent(changes[base].ratio or 0.0, ctx.language),
            low=bare_percent(changes[base].low or 0.0, ctx.language),
            high=change_percent(changes[base].high or 0.0, ctx.language),
            n=format_integer(changes[base].n_before, ctx.language),
            n_after=format_integer(changes[base].n_after, ctx.language),
            level=_level(changes[base], ctx),
            months=ctx.count("in_months", max(1, round(changes[base].months_before))),
        )
        for position, base in enumerate(usable)
    ]
    return f"{', '.join(parts)}." if parts else ""


def change_sentence(ctx: ReportContext, measure: Measure, region: str) -> str:
    """Return before and after of a measure in a region, with other baselines and the notes it does not word itself."""
    changes = read_baselines(ctx, measure, region)
    chosen = main_change(changes)
    about = subject(ctx, measure, region)
    if chosen is None:
        state = ctx.state(measure)
        reason = state if state != "recorded" else "withheld" if ctx.public and region != TOTAL else "no_window"
        return ctx.say(f"change.not_estimable.{reason}", subject=about)
    base, change = chosen
    parts: Sequence[str] = (
        ctx.say("change.sentence", subject=about, effect=_effect(change, ctx, base)),
        _seconds(ctx, changes, base, region),
        _own_reference(ctx, change),
    )
    return " ".join(part for part in parts if part)


def _own_reference(ctx: ReportContext, change: Change) -> str:
    # A percentage of few cases does not say by itself how little it rests on; numbers alone do.
    said = _SAID_IN_SENTENCE - {"few_events"} if change.kind in {"percent", "no_interval"} else _SAID_IN_SENTENCE
    return ctx.note_reference(tuple(code for code in change.finding.caveats if code not in said))


def change_lead(ctx: ReportContext, measure: Measure, region: str) -> str:
    """Return before and after against the first baseline only: the message of a page, in two lines."""
    chosen = main_change(read_baselines(ctx, measure, region))
    if chosen is None:
        return change_sentence(ctx, measure, region)
    base, change = chosen
    lead = ctx.say("change.sentence", subject=subject(ctx, measure, region), effect=_effect(change, ctx, base))
    return " ".join(part for part in (lead, _own_reference(ctx, change)) if part)


def second_baselines(ctx: ReportContext, measure: Measure, region: str) -> str:
    """Return what other baselines give, for the text under the message; empty where none has a percentage."""
    changes = read_baselines(ctx, measure, region)
    chosen = main_change(changes)
    return "" if chosen is None else _seconds(ctx, changes, chosen[0], region)
