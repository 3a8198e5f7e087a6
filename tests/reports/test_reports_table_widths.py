import pytest

from vemas_analytics.model.document import Cell, Column, TableBlock
from vemas_analytics.reports.table_widths import breakable, column_widths, fit_table


def _table(texts, weights, kind="integer"):
    columns = tuple(Column(f"c{i}", "K", "right", weight) for i, weight in enumerate(weights))
    return TableBlock("t", "T", columns, (tuple(Cell(1, text, kind) for text in texts),))


def test_weights_share_the_width_where_everything_fits():
    assert column_widths(_table(["1", "2"], [3, 1]), 100, 8.5) == pytest.approx((75, 25))


def test_a_number_is_never_squeezed():
    widths = column_widths(_table(["1", "1.234.567.890"], [50, 1]), 100, 8.5)
    assert sum(widths) == pytest.approx(100)
    assert widths[1] > 20


def test_a_crowded_table_is_set_smaller_before_it_overflows():
    crowded = _table(["123.456.789"] * 10, [1] * 10)
    assert column_widths(crowded, 170, 8.5) is None
    size, widths = fit_table(crowded, 170, (8.5, 7.5, 6.0))
    assert size < 8.5
    assert sum(widths) == pytest.approx(170)


def test_long_file_names_and_hashes_can_break_and_words_cannot():
    name = breakable("anfragen_russland_2013_endfassung.xlsx", 20, 8.5)
    assert name.replace("\u200b", "") == "anfragen_russland_2013_endfassung.xlsx"
    assert "_\u200brussland_\u200b2013_" in name
    assert breakable("a3f9" * 16, 20, 8.5).count("\u200b") >= 7
    assert breakable("Kooperationsvereinbarung", 10, 8.5) == "Kooperationsvereinbarung"
    assert breakable("kurz.xlsx", 40, 8.5) == "kurz.xlsx"
