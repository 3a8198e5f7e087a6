from literal_lists import codes, load, raw_list


def test_a_cell_with_both_counts_fills_both_columns() -> None:
    tables = load(
        raw_list(
            "trips",
            "trip_id title start_on region companies persons",
            ("R1", "Unternehmerreise", "08.07.2012", "Kaluga", "12 Firmen / 18 Personen", None),
            ("R2", "Unternehmerreise", "09.07.2013", "Kaluga", "5", "9"),
        )
    )
    assert tables.trips["companies"].tolist() == [12, 5]
    assert tables.trips["persons"].tolist() == [18, 9]
    assert codes(tables, row=5).count("count_split") == 2


def test_a_list_without_the_other_column_keeps_it_all_the_same() -> None:
    tables = load(
        raw_list(
            "trips",
            "trip_id title start_on region companies",
            ("R1", "Unternehmerreise", "08.07.2012", "Kaluga", "5 Unternehmen mit 9 Teilnehmern"),
            headers={"companies": "Teilnehmer"},
        )
    )
    assert (tables.trips["companies"].item(), tables.trips["persons"].item()) == (5, 9)


def test_a_stated_count_goes_before_the_one_beside() -> None:
    tables = load(
        raw_list(
            "trips",
            "trip_id title start_on region companies persons",
            ("R1", "Unternehmerreise", "08.07.2012", "Kaluga", "12 Firmen / 18 Personen", 20),
        )
    )
    assert tables.trips["persons"].item() == 20


def test_an_approximate_head_count_is_marked_as_not_exact() -> None:
    tables = load(
        raw_list(
            "trips",
            "trip_id title start_on region companies persons",
            ("R1", "Unternehmerreise", "08.07.2012", "Kaluga", "über 30", "ca. 20"),
        )
    )
    assert tables.trips["companies_bound"].tolist() == tables.trips["persons_bound"].tolist() == ["at_least"]
    assert "count_approximate" in codes(tables, row=5)


def test_forum_lists_with_both_counts_in_one_cell() -> None:
    tables = load(
        raw_list(
            "attendance",
            "forum_title held_on region attendees",
            ("Technologieforum", "08.07.2012", "Kaluga", "18 TN aus 12 Firmen"),
        )
    )
    assert (tables.attendance["persons"].item(), tables.attendance["companies"].item()) == (18, 12)
