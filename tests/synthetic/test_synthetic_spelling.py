"""Spellings lose nothing: what is written is what is true."""

import datetime as dt

import numpy as np
import pytest

from vemas_analytics.synthetic.spelling import spell_amount, spell_date, spell_period, spell_regions

DAY = dt.date(2012, 7, 8)


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("real", DAY),
        ("text", "08.07.2012"),
        ("short", "8.7.12"),
        ("iso", "2012-07-08"),
        ("serial", 41098),
        ("month_name", "8. Juli 2012"),
    ],
)
def test_dates(style, written):
    assert spell_date(DAY, "day", style) == written


def test_coarse_dates_say_no_more_than_is_known():
    assert spell_date(dt.date(2012, 7, 1), "month", "real") == "Juli 2012"
    assert spell_date(dt.date(2012, 7, 1), "quarter", "real") == "3. Quartal 2012"
    assert spell_date(dt.date(2012, 1, 1), "year", "real") == "2012"


@pytest.mark.parametrize(
    ("end", "written"),
    [
        (dt.date(2012, 7, 8), "08.07.2012"),
        (dt.date(2012, 7, 14), "08.-14.07.2012"),
        (dt.date(2012, 8, 1), "08.07.-01.08.2012"),
        (dt.date(2013, 1, 2), "08.07.2012-02.01.2013"),
    ],
)
def test_periods(end, written):
    assert spell_period(DAY, end) == written


def test_amounts_in_all_spellings():
    written = {spell_amount(1_250_000, "EUR", np.random.default_rng(seed)) for seed in range(40)}
    assert written == {1_250_000, "1.250.000,00 €", "1250 TEUR", "1,25 Mio. EUR"}
    assert spell_amount(850_000, "RUB", np.random.default_rng(0)) == "850.000 RUB"
    assert spell_amount(None, "", np.random.default_rng(0)) is None


def test_regions_join_and_keep_to_the_encoding():
    written = {spell_regions(("RU-SVE", "RU-TA"), np.random.default_rng(s), encoding="cp1252") for s in range(60)}
    assert all(text.encode("cp1252") for text in written)
    assert "Swerdlowsk / Tatarstan" in written
    anywhere = {spell_regions(("RU-SVE",), np.random.default_rng(s)) for s in range(60)}
    assert "Свердловская область" in anywhere
