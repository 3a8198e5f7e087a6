"""What every question is asked of: tables, panel, and the counted records as arrays."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.analysis.provenance import cite, number_sheets
from vemas_analytics.model.finding import SourceRef
from vemas_analytics.model.names import RUSSIA, TOTAL, Measure
from vemas_analytics.model.panel import Coverage, Panel
from vemas_analytics.model.periods import (
    FINE_PRECISIONS,
    NO_DAY,
    Bounds,
    Days,
    Period,
    clip_periods,
    day_number,
    day_numbers,
)
from vemas_analytics.model.tables import Tables
from vemas_analytics.reference.measures import MeasureInfo, read_measures

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts per region, each of shape (regions,).

    ``n`` records, ``n_known`` records whose amount is known, ``total`` the sum of known amounts.
    """

    n: NDArray[np.int64]
    n_known: NDArray[np.int64]
    total: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MeasureRecords:
    """The counted records of one measure up to the as-of date, sorted by region, sheet and row.

    All arrays have shape (n,). ``region`` is an index into the regions; ``start`` and ``until`` are day numbers,
    half-open, of what the date can mean; ``fine`` is False for dates coarser than a month; ``amount`` is 1 or
    the value, NaN where unknown; ``record`` numbers the records; ``position`` is the row in the table; ``sheet``
    indexes ``sheets``.
    """

    info: MeasureInfo
    n_regions: int
    region: NDArray[np.int64]
    record: NDArray[np.int64]
    start: Days
    until: Days
    fine: Mask
    amount: NDArray[np.float64]
    position: NDArray[np.int64]
    sheet: NDArray[np.int64]
    row: NDArray[np.int64]
    sheets: tuple[tuple[str, str], ...]
    n_later: int
    n_undated: int

    def inside(self, periods: Iterable[Period]) -> Mask:
        """Return which records lie wholly within one of the periods."""
        mask = np.zeros(len(self.start), dtype=bool)
        for start, end in periods:
            mask |= (self.start >= day_number(start)) & (self.until <= day_number(end))
        return mask

    def touching(self, periods: Iterable[Period]) -> Mask:
        """Return which records may lie within one of the periods."""
        mask = np.zeros(len(self.start), dtype=bool)
        for start, end in periods:
            mask |= (self.start < day_number(end)) & (self.until > day_number(start))
        return mask

    def count(self, mask: Mask) -> NDArray[np.int64]:
        """Return how many masked records each region has, shape (regions,)."""
        return np.bincount(self.region[mask], minlength=self.n_regions).astype(np.int64)

    def tally(self, mask: Mask) -> Tally:
        """Return counts and sums of the masked records per region."""
        known = mask & ~np.isnan(self.amount)
        total = np.bincount(self.region[known], weights=self.amount[known], minlength=self.n_regions)
        return Tally(self.count(mask), self.count(known), total.astype(np.float64))

    def of(self, code: int) -> slice:
        """Return where the records of a region stand."""
        first, end = np.searchsorted(self.region, (code, code + 1))
        return slice(int(first), int(end))

    def cite(self, code: int, mask: Mask | None = None) -> tuple[SourceRef, ...]:
        """Return the source rows of a region's records, or of the masked ones among them."""
        part = self.of(code)
        if mask is None:
            return cite(self.sheets, self.sheet[part], self.row[part])
        chosen = mask[part]
        return cite(self.sheets, self.sheet[part][chosen], self.row[part][chosen])

    def figure(self, tally: Tally, code: int) -> float | int | None:
        """Return the measure's value of a region: a count, a sum, or None where no amount is known."""
        if tally.n[code] > 0 and tally.n_known[code] == 0:
            return None
        total = float(tally.total[code])
        return total if self.info.unit == "eur" else round(total)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a question may use. ``regions`` in the order of the findings, ALL last."""

    tables: Tables
    panel: Panel
    regions: tuple[str, ...]
    measures: Mapping[Measure, MeasureRecords]

    @property
    def end(self) -> dt.date:
        """The day after the as-of date."""
        return self.panel.as_of + dt.timedelta(days=1)

    @property
    def stop(self) -> dt.date:
        """First day of *after*."""
        return self.panel.settings.stop.effective_from

    def coverage(self, measure: Measure) -> Coverage:
        """Return how far the table of a measure was kept."""
        return self.panel.coverage[self.measures[measure].info.table]

    def covered(self, measure: Measure, periods: Iterable[Bounds]) -> tuple[Period, ...]:
        """Return what the keeping of the measure's table and the as-of date leave of the periods."""
        coverage = self.coverage(measure)
        if coverage.start is None or coverage.end is None:
            return ()
        return clip_periods(periods, (coverage.start, min(coverage.end, self.end)))


def gather_material(tables: Tables, panel: Panel) -> Material:
    """Prepare tables and panel for the questions.

    Parameters
    ----------
    tables : Tables
    panel : Panel
        Built from the same tables.
    """
    names = [str(name) for name in panel.frame["region"].cat.categories]
    regions = (*sorted(set(names) - {RUSSIA, TOTAL}), RUSSIA, TOTAL)
    measures = {
        measure: _read_records(panel.records[measure], info, regions, panel.as_of)
        for measure, info in read_measures().items()
    }
    return Material(tables, panel, regions, measures)


def _read_records(frame: pd.DataFrame, info: MeasureInfo, regions: tuple[str, ...], as_of: dt.date) -> MeasureRecords:
    start = day_numbers(frame["date"])
    dated = start != NO_DAY
    counted = dated & (start <= day_number(as_of))
    total = (frame["region"] == TOTAL).to_numpy(dtype=bool)
    sheets, sheet = number_sheets(frame)
    row = frame["source_row"].fillna(0).to_numpy(dtype=np.int64)
    region = pd.Categorical(frame["region"], categories=list(regions)).codes.astype(np.int64)
    order = np.lexsort((row, sheet, region))
    order = order[counted[order]]
    return MeasureRecords(
        info=info,
        n_regions=len(regions),
        region=region[order],
        record=frame["record"].to_numpy(dtype=np.int64)[order],
        start=start[order],
        until=day_numbers(frame["until"])[order],
        fine=frame["precision"].isin(FINE_PRECISIONS).to_numpy(dtype=bool)[order],
        amount=frame["amount"].to_numpy(dtype=np.float64, na_value=np.nan)[order],
        position=frame["position"].to_numpy(dtype=np.int64)[order],
        sheet=sheet[order],
        row=row[order],
        sheets=sheets,
        n_later=int((dated & ~counted & total).sum()),
        n_undated=int((~dated & total).sum()),
    )
