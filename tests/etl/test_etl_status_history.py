import datetime as dt
from itertools import permutations

from literal_lists import codes, load, only, raw_list

from vemas_analytics.etl.problems import problems_frame
from vemas_analytics.model.sheets import ListRows, RawRow, RawTable
from vemas_analytics.model.tables import HISTORY_COLUMNS, Tables

OFFER = "offer_id offered_on region saxon_company russian_company value status decided_on"
SAME = ("B1", "08.07.2012", "Kaluga", "Muster GmbH", "OOO Eins", 100)


def state(*said: str | None, file: str = "liste.xlsx", sheet: str = "Blatt", stand: str = "") -> RawTable:
    raw = raw_list("offers", OFFER, (*SAME, *said), file=file, sheet=sheet)
    if not stand:
        return raw
    line = RawRow(9, (f"Stand: {stand}", *(None,) * 7), "footnote")
    rows = ListRows.of([*raw.rows, line])
    return RawTable(raw.file, raw.sheet, raw.table, raw.header_rows, raw.columns, rows, raw.facts)


def states(tables: Tables) -> list[tuple[str, str, bool]]:
    history = tables.history
    return list(zip(history["status"], history["evidence"], history["newest"], strict=True))


def test_three_yearly_lists_give_one_record_and_all_its_states() -> None:
    lists = (
        state("offen", sheet="2012"),
        state("in Verhandlung", sheet="2013"),
        state("Auftrag erteilt", "01.02.2014", sheet="2014"),
    )
    for order in permutations(lists):
        tables = load(*order)
        record = tables.offers.iloc[0]
        assert len(tables.offers) == 1
        assert (record["status"], record["decided_on"].date(), record["source_sheet"]) == (
            "won",
            dt.date(2014, 2, 1),
            "2012",
        )
        assert states(tables) == [
            ("open", "sheet_year", False),
            ("negotiation", "sheet_year", False),
            ("won", "decision", True),
        ]
        assert tables.ledger["rows_kept"].sum() == 1
        assert tables.ledger["duplicate"].sum() == 2


def test_every_earlier_state_is_told_where_it_stands() -> None:
    tables = load(state("offen", sheet="2012"), state("Auftrag erteilt", "01.02.2014", sheet="2014"))
    told = only(tables, "earlier_status")
    assert (told.sheet, told.row, told.params["earlier"], told.params["taken"]) == ("2012", 5, "open", "won")
    assert told.params["twin"] == "liste.xlsx [2014]:5"
    for language, words in (("de", ("offen", "gewonnen", "Entscheidung")), ("en", ("open", "won", "decision"))):
        frame = problems_frame([told], language)  # type: ignore[arg-type]
        assert all(word in frame["message"].item() for word in words)


def test_an_earlier_decision_is_told_with_its_day() -> None:
    tables = load(
        state("Auftrag erteilt", "01.02.2013", sheet="2013"),
        state("ruht", sheet="2022"),
    )
    told = only(tables, "earlier_status_dated")
    assert (told.sheet, told.params["day"]) == ("2013", "2013-02-01")
    record = tables.offers.iloc[0]
    assert (record["status"], record["decided_on"]) == ("suspended", None) or record["decided_on"] != record[
        "decided_on"
    ]


def test_the_day_a_list_states_goes_before_the_year_in_its_name() -> None:
    tables = load(
        state("in Verhandlung", file="2014.xlsx", stand="31.12.2012"),
        state("verloren", file="2013.xlsx", stand="30.06.2013"),
    )
    assert tables.offers["status"].tolist() == ["lost"]
    assert states(tables) == [("negotiation", "stated", False), ("lost", "stated", True)]


def test_without_evidence_the_order_of_the_lists_decides_and_says_so() -> None:
    tables = load(state("offen", file="a.xlsx"), state("in Verhandlung", file="b.xlsx"))
    assert states(tables) == [("open", "order", False), ("negotiation", "order", True)]
    assert "Reihenfolge" in only(tables, "earlier_status").params["evidence_de"]


def test_the_same_state_again_is_no_further_state() -> None:
    tables = load(
        state("offen", sheet="2012"),
        state("Auftrag erteilt", "01.02.2014", sheet="2014"),
        state("Auftrag erteilt", "01.02.2014", sheet="2015"),
    )
    assert len(tables.history) == 2
    assert codes(tables).count("duplicate") == 1


def test_an_undated_newer_status_keeps_the_day_of_the_same_status() -> None:
    tables = load(state("Auftrag erteilt", "01.02.2014", sheet="2014"), state("Auftrag erteilt", sheet="2015"))
    assert tables.offers["decided_on"].dt.date.tolist() == [dt.date(2014, 2, 1)]
    assert tables.history.empty


def test_a_trip_planned_in_one_list_and_held_in_the_next_is_one_trip() -> None:
    fields = "trip_id title start_on region status"
    tables = load(
        raw_list("trips", fields, ("R1", "Reise", "08.07.2012", "Kaluga", "geplant"), sheet="2011"),
        raw_list("trips", fields, ("R1", "Reise", "08.07.2012", "Kaluga", "durchgeführt"), sheet="2012"),
    )
    assert tables.trips["status"].tolist() == ["held"]
    assert tables.history["status"].tolist() == ["planned", "held"]


def test_history_has_its_columns_even_when_nothing_changed() -> None:
    tables = load(state("offen"))
    assert tuple(tables.history.columns) == HISTORY_COLUMNS
    assert tables.history.empty
