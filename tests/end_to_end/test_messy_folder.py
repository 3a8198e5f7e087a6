"""Every record of an unseen folder in the right table, region and month; every fault found where it stands."""

import datetime as dt
from collections import Counter

import pandas as pd
import pytest
from messy_folder import Truth, write_messy_folder

from vemas_analytics import Settings, Tables, load_tables, problems_frame
from vemas_analytics.model.names import DATE_COLUMN, TableName

_CODES = {
    "date": ("date",),
    "place": ("out_of_scope", "scope", "place"),
    "amount": ("negative", "amount"),
    "region": ("region",),
    "duplicate": ("duplicate",),
    "control": ("control",),
}


@pytest.fixture(scope="module", params=[7, 8])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Truth, Tables]:
    folder = tmp_path_factory.mktemp(f"messy{request.param}")
    truth = write_messy_folder(folder, seed=request.param)
    return truth, load_tables([folder], Settings(), today=dt.date(2024, 1, 1))


@pytest.mark.parametrize("table", ["inquiries", "offers", "trips", "attendance"])
def test_each_record_in_its_region_and_month(case: tuple[Truth, Tables], table: TableName) -> None:
    truth, tables = case
    frame = tables.frame(table)
    if table == "trips":
        frame = frame[frame["status"] == "held"]
    if table == "attendance":
        frame = frame[frame["attended"] == "attended"]
    months = frame[DATE_COLUMN[table]].dt.strftime("%Y-%m")
    weights = frame["persons"] if table == "attendance" else pd.Series(1, index=frame.index)
    found: Counter[tuple[str, str]] = Counter()
    for region, month, weight in zip(frame["region"].astype(str), months, weights, strict=True):
        found[region, month] += int(weight)
    wanted = Counter({key: n for key, n in truth.records[table].items() if n})
    assert found - wanted == Counter()
    assert wanted - found == Counter()


def test_each_planted_fault_is_found_where_it_stands(case: tuple[Truth, Tables]) -> None:
    truth, tables = case
    problems = problems_frame(tables.problems, "de")
    found = {
        (str(line.file), str(line.sheet or ""), int(line.row), str(line.code))
        for line in problems.itertuples()
        if pd.notna(line.row)
    }
    missing = [
        fault
        for fault in sorted(truth.faults)
        if not any(place[:3] == fault[:3] and any(part in place[3] for part in _CODES[fault[3]]) for place in found)
    ]
    assert missing == []


def test_the_ledger_accounts_for_every_row(case: tuple[Truth, Tables]) -> None:
    truth, tables = case
    ledger = tables.ledger
    assert (ledger["rows_read"] == ledger["rows_kept"] + ledger["rows_set_aside"]).all()
    reasons = ["sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope"]
    assert (ledger[reasons].sum(axis=1) == ledger["rows_set_aside"]).all()
    lines = ledger[ledger["table"].fillna("") != ""].fillna({"sheet": ""})
    kept = Counter(
        {(str(f), str(s)): int(n) for f, s, n in zip(lines["file"], lines["sheet"], lines["rows_kept"], strict=True)}
    )
    assert kept == truth.kept
    for reason in reasons:
        found = Counter(
            {
                (str(f), str(s)): int(n)
                for f, s, n in zip(lines["file"], lines["sheet"], lines[reason], strict=True)
                if n
            }
        )
        assert found == Counter({(f, s): n for (f, s, r), n in truth.set_aside.items() if r == reason}), reason


@pytest.mark.parametrize("table", ["inquiries", "offers"])
def test_amounts_add_up_to_the_euro(case: tuple[Truth, Tables], table: TableName) -> None:
    truth, tables = case
    frame = tables.frame(table).drop_duplicates(["source_file", "source_sheet", "source_row"])
    assert frame["value_eur"].sum() == pytest.approx(truth.value_eur[table], abs=1)


def test_no_person_is_named_anywhere(case: tuple[Truth, Tables]) -> None:
    _, tables = case
    everything = problems_frame(tables.problems, "de").to_csv() + tables.attendance.to_csv() + tables.ledger.to_csv()
    assert "Geheim" not in everything
