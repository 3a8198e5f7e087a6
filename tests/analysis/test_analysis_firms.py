from factories import ask, kept, make_settings, make_tables, rows_of
from vemas_analytics.analysis.firms import find_firms


def test_distinct_firms_and_first_timers_by_phase():
    inquiries = [
        {"received_on": "2013-01-05", "saxon_company": "Alpha GmbH"},
        {"received_on": "2015-01-05", "saxon_company": "alpha  gmbh", "region": "RU-TA"},
    ]
    offers = [{"offered_on": "2015-02-05", "saxon_company": "Beta AG", "region": "RU-TA"}]
    attendance = [
        {"held_on": "2015-03-05", "organisation": "Gamma KG", "side": "saxon", "region": "RU-TA"},
        {"held_on": "2015-03-05", "organisation": "Uralmash", "side": "russian", "region": "RU-TA"},
        {"held_on": "2015-03-05", "organisation": "Delta", "side": "saxon", "attended": "no_show"},
    ]
    tables = make_tables(inquiries=inquiries, offers=offers, attendance=attendance)
    settings = make_settings(coverage={"inquiries": kept("2012-01-01", "2020-01-01")})
    found = ask(find_firms, tables, settings)
    region = rows_of(found["firms", "firms", "RU-TA", "-"])
    assert [(row["n_firms"], row["n_first_timers"]) for row in region] == [(0, 0), (3, 2), (None, None), (None, None)]
    total = rows_of(found["firms", "firms", "ALL", "-"])
    assert [(row["n_firms"], row["n_first_timers"]) for row in total[:2]] == [(1, 1), (3, 2)]


def test_no_lists_no_firms():
    found = ask(find_firms, make_tables())
    assert {row["n_firms"] for row in rows_of(found["firms", "firms", "ALL", "-"])} == {None}
