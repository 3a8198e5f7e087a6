from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet, RawTable

HEAD: tuple[CellValue, ...] = ("Nr.", "Name", "Vorname", "Firma", "Ort")


def _participants(*rows: tuple[CellValue, ...]) -> RawTable:
    wide = tuple((*row, *(None,) * (len(HEAD) - len(row))) for row in (HEAD, *rows))
    (table,) = find_tables(RawSheet("Teilnehmer", wide), "Teilnehmer.xlsx", Settings())
    assert table.table == "attendance"
    return table


def _reasons(table: RawTable) -> list[tuple[int, str | None]]:
    return [(row.number, row.structural) for row in table.rows]


def test_a_text_in_the_column_of_running_numbers_is_the_title_of_a_part() -> None:
    table = _participants(
        ("Maschinenbau",),
        (1, "Muster", "Anna", "Pressen GmbH", "Chemnitz"),
        (2, "Beispiel", "Uwe", "Guss AG", "Aue"),
        (3, "Probe", "Jens", "Härte KG", "Plauen"),
        ("Zulieferer",),
        (1, "Test", "Ina", "Fügen GmbH", "Zwickau"),
        (2, "Fall", "Olaf", "Messen GbR", "Freiberg"),
    )
    assert _reasons(table) == [(2, "footnote"), (3, None), (4, None), (5, None), (6, "footnote"), (7, None), (8, None)]


def test_further_persons_named_in_that_column_stay_records() -> None:
    table = _participants(
        (1, "Muster", "Anna", "Pressen GmbH", "Chemnitz"),
        (2, "Beispiel", "Uwe", "Guss AG", "Aue"),
        (3, "Probe", "Jens", "Härte KG", "Plauen"),
        (4, "Test", "Ina", "Fügen GmbH", "Zwickau"),
        ("weitere 8 Personen",),
    )
    assert _reasons(table)[-1] == (6, None)


def test_a_column_that_does_not_count_up_holds_names() -> None:
    table = _participants(
        (17, "Muster", "Anna", "Pressen GmbH", "Chemnitz"),
        (4, "Beispiel", "Uwe", "Guss AG", "Aue"),
        ("Ural",),
        (23, "Probe", "Jens", "Härte KG", "Plauen"),
        (9, "Test", "Ina", "Fügen GmbH", "Zwickau"),
    )
    assert (4, None) in _reasons(table)
