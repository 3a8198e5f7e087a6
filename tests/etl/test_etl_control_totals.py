from literal_lists import codes, load, only, raw_list

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
