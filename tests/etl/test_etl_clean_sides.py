import datetime as dt

import pytest
from literal_lists import codes, load, only, raw_list

from vemas_analytics.model.sheets import RawTable

HELD = {"held_on": dt.date(2019, 5, 6), "place": "Kaluga"}


def forum(*rows: tuple[str, str], file: str = "forum.xlsx", sheet: str = "Blatt") -> RawTable:
    named = [(f"Muster{at}, Anna", *row) for at, row in enumerate(rows)]
    return raw_list("attendance", "person_name organisation side", *named, facts=dict(HELD), file=file, sheet=sheet)


def test_germany_alone_means_the_saxon_side_and_is_said() -> None:
    tables = load(forum(("Werk A GmbH", "D"), ("AO B", "RU")))
    assert tables.attendance["side"].tolist() == ["saxon", "russian"]
    assert only(tables, "side_german").params["n"] == "1"


def test_germany_is_not_saxony_where_the_file_tells_them_apart() -> None:
    tables = load(forum(("Werk A GmbH", "Sachsen"), ("Werk B GmbH", "Deutschland")))
    assert tables.attendance["side"].tolist() == ["saxon", "other"]
    assert "side_german" not in codes(tables)


@pytest.mark.parametrize("organisation", ["AHK Moskau", "Werkbund Berlin", "TU München"])
def test_a_name_from_elsewhere_in_germany(organisation: str) -> None:
    tables = load(forum(("Werk A GmbH", "D"), (organisation, "D")))
    assert tables.attendance["side"].tolist() == ["saxon", "other"]


@pytest.mark.parametrize(
    ("organisation", "side"), [("TU Chemnitz", "saxon"), ("ООО Завод", "russian"), ("Sächsische Guss AG", "saxon")]
)
def test_the_name_tells_where_nothing_else_does(organisation: str, side: str) -> None:
    tables = load(forum((organisation, "")))
    assert tables.attendance["side"].tolist() == [side]
