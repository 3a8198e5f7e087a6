"""The grammar of written dates: what is taken off first, numeric dates, ranges."""

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from vemas_analytics.etl.parse.cells import is_missing
from vemas_analytics.etl.parse.date_reading import (
    IMPOSSIBLE,
    MISSING,
    UNREADABLE,
    DateReading,
    day_of,
    in_range,
    month_of,
    read_serial,
)
from vemas_analytics.etl.parse.date_words import (
    YEAR,
    complete,
    date_patterns,
    full_year,
    join_range,
    month_number,
    read_worded,
    with_rules,
)
from vemas_analytics.model.sheets import DayOrder
from vemas_analytics.reference.words import alternatives, fold, read_words

_LONGEST_DATE = 80

SLASHED = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DOTTED = re.compile(rf"(\d{{1,2}})\s?\.\s?(\d{{1,2}})\s?\.\s?{YEAR}")
_COMMAS = re.compile(r"(\d{1,2}),\s?(\d{1,2}),\s?(\d{4})")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_ISO_RANGE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\s?[/]\s?(?:(\d{2})-)?(\d{2})")
_YEAR_ALONE = re.compile(r"(\d{4})(?:\s?(?:г\.?|года|году|год))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{4})(?:\s?г\.?)?")
_YEAR_MONTH = re.compile(r"(\d{4})\s?[/.-]\s?(\d{1,2})")
_NUMERIC = re.compile(r"\d{4,5}(?:[.,]\d+)?|\d{8}")
_TIME = re.compile(
    r"(?:[t ]|,\s?)(?:um |ab |gegen |at |в )?"
    r"(?:\d{1,2}[:.]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?-\s?\d{1,2}[:.]\d{2})?(?:z|[+-]\d{2}:?\d{2})?\s?(?:uhr|h|am|pm)?"
    r"|\d{1,2}(?:\s?-\s?\d{1,2})?\s?uhr)$"
)
_DOUBT = re.compile(r"\s*\(?\?+\)?$")
_END_MARKS = re.compile(r"(?<=[\d.])[*†¹²³]+$")
_NOTE_BOUNDARY = re.compile(r"\s*[,;(]\s*|\s+")
_OPEN_ENDED = re.compile(r"\W*(?:bis|-|to|ab|oder|or|und|until|или|по|до)(?!\w)")
_NO_YEAR_NEEDED = re.compile(r"\d{1,2}\.?|.*\d{4}.*")


@lru_cache(maxsize=1)
def _decoration() -> dict[str, re.Pattern[str]]:
    part = alternatives("date.part")
    between = "|".join(rf"(?<!\w){word}(?!\w)" for word in alternatives("date.between").split("|"))
    return {
        "weekday": re.compile(rf"({alternatives('date.weekday')})(?!\w)\.?,?\s*"),
        "lead": re.compile(rf"({alternatives('date.lead')})(?!\w)\.?\s+"),
        "until": re.compile(rf"(?:(?:{alternatives('date.until')})(?!\w)\.?|-)\s*"),
        "part": re.compile(
            rf"(?:{part})(?:\s?(?:/|-|bis|und|to)\s?(?:{part}))?[\s-]+(?:(?:of|des jahres|der|des|vom|von|im)\s+)*"
        ),
        "approximate": re.compile(rf"(?:~|≈|(?:{alternatives('approximate')})(?!\w)\.?)\s*"),
        "between": re.compile(rf"\s+-\s+|\s*(?:{between})\s*|\s*[-/+&]\s*"),
        "listed": re.compile(rf"\s*(?:{between})\s*|\s*[,/+&]\s*"),
    }


@lru_cache(maxsize=100_000)
def read_date_text(
    text: str, order: DayOrder | None, year: int | None, ends: bool = False, epoch_1904: bool = False
) -> DateReading:
    """Read a written date (tidied, folded case); see `read_date`."""
    if is_missing(text, "date"):
        return MISSING
    if len(text) > _LONGEST_DATE:
        return UNREADABLE
    if _NUMERIC.fullmatch(text):
        number = read_serial(float(text.replace(",", ".")), epoch_1904=epoch_1904)
        return number if number.fault != "out_of_range" or "." not in text else UNREADABLE
    if ends:
        until = _decoration()["until"].match(text)
        text = text[until.end() :] if until else text
    reading = _read_undecorated(text, order, year)
    if reading.start is None:
        reading = _without_note(text, reading, order, year)
    return in_range(reading)


