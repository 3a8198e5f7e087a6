"""Questions of the annual review: what became of a year's cases, costs, firms, places abroad, revisions."""

import datetime as dt

import pandas as pd
import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.annual_abroad import find_annual_abroad
from vemas_analytics.analysis.annual_cohort import OUTCOMES, find_annual_cohort
from vemas_analytics.analysis.annual_costs import find_annual_costs
from vemas_analytics.analysis.annual_years import find_annual_years
from vemas_analytics.analysis.firms import find_annual_firms
from vemas_analytics.analysis.revisions import find_revisions
from vemas_analytics.model.earlier import EarlierFigure, EarlierReport
from vemas_analytics.model.settings import Expenditure
from vemas_analytics.model.tables import CORRECTION_COLUMNS, OUT_OF_SCOPE_COLUMNS

TABLES = ("inquiries", "offers", "trips", "attendance")
ALL_KEPT = {table: kept("2012-01-01", "2025-01-01") for table in TABLES}


def settings(as_of="2024-12-31", **fields):
    return make_settings(as_of=as_of, coverage=ALL_KEPT, **fields)


INQUIRIES = [
    {"inquiry_id": "A1", "received_on": "2019-02-01", "status": "open"},
    {"inquiry_id": "A2", "received_on": "2019-03-01", "status": "offered"},
    {"inquiry_id": "A3", "received_on": "2019-04-01", "status": "closed", "closed_on": "2019-06-01"},
    {"inquiry_id": "A4", "received_on": "2019-05-01", "status": "closed", "closed_on": "2021-06-01"},
    {"inquiry_id": "A5", "received_on": "2019-06-01", "status": None},
    {"inquiry_id": "A6", "received_on": "2018-06-01", "status": "answered"},
]
OFFERS = [
    {"inquiry_id": "A1", "offered_on": "2019-08-01", "status": "won", "decided_on": "2020-03-01"},
    {"offered_on": "2019-09-01", "status": "lost", "decided_on": "2019-12-01"},
    {"offered_on": "2019-10-01", "status": "suspended", "decided_on": "2022-03-01"},
    {"offered_on": "2019-11-01", "status": None},
    {"offered_on": "2019-11-02", "status": "negotiation"},
]


def cohort(measure, as_of="2024-12-31"):
    tables = make_tables(inquiries=INQUIRIES, offers=OFFERS)
    found = ask(find_annual_cohort, tables, settings(as_of), 2019)["annual_cohort", measure, "ALL", "2019"]
    return {row["year"]: row for row in rows_of(found)}, found


def test_what_became_of_the_inquiries_of_a_year():
    rows, found = cohort("inquiries")
    row = rows[2019]
    assert {name: row[name] for name in ("n", *OUTCOMES["inquiries"], "ordered")} == {
        "n": 5, "offered": 2, "ended_without_offer": 2, "open": 0, "unknown": 1, "ordered": 1,
    }  # fmt: skip
    assert (rows[2018]["n"], rows[2018]["open"], rows[2014]["n"]) == (1, 1, 0)
    assert sum(len(ref.rows) for ref in found.sources) == 5


def test_a_decision_after_the_reference_date_is_not_known():
    rows, _ = cohort("inquiries", as_of="2019-12-31")
    assert (rows[2019]["ordered"], rows[2019]["ended_without_offer"], rows[2019]["open"]) == (0, 1, 1)
    offers, _ = cohort("offers", as_of="2019-12-31")
    assert (offers[2019]["won"], offers[2019]["suspended"], offers[2019]["open"]) == (0, 0, 3)


@pytest.mark.parametrize("measure", list(OUTCOMES))
@pytest.mark.parametrize("as_of", ["2019-06-30", "2019-12-31", "2024-12-31"])
def test_the_outcomes_add_up(measure, as_of):
    for row in cohort(measure, as_of)[0].values():
        if row["n"] is not None:
            assert sum(row[name] for name in OUTCOMES[measure]) == row["n"]


def test_an_unrecorded_list_has_no_cohort():
    found = ask(find_annual_cohort, make_tables(), make_settings(), 2019)["annual_cohort", "offers", "ALL", "2019"]
    assert {row["n"] for row in rows_of(found)} == {None}


def test_costs_keep_known_and_unknown_apart():
    trips = [
        {"start_on": "2019-03-01", "cost_eur": 1000.0, "companies": 4},
        {"start_on": "2019-05-01", "cost_eur": 500.0},
        {"start_on": "2019-07-01", "companies": 9},
        {"start_on": "2019-09-01", "cost_eur": 700.0, "status": "cancelled"},
    ]
    spent = (
        Expenditure(2019, "programme", 100.0),
        Expenditure(2019, "programme", 50.0),
        Expenditure(2018, "programme", 7.0),
    )
    tables = make_tables(trips=trips, inquiries=INQUIRIES, offers=OFFERS)
    found = ask(find_annual_costs, tables, settings(expenditure=spent), 2019)["annual_costs", "trips", "ALL", "2019"]
    before, row = rows_of(found)
    assert (row["n_trips"], row["n_cost_known"], row["cost_eur"]) == (3, 2, 1500.0)
    assert (row["n_met"], row["n_contacts"], row["cost_met_eur"]) == (1, 4, 1000.0)
    assert (row["n_inquiries"], row["n_orders"], row["programme_eur"]) == (5, 0, 150.0)
    assert (row["contributions_eur"], before["programme_eur"], before["cost_eur"]) == (None, 7.0, None)


