"""A second way to every key figure: plain Python over the lists that `vemas tables` writes.

Nothing of the panel or the analysis is used here, so that agreement with `findings.json` says something.
"""

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from scipy.stats import beta

FINE = {"day", "week", "month"}
MONTHS = {"month": 1, "quarter": 3, "season": 3, "year": 12}
DAY = dt.timedelta(days=1)
HELD_TRIP = {"status": {"held"}}
HELD_FORUM = {"forum_status": {"held"}}

MEASURES = {
    # measure: table, date column, amount column, conditions
    "inquiries": ("inquiries", "received_on", None, {}),
    "inquiry_value_eur": ("inquiries", "received_on", "value_eur", {}),
    "offers": ("offers", "offered_on", None, {}),
    "offer_value_eur": ("offers", "offered_on", "value_eur", {}),
    "orders": ("offers", "decided_on", None, {"status": {"won"}}),
    "order_value_eur": ("offers", "decided_on", "value_eur", {"status": {"won"}}),
    "trips": ("trips", "start_on", None, HELD_TRIP),
    "trips_announced": ("trips", "start_on", None, {"status": {"announced"}}),
    "trips_cancelled": ("trips", "start_on", None, {"status": {"cancelled"}}),
    "trip_companies": ("trips", "start_on", "companies", HELD_TRIP | {"direction": {"outbound", "virtual"}}),
    "forums": ("attendance", "held_on", None, HELD_FORUM),
    "forum_attendance": ("attendance", "held_on", "persons", HELD_FORUM | {"attended": {"attended", "unknown"}}),
}
ENDED = {"inquiries": {"closed", "declined"}, "offers": {"won", "lost", "withdrawn"}}
END_COLUMN = {"inquiries": "closed_on", "offers": "decided_on"}


