import copy
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import RawSheet, RawTable

D = dt.date
INQUIRY_HEAD = ("Nr.", "Eingang", "Region", "Anfragende Firma", "Betreff", "Wert", "Status")


def inquiry(number: int, day: object = D(2013, 5, 2)) -> tuple[object, ...]:
    return (number, day, "Kaluga", f"OOO Werk {number}", "Pressen", 1000 * number, "offen")


def sheet(
    *rows: tuple[object, ...], name: str = "Tabelle1", merged: tuple[tuple[int, int, int, int], ...] = ()
) -> RawSheet:
    width = max(map(len, rows), default=0)
    return RawSheet(name, tuple((*row, *(None,) * (width - len(row))) for row in rows), merged=merged)  # type: ignore[arg-type]


def tables(
    *rows: tuple[object, ...],
    name: str = "Tabelle1",
    file: str = "liste.xlsx",
    settings: Settings | None = None,
    merged: tuple[tuple[int, int, int, int], ...] = (),
) -> tuple[RawTable, ...]:
    return find_tables(sheet(*rows, name=name, merged=merged), file, settings or Settings())


def fields(table: RawTable) -> dict[str, str | None]:
    return {column.header: column.field for column in table.columns}


def reasons(table: RawTable) -> dict[int, str]:
    return {row.number: row.structural for row in table.rows if row.structural}


def records(table: RawTable) -> list[int]:
    return [row.number for row in table.rows if row.structural is None]


def test_header_under_title_lines() -> None:
    (table,) = tables(
        ("VEMASinnovativ",),
        ("Anfragen aus Russland 2013",),
        ("Stand: 31.12.2013", None, None, "vertraulich"),
        (),
        INQUIRY_HEAD,
        inquiry(1),
        inquiry(2),
    )
    assert table.table == "inquiries"
    assert table.header_rows == (5,)
    assert records(table) == [6, 7]
    assert fields(table)["Eingang"] == "received_on"


def test_two_row_header_with_groups() -> None:
    (table,) = tables(
        ("Angebote 2014",),
        (),
        ("Nr.", "Datum", "Anbieter", "Kunde", "Wert", None, "Status"),
        (None, None, None, None, "EUR", "RUB", None),
        (1, D(2014, 1, 3), "Pressen GmbH", "OAO Ural", 5000, None, "offen"),
        (2, D(2014, 2, 3), "Fräsen GmbH", "OAO Wolga", None, 700000, "offen"),
    )
    assert table.table == "offers"
    assert table.header_rows == (3, 4)
    assert [(column.header, column.field) for column in table.columns] == [
        ("Nr.", "number"),
        ("Datum", "offered_on"),
        ("Anbieter", "saxon_company"),
        ("Kunde", "russian_company"),
        ("Wert EUR", "value"),
        ("Wert RUB", "value"),
        ("Status", "status"),
    ]
    assert records(table) == [5, 6]


def test_two_row_header_whose_groups_are_split_below() -> None:
    (table,) = tables(
        ("Reisen 2015",),
        ("Reise", "Zeitraum", None, "Region", "Teilnehmer", None),
        (None, "von", "bis", None, "Firmen", "Personen"),
        ("Ural", D(2015, 5, 2), D(2015, 5, 6), "Swerdlowsk", 5, 8),
        ("Wolga", D(2015, 6, 2), D(2015, 6, 6), "Tatarstan", 6, 9),
        name="2015",
    )
    assert table.header_rows == (2, 3)
    assert [column.field for column in table.columns] == [
        "title",
        "start_on",
        "end_on",
        "region",
        "companies",
        "persons",
    ]
    assert len(records(table)) == 2


