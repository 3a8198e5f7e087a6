import pandas as pd

from factories import ask, make_tables, rows_of
from vemas_analytics.analysis.agreements import find_agreements


def test_agreements_by_region_and_once_in_the_total():
    frame = pd.DataFrame(
        {
            "id": ["A1", "A1", "A2"],
            "region": ["RU-SVE", "RU-TA", "RU-TA"],
            "partner": ["Verband", "Verband", "Zentrum"],
            "kind": ["letter of intent", "letter of intent", "working group"],
            "date": pd.to_datetime(["2013-02-26", "2013-02-26", None]),
            "date_precision": ["day", "day", pd.NA],
            "saxon_party": ["VEMAS", "VEMAS", "VEMAS"],
            "source": ["x", "x", "y"],
            "source_file": ["agreements.csv"] * 3,
            "source_sheet": [""] * 3,
            "source_row": [2, 2, 3],
        }
    )
    found = ask(find_agreements, make_tables(inquiries=[{"received_on": "2015-01-05"}], agreements=frame))
    assert len(rows_of(found["agreements", "agreements", "ALL", "-"])) == 2
    tatarstan = rows_of(found["agreements", "agreements", "RU-TA", "-"])
    assert [(row["partner"], row["precision"], row["date"]) for row in tatarstan][1] == ("Zentrum", None, None)
    assert found["agreements", "agreements", "RU-SVE", "-"].sources[0].rows == (2,)
    assert rows_of(found["agreements", "agreements", "RU-KLU", "-"]) == []


def test_without_an_annex_there_are_no_rows():
    found = ask(find_agreements, make_tables())
    assert rows_of(found["agreements", "agreements", "ALL", "-"]) == []
