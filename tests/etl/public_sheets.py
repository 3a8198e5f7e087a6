"""Sheets as public offices lay them out, each written with its truth: what every row is.

A sheet is a text file in ``tests/data/public_sheets``. A line begins with what the row is: ``T`` a line above a
table, ``H`` header, ``R`` record (``R*5`` five of them), ``S`` sum, ``F`` footnote, ``G`` title of a part, ``X``
repeated header, ``B`` blank, ``-`` a row of no table. Cells are parted by ``|``; ``<`` and ``^`` are merged with
the cell to the left or above; ``{n}`` and the like are filled in.
"""

import datetime as dt
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vemas_analytics.model.sheets import CellValue, RawSheet

FOLDER = Path(__file__).parents[1] / "data" / "public_sheets"
_LAENDER = (
    "Baden-Württemberg;Bayern;Berlin;Brandenburg;Bremen;Hamburg;Hessen;Mecklenburg-Vorpommern;Niedersachsen;"
    "Nordrhein-Westfalen;Rheinland-Pfalz;Saarland;Sachsen;Sachsen-Anhalt;Schleswig-Holstein;Thüringen"
).split(";")
_KREISE = (
    "Chemnitz, Stadt;Erzgebirgskreis;Mittelsachsen;Vogtlandkreis;Zwickau;Dresden, Stadt;Bautzen;Görlitz;Meißen;"
    "Sächsische Schweiz-Osterzgebirge;Leipzig, Stadt;Leipzig;Nordsachsen"
).split(";")
_MONATE = "Januar;Februar;März;April;Mai;Juni;Juli;August;September;Oktober;November;Dezember".split(";")
_ALTER = "15 - 25;25 - 35;35 - 45;45 - 55;55 - 65;65 und mehr".split(";")
_ORTE = "Chemnitz;Zwickau;Plauen;Freiberg;Dresden;Görlitz;Bautzen;Leipzig;Torgau;Meißen".split(";")
_NAMEN = "Pressen;Fräsen;Drehen;Gießen;Härten;Schleifen;Messen;Fügen".split(";")


@dataclass(frozen=True)
class Truth:
    """One table: spreadsheet rows of its header and its records."""

    header: tuple[int, ...]
    records: tuple[int, ...]


@dataclass(frozen=True)
class PublicSheet:
    """A sheet with its truth; ``as_text`` when it came from a text list."""

    name: str
    sheet: RawSheet
    tables: tuple[Truth, ...]
    as_text: bool


def public_sheets(folder: Path = FOLDER) -> list[PublicSheet]:
    """Return every sheet of a folder."""
    return [read_public_sheet(path) for path in sorted(folder.glob("*.txt"))]


def read_public_sheet(path: Path) -> PublicSheet:
    """Build one sheet."""
    lines = path.read_text("utf-8").splitlines()
    notes = [line[1:].strip() for line in lines if line.startswith("#")]
    as_text = any(note.startswith("csv") for note in notes)
    name = next((note[6:].strip() for note in notes if note.startswith("sheet:")), path.stem)
    stated = next((note[6:] for note in notes if note.startswith("truth:")), None)
    marks, cells = _expanded([line for line in lines if line and not line.startswith("#")], path.stem)
    merged = _merged(cells)
    plain = [[None if cell in {"<", "^", ""} else cell for cell in row] for row in cells]
    rows = _with_sums(marks, [[_typed(cell, as_text) for cell in row] for row in plain], as_text)
    width = max(map(len, rows), default=0)
    sheet = RawSheet(
        "" if as_text else name,
        tuple((*row, *(None,) * (width - len(row))) for row in rows),
        merged=() if as_text else tuple(merged),
    )
    return PublicSheet(path.stem, sheet, _stated(stated) if stated else _truth(marks), as_text)


