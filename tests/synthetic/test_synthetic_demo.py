"""The demo as written: same bytes for the same seed, marked as invented, its truth matching its files."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from vemas_analytics.errors import OptionError
from vemas_analytics.synthetic import write_demo

COMMITTED = Path(__file__).parents[2] / "data" / "demo"
NOTE = "Synthetische Daten – frei erfunden"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "made" / "here"
    write_demo(folder)
    return folder


@pytest.fixture(scope="module")
def truth(demo):
    return json.loads((demo / "truth.json").read_text("utf-8"))


def rows_of(folder, file):
    """Sheet name to rows; row r of the spreadsheet program is rows[r - 1]."""
    if file.endswith(".csv"):
        encoding = "cp1252" if file.startswith("Angebote") else "utf-8-sig"
        text = (folder / file).read_bytes().decode(encoding)
        return {"": [tuple(cell or None for cell in row) for row in csv.reader(io.StringIO(text), delimiter=";")]}
    book = openpyxl.load_workbook(folder / file)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.fixture(scope="module")
def cells(demo, truth):
    names = {entry["file"] for entry in truth["ledger"]}
    return {name: rows_of(demo, name) for name in names}


def parts_of(path):
    """A workbook's parts, unpacked: another build of zlib packs the same parts into other bytes."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def test_the_same_seed_gives_the_same_bytes(demo, tmp_path):
    write_demo(tmp_path)
    for path in demo.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_the_committed_demo_is_what_the_command_writes(demo):
    assert {path.name for path in demo.iterdir()} == {path.name for path in COMMITTED.iterdir()}
    for path in demo.iterdir():
        assert parts_of(path) == parts_of(COMMITTED / path.name), path.name


def test_another_seed_draws_other_records_from_the_same_truth(tmp_path, truth):
    write_demo(tmp_path, seed=7)
    other = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    assert other["effects"]["RU-SVE"]["inquiries"]["ratio"] == truth["effects"]["RU-SVE"]["inquiries"]["ratio"]
    assert other["counts"]["inquiries"]["ALL"] != truth["counts"]["inquiries"]["ALL"]


def test_scale_multiplies_the_records(tmp_path, truth):
    write_demo(tmp_path, scale=3.0)
    scaled = json.loads((tmp_path / "truth.json").read_text("utf-8"))
    n, n_scaled = (sum(item["counts"]["inquiries"]["ALL"].values()) for item in (truth, scaled))
    assert 2.6 < n_scaled / n < 3.4


@pytest.mark.parametrize("options", [{"seed": -1}, {"scale": 0.0}, {"scale": -2.0}, {"scale": float("nan")}])
def test_options_out_of_range_are_refused(tmp_path, options):
    with pytest.raises(OptionError):
        write_demo(tmp_path, **options)
    assert list(tmp_path.iterdir()) == []


def test_every_file_says_that_it_is_invented(demo, cells):
    for name, sheets in cells.items():
        texts = [cell for rows in sheets.values() for row in rows for cell in row]
        assert NOTE in texts, name
    assert NOTE in (demo / "vemas.toml").read_text("utf-8")
    assert NOTE in (demo / "truth.json").read_text("utf-8")


