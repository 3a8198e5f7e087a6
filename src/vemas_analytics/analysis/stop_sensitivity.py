"""How far the key figures depend on which day is taken as the stop."""

import datetime as dt
from typing import Final

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material, MeasureRecords
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import Bounds, Period, count_days, shift_months

COLUMNS: Final = ("basis", "date", "n_before", "n_after", "days_before", "days_after", "ratio")
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
        rate after / rate before. A date the settings do not give has no row.
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
    n_before, n_after = _n(material, records, before), _n(material, records, after)
    days_before, days_after = count_days(before), count_days(after)
    ratio = None
    if n_before and days_after:
        ratio = (n_after / days_after) / (n_before / days_before)
    return (basis, date, n_before, n_after, days_before, days_after, ratio)


def _n(material: Material, records: MeasureRecords, periods: tuple[Period, ...]) -> int:
    return int(records.count(records.inside(periods) & records.fine)[material.regions.index(TOTAL)])
