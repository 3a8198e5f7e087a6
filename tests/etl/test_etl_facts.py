import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.layout.facts import read_lead

D = dt.date


def facts(*lines: tuple[object, ...]) -> dict[str, object]:
    lead = read_lead([(number, line) for number, line in enumerate(lines, start=1)])  # type: ignore[misc]
    return {field: fact.value for field, fact in lead.facts.items() if field != "heading"}


def test_one_cell_and_two_cell_lines() -> None:
    assert facts(
        ("Technologieforum Kasan",),
        ("Datum: 12.05.2016", None),
        ("Ort:", "Kasan"),
        ("Region", "Tatarstan"),
        ("Veranstalter:", None, "WFS"),
        ("Teilnehmerzahl:", 45),
    ) == {
        "forum_title": "Technologieforum Kasan",
        "held_on": "12.05.2016",
        "place": "Kasan",
        "region": "Tatarstan",
        "organiser": "WFS",
        "attendees": 45,
    }


@pytest.mark.parametrize(
    ("title", "name", "day"),
    [
        ("Technologieforum Kasan, 12.-13.10.2016", "Technologieforum Kasan", "12.-13.10.2016"),
        ("Technologieforum Kasan am 12.10.2016", "Technologieforum Kasan", "12.10.2016"),
        ("Technologieforum Kasan (12. und 13. Oktober 2016)", "Technologieforum Kasan", "12. und 13. Oktober 2016"),
        ("12.05.2016 – Forum Umformtechnik", "Forum Umformtechnik", "12.05.2016"),
        ("Forum Ural, Mai 2016", "Forum Ural", "Mai 2016"),
        ("Технологический форум, 12 мая 2016", "Технологический форум", "12 мая 2016"),
    ],
)
def test_title_with_a_day(title: str, name: str, day: str) -> None:
    assert facts((title,)) == {"forum_title": name, "held_on": day}


def test_several_facts_in_a_line() -> None:
    assert facts(("Datum: 12.05.2016, Ort: Kasan",)) == {"held_on": "12.05.2016", "place": "Kasan"}
    assert facts(("Datum:", D(2016, 5, 12), "Ort:", "Kasan")) == {"held_on": D(2016, 5, 12), "place": "Kasan"}
    assert facts(("Ort/Datum: Kasan, 12.05.2016",)) == {"held_on": "12.05.2016", "place": "Kasan"}
    assert facts(("Ort und Datum:", "Kasan, den 12.05.2016")) == {"held_on": "12.05.2016", "place": "Kasan"}


def test_line_wins_over_title_and_first_line_over_second() -> None:
    assert (
        facts(("Forum Ural 12.05.2016",), ("Datum:", "13.05.2016"), ("Datum:", "14.05.2016"))["held_on"] == "13.05.2016"
    )


def test_russian_labels() -> None:
    assert facts(("Дата: 12.05.2016",), ("Место: Казань",), ("Организатор:", "WFS")) == {
        "held_on": "12.05.2016",
        "place": "Казань",
        "organiser": "WFS",
    }


def test_unit_of_all_amounts() -> None:
    assert facts(("Alle Angaben in TEUR",)) == {"currency": "TEUR"}


def test_letterhead_is_not_the_title() -> None:
    found = facts(("VEMASinnovativ",), ("Technologieforum Perm",), ("Datum:", "12.05.2016"))
    assert found["forum_title"] == "Technologieforum Perm"


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(max_size=40)), st.one_of(st.none(), st.text(max_size=20), st.integers())
        ),
        max_size=6,
    )
)
def test_any_lines_are_read_without_error(lines: list[tuple[object, ...]]) -> None:
    for fact in read_lead([(number, line) for number, line in enumerate(lines)]).facts.values():  # type: ignore[misc]
        assert fact.value is not None


def test_a_line_of_blanks_is_read_at_once() -> None:
    started = time.perf_counter()
    lead = read_lead(
        [(1, (" " * 20_000 + "x",)), (2, ("Ort:" + " " * 20_000 + "Kasan",)), (3, (("a " * 20_000) + ":",))]
    )
    assert time.perf_counter() - started < 2.0
    assert lead.facts["place"].value == "Kasan"
