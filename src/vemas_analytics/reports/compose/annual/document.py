"""The annual review of programme results, in the chapters of a success control under budget law."""

from collections.abc import Callable

from vemas_analytics.model.document import Block, ChartRef, Document, FactsBlock, ListBlock, Paragraph, Section
from vemas_analytics.model.finding import Findings
from vemas_analytics.model.names import TABLES, TOTAL, Edition, Language, Measure
from vemas_analytics.model.panel import Panel
from vemas_analytics.model.tables import Tables
from vemas_analytics.reports.compose.activities import activity_tables
from vemas_analytics.reports.compose.annual.readings import read_year_figure
from vemas_analytics.reports.compose.annual.tables import (
    MONTHLY,
    known_in_year,
    month_table,
    tables_of,
    target_table,
    year_table,
)
from vemas_analytics.reports.compose.annual.words import (
    SUMMARY_MEASURES,
    is_suspended,
    special_sentence,
    target_sentence,
    year_sentence,
)
from vemas_analytics.reports.compose.chart_refs import chart_ref
from vemas_analytics.reports.compose.context import ReportContext, build_context
from vemas_analytics.reports.compose.data_basis import data_basis_chapter, stop_facts
from vemas_analytics.reports.compose.data_words import coverage_words, data_sentence
from vemas_analytics.reports.compose.eve import CASE_MEASURES, open_table, outcome_table
from vemas_analytics.reports.compose.frame import frame_document
from vemas_analytics.reports.compose.method import definitions_chapter, limits_chapter
from vemas_analytics.reports.compose.organisers import held
from vemas_analytics.reports.compose.readings import read_activities
from vemas_analytics.reports.compose.sentences import eve_sentence, stop_sentence

_OUTPUTS: tuple[Measure, ...] = ("trips", "trip_companies", "forums", "forum_attendance")
_OUTCOMES: tuple[Measure, ...] = ("inquiries", "offers", "offer_value_eur", "orders", "order_value_eur")


def month_chart(ctx: ReportContext, measure: Measure, year: int) -> ChartRef | None:
    """Return the months of the year against the year before and the mean of five."""
    finding = ctx.finding("annual_months", measure, TOTAL, str(year))
    figure = read_year_figure(ctx, measure, TOTAL, year)
    is_empty = figure is not None and not figure.value and is_suspended(ctx, measure, year)
    if finding is None or is_empty or month_table(ctx, measure, year) is None:
        return None
    return chart_ref(
        ctx,
        f"annual_months_{measure}",
        "annual_months",
        [finding],
        title=ctx.texts.text("annual.table.months", measure=ctx.measure_label(measure), year=year),
        message=year_sentence(ctx, measure, year),
        height_mm=48,
    )


def _summary(ctx: ReportContext, year: int) -> list[Block]:
    known = [measure for measure in SUMMARY_MEASURES if measure in known_in_year(ctx, year)]
    sentences = [year_sentence(ctx, measure, year) for measure in known]
    if year >= ctx.stop.effective_from.year:
        sentences.insert(0, stop_sentence(ctx))
    if not known_in_year(ctx, year):
        nothing = ctx.texts.text("annual.sentence.nothing", year=year, lists=coverage_words(ctx, TABLES))
        return [ListBlock((*sentences, nothing, target_sentence(ctx, year)))]
    sentences += [special_sentence(ctx, year), target_sentence(ctx, year), data_sentence(ctx)]
    return [ListBlock(tuple(sentence for sentence in sentences if sentence)), year_table(ctx, year)]


def _basis(ctx: ReportContext, year: int) -> list[Block]:
    organisation = ctx.panel.settings.organisation
    unknown = ctx.say("stop.not_stated")
    facts = (
        (ctx.texts.text("annual.basis.notice"), organisation.grant_notice or unknown),
        (ctx.texts.text("annual.basis.reference"), organisation.reference_number or unknown),
        (ctx.texts.text("annual.basis.period"), str(year)),
    )
    keys = ("purpose", "indicators", "delimitation")
    return [FactsBlock(facts), *(Paragraph(ctx.texts.text(f"annual.basis.{key}")) for key in keys)]


def _targets(ctx: ReportContext, year: int) -> list[Block]:
    table = target_table(ctx, year)
    blocks: list[Block] = [Paragraph(target_sentence(ctx, year), tone="message")]
    if table is None:
        return blocks
    if year == ctx.stop.effective_from.year:
        reason = ctx.texts.text("annual.targets.reason_stop", stop=ctx.date(ctx.stop.effective_from))
        return [*blocks, table, Paragraph(reason)]
    return [*blocks, table]


