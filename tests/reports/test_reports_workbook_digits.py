"""Numbers of the workbook keep the decimals that the page shows, as a number format and not as text."""

import pytest

from vemas_analytics.reports.compose.cells import decimal_cell, percent_cell
from vemas_analytics.reports.workbook.styles import Look, words_instead


@pytest.mark.parametrize(
    ("look", "number_format"),
    [
        (Look(kind="decimal"), "#,##0.0"),
        (Look(kind="decimal", digits=2), "#,##0.00"),
        (Look(kind="decimal", digits=0), "#,##0"),
        (Look(kind="percent"), "0%"),
        (Look(kind="percent", digits=1), "0.0%"),
        (Look(kind="percent", digits=1, sign="signed"), "+0.0%;\u22120.0%;0.0%"),
        (Look(kind="decimal", digits=2, sign="at_least"), '"\u2265 "#,##0.00'),
        (Look(kind="decimal", digits=3, instead="<\u00a00,001"), '"<\u00a00,001"'),
    ],
)
def test_the_number_format_has_the_decimals_of_the_cell(look: Look, number_format: str) -> None:
    assert look.number_format == number_format


def test_cells_remember_their_decimals() -> None:
    assert decimal_cell(0.26, "de", 2).digits == 2
    assert percent_cell(0.052, "de", digits=1).digits == 1


def test_only_a_number_too_small_to_show_has_words_instead() -> None:
    assert words_instead("<\u00a00,001") == "<\u00a00,001"
    assert words_instead("0,012") == ""