def test_centred_title_is_no_group_row() -> None:
    (table,) = tables((None, None, "Anfragen 2013"), INQUIRY_HEAD, inquiry(1), inquiry(2))
    assert table.header_rows == (2,)
    assert [column.header for column in table.columns] == list(INQUIRY_HEAD)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Summe", None, None, None, None, 6000), "sum"),
        (("Summe 2013:", None, None, None, None, "6.000 EUR"), "sum"),
        ((None, None, None, None, "Zwischensumme", 6000), "sum"),
        ((None, None, None, "Gesamt:", None, 6000, "EUR"), "sum"),
        (("Итого", None, None, None, None, 6000), "sum"),
        ((None, None, None, None, None, 3000), "sum"),
        (("Anzahl Anfragen: 2",), "sum"),
        (("Anzahl Anfragen:", 2), "sum"),
        (("* Werte geschätzt",), "footnote"),
        (("¹ ohne Gewähr",), "footnote"),
        (("1) netto",), "footnote"),
        (("Anm.: alle Werte netto",), "footnote"),
        (("Quelle: eigene Erhebung",), "footnote"),
        (("Stand: 31.12.2013",), "footnote"),
        (("Die Liste wird in der Geschäftsstelle von Hand geführt.",), "footnote"),
        (INQUIRY_HEAD, "repeated_header"),
    ],
)
def test_rows_that_are_no_records(row: tuple[object, ...], reason: str) -> None:
    (table,) = tables(INQUIRY_HEAD, inquiry(1), inquiry(2), row)
    assert reasons(table) == {4: reason}
    assert records(table) == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        (None, D(2013, 9, 1)),
        (None, "02.09.2013", None, "Total"),
        (3, None, None, "Total E&P Russie", "Bohrungen", 5000, "offen"),
        (3, D(2013, 9, 1), None, "Gesamt Maschinenbau", None, None, None),
        (None, None, "Kaluga", "OOO Neu"),
        ("weitere 8 Anfragen ohne Angaben",),
    ],
)
def test_sparse_rows_are_records(row: tuple[object, ...]) -> None:
    (table,) = tables(INQUIRY_HEAD, inquiry(1), inquiry(2), row, inquiry(5))
    assert records(table) == [2, 3, 4, 5]
    assert reasons(table) == {}


def test_blank_rows_are_not_counted_and_legend_below_is_footnote() -> None:
    (table,) = tables(
        INQUIRY_HEAD,
        inquiry(1),
        (),
        inquiry(2),
        (),
        ("Summe", None, None, None, None, 3000),
        (),
        ("Legende:",),
        ("gelb = offen",),
    )
    assert records(table) == [2, 4]
    assert reasons(table) == {6: "sum", 8: "footnote", 9: "footnote"}


def test_stacked_lists_keep_their_own_titles() -> None:
    first, second = tables(
        ("Anfragen 2012",),
        INQUIRY_HEAD,
        inquiry(1),
        inquiry(2),
        ("Summe", None, None, None, None, 3000),
        ("* geschätzt",),
        (),
        ("Angebote 2012",),
        ("Angebots-Nr.", "Angebotsdatum", "Anbieter", "Kunde", "Angebotswert"),
        ("A1", D(2012, 2, 2), "Pressen GmbH", "OAO Ural", 7000),
        ("A2", D(2012, 3, 2), "Fräsen GmbH", "OAO Ural", 8000),
    )
    assert (first.table, second.table) == ("inquiries", "offers")
    assert (first.header_rows, second.header_rows) == ((2,), (9,))
    assert reasons(first) == {5: "sum", 6: "footnote"}
    assert records(second) == [10, 11]
    assert second.facts["heading"].value == "Angebote 2012"


def test_stacked_lists_of_one_kind() -> None:
    first, second = tables(
        ("Anfragen 2012",),
        INQUIRY_HEAD,
        inquiry(1),
        ("Summe", None, None, None, None, 1000),
        (),
        ("Anfragen 2013",),
        INQUIRY_HEAD,
        inquiry(2),
        inquiry(3),
    )
    assert [table.header_rows for table in (first, second)] == [(2,), (7,)]
    assert [records(table) for table in (first, second)] == [[3], [8, 9]]


