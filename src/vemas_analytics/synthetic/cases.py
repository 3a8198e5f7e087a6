"""Inquiries and offers as they truly were, before any list garbles them."""

import bisect
import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from vemas_analytics.model.names import Precision
from vemas_analytics.synthetic.intensity import COVID, END, LAST_DAY, STOP, draw_days, read_streams
from vemas_analytics.synthetic.words import read_names, read_russian_companies

ROUBLES_PER_EURO: Final = 65
"""Rough rate at which an invented amount is turned into roubles; the package converts by its own table."""

_SHORTEST_WAIT, _LONGEST_WAIT = dt.timedelta(days=14), dt.timedelta(days=180)
_CUT_MONTHS: Final = {(2020, 2), (STOP.year, STOP.month)}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One inquiry. ``key`` names it within the demo whatever number a list gives it."""

    key: str
    number: str
    received_on: dt.date
    precision: Precision
    regions: tuple[str, ...]
    russian_company: str
    saxon_company: str
    subject: str
    subject_kind: str
    channel: str
    value: int | None
    currency: str
    status: str
    closed_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer; ``inquiry`` is the number of the inquiry it answers, or empty."""

    key: str
    number: str
    inquiry: str
    offered_on: dt.date
    regions: tuple[str, ...]
    saxon_company: str
    russian_company: str
    subject: str
    subject_kind: str
    value: int | None
    currency: str
    status: str
    decided_on: dt.date | None


def pick(rng: np.random.Generator, items: Sequence[T], weights: Sequence[float] = ()) -> T:
    """Draw one item; ``weights`` need not sum to one."""
    if not weights:
        return items[int(rng.integers(len(items)))]
    shares = np.cumsum(weights) / np.sum(weights)
    return items[min(int(np.searchsorted(shares, rng.random(), side="right")), len(items) - 1)]


def _amount(rng: np.random.Generator, median: float, known: float, roubles: float) -> tuple[int | None, str]:
    value = max(round(median * float(np.exp(rng.normal(0.0, 0.9))) / 1000), 5) * 1000
    if rng.random() >= known:
        return None, ""
    if rng.random() < roubles:
        return round(value * ROUBLES_PER_EURO / 10_000) * 10_000, "RUB"
    return value, "EUR"


def _company(rng: np.random.Generator, *, latin: bool) -> str:
    company = pick(rng, read_russian_companies())
    return company.cyrillic if company.cyrillic and not latin and rng.random() < 0.4 else company.latin


def _subject(rng: np.random.Generator) -> tuple[str, str]:
    subjects = read_names()["subjects"]
    kind = pick(rng, list(subjects), (0.55, 0.18, 0.07, 0.15, 0.05))
    return pick(rng, subjects[kind]), kind


def _drawn_days(table: str, scale: float, rng: np.random.Generator) -> list[tuple[dt.date, tuple[str, ...]]]:
    drawn = [(day, item.regions) for item in read_streams(scale) if item.table == table for day in draw_days(item, rng)]
    return sorted(drawn)


def _precision(rng: np.random.Generator, day: dt.date) -> tuple[Precision, dt.date]:
    """Coarsen a few dates; not in a month that a window edge cuts, where the day decides the side."""
    chance = rng.random()
    if (day.year, day.month) in _CUT_MONTHS or chance >= 0.03:
        return "day", day
    if chance >= 0.006 or day.year == STOP.year:
        return "month", day.replace(day=1)
    if chance >= 0.003:
        return "quarter", dt.date(day.year, day.month - (day.month - 1) % 3, 1)
    return "year", dt.date(day.year, 1, 1)


def _inquiry_outcome(rng: np.random.Generator, day: dt.date) -> tuple[str, dt.date | None]:
    closed = day + dt.timedelta(days=7 + int(rng.gamma(2.0, 55.0)))
    undated = rng.random() < 0.03
    if day >= STOP:
        status = pick(rng, ("declined", "open"), (0.7, 0.3))
        answered = min(day + dt.timedelta(days=int(rng.integers(2, 30))), LAST_DAY)
        return status, answered if status == "declined" else None
    if closed >= STOP:
        if rng.random() < 0.5:
            return "open", None
        return "closed", STOP + dt.timedelta(days=int(rng.integers(8, 120)))
    status = pick(rng, ("answered", "closed", "declined"), (0.45, 0.35, 0.20))
    return status, None if undated else closed


def draw_inquiries(scale: float, rng: np.random.Generator) -> tuple[Inquiry, ...]:
    """Draw all inquiries, numbered by year in order of arrival."""
    names = read_names()
    inquiries: list[Inquiry] = []
    counters: dict[int, int] = {}
    for day, regions in _drawn_days("inquiries", scale, rng):
        counters[day.year] = counters.get(day.year, 0) + 1
        number = f"A{day.year % 100:02d}-{counters[day.year]:03d}"
        precision, shown = _precision(rng, day)
        subject, kind = _subject(rng)
        value, currency = _amount(rng, 160_000, 0.45, 0.12 if 2015 <= day.year <= 2020 else 0.0)
        status, closed_on = _inquiry_outcome(rng, day)
        quiet = COVID[0] <= day < COVID[1] or day >= STOP
        channel = "direct" if quiet else pick(rng, list(names["channel_words"]), (0.2, 0.2, 0.2, 0.1, 0.3))
        inquiries.append(
            Inquiry(
                key=f"inquiry {number}",
                number=number,
                received_on=shown,
                precision=precision,
                regions=regions,
                russian_company=_company(rng, latin=False),
                saxon_company=pick(rng, names["saxon"]) if rng.random() < 0.5 else "",
                subject=subject,
                subject_kind=kind,
                channel=channel,
                value=value,
                currency=currency,
                status=status,
                closed_on=closed_on,
            )
        )
    return tuple(inquiries)


