"""A cell of many pages costs no more than its length, wherever in a list it stands."""

import datetime as dt
import time

import pytest
from any_sheets import read_file_of

from vemas_analytics.etl.clean.records import CleaningRules
from vemas_analytics.etl.load import assemble_tables
from vemas_analytics.etl.reading.read import find_lists
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet

HEAD = ("Forum", "Datum", "Ort", "Region", "Organisation", "Name", "Anzahl Teilnehmer", "Bemerkung")
ROW = ("Forum Perm", "05.01.2019", "Perm", "Perm", "OOO Ural", "Mustermann", 3, "")
LONGEST = 20_000
SECONDS = 4.0
"""Ten times what it takes; with a step for each pair of characters it would be half a minute."""


@pytest.mark.parametrize("unit", [" ", "1", "1 ", "1.", "("])
def test_long_cells_cost_their_length(unit: str) -> None:
    text = f"x{unit * (LONGEST // len(unit))}"[: LONGEST - 1] + "!"
    lines = [(text,), (f"Ort:{text}"[:LONGEST],), ("Ort", text), HEAD, ROW]
    for column in range(len(HEAD)):
        lines += [(*ROW[:column], text, *ROW[column + 1 :]), (*ROW[:column], f"1{text[1:]}", *ROW[column + 1 :])]
    lines += [(text,), ("Summe", *[None] * 5, 5, text), (f"Summe {text}"[:LONGEST], *[None] * 5, 5)]
    sheet = RawSheet("Tabelle1", tuple(lines))
    began = time.process_time()
    read = read_file_of("Teilnehmer.xlsx", sheet, find_lists((sheet,), "Teilnehmer.xlsx", Settings()))
    tables = assemble_tables([read], (), CleaningRules(Settings(), dt.date(2025, 6, 30)))
    assert time.process_time() - began < SECONDS
    assert tables.ledger["rows_read"].sum() >= len(HEAD)
