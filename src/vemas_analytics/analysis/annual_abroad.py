"""Where else firms turned: records of places outside the Russian Federation, by country and year."""

from typing import Final

import pandas as pd

from vemas_analytics.analysis.annual import N_YEARS
from vemas_analytics.analysis.material import Material
from vemas_analytics.analysis.tabulate import tabulate, text
from vemas_analytics.model.finding import Finding, SourceRef
from vemas_analytics.model.names import TOTAL

COLUMNS: Final = ("country", "table", "year", "n")


def find_annual_abroad(material: Material, year: int) -> list[Finding]:
    """Count the rows set aside for a place abroad, by country, list and year.

    Parameters
    ----------
    material : Material
    year : int

    Returns
    -------
    list of Finding
        Question ``annual_abroad``, measure outside, baseline the year; table columns as `COLUMNS`, the country as a
        CLDR code; from five years before the year to the reference date, year None where a row has no date. These
        rows are in no other figure.
    """
    frame = material.tables.out_of_scope
    rows: list[tuple[object, ...]] = []
    chosen = frame.iloc[0:0]
    if len(frame) and "date" in frame.columns:
        years = frame["date"].dt.year
        in_time = (years >= year - N_YEARS) & (frame["date"] <= pd.Timestamp(material.panel.as_of))
        chosen = frame[in_time.fillna(False) | frame["date"].isna()]
        keys = chosen.assign(year=chosen["date"].dt.year.astype("Int64"))
        by = keys.groupby(["country", "table", "year"], dropna=False, observed=True).size()
        rows = [
            (text(country), text(table), None if pd.isna(found) else int(found), int(n))
            for (country, table, found), n in by.items()
        ]
    return [
        Finding(
            question="annual_abroad",
            measure="outside",
            region=TOTAL,
            method="count",
            baseline=str(year),
            table=tabulate(COLUMNS, rows),
            sources=_sources(chosen),
        )
    ]


def _sources(frame: pd.DataFrame) -> tuple[SourceRef, ...]:
    places: dict[tuple[str, str], set[int]] = {}
    if not len(frame):
        return ()
    for file, sheet, row in zip(*(frame[name].tolist() for name in ("file", "sheet", "row")), strict=True):
        places.setdefault((text(file), text(sheet)), set()).add(int(row))
    return tuple(SourceRef(*place, tuple(sorted(places[place]))) for place in sorted(places))
