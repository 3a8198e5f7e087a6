"""First waist: one row per region, measure and period, on a complete grid."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from vemas_analytics.model.names import CoverageState, Measure, TableName
from vemas_analytics.model.settings import Phase, Settings


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one table was kept: half-open ``[start, end)``; both None when nothing was recorded.

    ``declared`` is False when the period was inferred from the records; the caveat coverage_inferred follows.
    """

    state: CoverageState
    start: dt.date | None
    end: dt.date | None
    declared: bool
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A named union of half-open periods, already clipped to nothing but its own definition."""

    key: str
    periods: tuple[tuple[dt.date | None, dt.date | None], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The activity per region, measure and period.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns region (category), measure (category), start, end (datetime64, half-open), days (int64: exposure
        of the cell), value (Float64, NA where nothing is known), covered (bool). Sorted by measure, region, start.
        Cells are months, cut at the stop and at phase, break, coverage and window edges.
        ``covered`` False with a value: at least that many (partial record).
    left_out : pandas.DataFrame
        Columns measure, region, reason (month_cut_by_edge, coarser_than_month, undated_order), n: what the cells
        could not take and why.
    coverage : mapping of table name to Coverage
    as_of : datetime.date
        Reference date; later records are out of the counts.
    phases : tuple of Phase
        Clipped to nothing; windows of the main tables.
    windows : mapping of str to Window
        Baselines by key: all_before, phase_II, months_24, y2015_2019, without_covid, and ``after``.
    settings : Settings
    records : mapping of measure to pandas.DataFrame
        What the cells count: one row per record and region, and one of region ALL per record. Columns region,
        record (int64: rows of one record share it), date (first possible day, NaT if undated), until (day after
        the last possible one), precision, amount (Float64: 1 or the value, NA if unknown), source_file,
        source_sheet, source_row, position (row position in the table). Later than ``as_of`` included.
    """

    frame: pd.DataFrame
    left_out: pd.DataFrame
    coverage: Mapping[TableName, Coverage]
    as_of: dt.date
    phases: tuple[Phase, ...]
    windows: Mapping[str, Window]
    settings: Settings
    records: Mapping[Measure, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
