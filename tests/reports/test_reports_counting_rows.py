"""Which rows count: once a region, once in the total, once among the small regions, forums by their own key."""

import pandas as pd

from vemas_analytics.reports.compose.counting_rows import flag_columns


def _trips(rows):
    return pd.DataFrame(rows, columns=["trip_id", "start_on", "region", "status", "direction"])


def test_a_trip_to_three_regions_counts_once_in_the_total_and_once_among_small_ones():
    frame = _trips(
        [
            ("R1", "2013-06-12", "RU-SVE", "held", "outbound"),
            ("R1", "2013-06-12", "RU-PER", "held", "outbound"),
            ("R1", "2013-06-12", "RU-OMS", "held", "outbound"),
        ]
    )
    columns, chosen = flag_columns(frame, "trips", ["RU-PER", "RU-OMS"])
    assert columns["in_total"].tolist() == [True, False, False]
    assert columns["in_others"].tolist() == [False, True, False]
    assert chosen["trips", "total"] == "in_total"
    assert ("trips", "region") not in chosen


def test_small_regions_without_a_row_count_nothing_rather_than_everything():
    frame = _trips([("R1", "2013-06-12", "RU-SVE", "held", "outbound")])
    columns, chosen = flag_columns(frame, "trips", ["RU-PER"])
    assert columns[chosen["trips", "others"]].tolist() == [False]


def test_a_measure_whose_first_row_is_of_another_status_gets_marks_of_its_own():
    frame = _trips(
        [
            ("R1", "2013-06-12", "RU-SVE", "cancelled", "outbound"),
            ("R1", "2013-06-12", "RU-PER", "held", "outbound"),
            ("R1", "2013-06-12", "RU-OMS", "held", "outbound"),
        ]
    )
    columns, chosen = flag_columns(frame, "trips", [])
    assert chosen["trips", "total"] == "in_total_trips"
    assert columns["in_total_trips"].tolist() == [False, True, False]
    assert ("trips_cancelled", "total") not in chosen
