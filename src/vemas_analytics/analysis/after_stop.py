"""Every record dated after the stop, listed for review: late entry or real contact."""

from typing import Final

import numpy as np

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Mask, Material, MeasureRecords
from vemas_analytics.analysis.records_list import firm_column, joined_regions
from vemas_analytics.analysis.tabulate import tabulate, text
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import date_of

COLUMNS: Final = ("id", "date", "region", "firm", "status", "file", "sheet", "row")
MEASURES_LISTED: Final[tuple[Measure, ...]] = ("inquiries", "offers", "trips", "forums")


def find_after_stop(material: Material) -> list[Finding]:
    """List what is dated on or after the stop, while it lasts, up to the as-of date.

    A record whose date may lie on either side (February 2022, the year 2022) is left out and said
    (``dates_imprecise``). ``firm`` is who asked, who offered, or who organised.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``after_stop``; the estimate is the number, None where nothing is known of the time after;
        table columns as `COLUMNS`, by date.
    """
    findings = []
    for measure in MEASURES_LISTED:
        records = material.measures[measure]
        lasting = [(material.stop, material.panel.settings.stop.until or material.end)]
        late = records.inside(lasting)
        vague = records.touching(lasting) & ~late
        lines = _lines(material, records, late)
        covered = bool(material.covered(measure, lasting)) and material.coverage(measure).state == "recorded"
        for code, region in enumerate(material.regions):
            rows = [lines[index] for index in _indices(records, late, code)]
            if region != TOTAL:
                rows = [(*row[:2], region, *row[3:]) for row in rows]
            caveats = list(coverage_caveats(material.coverage(measure)))
            if vague[records.of(code)].any():
                caveats.append("dates_imprecise")
            findings.append(
                Finding(
                    question="after_stop",
                    measure=measure,
                    region=region,
                    method="count",
                    estimate=Estimate(float(len(rows)), unit="count") if rows or covered else None,
                    caveats=order_caveats(caveats),
                    table=tabulate(COLUMNS, sorted(rows, key=lambda row: (str(row[1]), row[5], row[6], row[7]))),
                    sources=records.cite(code, late),
                )
            )
    return findings


def _indices(records: MeasureRecords, mask: Mask, code: int) -> list[int]:
    part = records.of(code)
    return [int(index) + part.start for index in np.flatnonzero(mask[part])]


def _lines(material: Material, records: MeasureRecords, late: Mask) -> dict[int, tuple[object, ...]]:
    table = material.tables.frame(records.info.table)
    regions = joined_regions(material, records.info.key)
    status = "forum_status" if records.info.table == "attendance" else "status"
    chosen = np.flatnonzero(late).tolist()
    names = [records.info.record_key[0], firm_column(records.info.table), status]
    found = table.iloc[records.position[chosen]][names].itertuples(index=False, name=None)
    lines: dict[int, tuple[object, ...]] = {}
    for index, (key, firm, state) in zip(chosen, found, strict=True):
        lines[index] = (
            text(key),
            date_of(int(records.start[index])),
            regions[int(records.record[index])],
            text(firm),
            text(state),
            *records.sheets[int(records.sheet[index])],
            int(records.row[index]),
        )
    return lines
