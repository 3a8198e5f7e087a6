import pytest
from literal_lists import load, raw_list

from vemas_analytics.etl.name_mask import NameMask, names_persons
from vemas_analytics.model.problem import Problem
from vemas_analytics.model.sheets import RawColumn

FORUM = raw_list(
    "attendance",
    "held_on forum_title person_name organisation",
    ("12.03.2019", "Forum", "Dr. Quirlbach, Ottokarine", "Muster GmbH"),
    ("12.03.2019", "Forum", "August Held", "Probe AG"),
    ("12.03.2019", "Forum", "Jan Muster", "Probe AG"),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12 (Quirlbach nicht)", "12 (*** nicht)"),
        ("laut Ottokarine QUIRLBACH", "laut *** ***"),
        ("August 2013", "August 2013"),
        ("held", "held"),
        ("Muster", "Muster"),
        ("abgesagt von Frau Dr. Unbekannt", "abgesagt von Frau Dr. ***"),
        ("Herrn K. von der Weiden", "Herrn K. ***"),
        ("г-н Неизвестный", "г-н ***"),
        ("31.02.2019", "31.02.2019"),
        ("Quirlbacher Straße", "Quirlbacher Straße"),
    ],
)
def test_names_give_way_and_nothing_else(text: str, shown: str) -> None:
    assert NameMask([FORUM], ["Muster GmbH"]).masked(text) == shown


def test_places_keep_their_names() -> None:
    mask = NameMask([raw_list("attendance", "person_name", ("Kaluga, Eva",))])
    assert mask.problem(Problem("region_unknown", "repaired", value="Kaluga bei Frau Muster")).value == (
        "Kaluga bei Frau ***"
    )
    assert mask.problem(Problem("count_unreadable", "repaired", value="Kaluga")).value == "***"


def test_companies_keep_their_names() -> None:
    problem = Problem("company_spelling", "repaired", value="Ing.-Büro Quirlbach", params={"taken": "Quirlbach"})
    assert NameMask([FORUM]).problem(problem) is problem


def test_codes_are_no_names() -> None:
    problem = Problem("kind_assumed", "repaired", value="x", params={"taken": "Quirlbach", "field": "trips.kind"})
    assert NameMask([FORUM]).problem(problem).params["taken"] == "Quirlbach"
    free = Problem("place_from_title", "repaired", value="x", params={"taken": "bei Frau Quirlbach"})
    assert NameMask([FORUM]).problem(free).params["taken"] == "bei Frau ***"


@pytest.mark.parametrize(
    ("header", "field", "named"),
    [
        ("Ansprechpartnerin", "ignore", True),
        ("Контактное лицо", None, True),
        ("Name", "person_name", True),
        ("Name", "forum_title", False),
        ("Fax", "ignore", False),
    ],
)
def test_columns_of_persons(header: str, field: str | None, named: bool) -> None:
    assert names_persons(RawColumn(0, header, field)) is named


def test_names_of_columns_without_use_are_masked_in_other_cells() -> None:
    trips = raw_list(
        "trips",
        "trip_id start_on region ignore companies",
        ("1", "12.03.2019", "Kaluga", "Eva Quirlbach", "acht und Quirlbach"),
        headers={"ignore": "Delegationsleiter"},
    )
    tables = load(trips)
    assert [item.value for item in tables.problems if item.code == "count_unreadable"] == ["acht und ***"]
    assert tables.person_columns[["column", "n"]].values.tolist() == [["Delegationsleiter", 1]]
