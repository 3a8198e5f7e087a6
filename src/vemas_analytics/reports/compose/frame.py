"""What every report carries around its chapters: title lines, banner, cover, notes, symbols, glossary, records."""

from typing import Literal

from vemas_analytics.model.document import Document, Section
from vemas_analytics.reports.compose.context import ReportContext
from vemas_analytics.reports.compose.method import caveat_notes, glossary
from vemas_analytics.reports.compose.reconciliation import Recount, reconciliation, small_regions
from vemas_analytics.reports.compose.records import all_records
from vemas_analytics.reports.compose.symbols import symbol_legend


def frame_document(
    ctx: ReportContext,
    kind: Literal["before-after", "annual"],
    title: str,
    sections: tuple[Section, ...],
    recount: Recount,
    cover: tuple[tuple[str, str], ...] = (),
) -> Document:
    """Return the document around its sections; ``cover`` pairs come after those every report has.

    ``recount`` says which of its figures the workbook counts again.
    """
    settings = ctx.panel.settings
    organisation = settings.organisation
    records = all_records(ctx, small_regions(ctx) if kind == "before-after" else frozenset())
    parts = [
        organisation.name,
        ctx.say("subtitle.as_of", date=ctx.date(ctx.panel.as_of)),
        ctx.say("subtitle.edition", edition=ctx.say(f"edition.{ctx.edition}")),
        _banner(ctx),
    ]
    return Document(
        kind=kind,
        language=ctx.language,
        edition=ctx.edition,
        title=title,
        subtitle=" · ".join(part for part in parts if part),
        banner=_banner(ctx),
        organisation=organisation.name,
        as_of=ctx.panel.as_of,
        sections=sections,
        cover=(*_cover(ctx, kind), *cover),
        cover_see=((ctx.say("cover.sources"), "data_basis" if kind == "before-after" else "annual_data"),),
        notes=caveat_notes(ctx),
        symbols=symbol_legend(ctx.texts, of_years=kind == "annual"),
        glossary=glossary(ctx.texts, is_annual=kind == "annual"),
        records=tuple(item.sheet for item in records),
        accent=settings.report.accent,
        logo=settings.base / settings.report.logo if settings.base is not None and settings.report.logo else None,
        reconciliation=reconciliation(ctx, sections, records, recount),
    )


def _banner(ctx: ReportContext) -> str:
    return ctx.say("banner") if ctx.panel.settings.organisation.synthetic else ""


def _cover(ctx: ReportContext, kind: str) -> tuple[tuple[str, str], ...]:
    organisation = ctx.panel.settings.organisation
    pairs = (
        (ctx.say("cover.organisation"), organisation.name),
        (
            ctx.say("cover.what"),
            ctx.texts.text("annual.cover_what") if kind == "annual" else ctx.say("cover.what_text"),
        ),
        (ctx.say("cover.as_of"), ctx.date(ctx.panel.as_of)),
        (ctx.say("cover.stop"), ctx.date(ctx.stop.effective_from)),
        (ctx.say("cover.edition"), ctx.say(f"edition.{ctx.edition}")),
        (ctx.say("cover.sources"), _sources(ctx)),
        (ctx.say("cover.contact"), organisation.contact),
    )
    return tuple((label, value) for label, value in pairs if value)


def _sources(ctx: ReportContext) -> str:
    n = len(ctx.tables.inputs)
    return ctx.count("cover.sources_text", n) if n else ""
