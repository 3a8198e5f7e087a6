import datetime as dt

import pytest

from vemas_analytics.etl.layout.handed_down import hand_down
from vemas_analytics.model.sheets import CellValue, HandedDown, ListRows, RawColumn, RawRow

D = dt.date


def columns(*fields: str | None) -> tuple[RawColumn, ...]:
    return tuple(RawColumn(index, field or "?", field) for index, field in enumerate(fields))


def rows(*cells: tuple[CellValue, ...], first: int = 2) -> ListRows:
    return ListRows.of(RawRow(first + at, row) for at, row in enumerate(cells))


def test_a_year_above_its_months_makes_dates_of_months() -> None:
    given = rows((2013, None, None), ("Januar", "OOO A", "Pressen"), ("März", "OOO B", "Fräsen"),
                 ("2014:", None, None), ("Januar", "OOO C", "Drehen"))  # fmt: skip
    done = hand_down("inquiries", columns("received_on", "russian_company", "subject"), given)
    assert [row.cells[0] for row in done.rows if row.structural is None] == ["Januar 2013", "März 2013", "Januar 2014"]
    assert [row.number for row in done.rows if row.structural == "footnote"] == [2, 5]
    assert done.handed_down[0] == HandedDown(3, 0, "year_of_part", "Januar", "Januar 2013", 2)


def test_days_without_year_take_the_year_and_full_dates_stay() -> None:
    given = rows(("Jahr 2015", None), ("12.03.", "OOO A"), ("3. Mai", "OOO B"), (D(2014, 5, 1), "OOO C"),
                 ("01.02.2013", "OOO D"))  # fmt: skip
    done = hand_down("inquiries", columns("received_on", "russian_company"), given)
    assert [row.cells[0] for row in done.rows[1:]] == ["12.03.2015", "3. Mai 2015", D(2014, 5, 1), "01.02.2013"]


def test_a_month_title_below_a_year_title_gives_its_date_to_rows_without() -> None:
    given = rows(("2013", None, None), ("Januar", None, None), (None, "OOO A", "Pressen"), (None, "OOO B", "Fräsen"))
    done = hand_down("inquiries", columns("received_on", "russian_company", "subject"), given)
    assert [row.cells[0] for row in done.rows[2:]] == ["Januar 2013", "Januar 2013"]
    assert {item.rule for item in done.handed_down if item.row > 3} == {"part_title"}


def test_a_region_above_its_rows_fills_a_column_of_its_own() -> None:
    given = rows(("Swerdlowsk", None), ("01.02.2013", "OOO A"), ("Tatarstan:", None), ("01.03.2013", "OOO B"))
    done = hand_down("inquiries", columns("received_on", "russian_company"), given)
    assert done.columns[-1] == RawColumn(2, "", "region")
    assert [row.cells[2] for row in done.rows if row.structural is None] == ["Swerdlowsk", "Tatarstan"]


def test_a_region_is_not_handed_down_where_rows_name_their_own() -> None:
    given = rows(("Swerdlowsk", None, None), ("01.02.2013", "OOO A", "Perm"), ("01.03.2013", "OOO B", "Kaluga"))
    done = hand_down("inquiries", columns("received_on", "russian_company", "region"), given)
    assert done.handed_down == ()
    assert done.rows == given


def test_forums_as_titles_of_parts_give_day_place_and_title() -> None:
    given = rows(("Technologieforum Perm, 12.05.2016", None), ("Anna Muster", "Pressen GmbH"),
                 ("Technologieforum Kasan, 13.06.2016", None), ("Iwan Petrow", "OAO Ural"))  # fmt: skip
    done = hand_down("attendance", columns("person_name", "organisation"), given)
    index = {column.field: column.index for column in done.columns}
    assert [(row.cells[index["held_on"]], row.cells[index["place"]]) for row in done.rows if not row.structural] == [
        ("12.05.2016", "Perm"),
        ("13.06.2016", "Kasan"),
    ]
    assert done.rows[1].cells[index["forum_title"]] == "Technologieforum Perm"


def test_sides_as_titles_of_parts() -> None:
    given = rows(("Sächsische Teilnehmer", None), ("Anna Muster", "Pressen GmbH"), ("Russische Teilnehmer:", None),
                 ("Iwan Petrow", "OAO Ural"))  # fmt: skip
    done = hand_down("attendance", columns("person_name", "organisation"), given)
    assert [str(row.cells[2])[:9] for row in done.rows if not row.structural] == ["Sächsisch", "Russische"]


@pytest.mark.parametrize("name", ["Iwan Petrow", "OAO Ural", "Perm"])
def test_a_lone_name_in_a_list_of_participants_is_no_title(name: str) -> None:
    given = rows(("Anna Muster", "Pressen GmbH"), (name, None), ("Olga Iwanowa", "OOO Kama"))
    done = hand_down("attendance", columns("person_name", "organisation"), given)
    assert done.rows == given