def test_repeated_two_row_header() -> None:
    head = (("Nr.", "Datum", "Anbieter", "Kunde", "Wert", None), (None, None, None, None, "EUR", "RUB"))
    row = (1, D(2014, 1, 3), "Pressen GmbH", "OAO Ural", 5000, None)
    (table,) = tables(*head, row, row, *head, row, name="Angebote")
    assert reasons(table) == {5: "repeated_header", 6: "repeated_header"}
    assert records(table) == [3, 4, 7]


def test_forum_list_with_facts_above() -> None:
    (table,) = tables(
        ("Technologieforum Maschinenbau",),
        ("Datum:", D(2016, 5, 12)),
        ("Ort:", "Kasan"),
        ("Veranstalter: VEMAS / WFS",),
        (),
        ("Nr.", "Name", "Vorname", "Firma", "Ort", "Land"),
        (1, "Muster", "Anna", "Pressen GmbH", "Chemnitz", "D"),
        (2, "Petrow", "Iwan", "OAO Ural", "Kasan", "RU"),
        (None, "weitere 8 Personen"),
        ("Anzahl Teilnehmer: 45",),
        name="Kasan 2016",
    )
    assert table.table == "attendance"
    assert fields(table) == {
        "Nr.": "number",
        "Name": "last_name",
        "Vorname": "first_name",
        "Firma": "organisation",
        "Ort": "ignore",
        "Land": "side",
    }
    assert {key: fact.value for key, fact in table.facts.items()} == {
        "held_on": D(2016, 5, 12),
        "place": "Kasan",
        "organiser": "VEMAS / WFS",
        "forum_title": "Technologieforum Maschinenbau",
        "heading": "Technologieforum Maschinenbau",
    }
    assert table.facts["held_on"].row == 2
    assert records(table) == [7, 8, 9]
    assert reasons(table) == {10: "sum"}


def test_forum_of_which_only_the_number_is_known() -> None:
    (table,) = tables(
        ("Technologieforum Kasan",), ("Datum: 12.05.2016",), ("Ort: Kasan",), ("Teilnehmer: 45",), name="Forum 3"
    )
    assert table.table == "attendance"
    assert table.header_rows == ()
    assert [(row.number, row.cells) for row in table.rows] == [(4, ("45",))]
    assert [column.field for column in table.columns] == ["attendees"]
    assert table.facts["held_on"].value == "12.05.2016"


def test_short_list_of_names_keeps_every_name() -> None:
    (table,) = tables(
        ("Forum Perm, 12.10.2016",), (), ("Name", "Firma", "Funktion"), ("Anna Muster", "Pressen GmbH", "Leiterin"),
        ("Iwan Petrow",), (), ("Olga Iwanowa",), name="Forum Perm",
    )  # fmt: skip
    assert records(table) == [4, 5, 7]
    assert table.facts["held_on"].value == "12.10.2016"
    assert table.facts["forum_title"].value == "Forum Perm"


def test_flat_list_of_forums_counts_attendees() -> None:
    (table,) = tables(
        ("Forum", "Datum", "Ort", "Region", "Veranstalter", "Teilnehmer", "Firmen"),
        ("Forum Ural", "12.05.2016", "Jekaterinburg", "Swerdlowsk", "VEMAS", 45, 12),
        ("Forum Wolga", "12.06.2016", "Kasan", "Tatarstan", "VEMAS", 50, 10),
        name="Foren",
    )
    assert table.table == "attendance"
    assert fields(table)["Teilnehmer"] == "attendees"
    assert fields(table)["Ort"] == "place"


def test_flat_list_of_participants_keeps_the_forum_columns() -> None:
    (table,) = tables(
        ("Forum", "Datum", "Ort", "Region", "Name", "Firma", "Teilgenommen"),
        ("Forum Ural", "12.05.2016", "Jekaterinburg", "Swerdlowsk", "Anna Muster", "Pressen GmbH", "ja"),
        ("Forum Ural", "12.05.2016", "Jekaterinburg", "Swerdlowsk", "Iwan Petrow", "OAO Ural", "nein"),
    )
    assert table.table == "attendance"
    assert fields(table)["Name"] == "person_name"
    assert fields(table)["Ort"] == "place"


