import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.parse.amounts import Unit, find_decimal_mark, read_amount, read_unit


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1.234.567,89 €", 1_234_567.89, "EUR"),
        ("1,234,567.89", 1_234_567.89, ""),
        ("1 234 567,89", 1_234_567.89, ""),
        ("1'234.50", 1234.5, ""),
        ("1,2 Mio. EUR", 1_200_000, "EUR"),
        ("12 TEUR", 12_000, "EUR"),
        ("12 T€", 12_000, "EUR"),
        ("850.000 RUB", 850_000, "RUB"),
        ("850 тыс. руб.", 850_000, "RUB"),
        ("€ 12.000,-", 12_000, "EUR"),
        ("ca. 50.000", 50_000, ""),
        ("50-80 TEUR", 65_000, "EUR"),
        ("zwischen 50 und 80 TEUR", 65_000, "EUR"),
        ("50.000 € bis 80.000 €", 65_000, "EUR"),
        ("(5.000,00)", -5000, ""),
        ("−3.000,00 €", -3000, "EUR"),
        ("5000-", -5000, ""),
        ("$12,000.50", 12_000.5, "USD"),
        ("TEUR 12", 12_000, "EUR"),
        ("T€ 50", 50_000, "EUR"),
        ("Mio. EUR 1,2", 1_200_000, "EUR"),
        ("1,5 Mrd. €", 1.5e9, "EUR"),
        ("1,5 млн. ₽", 1_500_000, "RUB"),
        ("1\u2019234.50 CHF", 1234.5, "CHF"),
        ("1\u202f234\u2009567,89 €", 1_234_567.89, "EUR"),
        ("50.000.- €", 50_000, "EUR"),
        ("800 TEUR - 1,2 Mio. EUR", 1_000_000, "EUR"),
        ("zw. 50 und 80 TEUR", 65_000, "EUR"),
        ("12.000,00 + 5.000,00 EUR", 17_000, "EUR"),
        ("850.000 RUB / 12.000 EUR", 850_000, "RUB"),
        ("50.000,00 € + MwSt.", 50_000, "EUR"),
        ("500 €?", 500, "EUR"),
        ("50.000,00 EUR zzgl. 19 % MwSt.", 50_000, "EUR"),
        ("1,5E+06", 1_500_000, ""),
        ("1.234,50- €", -1234.5, "EUR"),
        ("minus 500 EUR", -500, "EUR"),
        ("0,00 €", 0, "EUR"),
    ],
)
def test_amounts(text: str, value: float, currency: str) -> None:
    reading = read_amount(text)
    assert reading.value == pytest.approx(value)
    assert reading.currency == currency


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("12,000", "ambiguous"),
        ("1.234 Mio. EUR", "ambiguous"),
        ("auf Anfrage", "missing"),
        ("-", "missing"),
        ("viel", "unreadable"),
        ("12 %", "unreadable"),
        ("5 Prozent", "unreadable"),
        ("100 EUR/Stück", "unreadable"),
        ("3 x 12.000 EUR", "unreadable"),
        ("80-50 TEUR", "unreadable"),
        ("9" * 40, "unreadable"),
        ("31.02.2015", "unreadable"),
        ("1.234.56", "unreadable"),
        ("12 EUR 5 RUB", "unreadable"),
    ],
)
def test_refusals(text: str, fault: str) -> None:
    assert read_amount(text).fault == fault
    assert read_amount(text).value is None


def test_the_column_decides_what_a_separator_means() -> None:
    assert find_decimal_mark(["1.234", "5,50"]) == "comma"
    assert find_decimal_mark(["1,234", "5.50"]) == "point"
    assert find_decimal_mark(["5,50", "5.50"]) is None
    assert find_decimal_mark([1.5, None, "1.234"]) is None
    assert read_amount("1.234", mark="comma").value == 1234
    assert read_amount("1.234", mark="comma").rules == ()
    assert read_amount("1.234", mark="point").fault == "ambiguous"
    assert read_amount("1,234", mark="point").value == 1234
    assert read_amount("1.234").rules == ("amount_thousands_assumed",)


def test_units_of_headers() -> None:
    assert read_unit("Wert (TEUR)") == Unit(1000.0, "EUR")
    assert read_unit("Betrag in Mio. €") == Unit(1e6, "EUR")
    assert read_unit("Wert [RUB]") == Unit(1.0, "RUB")
    assert read_unit("Сумма, тыс. руб.") == Unit(1000.0, "RUB")
    assert read_unit("Auftragswert") == Unit()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Offer value (EUR k)", Unit(1000.0, "EUR")),
        ("Wert in 1000 EUR", Unit(1000.0, "EUR")),
        ("Wert (1.000 €)", Unit(1000.0, "EUR")),
        ("Wert €, in Tsd.", Unit(1000.0, "EUR")),
        ("Value (EUR'000)", Unit(1000.0, "EUR")),
        ("value_rub", Unit(1.0, "RUB")),
        ("Wert (EUR) 2012", Unit(1.0, "EUR")),
        ("Wert für 1000 Stück", Unit()),
    ],
)
def test_units_in_headings(text: str, unit: Unit) -> None:
    assert read_unit(text) == unit
    assert read_amount(12, Unit(1000.0, "EUR")).value == 12_000
    assert read_amount("12.000,00 €", Unit(1000.0, "EUR")).value == 12_000


@given(st.integers(0, 10**11), st.sampled_from(["€", "EUR", "RUB", ""]))
def test_german_and_english_spellings_round_trip(cents: int, unit: str) -> None:
    english = f"{cents / 100:,.2f}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert read_amount(f"{german} {unit}".strip()).value == pytest.approx(cents / 100)
    assert read_amount(f"{english} {unit}".strip()).value == pytest.approx(cents / 100)


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    reading = read_amount(text)
    assert (reading.value is None) == (reading.fault is not None)
