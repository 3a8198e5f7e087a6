import pytest

from vemas_analytics.etl.layout.period_rows import names_period, sums_of_months
from vemas_analytics.etl.layout.sum_rows import is_carried_over, is_sum


@pytest.mark.parametrize("text", ["1. Halbjahr", "IV. Quartal 2019", "Jahr", "Jahr 2014:", "Quarter", "2. квартал"])
def test_a_part_of_a_year_is_known_by_its_name(text: str) -> None:
    assert names_period(text)


@pytest.mark.parametrize(
    "text", ["Jahrgang", "Jahr der Gründung", "5. Quartal", "Halbjahresbericht", "1.", "Quartalspreis"]
)
def test_other_words_name_no_period(text: str) -> None:
    assert not names_period(text)


def test_a_year_sums_up_the_months_right_above_it() -> None:
    rows = {4: ("Januar", 3), 5: ("Februar", 4), 6: ("Jahr", 7), 7: ("Januar", 1)}
    assert sums_of_months(rows) == {6}


def test_a_sum_may_follow_a_sum_and_stand_in_the_second_column() -> None:
    rows = {1: (None, "Mai", 3), 2: (None, "Juni", 4), 3: (None, "2. Quartal", 7), 4: (None, "1. Halbjahr", 9)}
    assert sums_of_months(rows) == {3, 4}


@pytest.mark.parametrize(
    "rows",
    [
        {0: ("Jahr 2019", 3), 1: ("Jahr 2020", 4), 2: ("Januar", 1)},
        {0: ("Monat", 3), 1: ("Quartal", 9), 2: ("Jahr", 30)},
        {0: ("Januar", 3), 1: ("Jahr", 4)},
        {0: ("Januar", "x", 3), 1: ("Februar", "y", 3), 2: (None, "Jahr", 4)},
    ],
    ids=["years before months", "terms of a contract", "one month", "another column"],
)
def test_periods_without_months_above_are_records(rows: dict[int, tuple[object, ...]]) -> None:
    assert sums_of_months(rows) == set()  # type: ignore[arg-type]


def test_only_a_sum_is_carried_over() -> None:
    assert is_carried_over(("Übertrag", None, None, 4711))
    assert not is_carried_over(("Summe", None, None, 4711))
    assert not is_carried_over((1, "05.03.2014", "Übertragungstechnik GmbH", "Übertrag", 300))


def test_a_balance_is_a_sum_and_a_firm_of_that_name_is_not() -> None:
    assert is_sum((None, "Saldo", 331000, 351000))
    assert not is_sum(("Saldo GmbH", "Chemnitz", "05.03.2014", 12))
