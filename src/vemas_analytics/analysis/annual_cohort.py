"""What became of the inquiries and the offers of a year: offered, ordered, ended, still open at the reference date."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from vemas_analytics.analysis.annual import N_YEARS
from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.conversion import first_offers
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.series import count_year
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Finding, Scalar
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import NO_DAY, day_number, day_numbers

OUTCOMES: Final[dict[Measure, tuple[str, ...]]] = {
    "inquiries": ("offered", "ended_without_offer", "open", "unknown"),
    "offers": ("won", "lost", "withdrawn", "suspended", "open", "unknown"),
}
"""The outcomes that part the cases of a year; of the offered inquiries ``ordered`` tells how many led to an order."""

_COLUMNS: Final[dict[Measure, tuple[str, ...]]] = {
    measure: ("year", "state", "n", *outcomes, *(("ordered",) if measure == "inquiries" else ()))
    for measure, outcomes in OUTCOMES.items()
}


def find_annual_cohort(material: Material, year: int) -> list[Finding]:
    """Follow the inquiries and offers of the year, and of the five before it, up to the reference date.

    An inquiry is offered where an offer names it (and names no other inquiry), or where its status says so; it led to
    an order where one of these offers was won. A decision later than the reference date is not known yet: open.
    A case without a status is unknown.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``annual_cohort``, measures inquiries and offers, the total, baseline the year; a row for each
        year, oldest first: year, state of its keeping, ``n`` cases, then the outcomes of `OUTCOMES`, which add up to
        ``n``; for inquiries ``ordered`` at the end. Counts are None where nothing is known of a year. Sources are
        the cases of the year itself.
    """
    return [_finding(material, measure, year) for measure in OUTCOMES]


def _finding(material: Material, measure: Measure, year: int) -> Finding:
    records, coverage = material.measures[measure], material.coverage(measure)
    code = material.regions.index(TOTAL)
    outcome, ordered = _offer_outcomes(material) if measure == "offers" else _inquiry_outcomes(material)
    rows: list[tuple[Scalar, ...]] = []
    for item in range(year - N_YEARS, year + 1):
        count = count_year(material, measure, item)
        state = count.state(coverage)
        part = records.of(code)
        at = records.position[part][records.inside([count.period])[part]]
        if count.value(records, coverage, code) is None:
            rows.append((item, state, *([None] * (len(_COLUMNS[measure]) - 2))))
            continue
        parts = [int((outcome[at] == name).sum()) for name in OUTCOMES[measure]]
        tail = [int(ordered[at].sum())] if measure == "inquiries" else []
        rows.append((item, "partial" if state == "not_recorded" else state, int(at.size), *parts, *tail))
    return Finding(
        question="annual_cohort",
        measure=measure,
        region=TOTAL,
        method="count",
        baseline=str(year),
        caveats=order_caveats(coverage_caveats(coverage)),
        table=tabulate(_COLUMNS[measure], rows),
        sources=records.cite(code, records.inside([count_year(material, measure, year).period])),
    )


def _statuses(material: Material, table: str, column: str) -> NDArray[np.str_]:
    """Return the status of each row at the reference date, empty where none is stated."""
    frame = material.tables.inquiries if table == "inquiries" else material.tables.offers
    status = frame["status"].astype("string").fillna("").to_numpy(dtype=object).astype(str)
    days = day_numbers(frame[column])
    later = (days != NO_DAY) & (days > day_number(material.panel.as_of))
    return np.where(later, "open", status)


def _offer_outcomes(material: Material) -> tuple[NDArray[np.str_], NDArray[np.bool_]]:
    status = _statuses(material, "offers", "decided_on")
    known = np.isin(status, ("won", "lost", "withdrawn", "suspended"))
    outcome = np.where(known, status, np.where(status == "", "unknown", "open"))
    return outcome, status == "won"


def _inquiry_outcomes(material: Material) -> tuple[NDArray[np.str_], NDArray[np.bool_]]:
    offers = material.tables.offers
    in_time = day_numbers(offers["offered_on"]) <= day_number(material.panel.as_of)
    named = first_offers(material, offers[in_time]) != NO_DAY
    won = _statuses(material, "offers", "decided_on") == "won"
    ordered = first_offers(material, offers[in_time & won]) != NO_DAY
    status = _statuses(material, "inquiries", "closed_on")
    offered = named | (status == "offered")
    ended = np.isin(status, ("closed", "declined"))
    outcome = np.select([offered, ended, status == ""], ["offered", "ended_without_offer", "unknown"], default="open")
    return outcome, ordered
