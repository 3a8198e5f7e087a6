"""What is answered for analysts stays out of the public edition and out of the notes of a report."""

from factories import kept, make_settings, make_tables
from vemas_analytics.analysis import analyse
from vemas_analytics.model.finding import ANALYST_QUESTIONS
from vemas_analytics.panel import build_panel
from vemas_analytics.reports import published_findings
from vemas_analytics.reports.compose.context import build_context


def some_tables():
    rows = [{"received_on": f"{year}-{month:02d}-05"} for year in range(2012, 2022) for month in range(1, 13)]
    rows += [{"received_on": f"{year}-07-07", "region": "RU-TA"} for year in range(2012, 2022)]
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01")})
    tables = make_tables(inquiries=rows, trips=[{"start_on": "2016-05-05"}])
    return tables, build_panel(tables, settings)


def test_every_question_for_analysts_is_answered_internally_and_withheld_publicly():
    tables, panel = some_tables()
    findings = analyse(tables, panel)
    assert set(ANALYST_QUESTIONS) <= {item.question for item in findings}
    public = published_findings(findings, panel, edition="public")
    assert not set(ANALYST_QUESTIONS) & {item.question for item in public}
    assert published_findings(findings, panel, edition="intern") == findings


def test_their_reservations_are_no_notes_of_the_report():
    tables, panel = some_tables()
    findings = analyse(tables, panel)
    context = build_context(findings, tables, panel, language="de", edition="intern")
    assert "trend_extrapolated" in {code for item in findings for code in item.caveats}
    assert not {"trend_extrapolated", "many_regions_adjusted", "association_only"} & set(context.note_numbers)
