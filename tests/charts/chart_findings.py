"""Findings as the drawings meet them, small and extreme, for the tests of charts."""

import datetime as dt
import itertools
from collections.abc import Sequence

from vemas_analytics.charts import ChartSpec, TimeBand
from vemas_analytics.model.finding import DataTable, Estimate, Finding, Scalar, SeriesPoint
from vemas_analytics.model.names import Language

STOP = dt.date(2022, 2, 24)
SANCTIONS, COVID, COVID_END = dt.date(2014, 8, 1), dt.date(2020, 3, 1), dt.date(2021, 6, 1)
REGIONS = (
    "RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ", "RU-MOS", "RU-MOW", "RU-PER", "RU-CHE", "RU-SAM",
    "RU-ROS", "RU-KDA", "RU-BA", "RU-NVS", "RU-OMS", "RU-TUL", "RU-VLA", "RU-KHM", "RU-KK", "RU",
)  # fmt: skip
ACTIVITY_COLUMNS = (
    "start", "end", "precision", "kind", "title", "place", "region", "direction", "organiser", "organiser_group",
    "companies", "companies_bound", "persons", "persons_bound", "status",
)  # fmt: skip


def make_spec(language: Language = "de", **changes: object) -> ChartSpec:
    """Return a specification with the four phases, both breaks and the stop."""
    german = language == "de"
    given: dict[str, object] = {
        "language": language,
        "stop": STOP,
        "breaks": (
            TimeBand("EU-Sanktionen" if german else "EU sanctions", SANCTIONS, None),
            TimeBand("COVID-19", COVID, COVID_END),
        ),
        "phases": (
            TimeBand("vor den EU-Sanktionen", None, SANCTIONS, "I"),
            TimeBand("EU-Sanktionen bis COVID-19", SANCTIONS, COVID, "II"),
            TimeBand("COVID-19 bis zum Vortag der Aussetzung", COVID, STOP, "III"),
            TimeBand("seit der Aussetzung", STOP, None, "IV"),
        ),
    }
    return ChartSpec(**{**given, **changes})  # type: ignore[arg-type]


def make_yearly(
    first: int,
    last: int,
    values: Sequence[float | None],
    *,
    region: str = "ALL",
    measure: str = "inquiries",
    covered: bool = True,
) -> Finding:
    """Return a yearly finding whose series is cut at the stop; ``values`` are repeated as needed."""
    points: list[SeriesPoint] = []
    for year in range(first, last + 1):
        edges = [dt.date(year, 1, 1), *([STOP] if year == STOP.year else []), dt.date(year + 1, 1, 1)]
        for start, end in itertools.pairwise(edges):
            value = values[len(points) % len(values)]
            points.append(SeriesPoint(start, end, value, covered and value is not None))
    return Finding("yearly", measure, region, series=tuple(points))


def make_phases(
    numbers: Sequence[tuple[int | None, float | None]],
    *,
    region: str = "ALL",
    measure: str = "inquiries",
    state: str = "recorded",
) -> Finding:
    """Return a phases finding of the four default phases from (n, per_year) of each."""
    edges = (dt.date(2012, 1, 1), SANCTIONS, COVID, STOP, dt.date(2025, 1, 1))
    rows = tuple(
        (key, start, end, (end - start).days, n, n, 0, rate, "not_recorded" if n is None else state)
        for key, start, end, (n, rate) in zip(("I", "II", "III", "IV"), edges, edges[1:], numbers, strict=False)
    )
    columns = ("phase", "start", "end", "days", "n", "n_known", "n_coarse", "per_year", "state")
    return Finding("phases", measure, region, table=DataTable(columns, rows))


def make_change(
    value: float | None,
    low: float | None,
    high: float | None,
    n_before: int | None = 100,
    n_after: int | None = 10,
    *,
    region: str = "ALL",
    baseline: str = "phase_II",
) -> Finding:
    """Return a before/after finding; without value and upper limit it has no estimate."""
    estimate = None if value is None and high is None else Estimate(value, low, high, 0.95, "ratio")
    return Finding("before_after", "inquiries", region, "exact", baseline, estimate, n_before, n_after)


def make_activities(
    rows: Sequence[tuple[dt.date, str, str, str]], *, region: str = "ALL", caveats: tuple[str, ...] = ()
) -> Finding:
    """Return an activities finding from (start, precision, kind, status)."""
    full: list[tuple[Scalar, ...]] = [
        (
            start,
            start,
            precision,
            kind,
            "Titel",
            "Ort",
            "RU-SVE",
            "outbound",
            "VEMAS",
            "own",
            3,
            "exact",
            5,
            "exact",
            status,
        )
        for start, precision, kind, status in rows
    ]
    return Finding("activities", "activities", region, table=DataTable(ACTIVITY_COLUMNS, tuple(full)), caveats=caveats)


def many_activities(count: int) -> Finding:
    """Return activities of all kinds, statuses and precisions, crowded in places."""
    kinds = ("business_trip", "delegation", "trade_fair", "political", "forum", "virtual")
    states = ("held", "held", "held", "announced", "cancelled")
    precisions = ("day", "day", "month", "year", "season", "quarter")
    rows = [
        (
            dt.date(2012 + i % 11, 1 + (i * 5) % 12, 1 + (i * 7) % 28),
            precisions[i % 6],
            kinds[(i * 5) % 6],
            states[(i * 3) % 5],
        )
        for i in range(count)
    ]
    return make_activities(rows)


def make_coverage() -> list[Finding]:
    """Return the coverage of the four tables in all three states, with a long name."""
    columns = (
        "table", "state", "start", "end", "declared", "confirmed_by", "n_records", "first_record", "last_record",
    )  # fmt: skip
    day = dt.date
    long_name = "Dr. Erika Mustermann-Beispielhausen, Leiterin der Geschäftsstelle"
    rows: tuple[tuple[Scalar, ...], ...] = (
        (
            "inquiries",
            "recorded",
            day(2012, 1, 1),
            day(2025, 1, 1),
            True,
            long_name,
            1612,
            day(2012, 1, 4),
            day(2024, 11, 1),
        ),
        ("offers", "recorded", day(2012, 3, 1), day(2024, 7, 1), False, "", 1, day(2012, 3, 4), day(2024, 6, 1)),
        ("trips", "partial", day(2001, 1, 1), day(2024, 1, 1), True, "", 70, day(2001, 5, 1), day(2023, 11, 1)),
        ("attendance", "not_recorded", None, None, False, "", 0, None, None),
    )
    return [Finding("coverage", str(row[0]), "ALL", table=DataTable(columns, (row,))) for row in rows]


def make_months(
    values: Sequence[float | None], previous: Sequence[float | None], means: Sequence[float | None]
) -> Finding:
    """Return the months of 2022 against the year before and the mean of five."""
    rows = tuple((month, *numbers) for month, *numbers in zip(range(1, 13), values, previous, means, strict=True))
    return Finding(
        "annual_months",
        "inquiries",
        "ALL",
        baseline="2022",
        table=DataTable(("month", "value", "previous", "mean5"), rows),
    )
