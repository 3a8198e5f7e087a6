import datetime as dt

import pandas as pd
import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.quality import find_quality
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.settings import Stop
from vemas_analytics.model.tables import LEDGER_COLUMNS, OUT_OF_SCOPE_COLUMNS


def ledger():
    line = dict.fromkeys(LEDGER_COLUMNS, 0)
    line |= {"file": "a.xlsx", "sheet": "1", "table": "inquiries", "sha256": "x"}
    line |= {"rows_read": 20, "rows_kept": 17, "rows_set_aside": 3, "sum": 1, "rejected": 2}
    return pd.DataFrame([line], columns=list(LEDGER_COLUMNS))


def test_shares_and_what_is_in_no_total():
    tables = make_tables(
        inquiries=[
            {"received_on": "2015-05-05"},
            {"received_on": "2015-06-05", "region": "RU"},
            {"received_on": "2019-06-05"},
            {"received_on": "2022-02-01", "received_on_precision": "month"},
        ],
        offers=[{"offered_on": "2015-05-05", "status": "won"}],
        ledger=ledger(),
        out_of_scope=pd.DataFrame(
            [("inquiries", "Belarus", "a.xlsx", "1", 5, "Minsk", pd.NaT)] * 2, columns=list(OUT_OF_SCOPE_COLUMNS)
        ),
        problems=(Problem("bad_date", "rejected", "inquiries"), Problem("bad_date", "rejected", "inquiries")),
    )
    found = ask(find_quality, tables, make_settings(as_of="2018-12-31"))
    assert found["quality", "share_set_aside", "ALL", "-"].estimate.value == pytest.approx(3 / 20)
    assert found["quality", "share_without_region", "ALL", "-"].estimate.value == pytest.approx(1 / 5)
    outside = {
        (r["reason"], r["detail"], r["table"]): r["n"] for r in rows_of(found["outside_totals", "outside", "ALL", "-"])
    }
    assert outside == {
        ("rejected", "", "inquiries"): 2,
        ("out_of_scope", "Belarus", "inquiries"): 2,
        ("region_unknown", "", "inquiries"): 1,
        ("after_as_of", "", "inquiries"): 2,
        ("undated_order", "", "offers"): 1,
    }
    assert rows_of(found["problem_counts", "problems", "ALL", "-"]) == [
        {"code": "bad_date", "severity": "rejected", "table": "inquiries", "n": 2}
    ]
    assert rows_of(found["ledger", "ledger", "ALL", "-"])[0]["rows_read"] == 20


def test_coverage_of_each_table():
    shared = {"inquiry_id": "7", "received_on": "2015-05-05", "source_row": 9}
    tables = make_tables(inquiries=[{**shared, "region": "RU-SVE"}, {**shared, "region": "RU-TA"}])
    found = ask(find_quality, tables)
    row = rows_of(found["coverage", "inquiries", "ALL", "-"])[0]
    assert (row["state"], row["n_records"], row["declared"]) == ("recorded", 1, False)
    assert (row["start"], row["end"]) == (dt.date(2015, 5, 1), dt.date(2015, 6, 1))
    assert (row["first_record"], row["last_record"]) == (dt.date(2015, 5, 5), dt.date(2015, 5, 5))
    assert rows_of(found["coverage", "trips", "ALL", "-"])[0]["state"] == "not_recorded"


def test_shares_without_rows_are_unknown():
    found = ask(find_quality, make_tables())
    assert found["quality", "share_set_aside", "ALL", "-"].estimate is None
    assert found["quality", "share_without_region", "ALL", "-"].estimate is None


def test_what_no_phase_takes_is_said_with_its_reason():
    offers = [
        {"offered_on": "2015-05-05"},
        {"offered_on": "2014-01-01", "offered_on_precision": "year"},
        {"offered_on": "2015-01-01", "offered_on_precision": "year"},
        {"offered_on": "2024-03-03"},
        {"offered_on": "2025-05-05"},
    ]
    period = ("2012-01-01", "2025-01-01")
    settings = make_settings(
        as_of="2025-12-31",
        coverage={"offers": kept(*period), "inquiries": kept(*period, "not_recorded")},
        stop=Stop(until=dt.date(2023, 1, 1)),
    )
    found = ask(find_quality, make_tables(offers=offers, inquiries=[{"received_on": "2015-05-05"}]), settings)
    reasons = {
        (row["reason"], row["table"]): row["n"] for row in rows_of(found["outside_totals", "outside", "ALL", "-"])
    }
    assert reasons == {
        ("coarser_than_month", "offers"): 2,
        ("across_phases", "offers"): 1,
        ("outside_phases", "offers"): 1,
        ("outside_coverage", "offers"): 1,
        ("outside_coverage", "inquiries"): 1,
    }


def test_parts_abroad_are_counted_by_country_once_a_row():
    def mixed(row, country):
        return Problem(
            "region_part_unknown", "repaired", "trips", "a.xlsx", "1", row, params={"part": "x", "abroad": country}
        )

    problems = (
        mixed(5, "BY"),
        mixed(5, "BY"),
        mixed(6, "BY"),
        mixed(6, "KZ"),
        Problem("region_part_unknown", "repaired"),
    )
    tables = make_tables(trips=[{"start_on": "2015-05-05"}], problems=problems)
    rows = rows_of(ask(find_quality, tables)["outside_totals", "outside", "ALL", "-"])
    abroad = {(row["detail"], row["table"]): row["n"] for row in rows if row["reason"] == "part_abroad"}
    assert abroad == {("BY", "trips"): 2, ("KZ", "trips"): 1}
