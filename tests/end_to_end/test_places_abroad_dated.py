"""Rows set aside for a place abroad keep the day of their record, for counting them by year."""

import pandas as pd

from vemas_analytics.pipeline import load


def test_the_day_of_a_row_abroad_is_kept(tmp_path):
    lines = (
        "Nr.;Eingangsdatum;Region;Russisches Unternehmen;Gegenstand",
        "A1;03.02.2020;Minsk;Firma A;Presse",
        "A2;04.02.2020;Swerdlowsk;Firma B;Presse",
        "A3;05.03.2021;Minsk;Firma C;Presse",
    )
    (tmp_path / "Anfragen.csv").write_text("\n".join(lines) + "\n", "utf-8")
    _, tables = load([tmp_path])
    frame = tables.out_of_scope
    assert frame["country"].tolist() == ["BY", "BY"]
    assert frame["date"].tolist() == [pd.Timestamp("2020-02-03"), pd.Timestamp("2021-03-05")]
    assert len(tables.inquiries) == 1
