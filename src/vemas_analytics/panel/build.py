"""Tables -> Panel: the complete grid of regions, measures and periods."""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.model.names import MEASURES, RUSSIA, TABLES, TOTAL, Measure
from vemas_analytics.model.panel import Coverage, Panel
from vemas_analytics.model.periods import FINE_PRECISIONS, NO_DAY, Days, Period, day_number, day_numbers
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.tables import Tables
from vemas_analytics.model.timeline import resolve_breaks, resolve_phases
from vemas_analytics.panel.coverage import resolve_as_of, resolve_coverage
from vemas_analytics.panel.months import build_cells, collect_edges, real_edges
from vemas_analytics.panel.records import measured_records
from vemas_analytics.panel.windows import build_windows
from vemas_analytics.reference.measures import read_measures
from vemas_analytics.reference.regions import read_regions


def build_panel(tables: Tables, settings: Settings, *, as_of: dt.date | None = None) -> Panel:
    """Count every measure per region and period on a complete grid.

    Call it once after loading; everything said later about time rests on it.

    Parameters
    ----------
    tables : Tables
        As the ETL gives them.
    settings : Settings
        Stop, breaks, phases, coverage, ``report.as_of``.
    as_of : datetime.date, optional
        Reference date; wins over the settings. Later records are out of the counts.

    Returns
    -------
    Panel
        A zero stands only where the table was kept and nothing happened; a gap where nothing is known.
    """
    coverage = resolve_coverage(tables, settings)
    reference = resolve_as_of(coverage, settings, as_of)
    phases, windows = resolve_phases(settings), build_windows(settings)
    records = {measure: measured_records(tables, info) for measure, info in read_measures().items()}
    edges = collect_edges(settings.stop, phases, resolve_breaks(settings), windows.values(), coverage)
    cells = build_cells(coverage, _first_record(records), reference, edges)
    regions = list_regions(tables)
    grid, left_out = [], []
    for measure, info in read_measures().items():
        counter = _CellCounter(records[measure], regions, reference)
        counts, missing = counter.count(cells, real_edges(edges, reference))
        left_out += counter.left_out(measure)
        grid.append(_fill_gaps(counts, missing, coverage[info.table], cells))
    return Panel(
        frame=_grid_frame(grid, regions, cells),
        left_out=pd.DataFrame(left_out, columns=["measure", "region", "reason", "n"]),
        coverage=MappingProxyType(coverage),
        as_of=reference,
        phases=phases,
        windows=MappingProxyType(windows),
        settings=settings,
        records=MappingProxyType(records),
    )


def list_regions(tables: Tables) -> tuple[str, ...]:
    """Return the regions of the data and the partner regions in order of code, then RU, then ALL.

    The partner regions are there even without a record: a report says so of each of them.
    """
    present = {str(code) for table in TABLES for code in tables.frame(table)["region"].dropna().unique()}
    return (*sorted((present | set(read_regions().partners)) - {RUSSIA, TOTAL}), RUSSIA, TOTAL)


def _first_record(records: Mapping[Measure, pd.DataFrame]) -> dt.date | None:
    firsts = [frame["date"].min() for frame in records.values() if frame["date"].notna().any()]
    return min(firsts).date() if firsts else None


