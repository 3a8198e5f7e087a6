import datetime as dt

import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.series import find_monthly, find_yearly
from vemas_analytics.panel import build_panel

D = dt.date


def yearly(tables, settings, measure="inquiries", region="ALL"):
    return ask(find_yearly, tables, settings)["yearly", measure, region, "-"]


def test_years_are_cut_at_the_stop_and_at_the_as_of_date():
    tables = make_tables(inquiries=[{"received_on": "2021-05-05"}, {"received_on": "2022-02-24"}])
    settings = make_settings(as_of="2022-06-30", coverage={"inquiries": kept("2021-01-01", "2023-01-01")})
    finding = yearly(tables, settings)
    assert [(p.start, p.end, p.value, p.covered) for p in finding.series] == [
        (D(2021, 1, 1), D(2022, 1, 1), 1, True),
        (D(2022, 1, 1), D(2022, 2, 24), 0, True),
        (D(2022, 2, 24), D(2022, 7, 1), 1, True),
    ]
    assert [(r["year"], r["n"], r["state"]) for r in rows_of(finding)] == [
        (2021, 1, "recorded"),
        (2022, 1, "partial"),
    ]


def test_a_year_takes_all_that_lies_within_it():
    rows = [
        {"received_on": "2016-05-05"},
        {"received_on": "2016-01-01", "received_on_precision": "year"},
        {"received_on": "2016-12-01", "received_on_precision": "season"},
        {"received_on": "2022-02-01", "received_on_precision": "month"},
        {"received_on": "2022-12-05"},
    ]
    settings = make_settings(coverage={"inquiries": kept("2016-01-01", "2023-01-01")})
    finding = yearly(make_tables(inquiries=rows), settings)
    by_year = {row["year"]: row for row in rows_of(finding)}
    assert (by_year[2016]["n"], by_year[2016]["n_coarse"]) == (2, 1)
    assert by_year[2022]["n"] == 2
    assert [p.value for p in finding.series if p.start.year == 2022] == [0, 1]
    assert "dates_imprecise" in finding.caveats


def test_time_without_keeping_is_a_gap():
    tables = make_tables(
        inquiries=[{"received_on": "2015-03-05"}, {"received_on": "2016-03-05"}], trips=[{"start_on": "2018-01-05"}]
    )
    finding = yearly(tables, make_settings(as_of="2018-12-31"))
    assert [(r["year"], r["n"], r["state"]) for r in rows_of(finding)] == [
        (2015, 1, "partial"),
        (2016, 1, "partial"),
        (2017, None, "not_recorded"),
        (2018, None, "not_recorded"),
    ]
    gaps = [p for p in finding.series if not p.covered]
    assert all(p.value is None for p in gaps)
    assert gaps[0].end == D(2015, 3, 1)


def test_partial_record_has_values_without_cover():
    tables = make_tables(trips=[{"start_on": "2013-05-06"}])
    settings = make_settings(coverage={"trips": kept("2012-01-01", "2015-01-01", "partial")})
    finding = yearly(tables, settings, "trips")
    assert [(p.value, p.covered) for p in finding.series] == [(None, False), (1, False), (None, False)]
    assert [(r["n"], r["state"]) for r in rows_of(finding)] == [(None, "partial"), (1, "partial"), (None, "partial")]


def test_monthly_series_are_the_cells_of_the_panel():
    tables = make_tables(inquiries=[{"received_on": "2021-12-05"}, {"received_on": "2022-02-24"}])
    settings = make_settings()
    finding = ask(find_monthly, tables, settings)["monthly", "inquiries", "ALL", "-"]
    assert [(p.start, p.end, p.value) for p in finding.series] == [
        (D(2021, 12, 1), D(2022, 1, 1), 1),
        (D(2022, 1, 1), D(2022, 2, 1), 0),
        (D(2022, 2, 1), D(2022, 2, 24), 0),
        (D(2022, 2, 24), D(2022, 3, 1), 1),
    ]
    frame = build_panel(tables, settings).frame
    total = frame.query("measure == 'inquiries' and region == 'ALL'")["value"].sum()
    assert sum(p.value for p in finding.series) == pytest.approx(total)


def test_monthly_series_of_a_table_without_records_is_empty():
    tables = make_tables(inquiries=[{"received_on": "2021-12-05"}])
    assert ask(find_monthly, tables)["monthly", "offers", "ALL", "-"].series == ()
