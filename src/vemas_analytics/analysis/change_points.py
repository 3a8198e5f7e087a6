"""Where the counts themselves change, found without being told where to look, against the known breaks."""

import datetime as dt
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.before_after import MEASURES_FROM_OUTSIDE
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.course import fit_course
from vemas_analytics.analysis.estimators import change_points
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.monthly_cells import MonthlyCells, count_months
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.model.names import DAYS_PER_MONTH, TOTAL, Measure
from vemas_analytics.model.periods import shift_months
from vemas_analytics.model.timeline import resolve_breaks

COLUMNS: Final = ("date", "per_month_before", "per_month_after", "nearest_break", "days_from_break")
MIN_MONTHS: Final = 6
"""Least distance of two changes: a single lively quarter is none."""
STOP: Final = "stop"


def find_change_points(material: Material) -> list[Finding]:
    """Look for changes of level in the monthly counts of inquiries and offers, without telling them the stop.

    Whole covered months only; a month that the edge of keeping cuts is left away. The price of a change is
    that of Schwarz times the dispersion of the model of the course, so that clusters do not pass for changes.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``change_points``, the total and every region that carries a model of the course; the estimate is the
        number of days from the stop to the change nearest to it (negative: before), None without any; table
        columns as `COLUMNS`: first day of each month of change, rates on either side up to the next change, and
        the nearest of the stop and the edges of the known breaks.

    Notes
    -----
    Killick, Fearnhead and Eckley 2012 (JASA 107:1590) for the priced optimum, Poisson cost. Assumption at risk:
    independent months.
    """
    findings = []
    for measure in MEASURES_FROM_OUTSIDE:
        cells = count_months(material, measure)
        findings += [
            _finding(material, measure, cells, code)
            for code in range(len(material.regions))
            if cells.carries_course(code) or material.regions[code] == TOTAL
        ]
    return findings


def _finding(material: Material, measure: Measure, cells: MonthlyCells, code: int) -> Finding:
    coverage, estimable = material.coverage(measure), cells.carries_course(code)
    told = coverage.state != "not_recorded"
    dispersion = 1.0
    distances: list[int] = []
    rows: list[tuple[object, ...]] = []
    if estimable:
        months, counts = _whole_months(cells, code)
        fit = fit_course(cells, code)
        dispersion = 1.0 if fit is None or fit.dispersion is None else max(1.0, fit.dispersion)
        price = 2.0 * float(np.log(counts.size)) * dispersion
        changes = change_points(counts, penalty=price, min_size=MIN_MONTHS)
        distances = [(months[at] - material.stop).days for at in changes]
        rows = _rows(material, months, counts, changes)
    said = {
        "not_causal": True,
        "not_estimable": not estimable,
        "dates_imprecise": cells.left_out[code] > 0,
        "overdispersed": dispersion > 1.0,
    }
    nearest = min(distances, key=lambda days: (abs(days), days), default=None)
    return Finding(
        question="change_points",
        measure=measure,
        region=material.regions[code],
        method="count",
        estimate=None if nearest is None else Estimate(float(nearest), unit="days"),
        n_before=cells.n_before(code) if told else None,
        n_after=cells.n_after(code) if told else None,
        days_before=cells.days_before,
        days_after=cells.days_after,
        caveats=order_caveats([*coverage_caveats(coverage), *(name for name, holds in said.items() if holds)]),
        table=tabulate(COLUMNS, rows),
        sources=cells.records.cite(code, cells.placed),
    )


def _whole_months(cells: MonthlyCells, code: int) -> tuple[list[dt.date], NDArray[np.float64]]:
    """Return the first days of all wholly covered months and their counts, the parts of a cut month joined."""
    firsts = [start.replace(day=1) for start, _ in cells.periods]
    months = sorted(set(firsts))
    place = [months.index(first) for first in firsts]
    lengths = np.array([(shift_months(first, 1) - first).days for first in months])
    whole = np.bincount(place, weights=cells.exposure) == lengths
    counts = np.bincount(place, weights=cells.counts[code].astype(np.float64))
    return [first for first, kept in zip(months, whole, strict=True) if kept], counts[whole]


def _rows(
    material: Material, months: list[dt.date], counts: NDArray[np.float64], changes: tuple[int, ...]
) -> list[tuple[object, ...]]:
    edges = _known_edges(material)
    lengths = np.array([(shift_months(first, 1) - first).days for first in months])
    levels = [
        float(counts[first:end].sum() / lengths[first:end].sum() * DAYS_PER_MONTH)
        for first, end in pairwise((0, *changes, len(months)))
    ]
    rows: list[tuple[object, ...]] = []
    for at, (level, following) in zip(changes, pairwise(levels), strict=True):
        name, day = min(edges, key=lambda edge: (abs((months[at] - edge[1]).days), edge))
        rows.append((months[at], level, following, name, (months[at] - day).days))
    return rows


def _known_edges(material: Material) -> list[tuple[str, dt.date]]:
    """Return the stop and the edges of the known breaks by name."""
    edges = [(STOP, material.stop)]
    for item in resolve_breaks(material.panel.settings):
        edges.append((f"{item.key}_start" if item.end else item.key, item.start))
        edges += [(f"{item.key}_end", item.end)] if item.end else []
    return edges