class _CellCounter:
    """Places the records of one measure in cells and remembers which could not be placed."""

    def __init__(self, records: pd.DataFrame, regions: Sequence[str], as_of: dt.date) -> None:
        self.regions = regions
        self.region = pd.Categorical(records["region"], categories=list(regions)).codes.astype(np.int64)
        self.start = day_numbers(records["date"])
        self.until = day_numbers(records["until"])
        self.fine = records["precision"].isin(FINE_PRECISIONS).to_numpy(dtype=bool)
        self.amount = records["amount"].to_numpy(dtype=np.float64, na_value=np.nan)
        self.dated = self.start != NO_DAY
        self.counted = self.dated & (self.start <= day_number(as_of))
        self.cut = np.zeros(len(records), dtype=bool)

    def count(self, cells: Sequence[Period], edges: Days) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return sums of shape (regions, cells), and where records exist but no amount of them is known."""
        shape = (len(self.regions), len(cells))
        if not cells:
            return np.zeros(shape), np.zeros(shape, dtype=bool)
        inner = np.searchsorted(edges, self.start, side="right") < np.searchsorted(edges, self.until, side="left")
        self.cut = self.counted & self.fine & inner
        placed = self.counted & self.fine & ~inner
        starts = np.array([day_number(start) for start, _ in cells], dtype=np.int64)
        cell = np.searchsorted(starts, self.start[placed], side="right") - 1
        slot = self.region[placed] * shape[1] + cell
        amount = self.amount[placed]
        known = ~np.isnan(amount)
        size = shape[0] * shape[1]
        sums = np.bincount(slot[known], weights=amount[known], minlength=size).reshape(shape)
        n_known = np.bincount(slot[known], minlength=size).reshape(shape)
        n_all = np.bincount(slot, minlength=size).reshape(shape)
        return sums.astype(np.float64), (n_all > 0) & (n_known == 0)

    def left_out(self, measure: Measure) -> list[tuple[str, str, str, int]]:
        """Return (measure, region, reason, n) for all records that no cell could take."""
        reasons = {
            "month_cut_by_edge": self.cut,
            "coarser_than_month": self.counted & ~self.fine,
            "undated_order": ~self.dated,
        }
        lines: list[tuple[str, str, str, int]] = []
        for reason, mask in reasons.items():
            numbers = np.bincount(self.region[mask], minlength=len(self.regions))
            lines += [
                (measure, self.regions[code], reason, int(numbers[code])) for code in np.flatnonzero(numbers).tolist()
            ]
        return lines


def _fill_gaps(
    sums: NDArray[np.float64], unknown: NDArray[np.bool_], coverage: Coverage, cells: Sequence[Period]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return values with NaN where nothing is known, and which cells are covered, shape (cells,)."""
    inside = np.array(
        [
            coverage.start is not None and coverage.end is not None and coverage.start <= start and end <= coverage.end
            for start, end in cells
        ],
        dtype=bool,
    )
    covered = inside if coverage.state == "recorded" else np.zeros(len(cells), dtype=bool)
    known = covered[np.newaxis, :] | (sums > 0)
    if coverage.state == "not_recorded":
        known = np.zeros_like(unknown)
    return np.where(known & ~unknown, sums, np.nan), covered


def _grid_frame(
    grid: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]], regions: Sequence[str], cells: Sequence[Period]
) -> pd.DataFrame:
    n_regions, n_cells = len(regions), len(cells)
    starts = np.array([start for start, _ in cells], dtype="datetime64[us]")
    ends = np.array([end for _, end in cells], dtype="datetime64[us]")
    days = np.array([(end - start).days for start, end in cells], dtype=np.int64)
    lines = len(MEASURES) * n_regions
    values = np.concatenate([value.ravel() for value, _ in grid])
    return pd.DataFrame(
        {
            "region": _categories(np.tile(np.repeat(np.arange(n_regions), n_cells), len(MEASURES)), regions),
            "measure": _categories(np.repeat(np.arange(len(MEASURES)), n_regions * n_cells), MEASURES),
            "start": np.tile(starts, lines),
            "end": np.tile(ends, lines),
            "days": np.tile(days, lines),
            "value": pd.array(np.where(np.isnan(values), 0.0, values), dtype="Float64"),
            "covered": np.concatenate([np.tile(covered, n_regions) for _, covered in grid]),
        }
    ).assign(value=lambda frame: frame["value"].mask(np.isnan(values)))


def _categories(codes: NDArray[np.int64], words: Sequence[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(codes, categories=pd.Index(words))
