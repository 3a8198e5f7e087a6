"""What must hold for any lists: a copy adds nothing, the order of files does not matter, no row is lost."""

from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from literal_lists import codes, load, raw_list

from vemas_analytics.model.names import SET_ASIDE_REASONS, TABLES, TableName
from vemas_analytics.model.sheets import CellValue, RawTable
from vemas_analytics.model.tables import Tables

FIELDS: dict[TableName, str] = {
    "inquiries": "inquiry_id received_on region russian_company subject value status closed_on",
    "offers": "number offered_on region saxon_company russian_company value status decided_on",
    "trips": "trip_id title start_on region city organiser status persons",
    "attendance": "person_name organisation role held_on place persons side note",
}
CELLS: dict[str, st.SearchStrategy[CellValue]] = {
    "id": st.sampled_from([None, "1", "2", "A-1", "a 1"]),
    "on": st.sampled_from(["08.07.2012", "09.07.2012", "Juli 2012", "12.05.2014", "31.02.2015", None]),
    "region": st.sampled_from(["Kaluga", "Tatarstan", "Kaluga / Tatarstan", "Minsk", None]),
    "name": st.sampled_from(["OOO Eins", "OOO Einz", "Muster GmbH", "Eva Muster", None]),
    "status": st.sampled_from(["offen", "erledigt", "gewonnen", "abgesagt", None]),
    "number": st.sampled_from([None, 5, "12", "-3"]),
}
KINDS = {
    "number": "id",
    "value": "number",
    "persons": "number",
    "place": "region",
    "city": "region",
    "region": "region",
}


def cells_of(field: str) -> st.SearchStrategy[CellValue]:
    kind = "id" if field.endswith("_id") else "on" if field.endswith("_on") else KINDS.get(field, "name")
    return CELLS["status" if field == "status" else kind]


@st.composite
def lists(draw: st.DrawFn) -> list[RawTable]:
    """Return up to three lists of one table in files and sheets of their own."""
    chosen: TableName = draw(st.sampled_from(TABLES))
    fields = FIELDS[chosen]
    rows = st.lists(st.tuples(*map(cells_of, fields.split())), min_size=1, max_size=5)
    places = draw(st.lists(st.sampled_from(["a", "b", "c 2013", "d 2014"]), min_size=1, max_size=3, unique=True))
    return [raw_list(chosen, fields, *draw(rows), file=f"{place}.xlsx", sheet="Liste") for place in places]


def said(tables: Tables) -> list[tuple[str, str, str, int | None, str]]:
    return sorted((item.code, item.file, item.sheet, item.row or 0, str(dict(item.params))) for item in tables.problems)


def assert_same(one: Tables, other: Tables) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(one.frame(table), other.frame(table))
    pd.testing.assert_frame_equal(one.ledger, other.ledger)
    pd.testing.assert_frame_equal(one.history, other.history)
    assert said(one) == said(other)


@settings(max_examples=50, deadline=None)
@given(lists(), st.randoms())
def test_the_order_in_which_files_are_given_does_not_matter(found: list[RawTable], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert_same(load(*found), load(*shuffled))


@settings(max_examples=50, deadline=None)
@given(lists())
def test_a_copy_of_every_file_adds_nothing(found: list[RawTable]) -> None:
    once = load(*found)
    twice = load(*found, *(replace(raw, file=f"z kopie {raw.file}") for raw in found))
    for table in TABLES:
        columns = [name for name in once.frame(table).columns if name != "forum_id"]
        pd.testing.assert_frame_equal(once.frame(table)[columns], twice.frame(table)[columns])
    assert twice.ledger["rows_kept"].sum() == once.ledger["rows_kept"].sum()


@settings(max_examples=50, deadline=None)
@given(lists())
def test_no_row_is_lost(found: list[RawTable]) -> None:
    tables = load(*found)
    ledger, table = tables.ledger, found[0].table
    assert ledger["rows_read"].tolist() == [len(raw.rows) for raw in sorted(found, key=lambda raw: raw.file)]
    assert (ledger["rows_read"] == ledger["rows_kept"] + ledger["rows_set_aside"]).all()
    assert (ledger[list(SET_ASIDE_REASONS)].sum(axis=1) == ledger["rows_set_aside"]).all()
    places = tables.frame(table)[["source_file", "source_sheet", "source_row"]].drop_duplicates()  # type: ignore[arg-type]
    assert len(places) == ledger["rows_kept"].sum()
    told = {
        (item.file, item.row)
        for item in tables.problems
        if item.code.startswith(("duplicate", "status_updated", "forum_listed"))
    }
    assert len(told) == ledger["duplicate"].sum()


def test_running_numbers_that_start_again_each_year_do_not_merge() -> None:
    years = [
        raw_list(
            "offers",
            "number offered_on region saxon_company russian_company",
            *((str(at), f"0{at}.07.{year}", "Kaluga", "Muster GmbH", f"OOO {at}") for at in range(1, 8)),
            file=f"{year}.xlsx",
        )
        for year in (2012, 2013, 2014)
    ]
    tables = load(*years)
    assert len(tables.offers) == 21
    assert codes(tables).count("duplicate") == 0


def test_a_copied_list_of_unnamed_heads_is_set_aside_and_a_repeated_row_is_not() -> None:
    rows = ((None, "Y GmbH"), (None, "Y GmbH"))
    first = raw_list("attendance", "person_name organisation", *rows, file="a.xlsx", facts={"held_on": "12.05.2014"})
    tables = load(first, replace(first, file="kopie.xlsx"))
    assert tables.attendance["source_file"].tolist() == ["a.xlsx", "a.xlsx"]
    twins = [item.params["twin"] for item in tables.problems if item.code == "duplicate"]
    assert twins == ["a.xlsx [Blatt]:5", "a.xlsx [Blatt]:6"]
