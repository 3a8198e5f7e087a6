"""Names, numbers and lists as alternative texts write them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from vemas_analytics.model.finding import Finding, Scalar, SeriesPoint
from vemas_analytics.model.names import DAYS_PER_MONTH, TOTAL, Language, Measure
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.numbers import (
    format_change,
    format_date,
    format_decimal,
    format_integer,
    format_keur,
    format_percent,
)
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.texts import read_texts

FEWEST_FOR_PERCENT = 5
"""Fewer events than these carry no percentage."""

MOST_NAMED = 3
"""So many regions are named in a text; the rest is counted."""


@dataclass(frozen=True, slots=True)
class AltWords:
    """Words of one language with the names a document gives to findings and regions."""

    language: Language
    labels: Mapping[str, str]

    def say(self, key: str, /, **params: object) -> str:
        """Return a text of the catalogue."""
        return read_texts(self.language).text(f"chart_alt.{key}", **params)

    def count(self, key: str, n: int) -> str:
        """Return the plural form of a text for a number."""
        return read_texts(self.language).plural(f"chart_alt.{key}", n, n=format_integer(n, self.language))

    def chart_text(self, key: str) -> str:
        """Return a word that the drawings use too."""
        return read_texts(self.language).text(f"chart.{key}")

    def chart_plural(self, key: str, n: int, /, **params: object) -> str:
        """Return the plural form of a word that the drawings use too."""
        return read_texts(self.language).plural(f"chart.{key}", n, **params)

    def region(self, finding: Finding) -> str:
        """Return the short name of a finding's region, or the label given to the finding."""
        return self.labels.get(finding.key) or self.region_of(finding.region)

    def region_of(self, code: str) -> str:
        """Return the short name of a region."""
        if code in self.labels:
            return self.labels[code]
        key, texts = f"chart.regions.{code}", read_texts(self.language)
        return texts.text(key) if key in texts else read_regions().short(code, self.language)

    def measure(self, finding: Finding) -> str:
        """Return the label of a measure; what is no measure has none."""
        info = read_measures().get(cast("Measure", finding.measure))
        return "" if info is None else info.label[self.language]

    def kind(self, drawing: str, findings: Sequence[Finding]) -> str:
        """Return what the chart is: its form and what it is about."""
        named = next((item for item in findings if self.measure(item)), None)
        what = "" if named is None else self.measure(named)
        regions = {item.region for item in findings if self.measure(item)}
        if named is not None and len(regions) == 1 and named.region != TOTAL:
            what = self.say("of_region", measure=what, region=self.region(named))
        year = next((item.baseline for item in findings if item.question == "annual_months"), "")
        return self.say(f"kind.{drawing}", what=what, year=year)

    def value(self, number: float, finding: Finding) -> str:
        """Return a value in the unit of the finding's measure."""
        if finding.measure.endswith("_eur"):
            return self.say("keur", value=format_keur(number, self.language))
        return format_integer(number, self.language)

    def bounded(self, point: SeriesPoint, finding: Finding) -> str:
        """Return the value of a period; of a partial record it is a lower bound, and nothing found says nothing."""
        text = self.value(point.value or 0.0, finding)
        if point.covered:
            return text
        return self.say("at_least", value=text) if point.value else self.say("none_on_record")

    def integer(self, number: float) -> str:
        """Return a whole number."""
        return format_integer(number, self.language)

    def rate(self, number: float) -> str:
        """Return a rate with one decimal."""
        return format_decimal(number, self.language)

    def date(self, day: dt.date) -> str:
        """Return a day."""
        return format_date(day, self.language)

    def change(self, finding: Finding) -> str:
        """Return a change with interval, numbers and windows; empty where it may not be told as a percentage."""
        estimate = finding.estimate
        if estimate is None or not estimate.value or estimate.low is None or estimate.high is None:
            return ""
        if finding.n_before is None or finding.n_after is None or not finding.days_before or not finding.days_after:
            return ""
        if finding.n_before < FEWEST_FOR_PERCENT:
            return ""
        ratios = (estimate.value, estimate.low, estimate.high)
        value, low, high = (format_change(ratio, self.language) for ratio in ratios)
        n = self.say(
            "n_both",
            before=self.integer(finding.n_before),
            after=self.integer(finding.n_after),
            months_before=self.integer(finding.days_before / DAYS_PER_MONTH),
            months_after=self.integer(finding.days_after / DAYS_PER_MONTH),
        )
        return self.say("evidence", value=value, low=low, high=high, n=n)

    def share(self, value: float, limits: tuple[float | None, float | None], n: int, days: float) -> str:
        """Return a share with interval, number and window; where it has no interval, that there are too few cases."""
        told = self.say("n_side", n=self.integer(n), months=self.integer(days / DAYS_PER_MONTH))
        low, high = limits
        if low is None or high is None or value * n < FEWEST_FOR_PERCENT:
            return self.say("few", cases=told)
        texts = [format_percent(share, self.language) for share in (value, low, high)]
        return self.say("evidence", value=texts[0], low=texts[1], high=texts[2], n=told)

    def join(self, items: Sequence[str], *, most: int = MOST_NAMED) -> str:
        """Return the first items, parted by semicolons as numbers hold commas, and how many more there are."""
        if len(items) <= most + 1:
            return "; ".join(items)
        return f"{'; '.join(items[:most])} {self.count('and_more', len(items) - most)}"


def number(row: Mapping[str, Scalar], name: str) -> float | None:
    """Return a number of a table row, None where it has none."""
    value = row.get(name)
    return None if value is None else float(cast("float", value))


def rows_of(finding: Finding) -> list[dict[str, Scalar]]:
    """Return the rows of a finding's table."""
    return [] if finding.table is None else list(finding.table.records())
