"""Euro exchange rates by date: yearly averages of the ECB reference rates."""

import csv
import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of a currency one euro was worth from ``valid_from`` to ``valid_to`` (both included)."""

    valid_from: dt.date
    valid_to: dt.date
    units_per_eur: float


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Dated rates per currency code, in order of time."""

    rates: Mapping[str, tuple[Rate, ...]]

    def knows(self, currency: str) -> bool:
        """Tell whether any rate of this currency is known."""
        return currency == "EUR" or currency in self.rates

    def in_eur(self, value: float, currency: str, day: dt.date) -> float | None:
        """Return an amount in euros at the rate valid on ``day``, or None where there is no rate."""
        if currency == "EUR":
            return value
        rates = self.rates.get(currency, ())
        at = bisect_right(rates, day, key=lambda rate: rate.valid_from) - 1
        if at < 0 or day > rates[at].valid_to:
            return None
        return value / rates[at].units_per_eur


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
