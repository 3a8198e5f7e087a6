import pytest
from literal_lists import codes, load, raw_list

FIELDS = "inquiry_id received_on region russian_company subject closed_on status"
OFFER = "offer_id offered_on region subject status"
TRIP = "trip_id start_on region title status"


@pytest.mark.parametrize(
    ("header", "cell", "status"),
    [
        ("Erledigt?", "ja", "closed"),
        ("Erledigt? (ja/nein)", "nein", "open"),
        ("Erledigt", "x", "closed"),
        ("Beantwortet?", "ja", "answered"),
        ("Закрыто", "да", "closed"),
        ("Erledigt", True, "closed"),
    ],
)
def test_a_mark_under_the_closing_date_settles_a_missing_status(header: str, cell: object, status: str) -> None:
    row = ("A1", "08.07.2012", "Kaluga", "OOO", "Presse", cell, None)
    tables = load(raw_list("inquiries", FIELDS, row, headers={"closed_on": header}))  # type: ignore[arg-type]
    assert tables.inquiries["status"].tolist() == [status]
    assert tables.inquiries["closed_on"].isna().all()
    assert codes(tables, row=5) == ["status_from_mark"]


def test_a_stated_status_goes_before_the_mark() -> None:
    tables = load(raw_list("inquiries", FIELDS, ("A1", "08.07.2012", "Kaluga", "OOO", "Presse", "ja", "abgelehnt")))
    assert tables.inquiries["status"].tolist() == ["declined"]
    assert codes(tables, row=5) == []


def test_what_is_neither_date_nor_mark_is_still_a_problem() -> None:
    tables = load(raw_list("inquiries", FIELDS, ("A1", "08.07.2012", "Kaluga", "OOO", "Presse", "vielleicht", None)))
    assert codes(tables, row=5) == ["other_date_unreadable"]
    assert tables.inquiries["status"].isna().all()


@pytest.mark.parametrize(
    ("table", "fields", "row", "status"),
    [
        ("inquiries", FIELDS, ("A1", "08.07.2012", "Kaluga", "OOO", "P", None, "ausgesetzt"), "open"),
        ("inquiries", FIELDS, ("A1", "08.07.2012", "Kaluga", "OOO", "P", None, "нет интереса"), "declined"),
        ("inquiries", FIELDS, ("A1", "08.07.2012", "Kaluga", "OOO", "P", None, "КП отправлено"), "offered"),
        ("offers", OFFER, ("A", "08.07.2012", "Kaluga", "P", "Auftrag erteilt"), "won"),
        ("offers", OFFER, ("A", "08.07.2012", "Kaluga", "P", "kein Interesse"), "lost"),
        ("offers", OFFER, ("A", "08.07.2012", "Kaluga", "P", "auf Eis gelegt"), "suspended"),
        ("offers", OFFER, ("A", "08.07.2012", "Kaluga", "P", "договор заключён"), "won"),
        ("trips", TRIP, ("A", "08.07.2012", "Kaluga", "T", "fiel aus"), "cancelled"),
        ("trips", TRIP, ("A", "08.07.2012", "Kaluga", "T", "не состоялось"), "cancelled"),
        ("trips", TRIP, ("A", "08.07.2012", "Kaluga", "T", "Realisiert"), "held"),
    ],
)  # fmt: skip
def test_status_words_of_three_languages(table: str, fields: str, row: tuple[object, ...], status: str) -> None:
    tables = load(raw_list(table, fields, row))  # type: ignore[arg-type]
    assert getattr(tables, table)["status"].tolist() == [status]


def test_a_title_with_a_short_no_is_not_called_off() -> None:
    row = ("A", "08.07.2012", "Kaluga", "Business trip no. 5")
    tables = load(raw_list("trips", "trip_id start_on region title", row))
    assert tables.trips["status"].tolist() == ["held"]
