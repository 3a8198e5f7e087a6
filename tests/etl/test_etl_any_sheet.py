"""Whatever a sheet holds, finding its tables neither fails nor loses nor repeats a row."""

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet

CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.none(),
    st.integers(0, 3000),
    st.floats(0, 1e6, allow_nan=False).map(lambda number: round(number, 1)),
    st.sampled_from(
        [
            "Kreis",
            "Anzahl",
            "Insgesamt",
            "Summe",
            "2013",
            "Januar",
            "davon",
            "Quelle: Amt",
            "1)",
            "____",
            "-",
            "x",
            "%",
            "Region",
            "Eingang",
            "Firma",
            "Gegenstand",
            "Swerdlowsk",
            "OOO Werk",
            "noch: Tabelle 1",
            "Stand: 1.1.2013",
            "Technologieforum Perm, 12.05.2016",
            "Russische Teilnehmer",
            "12 (davon 3 neu)",
            "Einheit",
            "1",
            "2",
            "3",
        ]
    ),
    st.just(dt.date(2013, 5, 2)),
)


@st.composite
def any_sheets(draw: st.DrawFn) -> RawSheet:
    width = draw(st.integers(1, 8))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=25))
    merged = draw(
        st.lists(
            st.tuples(st.integers(0, 20), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)).map(
                lambda area: (area[0], area[1], area[0] + area[2], area[1] + area[3])
            ),
            max_size=3,
        )
    )
    return RawSheet("Tabelle1", tuple(rows), merged=tuple(merged), hidden=draw(st.booleans()))


@given(any_sheets())
def test_no_row_below_a_header_is_lost_or_given_twice(sheet: RawSheet) -> None:
    tables = find_tables(sheet, "Anfragen.xlsx", Settings())
    if not tables or any(table.band for table in tables) or not tables[0].header_rows:
        return
    given_rows = Counter(row.number for table in tables for row in table.rows)
    assert max(given_rows.values(), default=1) == 1
    headers = {row for table in tables for row in range(table.header_rows[0], table.header_rows[-1] + 1)}
    assert not headers & set(given_rows)
    below = {at for at, row in enumerate(sheet.rows, start=1) if at > max(headers) and any(v is not None for v in row)}
    assert below <= set(given_rows)


@given(any_sheets())
def test_finding_tables_alters_nothing_and_always_says_the_same(sheet: RawSheet) -> None:
    assert find_tables(sheet, "a.xlsx", Settings()) == find_tables(sheet, "a.xlsx", Settings())
