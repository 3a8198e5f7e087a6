import datetime as dt

import pytest

from factories import kept, make_settings, make_tables
from vemas_analytics.analysis import gather_material
from vemas_analytics.analysis.monthly_cells import count_months
from vemas_analytics.panel import build_panel


def cells_of(rows, **coverage):
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2023-01-01", **coverage)})
    material = gather_material(make_tables(inquiries=rows), build_panel(make_tables(inquiries=rows), settings))
    return count_months(material, "inquiries"), material.regions.index("ALL")


def test_the_month_of_the_stop_is_cut_at_it():
    cells, total = cells_of([{"received_on": "2022-02-23"}, {"received_on": "2022-02-24"}])
    assert len(cells.periods) == 133
    cut = cells.periods.index((dt.date(2022, 2, 1), dt.date(2022, 2, 24)))
    assert cells.exposure[cut : cut + 2].tolist() == [23, 5]
    assert cells.counts[total, cut : cut + 2].tolist() == [1, 1]
    assert (cells.n_before(total), cells.n_after(total)) == (1, 1)
    assert (cells.days_before, cells.days_after) == (3707, 311)
    assert cells.time[0] == pytest.approx(15.5 / 30.4375)


def test_known_breaks_are_columns_of_shares():
    cells, _ = cells_of([{"received_on": "2022-02-23"}])
    sanctions, covid = cells.breaks.T
    starts = [start for start, _ in cells.periods]
    assert sanctions[starts.index(dt.date(2014, 7, 1))] == 0
    assert sanctions[starts.index(dt.date(2014, 8, 1))] == sanctions[-1] == 1
    assert next(start for start, share in zip(starts, covid, strict=True) if share) == dt.date(2020, 3, 1)
    assert covid.sum() == 15


def test_what_no_cell_can_take_is_counted():
    rows = [{"received_on": "2022-02-01", "received_on_precision": "month"}, {"received_on": "2016-05-02"}]
    cells, total = cells_of(rows)
    assert cells.counts[total].sum() == 1
    assert cells.left_out[total] == 1


def test_a_list_with_gaps_carries_no_comparison():
    cells, total = cells_of([{"received_on": "2016-05-02"}] * 80, state="partial")
    assert not cells.comparable
    assert not cells.carries_course(total)
