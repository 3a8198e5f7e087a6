import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.parse.counts import CountReading, count_beside, read_count


@pytest.mark.parametrize(
    ("text", "value", "bound", "rules"),
    [
        ("12", 12, "exact", ()),
        ("1.200", 1200, "exact", ()),
        ("12 Personen", 12, "exact", ()),
        ("ca. 12", 12, "at_least", ("count_approximate",)),
        ("über 30", 30, "at_least", ()),
        ("mind. 12 Firmen", 12, "at_least", ()),
        (">20", 20, "at_least", ()),
        ("20+", 20, "at_least", ()),
        ("более 30", 30, "at_least", ()),
        ("12 + 3", 15, "exact", ("count_sum",)),
        ("10-12", 10, "at_least", ("count_range_low",)),
        ("zwölf", 12, "exact", ("count_from_word",)),
        ("15 (davon 5 aus Chemnitz)", 15, "exact", ("count_note_dropped",)),
        ("12 (davon 3 neu)", 12, "exact", ("count_note_dropped",)),
        ("20, darunter 5 Frauen", 20, "exact", ("count_note_dropped",)),
        ("8 dt. + 5 russ.", 13, "exact", ("count_sum",)),
        ("20-25", 20, "at_least", ("count_range_low",)),
        ("12?", 12, "at_least", ("count_approximate",)),
        ("über dreißig", 30, "at_least", ("count_from_word",)),
        ("18 Teilnehmerinnen und Teilnehmer", 18, "exact", ()),
    ],
)
def test_counts(text: str, value: int, bound: str, rules: tuple[str, ...]) -> None:
    reading = read_count(text)
    assert (reading.value, reading.bound, reading.rules) == (value, bound, rules)


@pytest.mark.parametrize(
    "value", ["bis zu 20", "-5", "12,5", "viele", "12 von 15", "3 x 5", "9" * 400, -3, 12.5, 1e300, True]
)
def test_refusals(value: str | float) -> None:
    assert read_count(value).fault == "unreadable"


@given(st.integers(0, 999_999))
def test_whole_numbers_round_trip(number: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert {read_count(form).value for form in (number, float(number), str(number), dotted)} == {number}


@pytest.mark.parametrize(
    "text",
    [
        "12 Firmen / 18 Personen",
        "12 Unternehmen mit 18 Teilnehmern",
        "12 Fa. (18 TN)",
        "18 Personen aus 12 Unternehmen",
        "12 компаний, 18 участников",
        "companies: 12, persons: 18",
    ],
)
def test_a_cell_with_two_counts_gives_each_to_its_kind(text: str) -> None:
    assert (read_count(text, "companies").value, read_count(text, "persons").value) == (12, 18)
    assert read_count(text, "persons").rules == ("count_split",)
    assert read_count(text).fault == "unreadable"


def test_a_heading_with_two_counts_says_their_order() -> None:
    assert read_count("12/18", "companies", "Firmen / Personen").value == 12
    assert read_count("12/18", "persons", "Firmen / Personen").value == 18
    assert read_count("18 (12)", "companies", "Personen (Firmen)").value == 12
    assert read_count("12/18", "companies", "Firmen").rules == ("count_range_low",)


def test_a_number_of_firms_is_no_number_of_persons() -> None:
    assert read_count("12 Firmen", "persons").fault == "unreadable"
    assert count_beside("12 Firmen", "companies", "Teilnehmer") == CountReading(12, rules=("count_split",))
    assert count_beside("12", "companies", "Teilnehmer") is None


def test_a_range_under_a_heading_with_two_counts_stays_a_range() -> None:
    assert read_count("10-12", "companies", "Firmen / Personen").rules == ("count_range_low",)
