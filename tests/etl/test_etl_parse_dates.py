import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.parse.date_reading import coarsen, last_possible_day, single_date
from vemas_analytics.etl.parse.dates import find_day_order, read_date

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2049, 12, 31))
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("08.07.2012", (2012, 7, 8), "day"),
        ("8.7.12", (2012, 7, 8), "day"),
        ("So, 08.07.2012", (2012, 7, 8), "day"),
        ("08.07.2012 14:30 Uhr", (2012, 7, 8), "day"),
        ("2012-07-08T14:30:00Z", (2012, 7, 8), "day"),
        ("July 8, 2012", (2012, 7, 8), "day"),
        ("8 июля 2012 г.", (2012, 7, 8), "day"),
        ("25/04/2021", (2021, 4, 25), "day"),
        ("04/25/2021", (2021, 4, 25), "day"),
        ("41098", (2012, 7, 8), "day"),
        ("20120708", (2012, 7, 8), "day"),
        ("KW 27/2012", (2012, 7, 2), "week"),
        ("2012-W27", (2012, 7, 2), "week"),
        ("Juli 2012", (2012, 7, 1), "month"),
        ("Jul 12", (2012, 7, 1), "month"),
        ("07/2012", (2012, 7, 1), "month"),
        ("2012-07", (2012, 7, 1), "month"),
        ("июль 2012", (2012, 7, 1), "month"),
        ("ca. Mai 2014", (2014, 5, 1), "month"),
        ("Q3 2014", (2014, 7, 1), "quarter"),
        ("III. Quartal 2014", (2014, 7, 1), "quarter"),
        ("Frühjahr 2013", (2013, 3, 1), "season"),
        ("Winter 2012/13", (2012, 12, 1), "season"),
        ("2012", (2012, 1, 1), "year"),
        ("Mitte 2014", (2014, 1, 1), "year"),
        ("1. Halbjahr 2014", (2014, 1, 1), "year"),
        ("Montag, den 8. Juli 2012", (2012, 7, 8), "day"),
        ("8-Jul-2012", (2012, 7, 8), "day"),
        ("8.VII.2012", (2012, 7, 8), "day"),
        ("8th July 2012", (2012, 7, 8), "day"),
        ("08,07,2012", (2012, 7, 8), "day"),
        ("8 . 7 . 2012", (2012, 7, 8), "day"),
        ("ab 08.07.2012", (2012, 7, 8), "day"),
        ("2012-W27-7", (2012, 7, 8), "day"),
        ("27. KW 2012", (2012, 7, 2), "week"),
        ("2012/27. KW", (2012, 7, 2), "week"),
        ("Kalenderwoche 27/2012", (2012, 7, 2), "week"),
        ("27-я неделя 2012 г.", (2012, 7, 2), "week"),
        ("Ende Mai 2014", (2014, 5, 1), "month"),
        ("в июле 2012 г.", (2012, 7, 1), "month"),
        ("VII/2012", (2012, 7, 1), "month"),
        ("3. Quartal 2014", (2014, 7, 1), "quarter"),
        ("III/2014", (2014, 7, 1), "quarter"),
        ("2014/III", (2014, 7, 1), "quarter"),
        ("zweites Quartal 2014", (2014, 4, 1), "quarter"),
        ("III кв. 2014 г.", (2014, 7, 1), "quarter"),
        ("Sommer 2012", (2012, 6, 1), "season"),
        ("осень 2014 г.", (2014, 9, 1), "season"),
        ("Anfang/Mitte 2013", (2013, 1, 1), "year"),
        ("im Jahr 2012", (2012, 1, 1), "year"),
        ("2. Jahreshälfte 2013", (2013, 1, 1), "year"),
    ],
)
def test_single_dates(text: str, start: tuple[int, int, int], precision: str) -> None:
    reading = read_date(text)
    assert (reading.start, reading.precision, reading.end) == (dt.date(*start), precision, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("08.-14.07.2012", (2012, 7, 8), (2012, 7, 14)),
        ("8. bis 14. Juli 2012", (2012, 7, 8), (2012, 7, 14)),
        ("28.02.-02.03.2013", (2013, 2, 28), (2013, 3, 2)),
        ("28.12.-03.01.2013", (2012, 12, 28), (2013, 1, 3)),
        ("08.07.2012 – 14.07.2012", (2012, 7, 8), (2012, 7, 14)),
        ("2012-07-08/2012-07-14", (2012, 7, 8), (2012, 7, 14)),
        ("с 8 по 14 июля 2012", (2012, 7, 8), (2012, 7, 14)),
        ("July 8-14, 2012", (2012, 7, 8), (2012, 7, 14)),
        ("8./9. Juli 2012", (2012, 7, 8), (2012, 7, 9)),
        ("Juli/August 2012", (2012, 7, 1), (2012, 8, 1)),
        ("Dez. 2012/Jan. 2013", (2012, 12, 1), (2013, 1, 1)),
        ("Dezember/Januar 2013", (2012, 12, 1), (2013, 1, 1)),
        ("8., 9. und 10. Juli 2012", (2012, 7, 8), (2012, 7, 10)),
        ("02.-05.05.2012 u. 07.-09.05.2012", (2012, 5, 2), (2012, 5, 9)),
        ("KW 27-28/2012", (2012, 7, 2), (2012, 7, 9)),
        ("KW 51/2 2013", (2012, 12, 17), (2013, 1, 7)),
        ("1.-2. Quartal 2014", (2014, 1, 1), (2014, 4, 1)),
        ("Frühjahr/Sommer 2012", (2012, 3, 1), (2012, 6, 1)),
        ("2012-07-08/14", (2012, 7, 8), (2012, 7, 14)),
    ],
)
def test_ranges(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    reading = read_date(text)
    assert (reading.start, reading.end) == (dt.date(*start), dt.date(*end))


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("31.02.2015", "impossible"),
        ("29.02.2015 - 03.03.2015", "impossible"),
        ("12.-31.02.2014", "impossible"),
        ("00.07.2012", "impossible"),
        ("14.07.2012-08.07.2012", "impossible"),
        ("03/04/2021", "ambiguous"),
        ("vor 2014", "unreadable"),
        ("2014 oder 2015", "unreadable"),
        ("2014 bis heute", "unreadable"),
        ("08.07.", "unreadable"),
        ("bis 08.07.2012", "unreadable"),
        ("spätestens 08.07.2012", "unreadable"),
        ("7/12", "unreadable"),
        ("0/2014", "impossible"),
        ("KW 54/2012", "impossible"),
        ("demnächst", "unreadable"),
        (True, "unreadable"),
        (dt.time(3), "unreadable"),
        ("1.1.1900", "out_of_range"),
        (12, "out_of_range"),
        (100_000, "out_of_range"),
        (32_000, "out_of_range"),
        (dt.datetime(1899, 12, 30), "out_of_range"),
        ("", "missing"),
        ("k. A.", "missing"),
        (None, "missing"),
        (float("nan"), "missing"),
    ],
)
def test_refusals(value: object, fault: str) -> None:
    reading = read_date(value)  # type: ignore[arg-type]
    assert reading.fault == fault
    assert reading.start is None


