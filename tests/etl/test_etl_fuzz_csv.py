"""The path of text lists against any bytes: a list, or one clear refusal; the same twice; nothing lost on the way."""

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fuzzed
from vemas_analytics.errors import InputError
from vemas_analytics.etl.clean.records import CleaningRules
from vemas_analytics.etl.load import assemble_tables
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.read_csv import read_text_list
from vemas_analytics.etl.reading.sandbox import UnreadableFileError
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet, SourceFile

TODAY = dt.date(2025, 6, 30)
LIST = (
    "Anfragen 2012\n\n"
    "Anfrage-Nr.;Eingangsdatum;Region;Anfragende Firma;Gegenstand der Anfrage;Wert (EUR);Status\n"
    'A-1;08.07.2012;Swerdlowsk;"OOO ""Kompressor""";Müller-Presse;1.234,50;offen\n'
    "A-2;KW 27/2012;Татарстан;ООО Станок;Ölpumpe;50-80 TEUR;beantwortet\n"
    'A-3;03/04/2012;Kaluga;AO Turbo;"zwei\nZeilen";;erledigt\n'
    "Summe;;;;;81.234,50;\n"
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1251")
BYTES = [
    b"\x00",
    b'"',
    b";",
    b",",
    b"\t",
    b"\r",
    b"\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe4",
    b"\xd0",
    b"=",
    b"'",
    b"sep=,\n",
    b"9" * 50,
]
BYTES += [b"\x1a", b"PK\x03\x04", b"<html>", b'""""', b"Anfrage-Nr.;Eingangsdatum;Region\n"]


def soiled(seed: int) -> bytes:
    """Return the bytes of a list after a few accidents, the same for the same seed."""
    chance = random.Random(seed)
    content = bytearray(LIST.encode(chance.choice(ENCODINGS), "replace"))
    for _ in range(chance.randint(0, 8)):
        at = chance.randrange(len(content) + 1)
        kind = chance.randrange(5)
        if kind == 0:
            content[at:at] = chance.choice(BYTES)
        elif kind == 1:
            del content[at : at + chance.randint(1, 20)]
        elif kind == 2:
            content[at:at] = content[: chance.randint(0, 60)]
        elif kind == 3 and content:
            content[at % len(content)] = chance.randrange(256)
        else:
            content = content[: max(at, 1)]
    return bytes(content)


def sheet_of(content: bytes) -> RawSheet | None:
    try:
        return read_text_list(content).sheet
    except UnreadableFileError:
        return None


def check_bytes(content: bytes) -> None:
    fuzzed.INPUTS["CSV bytes"] += 1
    sheet = sheet_of(content)
    assert sheet == sheet_of(content)
    if sheet is not None:
        assert all(cell is None or isinstance(cell, str) for row in sheet.rows for cell in row)


@given(st.binary(max_size=300))
@settings(max_examples=fuzzed.effort(300), deadline=None)
def test_any_bytes(content: bytes) -> None:
    check_bytes(content)


@given(st.text(alphabet='ab;,\t"\n\r |ä\u0434\x00', max_size=80), st.sampled_from(ENCODINGS))
@settings(max_examples=fuzzed.effort(300), deadline=None)
def test_any_text(text: str, encoding: str) -> None:
    check_bytes(text.encode(encoding, "replace"))


@pytest.mark.parametrize("block", range(4))
def test_lists_after_accidents(block: int) -> None:
    size = fuzzed.effort(150)
    for seed in range(block * size, (block + 1) * size):
        check_bytes(soiled(seed))


@given(st.integers(0, 10**6))
@settings(max_examples=fuzzed.effort(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_a_soiled_file_loses_no_row(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    content = soiled(seed)
    path: Path = tmp_path_factory.mktemp("soiled") / "liste.csv"
    path.write_bytes(content)
    read, problems = read_file(SourceFile(path, "liste.csv", "0" * 64, len(content)), Settings())
    fuzzed.INPUTS["CSV files"] += 1
    if not read.tables:
        assert problems or read.sheets
        return
    try:
        tables = assemble_tables([read], problems, CleaningRules(Settings(), TODAY))
    except InputError:
        return
    assert (tables.ledger["rows_read"] == tables.ledger["rows_kept"] + tables.ledger["rows_set_aside"]).all()
    below = {row.number for table in read.tables if table.table for row in table.rows}
    assert tables.ledger["rows_read"].sum() == len(below)
    kept = set(tables.inquiries["source_row"].tolist())
    assert len(kept) == tables.ledger["rows_kept"].sum()
    assert kept <= below
