"""How far the data carry: keeping, ledger, problems, control totals, and what is in no total."""

import datetime as dt
from collections import Counter
from typing import Final

import numpy as np
import pandas as pd

from vemas_analytics.analysis.caveats import coverage_caveats, order_caveats
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.provenance import cite_frame
from vemas_analytics.analysis.tabulate import tabulate, tabulate_frame, text
from vemas_analytics.model.finding import Estimate, Finding
from vemas_analytics.model.names import DATE_COLUMN, FORUM_KEY, RECORD_KEY, RUSSIA, TABLES, TOTAL, Measure, TableName
from vemas_analytics.model.periods import clip_periods
from vemas_analytics.model.tables import CONTROL_COLUMNS, CORRECTION_COLUMNS, LEDGER_COLUMNS

COVERAGE_COLUMNS: Final = (
    "table", "state", "start", "end", "declared", "confirmed_by", "n_records", "first_record", "last_record",
)  # fmt: skip
PROBLEM_COUNT_COLUMNS: Final = ("code", "severity", "table", "n")
CORRECTION_COUNT_COLUMNS: Final = ("table", "n", "n_countersigned")
OUTSIDE_COLUMNS: Final = ("reason", "detail", "table", "n")
SHARE_COLUMNS: Final = ("n", "of")
_OF_THE_MACHINE: Final = frozenset({"person_key_readable"})
"""Notes on where the run takes place, not on the data: the report must be the same elsewhere."""

_LEADING: Final[dict[TableName, Measure]] = {
    "inquiries": "inquiries",
    "offers": "offers",
    "trips": "trips",
    "attendance": "forums",
}


def find_quality(material: Material) -> list[Finding]:
    """Describe the data basis as an auditor asks for it.

    Parameters
    ----------
    material : Material

    Returns
    -------
    list of Finding
        Questions ``coverage`` (one per table), ``ledger``, ``problem_counts``, ``control_totals``,
        ``outside_totals`` (what is in no total, by reason), where cells were corrected ``corrections`` (each) and
        ``correction_counts`` (by list, and how many of them countersigned), and ``quality``
        (``share_set_aside``: rows set aside of rows read; ``share_without_region``: records without a region of
        all records).
    """
    tables = material.tables
    ledger = tabulate_frame(tables.ledger, LEDGER_COLUMNS)
    controls = tabulate_frame(tables.control_totals, CONTROL_COLUMNS)
    return [
        *(_coverage(material, table) for table in TABLES),
        *_corrections(material),
        Finding(question="ledger", measure="ledger", region=TOTAL, table=ledger),
        _problem_counts(material),
        Finding(question="control_totals", measure="controls", region=TOTAL, table=controls),
        Finding(
            question="outside_totals",
            measure="outside",
            region=TOTAL,
            table=tabulate(OUTSIDE_COLUMNS, _outside(material)),
        ),
        _share("share_set_aside", _ledger_sum(material, "rows_set_aside"), _ledger_sum(material, "rows_read")),
        _share_without_region(material),
    ]


def _distinct(frame: pd.DataFrame, table: TableName) -> pd.DataFrame:
    """Return one row per record; forums count as one each, not by head."""
    key = FORUM_KEY if table == "attendance" else RECORD_KEY[table]
    return frame.drop_duplicates(list(key))


def _coverage(material: Material, table: TableName) -> Finding:
    coverage = material.panel.coverage[table]
    frame = material.tables.frame(table)
    records = frame.drop_duplicates(list(RECORD_KEY[table]))
    dates = frame[DATE_COLUMN[table]].dropna()
    row = (
        table,
        coverage.state,
        coverage.start,
        coverage.end,
        coverage.declared,
        coverage.confirmed_by,
        len(records),
        dates.min() if len(dates) else None,
        dates.max() if len(dates) else None,
    )
    return Finding(
        question="coverage",
        measure=table,
        region=TOTAL,
        caveats=order_caveats(coverage_caveats(coverage)),
        table=tabulate(COVERAGE_COLUMNS, [row]),
        sources=cite_frame(frame),
    )


def _problem_counts(material: Material) -> Finding:
    counts: dict[tuple[str, str, str], int] = {}
    for problem in material.tables.problems:
        if problem.code in _OF_THE_MACHINE:
            continue
        kind = (problem.code, problem.severity, problem.table)
        counts[kind] = counts.get(kind, 0) + 1
    return Finding(
        question="problem_counts",
        measure="problems",
        region=TOTAL,
        table=tabulate(PROBLEM_COUNT_COLUMNS, [(*kind, counts[kind]) for kind in sorted(counts)]),
    )


