"""When a region last saw an inquiry, an offer, a trip, a forum."""

from typing import Final

import numpy as np

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.tabulate import tabulate, text
from vemas_analytics.model.finding import Estimate, Finding, SourceRef
from vemas_analytics.model.names import Measure
from vemas_analytics.model.periods import date_of, day_number

COLUMNS: Final = ("date", "precision", "title")
_TITLE: Final[dict[Measure, str]] = {
    "inquiries": "subject",
    "offers": "subject",
    "trips": "title",
    "forums": "forum_title",
}


def find_last_activity(material: Material) -> list[Finding]:
    """Return the last record of each kind in each region, up to the as-of date.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``last_activity``; the estimate is the number of days from the stop, negative before it, counted
        from the first day the date can mean; table columns as `COLUMNS`, one row or none.
    """
    findings = []
    for measure, column in _TITLE.items():
        records = material.measures[measure]
        table = material.tables.frame(records.info.table)
        titles, precisions = table[column], table[f"{records.info.date_column}_precision"]
        for code, region in enumerate(material.regions):
            part = records.of(code)
            rows: list[tuple[object, ...]] = []
            estimate: Estimate | None = None
            sources: tuple[SourceRef, ...] = ()
            if part.stop > part.start:
                index = part.start + int(np.lexsort((records.start[part],))[-1])
                day, position = int(records.start[index]), int(records.position[index])
                precision = text(precisions.iloc[position]) or "day"
                rows = [(date_of(day), precision, text(titles.iloc[position]))]
                estimate = Estimate(float(day - day_number(material.stop)), unit="days")
                chosen = np.zeros(len(records.start), dtype=bool)
                chosen[index] = True
                sources = records.cite(code, chosen)
            caveats = list(coverage_caveats(material.coverage(measure)))
            if rows and rows[0][1] != "day":
                caveats.append("dates_imprecise")
            findings.append(
                Finding(
                    question="last_activity",
                    measure=measure,
                    region=region,
                    estimate=estimate,
                    caveats=order_caveats(caveats),
                    table=tabulate(COLUMNS, rows),
                    sources=sources,
                )
            )
    return findings
