import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.parse.counts import read_count


@pytest.mark.parametrize(
    ("text", "value", "bound", "rules"),
    [
        ("12", 12, "exact", ()),
        ("1.200", 1200, "exact", ()),
        ("12 Personen", 12, "exact", ()),
        ("ca. 12", 12, "exact", ("count_approximate",)),
        ("über 30", 30, "at_least", ()),
        ("mind. 12 Firmen", 12, "at_least", ()),
        (">20", 20, "at_least", ()),
        ("20+", 20, "at_least", ()),
        ("более 30", 30, "at_least", ()),
        ("12 + 3", 15, "exact", ("count_sum",)),
        ("10-12", 10, "at_least", ("count_range_low",)),
        ("zwölf", 12, "exact", ("count_from_word",)),
        ("15 (davon 5 aus Chemnitz)", 15, "exact", ("count_note_dropped",)),
    ],
)
def test_counts(text: str, value: int, bound: str, rules: tuple[str, ...]) -> None:
    reading = read_count(text)
    assert (reading.value, reading.bound, reading.rules) == (value, bound, rules)


@pytest.mark.parametrize("value", ["bis zu 20", "-5", "12,5", "viele", -3, 12.5, True])
def test_refusals(value: str | float) -> None:
    assert read_count(value).fault == "unreadable"


@given(st.integers(0, 999_999))
def test_whole_numbers_round_trip(number: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert {read_count(form).value for form in (number, float(number), str(number), dotted)} == {number}
