"""German exports to Russia as a list: one inquiry for every 20 million euros, through the questions themselves."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from factories import ask, kept, make_settings, make_tables, monthly_rows, rows_of
from vemas_analytics.analysis.before_after import find_before_after
from vemas_analytics.analysis.change_points import find_change_points
from vemas_analytics.analysis.course import find_course
from vemas_analytics.analysis.placebo import find_placebo
from vemas_analytics.model.settings import Break, Stop

DATA = Path(__file__).parents[1] / "data" / "de_ru_exports_monthly.csv"
EUROS_PER_INQUIRY = 20e6
LOCKDOWN = (Break("covid", {"de": "COVID-19", "en": "COVID-19"}, dt.date(2020, 3, 1), dt.date(2020, 6, 1)),)


@pytest.fixture(scope="module")
def exports():
    with DATA.open(encoding="utf-8", newline="") as lines:
        months = {row["month"][:7]: float(row["VALUE_IN_EUR"]) for row in csv.DictReader(lines)}
    rows = monthly_rows({month: round(value / EUROS_PER_INQUIRY) for month, value in months.items()}, "received_on")
    stop = Stop(event_on=dt.date(2022, 3, 1), effective_from=dt.date(2022, 3, 1))
    settings = make_settings(coverage={"inquiries": kept("2019-01-01", "2024-09-01")}, stop=stop, breaks=LOCKDOWN)
    return make_tables(inquiries=rows), settings


def fall(ratio):
    return 100 * (1 - ratio)


def test_before_after_and_course_give_three_of_the_published_answers(exports):
    whole = ask(find_before_after, *exports)["before_after", "inquiries", "ALL", "all_before"]
    assert fall(whole.estimate.value) == pytest.approx(62, abs=1)
    course = ask(find_course, *exports)["course", "inquiries", "ALL", "all_before"]
    step, with_slope = rows_of(course)
    assert fall(step["level_ratio"]) == pytest.approx(59, abs=1)
    assert fall(with_slope["level_ratio"]) == pytest.approx(50, abs=1.5)
    assert step["level_low"] < step["level_ratio"] < step["level_high"] < 1
    assert step["slope_per_month"] is None
    assert with_slope["slope_high"] < 1
    assert {"overdispersed", "trend_extrapolated", "not_causal"} <= set(course.caveats)
    expected = sum(point.value for point in course.series if point.start >= dt.date(2022, 3, 1))
    assert course.estimate.value == pytest.approx(expected - course.n_after)
    assert course.estimate.low > 0


def test_the_steepest_change_that_the_data_show_is_at_the_stop(exports):
    found = rows_of(ask(find_change_points, *exports)["change_points", "inquiries", "ALL", "-"])
    (at_stop,) = [row for row in found if row["date"] == dt.date(2022, 3, 1)]
    assert (at_stop["nearest_break"], at_stop["days_from_break"]) == ("stop", 0)
    steepest = min(found, key=lambda row: row["per_month_after"] / row["per_month_before"])
    assert steepest == at_stop


def test_a_false_stop_in_march_2021_shows_a_rise_yet_none_is_as_strong(exports):
    finding = ask(find_placebo, *exports)["placebo", "inquiries", "ALL", "all_before"]
    by_date = {row["date"]: row["ratio"] for row in rows_of(finding)}
    assert by_date[dt.date(2021, 3, 1)] > 1.1
    assert by_date[dt.date(2022, 3, 1)] == finding.estimate.value < 0.5
    assert finding.estimate.p_value == pytest.approx(1 / len(by_date))
