"""How much of each measure fell into each phase, region by region."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Mask, Material, MeasureRecords, Tally
from vemas_analytics.model.finding import DataTable, Finding, Scalar
from vemas_analytics.model.names import DAYS_PER_YEAR, TOTAL
from vemas_analytics.model.panel import Coverage
from vemas_analytics.model.periods import Bounds, clip_periods, count_days
from vemas_analytics.model.settings import Phase

COLUMNS: Final = (
    "phase", "start", "end", "days", "n", "n_known", "n_coarse", "per_year", "state", "share_of_total",
)  # fmt: skip
MIN_DAYS_FOR_RATE: Final = 90
"""Below this many covered days a yearly rate would be an extrapolation."""
FEWEST_FOR_SHARE: Final = 5
"""Below this many records of the total a share of it says nothing."""


def find_phases(material: Material) -> list[Finding]:
    """Count every measure in every phase, for every region.

    Days are the covered days of the phase. Dates coarser than a month are not in ``n``: those that lie wholly
    within the phase are counted in ``n_coarse``, so that a reader sees both. Where the table was kept only in
    part, or a phase lies outside its keeping, ``n`` is "at least that many" and missing when nothing is known.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``phases``; table columns as `COLUMNS`; per_year only for recorded phases of 90 days or more;
        ``share_of_total`` is what falls to the region of all distinct records of a recorded phase with five or more
        (of the amounts known), a plain share of the list: a record of two regions counts in both.
    """
    findings = []
    for records in material.measures.values():
        columns = [_count_phase(material, records, phase) for phase in material.panel.phases]
        used = np.zeros(len(records.start), dtype=bool)
        for column in columns:
            used |= column.used
        findings += [_finding(material, records, columns, used, code) for code in range(records.n_regions)]
    return findings


@dataclass(frozen=True, slots=True)
class _PhaseColumn:
    """One phase of one measure, counted for all regions at once; ``used`` marks its records."""

    phase: Phase
    days: int
    state: str
    tally: Tally
    n_coarse: NDArray[np.int64]
    used: Mask


def _count_phase(material: Material, records: MeasureRecords, phase: Phase) -> _PhaseColumn:
    bounds: Bounds = (phase.start, phase.end)
    coverage = material.coverage(records.info.key)
    covered = material.covered(records.info.key, [bounds])
    days = count_days(covered)
    recorded = coverage.state == "recorded" and days > 0
    # Outside its keeping a list says "at least": every record of the phase counts then, not only covered ones.
    periods = covered if recorded else clip_periods([bounds], (dt.date.min, material.end))
    inside = records.inside(periods)
    tally = records.tally(inside & records.fine)
    return _PhaseColumn(phase, days, _state(coverage, days), tally, records.count(inside & ~records.fine), inside)


def _state(coverage: Coverage, days: int) -> str:
    if coverage.state == "not_recorded":
        return "not_recorded"
    return "outside" if days == 0 else coverage.state


def _row(records: MeasureRecords, column: _PhaseColumn, code: int, *, has_total: bool) -> tuple[Scalar, ...]:
    n, state = records.figure(column.tally, code), column.state
    if state == "not_recorded" or (state != "recorded" and column.tally.n[code] == 0):
        n = None
    elif state == "outside":
        state = "partial"
    per_year = None
    if state == "recorded" and n is not None and column.days >= MIN_DAYS_FOR_RATE:
        per_year = n / column.days * DAYS_PER_YEAR
    n_known = int(column.tally.n_known[code]) if records.info.is_value else None
    n_coarse = int(column.n_coarse[code])
    phase = column.phase
    share = _share(records, column, n) if state == "recorded" and has_total else None
    return (phase.key, phase.start, phase.end, column.days, n, n_known, n_coarse, per_year, state, share)


def _share(records: MeasureRecords, column: _PhaseColumn, n: float | None) -> float | None:
    """Return the share of a count or an amount in that of the total, which stands last."""
    total = records.figure(column.tally, records.n_regions - 1)
    if n is None or not total or column.tally.n[-1] < FEWEST_FOR_SHARE:
        return None
    return n / total


def _finding(
    material: Material, records: MeasureRecords, columns: list[_PhaseColumn], used: Mask, code: int
) -> Finding:
    has_total = material.regions[-1] == TOTAL
    caveats = list(coverage_caveats(material.coverage(records.info.key)))
    part = records.of(code)
    vague = ~records.fine[part] | (~used[part] & (records.until[part] - records.start[part] > 1))
    if vague.any():
        caveats.append("dates_imprecise")
    if any(column.tally.n[code] > column.tally.n_known[code] for column in columns):
        caveats.append("value_share_known")
    return Finding(
        question="phases",
        measure=records.info.key,
        region=material.regions[code],
        caveats=order_caveats(caveats),
        table=DataTable(COLUMNS, tuple(_row(records, column, code, has_total=has_total) for column in columns)),
        sources=records.cite(code, used),
    )
