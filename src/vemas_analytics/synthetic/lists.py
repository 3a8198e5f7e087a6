"""What all hand-kept lists share: planted faults, blank lines, sums and footnotes."""

import csv
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from vemas_analytics.synthetic.sheets import CellValue, Line

LINES_BETWEEN_BLANKS = 14


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault to plant: in which table and list, of which kind, and the text that shows it."""

    table: str
    list: str
    kind: str
    value: str


@lru_cache(maxsize=1)
def read_faults() -> tuple[Fault, ...]:
    """Return all faults to plant, from the table beside this file."""
    text = (files("vemas_analytics.synthetic") / "tables" / "faults.csv").read_text("utf-8")
    return tuple(
        Fault(row["table"], row["list"], row["kind"], row["value"]) for row in csv.DictReader(text.splitlines())
    )


def faults_of(table: str, name: str) -> tuple[Fault, ...]:
    """Return the faults to plant in one list."""
    return tuple(fault for fault in read_faults() if (fault.table, fault.list) == (table, name))


def insert_lines(lines: Sequence[Line], extra: Sequence[Line], rng: np.random.Generator) -> tuple[Line, ...]:
    """Return ``lines`` with each extra line put somewhere below the first one; a repetition below its original."""
    mixed = list(lines)
    for line in extra:
        first = next((at for at, other in enumerate(mixed) if other.key and other.key == line.twin), 0) + 1
        mixed.insert(min(first, len(mixed)) + int(rng.integers(max(len(mixed) - first, 0) + 1)), line)
    return tuple(mixed)


def with_blanks(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return ``lines`` with a blank line now and then; none above a repeated header, which would start a new list."""
    spaced: list[Line] = []
    for number, line in enumerate(lines, 1):
        spaced.append(line)
        if number % LINES_BETWEEN_BLANKS == 0 and number < len(lines) and lines[number].role == "record":
            spaced.append(Line("blank"))
    return tuple(spaced)


def with_header_again(lines: Sequence[Line], header: Line) -> tuple[Line, ...]:
    """Return ``lines`` with the header repeated in the middle, as after a page break."""
    middle = len(lines) // 2
    return (*lines[:middle], Line("repeated_header", header.cells), *lines[middle:])


def footnotes(*texts: str) -> tuple[Line, ...]:
    """Return a blank line and the footnotes below it."""
    return (Line("blank"), *(Line("footnote", (text,)) for text in texts))


def with_cell(line: Line, column: int, value: CellValue) -> Line:
    """Return ``line`` with one cell replaced."""
    return dataclasses.replace(line, cells=(*line.cells[:column], value, *line.cells[column + 1 :]))


def garble(
    lines: Sequence[Line], fault: Fault, regions: Mapping[str, tuple[str, ...]], number: int, region: int
) -> tuple[Line, ...]:
    """Return ``lines`` with one cell of one true record changed; unchanged for faults of other kinds.

    Parameters
    ----------
    lines : sequence of Line
        Records, each with its key.
    fault : Fault
        ``region_unknown`` replaces the region of a record that has none, ``region_part_unknown`` adds a foreign
        place to a region, ``id_conflict`` repeats the number of the first record.
    regions : mapping
        Record key to its true regions.
    number, region : int
        Columns of the record's number and of its region.
    """
    for index, line in enumerate(lines[1:], 1):
        if line.fault:
            continue
        true = regions[line.key]
        if fault.kind == "region_unknown" and true == ("RU",):
            column, value = region, fault.value
        elif fault.kind == "region_part_unknown" and len(true) == 1 and true != ("RU",):
            column, value = region, f"{line.cells[region]} / {fault.value}"
        elif fault.kind == "id_conflict":
            column, value = number, str(lines[0].cells[number])
        else:
            continue
        changed = dataclasses.replace(with_cell(line, column, value), fault=fault.kind, value=value)
        return (*lines[:index], changed, *lines[index + 1 :])
    return tuple(lines)
