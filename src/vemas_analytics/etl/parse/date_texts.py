"""The grammar of written dates: German, English, Russian, numeric."""

import calendar
import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from vemas_analytics.etl.parse.cells import is_missing
from vemas_analytics.etl.parse.date_reading import (
    EARLIEST,
    IMPOSSIBLE,
    MISSING,
    UNREADABLE,
    DateReading,
    day_of,
    in_range,
    month_of,
    read_serial,
)
from vemas_analytics.model.sheets import DayOrder
from vemas_analytics.reference.words import alternatives, fold, read_words

_LONGEST_DATE = 80

_YEAR = r"'?(\d{4}|\d{2})(?:\s?(?:г\.?|года|год))?"
SLASHED = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DOTTED = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?{_YEAR}")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_NUMERIC = re.compile(r"\d{4,5}(?:[.,]\d+)?|\d{8}")
_TIME = re.compile(
    r"(?:[t ]|,\s?)(?:um |ab )?"
    r"(?:\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?\s?(?:uhr|h|am|pm)?|\d{1,2}\s?uhr)$"
)
_WEEKDAY = re.compile(
    r"(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b\.?,?\s*"
)
_LEAD = re.compile(r"(?:am|vom|den|der|im|in|on|from|с|в)\s+")
_VAGUE_PART = re.compile(r"(?:anfang|beginn|mitte|ende|early|mid|late|начало|середина|конец)[\s-]+(?:of\s+)?")
_RANGE_SEPARATOR = re.compile(
    r"\s+-\s+|\s*(?:\bbis\b|\bund\b|\bu\.|\bto\b|\bpo\b|\bпо\b|\buntil\b)\s*(?:zum\s+)?|\s*[-/+&]\s*"
)
_NOTE_BOUNDARY = re.compile(r"\s*[,;(]\s*|\s+")
_OPEN_ENDED = re.compile(r"\W*(?:bis|-|to|ab|oder|or|und|until|или|по)\b")


def _word_pattern(template: str) -> re.Pattern[str]:
    return re.compile(
        template.replace("MONTH", f"({alternatives('month')})\\.?")
        .replace("SEASON", f"({alternatives('season')})")
        .replace("YEAR", _YEAR)
    )


@lru_cache(maxsize=1)
def _worded() -> dict[str, re.Pattern[str]]:
    quarter = r"(?:quartal|quarter|qtr|q|квартал|кв)\.?"
    half = r"(?:halbjahr|hj|half(?: of)?|полугодие)\.?"
    return {
        "day_month": _word_pattern(r"(\d{1,2})\.?\s?MONTH,?\s?YEAR"),
        "month_day": _word_pattern(r"MONTH\s?(\d{1,2})(?:st|nd|rd|th)?,\s?(\d{4})|MONTH\s(\d{1,2})\s(\d{4})"),
        "month_days": _word_pattern(r"MONTH\s?(\d{1,2})\s?-\s?(\d{1,2}),?\s(\d{4})"),
        "month": _word_pattern(r"MONTH\s?[,/-]?\s?YEAR"),
        "year_month": _word_pattern(r"(\d{4}),?\s?MONTH"),
        "season": _word_pattern(r"SEASON\s?YEAR(?:\s?/\s?(\d{4}|\d{2}))?"),
        "quarter": re.compile(rf"q\s?([1-4])[\s/.-]*{_YEAR}|([1-4]|i{{1,3}}|iv)\.?\s?{quarter}[\s/-]*{_YEAR}"),
        "year_quarter": re.compile(r"(\d{4})[\s/-]*q([1-4])"),
        "half": re.compile(rf"(?:h\s?[12]|(?:[12]|i|ii)\.?\s?{half})[\s/-]*{_YEAR}"),
        "week": re.compile(
            rf"(?:kw|woche|week|w)\.?\s?(\d{{1,2}})[\s/.,-]+{_YEAR}|(\d{{1,2}})\.?\s?(?:kw|woche)[\s/.,-]+{_YEAR}"
        ),
        "iso_week": re.compile(r"(\d{4})-?w(\d{1,2})"),
        "partial_day": _word_pattern(r"(\d{1,2})\.?\s?MONTH"),
        "partial_month": _word_pattern(r"MONTH"),
        "approximate": re.compile(rf"(?:~|≈|(?:{alternatives('approximate')})\b\.?)\s*"),
    }


@lru_cache(maxsize=100_000)
def read_date_text(text: str, order: DayOrder | None, year: int | None) -> DateReading:
    """Read a written date (tidied, folded case); see `read_date`."""
    if is_missing(text, "date"):
        return MISSING
    if len(text) > _LONGEST_DATE:
        return UNREADABLE
    if _NUMERIC.fullmatch(text):
        number = read_serial(float(text.replace(",", ".")))
        return number if number.fault != "out_of_range" or "." not in text else UNREADABLE
    reading = _read_undecorated(text, order, year)
    return in_range(reading) if reading.start else _without_note(text, reading, order, year)