def _read_undecorated(text: str, order: DayOrder | None, year: int | None) -> DateReading:
    """Read a date after taking off what does not change it (weekday, time) and what makes it vague."""
    bare, rules = _bare(text)
    reading = _read_single(bare, order, year)
    if reading.fault == "unreadable":
        reading = _read_range(bare, order, year)
    if reading.fault == "unreadable" and year is not None and not _NO_YEAR_NEEDED.fullmatch(bare):
        with_year = f"{bare} {year}"
        reading = _read_single(with_year, order, None)
        if reading.fault == "unreadable":
            reading = _read_range(with_year, order, None)
        reading = with_rules(reading, ("date_year_from_sheet",)) if reading.start else UNREADABLE
    if reading.end is not None:
        rules = tuple(rule for rule in rules if rule != "date_open")
    if reading.precision == "day" and reading.start is not None and _names_other_weekday(text, reading.start):
        rules = (*rules, "date_weekday_differs")
    return with_rules(reading, rules)


def _names_other_weekday(text: str, day: dt.date) -> bool:
    match = _decoration()["weekday"].match(text)
    return match is not None and int(read_words()["date.weekday"].exact[fold(match[1])]) != day.isoweekday()


def _bare(text: str) -> tuple[str, tuple[str, ...]]:
    patterns = _decoration()
    rules: tuple[str, ...] = ()
    bare = text
    if re.fullmatch(r"\([^()]*\d[^()]*\)", bare):
        bare, rules = bare[1:-1], ("date_approximate",)
    bare = patterns["weekday"].sub("", bare, count=1) if patterns["weekday"].match(bare) else bare
    for _ in range(3):
        match = patterns["lead"].match(bare)
        if match is None:
            break
        is_open = read_words()["date.lead"].exact[fold(match[1])] == "open"
        bare, rules = bare[match.end() :], (*rules, "date_open") if is_open else rules
    bare = patterns["weekday"].sub("", bare, count=1) if patterns["weekday"].match(bare) else bare
    bare = _TIME.sub("", bare)
    for mark, rule in ((_DOUBT, "date_approximate"), (_END_MARKS, "date_note_dropped")):
        if mark.search(bare):
            bare, rules = mark.sub("", bare), (*rules, rule)
    for vague in ("approximate", "part", "approximate"):
        match = patterns[vague].match(bare)
        if match:
            bare, rules = bare[match.end() :], (*rules, "date_approximate")
    return re.sub(r"(?<=\d{4})\.$", "", bare.strip(" ,;")), tuple(dict.fromkeys(rules))


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
            return replace(reading, rules=(*reading.rules, "date_note_dropped"))
        if reading.fault != "unreadable":
            return reading
    return failed


def _read_single(text: str, order: DayOrder | None, year: int | None) -> DateReading:
    match = _DOTTED.fullmatch(text)
    if match:
        full, rules = full_year(match[3])
        return with_rules(day_of(full, int(match[2]), int(match[1])), rules)
    match = _ISO.fullmatch(text)
    if match:
        return day_of(int(match[1]), int(match[3]), int(match[4]))
    match = SLASHED.fullmatch(text)
    if match:
        return _read_slashed(match, order)
    match = _COMMAS.fullmatch(text)
    if match:
        return with_rules(day_of(int(match[3]), int(match[2]), int(match[1])), ("date_commas",))
    match = _YEAR_ALONE.fullmatch(text)
    if match:
        return DateReading(dt.date(int(match[1]), 1, 1), "year") if int(match[1]) else IMPOSSIBLE
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return month_of(int(match[2]), int(match[1]))
    match = _YEAR_MONTH.fullmatch(text)
    if match:
        return month_of(int(match[1]), int(match[2]))
    if year is not None:
        partial = complete(text, DateReading(dt.date(year, 12, 31), "day"))
        if partial is not None and partial.precision == "day" and not re.fullmatch(r"\d{1,2}\.?", text):
            return with_rules(partial, ("date_year_from_sheet",))
    return read_worded(text)


