"""The annex and the pages of the model and of the funnel: what is shown, what is left out, and where it stands."""

import datetime as dt

import pytest
from answer_cases import compared, conversion, course, placebo, points, region
from report_cases import make_context, make_panel, phases, yearly

from vemas_analytics.charts import DRAWINGS
from vemas_analytics.model.document import ChartRef, Paragraph, TableBlock
from vemas_analytics.model.finding import ANALYST_QUESTIONS, Finding, SeriesPoint
from vemas_analytics.reports.compose.annex import annex_chapter
from vemas_analytics.reports.compose.annex.chapter import ANSWERS
from vemas_analytics.reports.compose.funnel import funnel_chapter, outcome_table
from vemas_analytics.reports.compose.method import method_chapter
from vemas_analytics.reports.compose.model_run import model_chapter

NOTHING = {"inquiries": "not_recorded", "offers": "not_recorded", "trips": "partial", "attendance": "partial"}
LANGUAGES = ("de", "en")


def some_answers():
    return (
        placebo(0.07, (0.03, 0.14)),
        points(("2022-03", 2.2, 0.3)),
        compared(region("RU-SVE", (60, 3), 1, (1, 1), p=0.001), region("RU-TA", (2, 1), 2, (1, 3))),
        conversion("before", 128, 550, 0.24, (0.2, 0.27)),
        conversion("after", 1, 9, 0.2, (0.01, 0.5)),
    )


def blocks(sections, kind):
    return [block for section in sections for block in section.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_can_be_answered_the_annex_is_one_sentence(language):
    sections = annex_chapter(make_context(panel=make_panel(NOTHING), language=language))
    assert len(sections) == 1
    assert [type(block) for block in sections[0].blocks] == [Paragraph]
    assert not sections[0].page_break
    assert model_chapter(make_context(panel=make_panel(NOTHING), language=language)) is None


def test_every_answer_has_sentence_table_meaning_assumption_and_notes():
    sections = annex_chapter(make_context(*some_answers()))
    assert [section.key for section in sections[1:]] == [
        "annex_placebo", "annex_change_points", "annex_regions", "annex_conversion",
    ]  # fmt: skip
    for section in sections[1:]:
        assert section.heading.endswith("?")
        assert isinstance(section.blocks[0], Paragraph)
        assert section.blocks[0].tone == "message"
        tables = [block for block in section.blocks if isinstance(block, TableBlock)]
        for place in ("pdf", "xlsx"):
            notes = [note for table in tables if place in table.places for note in table.notes]
            assert any(note.startswith("Lesart: ") for note in notes), section.key
            assert any(note.startswith("Voraussetzung: ") for note in notes), section.key
        in_book = [table for table in tables if "xlsx" in table.places]
        assert section.blocks[0].text in in_book[0].notes
    assert "[Anm." in " ".join(note for table in blocks(sections, TableBlock) for note in table.notes)


def test_every_picture_asked_for_can_be_drawn():
    ctx = make_context(*some_answers(), course((129, 90, 183)), yearly())
    model = model_chapter(ctx)
    refs = blocks((*annex_chapter(ctx), model), ChartRef)
    assert {ref.drawing for ref in refs} >= {
        "placebo_strip", "change_points", "rank_intervals", "tile_map", "cumulative_incidence", "counterfactual",
    }  # fmt: skip
    assert {ref.drawing for ref in refs} <= set(DRAWINGS)
    known = {item.key for item in ctx.findings}
    assert all(set(ref.finding_keys) <= known and ref.alt for ref in refs)


def test_the_public_annex_names_what_it_withholds_and_shows_no_region():
    months = Finding(
        "monthly", "inquiries", "ALL", series=(SeriesPoint(dt.date(2012, 1, 1), dt.date(2012, 2, 1), 7, True),)
    )
    sections = annex_chapter(make_context(*some_answers(), months, edition="public"))
    assert [section.key for section in sections[1:]] == ["annex_placebo", "annex_change_points"]
    withheld = sections[0].blocks[1].text
    assert withheld.startswith("In der öffentlichen Ausgabe geheim gehalten: Vergleich der Regionen, Abschlussquoten")
    shown = " ".join(cell.text for table in blocks(sections, TableBlock) for row in table.rows for cell in row)
    assert "Swerdlowsk" not in shown


def test_the_public_annex_withholds_what_rests_on_months_that_are_withheld():
    few = Finding(
        "monthly", "inquiries", "ALL", series=(SeriesPoint(dt.date(2012, 1, 1), dt.date(2012, 2, 1), 2, True),)
    )
    sections = annex_chapter(make_context(*some_answers(), few, edition="public"))
    assert [section.key for section in sections] == ["annex"]


def test_a_region_of_fewer_than_five_cases_has_no_percentage():
    sections = annex_chapter(make_context(*some_answers()))
    table = next(block for block in blocks(sections, TableBlock) if block.key == "regions_compared_inquiries_page")
    rows = {row[0].text: [cell.text for cell in row] for row in table.rows}
    assert any("%" in text for text in rows["Swerdlowsk"])
    assert not any("%" in text for text in rows["Tatarstan"])
    assert rows["Tatarstan"].count("zu wenige") == 2


def test_the_model_is_marked_as_a_calculation():
    section = model_chapter(make_context(course((129.1, 90.3, 183.2))))
    assert "Modellrechnung" in section.heading
    assert all("Modellrechnung" in ref.title for ref in blocks((section,), ChartRef))
    assert any("keine Messung" in block.text and block.tone == "warning" for block in blocks((section,), Paragraph))


def test_the_funnel_counts_by_phase_and_follows_cases_on_both_sides():
    figures = {"inquiries": (214, 288, 55, 9), "offers": (113, 156, 37, 5), "orders": (14, 42, 7, 0)}
    ctx = make_context(*(phases(measure, n=n) for measure, n in figures.items()), *some_answers())
    section = funnel_chapter(ctx)
    counts, outcomes = blocks((section,), TableBlock)
    assert [[cell.value for cell in row[1:]] for row in counts.rows] == [list(n) for n in figures.values()]
    row = [cell.text.replace("\u00a0", " ") for cell in outcomes.rows[0]]
    assert row[1:] == ["550", "128", "24 %", "20 bis 27", "9", "1", "zu wenige", "x"]
    assert section.blocks[0].text.endswith("seither: 9 Anfragen, 5 Angebote und kein Auftrag.")
    assert outcome_table(make_context()) is None


def test_what_is_still_open_has_no_share():
    table = outcome_table(make_context(*some_answers()))
    open_row = next(row for row in table.rows if row[0].text == "Anfrage: noch offen")
    assert [open_row[index].text for index in (3, 4, 7, 8)] == ["x"] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_is_explained_only_where_something_is_compared(language):
    partial = method_chapter(make_context(panel=make_panel(NOTHING), language=language))
    full = method_chapter(make_context(*some_answers(), language=language))
    assert len(full.blocks) > len(partial.blocks)
    assert not blocks((partial,), ChartRef)


def test_every_question_for_analysts_has_an_answer_in_the_annex_or_a_page_of_its_own():
    pages = {"course": "model_run", "conversion_curve": "conversion"}
    named = {
        "regions_compared": "regions", "regions_differ": "regions",
        "event_response": "response", "offer_values": "values", "unit_costs": "costs",
        "concentration": "carriers",
    }  # fmt: skip
    for question in ANALYST_QUESTIONS:
        assert pages.get(question) == "model_run" or named.get(question, pages.get(question, question)) in ANSWERS
