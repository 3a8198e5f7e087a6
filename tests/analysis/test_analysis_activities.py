import datetime as dt

from factories import ask, make_tables, rows_of
from vemas_analytics.analysis.activities import find_activities, find_annual_activities

TRIPS = [
    {"trip_id": "A", "start_on": "2015-05-05", "end_on": "2015-05-08", "title": "Ural", "companies": 8, "city": "X"},
    {"trip_id": "A", "start_on": "2015-05-05", "end_on": "2015-05-08", "title": "Ural", "region": "RU-TA"},
    {"start_on": "2016-05-05", "title": "Messe", "kind": "trade_fair", "status": "cancelled"},
]
FORUM = {"forum_id": "F", "held_on": "2015-02-02", "forum_title": "Forum", "organisation": "Firma"}
ATTENDANCE = [FORUM, {**FORUM, "persons": 8}, {**FORUM, "attended": "no_show"}, {**FORUM, "persons": None}]


def test_trips_and_forums_in_order_each_once():
    found = ask(find_activities, make_tables(trips=TRIPS, attendance=ATTENDANCE))
    rows = rows_of(found["activities", "activities", "ALL", "-"])
    assert [(row["kind"], row["title"], row["region"]) for row in rows] == [
        ("forum", "Forum", "RU-SVE"),
        ("business_trip", "Ural", "RU-SVE;RU-TA"),
        ("trade_fair", "Messe", "RU-SVE"),
    ]
    assert (rows[0]["persons"], rows[0]["persons_bound"]) == (9, "at_least")
    assert (rows[1]["end"], rows[1]["companies"], rows[1]["place"]) == (dt.date(2015, 5, 8), 8, "X")
    assert rows[2]["status"] == "cancelled"
    region = found["activities", "activities", "RU-TA", "-"]
    assert [row["title"] for row in rows_of(region)] == ["Ural"]
    assert region.sources[0].rows == (2, 3)


def test_activities_of_a_year():
    found = ask(find_annual_activities, make_tables(trips=TRIPS, attendance=ATTENDANCE), None, 2015)
    assert len(rows_of(found["annual_activities", "activities", "ALL", "2015"])) == 2