def _read_slashed(match: re.Match[str], order: DayOrder | None) -> DateReading:
    first, second = int(match[1]), int(match[3])
    year, rules = full_year(match[4])
    if first > 12 or second > 12 or first == second:
        day, month = (second, first) if second > 12 else (first, second)
        return with_rules(day_of(year, month, day), rules)
    if order is None:
        return DateReading(fault="ambiguous") if first and second else IMPOSSIBLE
    day, month = (first, second) if order == "day_first" else (second, first)
    return with_rules(day_of(year, month, day), (*rules, "date_order_from_column"))


def _read_range(text: str, order: DayOrder | None, year: int | None, *, nested: bool = False) -> DateReading:
    match = date_patterns()["month_days"].fullmatch(text)
    if match:
        month, full = month_number(match[1]), int(match[4])
        return join_range(day_of(full, month, int(match[2])), day_of(full, month, int(match[3])))
    match = _ISO_RANGE.fullmatch(text)
    if match:
        full, month = int(match[1]), int(match[2])
        return join_range(
            day_of(full, month, int(match[3])), day_of(full, int(match[4]) if match[4] else month, int(match[5]))
        )
    plain = _split_range(text, order, year, nested=False)
    return plain if plain.fault != "unreadable" or nested else _split_range(text, order, year, nested=True)


def _split_range(text: str, order: DayOrder | None, year: int | None, *, nested: bool) -> DateReading:
    """Read a text as beginning and end; either may be a range itself where ``nested``."""
    worst = UNREADABLE
    for separator in _decoration()["between"].finditer(text):
        left_text, right_text = text[: separator.start()], text[separator.end() :]
        vague: tuple[str, ...] = ()
        if nested:
            stripped = [_without_part(part) for part in (left_text, right_text)]
            vague = () if stripped == [left_text, right_text] else ("date_approximate",)
            left_text, right_text = stripped
        right = _read_single(right_text, order, year)
        if right.fault == "unreadable" and nested:
            right = _read_range(right_text, order, year, nested=True)
        if right.start is None:
            if right.fault == "impossible" and re.fullmatch(r"[\d.\s]+", left_text):
                worst = right
            continue
        left = _read_left(left_text, right, order, nested=nested)
        if left.start is not None:
            return with_rules(_joined(left, right), vague)
        worst = left if left.fault != "unreadable" else worst
    return worst


def _without_part(text: str) -> str:
    match = _decoration()["part"].match(text)
    return text[match.end() :] if match else text


def _joined(left: DateReading, right: DateReading) -> DateReading:
    reading = join_range(left, right)
    return with_rules(reading, ("date_several",)) if left.end or right.end else reading


def _read_left(text: str, right: DateReading, order: DayOrder | None, *, nested: bool) -> DateReading:
    """Read the beginning of a range: a date, what the end completes, or several days of which the first counts."""
    left = _read_single(text, order, None)
    if left.fault != "unreadable":
        return left
    completed = complete(text, right)
    if completed is not None:
        return completed
    if nested and re.search(r"\d{4}", text):
        return _read_range(text, order, None, nested=True)
    return _first_of_several(text, right)


def _first_of_several(text: str, right: DateReading) -> DateReading:
    """Read ``8., 9.`` before ``10. Juli 2012``, if the days follow one another."""
    parts = [part for part in _decoration()["listed"].split(text) if part]
    days = [complete(part, right) for part in parts] if len(parts) > 1 else []
    starts = [day.start for day in days if day is not None and day.start is not None]
    if not starts or len(starts) < len(days) or sorted(set(starts)) != starts:
        return UNREADABLE
    first = days[0] or UNREADABLE
    return replace(first, end=starts[-1], end_precision=first.precision)
