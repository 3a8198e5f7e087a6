import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st
from literal_lists import codes, load, only, raw_list

OFFER = "offer_id offered_on region saxon_company russian_company value status decided_on"


def test_the_first_stays_and_the_repeated_row_names_it() -> None:
    row = ("B1", "08.07.2012", "Kaluga", "Muster GmbH", "OOO Eins", 100, "offen")
    tables = load(raw_list("offers", OFFER, row, sheet="2012"), raw_list("offers", OFFER, row, sheet="2013"))
    assert tables.offers["source_sheet"].tolist() == ["2012"]
    twin = only(tables, "duplicate")
    assert (twin.sheet, twin.row, twin.params["twin"]) == ("2013", 5, "liste.xlsx [2012]:5")
    assert tables.ledger["duplicate"].tolist() == [0, 1]


def test_a_repeated_row_adds_what_only_it_fills_in() -> None:
    first = ("B1", "08.07.2012", "Kaluga", "Muster GmbH", None, 100, "offen")
    second = ("B1", "08.07.2012", "Kaluga", "MUSTER  GmbH", "OOO Eins", None, "offen")
    tables = load(raw_list("offers", OFFER, first, second))
    assert tables.offers["russian_company"].tolist() == ["OOO Eins"]
    assert only(tables, "duplicate_merged").params["filled"] == "russian_company"


def test_status_history_gives_one_record_with_the_newest_status() -> None:
    old = ("B1", "08.07.2012", "Kaluga", "Muster GmbH", "OOO Eins", 100, "offen", None)
    new = ("B1", "08.07.2012", "Kaluga", "Muster GmbH", "OOO Eins", 100, "Auftrag erteilt", "01.02.2013")
    for rows in ((old, new), (new, old)):
        tables = load(
            raw_list("offers", OFFER, rows[0], sheet="2012"), raw_list("offers", OFFER, rows[1], sheet="2013")
        )
        record = tables.offers.iloc[0]
        assert (record["status"], record["decided_on"].date()) == ("won", dt.date(2013, 2, 1))
        assert record["source_sheet"] == "2012"
        assert only(tables, "status_updated").sheet == "2013"


def test_same_identifier_with_other_content_keeps_both() -> None:
    tables = load(
        raw_list(
            "offers",
            OFFER,
            ("B1", "08.07.2012", "Kaluga", "Muster GmbH", "OOO Eins", 100),
            ("B1", "09.09.2013", "Tatarstan", "Beispiel GmbH", "OOO Zwei", 200),
        )
    )
    assert len(tables.offers) == 2
    assert only(tables, "id_conflict").row == 6


def test_running_numbers_that_restart_are_said_once() -> None:
    def year(year: int) -> object:
        rows = [(at, f"08.07.{year}", "Kaluga", f"OOO {year}-{at}") for at in range(1, 11)]
        return raw_list("inquiries", "number received_on region russian_company", *rows, sheet=str(year))

    tables = load(year(2012), year(2013), year(2014))  # type: ignore[arg-type]
    assert len(tables.inquiries) == 30
    assert codes(tables).count("id_conflict") == 2


def test_without_identifier_everything_must_agree() -> None:
    fields = "received_on region russian_company subject"
    row = ("08.07.2012", "Kaluga", "OOO Eins", "Presse")
    other = ("08.07.2012", "Kaluga", "OOO Eins", None)
    tables = load(raw_list("inquiries", fields, row, row, other))
    assert tables.inquiries["source_row"].tolist() == [5, 7]
    assert tables.inquiries["inquiry_id"].tolist() == ["liste.xlsx#Blatt#5", "liste.xlsx#Blatt#7"]
    assert codes(tables, row=7) == ["near_duplicate"]


def test_a_trip_may_have_a_row_per_region() -> None:
    fields = "trip_id title start_on region status"
    first, second = (("T1", "Reise", "08.07.2012", region, "durchgeführt") for region in ("Kaluga", "Tatarstan"))
    tables = load(raw_list("trips", fields, first, second, first))
    assert tables.trips["region"].tolist() == ["RU-KLU", "RU-TA"]
    assert [code for code in codes(tables) if "direction" not in code and "kind" not in code] == ["duplicate"]


def test_attendance_is_repeated_only_where_a_person_is_named() -> None:
    facts = {"held_on": "12.05.2014", "place": "Kasan"}
    rows = (("Eva Muster", "X GmbH"), ("Eva Muster", "X GmbH"), (None, "Y GmbH"), (None, "Y GmbH"))
    tables = load(raw_list("attendance", "person_name organisation", *rows, facts=facts))
    assert tables.attendance["source_row"].tolist() == [5, 7, 8]
    assert "Muster" not in only(tables, "duplicate").value


def test_rows_of_an_identifier_that_is_none_are_told_apart_by_all_they_say() -> None:
    rows = [("siehe Mail", "08.07.2012", "Kaluga", "Muster GmbH", f"OOO {at}", at, "offen") for at in range(400)]
    tables = load(raw_list("offers", OFFER, *rows, *rows[:3]))
    assert tables.offers["russian_company"].nunique() == len(tables.offers) == 400
    assert [item.params["twin"] for item in tables.problems if item.code == "duplicate"] == [
        f"liste.xlsx [Blatt]:{row}" for row in (5, 6, 7)
    ]
    conflicts = [item for item in tables.problems if item.code == "id_conflict"]
    assert (len(conflicts), {item.params["twin"] for item in conflicts}) == (399, {"liste.xlsx [Blatt]:5"})


CELLS = st.sampled_from(
    [None, "A1", "A2", "08.07.2012", "31.02.2015", "Kaluga", "Minsk", "OOO Eins", "-5 €", "100", "offen"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 7), min_size=1, max_size=12), st.sets(st.integers(0, 11)))
def test_rows_read_are_rows_kept_and_rows_set_aside(rows: list[tuple[str | None, ...]], sums: set[int]) -> None:
    fields = "inquiry_id received_on region russian_company subject value status"
    tables = load(raw_list("inquiries", fields, *rows, sums=sorted(sums)))
    line = tables.ledger.iloc[0]
    reasons = ["sum", "footnote", "repeated_header", "duplicate", "rejected", "out_of_scope"]
    assert line["rows_read"] == len(rows) == line["rows_kept"] + line["rows_set_aside"]
    assert line["rows_set_aside"] == line[reasons].sum()
    assert line["rows_kept"] == tables.inquiries["source_row"].nunique()
    rejected = [item for item in tables.problems if item.severity == "rejected"]
    assert len(rejected) == line["rejected"] + line["out_of_scope"]
