"""Every parser of values against whatever a cell may hold: no error, the same answer twice, nothing half said."""

import math
import re
import time

import pytest
from fuzz_texts import office_texts
from hypothesis import given, settings
from hypothesis import strategies as st

import fuzzed
from vemas_analytics.etl.parse.amounts import Unit, find_decimal_mark, read_amount, read_unit
from vemas_analytics.etl.parse.cells import as_text, said, tidy
from vemas_analytics.etl.parse.counts import MOST_HEADS, count_beside, read_count
from vemas_analytics.etl.parse.date_reading import EARLIEST, coarsen, last_possible_day, single_date
from vemas_analytics.etl.parse.dates import find_day_orders, read_date
from vemas_analytics.etl.parse.persons import normalise_name
from vemas_analytics.etl.parse.regions import read_region
from vemas_analytics.model.sheets import CellValue
from vemas_analytics.reference.columns import fold_header
from vemas_analytics.reference.problems import read_problem_texts
from vemas_analytics.reference.regions import read_regions
from vemas_analytics.reference.words import fold, read_words

CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-/ €TEURMioKWQIVX()'", max_size=24),
)
SEEDS = range(4)
PER_CENT = re.compile(r"[^\w(]*\d[\d.,]*\s?(?:%|prozent|v\.\s?h\.)", re.IGNORECASE)
"""A share; ``50.000 EUR zzgl. 19 % MwSt.`` is an amount with a remark."""
TEXTS = fuzzed.effort(1500)
CODES = frozenset(read_problem_texts())


def check_date(value: CellValue) -> None:
    fuzzed.INPUTS["dates"] += 1
    for order in (None, "day_first", "month_first"):
        reading = read_date(value, order, 2012 if order else None)  # type: ignore[arg-type]
        assert reading == read_date(value, order, 2012 if order else None)  # type: ignore[arg-type]
        assert (reading.start is None) == (reading.fault is not None) == (reading.precision is None)
        assert set(reading.rules) <= CODES
        if reading.start is None or reading.precision is None:
            assert reading.end is None
            continue
        assert reading.start >= EARLIEST
        assert (reading.end is None) == (reading.end_precision is None)
        assert reading.end is None or reading.end >= reading.start
        assert coarsen(reading, reading.precision) == reading
        first_day = coarsen(reading, "year").start
        assert first_day is not None
        assert first_day <= reading.start
        single = single_date(reading)
        assert single.end is None
        assert single_date(single) == single
        if single.start is not None and single.precision is not None and single.precision != "day":
            assert single.start <= reading.start <= last_possible_day(single.start, single.precision)
    if isinstance(value, str):
        assert find_day_orders([value]) <= {"day_first", "month_first"}


def check_amount(value: CellValue) -> None:
    fuzzed.INPUTS["amounts"] += 1
    for mark in (None, "comma", "point"):
        reading = read_amount(value, Unit(1000.0), mark)  # type: ignore[arg-type]
        assert repr(reading) == repr(read_amount(value, Unit(1000.0), mark))  # type: ignore[arg-type]
        assert (reading.value is None) == (reading.fault is not None)
        assert set(reading.rules) <= CODES
        if reading.value is not None:
            assert math.isfinite(reading.value)
            assert not isinstance(value, str) or PER_CENT.match(value) is None
    if isinstance(value, str):
        assert find_decimal_mark([value]) in {None, "comma", "point"}
        assert math.isfinite(read_unit(value).scale)


def check_count(value: CellValue) -> None:
    fuzzed.INPUTS["counts"] += 1
    for kind in (None, "companies", "persons"):
        for header in ("Teilnehmer", "Firmen / Personen"):
            reading = read_count(value, kind, header)  # type: ignore[arg-type]
            assert (reading.value is None) == (reading.fault is not None)
            assert set(reading.rules) <= CODES
            assert reading.value is None or 0 <= reading.value <= MOST_HEADS
            if kind is not None:
                beside = count_beside(value, kind, header)  # type: ignore[arg-type]
                assert beside is None or beside.value is not None


def check_text(text: str) -> None:
    fuzzed.INPUTS["words"] += 1
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)
    assert fold_header(fold_header(text)) == fold_header(fold_header(fold_header(text)))
    assert said(text) in {None, tidy(text)}
    for field, vocabulary in read_words().items():
        codes = set(vocabulary.exact.values())
        for code in (vocabulary.code(text), vocabulary.code_within(text), vocabulary.code_at_start(text)):
            assert code is None or code in codes, field
    fuzzed.INPUTS["persons"] += 1
    name = normalise_name(text)
    assert name == normalise_name(text)
    assert name.split(" ") == sorted(name.split(" "))
    assert not any(letter.isdigit() for letter in name)


def check_region(text: str) -> None:
    fuzzed.INPUTS["regions"] += 1
    reading = read_region(text, {})
    assert reading == read_region(text, {})
    assert reading.codes
    assert len(set(reading.codes)) == len(reading.codes)
    assert set(reading.codes) <= {*read_regions().regions, "RU"}
    assert {fault.code for fault in reading.faults} <= CODES
    assert reading.recognised == (reading.codes != ("RU",))
    assert not (reading.country and reading.recognised)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("check", [check_date, check_amount, check_count, check_text], ids=lambda check: check.__name__)
def test_texts_of_offices(check, seed: int) -> None:  # type: ignore[no-untyped-def]
    for text in office_texts(seed, TEXTS):
        try:
            check(text)
        except Exception as error:
            message = f"{text!r}: {error!r}"
            raise AssertionError(message) from error


@pytest.mark.parametrize("seed", SEEDS)
def test_region_texts_of_offices(seed: int) -> None:
    for text in office_texts(100 + seed, TEXTS // 5):
        try:
            check_region(text)
        except Exception as error:
            message = f"{text!r}: {error!r}"
            raise AssertionError(message) from error


@given(CELLS)
@settings(max_examples=fuzzed.effort(400), deadline=None)
def test_any_cell(value: CellValue) -> None:
    check_date(value)
    check_amount(value)
    check_count(value)
    text = as_text(value)
    assert isinstance(text, str)
    check_text(text)


@given(st.text(max_size=40))
@settings(max_examples=fuzzed.effort(150), deadline=None)
def test_any_region_text(text: str) -> None:
    check_region(text)


@pytest.mark.parametrize(
    "text",
    ["1." * 5000, "1 " * 5000, "(" * 5000, "8.-" * 3000, "und " * 3000, "a" * 100_000, "1+" * 4000, "ca. " * 2000],
)
def test_long_cells_cost_little(text: str) -> None:
    started = time.process_time()
    check_date(text)
    check_amount(text)
    check_count(text)
    assert time.process_time() - started < 1.0


def test_every_rule_a_parser_may_name_has_its_words() -> None:
    assert {"date_roman", "date_open", "amount_sum", "count_split", "rate_own"} <= CODES
