"""When each region went quiet, kind by kind, and whether it was quiet already before the stop."""

from typing import Final

import numpy as np

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material, MeasureRecords
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import date_of, day_number

COLUMNS: Final = (
    "region", "n_before", "last_before", "silence_days", "longest_gap_days", "quiet_already",
    "n_after", "last", "days_from_stop",
)  # fmt: skip
MEASURES_TIMED: Final[tuple[Measure, ...]] = ("inquiries", "offers", "trips", "forums")
FEWEST_FOR_GAPS: Final = 5
"""Records before the stop from which the longest gap says what silence is usual."""


def find_timing(material: Material) -> list[Finding]:
    """Tell for every region and kind when the last record before the stop was, and when the very last.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``timing``, region ALL, one per measure; no estimate; table columns as `COLUMNS`, a row for each
        region with a record of the kind (RU and ALL among them). ``silence_days`` run from the last record before
        the stop to the stop (or the end of keeping, if earlier), ``longest_gap_days`` is the longest earlier one
        between two records, both None where the list has gaps; ``quiet_already`` says whether the silence is the
        longer of the two, None below five records. ``days_from_stop`` belongs to the very last record,
        negative before it. Dates coarser than a month are left out.

    Notes
    -----
    Counting only: a region of few records is silent for long by chance, so no p-value is given.
    """
    findings = []
    for measure in MEASURES_TIMED:
        records, coverage = material.measures[measure], material.coverage(measure)
        rows = [
            _row(material, measure, records, code)
            for code in range(len(material.regions))
            if records.fine[records.of(code)].any()
        ]
        total = material.regions.index(TOTAL)
        caveats = [*coverage_caveats(coverage)]
        caveats += [] if records.fine[records.of(total)].all() else ["dates_imprecise"]
        findings.append(
            Finding(
                question="timing",
                measure=measure,
                region=TOTAL,
                caveats=order_caveats(caveats),
                table=tabulate(COLUMNS, rows),
                sources=records.cite(total, records.fine),
            )
        )
    return findings


def _row(material: Material, measure: Measure, records: MeasureRecords, code: int) -> tuple[Scalar, ...]:
    part, stop, coverage = records.of(code), day_number(material.stop), material.coverage(measure)
    days = np.sort(records.start[part][records.fine[part]])
    before = days[days < stop]
    last_day = (date_of(int(days[-1])), int(days[-1]) - stop)
    if not before.size:
        return (material.regions[code], 0, None, None, None, None, int(days.size), *last_day)
    silence = gap = quiet = None
    if coverage.state == "recorded":
        edge = min(stop, day_number(min(material.end, coverage.end or material.end)))
        silence = max(0, edge - int(before[-1]))
        gap = int(np.diff(before).max()) if before.size > 1 else None
        quiet = silence > gap if gap is not None and before.size >= FEWEST_FOR_GAPS else None
    return (
        material.regions[code],
        int(before.size),
        date_of(int(before[-1])),
        silence,
        gap,
        quiet,
        int(days.size - before.size),
        *last_day,
    )