def test_pick_lists_and_instructions_are_no_tables() -> None:
    lists = tables(
        ("Regionen", "Status", "Arten"),
        ("Kaluga", "offen", "Service"),
        ("Perm", "erledigt", "Forschung"),
        name="Listen",
    )
    hints = tables(
        ("Ausfüllhinweise",), ("1. Jede Anfrage in eine Zeile.",), ("2. Datum als TT.MM.JJJJ.",), name="Hinweise"
    )
    assert not any(table.table for table in (*lists, *hints))


def test_undecidable_list_is_not_guessed_but_decided_by_pattern() -> None:
    rows = (("Datum", "Region", "Firma", "Gegenstand", "Wert", "Status"),
            ("02.03.2014", "Kaluga", "OOO Werk", "Pressen", 500, "offen"),
            ("03.03.2014", "Kaluga", "OOO Werk", "Fräsen", 700, "offen"))  # fmt: skip
    assert tables(*rows, file="liste.xlsx")[0].table is None
    assert tables(*rows, file="Angebote.xlsx")[0].table == "offers"
    forced = tables(*rows, file="x/liste.xlsx", settings=Settings(files={"liste*": "offers"}))[0]
    assert forced.table == "offers"
    assert fields(forced)["Firma"] == "saxon_company"


def test_own_column_names_win() -> None:
    settings = Settings(columns={"inquiries": {"Wer": "russian_company", "Wunsch": "subject"}})
    (table,) = tables(
        ("Eingang", "Wer", "Wunsch", "Region"), ("02.03.2014", "OOO Werk", "Pressen", "Kaluga"), settings=settings
    )
    assert table.table == "inquiries"
    assert fields(table)["Wer"] == "russian_company"


def test_generic_statistics_sheet_in_which_no_heading_is_known() -> None:
    (table,) = tables(
        ("Statistisches Landesamt",),
        ("Tabelle 4: Auszubildende nach Kreisen",),
        ("- Stichtag 31.12. -",),
        (),
        ("Kreis", "Insgesamt", "davon", None),
        (None, None, "männlich", "weiblich"),
        (None, "Anzahl", None, None),
        (1, 2, 3, 4),
        ("Chemnitz, Stadt", 120, 70, 50),
        ("Erzgebirgskreis", 220, 100, 120),
        ("Mittelsachsen", "-", "x", 120),
        ("Insgesamt", 340, 170, 290),
        (),
        ("1) vorläufige Zahlen",),
        ("Quelle: Berufsbildungsstatistik",),
        name="T4",
    )
    assert table.table is None
    assert table.header_rows == (5, 6, 7, 8)
    assert records(table) == [9, 10, 11]
    assert reasons(table) == {12: "sum", 14: "footnote", 15: "footnote"}


def test_three_stacked_statistics_tables() -> None:
    def block(title: str, unit: str) -> tuple[tuple[object, ...], ...]:
        head = ("Jahr", f"Betriebe {unit}", f"Umsatz {unit}")
        return (title,), (), head, (2010, 12, 500), (2011, 13, 600), (2012, 14, 700), ()

    found = tables(
        *block("Tabelle 1: Sachsen", "a"), *block("Tabelle 2: Bayern", "b"), *block("Tabelle 3: Hessen", "c")
    )
    assert [table.header_rows for table in found] == [(3,), (10,), (17,)]
    assert [records(table) for table in found] == [[4, 5, 6], [11, 12, 13], [18, 19, 20]]


def test_years_as_headings() -> None:
    (table,) = tables(("Ausfuhr nach Russland",), (), ("Land", 2010, 2011, 2012), ("Sachsen", 518, 600, 700),
                      ("Bayern", 900, 950, 980))  # fmt: skip
    assert table.header_rows == (3,)
    assert [column.header for column in table.columns] == ["Land", "2010", "2011", "2012"]


