import numpy as np
import pandas as pd

from factories import make_settings, make_tables
from vemas_analytics.analysis import analyse, analyse_year
from vemas_analytics.model.names import MEASURES, OTHERS
from vemas_analytics.panel import build_panel

QUESTIONS = {
    "phases", "before_after", "yearly", "monthly", "open_at_stop", "open_outcome", "open_list", "after_stop",
    "last_activity", "activities", "firms", "agreements", "coverage", "ledger", "problem_counts", "control_totals",
    "outside_totals", "quality", "stop_sensitivity", "course", "placebo", "change_points", "regions_compared",
    "regions_differ", "offer_values",
    "conversion", "conversion_curve", "event_response", "unit_costs", "concentration", "timing",
}  # fmt: skip


def organisation(n_regions=80):
    generator = np.random.default_rng(1)
    days = pd.date_range("2012-01-01", "2024-12-31")

    def draw(n, column, **fields):
        when, where = generator.integers(0, len(days), n), generator.integers(0, n_regions, n)
        return [{column: days[i], "region": f"RU-X{j:02d}", **fields} for i, j in zip(when, where, strict=True)]

    return make_tables(
        inquiries=draw(600, "received_on"),
        offers=draw(300, "offered_on", value_eur=10.0, saxon_company="Alpha"),
        trips=draw(60, "start_on", title="Reise"),
        attendance=draw(25, "held_on", organisation="Alpha", side="saxon"),
    )


def test_nothing_at_all_still_answers_every_question():
    tables = make_tables()
    panel = build_panel(tables, make_settings())
    assert {item.question for item in analyse(tables, panel)} == QUESTIONS
    assert {"annual", "annual_months", "annual_activities"} <= {i.question for i in analyse_year(tables, panel, 2022)}


def test_all_questions_regions_and_measures_and_twice_the_same():
    tables = organisation()
    panel = build_panel(tables, make_settings())
    findings = analyse(tables, panel)
    assert {item.question for item in findings} == QUESTIONS
    regions = set(panel.frame["region"].cat.categories)
    for question, more in (("phases", {OTHERS}), ("yearly", set())):
        assert {(i.measure, i.region) for i in findings.select(question)} == {
            (measure, region) for measure in MEASURES for region in regions | more
        }
    assert analyse(tables, panel) == findings


def test_same_number_in_phases_years_and_months():
    tables = organisation(5)
    panel = build_panel(tables, make_settings())
    findings = analyse(tables, panel)
    for region in ("RU-X01", "ALL"):
        by_phase = sum(row["n"] for row in findings.get("phases", "inquiries", region).table.records())
        by_year = sum(row["n"] for row in findings.get("yearly", "inquiries", region).table.records())
        by_month = sum(point.value for point in findings.get("monthly", "inquiries", region).series)
        sides = findings.get("before_after", "inquiries", region, "all_before")
        assert by_phase == by_year == by_month == sides.n_before + sides.n_after


def test_inputs_are_not_changed():
    tables = organisation(3)
    copies = {name: tables.frame(name).copy(deep=True) for name in ("inquiries", "offers", "trips", "attendance")}
    panel = build_panel(tables, make_settings())
    frame = panel.frame.copy(deep=True)
    analyse(tables, panel)
    analyse_year(tables, panel, 2019)
    for name, copy in copies.items():
        pd.testing.assert_frame_equal(tables.frame(name), copy)
    pd.testing.assert_frame_equal(panel.frame, frame)
