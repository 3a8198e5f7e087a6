import datetime as dt

import numpy as np
import pandas as pd
import pytest

from factories import kept, make_settings, make_tables
from vemas_analytics.model.names import MEASURES
from vemas_analytics.panel import build_panel

TEN_YEARS = kept("2012-01-01", "2023-01-01")


def cells(panel, measure, region):
    frame = panel.frame
    return frame[(frame["measure"] == measure) & (frame["region"] == region)].set_index("start")


def at(panel, measure, region, start):
    return cells(panel, measure, region).loc[pd.Timestamp(start)]


def test_february_2022_is_cut_at_the_stop_and_the_stop_day_is_after():
    tables = make_tables(inquiries=[{"received_on": "2022-02-23"}, {"received_on": "2022-02-24"}])
    panel = build_panel(tables, make_settings(coverage={"inquiries": TEN_YEARS}))
    before, after = (at(panel, "inquiries", "RU-SVE", day) for day in ("2022-02-01", "2022-02-24"))
    assert (before["days"], after["days"]) == (23, 5)
    assert (before["value"], after["value"]) == (1, 1)
    assert after["end"] == pd.Timestamp("2022-03-01")


def test_month_dated_record_of_a_cut_month_is_left_out_and_said():
    rows = [
        {"received_on": "2022-02-01", "received_on_precision": "month"},
        {"received_on": "2022-03-01", "received_on_precision": "month"},
        {"received_on": "2016-01-01", "received_on_precision": "year"},
    ]
    panel = build_panel(make_tables(inquiries=rows), make_settings(coverage={"inquiries": TEN_YEARS}))
    assert cells(panel, "inquiries", "RU-SVE")["value"].sum() == 1
    assert at(panel, "inquiries", "RU-SVE", "2022-03-01")["value"] == 1
    said = panel.left_out[panel.left_out["region"] == "ALL"].set_index(["measure", "reason"])["n"]
    assert said["inquiries", "month_cut_by_edge"] == 1
    assert said["inquiries", "coarser_than_month"] == 1


def test_record_of_two_regions_counts_in_both_and_once_in_the_total():
    shared = {"inquiry_id": "7", "received_on": "2015-05-05", "value_eur": 1000.0, "source_row": 9}
    tables = make_tables(inquiries=[{**shared, "region": "RU-SVE"}, {**shared, "region": "RU-TA"}])
    panel = build_panel(tables, make_settings())
    for region in ("RU-SVE", "RU-TA", "ALL"):
        assert at(panel, "inquiries", region, "2015-05-01")["value"] == 1
        assert at(panel, "inquiry_value_eur", region, "2015-05-01")["value"] == 1000
    assert at(panel, "inquiries", "RU", "2015-05-01")["value"] == 0


def test_running_number_that_restarts_names_two_records():
    rows = [{"inquiry_id": "1", "received_on": "2015-05-05"}, {"inquiry_id": "1", "received_on": "2016-05-05"}]
    panel = build_panel(make_tables(inquiries=rows), make_settings())
    assert cells(panel, "inquiries", "ALL")["value"].sum() == 2


def test_zero_inside_coverage_and_nothing_outside():
    tables = make_tables(inquiries=[{"received_on": "2015-01-05"}, {"received_on": "2016-12-05"}])
    panel = build_panel(tables, make_settings(as_of="2018-06-30"))
    kept_cells = cells(panel, "inquiries", "ALL")
    assert kept_cells["covered"].sum() == 24
    assert at(panel, "inquiries", "ALL", "2015-06-01")["value"] == 0
    assert at(panel, "inquiries", "RU-TA", "2015-06-01")["value"] == 0
    assert at(panel, "inquiries", "ALL", "2017-06-01")["value"] is pd.NA
    assert cells(panel, "offers", "ALL")["value"].isna().all()


def test_partial_record_gives_no_zero_and_is_not_covered():
    tables = make_tables(trips=[{"start_on": "2013-05-06"}])
    panel = build_panel(tables, make_settings(coverage={"trips": kept("2012-01-01", "2015-01-01", "partial")}))
    trips = cells(panel, "trips", "ALL")
    assert not trips["covered"].any()
    assert trips["value"].dropna().tolist() == [1]


def test_known_amounts_are_added_and_unknown_ones_are_no_zero():
    rows = [
        {"offered_on": "2015-01-05", "value_eur": 100.0},
        {"offered_on": "2015-01-06"},
        {"offered_on": "2015-02-06"},
        {"offered_on": "2015-04-06", "value_eur": 5.0},
    ]
    panel = build_panel(make_tables(offers=rows), make_settings())
    values = cells(panel, "offer_value_eur", "ALL")["value"]
    assert values.iloc[0] == 100
    assert values.iloc[1] is pd.NA
    assert values.iloc[2] == 0


