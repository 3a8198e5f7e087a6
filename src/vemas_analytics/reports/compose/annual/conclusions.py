"""Chapter 10: what the figures show, what they do not, what to complete; all by rule, and the organisation's words."""

from collections.abc import Iterator

from vemas_analytics.model.document import Block, ListBlock, Paragraph
from vemas_analytics.model.names import MEASURES, TABLES, TOTAL, Measure
from vemas_analytics.reference.numbers import format_integer
from vemas_analytics.reports.compose.annual.economy import missing_amounts
from vemas_analytics.reports.compose.annual.effects import cohort_sentences
from vemas_analytics.reports.compose.annual.readings import YearFigure, read_statement, read_targets, read_year_figure
from vemas_analytics.reports.compose.annual.targets import find_reason
from vemas_analytics.reports.compose.annual.words import is_suspended, plain_amount, target_sentence, unusual_sentence
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import FEW_EVENTS, number, records, text, whole

_SHOWN: tuple[Measure, ...] = ("inquiries", "offers", "orders", "trips", "forums")


def conclusion_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return the conclusions in three lists and, marked as such, the organisation's own words."""
    say = ctx.texts.text
    blocks: list[Block] = [Paragraph(say("annual.conclusions.rule"), tone="muted")]
    parts = {"shows": shown, "shows_not": not_shown, "complete": to_complete}
    for key, tell in parts.items():
        found = tuple(tell(ctx, year))
        blocks.append(Paragraph(say(f"annual.conclusions.{key}"), tone="message"))
        blocks.append(ListBlock(found) if found else Paragraph(say(f"annual.conclusions.{key}_none")))
    statement = read_statement(ctx, year)
    if statement.statement:
        by = say("annual.conclusions.own_by", by=statement.statement_by) if statement.statement_by else ""
        heading = f"{say('annual.conclusions.own')} {by}".strip()
        words = say("annual.conclusions.own_words", words=statement.statement)
        blocks += [Paragraph(heading, tone="message"), Paragraph(words)]
    else:
        blocks.append(Paragraph(say("annual.conclusions.own_none"), tone="muted"))
    return blocks


def shown(ctx: ReportContext, year: int) -> Iterator[str]:
    """Say where each main measure lies against the range of the five years before, then targets and cohort."""
    for measure in _SHOWN:
        figure = read_year_figure(ctx, measure, TOTAL, year)
        if figure is not None and figure.value is not None:
            yield _position(ctx, measure, figure, year)
    if ctx.findings.select("targets", baseline=str(year)):
        yield target_sentence(ctx, year)
    yield from cohort_sentences(ctx, year)


def _position(ctx: ReportContext, measure: Measure, figure: YearFigure, year: int) -> str:
    say, label, value = ctx.texts.text, ctx.measure_label(measure), figure.value or 0
    shown_value = plain_amount(ctx, measure, value)
    if figure.state != "recorded":
        key = "at_least" if value else "nothing_documented"
        return say(f"annual.conclusions.{key}", measure=label, value=shown_value)
    if not value and is_suspended(ctx, measure, year):
        return say("annual.conclusions.suspended", measure=label, stop=ctx.date(ctx.stop.effective_from))
    if figure.min5 is None or figure.max5 is None or figure.n_years5 < 2:
        return say("annual.conclusions.no_range", measure=label, value=shown_value)
    key = "below" if value < figure.min5 else "above" if value > figure.max5 else "within"
    low, high = (plain_amount(ctx, measure, bound) for bound in (figure.min5, figure.max5))
    n = format_integer(figure.n_years5, ctx.language)
    return say(f"annual.conclusions.{key}", measure=label, value=shown_value, low=low, high=high, n=n)