def _corrections(material: Material) -> list[Finding]:
    """Return every corrected cell, and how many there are by list; nothing where nothing was corrected."""
    frame = material.tables.corrections
    if not len(frame):
        return []
    signed = frame["by"].notna() & frame["countersigned"].notna()
    by_table = frame.assign(signed=signed, table=frame["table"].fillna("")).groupby("table")["signed"]
    counts = [(text(table), int(of.size), int(of.sum())) for table, of in by_table]
    listed = tabulate_frame(frame, CORRECTION_COLUMNS)
    return [
        Finding(question="corrections", measure="corrections", region=TOTAL, table=listed),
        Finding(
            question="correction_counts",
            measure="corrections",
            region=TOTAL,
            table=tabulate(CORRECTION_COUNT_COLUMNS, counts),
        ),
    ]


def _outside(material: Material) -> list[tuple[object, ...]]:
    ledger, elsewhere = material.tables.ledger, material.tables.out_of_scope
    rows: list[tuple[object, ...]] = []
    if len(ledger):
        rejected = ledger.groupby(ledger["table"].astype("string").fillna(""))["rejected"].sum()
        rows += [("rejected", "", text(table), int(n)) for table, n in rejected.items() if n > 0]
    if len(elsewhere):
        by_country = elsewhere.groupby(["country", "table"], dropna=False, observed=True).size().reset_index(name="n")
        rows += [("out_of_scope", text(country), text(table), int(n)) for country, table, n in by_country.to_numpy()]
    rows += _parts_abroad(material)
    for table, measure in _LEADING.items():
        frame = material.tables.frame(table)
        rows.append(("region_unknown", "", table, len(_distinct(frame[frame["region"] == RUSSIA], table))))
        rows.append(("after_as_of", "", table, material.measures[measure].n_later))
        rows += [(reason, "", table, n) for reason, n in _left_out(material, measure)]
        rows += [(reason, "", table, n) for reason, n in _in_no_phase(material, measure)]
    rows.append(("undated_order", "", "offers", material.measures["orders"].n_undated))
    return [row for row in rows if row[3]]


def _parts_abroad(material: Material) -> list[tuple[object, ...]]:
    """Return the rows that count in a Russian region although their cell also names a place abroad, by country."""
    found = {
        (problem.params["abroad"], problem.table, problem.file, problem.sheet, problem.row)
        for problem in material.tables.problems
        if problem.params.get("abroad")
    }
    counts = Counter((country, table) for country, table, *_ in found)
    return [("part_abroad", country, table, counts[country, table]) for country, table in sorted(counts)]


def _left_out(material: Material, measure: Measure) -> list[tuple[str, int]]:
    said = material.panel.left_out
    said = said[(said["measure"] == measure) & (said["region"] == TOTAL)]
    return [(text(reason), int(n)) for reason, n in zip(said["reason"], said["n"], strict=True)]


def _in_no_phase(material: Material, measure: Measure) -> list[tuple[str, int]]:
    """Return what no phase can take: beyond the keeping of its list, across phases, beyond them all."""
    records, coverage = material.measures[measure], material.coverage(measure)
    of_all = records.region == material.regions.index(TOTAL)
    everything = [(None, None)] if coverage.state == "recorded" else []
    kept = of_all if coverage.state == "partial" else records.touching(material.covered(measure, everything))
    spans = [clip_periods([(phase.start, phase.end)], (dt.date.min, material.end)) for phase in material.panel.phases]
    somewhere = np.any([records.touching(span) for span in spans], axis=0)
    in_one = np.any([records.inside(span) for span in spans], axis=0)
    reasons = {
        "outside_coverage": of_all & ~kept,
        "across_phases": of_all & kept & somewhere & ~in_one,
        "outside_phases": of_all & kept & ~somewhere,
    }
    return [(reason, int(mask.sum())) for reason, mask in reasons.items()]


def _ledger_sum(material: Material, column: str) -> int:
    return int(material.tables.ledger[column].sum()) if len(material.tables.ledger) else 0


def _share_without_region(material: Material) -> Finding:
    n_unknown = n_all = 0
    for table in TABLES:
        frame = material.tables.frame(table)
        n_unknown += len(_distinct(frame[frame["region"] == RUSSIA], table))
        n_all += len(_distinct(frame, table))
    return _share("share_without_region", n_unknown, n_all)


def _share(measure: str, n: int, total: int) -> Finding:
    value = n / total if total else None
    return Finding(
        question="quality",
        measure=measure,
        region=TOTAL,
        estimate=None if value is None else Estimate(value, unit="share"),
        table=tabulate(SHARE_COLUMNS, [(n, total)]),
    )
