from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.after_stop import find_after_stop

COVERAGE = {"inquiries": kept("2015-01-01", "2023-01-01")}


def test_every_record_from_the_stop_day_on_is_listed():
    shared = {"inquiry_id": "9", "received_on": "2022-05-05", "russian_company": "Ural", "source_row": 9}
    rows = [
        {"received_on": "2022-02-23"},
        {"received_on": "2022-02-24"},
        {"received_on": "2022-02-01", "received_on_precision": "month"},
        {**shared, "region": "RU-SVE"},
        {**shared, "region": "RU-TA"},
        {"received_on": "2023-05-05"},
    ]
    found = ask(find_after_stop, make_tables(inquiries=rows), make_settings(as_of="2022-12-31", coverage=COVERAGE))
    total = found["after_stop", "inquiries", "ALL", "-"]
    assert total.estimate.value == 2
    assert [(r["region"], r["firm"], r["row"]) for r in rows_of(total)] == [
        ("RU-SVE", "", 3),
        ("RU-SVE;RU-TA", "Ural", 9),
    ]
    assert "dates_imprecise" in total.caveats
    assert total.sources[0].rows == (3, 9)
    region = found["after_stop", "inquiries", "RU-TA", "-"]
    assert [row["region"] for row in rows_of(region)] == ["RU-TA"]


def test_nothing_known_of_the_time_after_is_not_zero():
    found = ask(find_after_stop, make_tables(inquiries=[{"received_on": "2020-02-23"}]))
    assert found["after_stop", "inquiries", "ALL", "-"].estimate is None
    covered = ask(
        find_after_stop, make_tables(inquiries=[{"received_on": "2020-02-23"}]), make_settings(coverage=COVERAGE)
    )
    assert covered["after_stop", "inquiries", "ALL", "-"].estimate.value == 0
