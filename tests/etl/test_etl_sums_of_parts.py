import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.layout.sums_of_parts import sums_of_parts
from vemas_analytics.model.sheets import CellValue

Row = tuple[CellValue, ...]


def _rows(*rows: Row) -> dict[int, Row]:
    return dict(enumerate(rows, start=1))


def test_a_sum_below_its_parts_and_the_sum_of_sums() -> None:
    rows = _rows(
        ("Aegidii", 132, 330), ("Dom", 48, 600), ("Altstadt", 180, 930),
        ("Josef", 249, 2740), ("Kreuz", 321, 3400), ("Ring", 570, 6140),
        ("Mitte", 750, 7070), ("West", 90, 1200),
    )  # fmt: skip
    assert sums_of_parts(rows, {1, 2}, set()) == {3, 6, 7}


def test_a_sum_above_its_parts() -> None:
    rows = _rows(
        ("Sachsen", 4000, 1990, 2010), ("Chemnitz", 1500, 740, 760), ("Dresden", 2500, 1250, 1250),
        ("Hessen", 900, 440, 460), ("Kassel", 500, 240, 260), ("Fulda", 400, 200, 200),
    )  # fmt: skip
    assert sums_of_parts(rows, {1, 2, 3}, set()) == {1, 4}


def test_shares_and_years_beside_the_counts_do_not_matter() -> None:
    rows = _rows(
        ("A", 2012, "1.250", "12,5", "640"), ("B", 2012, "3.750", "30,1", "1.910"),
        ("C", 2012, "5.000", "21,7", "2.550"), ("D", 2012, "7.777", "1,0", "300"),
    )  # fmt: skip
    assert sums_of_parts(rows, {1, 2, 3, 4}, set()) == {3}


def test_equality_of_small_numbers_is_chance() -> None:
    rows = _rows(("A", 9, 9), ("B", 1, 2), ("C", 2, 1), ("D", 3, 3), ("E", 5, 8))
    assert sums_of_parts(rows, {1, 2}, set()) == set()


def test_one_column_of_numbers_is_not_enough() -> None:
    rows = _rows(("A", 1_234_567), ("B", 2_345_678), ("C", 3_580_245), ("D", 77))
    assert sums_of_parts(rows, {1}, set()) == set()


def test_a_row_that_stands_there_again_is_no_sum_of_it_and_of_nothing() -> None:
    rows = _rows(
        ("A", 1200, 4500, 7777), ("B", 0, None, 0), ("C", 1200, 4500, 7777), ("D", 31, 2, 5), ("E", None, 0, None),
    )  # fmt: skip
    assert sums_of_parts(rows, {1, 2, 3}, set()) == set()


def test_numbers_beyond_all_lists_are_none() -> None:
    rows = _rows(("A", 1e308, "9" * 400), ("B", -1e308, 10**400), ("C", float("inf"), 5), ("D", float("nan"), 7))
    assert sums_of_parts(rows, {1, 2}, set()) == set()


def test_sums_known_by_their_words_stand_for_their_parts() -> None:
    rows = _rows(
        ("A", 1200, 340), ("B", 800, 160), ("Zusammen", 2000, 500),
        ("C", 700, 90), ("D", 300, 10), ("Zusammen", 1000, 100), ("Sachsen", 3000, 600), ("Hessen", 5000, 900),
    )  # fmt: skip
    assert sums_of_parts(rows, {1, 2}, {3, 6}) == {7}


def test_a_row_without_code_is_the_sum_where_three_others_are() -> None:
    rows = _rows(
        ("11 A", 100, 1100), ("12 B", 204, 2000), ("Eins", 304, 3100),
        ("21 C", 310, 3000), ("22 D", 410, 4100), ("Zwei", 720, 7100),
        ("31 E", 515, 5100), ("32 F", 616, 6100), ("Drei", 1131, 11200),
        ("41 G", 712, 7000), ("42 H", 813, 8000), ("Vier", 1500, 14000), ("nicht zuzuordnen", 33, 400),
    )  # fmt: skip
    assert sums_of_parts(rows, {1, 2}, set()) == {3, 6, 9, 12}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_numbers_of_one_digit_are_never_sums(numbers: list[tuple[int, int]]) -> None:
    rows = _rows(*((f"Zeile {at}", *pair) for at, pair in enumerate(numbers)))
    assert sums_of_parts(rows, {1, 2}, set()) == set()


@given(st.lists(st.tuples(st.integers(10_000, 99_999), st.integers(10_000, 99_999)), min_size=2, max_size=12))
def test_the_sum_of_all_is_always_found(numbers: list[tuple[int, int]]) -> None:
    total = ("alle", sum(first for first, _ in numbers), sum(second for _, second in numbers))
    rows = _rows(*((f"Zeile {at}", *pair) for at, pair in enumerate(numbers)), total, ("Rest", 3, 4))
    assert len(numbers) + 1 in sums_of_parts(rows, {1, 2}, set())


@pytest.mark.parametrize("rows", [{}, {1: ("A", 5, 6)}, {1: ("A", 5, 6), 2: ("B", 5, 6)}])
def test_two_rows_hold_no_sum(rows: dict[int, Row]) -> None:
    assert sums_of_parts(rows, {1, 2}, set()) == set()
