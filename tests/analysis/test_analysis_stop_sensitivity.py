import datetime as dt

import pytest

from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.stop_sensitivity import find_stop_sensitivity
from vemas_analytics.model.settings import Stop

D = dt.date


def test_counts_and_days_move_with_the_day_taken():
    settings = make_settings(
        as_of="2022-12-31",
        coverage={"inquiries": kept("2022-01-01", "2023-01-01")},
        stop=Stop(ordered_on=D(2022, 3, 4)),
    )
    tables = make_tables(inquiries=[{"received_on": day} for day in ("2022-01-30", "2022-03-01", "2022-03-30")])
    found = ask(find_stop_sensitivity, tables, settings)["stop_sensitivity", "inquiries", "ALL", "-"]
    rows = {row["basis"]: row for row in rows_of(found)}
    assert {basis: (row["date"], row["n_before"], row["n_after"]) for basis, row in rows.items()} == {
        "effective": (D(2022, 2, 24), 1, 2),
        "event": (D(2022, 2, 24), 1, 2),
        "order": (D(2022, 3, 4), 2, 1),
        "month_earlier": (D(2022, 1, 24), 0, 3),
        "month_later": (D(2022, 3, 24), 2, 1),
    }
    assert (rows["order"]["days_before"], rows["order"]["days_after"]) == (62, 303)
    assert rows["order"]["ratio"] == pytest.approx((1 / 303) / (2 / 62))
    assert rows["month_earlier"]["ratio"] is None


def test_a_date_not_given_has_no_row_and_a_partial_record_none_at_all():
    tables = make_tables(inquiries=[{"received_on": "2022-01-30"}])
    found = ask(find_stop_sensitivity, tables)
    bases = [row["basis"] for row in rows_of(found["stop_sensitivity", "inquiries", "ALL", "-"])]
    assert "order" not in bases
    assert rows_of(found["stop_sensitivity", "offers", "ALL", "-"]) == []
