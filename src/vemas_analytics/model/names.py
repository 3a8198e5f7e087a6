"""The closed lists that every station speaks: tables, measures, severities, states."""

from typing import Final, Literal, TypeAlias, get_args

TableName: TypeAlias = Literal["inquiries", "offers", "trips", "attendance"]
AnnexName: TypeAlias = Literal["agreements", "outcomes"]
Severity: TypeAlias = Literal["rejected", "repaired", "note"]
SetAsideReason: TypeAlias = Literal["sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope"]
Precision: TypeAlias = Literal["day", "week", "month", "quarter", "season", "year"]
CoverageState: TypeAlias = Literal["recorded", "partial", "not_recorded"]
Language: TypeAlias = Literal["de", "en"]
Edition: TypeAlias = Literal["intern", "public"]
Measure: TypeAlias = Literal[
    "inquiries",
    "inquiry_value_eur",
    "offers",
    "offer_value_eur",
    "orders",
    "order_value_eur",
    "trips",
    "trips_announced",
    "trips_cancelled",
    "trip_companies",
    "forums",
    "forum_attendance",
]

TABLES: Final[tuple[TableName, ...]] = get_args(TableName)
ANNEXES: Final[tuple[AnnexName, ...]] = get_args(AnnexName)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
SET_ASIDE_REASONS: Final[tuple[SetAsideReason, ...]] = get_args(SetAsideReason)
PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
EDITIONS: Final[tuple[Edition, ...]] = get_args(Edition)
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)

RUSSIA: Final = "RU"
"""Region code of records that name Russia but no recognised region."""

TOTAL: Final = "ALL"
"""Region code of the total over distinct records, regions and RU together."""

OTHERS: Final = "OTHERS"
"""Region code of all regions too small for a line of their own, each record counted once."""

DAYS_PER_MONTH: Final = 30.4375
DAYS_PER_YEAR: Final = 365.25

DATE_COLUMN: Final[dict[TableName, str]] = {
    "inquiries": "received_on",
    "offers": "offered_on",
    "trips": "start_on",
    "attendance": "held_on",
}
"""The column that dates a record of each table."""

RECORD_KEY: Final[dict[TableName, tuple[str, ...]]] = {
    "inquiries": ("inquiry_id", "received_on", "russian_company"),
    "offers": ("offer_id", "offered_on", "saxon_company", "russian_company"),
    "trips": ("trip_id", "start_on"),
    "attendance": ("source_file", "source_sheet", "source_row"),
}
"""Columns that tell one record from another when rows of several regions are folded into a total.

The identifier alone is not enough: a running number that restarts each year names several records.
"""

FORUM_KEY: Final = ("forum_id", "held_on")
"""Columns that tell one forum from another in the attendance table."""