def _effects(ctx: ReportContext, year: int) -> list[Block]:
    known = known_in_year(ctx, year)
    if not known:
        return []
    blocks: list[Block] = [Paragraph(ctx.texts.text("annual.effects.outputs"), tone="message")]
    blocks += tables_of([m for m in _OUTPUTS if m in known], ctx, year)
    outcomes = [m for m in _OUTCOMES if m in known]
    blocks.append(
        Paragraph(
            ctx.texts.text("annual.effects.outcomes" if outcomes else "annual.effects.no_outcomes"), tone="message"
        )
    )
    for measure in outcomes:
        blocks += tables_of([measure], ctx, year)
    blocks.append(Paragraph(ctx.texts.text("annual.effects.cause")))
    blocks.append(Paragraph(ctx.texts.text("annual.effects.further"), tone="muted"))
    return blocks


def _suspension(ctx: ReportContext, year: int) -> list[Block]:
    if year < ctx.stop.effective_from.year:
        return []
    blocks: list[Block] = [Paragraph(stop_sentence(ctx), tone="message"), stop_facts(ctx), Paragraph(eve_sentence(ctx))]
    for measure in CASE_MEASURES:
        tables = (open_table(ctx, measure), outcome_table(ctx, measure))
        blocks += [table for table in tables if table is not None]
    return [*blocks, Paragraph(_later_words(ctx))]


def _later_words(ctx: ReportContext) -> str:
    """Say how many records are dated after the stop, whatever the year."""
    counts = []
    for measure in ("inquiries", "offers", "trips", "forums"):
        finding = ctx.finding("after_stop", measure, TOTAL)
        if finding is not None and finding.estimate is not None and finding.estimate.value is not None:
            counts.append(f"{ctx.measure_short(measure)} {round(finding.estimate.value)}")
    key = "annual.suspension.later" if counts else "annual.suspension.later_unknown"
    return ctx.texts.text(key, counts=", ".join(counts), date=ctx.date(ctx.panel.as_of))


def _comparison(ctx: ReportContext, year: int) -> list[Block]:
    if not known_in_year(ctx, year):
        return []
    blocks: list[Block] = [Paragraph(ctx.texts.text("annual.comparison.reading", first=year - 5, last=year - 1))]
    special = special_sentence(ctx, year)
    if special:
        blocks.append(Paragraph(special, tone="warning"))
    charts = (month_chart(ctx, m, year) for m in MONTHLY)
    return [*blocks, *(chart for chart in charts if chart is not None)]


def _activity_list(ctx: ReportContext, year: int) -> list[Block]:
    activities = read_activities(ctx.finding("annual_activities", "activities", TOTAL, str(year)))
    if not activities:
        return [Paragraph(ctx.texts.text("annual.activities.none", year=year))]
    n = len(held(activities))
    return [
        Paragraph(ctx.texts.plural("annual.activities.sentence", n, n=n, year=year), tone="message"),
        *activity_tables(
            ctx,
            activities,
            key="annual_activities",
            title=ctx.texts.text("annual.activities.title", year=year),
            sheet_title=ctx.say("sheet.activities"),
        ),
    ]


_NEW_PAGE = frozenset({"basis"})

_CHAPTERS: tuple[tuple[str, Callable[[ReportContext, int], list[Block]]], ...] = (
    ("summary", _summary),
    ("basis", _basis),
    ("targets", _targets),
    ("effects", _effects),
    ("suspension", _suspension),
    ("comparison", _comparison),
)


def _sections(ctx: ReportContext, year: int) -> tuple[Section, ...]:
    """Return the chapters numbered as they stand; those without content are left out."""
    found = [(key, blocks) for key, write in _CHAPTERS if (blocks := write(ctx, year))]
    data = data_basis_chapter(ctx)
    limits = limits_chapter(ctx)
    found.append(("data", list(data.blocks)))
    found.append(("conclusions", list(limits.blocks)))
    sections = [
        Section(
            f"annual_{key}",
            ctx.texts.text("annual.numbered", number=number, heading=ctx.texts.text(f"annual.chapter.{key}")),
            tuple(blocks),
            page_break=key in _NEW_PAGE,
        )
        for number, (key, blocks) in enumerate(found, start=1)
    ]
    annex = Section(
        "annual_annex_activities",
        ctx.texts.text("annual.annex", letter="A", heading=ctx.texts.text("annual.chapter.activities")),
        tuple(_activity_list(ctx, year)),
    )
    definitions = definitions_chapter(ctx)
    return (
        *sections,
        annex,
        Section(
            definitions.key,
            ctx.texts.text("annual.annex", letter="B", heading=definitions.heading),
            definitions.blocks,
        ),
    )


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
    year : int
        Reporting year.
    language : {"de", "en"}
    edition : {"intern", "public"}

    Returns
    -------
    Document
        Chapters numbered as they stand; those that need what is not recorded or not yet worked out are left out.
    """
    ctx = build_context(findings, tables, panel, language=language, edition=edition)
    organisation = panel.settings.organisation
    cover = (
        (ctx.texts.text("annual.basis.period"), str(year)),
        (ctx.texts.text("annual.basis.notice"), organisation.grant_notice),
        (ctx.texts.text("annual.basis.reference"), organisation.reference_number),
    )
    title = ctx.texts.text("annual.title", year=year)
    return frame_document(
        ctx, "annual", title, _sections(ctx, year), tuple((label, value) for label, value in cover if value)
    )