def test_orders_by_decision_and_without_one_left_out():
    rows = [
        {"offered_on": "2015-01-05", "status": "won", "decided_on": "2015-03-02", "value_eur": 50.0},
        {"offered_on": "2015-01-06", "status": "won"},
        {"offered_on": "2015-04-06", "status": "lost", "decided_on": "2015-04-20"},
    ]
    panel = build_panel(make_tables(offers=rows), make_settings())
    assert cells(panel, "orders", "ALL")["value"].sum() == 1
    assert at(panel, "orders", "ALL", "2015-03-01")["value"] == 1
    assert at(panel, "order_value_eur", "ALL", "2015-03-01")["value"] == 50
    undated = panel.left_out.query("measure == 'orders' and region == 'ALL' and reason == 'undated_order'")
    assert undated["n"].tolist() == [1]


def test_trips_companies_forums_and_attendance():
    trips = [
        {"trip_id": "A", "start_on": "2015-01-05", "companies": 8, "region": "RU-SVE"},
        {"trip_id": "A", "start_on": "2015-01-05", "companies": 8, "region": "RU-TA"},
        {"start_on": "2015-01-07", "companies": 30, "direction": "inbound"},
        {"start_on": "2015-01-09", "status": "cancelled"},
        {"start_on": "2015-01-10", "status": "announced"},
    ]
    forum = {"forum_id": "F", "held_on": "2015-01-20"}
    attendance = [
        forum,
        {**forum, "attended": "no_show"},
        {**forum, "attended": "unknown", "persons": 8},
        {"forum_id": "G", "held_on": "2015-01-21", "forum_status": "cancelled", "persons": 99},
    ]
    panel = build_panel(make_tables(trips=trips, attendance=attendance), make_settings())
    expected = {
        "trips": 2,
        "trip_companies": 8,
        "trips_cancelled": 1,
        "trips_announced": 1,
        "forums": 1,
        "forum_attendance": 9,
    }
    for measure, value in expected.items():
        assert at(panel, measure, "ALL", "2015-01-01")["value"] == value, measure
    assert at(panel, "trips", "RU-TA", "2015-01-01")["value"] == 1


def test_as_of_cuts_the_grid_and_the_counts():
    tables = make_tables(inquiries=[{"received_on": "2015-01-05"}, {"received_on": "2015-03-20"}])
    panel = build_panel(tables, make_settings(), as_of=dt.date(2015, 3, 19))
    inquiries = cells(panel, "inquiries", "ALL")
    assert inquiries["end"].max() == pd.Timestamp("2015-03-20")
    assert inquiries["days"].tolist() == [31, 28, 19]
    assert inquiries["value"].sum() == 1


def test_grid_is_complete_sorted_and_typed():
    panel = build_panel(make_tables(inquiries=[{"received_on": "2015-01-05"}]), make_settings())
    frame = panel.frame
    sizes = frame.groupby(["measure", "region"], observed=False).size()
    assert sizes.nunique() == 1
    assert list(frame["measure"].cat.categories) == list(MEASURES)
    assert {"RU-SVE", "RU-TA", "RU-SPE", "RU-KLU", "RU-NIZ", "RU", "ALL"} <= set(frame["region"].cat.categories)
    assert frame["value"].dtype == "Float64"
    assert frame["days"].dtype == np.int64
    pd.testing.assert_frame_equal(frame, frame.sort_values(["measure", "region", "start"]))


def test_no_tables_give_an_empty_panel():
    panel = build_panel(make_tables(), make_settings())
    assert panel.frame.empty
    assert panel.left_out.empty


def test_input_is_not_changed():
    tables = make_tables(inquiries=[{"received_on": "2015-01-05"}, {"received_on": "2015-03-20"}])
    copy = tables.inquiries.copy(deep=True)
    build_panel(tables, make_settings())
    pd.testing.assert_frame_equal(tables.inquiries, copy)


def test_eighty_regions_and_300_cells_keep_every_record():
    generator = np.random.default_rng(1)
    regions = [f"RU-X{i:02d}" for i in range(80)]
    days = pd.date_range("2000-01-01", "2024-12-31")
    rows = [
        {"received_on": days[i], "region": regions[j]}
        for i, j in zip(generator.integers(0, len(days), 2000), generator.integers(0, 80, 2000), strict=True)
    ]
    tables = make_tables(inquiries=rows)
    build_panel(tables, make_settings())
    panel = build_panel(tables, make_settings())
    assert cells(panel, "inquiries", "ALL")["value"].sum() == pytest.approx(2000)
