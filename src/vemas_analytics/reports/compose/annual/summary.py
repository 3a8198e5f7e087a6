"""Chapter 1: the year in a few sentences and one table."""

from collections.abc import Iterable

from vemas_analytics.model.document import Block, ListBlock
from vemas_analytics.model.names import TABLES
from vemas_analytics.reports.compose.annual.tables import known_in_year, year_table
from vemas_analytics.reports.compose.annual.words import (
    SUMMARY_MEASURES,
    special_sentence,
    target_sentence,
    year_sentence,
)
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.data_words import coverage_words, data_sentence
from vemas_analytics.reports.compose.sentences import stop_sentence


def summary_blocks(ctx: ReportContext, year: int) -> list[Block]:
    """Return the sentences of the year and the table of its measures."""
    known = [measure for measure in SUMMARY_MEASURES if measure in known_in_year(ctx, year)]
    sentences = [(year_sentence(ctx, measure, year), "") for measure in known]
    if sentences:
        sentences[-1] = (sentences[-1][0], "annual_comparison")
    if year >= ctx.stop.effective_from.year:
        sentences.insert(0, (stop_sentence(ctx), "annual_suspension"))
    target = (target_sentence(ctx, year), "annual_targets")
    if not known_in_year(ctx, year):
        nothing = ctx.texts.text("annual.sentence.nothing", year=year, lists=coverage_words(ctx, TABLES))
        return [_list((*sentences, (nothing, "annual_data"), target))]
    sentences += [(special_sentence(ctx, year), ""), target, (data_sentence(ctx), "annual_data")]
    return [_list(sentences), year_table(ctx, year)]


def _list(sentences: Iterable[tuple[str, str]]) -> ListBlock:
    """Return sentences, each with the chapter that says more; empty ones are left out."""
    kept = [(sentence, see) for sentence, see in sentences if sentence]
    return ListBlock(tuple(sentence for sentence, _ in kept), see=tuple(see for _, see in kept))
