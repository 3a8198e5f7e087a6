"""What is answered for analysts: in the annex internally, and publicly no more than the published months tell."""

import pytest

from factories import kept, make_settings, make_tables
from vemas_analytics.analysis import analyse
from vemas_analytics.model.finding import ANALYST_QUESTIONS
from vemas_analytics.panel import build_panel
from vemas_analytics.reports import published_findings
from vemas_analytics.reports.compose.context import build_context

FROM_TOTALS = {"course", "placebo", "change_points"}


@pytest.fixture(scope="module")
def answered():
    rows = [{"received_on": f"{year}-{month:02d}-05"} for year in range(2012, 2022) for month in range(1, 13)]
    rows += [{"received_on": f"{year}-07-07", "region": "RU-TA"} for year in range(2012, 2022)]
    rows += [{"received_on": "2022-05-05", "region": "RU-SVE"}]
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01")})
    tables = make_tables(inquiries=rows, trips=[{"start_on": "2016-05-05"}])
    panel = build_panel(tables, settings)
    return analyse(tables, panel), tables, panel


def test_every_question_for_analysts_is_answered_internally(answered):
    findings, _, panel = answered
    assert set(ANALYST_QUESTIONS) <= {item.question for item in findings}
    assert published_findings(findings, panel, edition="intern") == findings


@pytest.fixture(scope="module")
def answered_large():
    rows = [
        {"received_on": f"{year}-{month:02d}-{day:02d}"}
        for year in range(2012, 2022)
        for month in range(1, 13)
        for day in (1, 2, 3, 4, 5, 24, 25, 26, 27, 28)
    ]
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2022-02-24")})
    tables = make_tables(inquiries=rows, trips=[{"start_on": "2016-05-05"}])
    panel = build_panel(tables, settings)
    return analyse(tables, panel), panel


def test_publicly_nothing_at_months_where_one_has_a_small_count(answered):
    findings, _, panel = answered
    public = published_findings(findings, panel, edition="public")
    shown = {item.question for item in public if item.measure == "inquiries"}
    assert not shown & {"monthly", "placebo", "change_points", "stop_sensitivity"}
    assert shown >= {"phases", "yearly"}


def test_publicly_only_what_rests_on_published_months_of_the_total_is_shown(answered_large):
    findings, panel = answered_large
    public = published_findings(findings, panel, edition="public")
    shown = [item for item in public if item.question in ANALYST_QUESTIONS]
    assert {item.question for item in shown} <= FROM_TOTALS
    assert {item.region for item in shown} == {"ALL"}
    assert not any(item.sources for item in shown)
    assert shown
    months = public.get("monthly", "inquiries", "ALL").series
    assert sum(point.value or 0 for point in months) == 1200


def test_reservations_of_what_the_annex_shows_are_notes(answered):
    findings, tables, panel = answered
    context = build_context(findings, tables, panel, language="de", edition="intern")
    assert {"trend_extrapolated", "many_regions_adjusted"} <= set(context.note_numbers)


def test_reservations_of_what_no_page_shows_are_no_notes(answered):
    findings, tables, panel = answered
    public = build_context(findings, tables, panel, language="de", edition="public")
    assert not {"many_regions_adjusted", "followed_until_stop", "names_as_written"} & set(public.note_numbers)
    intern = build_context(findings, tables, panel, language="de", edition="intern")
    assert "costs_incomplete" in {code for item in findings for code in item.caveats}
    assert "costs_incomplete" not in intern.note_numbers
