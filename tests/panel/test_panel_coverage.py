import datetime as dt

from factories import kept, make_settings, make_tables
from vemas_analytics.model.settings import CoverageStatement
from vemas_analytics.panel import resolve_as_of, resolve_coverage


def test_undeclared_coverage_runs_over_whole_months_of_the_first_and_last_record():
    tables = make_tables(inquiries=[{"received_on": "2012-03-14"}, {"received_on": "2021-11-02"}])
    coverage = resolve_coverage(tables, make_settings())
    assert coverage["inquiries"].state == "recorded"
    assert not coverage["inquiries"].declared
    assert (coverage["inquiries"].start, coverage["inquiries"].end) == (dt.date(2012, 3, 1), dt.date(2021, 12, 1))
    assert coverage["offers"].state == "not_recorded"
    assert coverage["offers"].start is None


def test_planned_trips_and_year_dates_do_not_stretch_inferred_coverage():
    tables = make_tables(
        trips=[
            {"start_on": "2013-05-06"},
            {"start_on": "2014-02-01", "start_on_precision": "month"},
            {"start_on": "2010-01-01", "start_on_precision": "year"},
            {"start_on": "2015-06-01", "status": "planned"},
        ]
    )
    coverage = resolve_coverage(tables, make_settings())["trips"]
    assert (coverage.start, coverage.end) == (dt.date(2013, 5, 1), dt.date(2014, 3, 1))


def test_only_year_dates_give_partial_coverage():
    tables = make_tables(trips=[{"start_on": "2010-01-01", "start_on_precision": "year"}])
    coverage = resolve_coverage(tables, make_settings())["trips"]
    assert coverage.state == "partial"
    assert (coverage.start, coverage.end) == (dt.date(2010, 1, 1), dt.date(2011, 1, 1))


def test_a_statement_wins_and_takes_its_open_side_from_the_records():
    tables = make_tables(inquiries=[{"received_on": "2012-03-14"}, {"received_on": "2021-11-02"}])
    settings = make_settings(
        coverage={
            "inquiries": CoverageStatement("recorded", start=dt.date(2012, 1, 1)),
            "offers": kept("2012-01-01", "2025-01-01"),
            "trips": CoverageStatement("not_recorded", confirmed_by="Leitung"),
        }
    )
    coverage = resolve_coverage(tables, settings)
    assert (coverage["inquiries"].start, coverage["inquiries"].end) == (dt.date(2012, 1, 1), dt.date(2021, 12, 1))
    assert coverage["inquiries"].declared
    assert coverage["offers"].state == "recorded"
    assert coverage["offers"].confirmed_by == "Test"
    assert coverage["trips"] == type(coverage["trips"])("not_recorded", None, None, True, "Leitung")


def test_as_of_is_given_else_configured_else_the_last_covered_day():
    tables = make_tables(inquiries=[{"received_on": "2021-11-02"}])
    coverage = resolve_coverage(tables, make_settings())
    assert resolve_as_of(coverage, make_settings(), None) == dt.date(2021, 11, 30)
    assert resolve_as_of(coverage, make_settings(as_of="2022-05-31"), None) == dt.date(2022, 5, 31)
    assert resolve_as_of(coverage, make_settings(as_of="2022-05-31"), dt.date(2020, 1, 1)) == dt.date(2020, 1, 1)
    nothing = resolve_coverage(make_tables(), make_settings())
    assert resolve_as_of(nothing, make_settings(), None) == dt.date(2022, 2, 23)
