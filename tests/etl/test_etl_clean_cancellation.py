import datetime as dt

from literal_lists import codes, load, only, raw_list


def test_a_trip_without_a_status_is_cancelled_where_title_kind_or_remark_says_so() -> None:
    raw = raw_list(
        "trips",
        "title start_on region kind note",
        ("Reise Kaluga (abgesagt wg. Corona)", "08.04.2020", "Kaluga"),
        ("Reise Perm", "08.05.2019", "Perm", "Delegation, verschoben"),
        ("Reise Ufa", "08.05.2018", "Ufa", None, "ausgefallen"),
        ("Поездка в Казань отменена", "08.05.2017", "Kasan"),
        ("Reise Tula", "08.05.2016", "Tula", None, "Die Reise wurde abgesagt"),
        ("Reise Omsk, nicht abgesagt", "08.05.2015", "Omsk", None, "zwei Firmen haben abgesagt"),
        ("Nachholtermin der abgesagten Reise", "08.05.2014", "Tomsk", None, "nein"),
        headers={"note": "Bemerkung"},
    )
    tables = load(raw, as_of=dt.date(2021, 7, 1))
    by_row = dict(zip(tables.trips["source_row"], tables.trips["status"], strict=True))
    assert [by_row[row] for row in range(5, 12)] == ["cancelled"] * 5 + ["held"] * 2
    assert ["status_from_wording" in codes(tables, row=row) for row in range(5, 12)] == [True] * 5 + [False] * 2
    assert only(tables, "status_assumed_column").params["n"] == "2"
    told = next(item for item in tables.problems if item.code == "status_from_wording" and item.row == 7)
    assert (told.severity, told.column, told.value, told.params["taken"]) == (
        "repaired",
        "Bemerkung",
        "ausgefallen",
        "cancelled",
    )


def test_a_status_that_was_given_stands() -> None:
    raw = raw_list("trips", "title start_on region status", ("Reise (verschoben)", "08.04.2019", "Kaluga", "held"))
    tables = load(raw)
    assert tables.trips["status"].tolist() == ["held"]
    assert codes(tables) == []


def test_a_forum_without_a_status_is_cancelled_by_its_title_and_never_by_a_guest_who_cancelled() -> None:
    forums = raw_list(
        "attendance",
        "forum_title held_on place attendees note",
        ("Forum Kasan (abgesagt wg. Corona)", "12.05.2020", "Kasan", 10),
        ("Forum Perm", "12.05.2019", "Perm", 10, "entfallen"),
        ("Forum Ufa", "12.05.2018", "Ufa", 10),
    )
    guests = raw_list(
        "attendance",
        "last_name organisation note",
        ("Muster", "Muster GmbH", "abgesagt"),
        file="gaeste.xlsx",
        facts={"held_on": "12.05.2014", "place": "Tula", "forum_title": "Forum Tula"},
    )
    tables = load(forums, guests)
    titles, statuses = tables.attendance["forum_title"], tables.attendance["forum_status"]
    found = {title.split()[1]: status for title, status in zip(titles, statuses, strict=True)}
    assert found == {"Kasan": "cancelled", "Perm": "cancelled", "Ufa": "held", "Tula": "held"}
    assert codes(tables).count("status_from_wording") == 2
