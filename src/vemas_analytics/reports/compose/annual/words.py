"""The sentences of the annual review, composed by rule from the year's figures."""

from collections.abc import Collection

from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import format_decimal, format_integer, format_keur, format_list, format_percent
from vemas_analytics.reports.compose.annual.readings import TargetLine, YearFigure, read_targets, read_year_figure
from vemas_analytics.reports.compose.context import SUSPENDED_MEASURES, ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS

SUMMARY_MEASURES: tuple[Measure, ...] = ("inquiries", "offers", "orders", "trips", "forums", "forum_attendance")


_FIVE = 5


def is_suspended(ctx: ReportContext, measure: Measure, year: int) -> bool:
    """Tell whether a measure was stopped by decision in this year or before it: its nought is then no count."""
    return measure in SUSPENDED_MEASURES and year >= ctx.stop.effective_from.year


def plain_amount(ctx: ReportContext, measure: Measure, value: float) -> str:
    """Return a count, or an amount in thousand euros with its unit."""
    if read_measures()[measure].unit == "eur":
        return ctx.say("keur", amount=format_keur(value, ctx.language))
    return format_integer(value, ctx.language)


def mean_amount(ctx: ReportContext, measure: Measure, value: float) -> str:
    """Return a mean, with one decimal for counts."""
    if read_measures()[measure].unit == "eur":
        return plain_amount(ctx, measure, value)
    return format_decimal(value, ctx.language)


def year_sentence(ctx: ReportContext, measure: Measure, year: int, region: str = TOTAL) -> str:
    """Say what a measure was in the year, the year before, and in the five years before."""
    figure = read_year_figure(ctx, measure, region, year)
    label = ctx.measure_label(measure)
    if figure is None or figure.value is None:
        return ctx.texts.text("annual.sentence.not_recorded", measure=label)
    value = plain_amount(ctx, measure, figure.value)
    if figure.state != "recorded":
        key = "annual.sentence.partial" if figure.value else "annual.sentence.partial_none"
        return ctx.texts.text(key, measure=label, value=value)
    comparison = _comparison(ctx, measure, figure)
    if not figure.value and is_suspended(ctx, measure, year):
        key = "annual.sentence.suspended" if comparison else "annual.sentence.suspended_alone"
        stop = ctx.date(ctx.stop.effective_from)
        return ctx.texts.text(key, measure=label, stop=stop, comparison=comparison)
    key = "annual.sentence.recorded" if comparison else "annual.sentence.alone"
    return ctx.texts.text(key, measure=label, value=value, comparison=comparison)


def _comparison(ctx: ReportContext, measure: Measure, figure: YearFigure) -> str:
    parts: list[str] = []
    if figure.previous is not None and figure.previous_state == "recorded":
        parts.append(ctx.texts.text("annual.sentence.previous", value=plain_amount(ctx, measure, figure.previous)))
    elif figure.previous is not None:
        value = plain_amount(ctx, measure, figure.previous)
        parts.append(ctx.texts.text("annual.sentence.previous_partial", value=value))
    if figure.mean5 is not None and figure.min5 is not None and figure.max5 is not None:
        amounts = {
            "mean": mean_amount(ctx, measure, figure.mean5),
            "low": plain_amount(ctx, measure, figure.min5),
            "high": plain_amount(ctx, measure, figure.max5),
        }
        parts.append(
            ctx.texts.text("annual.sentence.mean_all", **amounts)
            if figure.n_years5 == _FIVE
            else ctx.texts.plural("annual.sentence.mean", figure.n_years5, **amounts)
        )
    return "; ".join(parts)


def _codes_of(ctx: ReportContext, year: int) -> set[str]:
    return {
        code
        for measure in SUMMARY_MEASURES
        for figure in [read_year_figure(ctx, measure, TOTAL, year)]
        if figure is not None and figure.state != "not_recorded"
        for code in figure.special
    }


def unusual_sentence(ctx: ReportContext, year: int) -> str:
    """Say what events made the year unlike others; empty for an ordinary year."""
    words = special_words(ctx, _codes_of(ctx, year))
    return ctx.texts.text("annual.special.sentence", year=year, parts=words) if words else ""


def special_sentence(ctx: ReportContext, year: int) -> str:
    """Say what made the year itself unlike others; empty for an ordinary year."""
    codes = _codes_of(ctx, year)
    sentences = (
        unusual_sentence(ctx, year),
        ctx.texts.text("annual.special.partial_year", year=year) if "partial_year" in codes else "",
    )
    return " ".join(sentence for sentence in sentences if sentence)


def special_words(ctx: ReportContext, codes: Collection[str]) -> str:
    """Return in words what made a year unlike others; empty where no code says so."""
    known = [code for code in ("sanctions_2014", "covid", "stop") if code in codes]
    words = [ctx.texts.text(f"annual.special.{code}", stop=ctx.date(ctx.stop.effective_from)) for code in known]
    return format_list(words, ctx.language) if words else ""


def target_sentence(ctx: ReportContext, year: int) -> str:
    """Say how many targets of the year were reached, for how many that is not known, or that none were given.

    In a year with gaps a target counts as missed for nobody: only as reached or not known.
    """
    lines = read_targets(ctx, year)
    if not lines:
        return ctx.texts.text("annual.targets.none", year=year)
    reached = sum(line.value is not None and line.value >= line.target for line in lines)
    unknown = sum(line.value is None or (line.is_partial and line.value < line.target) for line in lines)
    set_words = ctx.texts.plural(
        "annual.targets.count", len(lines), n=format_integer(len(lines), ctx.language), year=year
    )
    if len(lines) == 1:
        key = "reached" if reached else "unknown" if unknown else "missed"
        sentence = ctx.texts.text(f"annual.targets.only_{key}", set=set_words)
        share = lines[0].attainment
        if share is None or unknown or is_share_refused(lines[0]):
            return sentence
        return f"{sentence} {ctx.texts.text('annual.targets.share', share=format_percent(share, ctx.language))}"
    n_reached = format_integer(reached, ctx.language)
    sentence = ctx.texts.plural("annual.targets.reached", reached, n=n_reached, set=set_words)
    if not unknown:
        return sentence
    rest = ctx.texts.plural("annual.targets.unknown", unknown, n=format_integer(unknown, ctx.language))
    return f"{sentence} {rest}"


def is_share_refused(line: TargetLine) -> bool:
    """Tell whether a target has no percentage: fewer than five cases on both sides, or a year with gaps."""
    is_count = read_measures()[line.measure].unit != "eur"
    return line.is_partial or (is_count and max(line.value or 0, line.target) < FEW_EVENTS)
