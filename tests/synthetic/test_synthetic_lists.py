"""What hand-kept lists share: lines put in between, blanks, headers again, one cell garbled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.synthetic.lists import (
    Fault,
    faults_of,
    garble,
    insert_lines,
    read_faults,
    with_blanks,
    with_header_again,
)
from vemas_analytics.synthetic.sheets import Line

LINES = tuple(Line("record", (f"A-{n}", "Kasan"), key=f"record {n}") for n in range(6))
REGIONS = {line.key: ("RU-TA",) for line in LINES} | {"record 3": ("RU",)}


@given(st.integers(0, 500), st.integers(0, 5))
def test_a_repetition_stands_below_its_original(seed, n):
    twin = Line("record", ("A", "B"), fault="duplicate", twin=f"record {n}")
    mixed = insert_lines(LINES, [twin], np.random.default_rng(seed))
    assert [line for line in mixed if line is not twin] == list(LINES)
    assert mixed.index(twin) > mixed.index(LINES[n])


@given(st.integers(0, 500))
def test_a_stray_line_never_comes_first(seed):
    stray = Line("record", ("A", "B"), fault="date_missing")
    mixed = insert_lines(LINES, [stray], np.random.default_rng(seed))
    assert mixed[0] is LINES[0]
    assert len(mixed) == len(LINES) + 1


def test_an_empty_list_takes_its_strays():
    stray = Line("record", ("A",), fault="date_missing")
    assert insert_lines((), [stray], np.random.default_rng(0)) == (stray,)


def test_blanks_stand_between_lines_only():
    spaced = with_blanks(LINES * 5)
    assert [line for line in spaced if line.role != "blank"] == list(LINES * 5)
    assert spaced[0].role == spaced[-1].role == "record"
    assert sum(line.role == "blank" for line in spaced) == 2


def test_no_blank_stands_above_a_repeated_header():
    header = Line("header", ("Nr.", "Region"))
    lines = with_header_again(LINES * 5, header)
    for cut in range(len(lines)):
        spaced = with_blanks(lines[cut:])
        at = next((n for n, line in enumerate(spaced) if line.role == "repeated_header"), 0)
        assert at == 0 or spaced[at - 1].role == "record"


@pytest.mark.parametrize(
    ("kind", "row", "cells"),
    [
        ("region_unknown", 3, ("A-3", "Nirgendwo")),
        ("region_part_unknown", 1, ("A-1", "Kasan / Nirgendwo")),
        ("id_conflict", 1, ("A-0", "Kasan")),
    ],
)
def test_one_cell_of_one_record_is_garbled(kind, row, cells):
    garbled = garble(LINES, Fault("offers", "x", kind, "Nirgendwo"), REGIONS, 0, 1)
    assert garbled[row].cells == cells
    assert garbled[row].fault == kind
    assert garbled[row].value in cells
    assert [line for at, line in enumerate(garbled) if at != row] == [
        line for at, line in enumerate(LINES) if at != row
    ]


def test_other_faults_change_nothing():
    assert garble(LINES, Fault("offers", "x", "duplicate", ""), REGIONS, 0, 1) == LINES


def test_faults_are_found_by_list():
    assert faults_of("inquiries", "2013")
    assert sum(len(faults_of(fault.table, fault.list)) for fault in set(read_faults())) >= len(set(read_faults()))
