"""The annual review as a whole: ten chapters in a fixed order, annexes, cover."""

from collections.abc import Callable
from dataclasses import replace

from vemas_analytics.model.document import Block, Document, FactsBlock, Paragraph, Section
from vemas_analytics.model.finding import Findings
from vemas_analytics.model.names import Edition, Language
from vemas_analytics.model.panel import Panel
from vemas_analytics.model.tables import Tables
from vemas_analytics.reports.compose.annual.annexes import activity_blocks, method_blocks
from vemas_analytics.reports.compose.annual.basis import basis_blocks, grant_facts
from vemas_analytics.reports.compose.annual.comparison import comparison_blocks
from vemas_analytics.reports.compose.annual.conclusions import conclusion_blocks
from vemas_analytics.reports.compose.annual.economy import economy_blocks
from vemas_analytics.reports.compose.annual.effects import cause_blocks, outcome_blocks, output_blocks
from vemas_analytics.reports.compose.annual.recounts import year_recount
from vemas_analytics.reports.compose.annual.revisions import revision_blocks
from vemas_analytics.reports.compose.annual.sources import source_blocks, sources_sheet
from vemas_analytics.reports.compose.annual.summary import summary_blocks
from vemas_analytics.reports.compose.annual.suspension import suspension_blocks
from vemas_analytics.reports.compose.annual.targets import target_blocks
from vemas_analytics.reports.compose.context import ReportContext, build_context
from vemas_analytics.reports.compose.data_basis import data_basis_chapter
from vemas_analytics.reports.compose.frame import frame_document
from vemas_analytics.reports.compose.method import definitions_chapter

_Write = Callable[[ReportContext, int], list[Block]]


def _data_blocks(ctx: ReportContext, _: int) -> list[Block]:
    blocks = [block for block in data_basis_chapter(ctx).blocks if not isinstance(block, FactsBlock)]
    has_corrections = len(ctx.tables.corrections) > 0
    key = "corrections" if has_corrections else "no_corrections"
    return [*blocks, Paragraph(ctx.texts.text(f"annual.data.{key}"))]


_CHAPTERS: tuple[tuple[str, str, _Write], ...] = (
    ("1", "summary", summary_blocks),
    ("2", "basis", basis_blocks),
    ("3", "targets", target_blocks),
    ("4", "effects", lambda ctx, _: [Paragraph(ctx.texts.text("annual.effects.parts"))]),
    ("4.1", "outputs", output_blocks),
    ("4.2", "outcomes", outcome_blocks),
    ("4.3", "cause", cause_blocks),
    ("5", "economy", economy_blocks),
    ("6", "suspension", suspension_blocks),
    ("7", "comparison", comparison_blocks),
    ("8", "revisions", revision_blocks),
    ("9", "data", _data_blocks),
    ("10", "conclusions", conclusion_blocks),
)
"""Number, key and content of each chapter; every review has them all, so that a chapter is found where it was."""

_ANNEXES: tuple[tuple[str, str, _Write], ...] = (
    ("A", "activities", activity_blocks),
    ("B", "sources", source_blocks),
    ("C", "definitions", lambda ctx, _: list(definitions_chapter(ctx).blocks)),
    ("D", "method", method_blocks),
)
_NEW_PAGE = frozenset({"basis", "activities"})


def _sections(ctx: ReportContext, year: int) -> tuple[Section, ...]:
    chapters = [
        Section(
            f"annual_{key}",
            ctx.texts.text("annual.numbered", number=number, heading=ctx.texts.text(f"annual.chapter.{key}")),
            tuple(write(ctx, year)),
            level=number.count(".") + 1,
            page_break=key in _NEW_PAGE,
        )
        for number, key, write in _CHAPTERS
    ]
    annexes = [
        Section(
            f"annual_annex_{key}",
            ctx.texts.text("annual.annex", letter=letter, heading=ctx.texts.text(f"annual.chapter.{key}")),
            tuple(write(ctx, year)),
            page_break=key in _NEW_PAGE,
        )
        for letter, key, write in _ANNEXES
    ]
    return (*chapters, *annexes)


def compose_annual(
    findings: Findings,
    tables: Tables,
    panel: Panel,
    year: int,
    *,
    language: Language,
    edition: Edition = "intern",
) -> Document:
    """Compose the annual review of one year in one language and edition.

    Parameters
    ----------
    findings : Findings
        Of `analysis.analyse_year` for the same year.
    tables : Tables
    panel : Panel
        Its settings hold what the organisation states about the year: release, expenditure, reasons, own words.
    year : int
        Reporting year.
    language : {"de", "en"}
    edition : {"intern", "public"}

    Returns
    -------
    Document
        Always the same ten chapters and four annexes; one that lacks its data says so.
    """
    ctx = build_context(findings, tables, panel, language=language, edition=edition)
    title = ctx.texts.text("annual.title", year=year)
    document = frame_document(ctx, "annual", title, _sections(ctx, year), year_recount(year), grant_facts(ctx, year))
    sheet = sources_sheet(ctx, year)
    return document if sheet is None else replace(document, records=(*document.records, sheet))
