"""Chapters of the annual review: targets and reasons, costs, suspension, revisions, conclusions, evidence."""

import datetime as dt
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from report_cases import make_panel

from factories import make_tables
from vemas_analytics.analysis import analyse_year
from vemas_analytics.errors import ConfigError
from vemas_analytics.model.document import ListBlock, Paragraph, TableBlock
from vemas_analytics.model.finding import DataTable, Finding, Findings
from vemas_analytics.model.names import MEASURES
from vemas_analytics.model.settings import AnnualStatement, Deviation, Expenditure
from vemas_analytics.panel import build_panel
from vemas_analytics.pipeline import load
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reports import compose_annual, read_earlier_report, write_findings
from vemas_analytics.reports.compose.annual.sources import row_spans
from vemas_analytics.reports.workbook import check_workbook, write_workbook

ROOT = Path(__file__).parents[2]


def stated(**fields):
    panel = make_panel()
    return replace(panel, settings=replace(panel.settings, **fields))


def compose(*findings, of=2022, language="de", edition="intern", **fields):
    return compose_annual(
        Findings(tuple(findings)), make_tables(), stated(**fields), of, language=language, edition=edition
    )


def section(document, number):
    return next(item for item in document.sections if item.heading.startswith(f"{number} "))


def words(document, number):
    found = []
    for block in section(document, number).blocks:
        found += [block.text] if isinstance(block, Paragraph) else list(getattr(block, "items", ()))
    return found


def table(document, key):
    return next(b for s in document.sections for b in s.blocks if isinstance(b, TableBlock) and b.key == key)


def target(measure, goal, value, *, caveats=(), source="Bescheid vom 01.02.2022"):
    share = None if value is None else value / goal
    columns = ("target", "value", "attainment", "source")
    rows = ((float(goal), value, share, source),)
    return Finding("targets", measure, "ALL", baseline="2022", caveats=caveats, table=DataTable(columns, rows))


def test_targets_have_a_reason_from_the_settings_from_the_stop_or_none():
    document = compose(
        target("inquiries", 50, 6),
        target("offers", 25, 2),
        target("trips", 5, 0),
        target("forums", 2, 0),
        deviations=(Deviation("inquiries", 2022, "nicht mehr eingeworben", source="Sachbericht"),),
    )
    attained = [row[4].text for row in table(document, "annual_targets").rows]
    assert attained == ["12\u00a0%", "8\u00a0%", "0\u00a0%", "x"]
    reasons = [[cell.text for cell in row[2:]] for row in table(document, "annual_reasons").rows]
    assert reasons[0] == ["44 unter Soll", "nicht mehr eingeworben", "Sachbericht"]
    assert reasons[1] == ["23 unter Soll", "kein Grund angegeben", "nicht angegeben"]
    assert reasons[2][1].startswith("Zusammenarbeit seit dem 24.02.2022 ausgesetzt")
    # Only what neither the settings nor the suspension explain is to be completed.
    assert "Den Grund für ein verfehltes Ziel angeben." in words(document, 10)


def test_a_target_in_a_year_with_gaps_is_not_called_missed():
    document = compose(target("inquiries", 50, 6, caveats=("coverage_partial",)))
    assert words(document, 3)[0] == "Für 2022 ist ein Ziel vorgegeben; ob es erreicht wurde, ist nicht erfasst."
    row = table(document, "annual_targets").rows[0]
    assert (row[3].text, row[4].text) == ("≥\u00a06", "x")


COST_COLUMNS = (
    "year", "state", "n_trips", "n_cost_known", "cost_eur", "n_met", "n_contacts", "cost_met_eur", "n_firms",
    "n_inquiries", "n_orders", "programme_eur", "contributions_eur", "cancellation_eur", "wind_down_eur",
)  # fmt: skip


