from dataclasses import replace

from literal_lists import codes, load, only, raw_list

from vemas_analytics.model.tables import Tables

OFFER = "offer_id offered_on region saxon_company value"
ROWS = tuple((f"B{at}", f"0{at}.07.2012", "Kaluga", "Muster GmbH", 100 * at) for at in range(1, 5))


def sum_row(value: object, label: str = "Summe") -> tuple[object, ...]:
    return (label, None, None, None, value)


def test_a_sum_that_agrees_is_kept_and_not_a_problem() -> None:
    tables = load(raw_list("offers", OFFER, *ROWS, sum_row("1.000,00 €"), sums=[4]))  # type: ignore[arg-type]
    assert tables.control_totals["agrees"].tolist() == [True]
    assert "control_total_differs" not in codes(tables)
    assert tables.ledger.loc[0, ["rows_read", "sum", "rows_kept"]].tolist() == [5, 1, 4]


def test_a_sum_that_disagrees_is_told_with_both_numbers() -> None:
    tables = load(raw_list("offers", OFFER, *ROWS, sum_row(1200), sums=[4]))  # type: ignore[arg-type]
    told = only(tables, "control_total_differs")
    assert (told.row, told.column, told.value) == (9, "value", "1200")
    assert told.params == {"stated": "1200.00", "recounted": "1000.00"}


def test_subtotals_and_a_grand_total() -> None:
    rows = (*ROWS[:2], sum_row(300, "Zwischensumme"), *ROWS[2:], sum_row(700, "Zwischensumme"), sum_row(1000, "Gesamt"))
    tables = load(raw_list("offers", OFFER, *rows, sums=[2, 5, 6]))  # type: ignore[arg-type]
    assert tables.control_totals["agrees"].tolist() == [True, True, True]


def test_an_average_is_no_sum() -> None:
    tables = load(raw_list("offers", OFFER, *ROWS, sum_row(250, "Durchschnitt"), sums=[4]))  # type: ignore[arg-type]
    assert tables.control_totals.empty


def test_counts_of_rows_and_heads() -> None:
    offers = raw_list("offers", OFFER, *ROWS, ("Anzahl Angebote: 5",), sums=[4])
    facts = {"held_on": "12.05.2014", "place": "Kasan"}
    people = (("Eva Muster", "X GmbH"), ("weitere 8 Personen", None), ("Anzahl Teilnehmer: 9", None))
    forum = raw_list("attendance", "person_name organisation", *people, facts=facts, sheet="Forum", sums=[2])
    tables = load(offers, forum)
    shown = tables.control_totals[["table", "stated", "recounted", "agrees"]].values.tolist()
    assert shown == [["offers", 5.0, 4.0, False], ["attendance", 9.0, 9.0, True]]


def test_a_head_count_above_a_list_is_compared() -> None:
    facts = {"held_on": "12.05.2014", "place": "Kasan", "attendees": 3}
    tables = load(raw_list("attendance", "person_name organisation", ("Eva Muster", "X GmbH"), facts=facts))
    assert only(tables, "control_total_differs").row == 2


TRIP = "trip_id start_on region title companies persons cost_eur"
TRIPS = tuple((f"R{at}", f"0{at}.07.2012", "Kaluga", "Reise", at, 2 * at, 100 * at) for at in range(1, 5))


def shown(tables: Tables) -> list[list[object]]:
    return tables.control_totals[["stated", "recounted", "agrees"]].values.tolist()  # type: ignore[no-any-return]


def test_every_column_of_numbers_is_compared() -> None:
    tables = load(raw_list("trips", TRIP, *TRIPS, ("Summe", None, None, None, 10, 21, "1.000,00 €"), sums=[4]))
    assert shown(tables) == [[10.0, 10.0, True], [21.0, 20.0, False], [1000.0, 1000.0, True]]
    assert only(tables, "control_total_differs").column == "persons"


def test_a_row_that_counts_heads_or_firms_of_trips_is_no_count_of_rows() -> None:
    rows = (*TRIPS, ("Anzahl Teilnehmer: 20",), ("Anzahl Firmen: 10",), ("Anzahl Reisen: 4",))
    tables = load(raw_list("trips", TRIP, *rows, sums=[4, 5, 6]))
    assert shown(tables) == [[20.0, 20.0, True], [10.0, 10.0, True], [4.0, 4.0, True]]


def test_a_row_labelled_number_speaks_of_the_columns_its_numbers_stand_in() -> None:
    tables = load(raw_list("trips", TRIP, *TRIPS, ("Anzahl", None, None, None, 10, 20), sums=[4]))
    assert shown(tables) == [[10.0, 10.0, True], [20.0, 20.0, True]]


def test_forums_are_counted_as_forums() -> None:
    rows = [("Forum A", "01.07.2012", "Kaluga", 40), ("Forum B", "02.07.2012", "Kaluga", 50), ("Anzahl Foren: 2",)]
    tables = load(raw_list("attendance", "forum_title held_on region attendees", *rows, sums=[2]))
    assert shown(tables) == [[2.0, 2.0, True]]


def test_firms_of_a_list_of_participants_are_counted_once_each() -> None:
    facts = {"held_on": "12.05.2014", "place": "Kasan"}
    people = (("Eva Muster", "X GmbH"), ("Max Muster", "X GmbH"), ("Ina Muster", "Y GmbH"), ("Anzahl Firmen: 3", None))
    tables = load(raw_list("attendance", "person_name organisation", *people, facts=facts, sums=[3]))
    assert shown(tables) == [[3.0, 2.0, False]]


def test_a_sum_beside_its_label_in_one_cell() -> None:
    tables = load(raw_list("offers", OFFER, *ROWS, ("Gesamtsumme: 1.100,00 EUR",), sums=[4]))
    assert shown(tables) == [[1100.0, 1000.0, False]]


def test_columns_of_two_currencies_are_compared_each_with_itself() -> None:
    offer = "offer_id offered_on region saxon_company value value"
    rows = tuple((f"B{at}", f"0{at}.07.2012", "Kaluga", "Werk", 100 * at, 4000 * at) for at in range(1, 5))
    raw = raw_list("offers", offer, *rows, ("Summe", None, None, None, 1000, 40_000), sums=[4])
    columns = [replace(item, header=f"Wert {'RUB' if item.index == 5 else 'EUR'}") if item.field == "value" else item
               for item in raw.columns]  # fmt: skip
    assert shown(load(replace(raw, columns=tuple(columns)))) == [[1000.0, 1000.0, True], [40000.0, 40000.0, True]]


def test_outcomes_have_control_totals_and_their_amounts_are_accounted_for() -> None:
    outcome = "id date company kind value unit"
    rows = [
        ("E1", "01.07.2012", "Werk", "Auftrag", "10.000,50", "EUR"),
        ("E2", "02.07.2012", "Werk", "Auftrag", "viel", "EUR"),
    ]
    trip = raw_list("trips", TRIP, *TRIPS, file="reisen.xlsx")
    tables = load(trip, raw_list("outcomes", outcome, *rows, ("Summe", None, None, None, "10.000,50"), sums=[2]))
    assert shown(tables) == [[10000.5, 10000.5, True]]
    assert only(tables, "amount_unreadable").row == 6
