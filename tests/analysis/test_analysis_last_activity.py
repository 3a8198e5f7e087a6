import datetime as dt

from factories import ask, make_tables, rows_of
from vemas_analytics.analysis.last_activity import find_last_activity


def test_last_held_trip_and_its_distance_from_the_stop():
    trips = [
        {"start_on": "2013-07-08", "title": "Ural"},
        {"start_on": "2012-01-01", "start_on_precision": "year", "title": "früher"},
        {"start_on": "2014-07-08", "title": "abgesagt", "status": "cancelled"},
        {"start_on": "2015-03-01", "start_on_precision": "month", "title": "Kasan", "region": "RU-TA"},
    ]
    found = ask(find_last_activity, make_tables(trips=trips))
    own = found["last_activity", "trips", "RU-SVE", "-"]
    assert rows_of(own) == [{"date": dt.date(2013, 7, 8), "precision": "day", "title": "Ural"}]
    assert own.estimate.value == -(dt.date(2022, 2, 24) - dt.date(2013, 7, 8)).days
    assert own.estimate.unit == "days"
    assert own.sources[0].rows == (2,)
    total = found["last_activity", "trips", "ALL", "-"]
    assert rows_of(total)[0]["title"] == "Kasan"
    assert "dates_imprecise" in total.caveats
    none = found["last_activity", "forums", "ALL", "-"]
    assert (none.estimate, rows_of(none)) == (None, [])