def costs(programme=None, orders=6):
    rows = (
        (2021, "recorded", 0, 0, None, 0, 0, None, 4, 30, 2, None, None, None, None),
        (2022, "recorded", 3, 2, 900.0, 1, 4, 600.0, 8, 20, orders, programme, None, None, None),
    )
    return Finding("annual_costs", "trips", "ALL", "sum", baseline="2022", table=DataTable(COST_COLUMNS, rows))


def unit_rows(document):
    return [[cell.text for cell in row[1:]] for row in table(document, "annual_unit_costs").rows]


def test_without_a_key_expenditure_is_not_allocated():
    rows = unit_rows(compose(costs(programme=1000.0)))
    assert rows[0] == ["900", "2", "450", "Kosten laut Reiseliste, Reisen mit Kostenangabe"]
    assert rows[1][:3] == ["600", "4", "150"]
    assert rows[3] == ["1.000", "20", "nicht ermittelbar", "kein Zuordnungsschlüssel angegeben"]


def test_with_a_key_it_is_divided_from_five_cases_on():
    document = compose(costs(programme=1000.0, orders=3), annual=(AnnualStatement(2022, allocation_key="Stunden"),))
    rows = unit_rows(document)
    assert rows[3][:3] == ["1.000", "20", "50"]
    assert rows[4][2:] == ["nicht ermittelbar", "weniger als fünf Fälle"]
    assert "Zuordnungsschlüssel laut Herausgeber: Stunden" in words(document, 5)
    assert words(document, 5)[0] == (
        "Eigene Ausgaben 2022: 1.000 €. Beiträge der Unternehmen sind nicht angegeben. Kosten der Reisen laut Liste: "
        "900 €, angegeben bei 2 von 3 durchgeführten Reisen."
    )


def test_costs_of_the_suspension_are_stated_or_said_to_be_missing():
    spent = (Expenditure(2022, "cancellation", 7850.0, source="Rechnung"),)
    facts = dict(
        item for block in section(compose(expenditure=spent), 6).blocks for item in getattr(block, "items", ())
    )
    assert facts["Stornierung"] == "7.850 €, angegeben bis einschließlich 2022; Beleg: Rechnung"
    assert facts["Abwicklung"] == "nicht angegeben"


REVISION_COLUMNS = (
    "measure", "region", "year", "old", "old_state", "new", "new_state", "reason", "n_corrections", "detail",
)  # fmt: skip


def test_revisions_are_listed_with_old_new_and_reason():
    rows = (
        ("inquiries", "ALL", 2021, 30.0, "recorded", 33, "recorded", "correction", 2, "Tippfehler"),
        ("offers", "ALL", 2021, 5.0, "recorded", 6, "recorded", "not_stated", 0, ""),
    )
    found = Finding(
        "revisions", "figures", "ALL", baseline="2022", n_before=40, n_after=2, table=DataTable(REVISION_COLUMNS, rows)
    )
    given = (AnnualStatement(2022, earlier_report="2021/findings.json"),)
    document = compose(found, annual=given)
    assert words(document, 8) == [
        "Verglichen mit dem Vorbericht (2021/findings.json): 40 Jahreswerte geprüft, 2 weichen ab."
    ]
    cells = [[cell.text for cell in row] for row in table(document, "annual_revisions").rows]
    assert cells[0] == ["Anfragen", "Gesamt", "2021", "30", "33", "Berichtigung von 2 Zellen: Tippfehler"]
    assert cells[1][-1] == "kein Grund hinterlegt; Listen seit dem Vorbericht geändert"
    assert "einzeln ausgewiesen" in words(compose(found, annual=given, edition="public"), 8)[0]


def test_without_an_earlier_report_the_chapter_says_so():
    assert words(compose(), 8)[0].startswith("Ein Vorbericht zum Vergleich ist nicht angegeben")


