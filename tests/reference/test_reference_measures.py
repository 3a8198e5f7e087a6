import pytest

from vemas_analytics.model.names import LANGUAGES, MEASURES
from vemas_analytics.model.tables import CATEGORIES, COLUMNS
from vemas_analytics.reference.measures import read_measures


def test_every_measure_is_defined_in_order_and_in_both_languages():
    measures = read_measures()
    assert tuple(measures) == MEASURES
    for info in measures.values():
        for texts in (info.short, info.label, info.definition):
            assert all(texts[language] for language in LANGUAGES)


@pytest.mark.parametrize("measure", MEASURES)
def test_columns_and_conditions_exist_in_the_table(measure):
    info = read_measures()[measure]
    columns = COLUMNS[info.table]
    assert {info.date_column, f"{info.date_column}_precision", *info.record_key} <= set(columns)
    assert not info.amount or info.amount in columns
    for column, values in info.where:
        allowed = CATEGORIES.get(f"{info.table}.{column}") or CATEGORIES[column]
        assert set(values) <= set(allowed)


def test_values_are_in_euros_and_counts_are_not():
    assert {m for m, info in read_measures().items() if info.unit == "eur"} == {
        "inquiry_value_eur",
        "offer_value_eur",
        "order_value_eur",
    }
    assert read_measures()["inquiries"].is_value is False
    assert read_measures()["trip_companies"].is_value is True
