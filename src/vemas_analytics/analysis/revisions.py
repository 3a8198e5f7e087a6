"""Which figures differ from an earlier report, and what is on file about why."""

from typing import Final

import pandas as pd

from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.series import YearCount, count_year
from vemas_analytics.analysis.tabulate import tabulate, text
from vemas_analytics.model.earlier import EarlierReport
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.reference.measures import read_measures

COLUMNS: Final = (
    "measure", "region", "year", "old", "old_state", "new", "new_state", "reason", "n_corrections", "detail",
)  # fmt: skip
_SAME_EUR: Final = 0.005
"""Amounts nearer than this are the same: a file holds them to the cent."""


def find_revisions(material: Material, year: int, earlier: EarlierReport | None) -> list[Finding]:
    """Compare the yearly figures with those of an earlier report, year by year up to the year under review.

    Parameters
    ----------
    material : Material
    year : int
    earlier : EarlierReport or None

    Returns
    -------
    list of Finding
        Question ``revisions``, measure figures, baseline the year; none without an earlier report. ``n_before`` is
        how many figures both reports have, ``n_after`` how many of them differ; table columns as `COLUMNS`, one row
        for each that differs. ``reason`` is ``completed`` (the earlier report did not have the whole year),
        ``correction`` (``n_corrections`` cells of corrections.csv concern the year; ``detail`` holds their reasons),
        or ``not_stated``.
    """
    if earlier is None:
        return []
    rows: list[tuple[Scalar, ...]] = []
    n_compared = 0
    counts: dict[tuple[Measure, int], YearCount] = {}
    for (name, region, item), figure in earlier.figures.items():
        measure = next((known for known in material.measures if known == name), None)
        if measure is None or region not in material.regions or item > year:
            continue
        count = counts.setdefault((measure, item), count_year(material, measure, item))
        coverage = material.coverage(measure)
        new = count.value(material.measures[measure], coverage, material.regions.index(region))
        n_compared += 1
        if _is_same(measure, figure.value, new):
            continue
        reason, n, detail = _reason(material, measure, count, figure.state)
        state = count.state(coverage)
        rows.append((measure, region, item, figure.value, figure.state, new, state, reason, n, detail))
    order = {measure: rank for rank, measure in enumerate(material.measures)}
    rank = {region: place for place, region in enumerate((TOTAL, *material.regions))}
    rows.sort(key=lambda row: (row[2], order[row[0]], rank[str(row[1])]))  # type: ignore[index]
    return [
        Finding(
            question="revisions",
            measure="figures",
            region=TOTAL,
            baseline=str(year),
            n_before=n_compared,
            n_after=len(rows),
            table=tabulate(COLUMNS, rows),
        )
    ]


def _is_same(measure: Measure, old: float | None, new: float | int | None) -> bool:
    if old is None or new is None:
        return old is None and new is None
    return abs(old - new) < (_SAME_EUR if read_measures()[measure].unit == "eur" else 0.5)


def _reason(material: Material, measure: Measure, count: YearCount, old_state: str) -> tuple[str, int, str]:
    corrections = _corrections(material, measure, count)
    if len(corrections):
        reasons = dict.fromkeys(text(value) for value in corrections["reason"] if text(value))
        return "correction", len(corrections), "; ".join(reasons)
    return ("not_stated" if old_state == "recorded" else "completed"), 0, ""


def _corrections(material: Material, measure: Measure, count: YearCount) -> pd.DataFrame:
    """Return the corrections of rows that count in the year, or that had the year before they were corrected."""
    frame = material.tables.corrections
    if not len(frame):
        return frame
    records = material.measures[measure]
    cited = records.cite(material.regions.index(TOTAL), records.inside([count.period]))
    rows = {(ref.file, ref.sheet, row) for ref in cited for row in ref.rows}
    places = zip(frame["file"].map(text), frame["sheet"].map(text), frame["row"].tolist(), strict=True)
    here = [(file, sheet, row) in rows for file, sheet, row in places]
    left = frame["old"].astype("string").fillna("").str.contains(str(count.year), regex=False)
    own = frame["table"].astype("string").fillna("") == records.info.table
    return frame[pd.Series(here, index=frame.index) | (left & own).to_numpy(dtype=bool)]