def _expanded(lines: list[str], seed: str) -> tuple[list[str], list[list[str]]]:
    marks: list[str] = []
    cells: list[list[str]] = []
    for line in lines:
        mark, _, content = line.partition(" ")
        kind, _, times = mark.partition("*")
        for number in range(int(times or 1)):
            chance = random.Random(f"{seed}{len(marks)}")
            marks.append(kind)
            cells.append([_filled_in(cell, number, chance) for cell in content.split("|")])
    return marks, cells


def _filled_in(cell: str, number: int, chance: random.Random) -> str:
    tokens: Mapping[str, Callable[[], str]] = {
        "n": lambda: str(chance.randint(11, 98_000)),
        "p": lambda: f"{chance.uniform(1, 99):.1f}",
        "i": lambda: str(number + 1),
        "jahr": lambda: str(1991 + number),
        "monat": lambda: _MONATE[number % 12],
        "land": lambda: _LAENDER[number % 16],
        "kreis": lambda: _KREISE[number % 13],
        "alter": lambda: _ALTER[number % 6],
        "ort": lambda: _ORTE[number % 10],
        "firma": lambda: f"{_NAMEN[number % 8]} {_ORTE[number % 10]} GmbH",
        "ags": lambda: str(14511 + number),
        "plz": lambda: str(chance.randint(1067, 9669)).zfill(5),
        "tag": lambda: f"{chance.randint(1, 28):02d}.{chance.randint(1, 12):02d}.2012",
        "geld": lambda: f"{chance.randint(1, 900)}.{chance.randint(100, 999)},{chance.randint(10, 99)} €",
    }
    return re.sub(r"\{(\w+)\}", lambda m: tokens[m[1]]() if m[1] in tokens else m[0], cell).replace("\\n", "\n")


def _typed(cell: str | None, as_text: bool) -> CellValue:
    if cell is None or as_text or cell.startswith("{"):
        return cell
    if cell.startswith("d:"):
        return dt.date.fromisoformat(cell[2:])
    if re.fullmatch(r"-?[1-9]\d*|0", cell):
        return int(cell)
    return float(cell) if re.fullmatch(r"-?\d+\.\d+", cell) else cell


def _with_sums(marks: list[str], rows: list[list[CellValue]], as_text: bool) -> list[list[CellValue]]:
    head = 0
    for index, row in enumerate(rows):
        head = index if marks[index] == "H" else head
        for column, cell in enumerate(row):
            if cell in {"{sum}", "{sumbelow}"}:
                span = range(head, index) if cell == "{sum}" else range(index, len(rows))
                found = [rows[i][column] for i in span if marks[i] == "R" and column < len(rows[i])]
                numbers = [value for value in found if isinstance(value, (int, float))]
                total = round(sum(numbers), 1)
                row[column] = str(total) if as_text else total
    return rows


def _merged(cells: list[list[str]]) -> list[tuple[int, int, int, int]]:
    areas = []
    for top, row in enumerate(cells):
        for left, cell in enumerate(row):
            if cell in {"<", "^"}:
                continue
            right, bottom = left, top
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(cells) and left < len(cells[bottom + 1]) and cells[bottom + 1][left] == "^":
                bottom += 1
            if (right, bottom) != (left, top):
                areas.append((top, left, bottom, right))
    return areas


def _truth(marks: list[str]) -> tuple[Truth, ...]:
    tables: list[tuple[list[int], list[int]]] = []
    for number, mark in enumerate(marks, start=1):
        if mark == "H":
            if not tables or tables[-1][1] or (number - 1 not in tables[-1][0]):
                tables.append(([], []))
            tables[-1][0].append(number)
        elif mark == "R":
            tables[-1][1].append(number)
    return tuple(Truth(tuple(header), tuple(records)) for header, records in tables)


def _stated(text: str) -> tuple[Truth, ...]:
    found = []
    for part in text.split(";"):
        header, _, records = part.strip().partition(":")
        first, _, last = records.partition("-")
        found.append(Truth(tuple(map(int, header.split(","))), tuple(range(int(first), int(last) + 1))))
    return tuple(found)
