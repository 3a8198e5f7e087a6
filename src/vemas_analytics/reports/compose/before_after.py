"""The main report: what happened, region by region, before and after the stop."""

from collections.abc import Sequence
from dataclasses import replace

from vemas_analytics.model.document import Document, Section
from vemas_analytics.model.finding import Findings
from vemas_analytics.model.names import Edition, Language
from vemas_analytics.model.panel import Panel
from vemas_analytics.model.tables import Tables
from vemas_analytics.reports.compose.activities import activities_chapter
from vemas_analytics.reports.compose.annex import annex_chapter
from vemas_analytics.reports.compose.change import change_chapter
from vemas_analytics.reports.compose.context import RATE_MEASURES, ReportContext, build_context
from vemas_analytics.reports.compose.course import course_chapter
from vemas_analytics.reports.compose.data_basis import data_basis_chapter
from vemas_analytics.reports.compose.details import confidential_chapter, details_chapter
from vemas_analytics.reports.compose.eve import eve_chapter
from vemas_analytics.reports.compose.frame import frame_document
from vemas_analytics.reports.compose.funnel import funnel_chapter
from vemas_analytics.reports.compose.method import definitions_chapter, limits_chapter, method_chapter
from vemas_analytics.reports.compose.model_run import model_chapter
from vemas_analytics.reports.compose.overview import overview
from vemas_analytics.reports.compose.page_one import page_one
from vemas_analytics.reports.compose.reconciliation import MAIN_RECOUNT
from vemas_analytics.reports.compose.region_page import region_pages, regions_with_page
from vemas_analytics.reports.compose.region_tables import region_sheets


def report_years(ctx: ReportContext) -> str:
    """Return the years the report covers, such as ``2012–2024``: first coverage to reference date."""
    starts = [item.start.year for item in ctx.panel.coverage.values() if item.start is not None]
    first, last = min(starts, default=ctx.panel.as_of.year), ctx.panel.as_of.year
    return str(last) if first >= last else f"{first}–{last}"


def _chapters(ctx: ReportContext, title: str, regions: Sequence[str] | None) -> tuple[Section, ...]:
    has_cases = any(ctx.state(measure) != "not_recorded" for measure in RATE_MEASURES)
    activities, funnel, model = activities_chapter(ctx), funnel_chapter(ctx), model_chapter(ctx)
    regions_overview = overview(ctx)
    # with little to say, chapters share pages
    is_full = not ctx.public and ctx.state(ctx.lead_measure) == "recorded"
    short = {"change", "eve", "funnel", "course"} if not is_full else set()
    sections = (
        page_one(ctx, title),
        replace(
            regions_overview, blocks=(*regions_overview.blocks, *region_sheets(ctx, regions_with_page(ctx, regions)))
        ),
        change_chapter(ctx),
        *((eve_chapter(ctx),) if has_cases else ()),
        *(section for section in (funnel, activities, course_chapter(ctx), model) if section is not None),
        *region_pages(ctx, regions),
        data_basis_chapter(ctx),
        limits_chapter(ctx),
        method_chapter(ctx),
        definitions_chapter(ctx),
        *(section for section in (details_chapter(ctx), confidential_chapter(ctx)) if section is not None),
        *annex_chapter(ctx),
    )
    return tuple(replace(section, page_break=False) if section.key in short else section for section in sections)


def compose_before_after(
    findings: Findings,
    tables: Tables,
    panel: Panel,
    *,
    language: Language,
    edition: Edition = "intern",
    regions: Sequence[str] | None = None,
) -> Document:
    """Compose the main report in one language and edition.

    Parameters
    ----------
    findings : Findings
        All findings of the run; what the public edition must not show is withheld here.
    tables : Tables
        For the records sheets of the internal workbook.
    panel : Panel
        Coverage, phases, reference date and settings.
    language : {"de", "en"}
    edition : {"intern", "public"}
    regions : sequence of str, optional
        Region codes that get a page; without it the partner regions with data and the larger regions.

    Returns
    -------
    Document
        Page 1 is the first section.
    """
    ctx = build_context(findings, tables, panel, language=language, edition=edition)
    title = ctx.say("title", years=report_years(ctx))
    return frame_document(ctx, "before-after", title, _chapters(ctx, title, regions), MAIN_RECOUNT)
