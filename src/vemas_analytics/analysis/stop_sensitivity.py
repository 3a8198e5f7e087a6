"""How far the key figures depend on which day is taken as the stop."""

import datetime as dt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import rate_change
from vemas_analytics.analysis.material import Material, MeasureRecords
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import Bounds, Period, count_days, day_number, month_cells, shift_months

COLUMNS: Final = ("basis", "date", "n_before", "n_after", "days_before", "days_after", "ratio", "low", "high")
_MEASURES: Final[tuple[Measure, ...]] = ("inquiries", "offers")


def find_stop_sensitivity(material: Material) -> list[Finding]:
    """Compare everything before with everything after, for five days that could be called the stop.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``stop_sensitivity`` for inquiries and offers of ALL; table columns as `COLUMNS`; ``ratio`` is
        rate after / rate before with the limits of `vemas_analytics.analysis.estimators.rate_change`, None where
        refused. A date the settings do not give has no row.
    """
    stop = material.panel.settings.stop
    bases = {
        "effective": stop.effective_from,
        "event": stop.event_on,
        "order": stop.ordered_on,
        "month_earlier": shift_months(stop.effective_from, -1),
        "month_later": shift_months(stop.effective_from, 1),
    }
    findings = []
    for measure in _MEASURES:
        coverage = material.coverage(measure)
        rows = [_row(material, measure, basis, date) for basis, date in bases.items() if date is not None]
        findings.append(
            Finding(
                question="stop_sensitivity",
                measure=measure,
                region=TOTAL,
                caveats=order_caveats(coverage_caveats(coverage)),
                table=tabulate(COLUMNS, rows if coverage.state == "recorded" else []),
                sources=material.measures[measure].cite(material.regions.index(TOTAL)),
            )
        )
    return findings


def _row(material: Material, measure: Measure, basis: str, date: dt.date) -> tuple[Scalar, ...]:
    records = material.measures[measure]
    sides: tuple[Bounds, Bounds] = ((None, date), (date, material.panel.settings.stop.until))
    before, after = (material.covered(measure, [side]) for side in sides)
    cells = sorted([(cell, False) for cell in month_cells(before)] + [(cell, True) for cell in month_cells(after)])
    is_after = np.array([late for _, late in cells], dtype=bool)
    counts = _count(material, records, tuple(cell for cell, _ in cells))
    exposure = np.array([(end - start).days for (start, end), _ in cells], dtype=np.float64)
    n_before, n_after = int(counts[~is_after].sum()), int(counts[is_after].sum())
    known = (n_before, n_after, count_days(before), count_days(after))
    if not before or not after:
        return (basis, date, *known, None, None, None)
    change = rate_change(counts, exposure, is_after)
    return (basis, date, *known, change.value if n_before else None, change.low, change.high)


def _count(material: Material, records: MeasureRecords, cells: tuple[Period, ...]) -> NDArray[np.int64]:
    """Return the records of the total in each cell."""
    part = records.of(material.regions.index(TOTAL))
    placed = (records.inside(cells) & records.fine)[part]
    starts = np.array([day_number(start) for start, _ in cells], dtype=np.int64)
    cell = np.searchsorted(starts, records.start[part][placed], side="right") - 1
    return np.bincount(cell, minlength=len(cells))
