import dataclasses
import datetime as dt

import pandas as pd
import pytest
from literal_lists import load, raw_list

from vemas_analytics.etl.check import check_tables
from vemas_analytics.model.tables import Tables


@pytest.fixture
def tables() -> Tables:
    row = (dt.date(2019, 5, 6), "Kaluga", "OOO Eins", 100)
    return load(raw_list("inquiries", "received_on region russian_company value", row))


def changed(tables: Tables, **columns: object) -> Tables:
    return dataclasses.replace(tables, inquiries=tables.inquiries.assign(**columns))


def test_what_loading_gives_passes(tables: Tables) -> None:
    check_tables(tables)


@pytest.mark.parametrize(
    ("column", "values", "fault"),
    [
        ("region", pd.Categorical(["Kaluga"]), "region is no code"),
        ("status", pd.array(["open"], dtype="string"), "status is no code"),
        ("received_on", pd.array([pd.NaT], dtype="datetime64[us]"), "received_on is missing"),
        ("subject", pd.array([1], dtype="Int64"), "subject has type Int64"),
        ("value", pd.array([-1.0], dtype="Float64"), "value is negative"),
    ],
)
def test_each_breach_is_named(tables: Tables, column: str, values: object, fault: str) -> None:
    with pytest.raises(ValueError, match=f"inquiries: {fault}"):
        check_tables(changed(tables, **{column: values}))


def test_columns_stand_in_order(tables: Tables) -> None:
    turned = dataclasses.replace(tables, inquiries=tables.inquiries.iloc[:, ::-1])
    with pytest.raises(ValueError, match="columns are source_row"):
        check_tables(turned)