def test_text_only_list() -> None:
    (table,) = tables(
        ("Mitgliederverzeichnis",), ("Firma", "Ort", "Schwerpunkt"), ("Pressen GmbH", "Chemnitz", "Umformen"),
        ("Fräsen GmbH", "Zwickau", "Zerspanen"),
    )  # fmt: skip
    assert table.header_rows == (2,)
    assert table.table is None


def test_nothing_to_find() -> None:
    assert tables() == ()
    assert tables(("Nur eine Notiz",)) == ()


def test_input_is_not_altered_and_every_row_is_delivered_once() -> None:
    source = sheet(("Anfragen",), INQUIRY_HEAD, inquiry(1), (), inquiry(2), ("Summe", None, None, None, None, 3000))
    before = copy.deepcopy(source)
    (table,) = find_tables(source, "a.xlsx", Settings())
    assert source == before
    assert [row.number for row in table.rows] == [3, 5, 6]


@pytest.mark.parametrize("title", ["Januar 2013", "Mai", 2013, "Russische Anfragen:"])
def test_titles_of_parts_are_no_records(title: object) -> None:
    (table,) = tables(INQUIRY_HEAD, inquiry(1), (title,), inquiry(2))
    assert records(table) == [2, 4]


def test_both_sides_of_a_forum_share_its_facts() -> None:
    head = ("Nr.", "Name", "Firma")
    first, second = tables(
        ("Technologieforum Perm",), ("Datum:", "12.05.2016"), ("Ort:", "Perm"), (),
        ("Sächsische Teilnehmer",), head, (1, "Anna Muster", "Pressen GmbH"), (2, "Bernd Muster", "Fräsen GmbH"), (),
        ("Russische Teilnehmer",), head, (1, "Iwan Petrow", "OAO Ural"), (2, "Olga Iwanowa", "OOO Kama"),
        name="Forum Perm",
    )  # fmt: skip
    assert [records(table) for table in (first, second)] == [[7, 8], [12, 13]]
    assert second.facts["held_on"].value == "12.05.2016"
    assert second.facts["forum_title"].value == "Technologieforum Perm"


def test_sides_of_a_forum_under_one_header() -> None:
    (table,) = tables(
        ("Forum Perm, 12.05.2016",), ("Name", "Firma", "Funktion"), ("Sächsische Teilnehmer",),
        ("Anna Muster", "Pressen GmbH", "Leiterin"), ("Russische Teilnehmer:",), ("Iwan Petrow", "OAO Ural", "Leiter"),
        ("weitere 8 Personen",), (), ("Chemnitz, den 20.05.2016",),
    )  # fmt: skip
    assert records(table) == [4, 6, 7]


def test_a_record_without_its_day_opens_no_further_list() -> None:
    (table,) = tables(
        INQUIRY_HEAD,
        inquiry(1),
        inquiry(2),
        (),
        (None, "unbekannt", "Kaluga", "OOO Werk", "Fräsen"),
        inquiry(4),
        inquiry(5),
    )
    assert records(table) == [2, 3, 5, 6, 7]
    assert table.rows[2].structural is None


def test_evaluation_below_a_list_is_a_list_of_its_own() -> None:
    first, second = tables(
        INQUIRY_HEAD, inquiry(1), inquiry(2), inquiry(3), (), ("Auswertung",), ("Region", "Anzahl"), ("Kaluga", 3),
        ("Perm", 0),
    )  # fmt: skip
    assert (first.table, records(first)) == ("inquiries", [2, 3, 4])
    assert (second.table, second.header_rows) == (None, (7,))


@pytest.mark.parametrize(
    "below",
    [
        (None, "Datum", None, "russisch", "sächsisch", "(TEUR)"),
        (None, None, None, None, None, "(TEUR)"),
        ("No.", "Date received", "Region", "Russian company", "Saxon company", "Value (TEUR)"),
    ],
)
def test_a_full_header_goes_on_in_the_row_below(below: tuple[object, ...]) -> None:
    head = ("Nr.", "Eingang", "Region", "Unternehmen", "Unternehmen", "Wert")
    (table,) = tables(
        head,
        below,
        (1, D(2018, 3, 1), "Kaluga", "OOO Eins", "Werk GmbH", 12.5),
        (2, D(2018, 3, 2), "Perm", "OOO Zwei", "Werk GmbH", 30),
        name="Anfragen",
    )
    assert table.header_rows == (1, 2)
    assert [row.number for row in table.rows] == [3, 4]
    assert next(column.header for column in table.columns if column.field == "value").endswith("TEUR)")