def possible_days(text: str, precision: str) -> tuple[dt.date, dt.date]:
    """First day and the day after the last one that a date can mean."""
    start = dt.date.fromisoformat(text[:10])
    if precision in MONTHS:
        index = start.year * 12 + start.month - 1 + MONTHS[precision]
        return start, dt.date(index // 12, index % 12 + 1, 1)
    return start, start + (7 if precision == "week" else 1) * DAY


@dataclass(frozen=True, eq=False)
class Case:
    """One thing counted: a record, a trip or a forum, with every source row it stands on."""

    start: dt.date
    until: dt.date
    fine: bool
    amount: float | None
    regions: frozenset[str]
    rows: frozenset[tuple[str, str, int]]
    fields: dict[str, str]

    def within(self, start: dt.date, end: dt.date) -> bool:
        return start <= self.start and self.until <= end


class Recount:
    """The lists of a folder, counted by hand."""

    def __init__(self, folder: Path, *, stop: dt.date, as_of: dt.date) -> None:
        self.stop, self.end = stop, as_of + DAY
        self._cases: dict[tuple[str, str], list[Case]] = {}
        self.tables = {}
        for table in ("inquiries", "offers", "trips", "attendance"):
            with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
                self.tables[table] = list(csv.DictReader(stream))

    def cases(self, measure: str, region: str) -> list[Case]:
        if (measure, region) not in self._cases:
            self._cases[measure, region] = self._read_cases(measure, region)
        return self._cases[measure, region]

    def _read_cases(self, measure: str, region: str) -> list[Case]:
        table, column, amount, conditions = MEASURES[measure]
        grouped: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
        for row in self.tables[table]:
            if row[column] and all(row[name] in allowed for name, allowed in conditions.items()):
                grouped[_identity(measure, row)].append(row)
        found = []
        for rows in grouped.values():
            start, until = possible_days(rows[0][column], rows[0][f"{column}_precision"] or "day")
            regions = frozenset(row["region"] for row in rows)
            if start >= self.end or (region != "ALL" and region not in regions):
                continue
            known = [float(row[amount]) for row in rows if amount and row[amount]]
            found.append(
                Case(
                    start=start,
                    until=until,
                    fine=(rows[0][f"{column}_precision"] or "day") in FINE,
                    amount=known[0] if known else None,
                    regions=regions,
                    rows=frozenset((r["source_file"], r["source_sheet"], int(r["source_row"])) for r in rows),
                    fields=rows[0],
                )
            )
        return found

    def figure(self, measure: str, cases: list[Case]) -> float | None:
        if MEASURES[measure][2] is None:
            return len(cases)
        known = [case.amount for case in cases if case.amount is not None]
        return None if cases and not known else sum(known)

    def count(self, measure: str, region: str, start: dt.date, end: dt.date) -> tuple[float | None, int]:
        """The figure of a period from dates of day to month, and how many coarser dates lie in it."""
        inside = [case for case in self.cases(measure, region) if case.within(start, end)]
        coarse = sum(not case.fine for case in inside)
        return self.figure(measure, [case for case in inside if case.fine]), coarse

    def year(self, measure: str, region: str, year: int) -> float | None:
        bounds = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        return self.figure(measure, [case for case in self.cases(measure, region) if case.within(*bounds)])

    def last(self, measure: str, region: str) -> dt.date | None:
        return max((case.start for case in self.cases(measure, region)), default=None)

    def after_stop(self, measure: str, region: str) -> list[Case]:
        return [case for case in self.cases(measure, region) if case.start >= self.stop]

    def open_on_eve(self, table: str, region: str) -> tuple[list[Case], list[Case]]:
        """Cases open on the eve of the stop, and those that ended nobody knows when."""
        answered = {
            row["inquiry_id"]: possible_days(row["offered_on"], row["offered_on_precision"])[1]
            for row in sorted(self.tables["offers"], key=lambda row: row["offered_on"], reverse=True)
            if row["inquiry_id"]
        }
        still_open, unknown = [], []
        for case in self.cases(table, region):
            row, ended = case.fields, None
            if case.until > self.stop:
                continue
            if row[END_COLUMN[table]]:
                ended = possible_days(row[END_COLUMN[table]], row[f"{END_COLUMN[table]}_precision"] or "day")
            offered = answered.get(row["inquiry_id"]) if table == "inquiries" else None
            if (ended and ended[1] <= self.stop) or (offered and offered <= self.stop):
                continue
            vague = ended is not None and ended[0] < self.stop
            undated = ended is None and row["status"] in ENDED[table]
            unclear = table == "inquiries" and ended is None and offered is None and row["status"] == "offered"
            (unknown if vague or undated or unclear else still_open).append(case)
        return still_open, unknown

    def eve_figures(self, table: str, region: str) -> dict[str, float | None]:
        cases, unknown = self.open_on_eve(table, region)
        values = [float(case.fields["value_eur"]) for case in cases if case.fields["value_eur"]]
        ages = [(self.stop - case.start).days for case in cases]
        firms = {" ".join(case.fields["saxon_company"].split()).casefold() for case in cases} - {""}
        return {
            "n_open": len(cases),
            "n_unknown": len(unknown),
            "n_firms": len(firms),
            "value_eur": sum(values) if values or not cases else None,
            "n_value_known": len(values),
            "age_days_median": median(ages) if ages else None,
            "age_days_max": max(ages, default=None),
        }


def _identity(measure: str, row: dict[str, str]) -> tuple[str, ...]:
    if measure.startswith("trip"):
        return (row["trip_id"], row["start_on"])
    if measure == "forums":
        return (row["forum_id"], row["held_on"])
    return (row["source_file"], row["source_sheet"], row["source_row"])


def exact_ratio(n_after: int, days_after: float, n_before: int, days_before: float) -> tuple[float, ...]:
    """Ratio of two rates with the central conditional interval: Clopper-Pearson on the split of the events."""
    n, scale = n_after + n_before, days_before / days_after
    low = 0.0 if n_after == 0 else beta.ppf(0.025, n_after, n - n_after + 1)
    high = 1.0 if n_after == n else beta.ppf(0.975, n_after + 1, n - n_after)
    as_ratio = [share / (1 - share) * scale if share < 1 else float("inf") for share in (low, high)]
    return (n_after / n_before * scale, *as_ratio)
