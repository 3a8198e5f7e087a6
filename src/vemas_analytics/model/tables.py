"""The four tables and what was learnt while loading them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pandas as pd

from vemas_analytics.model.names import SetAsideReason, TableName
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import RawColumn, SourceFile

COLUMNS: Final[Mapping[TableName, tuple[str, ...]]] = MappingProxyType(
    {
        "inquiries": (
            "inquiry_id", "received_on", "received_on_precision", "region", "russian_company",
            "saxon_company", "subject", "subject_kind", "channel", "event_id", "value", "currency",
            "value_eur", "status", "closed_on", "closed_on_precision",
            "source_file", "source_sheet", "source_row",
        ),
        "offers": (
            "offer_id", "inquiry_id", "offered_on", "offered_on_precision", "region", "saxon_company",
            "russian_company", "network", "subject", "subject_kind", "value", "currency", "value_eur",
            "status", "decided_on", "decided_on_precision",
            "source_file", "source_sheet", "source_row",
        ),
        "trips": (
            "trip_id", "title", "start_on", "start_on_precision", "end_on", "end_on_precision", "region",
            "city", "direction", "kind", "organiser", "organiser_group", "companies", "companies_bound",
            "persons", "persons_bound", "cost_eur", "status",
            "source_file", "source_sheet", "source_row",
        ),
        "attendance": (
            "forum_id", "forum_title", "forum_kind", "forum_status", "held_on", "held_on_precision", "place",
            "region", "organiser", "organiser_group", "organisation", "side", "person_key", "role",
            "attended", "persons", "persons_bound", "companies",
            "source_file", "source_sheet", "source_row",
        ),
    }
)  # fmt: skip
"""Columns of each table, in order (contract of the package)."""

CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "subject_kind": ("production_technology", "reengineering", "research", "service", "other"),
        "channel": ("forum", "trip", "fair", "delegation", "direct", "unknown"),
        "inquiries.status": ("open", "answered", "offered", "closed", "declined"),
        "offers.status": ("open", "negotiation", "won", "lost", "withdrawn", "suspended"),
        "direction": ("outbound", "inbound", "virtual"),
        "trips.kind": ("business_trip", "delegation", "trade_fair", "political"),
        "organiser_group": ("own", "partner", "other"),
        "trips.status": ("held", "planned", "announced", "cancelled"),
        "forum_status": ("held", "announced", "cancelled"),
        "side": ("saxon", "russian", "other"),
        "attended": ("attended", "registered", "no_show", "unknown"),
        "bound": ("exact", "at_least"),
    }
)
"""Closed lists of the coded columns; ``table.column`` where two tables use one column name differently."""

LEDGER_COLUMNS: Final = (
    "file", "sheet", "table", "header_row", "rows_read", "rows_kept", "rows_set_aside",
    "sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope", "sha256",
)  # fmt: skip
PROBLEM_COLUMNS: Final = (
    "code", "severity", "table", "file", "sheet", "row", "column", "value", "message", "remedy",
)  # fmt: skip
CONTROL_COLUMNS: Final = ("table", "file", "sheet", "row", "column", "stated", "recounted", "agrees")
OUT_OF_SCOPE_COLUMNS: Final = ("table", "country", "file", "sheet", "row", "value", "date")
HISTORY_COLUMNS: Final = (
    "table", "identifier", "source_file", "source_sheet", "source_row", "file", "sheet", "row",
    "status", "decided_on", "decided_on_precision", "known_from", "evidence", "newest",
)  # fmt: skip
CORRECTION_COLUMNS: Final = (
    "line", "table", "file", "sheet", "row", "column", "old", "new", "reason", "date", "by", "countersigned",
)  # fmt: skip
PERSON_COLUMN_COLUMNS: Final = ("table", "file", "sheet", "column", "n", "first_row", "last_row")
COMPANY_COLUMNS: Final = ("side", "spelling", "canonical", "n", "rule")
COMPANY_DECISION_COLUMNS: Final = (
    "side", "name_a", "name_b", "n_a", "n_b", "score", "reason", "decision", "canonical", "by", "date",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a list stands in its file and which of its rows are no records of their own.

    ``sheet`` names the columns too where the list stands right of another one, as `place_in_sheet` does.
    ``set_aside`` maps a spreadsheet row to the reason why it was set aside; ``last_row`` is the last row of the list.
    """

    file: str
    sheet: str
    table: str
    header_rows: tuple[int, ...]
    columns: tuple[RawColumn, ...]
    last_row: int
    set_aside: Mapping[int, SetAsideReason]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the ETL knows after reading: four tables, two annexes, and the account of how.

    Parameters
    ----------
    inquiries, offers, trips, attendance : pandas.DataFrame
        Columns as in `COLUMNS`, RangeIndex. One row per record and region.
    agreements, outcomes : pandas.DataFrame
        Optional annex tables for the region pages; empty when no file gave them.
    ledger : pandas.DataFrame
        Columns `LEDGER_COLUMNS`; ``rows_read = rows_kept + rows_set_aside`` on every line.
    problems : tuple of Problem
        In (file, sheet, row) order.
    control_totals : pandas.DataFrame
        Columns `CONTROL_COLUMNS`: a list's own sums and head counts against the recount.
    out_of_scope : pandas.DataFrame
        Columns `OUT_OF_SCOPE_COLUMNS`: one line for each row set aside for its place; ``date`` (datetime64) is the
        first possible day of the record, missing where its row has none.
    inputs : tuple of SourceFile
        Every file looked at, in name order, with its hash.
    lists : tuple of ListPlace
        Where every list taken over stands, for showing the user his own rows again.
    history : pandas.DataFrame
        Columns `HISTORY_COLUMNS`: one line for each state of a record that changed its status from list to list, the
        oldest first. ``source_*`` is the row that stands for the record in its table, ``file``, ``sheet``, ``row``
        the one that gives the state; ``decided_on`` is ``closed_on`` for inquiries; ``known_from`` is the day since
        which the state is known, ``evidence`` what tells it (decision, stated, sheet_year, file_year, order).
    corrections : pandas.DataFrame
        Columns `CORRECTION_COLUMNS`: the corrections of corrections.csv, each written into its cell before parsing;
        old and new are masked where the column may hold a person's name.
    person_columns : pandas.DataFrame
        Columns `PERSON_COLUMN_COLUMNS`: where in the lists names of persons stand, how many cells (``n``) in which
        rows; the names themselves are nowhere.
    companies : pandas.DataFrame
        Columns `COMPANY_COLUMNS`: every spelling of a firm by side (saxon, russian), the name it counts under, how
        many records spell it so, and the rule that joined them ('' where spelling and name are the same).
    company_decisions : pandas.DataFrame
        Columns `COMPANY_DECISION_COLUMNS`: the lines of companies.csv that a person decided.
    companions : tuple of SourceFile
        Files beside vemas.toml that changed what was loaded (corrections.csv, companies.csv), with their hashes.
    """

    inquiries: pd.DataFrame
    offers: pd.DataFrame
    trips: pd.DataFrame
    attendance: pd.DataFrame
    ledger: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    agreements: pd.DataFrame = field(default_factory=pd.DataFrame)
    outcomes: pd.DataFrame = field(default_factory=pd.DataFrame)
    control_totals: pd.DataFrame = field(default_factory=pd.DataFrame)
    out_of_scope: pd.DataFrame = field(default_factory=pd.DataFrame)
    inputs: tuple[SourceFile, ...] = ()
    lists: tuple[ListPlace, ...] = ()
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    corrections: pd.DataFrame = field(default_factory=pd.DataFrame)
    person_columns: pd.DataFrame = field(default_factory=pd.DataFrame)
    companies: pd.DataFrame = field(default_factory=pd.DataFrame)
    company_decisions: pd.DataFrame = field(default_factory=pd.DataFrame)
    companions: tuple[SourceFile, ...] = ()

    def frame(self, table: TableName) -> pd.DataFrame:
        """Return one of the four tables by name."""
        frames = {
            "inquiries": self.inquiries,
            "offers": self.offers,
            "trips": self.trips,
            "attendance": self.attendance,
        }
        return frames[table]
