import datetime as dt
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from vemas_analytics import inspect_file, load
from vemas_analytics.etl.reading.discover import discover_files
from vemas_analytics.etl.reading.read import read_file
from vemas_analytics.etl.reading.typed_values import cell_value
from vemas_analytics.model.settings import Settings


def test_values_keep_their_type(tmp_path: Path) -> None:
    table = pa.table(
        {
            "Eingang": pa.array([dt.date(2013, 5, 2), None]),
            "um": pa.array([dt.datetime(2013, 5, 2, 14, 30), None], pa.timestamp("ns")),
            "Region": ["Kaluga", "  "],
            "Wert": pa.array([Decimal("1234.56"), Decimal("12.00")], pa.decimal128(12, 2)),
            "Anzahl": [3, None],
            "ja": [True, False],
            "Anteil": [0.5, float("nan")],
            "Art": pa.array(["Forum", "Forum"]).dictionary_encode(),
        }
    )
    parquet.write_table(table, tmp_path / "a.xlsx")
    (file,) = discover_files([tmp_path], Settings()).files
    read, problems = read_file(file, Settings())
    assert (read.format, read.tables[0].header_rows) == ("parquet", (1,))
    assert read.sheets[0].rows == (
        ("Eingang", "um", "Region", "Wert", "Anzahl", "ja", "Anteil", "Art"),
        (dt.date(2013, 5, 2), dt.datetime(2013, 5, 2, 14, 30), "Kaluga", 1234.56, 3, True, 0.5, "Forum"),
        (None, None, None, 12, None, False, None, "Forum"),
    )
    assert [type(value) for value in read.sheets[0].rows[2][3:6:2]] == [int, bool]
    assert "format_differs" in [problem.code for problem in problems]


def test_a_list_of_pandas_is_a_list(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "Eingang": pd.to_datetime(["2013-05-02", "2014-01-01"]),
            "Region": ["Kaluga", "Perm"],
            "Firma": ["OOO Werk", "OOO Perm"],
            "Betreff": ["Pressen", "Öfen"],
        }
    )
    frame.to_parquet(tmp_path / "Anfragen.parquet")
    _, tables = load(tmp_path)
    assert list(tables.inquiries["received_on"].dt.strftime("%Y-%m-%d")) == ["2013-05-02", "2014-01-01"]
    assert list(tables.inquiries["source_row"]) == [2, 3]
    seen = inspect_file(tmp_path / "Anfragen.parquet")
    assert (seen["format"], seen["delimiter"], seen["sheets"][0]["sheet"]) == ("parquet", None, None)


def test_a_first_record_of_texts_is_no_second_header(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"Region": ["Summe", "Region"], "Firma": ["Firma", None]}), tmp_path / "a.parquet")
    (file,) = discover_files([tmp_path], Settings()).files
    (table,) = read_file(file, Settings())[0].tables
    assert table.header_rows == (1,)
    assert [row.number for row in table.rows] == [2, 3]


def test_values_of_other_kinds_become_text_or_nothing() -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    assert cell_value(dt.datetime(2013, 5, 2, 23, 30, tzinfo=zone)) == dt.datetime(2013, 5, 2, 23, 30)
    assert cell_value(Decimal("0.1234567890123456789")) == "0.1234567890123456789"
    assert cell_value(Decimal("NaN")) is None
    assert cell_value(Decimal("1E+100000")) == "1E+100000"
    assert cell_value(b"Perm") == "Perm"
    assert cell_value(b"\xff\x00") == "ff00"
    assert cell_value([1, 2]) == "[1, 2]"
    assert cell_value(" ") is None
