"""No small count of the public edition can be worked out: bounds of each by linear programs over all published sums."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_cases import make_panel
from scipy.optimize import linprog

from vemas_analytics.model.finding import DataTable, Estimate, Finding, Findings, SeriesPoint
from vemas_analytics.reports import published_findings

THRESHOLD = 5
PHASES = ("I", "II", "III", "IV")
PHASE_ENDS = (dt.date(2012, 1, 1), dt.date(2014, 8, 1), dt.date(2020, 3, 1), dt.date(2022, 2, 24), dt.date(2025, 1, 1))
YEAR_ENDS = (*(dt.date(year, 1, 1) for year in range(2012, 2023)), dt.date(2022, 2, 24),
             *(dt.date(year, 1, 1) for year in (2023, 2024, 2025)))  # fmt: skip
ENDS = tuple(sorted({*PHASE_ENDS, *YEAR_ENDS}))
ATOMS = tuple(pairwise(ENDS))
FIRST_AFTER = next(index for index, (start, _) in enumerate(ATOMS) if start == dt.date(2022, 2, 24))
REGIONS = ("RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ", "RU-SAM", "RU")
WINDOWS = {
    "phase_II": (dt.date(2014, 8, 1), dt.date(2020, 3, 1)),
    "all_before": (dt.date(2012, 1, 1), dt.date(2022, 2, 24)),
    "y2015_2019": (dt.date(2015, 1, 1), dt.date(2020, 1, 1)),
}


def inside(period):
    """Tell of each atom of time whether it lies in a period."""
    start, end = period
    return np.array([start <= first and last <= end for first, last in ATOMS])


def phases_finding(region, counts):
    rows = tuple(
        (key, start, end, 900.0, int(counts[inside((start, end))].sum()), None, 0, 1.0, "recorded", 0.1)
        for key, (start, end) in zip(PHASES, pairwise(PHASE_ENDS), strict=True)
    )
    columns = ("phase", "start", "end", "days", "n", "n_known", "n_coarse", "per_year", "state", "share_of_total")
    return Finding("phases", "inquiries", region, table=DataTable(columns, rows))


def world(counts):
    """Return all findings about counts of regions (rows) in atoms of time (columns), each record in one region."""
    total = counts.sum(axis=0)
    series = tuple(
        SeriesPoint(start, end, float(total[inside((start, end))].sum()), True) for start, end in pairwise(YEAR_ENDS)
    )
    monthly = tuple(SeriesPoint(*atom, float(n), True) for atom, n in zip(ATOMS, total, strict=True))
    after = int(total[inside((dt.date(2022, 2, 24), dt.date(2025, 1, 1)))].sum())
    columns = ("side", "days", "n", "per_month", "periods")
    found = [phases_finding("ALL", total)]
    found += [phases_finding(region, counts[row]) for row, region in enumerate(REGIONS)]
    found += [
        Finding("yearly", "inquiries", "ALL", series=series),
        Finding("monthly", "inquiries", "ALL", series=monthly),
        Finding("after_stop", "inquiries", "ALL", estimate=Estimate(float(after), unit="count")),
    ]
    for base, period in WINDOWS.items():
        n = int(total[inside(period)].sum())
        span = "/".join(day.isoformat() for day in period)
        rows = (("before", 900, n, 1.0, span), ("after", 900, after, 1.0, "2022-02-24/2025-01-01"))
        found.append(
            Finding(
                "before_after",
                "inquiries",
                "ALL",
                baseline=base,
                n_before=n,
                n_after=after,
                table=DataTable(columns, rows),
            )
        )
    unplaced = int(counts[REGIONS.index("RU")].sum())
    share = Finding(
        "quality", "share_without_region", "ALL", table=DataTable(("n", "of"), ((unplaced, int(total.sum())),))
    )
    return Findings((*found, share))


def published_sums(public):
    """Return what everybody can read: for each published number its atoms (region by time) and the number."""
    everywhere = np.ones(len(REGIONS), dtype=bool)

    def marks(regions, period):
        return np.outer(regions, inside(period)).ravel()

    equations = []
    for item in public.select("phases", "inquiries"):
        regions = everywhere if item.region == "ALL" else np.array([code == item.region for code in REGIONS])
        for row in item.table.records():
            if row["n"] is not None:
                equations.append((marks(regions, (row["start"], row["end"])), row["n"]))
    for question in ("yearly", "monthly"):
        for item in public.select(question, "inquiries"):
            equations += [(marks(everywhere, (p.start, p.end)), p.value) for p in item.series if p.value is not None]
    for item in public.select("before_after", "inquiries"):
        equations.append((marks(everywhere, WINDOWS[item.baseline]), item.n_before))
        equations.append((marks(everywhere, (dt.date(2022, 2, 24), dt.date(2025, 1, 1))), item.n_after))
    for item in public.select("after_stop", "inquiries"):
        equations.append((marks(everywhere, (dt.date(2022, 2, 24), dt.date(2025, 1, 1))), item.estimate.value))
    for item in public.select("quality"):
        row = next(iter(item.table.records()))
        unplaced = np.array([code == "RU" for code in REGIONS])
        equations.append((marks(unplaced, (ENDS[0], ENDS[-1])), row["n"]))
    return equations


def small_cells(counts):
    """Return every small count: of a region in a phase, and of the total between any two neighbouring ends."""
    everywhere = np.ones(len(REGIONS), dtype=bool)
    periods = [*pairwise(PHASE_ENDS)]
    cells = {
        f"{region} {period[0]}": np.outer(np.array(REGIONS) == region, inside(period)).ravel()
        for region in REGIONS
        for period in periods
    }
    cells |= {
        f"ALL {a}": np.outer(everywhere, inside((a, b))).ravel() for a, b in (*periods, *pairwise(YEAR_ENDS), *ATOMS)
    }
    flat = counts.ravel()
    return {name: cell for name, cell in cells.items() if 0 < flat[cell].sum() < THRESHOLD}


def bounds(cell, equations):
    matrix, numbers = np.array([marks for marks, _ in equations], dtype=float), [n for _, n in equations]
    found = []
    for sign in (1, -1):
        result = linprog(sign * cell.astype(float), A_eq=matrix, b_eq=numbers, bounds=(0, None), method="highs")
        # 3: unbounded
        assert result.status in {0, 3}, result.message
        found.append(sign * result.fun if result.status == 0 else np.inf)
    return found


def exposed(counts):
    """Return the small counts that an intruder learns to within fewer than five."""
    public = published_findings(world(counts), make_panel(), edition="public")
    equations = published_sums(public)
    if not equations:
        return []
    narrow = []
    for name, cell in small_cells(counts).items():
        low, high = bounds(cell, equations)
        if high - low < THRESHOLD - 1e-6:
            narrow.append((name, int(counts.ravel()[cell].sum()), low, high))
    return narrow


def counts_of(*rows):
    return np.array(rows, dtype=int)


@st.composite
def drawn_counts(draw):
    """Draw lists small and large: some regions with hardly anything, some periods with hardly anything."""
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    level = rng.choice([0.05, 0.3, 1.0, 4.0, 20.0], size=(len(REGIONS), 1))
    course = rng.choice([0.0, 0.2, 1.0, 2.0], size=(1, len(ATOMS)))
    return rng.poisson(level * course)


@settings(max_examples=25, deadline=None)
@given(drawn_counts())
def test_no_small_count_can_be_worked_out(counts):
    assert not exposed(counts)


def even(level):
    return np.full((len(REGIONS), len(ATOMS)), level)


def with_cell(counts, region, atom, n):
    changed = counts.copy()
    changed[REGIONS.index(region), atom] = n
    return changed


BEFORE = even(6) * (np.arange(len(ATOMS)) < FIRST_AFTER)
PLACED = even(6) * (np.array(REGIONS) != "RU")[:, None]
AWKWARD = {
    "nothing since": BEFORE,
    "two since, in one year": with_cell(BEFORE, "RU-SVE", FIRST_AFTER, 2),
    "one without region": with_cell(PLACED, "RU", 3, 1),
    "a few without region, in one phase": with_cell(PLACED, "RU", 3, 7),
    "three in all": with_cell(even(0), "RU-TA", 2, 3),
    "nine in all": with_cell(with_cell(even(0), "RU-TA", 2, 7), "RU-SVE", FIRST_AFTER, 2),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_lists_give_nothing_away(name):
    assert not exposed(AWKWARD[name])


def test_the_intruder_is_able_to_work_something_out():
    counts = with_cell(even(6), "RU-SVE", FIRST_AFTER + 1, 2)
    counts[1:, FIRST_AFTER + 1] = 0
    equations = published_sums(world(counts))
    low, high = bounds(small_cells(counts)["ALL 2023-01-01"], equations)
    assert (low, high) == (2, 2)
    public = published_findings(world(counts), make_panel(), edition="public")
    low, high = bounds(small_cells(counts)["ALL 2023-01-01"], published_sums(public))
    assert high - low >= THRESHOLD


def test_large_lists_are_published_in_full():
    public = published_findings(world(even(6)), make_panel(), edition="public")
    assert len(public.get("yearly", "inquiries", "ALL").series) == len(YEAR_ENDS) - 1
    assert {item.baseline for item in public.select("before_after")} == set(WINDOWS)
    assert len(public.select("phases", "inquiries")) == len(REGIONS) + 1


def test_years_with_small_numbers_are_taken_together():
    counts = even(6)
    counts[:, FIRST_AFTER:] = 0
    counts[0, FIRST_AFTER:] = (1, 2, 6)
    series = published_findings(world(counts), make_panel(), edition="public").get("yearly", "inquiries", "ALL").series
    assert (series[-1].start, series[-1].end, series[-1].value) == (dt.date(2022, 2, 24), dt.date(2025, 1, 1), 9.0)
    assert len(series) == len(YEAR_ENDS) - 3
