from vemas_analytics.etl.layout.bands import split_bands
from vemas_analytics.etl.layout.find_tables import find_tables
from vemas_analytics.model.settings import Settings
from vemas_analytics.model.sheets import CellValue, RawSheet

HEAD = ("Land", "Einfuhr", "Anteil")


def sheet(*rows: tuple[CellValue, ...]) -> RawSheet:
    width = max(map(len, rows))
    return RawSheet("T", tuple((*row, *(None,) * (width - len(row))) for row in rows))


def test_the_same_headings_again_are_a_table_of_their_own() -> None:
    given = sheet(
        ("Handel",), (*HEAD, None, *HEAD), ("China", 5, 1.5, None, "USA", 7, 2.5), ("Polen", 6, 1.0, None, None)
    )
    left, right = (band.sheet for band in split_bands(given))
    assert left.rows[1] == (*HEAD, None, None, None, None)
    assert right.rows[1] == (None, None, None, None, *HEAD)
    assert right.rows[0][0] == "Handel"  # the common title stands over both
    tables = find_tables(given, "a.xlsx", Settings())
    assert [[row.number for row in table.rows] for table in tables] == [[3, 4], [3]]


def test_a_title_over_each_tells_two_tables() -> None:
    given = sheet(("A", None, None, "B"), (), ("Kreis", "Zahl", None, "Jahr", "Wert", "Menge"),
                  ("X", 5, None, 2010, 7, 3), ("Y", 6, None, 2011, 8, 4))  # fmt: skip
    assert len(split_bands(given)) == 2


def test_room_inside_a_table_parts_nothing() -> None:
    spaced = sheet(("Jahr", None, "Umsatz", None, "Aufträge"), (2010, None, 5, None, 6), (2011, None, 7, None, 8))
    remarks = sheet(("Ort", "Zahl", "Wert", None, "Hinweis", "Stand"), ("X", 5, 6, None, "neu", "2012"), ("Y", 6, 7))
    assert len(split_bands(spaced)) == 1
    assert len(split_bands(remarks)) == 1


def test_no_cell_is_lost_between_the_tables() -> None:
    given = sheet((*HEAD, None, *HEAD), ("China", 5, 1.5, None, "USA", 7, 2.5), ("Polen", None, None, "Achtung"))
    assert [band.sheet for band in split_bands(given)] == [given]


def test_rows_of_two_lists_keep_apart() -> None:
    head = ("Eingang", "Region", "Firma", "Gegenstand")
    given = sheet((*head, None, *head),
                  ("01.02.2013", "Perm", "A", "Pressen", None, "02.02.2013", "Perm", "B", "Fräsen"),
                  ("03.02.2013", "Perm", "C", "Drehen", None, None, None, None, None))  # fmt: skip
    left, right = find_tables(given, "Anfragen.xlsx", Settings())
    assert (left.sheet, left.place) == ("T", "T")
    assert (right.sheet, right.place) == ("T", "T!F:I")
