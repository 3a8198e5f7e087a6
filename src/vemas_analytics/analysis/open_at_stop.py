"""What was open on the eve of the stop: how many, whose, how much, how old, and what became of it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Mask, Material, MeasureRecords
from vemas_analytics.analysis.records_list import firm_column, joined_regions
from vemas_analytics.analysis.tabulate import tabulate, text
from vemas_analytics.model.finding import Estimate, Finding, Scalar
from vemas_analytics.model.links import named_once
from vemas_analytics.model.names import TOTAL, Measure
from vemas_analytics.model.periods import NO_DAY, Days, date_of, day_number, possible_days

OPEN_COLUMNS: Final = (
    "n_open",
    "n_unknown",
    "n_firms",
    "value_eur",
    "n_value_known",
    "age_days_median",
    "age_days_max",
)
OUTCOME_COLUMNS: Final = ("outcome", "n", "value_eur", "n_value_known")
LIST_COLUMNS: Final = (
    "id", "date", "region", "firm", "subject", "value_eur", "status", "age_days", "file", "sheet", "row",
)  # fmt: skip
_CASES: Final[dict[Measure, Measure]] = {"inquiries": "inquiry_value_eur", "offers": "offer_value_eur"}
_END_COLUMN: Final = {"inquiries": "closed_on", "offers": "decided_on"}
_ENDED: Final = {"inquiries": ("closed", "declined"), "offers": ("won", "lost", "withdrawn")}


def find_open_at_stop(material: Material) -> list[Finding]:
    """Tell which inquiries and offers were open on the eve of the stop, per region, and list them.

    Open is what is dated before the stop and was not closed, decided or (an inquiry) offered before it. A case
    that ended without a date, or in a month that the stop cuts, is unknown and counted apart. Where the
    list goes on but the reference date lies before the eve, nothing is known of it yet: no estimate, empty tables.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Questions ``open_at_stop`` (one row, `OPEN_COLUMNS`), ``open_outcome`` (`OUTCOME_COLUMNS`: status of the
        open ones at the as-of date; a decision after it is not known then, the case still open) and, for ALL,
        ``open_list`` (`LIST_COLUMNS`, oldest first). Values in euros, each once; None where none is known.
    """
    findings = []
    for measure in _CASES:
        eve = _read_eve(material, measure)
        for code, region in enumerate(material.regions):
            findings += [_count(material, eve, code, region), _outcome(material, eve, code, region)]
        findings.append(_list(material, eve))
    return findings


def count_open(material: Material) -> list[Finding]:
    """Count only: question ``open_at_stop`` for inquiries and offers of every region of the material."""
    eves = [_read_eve(material, measure) for measure in _CASES]
    return [_count(material, eve, code, region) for eve in eves for code, region in enumerate(material.regions)]


@dataclass(frozen=True, slots=True)
class _Eve:
    """State of every counted record on the eve, aligned with ``records``.

    ``reached`` is False where the reference date cuts the list before the eve; nothing is then open or unknown.
    ``outcome`` is its state at the as-of date; ``firm`` the Saxon firm's name for counting, empty if missing.
    """

    measure: Measure
    reached: bool
    records: MeasureRecords
    is_open: Mask
    is_unknown: Mask
    outcome: NDArray[np.object_]
    firm: NDArray[np.object_]
    age: Days


def _read_eve(material: Material, measure: Measure) -> _Eve:
    records = material.measures[_CASES[measure]]
    table = material.tables.frame(records.info.table)
    stop = day_number(material.stop)
    ends, ends_until = possible_days(table, _END_COLUMN[measure])
    status = table["status"].astype("string").fillna("").to_numpy(dtype=object)
    ended = np.isin(status.astype(str), _ENDED[measure])
    before, after = ends_until <= stop, ends >= stop
    kept_until = material.coverage(measure).end
    # A list that goes on beyond a reference date before the eve: what was open then is still to come.
    reached = material.end >= material.stop or kept_until is None or kept_until <= material.end
    dated = ends != NO_DAY
    unknown = (dated & ~before & ~after) | (~dated & (ended | (status == "")))
    finished = dated & before
    if measure == "inquiries":
        offered_before, offered_after = _offered(material, stop)
        unclear = (status == "offered") & ~dated & ~offered_before & ~offered_after
        unknown = (unknown | unclear) & ~offered_before
        finished = finished | offered_before
    outcome = np.where(dated & (ends > day_number(material.panel.as_of)), "open", status)
    at = records.position
    dated_before = (records.until <= stop) & reached
    return _Eve(
        measure=measure,
        reached=reached,
        records=records,
        is_open=dated_before & ~finished[at] & ~unknown[at],
        is_unknown=dated_before & unknown[at] & ~finished[at],
        outcome=np.where(outcome == "", "unknown", outcome)[at],
        firm=_firm_keys(table["saxon_company"])[at],
        age=stop - records.start,
    )


def _offered(material: Material, stop: int) -> tuple[Mask, Mask]:
    """Return for each inquiry whether an offer that names it is dated before the stop, or else after it."""
    inquiries, offers = material.tables.inquiries, material.tables.offers
    start, until = possible_days(offers, "offered_on")
    named = offers["inquiry_id"].notna().to_numpy(dtype=bool) & (start != NO_DAY)
    identifiers = offers["inquiry_id"].astype("string")
    early = set(identifiers[named & (until <= stop)])
    # An offer the reference date does not know yet answers nothing.
    late = set(identifiers[named & (start >= stop) & (start <= day_number(material.panel.as_of))])
    own, single = inquiries["inquiry_id"].astype("string"), named_once(inquiries)
    return own.isin(early).to_numpy(dtype=bool) & single, own.isin(late - early).to_numpy(dtype=bool) & single


def _firm_keys(names: pd.Series) -> NDArray[np.object_]:
    folded = names.astype("string").fillna("").str.split().str.join(" ").str.casefold()
    return folded.to_numpy(dtype=object)


def _sum_known(values: NDArray[np.float64]) -> tuple[float | None, int]:
    """Return the sum of known values and how many are known; None where there are cases but no value."""
    known = values[~np.isnan(values)]
    return (float(known.sum()) if known.size or not values.size else None), int(known.size)


def _count(material: Material, eve: _Eve, code: int, region: str) -> Finding:
    records, part = eve.records, eve.records.of(code)
    chosen = eve.is_open[part]
    n_open, n_unknown = int(chosen.sum()), int(eve.is_unknown[part].sum())
    ages = eve.age[part][chosen]
    value, n_known = _sum_known(records.amount[part][chosen])
    n_firms = len({name for name in eve.firm[part][chosen] if name})
    coverage = material.coverage(eve.measure)
    stop_covered = coverage.state == "recorded" and coverage.end is not None and coverage.end >= material.stop
    told = eve.reached and coverage.state != "not_recorded" and (stop_covered or n_open > 0)
    caveats = [*coverage_caveats(coverage)]
    if coverage.state == "recorded" and not stop_covered:
        caveats.append("coverage_partial")
    if n_known < n_open:
        caveats.append("value_share_known")
    row: tuple[Scalar, ...] = (
        n_open,
        n_unknown,
        n_firms,
        value,
        n_known,
        float(np.median(ages)) if n_open else None,
        int(ages.max()) if n_open else None,
    )
    return Finding(
        question="open_at_stop",
        measure=eve.measure,
        region=region,
        method="count",
        estimate=Estimate(float(n_open), unit="count") if told else None,
        caveats=order_caveats(caveats),
        table=tabulate(OPEN_COLUMNS, [row] if eve.reached and coverage.state != "not_recorded" else []),
        sources=records.cite(code, eve.is_open | eve.is_unknown),
    )


def _outcome(material: Material, eve: _Eve, code: int, region: str) -> Finding:
    records, part = eve.records, eve.records.of(code)
    chosen = eve.is_open[part]
    outcomes, values = eve.outcome[part][chosen], records.amount[part][chosen]
    rows: list[tuple[Scalar, ...]] = []
    for outcome in sorted(set(outcomes)):
        mask = outcomes == outcome
        rows.append((outcome, int(mask.sum()), *_sum_known(values[mask])))
    return Finding(
        question="open_outcome",
        measure=eve.measure,
        region=region,
        caveats=order_caveats(coverage_caveats(material.coverage(eve.measure))),
        table=tabulate(OUTCOME_COLUMNS, rows),
        sources=records.cite(code, eve.is_open),
    )


def _list(material: Material, eve: _Eve) -> Finding:
    records = eve.records
    code = material.regions.index(TOTAL)
    part = records.of(code)
    table = material.tables.frame(records.info.table)
    regions = joined_regions(material, records.info.key)
    chosen = np.flatnonzero(eve.is_open[part]) + part.start
    lines = table.iloc[records.position[chosen]]
    names = [records.info.record_key[0], firm_column(records.info.table), "saxon_company", "subject"]
    rows = []
    for index, (key, firm, saxon, subject) in zip(chosen, lines[names].itertuples(index=False, name=None), strict=True):
        amount = records.amount[index]
        rows.append(
            (
                text(key),
                date_of(int(records.start[index])),
                regions[int(records.record[index])],
                text(firm) or text(saxon),
                text(subject),
                None if np.isnan(amount) else float(amount),
                str(eve.outcome[index]),
                int(eve.age[index]),
                *records.sheets[int(records.sheet[index])],
                int(records.row[index]),
            )
        )
    return Finding(
        question="open_list",
        measure=eve.measure,
        region=TOTAL,
        caveats=order_caveats(coverage_caveats(material.coverage(eve.measure))),
        table=tabulate(LIST_COLUMNS, sorted(rows, key=lambda row: (row[1], row[8], row[9], row[10]))),
        sources=records.cite(code, eve.is_open),
    )