def test_workbooks_carry_no_time_of_writing(demo):
    for path in demo.glob("*.xlsx"):
        with zipfile.ZipFile(path) as package:
            assert {item.date_time for item in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"2024-12-31T12:00:00Z" in package.read("docProps/core.xml")


def test_moderate_size(truth):
    kept = Counter()
    for entry in truth["ledger"]:
        kept[entry["table"]] += entry["rows_kept"]
    assert 500 <= kept["inquiries"] <= 700
    assert 250 <= kept["offers"] <= 350
    assert 50 <= kept["trips"] <= 70
    forums = {record["id"] for record in truth["records"] if record["table"] == "attendance"}
    assert len(forums) == 25


def test_each_record_stands_where_the_truth_says(truth, cells):
    for record in truth["records"]:
        row = cells[record["file"]][record["sheet"]][record["row"] - 1]
        assert any(cell is not None for cell in row)
        if record["table"] == "offers" and record["file"].endswith(".csv"):
            assert row[0] == record["id"] or any(
                (fault["file"], fault["sheet"], fault["row"]) == (record["file"], record["sheet"], record["row"])
                for fault in truth["faults"]
            )


def test_each_fault_stands_where_the_truth_says(truth, cells):
    for fault in truth["faults"]:
        row = cells[fault["file"]][fault["sheet"]][fault["row"] - 1]
        if "value" in fault:
            assert fault["value"] in [str(cell) for cell in row], fault
        if "twin" in fault:
            twin = fault["twin"]
            assert any(cells[twin["file"]][twin["sheet"]][twin["row"] - 1])


def test_every_kind_of_fault_is_planted(truth):
    kinds = {fault["kind"] for fault in truth["faults"]}
    assert kinds == {
        "date_impossible",
        "date_missing",
        "amount_negative",
        "region_unknown",
        "region_part_unknown",
        "out_of_scope",
        "id_conflict",
        "duplicate",
        "status_updated",
        "control_total",
    }


def test_the_ledger_adds_up_and_fits_the_sheets(truth, cells):
    reasons = ("sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope")
    for entry in truth["ledger"]:
        assert entry["rows_read"] == entry["rows_kept"] + sum(entry[reason] for reason in reasons)
        if entry["table"] != "attendance":
            filled = [row for row in cells[entry["file"]][entry["sheet"]] if any(cell is not None for cell in row)]
            headers = 5 if entry["sheet"] in {"2018", "2019"} else 3 if entry["table"] == "agreements" else 4
            assert len(filled) == entry["rows_read"] + headers, entry


def test_no_trip_or_forum_takes_place_in_the_months_without_travel(truth):
    for measure in ("trips", "forums"):
        months = truth["counts"][measure]["ALL"]
        virtual = {
            f"{record['date'][:7]}"
            for record in truth["records"]
            if record.get("direction") == "virtual" and record["status"] == "held"
        }
        assert not [m for m in months if "2020-03" <= m < "2021-06" and m not in virtual]
        assert not [m for m in months if m > "2022-02"]
    assert truth["counts"]["trips_cancelled"]["ALL"]


def test_the_fair_is_in_may(truth):
    fairs = [r for r in truth["records"] if r["table"] == "trips" and r["regions"] == ["RU-MOW"]]
    assert sum(record["date"][5:7] == "05" for record in fairs) >= 11


def test_counts_by_window_follow_from_the_records(truth):
    days = [
        dt.date.fromisoformat(record["date"])
        for record in truth["records"]
        if record["table"] == "offers" and "RU-SVE" in record["regions"]
    ]
    counted = truth["effects"]["RU-SVE"]["offers"]["counted"]
    stop = dt.date.fromisoformat(truth["stop"])
    assert counted["all_before"] == sum(day < stop for day in days)
    assert counted["after"] == sum(day >= stop for day in days)


def test_cases_open_at_the_stop_have_every_kind_of_end(truth):
    open_offers = truth["open_at_stop"]["offers"]
    assert open_offers["n"] == len(open_offers["cases"]) >= 10
    ids = {case["id"] for case in open_offers["cases"]}
    ends = {r["status"] for r in truth["records"] if r["table"] == "offers" and r["id"] in ids}
    assert {"suspended", "withdrawn", "lost"} <= ends
    assert ends & {"open", "negotiation"}
    undated = {case["id"] for case in open_offers["unknown"]}
    assert any(r["status"] == "won" for r in truth["records"] if r["table"] == "offers" and r["id"] in undated)
    assert truth["open_at_stop"]["inquiries"]["n"] >= 5


def test_a_trickle_comes_after_the_stop(truth):
    late = Counter(record["table"] for record in truth["after_stop"])
    assert late["inquiries"] >= 3
    assert set(late) <= {"inquiries", "offers"}
