"""Dates with words in them: months by name, weeks, quarters, seasons, halves, in German, English and Russian."""

import calendar
import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from vemas_analytics.etl.parse.date_reading import (
    EARLIEST,
    IMPOSSIBLE,
    UNREADABLE,
    DateReading,
    day_of,
    month_of,
)
from vemas_analytics.reference.words import alternatives, fold, read_words

YEAR = r"'?(\d{4}|\d{2})(?:\s?(?:г\.?|года|году|год))?"
"""A year of four or two digits, with what Russian writes after it."""

_JOIN = r"\s?(?:-|/|\+|&|u\.|und|bis|and|to|и|по)\s?"


def full_year(text: str) -> tuple[int, tuple[str, ...]]:
    """Return the year that two or four digits mean, and the rule that two digits need."""
    if len(text) == 4:
        return int(text), ()
    two = int(text)
    return (2000 + two if two < 50 else 1900 + two), ("date_two_digit_year",)


def with_rules(reading: DateReading, rules: tuple[str, ...]) -> DateReading:
    """Return a reading with further rules; a fault stays as it is."""
    if not rules or reading.start is None:
        return reading
    return replace(reading, rules=tuple(dict.fromkeys((*reading.rules, *rules))))


def month_number(word: str) -> int:
    """Return the number of a month's name."""
    return int(read_words()["month"].exact[fold(word)])


def _word_pattern(template: str) -> re.Pattern[str]:
    for mark, field in (("MONTH", "month"), ("SEASON", "season"), ("ROMAN", "date.roman"), ("ORDINAL", "date.ordinal")):
        template = template.replace(mark, f"({alternatives(field)})" + (r"\.?" if field == "month" else ""))
    for mark in ("QUARTER", "HALF", "WEEK"):
        template = template.replace(mark, rf"(?:{alternatives(f'date.{mark.lower()}')})\.?")
    return re.compile(template.replace("YEAR", YEAR))