def test_plain_dates_use_no_rule_and_others_say_theirs() -> None:
    assert read_date("08.07.2012").rules == read_date("2012-07-08").rules == read_date("Juli 2012").rules == ()
    assert read_date(dt.datetime(2012, 7, 8)).rules == ()
    assert read_date(41098).rules == ("date_from_serial",)
    assert read_date("8.7.12").rules == ("date_two_digit_year",)
    assert read_date("08.07.2012 (geplant)").rules == ("date_note_dropped",)
    assert read_date("08.07.", year=2012).rules == ("date_year_from_sheet",)


def test_day_order_comes_from_the_column_only() -> None:
    assert find_day_order(["03/04/2021", "25/04/2021"]) == "day_first"
    assert find_day_order(["03/04/2021", "04/25/2021"]) == "month_first"
    assert find_day_order(["25/04/2021", "04/25/2021"]) is None
    assert find_day_order(["03/04/2021", "25.04.2021", None, 5]) is None
    assert read_date("03/04/2021", "day_first").start == dt.date(2021, 4, 3)
    assert read_date("03/04/2021", "month_first").start == dt.date(2021, 3, 4)


@given(DAYS)
def test_every_spelling_of_a_day_gives_the_day(day: dt.date) -> None:
    month = day.month - 1
    spellings = [
        day.strftime("%d.%m.%Y"),
        f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{day.day}. {GERMAN[month]} {day.year}",
        f"{day.day} {RUSSIAN[month]} {day.year} г.",
        str((day - dt.date(1899, 12, 30)).days),
    ]
    assert {read_date(text).start for text in spellings} == {day}


def test_a_range_into_the_first_day_of_a_year() -> None:
    reading = read_date("01.12.-01.01.2001")
    assert (reading.start, reading.end) == (dt.date(2000, 12, 1), dt.date(2001, 1, 1))


@given(DAYS, st.integers(1, 40))
def test_written_ranges_give_start_and_end(day: dt.date, length: int) -> None:
    end = day + dt.timedelta(days=length)
    for text in (f"{day:%d.%m.%Y} - {end:%d.%m.%Y}", f"{day:%d.%m.}-{end:%d.%m.%Y}"):
        assert (read_date(text).start, read_date(text).end) == (day, end)


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    reading = read_date(text)
    assert (reading.start is None) == (reading.fault is not None)


