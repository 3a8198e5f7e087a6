"""What the check of a finished workbook reports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold: its id, the sheet and cell (or part of the package), and what is there."""

    rule: str
    sheet: str
    cell: str
    what: str
