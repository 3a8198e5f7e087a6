"""Numbers as readers of German and English write them."""

import pytest

from vemas_analytics.reference.numbers import format_change


@pytest.mark.parametrize(
    ("ratio", "de", "en"),
    [
        (0.06, "−94 %", "−94%"),
        (1.0, "0 %", "0%"),
        (2.69, "+169 %", "+169%"),
        (0.0049, "−99,5 %", "−99.5%"),
        (0.0021, "−99,8 %", "−99.8%"),
        (0.000001, "−99,9 %", "−99.9%"),
        (0.0, "−100 %", "−100%"),
    ],
)
def test_only_what_vanished_fell_by_all_of_it(ratio: float, de: str, en: str) -> None:
    assert format_change(ratio, "de").replace("\u00a0", " ") == de
    assert format_change(ratio, "en") == en
