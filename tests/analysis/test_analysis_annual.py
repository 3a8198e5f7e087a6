import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.annual import find_annual, find_annual_months

N_BY_YEAR = {2014: 9, 2015: 1, 2016: 2, 2017: 3, 2018: 4, 2019: 5, 2020: 7, 2022: 2}
ROWS = [{"received_on": f"{year}-05-{day + 1:02d}"} for year, n in N_BY_YEAR.items() for day in range(n)]


def annual(year, coverage=("2014-01-01", "2023-01-01"), as_of="2022-12-31", measure="inquiries"):
    settings = make_settings(as_of=as_of, coverage={"inquiries": kept(*coverage)})
    finding = ask(find_annual, make_tables(inquiries=ROWS), settings, year)["annual", measure, "ALL", str(year)]
    return finding, rows_of(finding)[0]


def test_year_against_the_five_before():
    finding, row = annual(2020)
    assert finding.estimate.value == 7
    assert (row["value"], row["state"], row["previous"], row["previous_state"]) == (7, "recorded", 5, "recorded")
    assert (row["mean5"], row["min5"], row["max5"], row["n_years5"]) == (3, 1, 5, 5)
    assert row["special"] == "covid"
    assert len(finding.sources[0].rows) == 7


def test_only_wholly_recorded_years_enter_the_mean():
    _, row = annual(2018, coverage=("2016-07-01", "2023-01-01"))
    assert (row["mean5"], row["n_years5"]) == (3, 1)
    _, first = annual(2016, coverage=("2016-01-01", "2023-01-01"))
    assert (first["mean5"], first["n_years5"]) == (None, 0)
    # One record of 2015 exists, though the list was not kept then: at least that one.
    assert (first["previous"], first["previous_state"]) == (1, "partial")


def test_special_years_are_marked():
    assert annual(2014)[1]["special"] == "sanctions_2014"
    assert annual(2021)[1]["special"] == "covid"
    assert annual(2022)[1]["special"] == "stop"
    assert annual(2022, as_of="2022-06-30")[1]["special"] == "stop;partial_year"
    assert annual(2022, as_of="2022-06-30")[1]["state"] == "partial"
    assert annual(2021)[1]["value"] == 0


def test_unrecorded_measure_has_no_value():
    finding, row = annual(2020, measure="offers")
    assert finding.estimate is None
    assert (row["value"], row["state"]) == (None, "not_recorded")


def test_months_against_the_year_before_and_the_mean():
    settings = make_settings(coverage={"inquiries": kept("2016-05-15", "2023-01-01")})
    found = ask(find_annual_months, make_tables(inquiries=ROWS), settings, 2020)
    rows = rows_of(found["annual_months", "inquiries", "ALL", "2020"])
    assert len(rows) == 12
    assert (rows[4]["month"], rows[4]["value"], rows[4]["previous"]) == (5, 7, 5)
    # May 2016 was kept from the 15th only, so it is no full month.
    assert rows[4]["mean5"] == pytest.approx((3 + 4 + 5) / 3)
    assert rows[5]["value"] == 0
    assert rows_of(found["annual_months", "offers", "ALL", "2020"]) == []