def test_coarse_dates() -> None:
    assert last_possible_day(dt.date(2012, 12, 1), "season") == dt.date(2013, 2, 28)
    assert last_possible_day(dt.date(2012, 2, 1), "month") == dt.date(2012, 2, 29)
    assert coarsen(read_date("08.07.2012"), "month").start == dt.date(2012, 7, 1)
    assert coarsen(read_date("2012"), "day").precision == "year"
    assert single_date(read_date("08.-14.07.2012")).rules == ("date_range_start",)
    assert single_date(read_date("2012-2013")).fault == "unreadable"


def test_month_and_year_joined_by_a_hyphen() -> None:
    reading = read_date("Mai-12")
    assert (reading.start, reading.precision) == (dt.date(2012, 5, 1), "month")


def test_two_days_joined_by_u() -> None:
    reading = read_date("8.7.2012 u. 10.7.2012")
    assert (reading.start, reading.end) == (dt.date(2012, 7, 8), dt.date(2012, 7, 10))


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("Juli/August 2012", (2012, 7, 1), "quarter"),
        ("März/April 2012", (2012, 3, 1), "season"),
        ("Dezember 2012/Januar 2013", (2012, 12, 1), "season"),
        ("KW 27-28/2012", (2012, 7, 1), "month"),
        ("Q3/Q4 2014", (2014, 1, 1), "year"),
        ("März-Juli 2012", (2012, 1, 1), "year"),
    ],
)
def test_a_coarse_range_takes_the_finest_precision_that_holds_it(
    text: str, start: tuple[int, int, int], precision: str
) -> None:
    reading = single_date(read_date(text))
    assert (reading.start, reading.precision, reading.end) == (dt.date(*start), precision, None)
    assert "date_coarsened" in reading.rules


@given(st.integers(1990, 2040), st.integers(1, 12))
def test_two_neighbouring_months_need_no_year_precision(year: int, month: int) -> None:
    names = [GERMAN[month - 1], GERMAN[month % 12]]
    reading = single_date(read_date(f"{names[0]} {year}/{names[1]} {year + month // 12}"))
    assert reading.precision in {"quarter", "season"}
    assert reading.start is not None
    assert reading.start <= dt.date(year, month, 1)


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("Juli", (2012, 7, 1), "month"),
        ("KW 27", (2012, 7, 2), "week"),
        ("8.-14.7.", (2012, 7, 8), "day"),
        ("III. Quartal", (2012, 7, 1), "quarter"),
        ("Sommer", (2012, 6, 1), "season"),
    ],
)
def test_the_year_of_the_sheet_completes_what_has_none(text: str, start: tuple[int, int, int], precision: str) -> None:
    reading = read_date(text, year=2012)
    assert (reading.start, reading.precision) == (dt.date(*start), precision)
    assert "date_year_from_sheet" in reading.rules
    assert read_date(text).fault == "unreadable"


@pytest.mark.parametrize("text", ["12", "7.", "x", "Anlage 3", "siehe Brief"])
def test_the_year_of_the_sheet_makes_no_date_of_anything_else(text: str) -> None:
    assert read_date(text, year=2012).start is None


def test_until_is_a_date_only_where_something_ends() -> None:
    assert read_date("bis 14.07.2012", ends=True).start == dt.date(2012, 7, 14)
    assert read_date("- 14.07.2012", ends=True).start == dt.date(2012, 7, 14)
    assert read_date("ab 08.07.2012").rules == ("date_open",)


def test_day_numbers_of_both_systems() -> None:
    assert read_date(41098).start == read_date(39636, epoch_1904=True).start == dt.date(2012, 7, 8)
    assert read_date("41098,604").start == read_date("39636.5", epoch_1904=True).start == dt.date(2012, 7, 8)


def test_roman_numerals_say_that_they_were_read_as_quarters() -> None:
    assert read_date("III/2014").rules == ("date_roman",)
    assert read_date("8.III.2014").rules == ()
    assert read_date("v. 2014").fault == "unreadable"


def test_a_weekday_that_does_not_fit_is_told() -> None:
    assert read_date("So, 08.07.2012").rules == ()
    assert read_date("Mo, 08.07.2012").rules == ("date_weekday_differs",)
    assert read_date("Monday, July 8, 2012").start == dt.date(2012, 7, 8)


def test_a_vague_beginning_and_end() -> None:
    reading = read_date("Anfang Juli bis Mitte August 2013")
    assert (reading.start, reading.end) == (dt.date(2013, 7, 1), dt.date(2013, 8, 1))
    assert "date_approximate" in reading.rules


def test_every_date_of_a_cell_is_evidence_and_only_dates_are() -> None:
    assert find_day_order(["03/04/2021 - 25/04/2021"]) == "day_first"
    assert find_day_order(["Mo, 04/25/2021"]) == "month_first"
    assert find_day_order(["99/01/2021", "2012-07-28", "A-13-01-2021", "25/00/2021"]) is None
