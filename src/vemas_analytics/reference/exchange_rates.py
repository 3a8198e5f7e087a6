"""Euro exchange rates by date: yearly averages of the ECB reference rates."""

import csv
import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vemas_analytics.model.settings import OwnRate


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of a currency one euro was worth from ``valid_from`` to ``valid_to`` (both included)."""

    valid_from: dt.date
    valid_to: dt.date
    units_per_eur: float


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Dated rates per currency code, in order of time; ``own`` ones go before the published ``rates``."""

    rates: Mapping[str, tuple[Rate, ...]]
    own: Mapping[str, tuple[Rate, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def knows(self, currency: str) -> bool:
        """Tell whether any rate of this currency is known."""
        return currency == "EUR" or currency in self.rates or currency in self.own

    def is_own(self, currency: str, day: dt.date) -> bool:
        """Tell whether the organisation's own table gives the rate of that day."""
        return _rate_on(self.own.get(currency, ()), day) is not None

    def in_eur(self, value: float, currency: str, day: dt.date) -> float | None:
        """Return an amount in euros at the rate valid on ``day``, or None where there is no rate."""
        if currency == "EUR":
            return value
        rate = _rate_on(self.own.get(currency, ()), day) or _rate_on(self.rates.get(currency, ()), day)
        return None if rate is None else value / rate.units_per_eur


def _rate_on(rates: Sequence[Rate], day: dt.date) -> Rate | None:
    at = bisect_right(rates, day, key=lambda rate: rate.valid_from) - 1
    return rates[at] if at >= 0 and day <= rates[at].valid_to else None


@lru_cache(maxsize=1)
def read_exchange_rates() -> ExchangeRates:
    """Read the rate table (``reference/exchange_rates.csv``).

    Source: European Central Bank, euro foreign exchange reference rates, averaged per calendar year. No rouble
    rate was published after 2022-03-01.
    """
    text = (files("vemas_analytics.reference") / "exchange_rates.csv").read_text("utf-8")
    rates: dict[str, list[Rate]] = {}
    for row in csv.DictReader(text.splitlines()):
        rate = Rate(
            dt.date.fromisoformat(row["valid_from"]),
            dt.date.fromisoformat(row["valid_to"]),
            float(row["units_per_eur"]),
        )
        rates.setdefault(row["currency"], []).append(rate)
    ordered = {code: tuple(sorted(items, key=lambda rate: rate.valid_from)) for code, items in rates.items()}
    return ExchangeRates(MappingProxyType(ordered))


@lru_cache(maxsize=8)
def rates_with(own: tuple[OwnRate, ...]) -> ExchangeRates:
    """Return the published rates with the organisation's own before them.

    Parameters
    ----------
    own : tuple of OwnRate
        Without overlaps; days they leave out keep the published rate.
    """
    listed: dict[str, list[Rate]] = {}
    for rate in sorted(own, key=lambda item: (item.currency, item.valid_from)):
        listed.setdefault(rate.currency, []).append(Rate(rate.valid_from, rate.valid_to, rate.units_per_eur))
    return replace(read_exchange_rates(), own=MappingProxyType({code: tuple(rates) for code, rates in listed.items()}))
