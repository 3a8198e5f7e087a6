"""What was open on the eve of the stop, in words: offers, firms, value, and what became of them."""

from vemas_analytics.model.finding import Scalar
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reference.numbers import format_integer, format_keur, format_list
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.readings import OpenCases, read_open_cases, records, text, whole

OUTCOMES = (
    "won",
    "lost",
    "withdrawn",
    "suspended",
    "negotiation",
    "offered",
    "answered",
    "declined",
    "closed",
    "open",
    "unknown",
)
"""What can have become of an open case, in the order of sentences and tables."""


def eve_sentence(ctx: ReportContext, region: str = TOTAL) -> str:
    """Say what was open on the eve of the stop: offers, firms, value, and what became of them."""
    state = ctx.state("offers")
    cases = read_open_cases(ctx.finding("open_at_stop", "offers", region))
    if state == "not_recorded" or cases is None:
        is_withheld = (
            ctx.public and state != "not_recorded" and ctx.finding("open_at_stop", "offers", region) is not None
        )
        nothing = ctx.say("eve.withheld" if is_withheld else "eve.nothing")
        return " ".join(part for part in (nothing, _agreement_words(ctx, region)) if part)
    main = _open_words(ctx, cases, _outcome_words(ctx, region) if cases.n_open else "")
    return " ".join(part for part in (main, unknown_words(ctx, cases)) if part)


def _open_words(ctx: ReportContext, cases: OpenCases, outcome: str) -> str:
    return ctx.count(
        "eve.open_at_least" if ctx.state("offers") == "partial" else "eve.open",
        cases.n_open,
        firms=ctx.count("eve.firms", cases.n_firms) if cases.n_firms else "",
        value=value_words(ctx, cases),
        outcome=outcome,
    )


def unknown_words(ctx: ReportContext, cases: OpenCases) -> str:
    """Say of how many closed cases the date is missing; empty without any."""
    return ctx.count("eve.unknown", cases.n_unknown) if cases.n_unknown else ""


def eve_lead(ctx: ReportContext) -> tuple[str, str]:
    """Return what was open on the eve as a message of two lines, and what to add under it."""
    cases = read_open_cases(ctx.finding("open_at_stop", "offers", TOTAL))
    if ctx.state("offers") == "not_recorded" or cases is None:
        return eve_sentence(ctx), ""
    return _open_words(ctx, cases, ""), unknown_words(ctx, cases)


def value_words(ctx: ReportContext, cases: OpenCases) -> str:
    """Return the value of open cases as a sentence goes on, saying of how many it is known; empty without any."""
    if cases.value_eur is None or not cases.n_value_known:
        return ""
    value = ctx.say("keur", amount=format_keur(cases.value_eur, ctx.language))
    if cases.n_value_known == cases.n_open:
        return ctx.say("eve.value", value=value)
    known = format_integer(cases.n_value_known, ctx.language)
    return ctx.say("eve.value_known", value=value, known=known, n=format_integer(cases.n_open, ctx.language))


def _outcome_words(ctx: ReportContext, region: str) -> str:
    parts = [
        ctx.say(
            "eve.outcome_part",
            n=format_integer(whole(row["n"]) or 0, ctx.language),
            outcome=ctx.say(f"outcome.{text(row['outcome'])}"),
        )
        for row in sort_outcomes(list(records(ctx.finding("open_outcome", "offers", region))))
        if whole(row["n"])
    ]
    date = ctx.date(ctx.panel.as_of)
    return ctx.say("eve.outcome", date=date, parts=format_list(parts, ctx.language)) if parts else ""


def sort_outcomes(rows: list[dict[str, Scalar]]) -> list[dict[str, Scalar]]:
    """Return outcomes in a fixed order: decided ones first, then what is still open, unknown last."""
    rank = {outcome: position for position, outcome in enumerate(OUTCOMES)}
    return sorted(rows, key=lambda row: rank.get(text(row["outcome"]), len(rank)))


def _agreement_words(ctx: ReportContext, region: str) -> str:
    n = sum(1 for _ in records(ctx.finding("agreements", "agreements", region)))
    return ctx.count("eve.agreements", n) if n else ""
