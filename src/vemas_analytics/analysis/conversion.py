"""From inquiry to offer and from offer to order: what share gets there in time, before the stop and after it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.estimators import CumulativeIncidence, cumulative_incidence
from vemas_analytics.analysis.material import Mask, Material, MeasureRecords
from vemas_analytics.analysis.tabulate import tabulate
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.links import named_once
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import FINE_PRECISIONS, NO_DAY, Days, Period, count_days, day_number, day_numbers

COLUMNS: Final = ("outcome", "days", "share", "low", "high", "n_cases", "n_outcome", "n_open", "n_left_out")
CURVE_COLUMNS: Final = ("outcome", "days", "share", "low", "high", "n_at_risk")
HORIZONS: Final = (90, 180, 365)
TOLD_HORIZON: Final = 365
"""The horizon of the estimate; the others stand in the table."""
FEWEST_CASES: Final = 5
LEVEL: Final = 0.95
ALMOST_ALL: Final = 1 - 1e-9
"""A share above this is all of them, rounding apart."""
OUTCOMES: Final[dict[Measure, tuple[str, ...]]] = {
    "inquiries": ("offered", "ended_without_offer"),
    "offers": ("won", "lost", "withdrawn", "suspended"),
}
"""Competing outcomes by measure, the first one being the conversion; number 1 is the first."""
_ENDED: Final = {"inquiries": ("closed", "declined", "offered"), "offers": ("won", "lost", "withdrawn")}


def find_conversion(material: Material) -> list[Finding]:
    """Estimate the share of inquiries offered and of offers won within 90, 180 and 365 days, per region and side.

    Cases dated before the stop are followed until the stop, later ones until the reference date or the end of
    keeping; what is still open then is censored, not lost. An inquiry is offered on the day of the first offer
    that names it, else, with status offered, on the day it was closed. Cases that ended on no known day, or
    before they began, are left out and counted.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Question ``conversion``, measures inquiries and offers, baselines ``before`` and ``after``; the estimate is
        the share converted within 365 days; table columns as `COLUMNS`, one row per outcome (and ``open``) and
        horizon; a share is None where fewer than five cases are followed or none as long as the horizon, an
        interval None where no case or every case has the outcome. For the total also question
        ``conversion_curve``: every step of the curves up to 365 days, columns as `CURVE_COLUMNS`, the last row of
        each outcome telling how far it was followed.

    Notes
    -----
    Aalen and Johansen 1978 with the competing outcomes of `OUTCOMES`; 1 minus Kaplan-Meier would overstate.
    Assumption at risk: cases censored by the stop would have fared as the others.
    """
    findings = []
    for measure in OUTCOMES:
        records, ends = material.measures[measure], _read_ends(material, measure)
        covered = {
            "before": material.covered(measure, material.panel.windows["all_before"].periods),
            "after": material.covered(measure, material.panel.windows["after"].periods),
        }
        for baseline, periods in covered.items():
            cases = _follow(material, records, ends, periods)
            findings += [_finding(material, measure, baseline, cases, code) for code in range(len(material.regions))]
            findings.append(_curve_finding(material, measure, baseline, cases))
    return findings


@dataclass(frozen=True, slots=True)
class _Ends:
    """How each row of a table ended: day (`NO_DAY` if unknown or open), number of the outcome (0 open), clarity."""

    day: Days
    outcome: NDArray[np.int64]
    is_vague: Mask


@dataclass(frozen=True, slots=True)
class _Cases:
    """The cases of one side, aligned with the records: time followed, outcome in it, who belongs to it at all."""

    records: MeasureRecords
    periods: tuple[Period, ...]
    duration: NDArray[np.int64]
    outcome: NDArray[np.int64]
    chosen: Mask
    left_out: Mask


def _read_ends(material: Material, measure: Measure) -> _Ends:
    table = material.tables.frame(material.measures[measure].info.table)
    column = "closed_on" if measure == "inquiries" else "decided_on"
    status = table["status"].astype("string").fillna("").to_numpy(dtype=object).astype(str)
    day = day_numbers(table[column])
    fine = table[f"{column}_precision"].astype("string").fillna("day").isin(FINE_PRECISIONS).to_numpy(dtype=bool)
    names = OUTCOMES[measure]
    if measure == "inquiries":
        offered_on = first_offers(material, material.tables.offers)
        linked = offered_on != NO_DAY
        outcome = np.where(linked | (status == "offered"), 1, 2)
        day = np.where(linked, offered_on, day)
        fine = fine | linked
    else:
        outcome = np.select([status == name for name in names], range(1, len(names) + 1), default=0)
    dated = day != NO_DAY
    # An end on an unknown day, or of an unknown kind, can neither be placed nor counted as still open.
    vague = (dated & (~fine | (outcome == 0))) | (~dated & np.isin(status, (*_ENDED[measure], "")))
    return _Ends(np.where(dated & fine, day, NO_DAY), np.where(dated & fine, outcome, 0).astype(np.int64), vague)


def first_offers(material: Material, offers: pd.DataFrame) -> Days:
    """Return for each row of inquiries the day of the first of these offers that names it, and no other inquiry."""
    inquiries = material.tables.inquiries
    fine = offers["offered_on_precision"].astype("string").fillna("day").isin(FINE_PRECISIONS)
    named = offers[offers["inquiry_id"].notna() & offers["offered_on"].notna() & fine]
    first = named.groupby(named["inquiry_id"].astype("string"))["offered_on"].min()
    own = inquiries["inquiry_id"].astype("string")
    return np.where(named_once(inquiries), day_numbers(first.reindex(own)), NO_DAY)


def _follow(material: Material, records: MeasureRecords, ends: _Ends, periods: tuple[Period, ...]) -> _Cases:
    at = records.position
    until = day_number(periods[-1][1]) if periods else 0
    inside = records.inside(periods) & records.fine
    day, outcome = ends.day[at], ends.outcome[at]
    happened = (outcome > 0) & (day < until)
    duration = np.where(happened, day, until) - records.start
    left_out = inside & (ends.is_vague[at] | (duration < 0))
    return _Cases(records, periods, duration, np.where(happened, outcome, 0), inside & ~left_out, left_out)


def _finding(material: Material, measure: Measure, baseline: str, cases: _Cases, code: int) -> Finding:
    part = cases.records.of(code)
    chosen = cases.chosen[part]
    duration, outcome = cases.duration[part][chosen], cases.outcome[part][chosen]
    n_left_out = int(cases.left_out[part].sum())
    coverage = material.coverage(measure)
    estimable = coverage.state == "recorded" and duration.size >= FEWEST_CASES
    curves = cumulative_incidence(duration, outcome, level=LEVEL) if estimable else None
    caveats = [*coverage_caveats(coverage), "followed_until_stop"]
    caveats += ["links_partly_known"] if measure == "inquiries" else []
    caveats += ["dates_imprecise"] if n_left_out else []
    caveats += ["few_events"] if int((outcome == 1).sum()) < FEWEST_CASES else []
    caveats += [] if estimable else ["not_estimable"]
    rows = [] if curves is None else _rows(curves, OUTCOMES[measure], duration, outcome, n_left_out)
    days = float(count_days(cases.periods))
    told = coverage.state != "not_recorded"
    is_before = baseline == "before"
    return Finding(
        question="conversion",
        measure=measure,
        region=material.regions[code],
        baseline=baseline,
        estimate=_estimate(rows),
        n_before=int(duration.size) if told and is_before else None,
        n_after=int(duration.size) if told and not is_before else None,
        days_before=days if is_before else None,
        days_after=None if is_before else days,
        caveats=order_caveats(caveats),
        table=tabulate(COLUMNS, rows),
        sources=cases.records.cite(code, cases.chosen),
    )


def _curve_finding(material: Material, measure: Measure, baseline: str, cases: _Cases) -> Finding:
    code = material.regions.index(TOTAL)
    told = _finding(material, measure, baseline, cases, code)
    part = cases.records.of(code)
    chosen = cases.chosen[part]
    duration, outcome = cases.duration[part][chosen], cases.outcome[part][chosen]
    rows: list[tuple[Scalar, ...]] = []
    if told.table is not None and told.table.rows:
        curves = cumulative_incidence(duration, outcome, level=LEVEL)
        end = TOLD_HORIZON if (outcome > 0).all() else min(TOLD_HORIZON, int(duration.max()))
        for number, name in enumerate(OUTCOMES[measure], start=1):
            days = sorted({int(day) for day in duration[outcome == number] if day <= end} | {end})
            rows += [(name, *_step(curves, number, day), int((duration >= day).sum())) for day in days]
    return replace(told, question="conversion_curve", estimate=None, table=tabulate(CURVE_COLUMNS, rows))


def _step(curves: CumulativeIncidence, number: int, day: int) -> tuple[int, float, float | None, float | None]:
    share = curves.at(day).get(number, 0.0)
    if not 0 < share < ALMOST_ALL:
        return day, share, None, None
    low, high = curves.limits_at(day)[number]
    return day, share, low, high


def _rows(
    curves: CumulativeIncidence,
    names: tuple[str, ...],
    duration: NDArray[np.int64],
    outcome: NDArray[np.int64],
    n_left_out: int,
) -> list[tuple[Scalar, ...]]:
    rows: list[tuple[Scalar, ...]] = []
    n_open = int((outcome == 0).sum())
    for number, name in enumerate((*names, "open"), start=1):
        key = number if number <= len(names) else 0
        for horizon in HORIZONS:
            # Beyond the longest follow-up the curve is flat for want of cases, unless all of them have ended.
            reached = int(duration.max()) >= horizon or n_open == 0
            share = curves.at(horizon).get(key, 0.0) if reached else None
            low, high = (
                curves.limits_at(horizon).get(key, (None, None)) if share and share < ALMOST_ALL else (None, None)
            )
            told = (horizon, share, low, high, int(duration.size), int((outcome == key).sum()), n_open, n_left_out)
            rows.append((name, *told))
    return rows


def _estimate(rows: list[tuple[Scalar, ...]]) -> Estimate | None:
    """Return the share of the first outcome at the horizon told, None where it is not known."""
    for _, days, share, low, high, *_ in rows[: len(HORIZONS)]:
        if days == TOLD_HORIZON and isinstance(share, float):
            if isinstance(low, float) and isinstance(high, float):
                return Estimate(share, low, high, LEVEL, unit="share")
            return Estimate(share, unit="share")
    return None