def _read_undecorated(text: str, order: DayOrder | None, year: int | None) -> DateReading:
    """Read a date after taking off what does not change it (weekday, time) and what makes it vague."""
    bare = _TIME.sub("", _LEAD.sub("", _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text, count=1))
    rules: tuple[str, ...] = ()
    if bare.endswith("?"):
        bare, rules = bare.rstrip("? ("), ("date_approximate",)
    for vague in (_worded()["approximate"], _VAGUE_PART):
        match = vague.match(bare)
        if match:
            bare, rules = bare[match.end() :], ("date_approximate",)
    bare = bare.strip(" ,;")
    reading = _read_single(bare, order, year)
    if reading.fault == "unreadable":
        reading = _read_range(bare, order, year)
    return replace(reading, rules=(*reading.rules, *rules)) if reading.start and rules else reading


def _without_note(text: str, failed: DateReading, order: DayOrder | None, year: int | None) -> DateReading:
    """Read the longest beginning of a text that is a date, if what follows is a remark and not another date."""
    if failed.fault != "unreadable":
        return failed
    for boundary in reversed(list(_NOTE_BOUNDARY.finditer(text))):
        rest = text[boundary.start() :]
        if re.search(r"\d{3}", rest) or not re.search(r"[^\W\d]", rest) or _OPEN_ENDED.match(rest):
            continue
        reading = _read_undecorated(text[: boundary.start()], order, year)
        if reading.start is not None:
            return in_range(replace(reading, rules=(*reading.rules, "date_note_dropped")))
        if reading.fault != "unreadable":
            return reading
    return failed


def _full_year(text: str) -> tuple[int, tuple[str, ...]]:
    if len(text) == 4:
        return int(text), ()
    two = int(text)
    return (2000 + two if two < 50 else 1900 + two), ("date_two_digit_year",)


def _with_rules(reading: DateReading, rules: tuple[str, ...]) -> DateReading:
    return replace(reading, rules=(*reading.rules, *rules)) if reading.start and rules else reading


def _read_single(text: str, order: DayOrder | None, year: int | None) -> DateReading:
    match = _DOTTED.fullmatch(text)
    if match:
        full, rules = _full_year(match[3])
        return _with_rules(day_of(full, int(match[2]), int(match[1])), rules)
    match = _ISO.fullmatch(text)
    if match:
        return day_of(int(match[1]), int(match[3]), int(match[4]))
    match = SLASHED.fullmatch(text)
    if match:
        return _read_slashed(match, order)
    match = re.fullmatch(r"(\d{4})(?:\s?(?:г\.?|год))?", text)
    if match:
        return DateReading(dt.date(int(match[1]), 1, 1), "year") if int(match[1]) else IMPOSSIBLE
    match = re.fullmatch(r"(\d{1,2})\s?[/.-]\s?(\d{4})(?:\s?г\.?)?", text)
    if match:
        return month_of(int(match[2]), int(match[1]))
    match = re.fullmatch(r"(\d{4})\s?[/.-]\s?(\d{1,2})", text)
    if match:
        return month_of(int(match[1]), int(match[2]))
    if year is not None:
        partial = _complete(text, DateReading(dt.date(year, 12, 31), "day"))
        if partial is not None and partial.precision == "day" and not re.fullmatch(r"\d{1,2}\.?", text):
            return _with_rules(partial, ("date_year_from_sheet",))
    return _read_worded(text)


def _read_slashed(match: re.Match[str], order: DayOrder | None) -> DateReading:
    first, second = int(match[1]), int(match[3])
    year, rules = _full_year(match[4])
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        return _with_rules(day_of(year, month, day), rules)
    if order is None:
        return DateReading(fault="ambiguous") if first and second else IMPOSSIBLE
    day, month = (first, second) if order == "day_first" else (second, first)
    return _with_rules(day_of(year, month, day), (*rules, "date_order_from_column"))


def _month_number(word: str) -> int:
    return int(read_words()["month"].exact[fold(word)])


def _read_worded(text: str) -> DateReading:
    patterns = _worded()
    match = patterns["day_month"].fullmatch(text)
    if match:
        year, rules = _full_year(match[3])
        return _with_rules(day_of(year, _month_number(match[2]), int(match[1])), rules)
    match = patterns["month_day"].fullmatch(text)
    if match:
        month, day, full = (part for part in match.groups() if part)
        return day_of(int(full), _month_number(month), int(day))
    match = patterns["month"].fullmatch(text)
    if match:
        year, rules = _full_year(match[2])
        return _with_rules(month_of(year, _month_number(match[1])), rules)
    match = patterns["year_month"].fullmatch(text)
    if match:
        return month_of(int(match[1]), _month_number(match[2]))
    return _read_part_of_year(text)


