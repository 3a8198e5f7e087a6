"""The entry workbook: filled with every choice it offers, it loads without a single problem."""

import datetime as dt

import openpyxl
import pytest

from vemas_analytics.etl import load_tables
from vemas_analytics.model.names import TABLES
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.tables import CATEGORIES
from vemas_analytics.reference.entry_columns import read_entry_columns
from vemas_analytics.reference.texts import read_texts
from vemas_analytics.start import write_entry_workbook
from vemas_analytics.start.entry_workbook import HEADER_ROW, choices

LANGUAGES = ("de", "en")


def entry(column, language, number):
    """Return what a careful clerk would enter in row ``number``."""
    day = dt.date(2019, 1, 1) + dt.timedelta(days=3 * number)
    if column.kind == "choice":
        offered = choices(language)[column.choices]
        return offered[number % len(offered)]
    if column.field in {"end_on", "closed_on", "decided_on"}:
        return day + dt.timedelta(days=2)
    plain = {"identifier": f"{column.table[0]}-{number:03}", "amount": 1000.5 + number, "count": 1 + number % 5}
    return plain.get(column.kind, day if column.kind in {"day", "past_day"} else f"{column.heading[language]} {number}")


def filled(path, language):
    """Fill the workbook so that each drop-down gives each of its values; return rows per table."""
    write_entry_workbook(path, language)
    workbook = openpyxl.load_workbook(path)
    offered = choices(language)
    rows = {}
    for table, columns in read_entry_columns().items():
        sheet = workbook[read_texts(language).text(f"start.sheet.{table}")]
        rows[table] = max(len(offered[column.choices]) for column in columns if column.choices)
        for number in range(rows[table]):
            for at, column in enumerate(columns, 1):
                sheet.cell(HEADER_ROW + 1 + number, at, entry(column, language, number))
    workbook.save(path)
    return rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_filled_with_every_choice_it_loads_without_a_problem(tmp_path, language):
    rows = filled(tmp_path / "Erfassung.xlsx", language)
    tables = load_tables([tmp_path], Settings())
    assert tables.problems == ()
    for table in TABLES:
        frame = tables.frame(table)
        assert frame["source_row"].nunique() == rows[table] == 84
        assert frame["region"].nunique() == 84
        dates = {"inquiries": "received_on", "offers": "offered_on", "trips": "start_on", "attendance": "held_on"}
        assert frame[dates[table]].notna().all()
    assert set(tables.inquiries["status"]) == set(CATEGORIES["inquiries.status"])
    assert set(tables.offers["status"]) == set(CATEGORIES["offers.status"])
    assert set(tables.trips["status"]) == set(CATEGORIES["trips.status"])
    assert set(tables.trips["direction"]) == set(CATEGORIES["direction"])
    assert set(tables.trips["kind"]) == set(CATEGORIES["trips.kind"])
    assert set(tables.inquiries["channel"]) == set(CATEGORIES["channel"])
    assert set(tables.attendance["attended"]) == set(CATEGORIES["attended"]) - {"unknown"}
    assert set(tables.attendance["side"]) == set(CATEGORIES["side"])
    assert tables.inquiries["value_eur"].notna().all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_fills_the_field_it_is_meant_for(tmp_path, language):
    filled(tmp_path / "Erfassung.xlsx", language)
    tables = load_tables([tmp_path], Settings())
    for table, columns in read_entry_columns().items():
        frame = tables.frame(table)
        empty = [column.field for column in columns if column.field != "note" and frame[column.field].isna().all()]
        assert empty == [], table


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_it_gives_empty_lists_and_no_problem(tmp_path, language):
    write_entry_workbook(tmp_path / "Erfassung.xlsx", language)
    tables = load_tables([tmp_path], Settings())
    assert tables.problems == ()
    assert set(tables.ledger["rows_read"]) == {0}
    assert {table for table in tables.ledger["table"] if table} == set(TABLES)


def test_checks_reach_every_cell_and_speak_german(tmp_path):
    write_entry_workbook(tmp_path / "e.xlsx", "de")
    workbook = openpyxl.load_workbook(tmp_path / "e.xlsx")
    for table, columns in read_entry_columns().items():
        sheet = workbook[read_texts("de").text(f"start.sheet.{table}")]
        rules = sheet.data_validations.dataValidation
        assert len(rules) == len(columns)
        assert sheet.freeze_panes == f"B{HEADER_ROW + 1}"
        assert [item.ref for item in sheet.tables.values()]
        for column, rule in zip(columns, rules, strict=True):
            assert rule.prompt == column.help["de"]
            assert len(rule.prompt) <= 255
            assert len(rule.promptTitle) <= 32
            if column.kind != "text":
                assert 0 < len(rule.error) <= 225
                assert len(rule.errorTitle) <= 32
            if column.kind == "choice":
                area = workbook.defined_names[rule.formula1].attr_text
                name, _, cells = area.replace("'", "").partition("!")
                offered = tuple(cell.value for (cell,) in workbook[name][cells.replace("$", "")])
                assert offered == choices("de")[column.choices]
    assert len(choices("de")["regions"]) == 84
    assert choices("de")["regions"][-1] == "Russland ohne Regionsangabe"


def test_same_bytes_each_time(tmp_path):
    for name in ("a", "b"):
        write_entry_workbook(tmp_path / name, "de")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
