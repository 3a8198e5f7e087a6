"""corrections.csv: what a person says that a cell should hold, why, since when, and on whose word."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vemas_analytics.errors import ConfigError
from vemas_analytics.etl.companions import read_companion
from vemas_analytics.etl.parse.dates import read_date
from vemas_analytics.reference.companion_columns import german_heading
from vemas_analytics.reference.phrases import Phrase, joined, phrase

FILE_NAME: Final = "corrections.csv"
_REQUIRED: Final = ("file", "row", "column", "old", "new", "reason", "date")
_FILLED: Final = ("file", "row", "column", "reason", "date")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of corrections.csv.

    Parameters
    ----------
    line : int
        In corrections.csv, as a spreadsheet program counts.
    file, sheet : str
        As ledger and problems name them; ``sheet`` may be empty where the file has one sheet only.
    row : int
        As the spreadsheet program counts.
    column : str
        Heading of the column, or its letter.
    old, new : str
        What the cell shows, and what it is to hold; '' for an empty cell.
    reason : str
    date : datetime.date
        Day of the correction.
    by, countersigned : str
        Who made it and who confirmed it; '' where nobody did.
    """

    line: int
    file: str
    sheet: str
    row: int
    column: str
    old: str
    new: str
    reason: str
    date: dt.date
    by: str = ""
    countersigned: str = ""


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Read corrections.csv.

    Raises
    ------
    ConfigError
        Naming every line that says too little or contradicts itself, and what to do about it.
    """
    faults: list[Phrase] = []
    found: list[Correction] = []
    for line, values in read_companion(path, "corrections", _REQUIRED):
        wrong = list(_faults(values))
        if wrong:
            faults.append(phrase("refusals.line", line=line, faults=joined(", ", wrong)))
            continue
        day = read_date(values["date"]).start
        row = int(values["row"])
        if day is not None:
            texts = {name: text for name, text in values.items() if name not in {"row", "date"}}
            found.append(Correction(line=line, row=row, date=day, **texts))
    if faults:
        message = phrase("refusals.lines_wrong", path=path, lines=joined("; ", faults))
        raise ConfigError(message.en, message.de)
    return tuple(found)


def _faults(values: Mapping[str, str]) -> Iterator[Phrase]:
    for name in _FILLED:
        if not values[name]:
            heading = Phrase(name, f"„{german_heading('corrections', name)}“")
            yield phrase("refusals.is_empty", name=heading)
    if values["row"] and not (values["row"].isascii() and values["row"].isdigit() and int(values["row"]) > 0):
        yield phrase("refusals.no_row_number", row=values["row"])
    reading = read_date(values["date"]) if values["date"] else None
    if reading is not None and (reading.start is None or reading.precision != "day"):
        yield phrase("refusals.no_day", date=values["date"])
    if values["old"] == values["new"]:
        yield phrase("refusals.nothing_changes")
