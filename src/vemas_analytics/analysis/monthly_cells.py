"""The months of a measure before and after the stop, counted for all regions, ready for a model of their course."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.material import Mask, Material, MeasureRecords
from vemas_analytics.model.names import DAYS_PER_MONTH, Measure
from vemas_analytics.model.periods import Period, count_days, day_number, month_cells
from vemas_analytics.model.timeline import resolve_breaks

LEAST_CELLS_BEFORE: Final = 24
LEAST_CELLS_AFTER: Final = 6
LEAST_EVENTS_BEFORE: Final = 50
"""About five events for each column of the model of the course."""


@dataclass(frozen=True, slots=True)
class MonthlyCells:
    """Counts of months, in order of time, the month of the stop cut at it.

    ``counts`` has shape (regions, cells); ``exposure`` (days), ``is_after`` and ``time`` (months since the first
    cell, at the middle of each) have shape (cells,); ``breaks`` has shape (cells, k): the share of each month
    that lies within a break or after it. ``placed`` marks the records counted; ``left_out`` (regions,) counts
    those that may belong to the cells but cannot be placed.
    """

    records: MeasureRecords
    before: tuple[Period, ...]
    after: tuple[Period, ...]
    periods: tuple[Period, ...]
    counts: NDArray[np.int64]
    exposure: NDArray[np.float64]
    is_after: Mask
    time: NDArray[np.float64]
    breaks: NDArray[np.float64]
    placed: Mask
    left_out: NDArray[np.int64]
    recorded: bool

    @property
    def days_before(self) -> float:
        """Covered days before the stop."""
        return float(count_days(self.before))

    @property
    def days_after(self) -> float:
        """Covered days from the stop on."""
        return float(count_days(self.after))

    @property
    def comparable(self) -> bool:
        """Whether the list was kept without gaps on both sides of the stop."""
        return self.recorded and bool(self.before) and bool(self.after)

    def n_before(self, code: int) -> int:
        """Return how many records of a region lie before the stop."""
        return int(self.counts[code, ~self.is_after].sum())

    def n_after(self, code: int) -> int:
        """Return how many records of a region lie on or after the stop."""
        return int(self.counts[code, self.is_after].sum())

    def carries_course(self, code: int) -> bool:
        """Tell whether there are enough months and events for a model of the course."""
        enough_cells = (~self.is_after).sum() >= LEAST_CELLS_BEFORE and self.is_after.sum() >= LEAST_CELLS_AFTER
        return self.comparable and bool(enough_cells) and self.n_before(code) >= LEAST_EVENTS_BEFORE


def count_months(material: Material, measure: Measure, baseline: str = "all_before") -> MonthlyCells:
    """Count the covered months of a measure for all regions, a window before the stop against what follows.

    Parameters
    ----------
    material : Material
    measure : str
    baseline : str
        The window before, everything by default.

    Returns
    -------
    MonthlyCells
        Without cells where nothing was kept.
    """
    records, windows = material.measures[measure], material.panel.windows
    before = material.covered(measure, windows[baseline].periods)
    after = material.covered(measure, windows["after"].periods)
    pairs = sorted([(cell, False) for cell in month_cells(before)] + [(cell, True) for cell in month_cells(after)])
    periods = tuple(cell for cell, _ in pairs)
    placed = (records.inside(before) | records.inside(after)) & records.fine
    starts = np.array([day_number(start) for start, _ in periods], dtype=np.int64)
    ends = np.array([day_number(end) for _, end in periods], dtype=np.int64)
    cell = np.searchsorted(starts, records.start[placed], side="right") - 1
    size = records.n_regions * len(periods)
    counts = np.bincount(records.region[placed] * len(periods) + cell, minlength=size)[:size]
    touching = records.touching(before) | records.touching(after)
    return MonthlyCells(
        records=records,
        before=before,
        after=after,
        periods=periods,
        counts=counts.reshape(records.n_regions, len(periods)),
        exposure=(ends - starts).astype(np.float64),
        is_after=np.array([late for _, late in pairs], dtype=bool),
        time=((starts + ends) / 2 - starts[:1].sum()) / DAYS_PER_MONTH,
        breaks=_break_columns(material, starts, ends),
        placed=placed,
        left_out=records.count(touching & ~placed),
        recorded=material.coverage(measure).state == "recorded",
    )


def _break_columns(material: Material, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of each cell within each known break that begins before the stop and divides the cells."""
    columns = []
    early = ends <= day_number(material.stop)
    for item in resolve_breaks(material.panel.settings):
        first, last = day_number(item.start), day_number(item.end or dt.date.max)
        share = np.clip(np.minimum(ends, last) - np.maximum(starts, first), 0, None) / (ends - starts)
        if early.any() and np.ptp(share[early]) > 0:
            columns.append(share)
    return np.column_stack(columns) if columns else np.empty((starts.size, 0))