def test_a_title_with_no_rows_below_it_is_left_alone() -> None:
    given = rows(("01.02.2013", "OOO A"), ("Swerdlowsk", None))
    assert hand_down("inquiries", columns("received_on", "russian_company"), given).rows == given


def test_a_group_name_in_its_first_row_holds_for_the_group() -> None:
    given = rows(("Swerdlowsk", "01.02.2013", "OOO A"), (None, "01.03.2013", "OOO B"), (None, "02.03.2013", "OOO C"),
                 ("Tatarstan", "01.02.2014", "OOO D"), (None, "01.03.2014", "OOO E"))  # fmt: skip
    done = hand_down("inquiries", columns("region", "received_on", "russian_company"), given)
    assert [row.cells[0] for row in done.rows] == ["Swerdlowsk"] * 3 + ["Tatarstan"] * 2
    assert done.handed_down[-1] == HandedDown(6, 0, "group_name", None, "Tatarstan", 5)


def test_groups_within_groups() -> None:
    given = rows(("Perm", "2013", "A", 1), (None, None, "B", 2), (None, "2014", "C", 3), (None, None, "D", 4),
                 ("Kaluga", "2013", "E", 5), (None, None, "F", 6))  # fmt: skip
    done = hand_down("inquiries", columns("region", "received_on", "russian_company", "value"), given)
    outer, inner = [row.cells[0] for row in done.rows], [row.cells[1] for row in done.rows]
    assert outer == ["Perm"] * 4 + ["Kaluga"] * 2
    assert inner == ["2013", "2013", "2014", "2014", "2013", "2013"]


@pytest.mark.parametrize(
    "regions",
    [
        ("Perm", None, "Kaluga", None, "Perm", None),  # a name returns: no groups
        ("Perm", "Perm", None, None, "Kaluga", None),  # a name stands in every row of its group
        (None, None, "Perm", None, "Kaluga", None),  # the first group has no name
        ("Perm", "Kaluga", "Tula", None, "Omsk", "Tomsk"),  # hardly any blank
        ("Perm", None, None, None, None, None),  # a single group
    ],
)
def test_a_blank_that_may_mean_blank_is_not_filled(regions: tuple[str | None, ...]) -> None:
    given = rows(*((region, f"0{day}.02.2013", f"OOO {day}") for day, region in enumerate(regions, start=1)))
    assert hand_down("inquiries", columns("region", "received_on", "russian_company"), given).rows == given


def test_a_column_that_does_not_lead_the_list_is_not_filled() -> None:
    given = rows(("01.02.2013", "Perm"), ("02.02.2013", None), ("03.02.2013", "Kaluga"), ("04.02.2013", None))
    assert hand_down("inquiries", columns("received_on", "region"), given).rows == given


def test_a_group_does_not_reach_over_a_blank_row_or_a_sum() -> None:
    cells = (
        ("Perm", "01.02.2013", "A"),
        (None, "02.02.2013", "B"),
        ("Tula", "03.02.2013", "C"),
        (None, "04.02.2013", "D"),
    )
    given = ListRows.of([*rows(*cells), *rows((None, "05.02.2013", "E"), first=8)])
    assert hand_down("inquiries", columns("region", "received_on", "russian_company"), given).rows == given


@pytest.mark.parametrize(
    ("titles", "statuses"),
    [
        (("Offen", "Beantwortet:"), ["Offen", "Offen", "Beantwortet"]),
        (("Offene Anfragen (2)", "Abgelehnt (1)"), ["Offen", "Offen", "Abgelehnt"]),
    ],
    ids=["words", "words before what is listed"],
)
def test_a_status_above_its_rows_fills_a_column_of_its_own(titles: tuple[str, str], statuses: list[str]) -> None:
    given = rows((titles[0], None), ("01.02.2013", "OOO A"), ("02.02.2013", "OOO B"), (titles[1], None),
                 ("01.03.2013", "OOO C"))  # fmt: skip
    done = hand_down("inquiries", columns("received_on", "russian_company"), given)
    assert done.columns[-1] == RawColumn(2, "", "status")
    assert [row.cells[2] for row in done.rows if row.structural is None] == statuses
    assert [row.number for row in done.rows if row.structural == "footnote"] == [2, 5]


def test_a_status_is_not_handed_down_where_rows_name_their_own() -> None:
    given = rows(("Offen", None, None), ("01.02.2013", "OOO A", "beantwortet"), ("01.03.2013", "OOO B", "offen"))
    done = hand_down("inquiries", columns("received_on", "russian_company", "status"), given)
    assert done.handed_down == ()
    assert done.rows == given


@pytest.mark.parametrize("text", ["Sonstiges", "Offenbach", "Offene Fragen", "Pressen"])
def test_other_lone_texts_are_no_status(text: str) -> None:
    given = rows((text, None), ("01.02.2013", "OOO A"), ("02.02.2013", "OOO B"))
    done = hand_down("inquiries", columns("received_on", "russian_company"), given)
    assert "status" not in {column.field for column in done.columns}
