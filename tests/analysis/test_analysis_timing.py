import datetime as dt

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.timing import find_timing

SETTINGS = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01")})


def timing(days, settings=SETTINGS, region="RU-SVE"):
    rows = [{"received_on": day, "inquiry_id": f"i{n}"} if isinstance(day, str) else day for n, day in enumerate(days)]
    finding = ask(find_timing, make_tables(inquiries=rows), settings)["timing", "inquiries", "ALL", "-"]
    return next((row for row in rows_of(finding) if row["region"] == region), None), finding


def test_silence_and_the_longest_gap_before_it():
    row, _ = timing(["2013-01-01", "2014-01-01", "2015-01-01", "2016-01-01", "2017-01-01", "2022-10-10"])
    assert (row["n_before"], row["n_after"]) == (5, 1)
    assert row["last_before"] == dt.date(2017, 1, 1)
    assert row["silence_days"] == (dt.date(2022, 2, 24) - dt.date(2017, 1, 1)).days
    assert row["longest_gap_days"] == 366
    assert row["quiet_already"] is True
    assert (row["last"], row["days_from_stop"]) == (dt.date(2022, 10, 10), 228)


def test_active_until_the_eve():
    row, _ = timing([f"20{year}-02-23" for year in range(14, 23)])
    assert (row["silence_days"], row["quiet_already"]) == (1, False)
    assert row["days_from_stop"] == -1


def test_few_records_or_gaps_in_the_list_do_not_tell_silence():
    few, _ = timing(["2013-01-01", "2014-01-01"])
    assert (few["longest_gap_days"], few["quiet_already"]) == (365, None)
    partial = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01", "partial")})
    row, finding = timing([f"2013-0{month}-01" for month in range(1, 8)], partial)
    assert (row["silence_days"], row["quiet_already"]) == (None, None)
    assert row["last"] == dt.date(2013, 7, 1)
    assert "coverage_partial" in finding.caveats


def test_silence_ends_where_keeping_ends():
    row, _ = timing(["2013-01-01"], make_settings(coverage={"inquiries": kept("2012-01-01", "2014-01-01")}))
    assert row["silence_days"] == 365


def test_only_records_after_the_stop():
    row, _ = timing(["2022-05-05"])
    assert (row["n_before"], row["last_before"], row["n_after"]) == (0, None, 1)


def test_a_date_of_the_year_only_is_left_out_and_said():
    row, finding = timing(["2015-01-01", {"received_on": "2021-01-01", "received_on_precision": "year"}])
    assert row["last"] == dt.date(2015, 1, 1)
    assert "dates_imprecise" in finding.caveats
    assert timing([], region="RU-TA")[0] is None