def not_shown(ctx: ReportContext, year: int) -> Iterator[str]:
    """Say what these figures do not tell."""
    say = ctx.texts.text
    yield say("annual.conclusions.not_cause")
    special = unusual_sentence(ctx, year)
    if special:
        yield say("annual.conclusions.not_ordinary", special=special)
    if any(ctx.state(measure) == "partial" for measure in MEASURES):
        yield say("annual.conclusions.not_partial")
    figures = {measure: read_year_figure(ctx, measure, TOTAL, year) for measure in _SHOWN}
    if any(figure is not None and figure.value and figure.value < FEW_EVENTS for figure in figures.values()):
        yield say("annual.conclusions.not_few")
    if ctx.state("orders") != "not_recorded":
        yield say("annual.conclusions.not_orders")
    if not ctx.public:
        yield say("annual.conclusions.not_economy")


def to_complete(ctx: ReportContext, year: int) -> Iterator[str]:
    """Say what is missing on file and can be completed before the next review."""
    settings, say = ctx.panel.settings, ctx.texts.text
    statement = read_statement(ctx, year)
    yield from _missing_words(ctx, year)
    undeclared = [table for table in TABLES if table in ctx.panel.coverage and not _is_confirmed(ctx, table)]
    if undeclared:
        yield say("annual.complete.coverage", tables=", ".join(ctx.say(f"table.{table}") for table in undeclared))
    targets = read_targets(ctx, year)
    if not targets:
        yield say("annual.complete.targets", year=year)
    missed = [line for line in targets if line.value is not None and line.value < line.target]
    unexplained = [
        line
        for line in missed
        if not find_reason(ctx, line.measure, line.region, year)[0] and not is_suspended(ctx, line.measure, year)
    ]
    if unexplained:
        yield ctx.texts.plural("annual.complete.reasons", len(unexplained), n=len(unexplained))
    if not settings.organisation.grant_notice:
        yield say("annual.complete.grant")
    if not settings.organisation.purpose:
        yield say("annual.complete.purpose")
    if missing_amounts(ctx, year):
        yield say("annual.complete.expenditure", year=year)
    elif not ctx.public and not statement.allocation_key:
        yield say("annual.complete.key")
    if year >= ctx.stop.effective_from.year and (ctx.stop.notified_on is None or ctx.stop.ordered_on is None):
        yield say("annual.complete.notice")
    if not statement.earlier_report:
        yield say("annual.complete.earlier")
    if statement.released_on is None:
        yield say("annual.complete.release")


def _is_confirmed(ctx: ReportContext, table: str) -> bool:
    coverage = next(item for name, item in ctx.panel.coverage.items() if name == table)
    return coverage.declared and (coverage.state == "not_recorded" or bool(coverage.confirmed_by))


def _missing_words(ctx: ReportContext, year: int) -> Iterator[str]:
    """Say what the lists themselves leave open."""
    say, n_of = ctx.texts.text, _outside_counts(ctx)
    for reason in ("region_unknown", "undated_order"):
        n = n_of.get(reason, 0)
        if n:
            yield ctx.texts.plural(f"annual.complete.{reason}", n, n=format_integer(n, ctx.language))
    controls = list(records(ctx.finding("control_totals", "controls", TOTAL)))
    differing = sum(not row["agrees"] for row in controls)
    if differing:
        yield ctx.texts.plural("annual.complete.controls", differing, n=format_integer(differing, ctx.language))
    for row in records(ctx.finding("correction_counts", "corrections", TOTAL)):
        unsigned = (whole(row["n"]) or 0) - (whole(row["n_countersigned"]) or 0)
        if unsigned:
            yield say("annual.complete.countersign", n=format_integer(unsigned, ctx.language))
    later = sum(_later(ctx, measure) for measure in ("inquiries", "offers"))
    if later and year >= ctx.stop.effective_from.year:
        yield ctx.texts.plural("annual.complete.later", later, n=format_integer(later, ctx.language))


def _later(ctx: ReportContext, measure: Measure) -> int:
    finding = ctx.finding("after_stop", measure, TOTAL)
    known = finding is not None and finding.estimate is not None and finding.estimate.value is not None
    return round(finding.estimate.value) if known and finding and finding.estimate and finding.estimate.value else 0


def _outside_counts(ctx: ReportContext) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in records(ctx.finding("outside_totals", "outside", TOTAL)):
        counts[text(row["reason"])] = counts.get(text(row["reason"]), 0) + round(number(row["n"]) or 0)
    return counts