def test_firms_of_a_year_and_first_timers():
    rows = [
        {"received_on": "2018-01-05", "saxon_company": "Alpha GmbH"},
        {"received_on": "2019-01-05", "saxon_company": "alpha  gmbh"},
        {"received_on": "2019-02-05", "saxon_company": "Beta AG"},
        {"received_on": "2020-02-05", "saxon_company": "Gamma"},
    ]
    found = ask(find_annual_firms, make_tables(inquiries=rows), settings(), 2019)[
        "annual_firms", "firms", "ALL", "2019"
    ]
    assert rows_of(found) == [
        {"year": 2018, "n_firms": 1, "n_first_timers": 1},
        {"year": 2019, "n_firms": 2, "n_first_timers": 1},
    ]


def abroad(rows):
    frame = pd.DataFrame(rows, columns=list(OUT_OF_SCOPE_COLUMNS))
    return frame.astype({"row": "Int64", "date": "datetime64[us]"})


def test_places_abroad_by_year_and_undated():
    frame = abroad(
        [
            ("inquiries", "KZ", "a.xlsx", "1", 4, "Almaty", pd.Timestamp("2019-05-01")),
            ("inquiries", "KZ", "a.xlsx", "1", 5, "Almaty", pd.Timestamp("2019-06-01")),
            ("offers", "BY", "b.xlsx", "1", 6, "Minsk", pd.NaT),
            ("offers", "BY", "b.xlsx", "1", 7, "Minsk", pd.Timestamp("2012-06-01")),
            ("offers", "BY", "b.xlsx", "1", 8, "Minsk", pd.Timestamp("2026-06-01")),
        ]
    )
    found = ask(find_annual_abroad, make_tables(out_of_scope=frame), settings(), 2019)
    finding = found["annual_abroad", "outside", "ALL", "2019"]
    assert [tuple(row.values()) for row in rows_of(finding)] == [
        ("BY", "offers", None, 1),
        ("KZ", "inquiries", 2019, 2),
    ]
    assert [(ref.file, ref.rows) for ref in finding.sources] == [("a.xlsx", (4, 5)), ("b.xlsx", (6,))]


def test_mean_of_ordinary_years_leaves_special_ones_out():
    rows = [
        {"received_on": f"{year}-05-{day + 1:02d}"}
        for year, n in {2018: 2, 2019: 4, 2020: 9}.items()
        for day in range(n)
    ]
    found = ask(find_annual_years, make_tables(inquiries=rows), settings(), 2021)[
        "annual_years", "inquiries", "ALL", "2021"
    ]
    # 2016 and 2017 were kept and empty; 2020 and 2021 lie in the pandemic.
    assert (found.estimate.value, found.n_before) == (1.5, 4)
    assert [(row["year"], row["value"], row["special"]) for row in rows_of(found)] == [
        (2016, 0, ""), (2017, 0, ""), (2018, 2, ""), (2019, 4, ""), (2020, 9, "covid"), (2021, 0, "covid"),
    ]  # fmt: skip


def corrected(*rows):
    return pd.DataFrame([dict(zip(CORRECTION_COLUMNS, row, strict=True)) for row in rows])


def earlier(**figures):
    return EarlierReport("alt.json", {("inquiries", "ALL", int(year[1:])): value for year, value in figures.items()})


def revisions(report, year=2019, **more):
    tables = make_tables(inquiries=INQUIRIES, **more)
    return ask(find_revisions, tables, settings(), year, report).get(("revisions", "figures", "ALL", str(year)))


def test_without_an_earlier_report_nothing_is_compared():
    assert revisions(None) is None


def test_figures_that_differ_with_old_and_new():
    report = earlier(
        y2017=EarlierFigure(0.0, "recorded"),
        y2018=EarlierFigure(3.0, "partial"),
        y2019=EarlierFigure(4.0, "recorded"),
        y2020=EarlierFigure(9.0, "recorded"),
    )
    finding = revisions(report)
    assert (finding.n_before, finding.n_after) == (3, 2)
    assert [(row["year"], row["old"], row["new"], row["reason"]) for row in rows_of(finding)] == [
        (2018, 3.0, 1, "completed"),
        (2019, 4.0, 5, "not_stated"),
    ]


def test_a_correction_is_the_reason_where_its_cell_stands_in_the_year_or_named_it():
    line = (1, "inquiries", "inquiries.xlsx", "Liste")
    cells = corrected(
        (*line, 3, "Datum", "01.03.2020", "01.03.2019", "Tippfehler", dt.date(2024, 1, 2), "AB", "CD"),
        (*line, 99, "Datum", "01.03.2018", "01.03.2011", "verrutscht", dt.date(2024, 1, 2), "AB", None),
    )
    report = earlier(y2018=EarlierFigure(2.0, "recorded"), y2019=EarlierFigure(4.0, "recorded"))
    found = rows_of(revisions(report, corrections=cells))
    assert [(row["reason"], row["n_corrections"], row["detail"]) for row in found] == [
        ("correction", 1, "verrutscht"),
        ("correction", 1, "Tippfehler"),
    ]
