"""The true intensities: integrated to the day, added up over regions, drawn as Poisson counts."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vemas_analytics.synthetic.intensity import (
    END,
    FIRST_DAY,
    SEASON,
    SEGMENTS,
    STOP,
    WINDOWS,
    Stream,
    cells,
    days_in,
    draw_days,
    expected_in,
    read_streams,
    streams_of,
    true_ratio,
)


def make_stream(rate=30.4375, stop=3.04375):
    return Stream("inquiries", ("RU-SVE",), {**dict.fromkeys(SEGMENTS, rate), "IV": stop})


def test_seasons_average_to_one():
    assert sum(SEASON) == pytest.approx(12)


def test_a_month_counts_by_its_days_and_season():
    stream = make_stream()
    assert stream.expected(dt.date(2013, 5, 1), dt.date(2013, 6, 1)) == pytest.approx(31 * SEASON[4])
    assert stream.expected(dt.date(2013, 4, 30), dt.date(2013, 5, 2)) == pytest.approx(SEASON[3] + SEASON[4])


def test_february_2022_is_split_at_the_stop():
    stream = make_stream()
    before = stream.expected(dt.date(2022, 2, 1), STOP)
    after = stream.expected(STOP, dt.date(2022, 3, 1))
    assert before == pytest.approx(23 * SEASON[1])
    assert after == pytest.approx(5 * SEASON[1] / 10)
    assert (dt.date(2022, 2, 1), STOP) in cells()
    assert (STOP, dt.date(2022, 3, 1)) in cells()


def test_nothing_is_expected_outside_the_recording_period():
    assert make_stream().expected(dt.date(2000, 1, 1), FIRST_DAY) == 0
    assert make_stream().expected(END, dt.date(2030, 1, 1)) == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.dates(FIRST_DAY, END), min_size=3, max_size=3))
def test_expected_counts_add_up_over_any_cut(days):
    start, cut, end = sorted(days)
    stream = read_streams()[0]
    parts = stream.expected(start, cut) + stream.expected(cut, end)
    assert parts == pytest.approx(stream.expected(start, end))


def test_cells_tile_the_recording_period():
    edges = cells()
    assert edges[0][0] == FIRST_DAY
    assert edges[-1][1] == END
    assert all(before[1] == after[0] for before, after in itertools.pairwise(edges))


def test_windows_have_their_days():
    assert days_in(WINDOWS["all_before"]) == (STOP - FIRST_DAY).days
    assert days_in(WINDOWS["months_24"]) == 731
    assert days_in(WINDOWS["y2015_2019"]) == 1826
    assert days_in(WINDOWS["without_covid"]) == days_in(WINDOWS["all_before"]) - 457
    assert days_in(WINDOWS["after"]) == 1042


def test_the_ratio_is_a_quotient_of_rates():
    stream = make_stream()
    # whole years hold each season once, so the ratio of a flat stream is the ratio of its rates but for the season
    rate_after = stream.expected(STOP, END) / days_in(WINDOWS["after"])
    rate_before = stream.expected(dt.date(2015, 1, 1), dt.date(2020, 1, 1)) / 1826
    assert true_ratio([stream], "y2015_2019") == pytest.approx(rate_after / rate_before)
    assert true_ratio([stream], "y2015_2019") == pytest.approx(0.1, rel=0.05)


def test_the_total_takes_a_stream_of_two_regions_once():
    streams = read_streams()
    pair = next(item for item in streams if len(item.regions) == 2)
    assert pair in streams_of(streams, pair.table, pair.regions[0])
    assert pair in streams_of(streams, pair.table, pair.regions[1])
    total = streams_of(streams, pair.table, "ALL")
    assert sum(item is pair for item in total) == 1
    by_region = sum(
        expected_in(streams_of(streams, "inquiries", code), WINDOWS["all_before"])
        for code in {code for item in streams for code in item.regions}
    )
    assert by_region > expected_in(streams_of(streams, "inquiries", "ALL"), WINDOWS["all_before"])


def test_scale_multiplies_every_rate():
    for one, three in zip(read_streams(), read_streams(3.0), strict=True):
        assert three.rates["I"] == pytest.approx(3 * one.rates["I"])
        assert three.rates["IV"] == pytest.approx(3 * one.rates["IV"])


def test_every_region_falls_in_2014_and_again_at_the_stop():
    for stream in read_streams():
        assert stream.rates["II"] < stream.rates["I"]
        assert 0.02 <= stream.rates["IV"] / stream.rates["II"] <= 0.25


def test_drawn_days_follow_the_intensity():
    stream = make_stream(rate=304.375, stop=30.4375)
    days = draw_days(stream, np.random.default_rng(1))
    assert days == sorted(days)
    expected = stream.expected(FIRST_DAY, STOP)
    drawn = sum(day < STOP for day in days)
    # five standard deviations of a Poisson count
    assert abs(drawn - expected) < 5 * expected**0.5
    in_may = sum(day.month == 5 for day in days)
    in_august = sum(day.month == 8 for day in days)
    assert in_may / in_august == pytest.approx(SEASON[4] / SEASON[7], rel=0.1)
