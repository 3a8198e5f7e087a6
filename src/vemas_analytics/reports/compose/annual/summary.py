"""Chapter 1: the year in a few sentences and one table."""

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
    sentences = [year_sentence(ctx, measure, year) for measure in known]
    if year >= ctx.stop.effective_from.year:
        sentences.insert(0, stop_sentence(ctx))
    if not known_in_year(ctx, year):
        nothing = ctx.texts.text("annual.sentence.nothing", year=year, lists=coverage_words(ctx, TABLES))
        return [ListBlock((*sentences, nothing, target_sentence(ctx, year)))]
    sentences += [special_sentence(ctx, year), target_sentence(ctx, year), data_sentence(ctx)]
    return [ListBlock(tuple(sentence for sentence in sentences if sentence)), year_table(ctx, year)]
