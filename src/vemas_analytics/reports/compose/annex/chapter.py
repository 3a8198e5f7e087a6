"""The annex for analysts: which questions, in which order, and what is left out and why."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from vemas_analytics.model.document import Block, Paragraph, Section
from vemas_analytics.model.names import TOTAL
from vemas_analytics.reference.numbers import format_list
from vemas_analytics.reports.compose.annex.amounts import costs_answer, values_answer
from vemas_analytics.reports.compose.annex.carriers import carriers_answer
from vemas_analytics.reports.compose.annex.incidence import conversion_answer
from vemas_analytics.reports.compose.annex.regions import regions_answer
from vemas_analytics.reports.compose.annex.response import response_answer
from vemas_analytics.reports.compose.annex.silence import timing_answer
from vemas_analytics.reports.compose.annex.stop_special import change_points_answer, placebo_answer
from vemas_analytics.reports.compose.answers import Answer, answer_section, tell
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext
from vemas_analytics.reports.compose.data_words import recording_words

ANSWERS: Final[Mapping[str, Callable[[ReportContext], Answer | None]]] = MappingProxyType(
    {
        "placebo": placebo_answer,
        "change_points": change_points_answer,
        "regions": regions_answer,
        "conversion": conversion_answer,
        "response": response_answer,
        "values": values_answer,
        "costs": costs_answer,
        "carriers": carriers_answer,
        "timing": timing_answer,
    }
)
"""The questions of the annex in their order; each gives None where the lists do not carry an answer."""

PUBLIC: Final = ("placebo", "change_points")
"""What rests on monthly totals, shown where these are; the public edition withholds the rest."""


def annex_chapter(ctx: ReportContext) -> tuple[Section, ...]:
    """Return the sections of the annex; one honest sentence where the lists carry no answer."""
    answers = {key: ask(ctx) for key, ask in ANSWERS.items()}
    known = [answer for answer in answers.values() if answer is not None]
    heading = tell(ctx, "heading")
    left_out = _reasons(ctx, [key for key, answer in answers.items() if answer is None])
    if not known and "withheld" not in left_out:
        nothing = Paragraph(tell(ctx, "nothing", reasons=recording_words(ctx)))
        return (Section("annex", heading, (nothing,)),)
    blocks: list[Block] = [Paragraph(tell(ctx, "intro"))] if known else []
    for reason, keys in left_out.items():
        names = [tell(ctx, f"{key}.name") for key in keys]
        blocks.append(Paragraph(tell(ctx, reason, parts=format_list(names, ctx.language)), tone="muted"))
    return (
        Section("annex", heading, tuple(blocks), page_break=bool(known)),
        *(answer_section(ctx, answer) for answer in known),
    )


def _reasons(ctx: ReportContext, keys: list[str]) -> dict[str, list[str]]:
    by_month = any(ctx.finding("monthly", measure, TOTAL) is not None for measure in RATE_MEASURES)
    withheld = [key for key in keys if ctx.public and (key not in PUBLIC or not by_month)]
    missing = [key for key in keys if key not in withheld]
    return {reason: found for reason, found in (("withheld", withheld), ("missing", missing)) if found}
