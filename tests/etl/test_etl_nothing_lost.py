"""Whatever a sheet holds: read = kept + set aside, with reasons; kept values stand in their cells or are noted."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from any_sheets import DATE, HEADERS, AnySheet, any_sheets, read_file_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fuzzed
from vemas_analytics.errors import InputError
from vemas_analytics.etl.clean.records import CleaningRules
from vemas_analytics.etl.load import assemble_tables
from vemas_analytics.etl.reading.read import find_lists
from vemas_analytics.model.names import SET_ASIDE_REASONS, TABLES
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet
from vemas_analytics.model.tables import Tables

TODAY = dt.date(2025, 6, 30)
REPEATS = frozenset({"duplicate", "duplicate_merged", "status_updated"})
COUNTS = frozenset({"companies", "persons"})
NO_HURRY = settings(max_examples=fuzzed.effort(60), deadline=None, suppress_health_check=list(HealthCheck))


def load_sheets(*sheets: RawSheet, names: Sequence[str] = ()) -> Tables | None:
    """Return the tables of these sheets, one file each; None where no list was found in any."""
    fuzzed.INPUTS["sheets"] += len(sheets)
    files = []
    for number, sheet in enumerate(sheets):
        name = names[number] if names else f"liste{number}.xlsx"
        files.append(read_file_of(name, sheet, find_lists((sheet,), name, Settings())))
    try:
        return assemble_tables(files, (), CleaningRules(Settings(), TODAY))
    except InputError:
        return None


def rows_below(sheet: RawSheet, header_row: int) -> list[int]:
    """Return the spreadsheet rows below the header that hold anything."""
    return [
        sheet.first_row + at
        for at, row in enumerate(sheet.rows)
        if sheet.first_row + at > header_row
        and any(cell is not None and not (isinstance(cell, str) and not cell.strip()) for cell in row)
    ]


@given(any_sheets())
@NO_HURRY
def test_every_row_is_kept_or_set_aside_with_a_reason(generated: AnySheet) -> None:
    tables = load_sheets(generated.sheet)
    if tables is None:
        return
    for line in tables.ledger.to_dict("records"):
        assert line["rows_read"] == line["rows_kept"] + line["rows_set_aside"]
        assert line["rows_set_aside"] == sum(line[reason] for reason in SET_ASIDE_REASONS)
    assert len(tables.out_of_scope) == tables.ledger["out_of_scope"].sum()
    kept = {
        (name, row) for name in TABLES for row in getattr(tables, name)["source_row"].tolist()
    }  # several regions give several rows of one source row
    assert len({row for _, row in kept}) == tables.ledger["rows_kept"].sum()
    told = {item.row for item in tables.problems if item.code in REPEATS or item.severity == "rejected"}
    counted = tables.ledger[["duplicate", "rejected", "out_of_scope"]].sum().sum()
    assert len({row for row in told if row not in {row for _, row in kept}}) == counted
    if len(tables.ledger) == 1 and tables.ledger["header_row"].item() == generated.header_row:
        assert tables.ledger["rows_read"].item() == len(rows_below(generated.sheet, generated.header_row))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).strip("0")


def says_amount(cell: CellValue, value: float) -> bool:
    """Tell whether a cell shows an amount plainly, up to zeros, separators and a unit."""
    if isinstance(cell, (int, float)):
        return float(cell) == value
    return _digits(str(cell)) == _digits(f"{value:.2f}") or _digits(str(cell)) == _digits(repr(value))


def says_day(cell: CellValue, day: dt.date, precision: str) -> bool:
    """Tell whether a cell shows a date plainly: the date itself, or its year (and week, month and day) in figures."""
    if isinstance(cell, dt.datetime):
        return cell.date() == day
    if isinstance(cell, dt.date):
        return cell == day
    figures = re.findall(r"\d+", str(cell))
    wanted = {"day": [day.year, day.month, day.day], "month": [day.year, day.month], "year": [day.year],
              "week": [day.isocalendar().year, day.isocalendar().week]}.get(precision, [day.year])  # fmt: skip
    return sorted(map(int, figures)) == sorted(wanted)


def letters(text: str) -> str:
    """Return the letters and figures of a text, however its spaces and accents are written."""
    return re.sub(r"\W", "", unicodedata.normalize("NFC", text))


@given(any_sheets())
@NO_HURRY
def test_every_kept_value_stands_in_its_cell_or_is_noted(generated: AnySheet) -> None:
    tables = load_sheets(generated.sheet)
    if tables is None:
        return
    frame: pd.DataFrame = getattr(tables, generated.table)
    header = generated.sheet.rows[generated.header_row - generated.sheet.first_row]
    noted = {(problem.row, problem.column) for problem in tables.problems}
    merged = any(item.code in REPEATS - {"duplicate"} for item in tables.problems)
    split = {item.row for item in tables.problems if item.code == "count_split"}  # noted at the cell it was taken from
    for field, heading in HEADERS[generated.table].items():
        if field not in frame:
            continue
        column = header.index(heading)
        for record in frame.to_dict("records"):
            row = record["source_row"]
            cell = generated.sheet.rows[row - generated.sheet.first_row][column]
            value = record[field]
            if pd.isna(value) or (row, heading) in noted or merged or (row in split and field in COUNTS):
                continue
            fuzzed.INPUTS["values walked back"] += 1
            where = (field, row, cell, value)
            if field == DATE[generated.table]:
                assert says_day(cell, value.date(), record[f"{field}_precision"]), where
            elif field == "value":
                assert says_amount(cell, value), where
            elif field in COUNTS:
                assert str(value) in re.findall(r"\d+", str(cell)), where
            elif field in {"subject", "title", "russian_company", "saxon_company", "organisation", "forum_title"}:
                assert not isinstance(cell, str) or letters(str(value)) == letters(cell), where


def plain_numbers(tables: Tables | None) -> dict[str, object]:
    """Return the numbers of a load that must not depend on how its rows are spread over files."""
    if tables is None:
        return {}
    totals: dict[str, object] = {}
    for name in TABLES:
        frame: pd.DataFrame = getattr(tables, name)
        distinct = frame.drop_duplicates(["source_file", "source_sheet", "source_row"])
        totals[name] = len(distinct)
        for column in ("value", "value_eur", "companies", "persons"):
            if column in distinct:
                totals[f"{name}.{column}"] = round(float(distinct[column].sum()), 2)
    totals["regions"] = Counter(region for name in TABLES for region in getattr(tables, name)["region"].astype(str))
    for column in ("rows_read", "rows_kept", *SET_ASIDE_REASONS):
        totals[column] = int(tables.ledger[column].sum())
    return totals


@given(st.lists(any_sheets(), min_size=2, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=fuzzed.effort(25), deadline=None, suppress_health_check=list(HealthCheck))
def test_the_order_of_files_does_not_matter(generated: list[AnySheet], chance) -> None:  # type: ignore[no-untyped-def]
    names = [f"liste{number}.xlsx" for number in range(len(generated))]
    order = list(range(len(generated)))
    chance.shuffle(order)
    sheets = [item.sheet for item in generated]
    first = load_sheets(*sheets, names=names)
    second = load_sheets(*(sheets[at] for at in order), names=[names[at] for at in order])
    assert (first is None) == (second is None)
    if first is None or second is None:
        return
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    pd.testing.assert_frame_equal(first.ledger, second.ledger)
    assert first.problems == second.problems


@given(any_sheets(noise=False), st.integers(0, 8))
@settings(max_examples=fuzzed.effort(40), deadline=None, suppress_health_check=list(HealthCheck))
def test_splitting_and_renaming_files_changes_no_total(generated: AnySheet, cut: int) -> None:
    sheet = generated.sheet
    header, body = sheet.rows[0], sheet.rows[1:]
    first, second = (RawSheet("Tabelle1", (header, *rows)) for rows in (body[:cut], body[cut:]))
    whole = plain_numbers(load_sheets(RawSheet("Tabelle1", (header, *body)), names=["alle.xlsx"]))
    renamed = plain_numbers(load_sheets(RawSheet("Tabelle1", (header, *body)), names=["Kopie von alle (2).xlsx"]))
    assert whole == renamed
    parted = plain_numbers(load_sheets(first, second, names=["a.xlsx", "b.xlsx"]))
    if whole and parted:
        assert parted == whole