@lru_cache(maxsize=1)
def date_patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of dates with words, compiled once."""
    return {
        name: _word_pattern(template)
        for name, template in {
            "day_month": r"(\d{1,2})(?:\.|st|nd|rd|th|-го|-е)?[\s/-]*(?:of\s)?MONTH[\s,/-]*YEAR",
            "roman_day": r"(\d{1,2})\.\s?ROMAN\.\s?YEAR",
            "month_day": r"MONTH\s?(\d{1,2})(?:st|nd|rd|th)?,\s?(\d{4})|MONTH\s(\d{1,2})\s(\d{4})",
            "month_days": r"MONTH\s?(\d{1,2})(?:st|nd|rd|th)?\s?-\s?(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})",
            "month": r"MONTH\s?[,/-]?\s?YEAR",
            "year_month": r"(\d{4})[\s,/-]*MONTH",
            "season": r"SEASON\s?YEAR(?:\s?/\s?(\d{4}|\d{2}))?",
            "quarter": r"q\s?([1-4])[\s/.,-]*YEAR|ORDINAL\.?(?:-й|-е|-го)?\s?QUARTER[\s/,-]*YEAR",
            "year_quarter": r"(\d{4})[\s/.,-]*(?:q\s?([1-4])|ORDINAL\.?\s?QUARTER)",
            "half": r"(?:(?:h|hj)\s?[12]|(?:1|2|ii?|ORDINAL)\.?(?:-е|-го)?\s?HALF)[\s/,-]*(?:of\s)?YEAR",
            "roman": r"ROMAN\.?\s?[/-]\s?(\d{4})|ROMAN\.?\s?[/]\s?(\d{2})",
            "year_roman": r"(\d{4})\s?[/-]\s?ROMAN",
            "week": r"WEEK\s?(\d{1,2})[\s/.,-]+YEAR|(\d{1,2})(?:\.|-я|-й)?\s?WEEK[\s/.,-]*YEAR"
            r"|WEEK\s?(\d{1,2})\s?\((\d{4})\)",
            "weeks": rf"WEEK\s?(\d{{1,2}})\.?{_JOIN}(?:WEEK)?\s?(\d{{1,2}})\.?[\s/.,-]+(\d{{4}})"
            rf"|(\d{{1,2}})\.?{_JOIN}(\d{{1,2}})\.?\s?WEEK[\s/.,-]*(\d{{4}})",
            "year_week": r"(\d{4})[\s/.,-]*(?:WEEK\s?(\d{1,2})|(\d{1,2})\.\s?WEEK)",
            "iso_day": r"(\d{4})-?w(\d{2})-?([1-7])",
            "partial_day": r"(\d{1,2})\.?\s?MONTH",
            "partial_month": r"MONTH",
            "partial_season": r"SEASON",
            "partial_quarter": r"q\s?([1-4])|ORDINAL\.?(?:\s?QUARTER)?",
        }.items()
    }


def read_worded(text: str) -> DateReading:
    """Read one date that names a month, a week or a part of a year (tidied, folded case)."""
    patterns = date_patterns()
    match = patterns["day_month"].fullmatch(text)
    if match:
        year, rules = full_year(match[3])
        return with_rules(day_of(year, month_number(match[2]), int(match[1])), rules)
    match = patterns["month_day"].fullmatch(text)
    if match:
        month, day, full = (part for part in match.groups() if part)
        return day_of(int(full), month_number(month), int(day))
    match = patterns["month"].fullmatch(text)
    if match:
        year, rules = full_year(match[2])
        return with_rules(month_of(year, month_number(match[1])), rules)
    match = patterns["year_month"].fullmatch(text)
    if match:
        return month_of(int(match[1]), month_number(match[2]))
    return _read_part_of_year(text)


def _read_part_of_year(text: str) -> DateReading:
    for read in (_read_quarter, _read_week, _read_season, _read_half, _read_roman):
        reading = read(text)
        if reading.fault != "unreadable":
            return reading
    return UNREADABLE


def _read_quarter(text: str) -> DateReading:
    patterns = date_patterns()
    match = patterns["quarter"].fullmatch(text) or patterns["year_quarter"].fullmatch(text)
    if not match:
        return UNREADABLE
    parts = [part for part in match.groups() if part]
    number, written = parts if match.re is patterns["quarter"] else parts[::-1]
    year, rules = full_year(written)
    return with_rules(_quarter(year, int(read_words()["date.ordinal"].exact[fold(number)])), rules)


def _quarter(year: int, quarter: int) -> DateReading:
    return DateReading(dt.date(year, 3 * quarter - 2, 1), "quarter") if year else IMPOSSIBLE


def _read_week(text: str) -> DateReading:
    patterns = date_patterns()
    match = patterns["week"].fullmatch(text)
    if match:
        week, written = (part for part in match.groups() if part)
        year, rules = full_year(written)
        return with_rules(_week(year, int(week)), rules)
    match = patterns["year_week"].fullmatch(text)
    if match:
        written, week = (part for part in match.groups() if part)
        return _week(int(written), int(week))
    match = patterns["weeks"].fullmatch(text)
    if match:
        first, last, written = (part for part in match.groups() if part)
        end = _week(int(written), int(last))
        begin = _week(int(written) - (int(first) > int(last)), int(first))
        return join_range(begin, end)
    match = patterns["iso_day"].fullmatch(text)
    if match:
        try:
            return DateReading(dt.date.fromisocalendar(int(match[1]), int(match[2]), int(match[3])), "day")
        except ValueError:
            return IMPOSSIBLE
    return UNREADABLE


def _week(year: int, week: int) -> DateReading:
    try:
        return DateReading(dt.date.fromisocalendar(year, week, 1), "week")
    except ValueError:
        return IMPOSSIBLE


def _read_season(text: str) -> DateReading:
    match = date_patterns()["season"].fullmatch(text)
    if not match:
        return UNREADABLE
    month, second = int(read_words()["season"].exact[fold(match[1])]), match[3]
    year, rules = full_year(match[2])
    if not year:
        return IMPOSSIBLE
    if month == 12 and second is None:  # the winter of one year may be its beginning or its end
        return DateReading(dt.date(year, 1, 1), "year", rules=(*rules, "date_coarsened"))
    if second is not None and (month != 12 or full_year(second)[0] != year + 1):
        return UNREADABLE
    return with_rules(DateReading(dt.date(year, month, 1), "season"), rules)


def _read_half(text: str) -> DateReading:
    match = date_patterns()["half"].fullmatch(text)
    if not match:
        return UNREADABLE
    year, rules = full_year(match[match.lastindex or 0])
    return DateReading(dt.date(year, 1, 1), "year", rules=(*rules, "date_coarsened")) if year else IMPOSSIBLE


def _read_roman(text: str) -> DateReading:
    """Read Roman numerals: months after a day (8.VII.2012) and above IV, else quarters (III/2014)."""
    patterns = date_patterns()
    match = patterns["roman_day"].fullmatch(text)
    numbers = read_words()["date.roman"].exact
    if match:
        year, rules = full_year(match[3])
        return with_rules(day_of(year, int(numbers[match[2]]), int(match[1])), rules)
    match = patterns["roman"].fullmatch(text) or patterns["year_roman"].fullmatch(text)
    if not match:
        return UNREADABLE
    parts = [part for part in match.groups() if part]
    numeral, written = parts if match.re is patterns["roman"] else parts[::-1]
    year, rules = full_year(written)
    number = int(numbers[numeral])
    reading = _quarter(year, number) if number <= 4 else month_of(year, number)
    return with_rules(reading, (*rules, "date_roman"))


def join_range(left: DateReading, right: DateReading) -> DateReading:
    """Return a range from the beginning of one reading to the end of another, or the fault that it runs backwards."""
    if left.start is None or right.start is None or right.start < left.start:
        return IMPOSSIBLE
    rules = tuple(dict.fromkeys((*left.rules, *right.rules)))
    if right.start == left.start and right.precision == left.precision and right.end is None:
        return replace(left, rules=rules)
    end, precision = (right.end, right.end_precision) if right.end else (right.start, right.precision)
    return DateReading(left.start, left.precision, end, precision, rules)


def complete(text: str, right: DateReading) -> DateReading | None:
    """Read a beginning without a year (or month) by the end of its range; None where the text is no such beginning."""
    if right.start is None:
        return None
    year, month = right.start.year, right.start.month
    patterns = date_patterns()
    if right.precision == "day":
        match = re.fullmatch(r"(\d{1,2})\.?", text)
        if match:
            return day_of(year, month, int(match[1]))
        match = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", text)
        if match:
            return _before(int(match[1]), int(match[2]), right)
        match = patterns["partial_day"].fullmatch(text)
        if match:
            return _before(int(match[1]), month_number(match[2]), right)
    elif right.precision == "month":
        match = patterns["partial_month"].fullmatch(text)
        number = month_number(match[1]) if match else int(text) if re.fullmatch(r"\d{1,2}", text) else 0
        if number:
            return month_of(year if number <= month else year - 1, number)
    elif right.precision == "quarter":
        match = patterns["partial_quarter"].fullmatch(text)
        number = int(read_words()["date.ordinal"].exact[fold(match[1] or match[2])]) if match else 0
        if number:
            return _quarter(year if 3 * number - 2 <= month else year - 1, number)
    elif right.precision == "season":
        match = patterns["partial_season"].fullmatch(text)
        if match:
            number = int(read_words()["season"].exact[fold(match[1])])
            return DateReading(dt.date(year if number <= month else year - 1, number, 1), "season")
    return None


def _before(day: int, month: int, right: DateReading) -> DateReading:
    """Return the day without a year, in the last year that does not put it after the end of the range."""
    end = right.start or EARLIEST
    if 1 <= month <= 12 and (month, day) > (end.month, end.day):
        end = end.replace(year=end.year - 1, day=min(end.day, calendar.monthrange(end.year - 1, end.month)[1]))
    return day_of(end.year, month, day)
