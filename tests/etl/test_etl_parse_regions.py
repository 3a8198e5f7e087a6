import pytest
from literal_lists import load, raw_list

from vemas_analytics.etl.parse.regions import read_region


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Russland, Belarus", "Belarus"),
        ("Россия, Беларусь", "Беларусь"),
        ("Russland/Belarus", "Belarus"),
        ("Deutschland, Russland", "Deutschland"),
    ],
)
def test_a_foreign_part_beside_russia_is_a_problem_and_not_out_of_scope(text: str, part: str) -> None:
    reading = read_region(text, {})
    assert (reading.codes, reading.country) == (("RU",), "")
    assert [(fault.code, fault.params["part"]) for fault in reading.faults] == [("region_part_unknown", part)]


@pytest.mark.parametrize("text", ["Belarus", "Minsk", "Belarus, Kasachstan", "Minsk, Belarus"])
def test_abroad_without_russia_stays_abroad(text: str) -> None:
    assert read_region(text, {}).country != ""


def test_a_part_abroad_names_its_country_and_an_unknown_one_none() -> None:
    abroad, unknown = read_region("Swerdlowsk / Minsk", {}), read_region("Swerdlowsk / Mordor", {})
    assert [fault.params.get("abroad") for fault in abroad.faults] == ["BY"]
    assert [fault.params.get("abroad") for fault in unknown.faults] == [None]


def test_a_german_state_under_bundesland_sets_no_row_aside() -> None:
    rows = [("03.04.2017", "Sachsen", "OOO A"), ("03.05.2017", "Swerdlowsk", "OOO B"), ("03.06.2017", "Minsk", "OOO C")]
    fields = "received_on region russian_company"
    tables = load(raw_list("inquiries", fields, *rows, headers={"region": "Bundesland"}))
    assert tables.inquiries["region"].tolist() == ["RU", "RU-SVE"]
    assert tables.ledger["out_of_scope"].item() == 1
    assert load(raw_list("inquiries", fields, *rows)).ledger["out_of_scope"].item() == 2
