"""The demo through the ordinary loading: every record in its table, region and month, every planted fault found."""

import json
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from vemas_analytics.config import read_settings
from vemas_analytics.etl import load_tables
from vemas_analytics.model.names import DATE_COLUMN, TABLES
from vemas_analytics.panel import build_panel

DEMO = Path(__file__).parents[2] / "data" / "demo"

CODES = {
    "date_impossible": {"date_impossible"},
    "date_missing": {"date_missing"},
    "amount_negative": {"amount_negative"},
    "region_unknown": {"region_unknown", "region_ambiguous"},
    "region_part_unknown": {"region_part_unknown"},
    "out_of_scope": {"out_of_scope"},
    "id_conflict": {"id_conflict"},
    "duplicate": {"duplicate", "duplicate_merged"},
    "status_updated": {"status_updated"},
    "control_total": {"control_total_differs"},
}
"""What the loading calls each planted fault."""

REASONS = ("sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope")


@pytest.fixture(scope="module")
def truth():
    return json.loads((DEMO / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def settings():
    return read_settings(DEMO / "vemas.toml")


@pytest.fixture(scope="module")
def tables(settings):
    return load_tables([DEMO], settings)


@pytest.fixture(scope="module")
def panel(tables, settings):
    return build_panel(tables, settings)


def place_of(entry):
    return entry["file"], entry["sheet"], entry["row"]


def loaded_places(frame):
    """(file, sheet, row) to the output rows that came from it: one for each region."""
    places = defaultdict(list)
    for row in frame.to_dict("records"):
        sheet = "" if pd.isna(row["source_sheet"]) else row["source_sheet"]
        places[row["source_file"], sheet, row["source_row"]].append(row)
    return places


def superseded(truth):
    """Places of which one of two is counted: a record and the same record with a newer status."""
    pairs = [fault for fault in truth["faults"] if fault["kind"] == "status_updated"]
    return {place_of(pair["twin"]): place_of(pair) for pair in pairs}


@pytest.mark.parametrize("table", TABLES)
def test_every_record_is_in_its_table_and_no_other(truth, tables, table):
    loaded = set(loaded_places(tables.frame(table)))
    expected = {place_of(record) for record in truth["records"] if record["table"] == table}
    for first, second in superseded(truth).items():
        if first in expected and first not in loaded:
            expected = expected - {first} | {second}
    assert sorted(expected - loaded) == []
    assert sorted(loaded - expected) == []


@pytest.mark.parametrize("table", TABLES)
def test_every_record_has_its_day_and_regions(truth, tables, table):
    loaded = loaded_places(tables.frame(table))
    later = superseded(truth)
    date, wrong = DATE_COLUMN[table], []
    for record in truth["records"]:
        if record["table"] != table:
            continue
        place = place_of(record)
        rows = loaded.get(place) or loaded[later[place]]
        found = (
            {row[date].date().isoformat() for row in rows},
            {row[f"{date}_precision"] for row in rows},
            sorted(row["region"] for row in rows),
        )
        if found != ({record["date"]}, {record["precision"]}, sorted(record["regions"])):
            wrong.append((place, record["date"], record["precision"], record["regions"], found))
    assert wrong == []


@pytest.mark.parametrize("table", ["inquiries", "offers"])
def test_every_amount_and_status_is_as_written(truth, tables, table):
    loaded, later, wrong = loaded_places(tables.frame(table)), superseded(truth), []
    for record in truth["records"]:
        if record["table"] != table:
            continue
        place = place_of(record)
        row = (loaded.get(place) or loaded[later[place]])[0]
        value = None if pd.isna(row["value"]) else row["value"]
        currency = None if value is None else row["currency"]
        if (value, currency, row["status"]) != (record["value"], record["currency"], record["status"]):
            wrong.append((place, record["value"], record["currency"], record["status"], value, currency, row["status"]))
    assert wrong == []


def test_every_trip_has_its_status_direction_and_companies(truth, tables):
    loaded = loaded_places(tables.trips)
    for record in truth["records"]:
        if record["table"] == "trips":
            row = loaded[place_of(record)][0]
            companies = None if pd.isna(row["companies"]) else int(row["companies"])
            assert (row["status"], row["direction"]) == (record["status"], record["direction"]), record
            assert companies == record["companies"], record


def test_every_forum_line_has_its_persons(truth, tables):
    loaded, wrong = loaded_places(tables.attendance), []
    for record in truth["records"]:
        if record["table"] == "attendance":
            row = loaded[place_of(record)][0]
            if (row["persons"], row["forum_id"]) != (record["persons"], record["id"]):
                wrong.append((place_of(record), record["persons"], row["persons"], row["forum_id"]))
            if record["attended"] == "no_show":
                assert row["attended"] == "no_show"
            else:
                assert row["attended"] in {"attended", "unknown"}, record
    assert wrong == []


def test_every_planted_fault_is_found_at_its_place(truth, tables):
    found = defaultdict(set)
    for problem in tables.problems:
        found[problem.file, problem.sheet, problem.row].add(problem.code)
    missed = [fault for fault in truth["faults"] if not found[place_of(fault)] & CODES[fault["kind"]]]
    assert missed == []


def test_nothing_is_reported_as_rejected_that_was_not_planted(truth, tables):
    planted = {place_of(fault) for fault in truth["faults"]}
    unexpected = [
        (problem.code, problem.file, problem.sheet, problem.row, problem.value)
        for problem in tables.problems
        if problem.severity == "rejected" and (problem.file, problem.sheet, problem.row) not in planted
    ]
    assert unexpected == []


def test_only_the_planted_control_totals_differ(truth, tables):
    planted = {place_of(fault) for fault in truth["faults"] if fault["kind"] == "control_total"}
    totals = tables.control_totals
    differing = {(row["file"], row["sheet"], row["row"]) for row in totals.to_dict("records") if not row["agrees"]}
    assert differing == planted
    assert totals["agrees"].sum() >= 5


def test_the_ledger_accounts_for_every_row(truth, tables):
    ledger = tables.ledger
    aside = ledger[list(REASONS)].sum(axis=1)
    assert (ledger["rows_read"] == ledger["rows_kept"] + ledger["rows_set_aside"]).all()
    assert (ledger["rows_set_aside"] == aside).all()
    lines = {(row["file"], row["sheet"], row["table"]): row for row in ledger.to_dict("records")}
    wrong = []
    for entry in truth["ledger"]:
        line = lines.get((entry["file"], entry["sheet"], entry["table"]))
        names = ("rows_read", "rows_kept", *REASONS)
        if line is None or [line[name] for name in names] != [entry[name] for name in names]:
            wrong.append((entry, line))
    assert wrong == []


@pytest.mark.parametrize("measure", ["inquiries", "offers", "trips", "trips_cancelled", "forums", "forum_attendance"])
def test_the_panel_counts_each_month_as_it_truly_was(truth, panel, measure):
    frame = panel.frame[panel.frame["measure"] == measure]
    months = frame["start"].dt.strftime("%Y-%m")
    counted = frame.assign(month=months).groupby(["region", "month"], observed=True)["value"].sum()
    found = {key: int(n) for key, n in counted.items() if n}
    expected = {
        (region, month): n
        for region, by_month in truth["counts"][measure].items()
        for month, n in by_month.items()
        if n
    }
    assert found == expected


def test_open_offers_at_the_stop_are_known_by_number(truth, tables):
    stop = pd.Timestamp(truth["stop"])
    offers = tables.offers.drop_duplicates(["source_file", "source_sheet", "source_row"])
    before = offers[offers["offered_on"] < stop]
    pending = before["decided_on"].ge(stop) | before["status"].isin(["open", "negotiation", "suspended"])
    assert sorted(before.loc[pending, "offer_id"]) == sorted(
        case["id"] for case in truth["open_at_stop"]["offers"]["cases"]
    )
