import datetime as dt
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from planted_folder import Truth, write_folder

from vemas_analytics.errors import InputError
from vemas_analytics.etl import load_tables, problems_frame
from vemas_analytics.model.names import DATE_COLUMN, FORUM_KEY, RECORD_KEY, SET_ASIDE_REASONS
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.tables import Tables

TODAY = dt.date(2025, 6, 30)


@pytest.fixture(scope="module", params=[1, 2, 3])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Truth]:
    folder = tmp_path_factory.mktemp(f"messy{request.param}")
    truth = write_folder(folder, request.param)
    return load_tables([folder], Settings(), today=TODAY), truth


def counted(tables: Tables, table: str, key: tuple[str, ...]) -> dict[tuple[str, str, str], int]:
    frame = tables.frame("attendance" if table == "forums" else table)  # type: ignore[arg-type]
    column = DATE_COLUMN["attendance" if table == "forums" else table]  # type: ignore[index]
    months = frame.assign(month=frame[column].dt.strftime("%Y-%m"), region=frame["region"].astype("string"))
    once = months.drop_duplicates([*key, "region"])
    groups = once.groupby(["region", "month"]).size()
    return {(table, str(region), str(month)): int(n) for (region, month), n in groups.items()}


@pytest.mark.parametrize("table", ["inquiries", "offers", "trips", "forums"])
def test_every_record_is_counted_in_its_region_and_month(loaded: tuple[Tables, Truth], table: str) -> None:
    tables, truth = loaded
    key = FORUM_KEY if table == "forums" else RECORD_KEY[table]  # type: ignore[index]
    expected = {spot: n for spot, n in truth.counts.items() if spot[0] == table}
    assert counted(tables, table, tuple(key)) == expected
    frame = tables.frame("attendance" if table == "forums" else table)  # type: ignore[arg-type]
    assert len(frame.drop_duplicates(list(key))) == truth.records[table]


def test_every_planted_fault_is_found_where_it_stands(loaded: tuple[Tables, Truth]) -> None:
    tables, truth = loaded
    found = {(item.code, item.file, item.sheet, item.row) for item in tables.problems}
    assert truth.faults <= found
    extra = {
        spot for spot in found - truth.faults if spot[0].startswith(("date_im", "date_am", "amount_neg", "out_of"))
    }
    assert not extra


def test_no_control_total_is_doubted_without_cause(loaded: tuple[Tables, Truth]) -> None:
    tables, truth = loaded
    planted = {spot[1:] for spot in truth.faults if spot[0] == "control_total_differs"}
    doubted = tables.control_totals[~tables.control_totals["agrees"]]
    assert {(row.file, row.sheet, row.row) for row in doubted.itertuples()} == planted
    assert len(tables.control_totals) > 15


def test_ledger_accounts_for_every_row(loaded: tuple[Tables, Truth]) -> None:
    ledger = loaded[0].ledger
    assert (ledger["rows_read"] == ledger["rows_kept"] + ledger["rows_set_aside"]).all()
    assert (ledger[list(SET_ASIDE_REASONS)].sum(axis=1) == ledger["rows_set_aside"]).all()
    assert len(ledger) == 12 + 1 + 1 + 12
    kept = {"inquiries": 0, "offers": 0, "trips": 0, "attendance": 0}
    for table in kept:
        places = loaded[0].frame(table)[["source_file", "source_sheet", "source_row"]].drop_duplicates()  # type: ignore[arg-type]
        assert len(places) == ledger.loc[ledger["table"] == table, "rows_kept"].sum()


def test_rejected_rows_have_a_problem_each(loaded: tuple[Tables, Truth]) -> None:
    tables = loaded[0]
    reasons = Counter(item.severity for item in tables.problems if item.row is not None)
    ledger = tables.ledger
    assert reasons["rejected"] == ledger["rejected"].sum() + ledger["out_of_scope"].sum()


def test_amounts_are_read_in_their_units(loaded: tuple[Tables, Truth]) -> None:
    tables, truth = loaded
    values = pd.concat(
        [tables.inquiries.set_index("inquiry_id")["value_eur"], tables.offers.set_index("offer_id")["value_eur"]]
    )
    values = values[~values.index.duplicated()]
    for identifier, value in truth.values.items():
        if identifier != "A2019-021":
            assert values[identifier] == value, identifier


def test_heads_of_the_forums(loaded: tuple[Tables, Truth]) -> None:
    tables, truth = loaded
    heads = tables.attendance.groupby("source_sheet")["persons"].sum()
    assert {str(sheet): int(n) for sheet, n in heads.items()} == truth.attendance


def test_no_name_leaves_the_etl(loaded: tuple[Tables, Truth]) -> None:
    tables = loaded[0]
    texts = [tables.attendance.to_csv(), problems_frame(tables.problems, "de").to_csv(), tables.control_totals.to_csv()]
    assert not any("Nachname" in text or "nachname" in text for text in texts)
    assert tables.attendance["person_key"].notna().any()


def test_order_of_sources_does_not_matter(tmp_path: Path) -> None:
    write_folder(tmp_path, 5)
    files = sorted(tmp_path.iterdir())
    forward = load_tables(files, Settings(), today=TODAY)
    backward = load_tables(files[::-1], Settings(), today=TODAY)
    for table in ("inquiries", "offers", "trips", "attendance"):
        pd.testing.assert_frame_equal(forward.frame(table), backward.frame(table))
    assert forward.problems == backward.problems


def test_a_folder_without_lists_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "notizen.csv").write_text("a;b\n1;2\n", "utf-8")
    with pytest.raises(InputError, match="no table found"):
        load_tables([tmp_path], Settings())
