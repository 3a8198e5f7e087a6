"""Tiny literal tables for tests: name only the columns that matter."""

import datetime as dt
from collections.abc import Sequence
from types import MappingProxyType

import pandas as pd

from vemas_analytics.model.names import TABLES
from vemas_analytics.model.settings import CoverageStatement, ReportOptions, Settings
from vemas_analytics.model.tables import COLUMNS, LEDGER_COLUMNS, Tables

_COUNTS = ("persons", "companies")
_AMOUNTS = ("value", "value_eur", "cost_eur")
_DEFAULTS = {
    "inquiries": {"status": "open", "channel": "unknown"},
    "offers": {"status": "open"},
    "trips": {"status": "held", "direction": "outbound", "kind": "business_trip"},
    "attendance": {"forum_status": "held", "attended": "attended", "persons": 1},
}
_DATES = {
    "inquiries": ("received_on", "closed_on"),
    "offers": ("offered_on", "decided_on"),
    "trips": ("start_on", "end_on"),
    "attendance": ("held_on",),
}
_IDS = {"inquiries": "inquiry_id", "offers": "offer_id", "trips": "trip_id", "attendance": "forum_id"}


def make_frame(table, rows: Sequence[dict]) -> pd.DataFrame:
    """A table of the contract from dicts; ids, source rows and precisions are filled in."""
    data = {column: [] for column in COLUMNS[table]}
    for number, given in enumerate(rows, start=2):
        row = {
            "region": "RU-SVE",
            _IDS[table]: f"{table}-{number}",
            "source_file": f"{table}.xlsx",
            "source_sheet": "Liste",
            "source_row": number,
            **_DEFAULTS[table],
            **given,
        }
        for column in _DATES[table]:
            if row.get(column) is not None:
                row.setdefault(f"{column}_precision", "day")
        unknown = set(row) - set(data)
        if unknown:
            raise KeyError(unknown)
        for column, values in data.items():
            values.append(row.get(column))
    frame = pd.DataFrame({column: _typed(column, values, table) for column, values in data.items()})
    return frame[list(COLUMNS[table])]


def _typed(column: str, values: list, table: str):
    if column in _DATES[table]:
        return pd.Series([pd.NaT if v is None else pd.Timestamp(v) for v in values], dtype="datetime64[us]")
    if column in _AMOUNTS:
        return pd.Series(values, dtype="Float64")
    if column in (*_COUNTS, "source_row"):
        return pd.Series(values, dtype="Int64")
    if column in ("status", "direction", "kind", "region", "forum_status", "attended", "side"):
        return pd.Series(values, dtype="string").astype("category")
    return pd.Series(values, dtype="string")


def make_tables(**rows) -> Tables:
    """Tables from lists of dicts by table name; further fields of `Tables` as keyword arguments."""
    frames = {table: make_frame(table, rows.pop(table, ())) for table in TABLES}
    rows.setdefault("ledger", pd.DataFrame(columns=list(LEDGER_COLUMNS)))
    return Tables(**frames, **rows)


def kept(start: str, end: str, state="recorded") -> CoverageStatement:
    """A statement of coverage; ``end`` is exclusive."""
    return CoverageStatement(state, dt.date.fromisoformat(start), dt.date.fromisoformat(end), "Test")


def make_settings(as_of: str | None = None, coverage: dict | None = None, **fields) -> Settings:
    """Settings with coverage statements by table and a reference date."""
    report = ReportOptions(as_of=None if as_of is None else dt.date.fromisoformat(as_of))
    return Settings(report=report, coverage=MappingProxyType(coverage or {}), **fields)


def monthly_rows(n_by_month: dict[str, int], column: str, **fields) -> list[dict]:
    """Rows dated on the 3rd, 4th ... of a month: ``{"2014-09": 2}`` gives two rows."""
    rows = []
    for month, n in n_by_month.items():
        rows += [{column: f"{month}-{3 + i % 20:02d}", **fields} for i in range(n)]
    return rows


def ask(question, tables: Tables, settings: Settings | None = None, *args):
    """Put one question of the analysis to tables; returns its findings by (question, measure, region, baseline)."""
    from vemas_analytics.analysis import gather_material
    from vemas_analytics.panel import build_panel

    material = gather_material(tables, build_panel(tables, settings or make_settings()))
    return {(f.question, f.measure, f.region, f.baseline): f for f in question(material, *args)}


def rows_of(finding) -> list[dict]:
    """The rows of a finding's table as dicts."""
    return list(finding.table.records())
