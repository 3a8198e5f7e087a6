"""The measures: what each counts, from which table, and what the reports call it."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from vemas_analytics.model.names import (
    FORUM_KEY,
    LANGUAGES,
    MEASURES,
    RECORD_KEY,
    TABLES,
    CoverageState,
    Language,
    Measure,
    TableName,
)

Polarity = Literal["good", "neutral", "bad"]
MeasureUnit = Literal["count", "eur"]

LEAD_MEASURES: Final[tuple[Measure, ...]] = ("inquiries", "offers", "trips", "forums")
"""What a report may speak of first, in order of preference."""

LARGE_REGION: Final = 10
"""Records of the lead measure from which a region beyond the partner regions has a line and a page of its own."""


def choose_lead_measure(state_of: Callable[[Measure], CoverageState]) -> Measure:
    """Return the measure a report speaks of first: the first one recorded, else the first recorded in part."""
    for state in ("recorded", "partial"):
        for measure in LEAD_MEASURES:
            if state_of(measure) == state:
                return measure
    return LEAD_MEASURES[0]


@dataclass(frozen=True, slots=True)
class MeasureInfo:
    """Definition of one measure.

    Parameters
    ----------
    key : str
        Name of the measure.
    table : str
        Table it is counted from.
    date_column : str
        Column that says when; its precision stands in ``<date_column>_precision``.
    where : tuple of (column, allowed values)
        All must hold for a row to count.
    amount : str
        Column to add up, or empty where records are counted.
    record_key : tuple of str
        Columns that tell one counted thing from another in a total.
    unit : {"count", "eur"}
    polarity : {"good", "neutral", "bad"}
        Whether more of it is welcome.
    short, label, definition : mapping of language to text
        For a column head, a line of text, and the list of definitions.
    """

    key: Measure
    table: TableName
    date_column: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    amount: str
    record_key: tuple[str, ...]
    unit: MeasureUnit
    polarity: Polarity
    short: Mapping[Language, str]
    label: Mapping[Language, str]
    definition: Mapping[Language, str]

    @property
    def is_value(self) -> bool:
        """Whether amounts are added up, so that some of them may be unknown."""
        return bool(self.amount)


def _parse_where(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read ``status=held; direction=outbound|virtual``."""
    conditions = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        column, _, values = part.partition("=")
        conditions.append((column.strip(), tuple(value.strip() for value in values.split("|"))))
    return tuple(conditions)


def _choice(row: Mapping[str, str], column: str, allowed: tuple[str, ...]) -> str:
    if row[column] not in allowed:
        message = f"measures.csv: {column} {row[column]!r} of {row['measure']} is not one of {', '.join(allowed)}"
        raise ValueError(message)
    return row[column]


def _texts(row: Mapping[str, str], kind: str) -> Mapping[Language, str]:
    return MappingProxyType({language: row[f"{kind}_{language}"] for language in LANGUAGES})


def _read_row(row: Mapping[str, str]) -> MeasureInfo:
    table = cast(TableName, _choice(row, "table", TABLES))
    counted = _choice(row, "counted", ("record", "forum"))
    return MeasureInfo(
        key=cast(Measure, _choice(row, "measure", MEASURES)),
        table=table,
        date_column=row["date_column"],
        where=_parse_where(row["where"]),
        amount=row["amount"],
        record_key=FORUM_KEY if counted == "forum" else RECORD_KEY[table],
        unit=cast(MeasureUnit, _choice(row, "unit", get_args(MeasureUnit))),
        polarity=cast(Polarity, _choice(row, "polarity", get_args(Polarity))),
        short=_texts(row, "short"),
        label=_texts(row, "label"),
        definition=_texts(row, "definition"),
    )


@lru_cache(maxsize=1)
def read_measures() -> Mapping[Measure, MeasureInfo]:
    """Read all measures of ``measures.csv`` in the fixed order of `MEASURES`.

    Returns
    -------
    mapping of str to MeasureInfo

    Raises
    ------
    ValueError
        When the table lacks a measure or holds a word outside the closed lists: a fault of the program.
    """
    text = (files("vemas_analytics.reference") / "measures.csv").read_text("utf-8")
    found = {info.key: info for info in map(_read_row, csv.DictReader(text.splitlines()))}
    missing = [measure for measure in MEASURES if measure not in found]
    if missing:
        message = f"measures.csv lacks {', '.join(missing)}"
        raise ValueError(message)
    return MappingProxyType({measure: found[measure] for measure in MEASURES})
