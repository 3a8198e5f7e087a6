import datetime as dt

import numpy as np
import pytest

from factories import ask, kept, make_settings, make_tables, monthly_rows, rows_of
from vemas_analytics.analysis.change_points import find_change_points
from vemas_analytics.analysis.placebo import find_placebo
from vemas_analytics.model.settings import Break, Stop

STOP = Stop(event_on=dt.date(2020, 1, 15), effective_from=dt.date(2020, 1, 15))
OTHER = (Break("other", {"de": "a", "en": "a"}, dt.date(2017, 1, 1)),)
NAMES = [str(month) for month in np.arange("2014-01", "2022-01", dtype="datetime64[M]")]


def tables(rates):
    counts = np.random.default_rng(5).poisson(rates).tolist()
    return make_tables(inquiries=monthly_rows(dict(zip(NAMES, counts, strict=True)), "received_on"))


def settings():
    return make_settings(coverage={"inquiries": kept("2014-01-01", "2022-01-01")}, stop=STOP, breaks=OTHER)


FALL = np.where(np.arange(96) >= 72, 1.0, 8.0)
DRIFT = np.exp(np.sin(np.arange(96) / 8.0)) * 4


def test_a_real_fall_is_stronger_than_any_false_date():
    finding = ask(find_placebo, tables(FALL), settings())["placebo", "inquiries", "ALL", "all_before"]
    rows = rows_of(finding)
    assert [row["is_stop"] for row in rows] == [False] * (len(rows) - 1) + [True]
    assert rows[-1]["date"] == dt.date(2020, 1, 15)
    assert rows[0]["date"] == dt.date(2016, 1, 1)
    assert rows[-2]["date"] < dt.date(2019, 3, 1)
    assert finding.estimate.value == rows[-1]["ratio"] < 0.3
    assert finding.estimate.p_value == pytest.approx(1 / len(rows))
    assert finding.estimate.low < finding.estimate.value < finding.estimate.high < 1
    assert "known_breaks_among_false_stops" in finding.caveats


def test_a_swinging_series_shows_that_false_dates_are_as_strong():
    finding = ask(find_placebo, tables(DRIFT), settings())["placebo", "inquiries", "ALL", "all_before"]
    assert finding.estimate.p_value > 0.1


def test_small_regions_are_told_not_estimable():
    found = ask(find_placebo, make_tables(inquiries=[{"received_on": "2015-05-05"}]), settings())
    assert {region for _, _, region, _ in found} == {"RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ", "ALL"}
    assert all(item.estimate is None and "not_estimable" in item.caveats for item in found.values())


def test_changes_are_found_without_being_told_where():
    rates = np.where(np.arange(96) >= 72, 1.0, np.where(np.arange(96) >= 36, 6.0, 14.0))
    finding = ask(find_change_points, tables(rates), settings())["change_points", "inquiries", "ALL", "-"]
    first, second = rows_of(finding)
    assert first["date"] == dt.date(2017, 1, 1)
    assert (first["nearest_break"], first["days_from_break"]) == ("other", 0)
    assert (second["nearest_break"], second["days_from_break"]) == ("stop", -14)
    assert finding.estimate.value == -14
    assert second["per_month_before"] == pytest.approx(6, abs=1)
    assert second["per_month_after"] == pytest.approx(1, abs=0.6)


def test_a_level_list_has_no_change():
    finding = ask(find_change_points, tables(np.full(96, 4.0)), settings())["change_points", "inquiries", "ALL", "-"]
    assert finding.estimate is None
    assert rows_of(finding) == []
    assert "not_estimable" not in finding.caveats


def test_change_points_of_too_little_are_not_estimable():
    found = ask(find_change_points, make_tables(inquiries=[{"received_on": "2015-05-05"}]), settings())
    assert {region for _, _, region, _ in found} == {"ALL"}
    assert all("not_estimable" in item.caveats for item in found.values())
