"""How offices write a date, an amount, a region: the same truth in many spellings."""

import datetime as dt
from typing import Final

import numpy as np

from vemas_analytics.synthetic.cases import pick
from vemas_analytics.synthetic.words import read_region_words

_SERIAL_EPOCH: Final = dt.date(1899, 12, 30)
_MONTHS: Final = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def spell_date(day: dt.date, precision: str, style: str) -> str | int | dt.date:
    """Return a date as a list has it: a real date, a text, or the bare day number of a spreadsheet."""
    if precision == "year":
        return str(day.year)
    if precision == "quarter":
        return f"{(day.month - 1) // 3 + 1}. Quartal {day.year}"
    if precision == "month":
        return f"{_MONTHS[day.month - 1]} {day.year}"
    if style == "real":
        return day
    if style == "serial":
        return (day - _SERIAL_EPOCH).days
    if style == "short":
        return f"{day.day}.{day.month}.{day.year % 100:02d}"
    if style == "iso":
        return day.isoformat()
    if style == "month_name":
        return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d.%m.%Y}"


def spell_period(start: dt.date, end: dt.date) -> str:
    """Return a period in one cell: ``08.-14.07.2012``, ``28.09.-01.10.2017``."""
    if start == end:
        return f"{start:%d.%m.%Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start:%d}.-{end:%d.%m.%Y}"
    if start.year == end.year:
        return f"{start:%d.%m}.-{end:%d.%m.%Y}"
    return f"{start:%d.%m.%Y}-{end:%d.%m.%Y}"


def _grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def spell_amount(value: int | None, currency: str, rng: np.random.Generator) -> str | int | None:
    """Return an amount in one of the spellings that lose nothing; a bare number is in euros."""
    if value is None:
        return None
    if currency == "RUB":
        return f"{_grouped(value)} RUB"
    spellings: list[str | int] = [value, f"{_grouped(value)},00 €", f"{_decimal(value / 1000)} TEUR"]
    if value >= 1_000_000 and value % 10_000 == 0:
        spellings.append(f"{_decimal(value / 1_000_000)} Mio. EUR")
    return pick(rng, spellings)


def spell_regions(
    regions: tuple[str, ...], rng: np.random.Generator, *, encoding: str = "utf-8", usual: float = 0.6
) -> str:
    """Return the region cell: mostly the usual German names, sometimes others; several joined as hands do."""
    words = read_region_words()
    if regions == ("RU",):
        return pick(rng, ("", "Russland", *words["RU"].others))
    spelled = []
    for code in regions:
        others = [text for text in words[code].others if _fits(text, encoding)]
        spelled.append(words[code].usual if not others or rng.random() < usual else pick(rng, others))
    return pick(rng, (" / ", ", ", " und ", "; ")).join(spelled)


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