def test_a_sparse_first_record_is_no_header() -> None:
    (table,) = tables(
        INQUIRY_HEAD,
        (None, None, "Kaluga", "OOO Eins", "Service", None, "offen"),
        inquiry(2),
        inquiry(3),
    )
    assert table.header_rows == (1,)
    assert [row.number for row in table.rows] == [2, 3, 4]


def test_facts_in_four_cells_are_no_header() -> None:
    (table,) = tables(
        ("Veranstaltung", "Forum Energie", None, "Region", "Region Perm"),
        ("Zeit", "12.-13.09.2014", None, "Ort", "Perm"),
        (),
        ("Nr.", "Vor- und Zuname", "Unternehmen", "Land"),
        (1, "Anna Muster", "Werk GmbH", "D"),
        (2, "Bert Muster", "Werk GmbH", "D"),
        name="Perm",
    )
    assert table.header_rows == (4,)
    assert {"held_on", "place", "region", "forum_title"} <= set(table.facts)


@pytest.mark.parametrize("label", ["Anzahl", "Σ", "Summe"])
def test_a_count_below_a_list_is_a_sum_even_if_its_word_may_be_a_unit(label: str) -> None:
    (table,) = tables(INQUIRY_HEAD, inquiry(1), inquiry(2), (label, None, None, 2))
    assert reasons(table) == {4: "sum"}


_SHORT_HEAD = ("Nr.", "Eingangsdatum", "Region", "Anfragende Firma")


def test_the_same_header_after_a_blank_row_is_a_page_break() -> None:
    (table,) = tables(
        _SHORT_HEAD,
        ("1", "12.03.2013", "Swerdlowsk", "OOO A"),
        (),
        _SHORT_HEAD,
        ("2", "05.07.2013", "Tatarstan", "OOO B"),
        name="Anfragen",
    )
    assert records(table) == [2, 5]
    assert reasons(table) == {4: "repeated_header"}


@pytest.mark.parametrize("closing", [("Summe", "1"), ("Anfragen 2014",)])
def test_a_sum_or_a_title_before_the_same_header_closes_the_list(closing: tuple[str, ...]) -> None:
    first, second = tables(
        _SHORT_HEAD,
        ("1", "12.03.2013", "Swerdlowsk", "OOO A"),
        closing if closing[0] == "Summe" else (),
        () if closing[0] == "Summe" else closing,
        _SHORT_HEAD,
        ("2", "05.07.2014", "Tatarstan", "OOO B"),
        name="Anfragen",
    )
    assert (records(first), records(second)) == ([2], [6])


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=5),
    st.lists(st.sampled_from(["blank", "sum", "title", "fact"]), min_size=5, max_size=5),
    st.booleans(),
)
def test_short_records_are_never_taken_for_titles(sizes: list[int], between: list[str], dated_texts: bool) -> None:
    rows: list[tuple[object, ...]] = [("Anfragen",), ()]
    wanted, number = [], 0
    for size, kind in zip(sizes, between, strict=False):
        rows.append(_SHORT_HEAD)
        for _ in range(size):
            number += 1
            day = f"{number:02d}.03.2013" if dated_texts else D(2013, 3, number)
            rows.append((str(number), day, "Swerdlowsk", f"OOO Werk {number}"))
            wanted.append(len(rows))
        if kind == "sum":
            rows.append(("Summe", str(size)))
        rows.append(())
        if kind == "title":
            rows.append(("Anfragen weiterer Unternehmen",))
        if kind == "fact":
            rows.append(("Stand:", "31.12.2013"))
    found = [row for table in tables(*rows, name="Anfragen") for row in records(table)]
    assert found == wanted
