import pytest

from vemas_analytics.etl.layout.cell_kinds import kind_of
from vemas_analytics.etl.layout.heading_words import resolve
from vemas_analytics.etl.layout.label_rows import is_counting, names_unit, stands_over


@pytest.mark.parametrize("text", ["2010 2)", "2012r", "2013*", "2012/13", "2014 p"])
def test_a_year_with_a_mark_is_a_year(text: str) -> None:
    assert kind_of(text) == "year"


@pytest.mark.parametrize("text", ["12 (davon 3 neu)", "40, darunter 5 Frauen", "7 (incl. 2)"])
def test_a_number_with_a_part_of_it_is_a_number(text: str) -> None:
    assert kind_of(text) == "number"


@pytest.mark.parametrize("text", ["(TEUR)", "in %", "in (%)", "1 000 Euro", "[km²]", "Mill. EUR", "2015=100"])
def test_units_with_brackets_and_multipliers(text: str) -> None:
    assert names_unit(text)


@pytest.mark.parametrize("text", ["Anzahl Betriebe", "Euro Süd", "1 000 Betriebe"])
def test_other_words_are_no_units(text: str) -> None:
    assert not names_unit(text)


@pytest.mark.parametrize("heading", ["Teilnehmer (davon neu)", "Teilnehmer, davon neu", "Teilnehmer / darunter Frauen"])
def test_a_heading_of_two_columns_in_one_means_its_first(heading: str) -> None:
    found = resolve("forums", heading)
    assert found is not None
    assert found[0].field == "attendees"


def test_codes_over_numbers_are_headings_and_codes_over_codes_are_not() -> None:
    assert stands_over(("Station", "PM10", "NO2"), [("Chemnitz", 9.5, 7.5), ("Plauen", 8.5, 6.5)])
    assert stands_over(("Speicher", "KW 44", "KW 45"), [("Rehden", 9.5, 7.5), ("Peissen", 8.5, 6.5)])
    assert not stands_over(("Rehden", "A 10", "B 20"), [("Peissen", "A 11", "B 21"), ("Epe", "A 12", "B 22")])


def test_a_row_that_numbers_the_columns() -> None:
    assert is_counting((1, 2, 3, 4))
    assert is_counting(("(1)", "(2)", "(3)"))
    assert not is_counting((1, 2))
    assert not is_counting((1, 3, 4))
