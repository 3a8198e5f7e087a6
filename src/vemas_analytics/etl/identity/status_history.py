"""Records that changed their status from list to list: one record, the newest state in force, the earlier ones kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from vemas_analytics.etl.clean.records import Place, Records
from vemas_analytics.etl.identity.list_ages import Evidence, ListAges
from vemas_analytics.model.names import PRECISIONS, Precision
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.tables import HISTORY_COLUMNS
from vemas_analytics.reference.reason_words import reason_params

STATUS_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "inquiries": frozenset({"status", "closed_on", "closed_on_precision"}),
    "offers": frozenset({"status", "decided_on", "decided_on_precision"}),
    "trips": frozenset({"status"}),
}
"""Columns that may change while a record stays the same."""

_TYPES: Final = {
    "source_row": "Int64",
    "row": "Int64",
    "decided_on": "datetime64[us]",
    "decided_on_precision": "category",
    "known_from": "datetime64[us]",
    "newest": "boolean",
}
_DECISION: Final = {"inquiries": "closed_on", "offers": "decided_on"}


@dataclass(frozen=True, slots=True)
class State:
    """What one row says of a record's status, since when it can have said so, and what tells that."""

    at: int
    status: str | None
    decided_on: dt.date | None
    precision: Precision | None
    known_from: dt.date | None
    evidence: Evidence

    @property
    def order(self) -> tuple[dt.date, int]:
        """What states are sorted by: the day they are known from, then the order of the lists."""
        return (self.known_from or dt.date.min, self.at)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One state of a record; ``kept`` is the row that stands for the record in its table."""

    table: str
    identifier: str
    kept: Place
    place: Place
    state: State
    newest: bool


def settle_history(
    table: str, records: Records, states: Mapping[int, Sequence[int]], ages: ListAges
) -> tuple[list[Problem], tuple[HistoryLine, ...]]:
    """Give every record with several states the newest one, and tell of the others.

    A state is known from the day of its decision or the age of its list, whichever is later; the later known state
    is the newer one. Where neither tells, the order of the lists does.

    Parameters
    ----------
    records : Records
        Status and decision of the rows that stand are brought up to date.
    states : mapping of int to sequence of int
        Position of a row that stands -> positions of the rows that continue it.
    ages : ListAges
    """
    problems: list[Problem] = []
    history: list[HistoryLine] = []
    for twin, others in states.items():
        ordered = sorted((_state(table, records, at, ages) for at in (twin, *others)), key=lambda item: item.order)
        newest = ordered[-1]
        kept, identifier = records.place(twin), records.identifiers[twin]
        taken = _take_newest(table, records, twin, ordered)
        for state in ordered:
            place = records.place(state.at)
            history.append(HistoryLine(table, identifier, kept, place, state, state is newest))
            where = (table, place.file, place.sheet, place.row)
            if state.at != twin:
                params = {"twin": str(kept), "taken": taken, "field": f"{table}.status"}
                problems.append(Problem("status_updated", "note", *where, value=identifier, params=params))
            if state is not newest and state.status is not None:
                code = "earlier_status_dated" if state.decided_on else "earlier_status"
                params = _told(table, state, newest, records.place(newest.at))
                problems.append(Problem(code, "note", *where, value=identifier, params=params))
    return problems, tuple(history)


def history_frame(lines: Sequence[HistoryLine]) -> pd.DataFrame:
    """Return all histories as a table (`HISTORY_COLUMNS`), each record's states from the oldest to the newest."""
    rows = [
        (
            line.table,
            line.identifier,
            line.kept.file,
            line.kept.sheet or None,
            line.kept.row,
            line.place.file,
            line.place.sheet or None,
            line.place.row,
            line.state.status,
            line.state.decided_on,
            line.state.precision,
            line.state.known_from,
            line.state.evidence,
            line.newest,
        )
        for line in lines
    ]
    frame = pd.DataFrame(rows, columns=list(HISTORY_COLUMNS))
    return pd.DataFrame({name: _typed(frame[name].tolist(), _TYPES.get(name, "string")) for name in HISTORY_COLUMNS})


def _typed(values: list[Any], kind: str) -> "pd.Series[Any]":
    if kind == "category":
        return pd.Series(pd.Categorical(values, categories=list(PRECISIONS)))
    if kind == "datetime64[us]":
        return pd.Series(pd.to_datetime(pd.Series(values, dtype="object"))).astype("datetime64[us]")
    return pd.Series(pd.array(values, dtype=kind))  # type: ignore[call-overload]


def _state(table: str, records: Records, at: int, ages: ListAges) -> State:
    decision = _DECISION.get(table, "")
    day, precision = records.column(decision)[at], records.column(f"{decision}_precision")[at]
    age = ages.of(records.place(at))
    evidence: Evidence = age.evidence
    known = age.day
    if day is not None and (known is None or day > known):
        known, evidence = day, "decision"
    return State(at, records.column("status")[at], day, precision, known, evidence)


def _take_newest(table: str, records: Records, twin: int, ordered: Sequence[State]) -> str:
    """Write the newest status and its decision into the row that stands; return the status."""
    newest_first = ordered[::-1]
    status = next((state.status for state in newest_first if state.status is not None), None)
    records.values["status"][twin] = status
    decision = _DECISION.get(table)
    if decision is not None:
        # an undated status keeps the day on which an earlier list says it was reached, not that of another status
        dated = next((item for item in newest_first if item.decided_on and item.status in {status, None}), None)
        records.values[decision][twin] = dated.decided_on if dated else None
        records.values[f"{decision}_precision"][twin] = dated.precision if dated else None
    return status or ""


def _told(table: str, state: State, newest: State, place: Place) -> dict[str, str]:
    day = state.decided_on.isoformat() if state.decided_on else ""
    return {
        "earlier": state.status or "",
        "field": f"{table}.status",
        "taken": newest.status or "",
        "day": day,
        "twin": str(place),
        **reason_params("evidence", newest.evidence if newest.known_from != state.known_from else "order"),
    }