def test_own_words_are_marked_and_the_release_stands_on_the_cover():
    said = AnnualStatement(
        2022,
        version="1.0",
        released_on=dt.date(2023, 5, 4),
        released_by="Vorstand",
        statement="Wir.",
        statement_by="AB",
    )
    document = compose(annual=(said,))
    assert words(document, 10)[-2:] == ["Stellungnahme des Herausgebers im eigenen Wortlaut – AB", "„Wir.“"]
    cover = dict(document.cover)
    assert (cover["Fassung"], cover["Freigabe"]) == ("1.0", "freigegeben am 04.05.2023 durch Vorstand")
    assert dict(compose().cover)["Freigabe"] == "Entwurf, nicht freigegeben"


@pytest.mark.parametrize(
    ("rows", "spans"), [((5, 6, 7, 9), ["5–7", "9"]), ((), []), ((3,), ["3"]), ((1, 3, 4), ["1", "3–4"])]
)
def test_rows_as_spans(rows, spans):
    assert row_spans(rows) == spans


@pytest.fixture(scope="module")
def demo():
    settings, tables = load([ROOT / "data" / "demo"])
    panel = build_panel(tables, settings)
    return tables, panel, {year: analyse_year(tables, panel, year) for year in (2019, 2022)}


@pytest.mark.parametrize("year", [2019, 2022])
def test_the_lines_of_the_evidence_give_the_figures(demo, year):
    tables, panel, findings = demo
    document = compose_annual(findings[year], tables, panel, year, language="de")
    sheet = next(item for item in document.records if item.key == "annual_sources")
    counted, summed = defaultdict(int), defaultdict(float)
    for label, region, item, amount, file, _, row in sheet.rows:
        assert file.text
        assert row.value > 0
        counted[label.text, region.text, item.text] += 1
        summed[label.text, region.text, item.text] += amount.value or 0
    measures = read_measures()
    n = 0
    for measure in MEASURES:
        for finding in findings[year].select("annual_years", measure):
            for record in finding.table.records():
                key = (measures[measure].label["de"], "Gesamt", str(record["year"]))
                if record["value"] is not None:
                    n += 1
                    assert summed[key] == pytest.approx(record["value"]), (measure, record["year"])
    assert n > 40


@pytest.mark.parametrize(("language", "edition"), [("de", "intern"), ("en", "intern"), ("de", "public")])
def test_the_workbook_keeps_the_checklist(demo, tmp_path, language, edition):
    tables, panel, findings = demo
    path = tmp_path / "annual.xlsx"
    document = compose_annual(findings[2022], tables, panel, 2022, language=language, edition=edition)
    write_workbook(document, path)
    assert not check_workbook(path)
    assert any(sheet.key == "annual_sources" for sheet in document.records) == (edition == "intern")


def test_the_public_edition_withholds_costs_cohorts_and_places(demo):
    tables, panel, findings = demo
    document = compose_annual(findings[2022], tables, panel, 2022, language="de", edition="public")
    keys = {block.key for item in document.sections for block in item.blocks if isinstance(block, TableBlock)}
    assert not keys & {
        "annual_amounts", "annual_unit_costs", "annual_cohort_inquiries", "annual_cohort_offers", "annual_firms",
        "annual_abroad", "annual_later", "annual_source_rows", "annual_revisions",
    }  # fmt: skip
    text = " ".join(
        item
        for chapter in document.sections
        for block in chapter.blocks
        for item in (
            [block.text] if isinstance(block, Paragraph) else block.items if isinstance(block, ListBlock) else []
        )
    )
    assert "41.300" not in text
    assert "7.850" not in text


def test_an_earlier_findings_file_is_read_again(demo, tmp_path):
    _, _, findings = demo
    path = tmp_path / "findings.json"
    write_findings(findings[2019], path)
    report = read_earlier_report(path, "alt.json")
    yearly = findings[2019].get("yearly", "inquiries", "ALL")
    for row in yearly.table.records():
        assert report.figures["inquiries", "ALL", row["year"]].value == row["n"]


@pytest.mark.parametrize("content", ["", "{}", "[]", json.dumps({"schema": "other", "findings": []}), "\x00"])
def test_another_file_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "findings.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=r"findings\.json") as caught:
        read_earlier_report(path, "findings.json")
    assert "\n" not in str(caught.value)
