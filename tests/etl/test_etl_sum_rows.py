import pytest

from vemas_analytics.etl.layout.sum_rows import is_sum, sums_by_reckoning, sums_in_words


@pytest.mark.parametrize(
    "row",
    [
        ("Summe", None, 5), ("Insgesamt", 5, 6), ("SACHSEN ZUSAMMEN", None, 5), ("zzgl. 19 % MwSt.", None, 285),
        ("Gesamtbetrag", None, 1785), ("Bilanzsumme", 5, 6), ("Bundessteuern zusammen", 5, 6),
    ],
)  # fmt: skip
def test_a_word_tells_a_sum(row: tuple[object, ...]) -> None:
    assert is_sum(row)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "row", [("Umsatzsteuer", 5, 6), ("Gesamtschulen", 5, 6), ("Total", "Anlagen für die Härterei", 5)]
)
def test_a_word_that_only_looks_so_tells_none(row: tuple[object, ...]) -> None:
    assert not is_sum(row)  # type: ignore[arg-type]


def test_the_word_may_stand_in_any_column_of_names() -> None:
    rows = {1: ("Bayern", "09161 Ingolstadt", 5), 2: ("Bayern", "09162 München", 7), 3: ("Bayern", "Zusammen", 12)}
    assert sums_in_words(rows) == {3}


def test_a_category_that_every_row_bears_is_no_sum() -> None:
    assert sums_in_words({1: (2010, "Insgesamt", 5), 2: (2011, "Insgesamt", 6), 3: (2012, "Insgesamt", 7)}) == set()


def test_parts_are_records_in_statistics() -> None:
    assert (
        sums_in_words({1: ("Erwerbstätige", 50, 6), 2: ("davon Männer", 20, 3), 3: ("darunter Frauen", 30, 3)}) == set()
    )


@pytest.mark.parametrize("at", [0, 4])
def test_numbers_tell_the_total_above_or_below(at: int) -> None:
    parts = [("Bayern", 100, 7.5), ("Hessen", 200, 8.25), ("Sachsen", 300, 9.0), ("Berlin", 50, 1.0)]
    rows = dict(enumerate([*parts[:at], ("Deutschland", 650, 25.75), *parts[at:]]))
    assert sums_by_reckoning(rows, {1, 2}) == {at}


def test_german_numbers_in_texts_are_reckoned_too() -> None:
    rows = {0: ("A", "1.000", "1,5"), 1: ("B", "2.000", "2,5"), 2: ("C", "500", "1,0"), 3: ("Land", "3.500", "5,0")}
    assert sums_by_reckoning(rows, {1, 2}) == set()  # 5.0 is below what could not be chance
    rows |= {3: ("Land", "3.500", "5,0"), 0: ("A", "1.000", "21,5"), 1: ("B", "2.000", "22,5")}
    rows[3] = ("Land", "3.500", "45,0")
    assert sums_by_reckoning(rows, {1, 2}) == {3}


def test_years_and_chance_make_no_total() -> None:
    assert sums_by_reckoning({0: ("A", 1), 1: ("B", 1), 2: ("C", 1), 3: ("D", 3)}, {1}) == set()
    assert sums_by_reckoning({0: (1991, 5), 1: (1992, 6), 2: (1993, 7), 3: (1994, 9)}, {0, 1}) == set()