def _fate_after_stop(rng: np.random.Generator) -> tuple[str, dt.date | None]:
    status = pick(rng, ("suspended", "withdrawn", "lost", "open", "negotiation"), (0.45, 0.2, 0.12, 0.13, 0.10))
    if status in {"open", "negotiation"}:
        return status, None
    return status, STOP + dt.timedelta(days=int(rng.integers(5, 150)))


def _offer_outcome(rng: np.random.Generator, day: dt.date) -> tuple[str, dt.date | None]:
    decided = day + dt.timedelta(days=20 + int(rng.gamma(2.2, 120.0)))
    if day >= STOP:
        status = pick(rng, ("open", "lost"), (0.5, 0.5))
        return (status, decided) if status == "lost" and decided < END else ("open", None)
    if decided >= STOP:
        return _fate_after_stop(rng)
    status = pick(rng, ("won", "lost", "withdrawn"), (0.26, 0.60, 0.14))
    return status, None if rng.random() < 0.02 else decided


def _by_regions(inquiries: Sequence[Inquiry]) -> dict[tuple[str, ...], list[Inquiry]]:
    """Return the day-dated inquiries of each set of regions, in order of arrival."""
    found: dict[tuple[str, ...], list[Inquiry]] = {}
    for item in inquiries:
        if item.precision == "day":
            found.setdefault(item.regions, []).append(item)
    return found


def _link(pool: Sequence[Inquiry], day: dt.date, taken: set[str], rng: np.random.Generator) -> Inquiry | None:
    """Choose an inquiry of some weeks earlier, on the same side of the stop; many offers answer none on record."""
    if rng.random() < 0.4:
        return None
    first = bisect.bisect_left(pool, day - _LONGEST_WAIT, key=_received_on)
    last = bisect.bisect_right(pool, day - _SHORTEST_WAIT, key=_received_on)
    candidates = [
        item for item in pool[first:last] if item.key not in taken and (item.received_on < STOP) == (day < STOP)
    ]
    return pick(rng, candidates) if candidates else None


def _received_on(inquiry: Inquiry) -> dt.date:
    return inquiry.received_on


def draw_offers(
    inquiries: Sequence[Inquiry], scale: float, rng: np.random.Generator
) -> tuple[tuple[Inquiry, ...], tuple[Offer, ...]]:
    """Draw all offers; return the inquiries they answer marked as offered, and the offers.

    Offers are drawn by their own streams and linked to inquiries afterwards, so that their counts stay Poisson.
    One offer open at the stop was won later without a date.
    """
    names = read_names()
    pools = _by_regions(inquiries)
    offers: list[Offer] = []
    counters: dict[int, int] = {}
    taken: set[str] = set()
    for day, regions in _drawn_days("offers", scale, rng):
        counters[day.year] = counters.get(day.year, 0) + 1
        number = f"AN-{day.year}-{counters[day.year]:03d}"
        source = _link(pools.get(regions, ()), day, taken, rng)
        subject, kind = _subject(rng)
        if source is not None:
            taken.add(source.key)
            subject, kind = source.subject, source.subject_kind
        value, currency = _amount(rng, 220_000, 0.85, 0.0 if day.year < 2019 else 0.10)
        status, decided_on = _offer_outcome(rng, day)
        offers.append(
            Offer(
                key=f"offer {number}",
                number=number,
                inquiry=source.number if source else "",
                offered_on=day,
                regions=regions,
                saxon_company=pick(rng, names["saxon"]),
                russian_company=_company(rng, latin=True),
                subject=subject,
                subject_kind=kind,
                value=value,
                currency=currency,
                status=status,
                decided_on=decided_on,
            )
        )
    return _mark_offered(inquiries, offers), _one_won_undated(offers)


def _mark_offered(inquiries: Sequence[Inquiry], offers: Sequence[Offer]) -> tuple[Inquiry, ...]:
    """Close each answered inquiry on the day of its offer: the oldest lists give no number to refer to."""
    days = {item.inquiry: item.offered_on for item in offers if item.inquiry}
    return tuple(
        dataclasses.replace(item, status="offered", closed_on=days[item.number]) if item.number in days else item
        for item in inquiries
    )


def _one_won_undated(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    pending = [item.key for item in offers if item.offered_on < STOP and item.status in {"open", "negotiation"}]
    return tuple(
        dataclasses.replace(item, status="won") if pending and item.key == pending[-1] else item for item in offers
    )