def _read_part_of_year(text: str) -> DateReading:
    patterns = _worded()
    match = patterns["quarter"].fullmatch(text) or patterns["year_quarter"].fullmatch(text)
    if match:
        parts = [part for part in match.groups() if part]
        number, written = parts if match.re is patterns["quarter"] else parts[::-1]
        year, rules = _full_year(written)
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(number) or int(number)
        return _with_rules(DateReading(dt.date(year, 3 * quarter - 2, 1), "quarter"), rules)
    match = patterns["week"].fullmatch(text) or patterns["iso_week"].fullmatch(text)
    if match:
        parts = [part for part in match.groups() if part]
        week, written = parts if match.re is patterns["week"] else parts[::-1]
        year, rules = _full_year(written)
        return _with_rules(_week(year, int(week)), rules)
    match = patterns["season"].fullmatch(text)
    if match:
        return _season(int(read_words()["season"].exact[fold(match[1])]), match[2], match[3])
    match = patterns["half"].fullmatch(text)
    if match:
        year, rules = _full_year(match[1])
        return DateReading(dt.date(year, 1, 1), "year", rules=(*rules, "date_coarsened"))
    return UNREADABLE


def _week(year: int, week: int) -> DateReading:
    try:
        return DateReading(dt.date.fromisocalendar(year, week, 1), "week")
    except ValueError:
        return IMPOSSIBLE


def _season(month: int, written: str, second: str | None) -> DateReading:
    year, rules = _full_year(written)
    if month == 12 and second is None:  # the winter of one year may be its beginning or its end
        return DateReading(dt.date(year, 1, 1), "year", rules=(*rules, "date_coarsened"))
    if second is not None and (month != 12 or _full_year(second)[0] != year + 1):
        return UNREADABLE
    return _with_rules(DateReading(dt.date(year, month, 1), "season"), rules)


def _read_range(text: str, order: DayOrder | None, year: int | None) -> DateReading:
    match = _worded()["month_days"].fullmatch(text)
    if match:
        month, full = _month_number(match[1]), int(match[4])
        return _range(day_of(full, month, int(match[2])), day_of(full, month, int(match[3])))
    worst = UNREADABLE
    for separator in _RANGE_SEPARATOR.finditer(text):
        right = _read_single(text[separator.end() :], order, year)
        left_text = text[: separator.start()]
        if right.start is None:
            if right.fault == "impossible" and re.fullmatch(r"[\d.\s]+", left_text):
                worst = right
            continue
        left = _read_single(left_text, order, None)
        if left.start is None and left.fault == "unreadable":
            completed = _complete(left_text, right)
            left = completed if completed is not None else left
        if left.start is not None:
            return _range(left, right)
        worst = left if left.fault != "unreadable" else worst
    return worst


def _range(left: DateReading, right: DateReading) -> DateReading:
    if left.start is None or right.start is None or right.start < left.start:
        return IMPOSSIBLE
    rules = tuple(dict.fromkeys((*left.rules, *right.rules)))
    if right.start == left.start and right.precision == left.precision:
        return replace(left, rules=rules)
    return DateReading(left.start, left.precision, right.start, right.precision, rules)


def _complete(text: str, right: DateReading) -> DateReading | None:
    """Read a beginning without a year (or month) by the end of its range."""
    if right.start is None:
        return None
    year, month = right.start.year, right.start.month
    patterns = _worded()
    if right.precision == "day":
        match = re.fullmatch(r"(\d{1,2})\.?", text)
        if match:
            return day_of(year, month, int(match[1]))
        match = re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?", text)
        if match:
            return _before(int(match[1]), int(match[2]), right)
        match = patterns["partial_day"].fullmatch(text)
        if match:
            return _before(int(match[1]), _month_number(match[2]), right)
    elif right.precision == "month":
        match = patterns["partial_month"].fullmatch(text)
        number = _month_number(match[1]) if match else int(text) if re.fullmatch(r"\d{1,2}", text) else 0
        if number:
            return month_of(year if number <= month else year - 1, number)
    return None


def _before(day: int, month: int, right: DateReading) -> DateReading:
    """Return the day without a year, in the last year that does not put it after the end of the range."""
    end = right.start or EARLIEST
    if 1 <= month <= 12 and (month, day) > (end.month, end.day):
        end = end.replace(year=end.year - 1, day=min(end.day, calendar.monthrange(end.year - 1, end.month)[1]))
    return day_of(end.year, month, day)
